//! Admits an update to the index, or refuses it.
//!
//! Structs are placed in the order in which Yjs and Yrs place them: client after client, and when
//! one builds on another's element, that one's structs first. So when a struct is looked at, all
//! that it names is known; what can't be brought into such an order would stay pending.

use super::Rejection;
use super::draft::Draft;
use super::fill::{self, Change, Sender};
use super::index::{Additions, Index, Kept, Place, SharedType, TypeNumber, What};
use super::reader::{Range, Section, Size, Update};
use super::rejection::{Limit, Malformed};
use super::schema::Role;
use super::terms::{Authors, Permission, Reserved};
use crate::limits::{
    MAX_MERGE_STEPS_PER_UPDATE, MAX_SHARED_REACTIONS_PER_NOTE, MAX_SHARED_TEXT_UTF16,
    MAX_SHARED_TITLE_UTF16, MAX_TYPES_PER_BOARD,
};
use std::collections::HashMap;

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

/// What an update adds to the index, if it may, and how many steps it is to merge it.
pub(super) fn admit(
    index: &Index,
    update: &Update<'_>,
    size: Size,
    permission: Permission,
    sender: Sender<'_>,
    authors: &dyn Authors,
) -> Result<(Additions, u64), Rejection> {
    if update.has_gap {
        return Err(Rejection::Gap);
    }
    let mut draft = Draft::of(index, update, permission, authors);
    draft.place_all()?;
    draft.delete_all()?;
    if size == Size::Limited && draft.steps > MAX_MERGE_STEPS_PER_UPDATE {
        return Err(Limit::Work.into());
    }
    if permission != Permission::Log {
        draft.keep_limits()?;
    }
    if matches!(permission, Permission::Write(_)) {
        draft.keep_shares(sender)?;
    }
    Ok((draft.additions, draft.steps))
}

/// How much may stand in it: letters in a text, reactions to a note.
fn most(shared: &SharedType) -> u64 {
    match shared.role {
        Role::Thing(_) => MAX_SHARED_REACTIONS_PER_NOTE as u64,
        Role::Title => MAX_SHARED_TITLE_UTF16 as u64,
        _ => MAX_SHARED_TEXT_UTF16 as u64,
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
            let at = own.next;
            own.next += 1;
            own.is_waiting = false;
            self.place(client, at)?;
            // Whoever waited looks again: perhaps that was all it needed.
            if waiting.len() > 1 {
                waiting.pop();
            }
        }
        Ok(())
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
                if matches!(self.permission, Permission::Write(_)) {
                    self.note_unsaid(client, start, end);
                }
            }
        }
        Ok(())
    }

    /// What only the board says is deleted by somebody, and not with its note: the board says it again.
    fn note_unsaid(&mut self, client: u64, start: u32, end: u32) {
        let mut unsaid = Vec::new();
        for (_, _, what) in self.index.within(client, start, end) {
            let What::Item(place, Kept::Values) = what else {
                continue;
            };
            let Role::Thing(root) = self.shared_type(place.parent).role else {
                continue;
            };
            let field = place
                .key
                .and_then(|key| self.index.key(&self.additions.keys, key));
            let reserved = field.and_then(|field| Reserved::of(root, field));
            if reserved == Some(Reserved::Said) && !self.is_deleted(place.parent) {
                unsaid.extend(self.thing_at(place));
            }
        }
        self.additions.unsaid.extend(unsaid);
    }

    fn keep_limits(&self) -> Result<(), Rejection> {
        if self.index.type_count(&self.additions) > MAX_TYPES_PER_BOARD {
            return Err(Limit::Board.into());
        }
        let too_long = |text: TypeNumber, letters: u64| {
            let text = self.shared_type(text);
            text.inserted + letters - text.removed > most(text)
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
            kept.inserted + new - (kept.removed + removed) > most(kept)
        };
        if suspects.any(is_too_long) {
            return Err(Limit::Text.into());
        }
        Ok(())
    }

    /// Whether there is room for what the update brings, beside what it takes away.
    fn keep_shares(&self, sender: Sender<'_>) -> Result<(), Rejection> {
        let usage = &self.index.usage;
        let Err(_) = usage.has_room_for(&self.additions.usage, sender) else {
            return Ok(());
        };
        // What goes with it is looked at only when it matters.
        let mut change = Change::default();
        for (client, tally) in &self.additions.usage.of_client {
            change.of_client.insert(*client, *tally);
        }
        self.take_off(&mut change);
        let room = usage.has_room_for(&change, sender);
        room.map_err(|(fill, share)| Rejection::Full(fill, share))
    }

    /// Takes off what this update deletes.
    fn take_off(&self, change: &mut Change) {
        let type_of = |place: Place| self.index.type_with(&self.additions, place.parent);
        let sized = [self.index.usage.sized(), &self.additions.usage.sized];
        for (&client, clocks) in self.doomed() {
            for (start, end) in clocks.ranges() {
                let range = Range { client, start, end };
                for (start, end) in self.index.not_deleted(range) {
                    let known = self.index.within(client, start, end);
                    let new = self.additions.lines.get(&client).into_iter();
                    let new = new.flat_map(|line| line.within(start, end));
                    for (from, to, what) in known.chain(new) {
                        let span = (client, from, to);
                        fill::count(span, what, -1, type_of, |client, fill, count| {
                            change.add(client, fill, count);
                        });
                    }
                    for sized in sized {
                        fill::freed(sized, (client, start, end), |fill, bytes| {
                            change.add(client, fill, -bytes);
                        });
                    }
                }
            }
        }
    }

    /// How many letters this update deletes from each text, and reactions from each note.
    fn letters_removed(&self) -> HashMap<TypeNumber, u64> {
        let mut removed = HashMap::new();
        let mut count = |(from, to, what): (u32, u32, What)| {
            if let What::Item(place, Kept::Text | Kept::Reaction) = what {
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
