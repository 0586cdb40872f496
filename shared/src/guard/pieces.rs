//! An update in pieces, each of which can be taken when those before it have been: because it is too
//! large for one frame, or because it was not written by one person alone.
//!
//! ```text
//! update ─► its structs, each after all that it names ─► cut ─► piece, piece, … ─► what else is deleted
//! ```
//! A piece says itself which of its own structs are deleted, so that it is as sound as the whole was.

use super::Rejection;
use super::clocks::Clocks;
use super::reader::{Content, Id, Parent, Range, Size, Struct, Type, Update};
use super::rejection::Malformed;
use super::rewrite::Sheet;
use crate::schema::Root;
use std::collections::{BTreeMap, HashMap};

/// A struct of an update, as far as one can tell from the update alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The Yjs client that inserted it.
    pub client: u64,
    /// The note that it is a part of, if that is made in the same update; and which client made it.
    pub note: Option<(&'a str, u64)>,
}

/// The update in pieces of about so many bytes; one struct is never cut. One that is no longer is as it was.
///
/// # Errors
/// When it is no whole update.
pub fn pieces(update: &[u8], most_bytes: usize) -> Result<Vec<Vec<u8>>, Rejection> {
    if update.len() <= most_bytes {
        return Ok(vec![update.to_vec()]);
    }
    let update = Update::read(update, Size::Whole)?;
    let mut cutter = Cutter::of(&update);
    for (client, one) in ordered(&update)? {
        if cutter.sheet.length() + one.bytes.len() > most_bytes {
            cutter.cut();
        }
        cutter.sheet.add(client, one);
    }
    cutter.cut();
    for (client, start, end) in other_deletions(&update) {
        if cutter.sheet.length() > most_bytes {
            cutter.cut();
        }
        cutter.sheet.delete(client, start, end);
    }
    cutter.cut();
    Ok(cutter.pieces)
}

/// The update in pieces that are each somebody's, in an order in which they can be taken. What is
/// deleted besides, of which nobody can tell whose doing it was, comes last, as `others`'.
///
/// # Errors
/// When it is no whole update.
pub fn by_owner<T: PartialEq>(
    update: &[u8],
    others: T,
    mut owner: impl FnMut(Part<'_>) -> T,
) -> Result<Vec<(T, Vec<u8>)>, Rejection> {
    let update = Update::read(update, Size::Whole)?;
    let mut cutter = Cutter::of(&update);
    let mut owners: Vec<T> = Vec::new();
    let mut notes = Notes::default();
    for (client, one) in ordered(&update)? {
        let note = notes.note_of(client, one);
        let owner = owner(Part { client, note });
        if owners.last() != Some(&owner) {
            cutter.cut();
            owners.push(owner);
        }
        cutter.sheet.add(client, one);
    }
    cutter.cut();
    for (client, start, end) in other_deletions(&update) {
        cutter.sheet.delete(client, start, end);
    }
    cutter.cut();
    owners.push(others);
    Ok(owners.into_iter().zip(cutter.pieces).collect())
}

/// The structs of an update and what of them it says to be deleted; and what else it deletes. Each is
/// `None` if there is nothing of it.
///
/// # Errors
/// When it is no whole update.
pub fn structs_and_deletions(update: &[u8]) -> Result<[Option<Vec<u8>>; 2], Rejection> {
    let update = Update::read(update, Size::Whole)?;
    let mut structs = Sheet::default();
    for section in &update.sections {
        for one in &update.structs[section.first..section.end] {
            structs.add(section.client, one);
        }
    }
    structs.delete_own(&update.doomed());
    let mut deletions = Sheet::default();
    for (client, start, end) in other_deletions(&update) {
        deletions.delete(client, start, end);
    }
    Ok([structs, deletions].map(|sheet| (!sheet.is_empty()).then(|| sheet.written())))
}

/// The structs of an update, without a word of what is deleted: what was deleted before comes as such, to whoever does
/// not have it. `None`: there are none.
///
/// # Errors
/// When it is no whole update.
pub fn structs_alone(update: &[u8]) -> Result<Option<Vec<u8>>, Rejection> {
    let update = Update::read(update, Size::Whole)?;
    let mut structs = Sheet::default();
    for section in &update.sections {
        for one in &update.structs[section.first..section.end] {
            structs.add(section.client, one);
        }
    }
    Ok((!structs.is_empty()).then(|| structs.written()))
}

/// The clients that inserted what is in an update.
///
/// # Errors
/// When it is no update.
pub fn writers_of(update: &[u8]) -> Result<Vec<u64>, Rejection> {
    let update = Update::read(update, Size::Whole)?;
    let sections = update.sections.iter();
    Ok(sections.map(|section| section.client).collect())
}

/// The update without the structs of these clients, each with the clock up to which they are known: what it deletes
/// of theirs up to there stays. `None`: nothing is left.
///
/// # Errors
/// When it is no whole update.
pub fn without_news_of(
    update: &[u8],
    known: &BTreeMap<u64, u32>,
) -> Result<Option<Vec<u8>>, Rejection> {
    let update = Update::read(update, Size::Whole)?;
    let mut rest = Sheet::default();
    for section in &update.sections {
        if !known.contains_key(&section.client) {
            for one in &update.structs[section.first..section.end] {
                rest.add(section.client, one);
            }
        }
    }
    for range in &update.deletions {
        let known = known.get(&range.client).copied().unwrap_or(u32::MAX);
        if range.start < known {
            rest.delete(range.client, range.start, range.end.min(known));
        }
    }
    Ok((!rest.is_empty()).then(|| rest.written()))
}

struct Cutter {
    doomed: HashMap<u64, Clocks>,
    sheet: Sheet,
    pieces: Vec<Vec<u8>>,
}

impl Cutter {
    fn of(update: &Update<'_>) -> Self {
        Self {
            doomed: update.doomed(),
            sheet: Sheet::default(),
            pieces: Vec::new(),
        }
    }

    fn cut(&mut self) {
        let mut sheet = std::mem::take(&mut self.sheet);
        if !sheet.is_empty() {
            sheet.delete_own(&self.doomed);
            self.pieces.push(sheet.written());
        }
    }
}

/// What an update deletes that is not in it.
fn other_deletions(update: &Update<'_>) -> Vec<(u64, u32, u32)> {
    let mut spans: HashMap<u64, (u32, u32)> = HashMap::new();
    for section in &update.sections {
        let structs = &update.structs[section.first..section.end];
        if let (Some(first), Some(last)) = (structs.first(), structs.last()) {
            spans.insert(section.client, (first.clock, last.end()));
        }
    }
    let mut others = Vec::new();
    for &Range { client, start, end } in &update.deletions {
        let (first, last) = spans.get(&client).copied().unwrap_or((end, end));
        let before_and_after = [(start, end.min(first)), (start.max(last), end)];
        let parts = before_and_after.into_iter().filter(|(from, to)| from < to);
        others.extend(parts.map(|(from, to)| (client, from, to)));
    }
    others
}

/// How far a client's structs have come.
struct Progress {
    next: usize,
    end: usize,
    is_waiting: bool,
}

/// The structs of an update, each after those that it names. What is not in the update is there.
fn ordered<'a, 'b>(update: &'b Update<'a>) -> Result<Vec<(u64, &'b Struct<'a>)>, Rejection> {
    if update.has_gap {
        return Err(Rejection::Gap);
    }
    let mut ordered = Vec::with_capacity(update.structs.len());
    let mut progress = HashMap::with_capacity(update.sections.len());
    for section in &update.sections {
        let begins = Progress {
            next: section.first,
            end: section.end,
            is_waiting: false,
        };
        progress.insert(section.client, begins);
    }
    for section in &update.sections {
        let mut waiting = vec![section.client];
        while let Some(&client) = waiting.last() {
            let missing = {
                let Some(own) = progress.get(&client).filter(|own| own.next < own.end) else {
                    waiting.pop();
                    continue;
                };
                missing(&update.structs[own.next], update, &progress)?
            };
            if let Some(other) = missing {
                if progress.get(&other).is_some_and(|other| other.is_waiting) {
                    return Err(Malformed::Circular.into());
                }
                if let Some(own) = progress.get_mut(&client) {
                    own.is_waiting = true;
                }
                waiting.push(other);
                continue;
            }
            if let Some(own) = progress.get_mut(&client) {
                ordered.push((client, &update.structs[own.next]));
                own.next += 1;
                own.is_waiting = false;
            }
            // Whoever waited looks again: perhaps that was all it needed.
            if waiting.len() > 1 {
                waiting.pop();
            }
        }
    }
    Ok(ordered)
}

/// The client of whom a struct names something that comes later in the update.
fn missing(
    one: &Struct<'_>,
    update: &Update<'_>,
    progress: &HashMap<u64, Progress>,
) -> Result<Option<u64>, Rejection> {
    let Some(item) = &one.item else {
        return Ok(None);
    };
    for id in item.names().into_iter().flatten() {
        let Some(theirs) = progress.get(&id.client) else {
            continue;
        };
        match update.structs[..theirs.end].get(theirs.next) {
            Some(next) if id.clock < next.clock => {}
            Some(_) => return Ok(Some(id.client)),
            // All of theirs has come, and it is not among it.
            None if is_after(update, theirs, id) => return Err(Rejection::Gap),
            None => {}
        }
    }
    Ok(None)
}

fn is_after(update: &Update<'_>, theirs: &Progress, id: Id) -> bool {
    let last = theirs.end.checked_sub(1);
    last.is_some_and(|last| id.clock >= update.structs[last].end())
}

/// Which structs are parts of which notes.
#[derive(Default)]
struct Notes<'a> {
    /// By a struct's client and first clock: the clock after its last, the note and who made it.
    parts: BTreeMap<(u64, u32), (u32, &'a str, u64)>,
}

impl<'a> Notes<'a> {
    fn note_of(&mut self, client: u64, one: &Struct<'a>) -> Option<(&'a str, u64)> {
        let item = one.item.as_ref()?;
        let note = match (item.parent, item.key) {
            (Some(Parent::Root(root)), Some(key)) => {
                let is_note =
                    root == Root::Notes.name() && item.content == Content::Type(Type::Map);
                is_note.then_some((key, client))
            }
            _ => item
                .names()
                .into_iter()
                .flatten()
                .find_map(|id| self.at(id)),
        };
        let (note, maker) = note?;
        self.parts
            .insert((client, one.clock), (one.end(), note, maker));
        Some((note, maker))
    }

    fn at(&self, id: Id) -> Option<(&'a str, u64)> {
        let before = self.parts.range((id.client, 0)..=(id.client, id.clock));
        let (_, &(end, note, maker)) = before.last()?;
        (id.clock < end).then_some((note, maker))
    }
}
