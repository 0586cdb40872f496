//! Admits an update to the index, or refuses it.
//!
//! Structs are placed in the order in which Yjs and Yrs place them: client after client, and when
//! one builds on another's element, that one's structs first. So when a struct is looked at, all
//! that it names is known; what can't be brought into such an order would stay pending.

use super::Rejection;
use super::index::{
    Additions, Clocks, Index, Kept, KeyNumber, Place, SharedType, Spans, TypeNumber, What,
};
use super::reader::{Content, Id, Item, Parent, Range, Section, Size, Struct, Update};
use super::rejection::{Limit, Malformed, Misfit};
use super::schema::Root;
use super::seams::{Inserted, Next, follower};
use crate::limits::{
    MAX_CLIENTS_PER_BOARD, MAX_KEYS_PER_BOARD, MAX_MERGE_STEPS_PER_UPDATE, MAX_RANGES_PER_BOARD,
    MAX_SHARED_TEXT_UTF16, MAX_TYPE_DEPTH, MAX_TYPES_PER_BOARD,
};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

/// How many pieces Yrs moves out of the way in about the time of one step past a competitor.
const PIECES_MOVED_PER_STEP: u64 = 64;

/// Whether an update says anything that is not known.
pub(super) fn brings_news(index: &Index, update: &Update<'_>) -> bool {
    update.has_gap
        || update.sections.iter().any(|section| {
            let clock = index.clock_of(section.client);
            let structs = &update.structs[section.first..section.end];
            structs.iter().any(|one| one.end() > clock)
        })
        || update.deletions.iter().any(|&range| {
            range.end > index.clock_of(range.client) || !index.not_deleted(range).is_empty()
        })
}

/// What an update adds to the index, if it may.
pub(super) fn admit(
    index: &Index,
    update: &Update<'_>,
    size: Size,
) -> Result<Additions, Rejection> {
    if update.has_gap {
        return Err(Rejection::Gap);
    }
    let mut draft = Draft {
        index,
        update,
        additions: Additions::default(),
        key_numbers: HashMap::new(),
        doomed: OnceCell::new(),
        steps: 0,
    };
    draft.place_all()?;
    draft.delete_all()?;
    if size == Size::Limited && draft.steps > MAX_MERGE_STEPS_PER_UPDATE {
        return Err(Limit::Work.into());
    }
    draft.keep_limits()?;
    Ok(draft.additions)
}

impl Struct<'_> {
    fn end(&self) -> u32 {
        self.clock + self.length
    }
}

/// The index as it would be.
struct Draft<'a> {
    index: &'a Index,
    update: &'a Update<'a>,
    additions: Additions,
    key_numbers: HashMap<Arc<str>, KeyNumber>,
    /// What this update itself deletes; made when it is first asked for.
    doomed: OnceCell<HashMap<u64, Clocks>>,
    /// How much work it is to merge.
    steps: u64,
}

/// What is known of where a struct belongs, from its neighbours and its parent.
#[derive(Default)]
struct Evidence {
    place: Option<Place>,
    is_gone: bool,
}

impl Evidence {
    fn add(&mut self, place: Place) -> Result<(), Rejection> {
        match self.place.replace(place) {
            Some(other) if other != place => Err(Misfit::Neighbours.into()),
            _ => Ok(()),
        }
    }

    fn add_neighbour(&mut self, what: What) -> Result<(), Rejection> {
        match what {
            What::Gone => self.is_gone = true,
            What::Item(place, _) => self.add(place)?,
        }
        Ok(())
    }
}

/// How far a client's structs have been placed.
struct Progress {
    section: Section,
    next: usize,
    is_waiting: bool,
}

impl Draft<'_> {
    fn place_all(&mut self) -> Result<(), Rejection> {
        let mut progress: Vec<Progress> = Vec::with_capacity(self.update.sections.len());
        for &section in &self.update.sections {
            progress.push(Progress {
                section,
                next: section.first,
                is_waiting: false,
            });
        }
        progress.sort_unstable_by_key(|one| std::cmp::Reverse(one.section.client));
        let numbers = progress.iter().enumerate();
        let number_of: HashMap<u64, usize> = numbers.map(|(i, p)| (p.section.client, i)).collect();
        for number in 0..progress.len() {
            self.place_client(number, &mut progress, &number_of)?;
        }
        Ok(())
    }

    /// Places all structs of one client, and of others what it builds on.
    fn place_client(
        &mut self,
        number: usize,
        progress: &mut [Progress],
        number_of: &HashMap<u64, usize>,
    ) -> Result<(), Rejection> {
        let mut waiting = vec![number];
        while let Some(&top) = waiting.last() {
            let own = &mut progress[top];
            let client = own.section.client;
            let clock = self.clock_of(client);
            let structs = &self.update.structs[own.next..own.section.end];
            own.next += structs.iter().take_while(|one| one.end() <= clock).count();
            if own.next == own.section.end {
                own.is_waiting = false;
                waiting.pop();
                continue;
            }
            let one = self.update.structs[own.next];
            if one.clock > clock {
                return Err(Rejection::Gap);
            }
            if let Some(missing) = self.missing(&one) {
                own.is_waiting = true;
                let other = *number_of.get(&missing.client).ok_or(Rejection::Gap)?;
                let other_progress = &progress[other];
                if other_progress.is_waiting {
                    return Err(Malformed::Circular.into());
                }
                if other_progress.next == other_progress.section.end {
                    return Err(Rejection::Gap);
                }
                waiting.push(other);
                continue;
            }
            own.next += 1;
            own.is_waiting = false;
            self.place(client, &one)?;
            // Whoever waited looks again: perhaps that was all it needed.
            if waiting.len() > 1 {
                waiting.pop();
            }
        }
        Ok(())
    }

    fn clock_of(&self, client: u64) -> u32 {
        match self.additions.lines.get(&client) {
            Some(line) => line.end,
            None => self.index.clock_of(client),
        }
    }

    fn at(&self, id: Id) -> What {
        let added = self.additions.lines.get(&id.client);
        let added = added.and_then(|line| line.at(id.clock));
        // What is asked for is known, so it is in one of the two.
        added.or_else(|| self.index.at(id)).unwrap_or(What::Gone)
    }

    /// What a struct names that is not there yet.
    fn missing(&self, one: &Struct<'_>) -> Option<Id> {
        let item = one.item.as_ref()?;
        let parent = match item.parent {
            Some(Parent::Type(id)) => Some(id),
            _ => None,
        };
        [item.origin, item.right_origin, parent]
            .into_iter()
            .flatten()
            .find(|id| id.clock >= self.clock_of(id.client))
    }

    fn place(&mut self, client: u64, one: &Struct<'_>) -> Result<(), Rejection> {
        // Its beginning may be known already; Yrs cuts that off.
        let start = one.clock.max(self.clock_of(client));
        let what = match one.item {
            None => What::Gone,
            Some(mut item) => {
                let id = Id {
                    client,
                    clock: start,
                };
                if start > one.clock {
                    // What was said about the beginning must be true as well.
                    self.place_of(&item)?;
                    // The rest stands right after it.
                    item.origin = Some(Id {
                        client,
                        clock: start - 1,
                    });
                }
                self.what(id, one.end() - start, &item)?
            }
        };
        let line = self.additions.lines.entry(client).or_default();
        line.push(start, one.end(), what);
        Ok(())
    }

    fn what(&mut self, id: Id, length: u32, item: &Item<'_>) -> Result<What, Rejection> {
        let Some(place) = self.place_of(item)? else {
            return Ok(What::Gone);
        };
        let key = match place.key {
            Some(number) => self.index.key(&self.additions.keys, number).cloned(),
            None => None,
        };
        let parent = self.shared_type(place.parent);
        let (parent_role, depth) = (parent.role, parent.depth + 1);
        let role = parent_role.admits(key.as_deref(), item.content)?;
        let kept = match (item.content, role) {
            (Content::Deleted, _) => Kept::Deleted,
            (Content::Text, _) => {
                *self.additions.letters.entry(place.parent).or_default() += u64::from(length);
                Kept::Text
            }
            (_, Some(role)) => {
                if depth > MAX_TYPE_DEPTH {
                    return Err(Limit::TypeDepth.into());
                }
                let number = self.index.type_number(self.additions.types.len());
                self.additions.types.push(SharedType {
                    role,
                    born: Some((id, place)),
                    depth,
                    inserted: 0,
                    removed: 0,
                });
                Kept::Type(number)
            }
            (_, None) => {
                if length > 1 && place.key.is_some() && !self.dooms_all(id, length) {
                    return Err(Misfit::Values.into());
                }
                Kept::Values
            }
        };
        self.count_steps(id, length, place, kept, item);
        Ok(What::Item(place, kept))
    }

    fn count_steps(&mut self, id: Id, length: u32, place: Place, kept: Kept, item: &Item<'_>) {
        let item = Inserted {
            place,
            first: id,
            length,
            pieces: match kept {
                Kept::Deleted | Kept::Type(_) => 1,
                Kept::Text | Kept::Values => length,
            },
            origin: item.origin,
            right_origin: item.right_origin,
        };
        let mut seams = std::mem::take(&mut self.additions.seams);
        self.steps += seams.insert(&self.index.seams, item, |left| {
            let next = follower(left);
            let is_known = next.clock < self.clock_of(next.client);
            match self.at(next) {
                What::Item(there, _) if is_known && there == place => Next::At(next),
                _ => Next::End,
            }
        });
        self.additions.seams = seams;
    }

    /// Where an item belongs; `None` if its place is gone.
    fn place_of(&mut self, item: &Item<'_>) -> Result<Option<Place>, Rejection> {
        let mut evidence = Evidence::default();
        for neighbour in [item.origin, item.right_origin].into_iter().flatten() {
            evidence.add_neighbour(self.at(neighbour))?;
        }
        let parent = match item.parent {
            Some(Parent::Root(name)) => {
                let root = Root::named(name).ok_or(Rejection::UnknownRoot)?;
                Some(TypeNumber::of_root(root))
            }
            Some(Parent::Type(id)) => match self.at(id) {
                What::Item(_, Kept::Type(number)) => Some(number),
                What::Gone | What::Item(_, Kept::Deleted) => {
                    evidence.is_gone = true;
                    None
                }
                What::Item(..) => return Err(Misfit::Parent.into()),
            },
            None => None,
        };
        if let Some(parent) = parent {
            let key = item.key.map(|key| self.key_number(key));
            evidence.add(Place { parent, key })?;
        }
        match evidence.place {
            // Yjs lets such an item go and Yrs keeps it, unless what it is in was deleted.
            Some(place) if evidence.is_gone && !self.is_deleted(place.parent) => {
                Err(Misfit::Neighbours.into())
            }
            _ if evidence.is_gone => Ok(None),
            Some(place) if place.key.is_some() && item.right_origin.is_some() => {
                Err(Misfit::Earlier.into())
            }
            place => Ok(place),
        }
    }

    fn key_number(&mut self, key: &str) -> KeyNumber {
        if let Some(number) = self.index.key_number(key) {
            return number;
        }
        if let Some(&number) = self.key_numbers.get(key) {
            return number;
        }
        let number = self.index.next_key_number(self.additions.keys.len());
        let key: Arc<str> = key.into();
        self.additions.keys.push(key.clone());
        self.key_numbers.insert(key, number);
        number
    }

    fn shared_type(&self, number: TypeNumber) -> &SharedType {
        match self.index.added_type(number) {
            Some(added) => &self.additions.types[added],
            None => self
                .index
                .shared_type(number)
                .unwrap_or_else(|| unreachable!()),
        }
    }

    /// Whether a type, or one that it is in, is deleted or will be by this update.
    fn is_deleted(&self, mut number: TypeNumber) -> bool {
        while let Some((id, place)) = self.shared_type(number).born {
            let doomed = self.doomed().get(&id.client);
            if self.index.is_deleted(id) || doomed.is_some_and(|set| set.contains(id.clock)) {
                return true;
            }
            number = place.parent;
        }
        false
    }

    /// Whether this update deletes all of these elements. Overwritten values are merged into one
    /// struct, and all of them are deleted. In Yrs all values under a key but the last *must* be:
    /// when the map goes, those that are not keep pointing at it.
    fn dooms_all(&self, id: Id, length: u32) -> bool {
        let doomed = self.doomed().get(&id.client);
        doomed.is_some_and(|set| set.missing(id.clock, id.clock + length).is_empty())
    }

    fn doomed(&self) -> &HashMap<u64, Clocks> {
        self.doomed.get_or_init(|| {
            let mut doomed: HashMap<u64, Clocks> = HashMap::new();
            for range in &self.update.deletions {
                let clocks = doomed.entry(range.client).or_default();
                clocks.add(range.start, range.end);
            }
            doomed
        })
    }

    fn delete_all(&mut self) -> Result<(), Rejection> {
        for &range in &self.update.deletions {
            if range.end > self.clock_of(range.client) {
                return Err(Rejection::Gap);
            }
            let client = range.client;
            for (start, end) in self.index.not_deleted(range) {
                // Cutting out what is deleted moves all of the client's later pieces.
                self.steps += self.pieces_of(client) / PIECES_MOVED_PER_STEP;
                self.additions.deletions.push(Range { client, start, end });
            }
        }
        Ok(())
    }

    fn pieces_of(&self, client: u64) -> u64 {
        let added = self.additions.lines.get(&client).map_or(0, Spans::count);
        (self.index.span_count(client) + added) as u64
    }

    fn keep_limits(&self) -> Result<(), Rejection> {
        let [keys, types, ranges, clients] = self.index.sizes_with(&self.additions);
        if keys > MAX_KEYS_PER_BOARD
            || types > MAX_TYPES_PER_BOARD
            || ranges > MAX_RANGES_PER_BOARD
            || clients > MAX_CLIENTS_PER_BOARD
        {
            return Err(Limit::Board.into());
        }
        let too_long = |text: TypeNumber, letters: u64| {
            let text = self.shared_type(text);
            text.inserted + letters - text.removed > MAX_SHARED_TEXT_UTF16 as u64
        };
        let letters = &self.additions.letters;
        let mut suspects = letters.iter().filter(|&(&text, &new)| too_long(text, new));
        if suspects.clone().next().is_none() {
            return Ok(());
        }
        let removed = self.letters_removed();
        let is_too_long = |(text, new): (&TypeNumber, &u64)| {
            let removed = removed.get(text).copied().unwrap_or(0);
            let kept = self.shared_type(*text);
            kept.inserted + new - (kept.removed + removed) > MAX_SHARED_TEXT_UTF16 as u64
        };
        if suspects.any(is_too_long) {
            return Err(Limit::Text.into());
        }
        Ok(())
    }

    /// How many letters this update deletes from each text.
    fn letters_removed(&self) -> HashMap<TypeNumber, u64> {
        let mut removed = HashMap::new();
        let mut count = |(from, to, what): (u32, u32, What)| {
            if let What::Item(place, Kept::Text) = what {
                *removed.entry(place.parent).or_default() += u64::from(to - from);
            }
        };
        for (&client, clocks) in self.doomed() {
            for (start, end) in clocks.ranges() {
                let range = Range { client, start, end };
                for (start, end) in self.index.not_deleted(range) {
                    self.index.within(client, start, end).for_each(&mut count);
                    if let Some(line) = self.additions.lines.get(&client) {
                        line.within(start, end).for_each(&mut count);
                    }
                }
            }
        }
        removed
    }
}
