//! What a room has: for each client, ranges of clocks and what was inserted there.
//!
//! ```text
//! client 7   0..1 a map, under notes/abc        client 9   0..40 letters, in the text of notes/abc
//!            1..2 a value, under its `kind`                40..55 gone
//!            2..3 a text, under its `text`                 …
//! ```
//!
//! A long text is one range however often it was typed into, and a range is 24 bytes, so this is
//! a fraction of what Yrs keeps. An index only grows: ids are never used again.

use super::clocks::Clocks;
use super::fill::{self, Change, Usage};
use super::reader::{Id, Range};
use super::schema::Role;
use super::seams::Seams;
use super::terms::Said;
use crate::schema::Root;
use std::collections::HashMap;
use std::sync::Arc;

/// Names a shared type in the index: first the roots, in the order of [`Root::ALL`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct TypeNumber(u32);

/// Names a key (the id of a thing, the name of a field) in the index.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct KeyNumber(u32);

/// Where an element stands: in which type, and there under a key or in the list.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Place {
    /// The type that it is in.
    pub(super) parent: TypeNumber,
    /// The key; `None`: in its list.
    pub(super) key: Option<KeyNumber>,
}

/// What an element is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum What {
    /// Garbage collected, or put where everything is: it has no place any more.
    Gone,
    /// Something in its place.
    Item(Place, Kept),
}

/// What is in a place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kept {
    /// Only the place, its content was deleted.
    Deleted,
    /// Letters of a text that people write together.
    Text,
    /// Plain values or a blob.
    Values,
    /// A reaction to a note.
    Reaction,
    /// Since when a thing is off the board, while it can still be brought back.
    GoneAt,
    /// A shared type.
    Type(TypeNumber),
}

/// A shared type.
#[derive(Clone, Copy, Debug)]
pub(super) struct SharedType {
    /// What it is for.
    pub(super) role: Role,
    /// The element that it is, and where that stands. `None`: a root.
    pub(super) born: Option<(Id, Place)>,
    /// How many types it is below a root.
    pub(super) depth: u8,
    /// How many letters, or to a note reactions, were ever inserted in it.
    pub(super) inserted: u64,
    /// How many of them were deleted.
    pub(super) removed: u64,
}

/// One client's elements.
#[derive(Debug, Default)]
struct Line {
    spans: Spans,
    deleted: Clocks,
}

/// Consecutive elements, cut where they become something else.
#[derive(Debug, Default)]
pub(super) struct Spans {
    starts: Vec<(u32, What)>,
    /// The clock after the last.
    pub(super) end: u32,
}

/// What a room has.
#[derive(Debug)]
pub(super) struct Index {
    lines: HashMap<u64, Line>,
    types: Vec<SharedType>,
    keys: Vec<Arc<str>>,
    key_numbers: HashMap<Arc<str>, KeyNumber>,
    /// How much there is of what, and whose it is.
    pub(super) usage: Usage,
    /// What stands beside what.
    pub(super) seams: Seams,
    /// What the board itself said.
    pub(super) said: Said,
}

/// What an update adds to an index.
#[derive(Debug, Default)]
pub(super) struct Additions {
    /// New elements of each client.
    pub(super) lines: HashMap<u64, Spans>,
    /// New types; their numbers follow on from the index's.
    pub(super) types: Vec<SharedType>,
    /// New keys; their numbers follow on from the index's.
    pub(super) keys: Vec<Arc<str>>,
    /// How many letters each text gets, and reactions each note.
    pub(super) letters: HashMap<TypeNumber, u64>,
    /// What is deleted that was not before.
    pub(super) deletions: Vec<Range>,
    /// What stands beside what now.
    pub(super) seams: Seams,
    /// What the board itself says.
    pub(super) said: Said,
    /// What its sender may not say: it is in `lines` as deleted.
    pub(super) aside: Vec<Aside>,
    /// How much there is of what.
    pub(super) usage: Change,
    /// The clusters that a note, by its key, is put in, and the ends that a link is given. Which of several stands
    /// in the end is for the document to say: each counts.
    pub(super) joins: HashMap<(Root, KeyNumber), Vec<Arc<str>>>,
    /// The notes of which something is deleted that only the board says.
    pub(super) unsaid: Vec<KeyNumber>,
}

/// Elements of an update that are put aside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aside {
    /// Their struct in the update.
    pub(super) number: usize,
    pub(super) range: Range,
    /// The key of the note that they say something of.
    pub(super) note: KeyNumber,
}

impl TypeNumber {
    /// The number of a root.
    pub(super) fn of_root(root: Root) -> Self {
        Self(root as u32)
    }

    fn at(self) -> usize {
        self.0 as usize
    }
}

impl Spans {
    /// What stands at a clock below `end`.
    pub(super) fn at(&self, clock: u32) -> Option<What> {
        let after = self.starts.partition_point(|&(start, _)| start <= clock);
        let (_, what) = self.starts.get(after.checked_sub(1)?)?;
        (clock < self.end).then_some(*what)
    }

    /// Follows on with elements up to `end`.
    pub(super) fn push(&mut self, start: u32, end: u32, what: What) {
        if self.starts.last().is_none_or(|&(_, last)| last != what) {
            self.starts.push((start, what));
        }
        self.end = end;
    }

    /// In how many pieces it is cut.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The pieces within `start..end`.
    pub(super) fn within(&self, start: u32, end: u32) -> impl Iterator<Item = (u32, u32, What)> {
        let start = self
            .starts
            .first()
            .map_or(start, |&(first, _)| start.max(first));
        let end = end.min(self.end);
        let after = self.starts.partition_point(|&(begin, _)| begin <= start);
        let first = after.saturating_sub(1);
        let ends = self.starts.iter().skip(first + 1).map(|&(begin, _)| begin);
        let pieces = self.starts.iter().skip(first);
        pieces
            .zip(ends.chain([self.end]))
            .map(move |(&(from, what), to)| (from.max(start), to.min(end), what))
            .take_while(move |&(from, to, _)| from < to)
    }
}

impl Default for Index {
    fn default() -> Self {
        let root = |root| SharedType {
            role: Role::Root(root),
            born: None,
            depth: 0,
            inserted: 0,
            removed: 0,
        };
        Self {
            lines: HashMap::new(),
            types: Root::ALL.map(root).to_vec(),
            keys: Vec::new(),
            key_numbers: HashMap::new(),
            usage: Usage::default(),
            seams: Seams::default(),
            said: Said::default(),
        }
    }
}

impl Index {
    /// The clock after a client's last element.
    pub(super) fn clock_of(&self, client: u64) -> u32 {
        self.lines.get(&client).map_or(0, |line| line.spans.end)
    }

    /// What an element is; `None`: there is none.
    pub(super) fn at(&self, id: Id) -> Option<What> {
        self.lines.get(&id.client)?.spans.at(id.clock)
    }

    /// A shared type of this index, or `None` if it is one of the additions.
    pub(super) fn shared_type(&self, number: TypeNumber) -> Option<&SharedType> {
        self.types.get(number.at())
    }

    /// A shared type of this index or of the additions.
    pub(super) fn type_with<'a>(
        &'a self,
        additions: &'a Additions,
        number: TypeNumber,
    ) -> Option<&'a SharedType> {
        match self.added_type(number) {
            Some(added) => additions.types.get(added),
            None => self.shared_type(number),
        }
    }

    /// The number that the next type will have, when so many are added before it.
    pub(super) fn type_number(&self, added: usize) -> TypeNumber {
        TypeNumber((self.types.len() + added) as u32)
    }

    /// The place of a type among the additions.
    pub(super) fn added_type(&self, number: TypeNumber) -> Option<usize> {
        number.at().checked_sub(self.types.len())
    }

    /// The number of a key.
    pub(super) fn key_number(&self, key: &str) -> Option<KeyNumber> {
        self.key_numbers.get(key).copied()
    }

    /// A key of this index, or of the additions.
    pub(super) fn key<'a>(
        &'a self,
        added: &'a [Arc<str>],
        number: KeyNumber,
    ) -> Option<&'a Arc<str>> {
        let at = number.0 as usize;
        self.keys
            .get(at)
            .or_else(|| added.get(at - self.keys.len()))
    }

    /// The number that the next key will have, when so many are added before it.
    pub(super) fn next_key_number(&self, added: usize) -> KeyNumber {
        KeyNumber((self.keys.len() + added) as u32)
    }

    /// In how many pieces a client's elements are cut.
    pub(super) fn span_count(&self, client: u64) -> usize {
        let line = self.lines.get(&client);
        line.map_or(0, |line| line.spans.count())
    }

    /// The pieces of a client within `start..end`.
    pub(super) fn within(
        &self,
        client: u64,
        start: u32,
        end: u32,
    ) -> impl Iterator<Item = (u32, u32, What)> {
        let line = self.lines.get(&client).into_iter();
        line.flat_map(move |line| line.spans.within(start, end))
    }

    /// Whether an element is deleted.
    pub(super) fn is_deleted(&self, id: Id) -> bool {
        let line = self.lines.get(&id.client);
        line.is_some_and(|line| line.deleted.contains(id.clock))
    }

    /// Those parts of a range that are not deleted yet.
    pub(super) fn not_deleted(&self, range: Range) -> Vec<(u32, u32)> {
        match self.lines.get(&range.client) {
            Some(line) => line.deleted.missing(range.start, range.end),
            None => vec![(range.start, range.end)],
        }
    }

    /// How many shared types there would be.
    pub(super) fn type_count(&self, additions: &Additions) -> usize {
        self.types.len() + additions.types.len()
    }

    /// Whether a client has written before.
    pub(super) fn knows(&self, client: u64) -> bool {
        self.lines.contains_key(&client)
    }

    /// Takes up what an update adds.
    pub(super) fn add(&mut self, additions: Additions) {
        for key in additions.keys {
            let number = self.next_key_number(0);
            self.key_numbers.insert(key.clone(), number);
            self.keys.push(key);
        }
        self.types.extend(additions.types);
        for (text, letters) in additions.letters {
            if let Some(text) = self.types.get_mut(text.at()) {
                text.inserted += letters;
            }
        }
        self.usage.add_change(additions.usage);
        for (client, new) in additions.lines {
            let Line { spans, deleted } = self.lines.entry(client).or_default();
            for (start, end, what) in new.within(spans.end, new.end) {
                if matches!(what, What::Gone | What::Item(_, Kept::Deleted)) {
                    deleted.add(start, end);
                }
                spans.push(start, end, what);
            }
        }
        self.seams.add(additions.seams);
        self.said.extend(additions.said);
        for range in additions.deletions {
            self.delete(range);
        }
    }

    /// Notes that a range is deleted. What the index does not have is left out.
    pub(super) fn delete(&mut self, range: Range) {
        let Some(line) = self.lines.get_mut(&range.client) else {
            return;
        };
        let end = range.end.min(line.spans.end);
        if range.start >= end {
            return;
        }
        for (start, end) in line.deleted.missing(range.start, end) {
            for (from, to, what) in line.spans.within(start, end) {
                if let What::Item(place, Kept::Text | Kept::Reaction) = what
                    && let Some(text) = self.types.get_mut(place.parent.at())
                {
                    text.removed += u64::from(to - from);
                }
                let (types, usage) = (&self.types, &mut self.usage);
                let type_of = |place: Place| types.get(place.parent.at());
                let span = (range.client, from, to);
                fill::count(span, what, -1, type_of, |client, fill, count| {
                    usage.add(client, fill, count);
                });
            }
            self.usage.free(range.client, start, end);
        }
        line.deleted.add(range.start, end);
    }

    /// All that is deleted, in no order of clients.
    pub(super) fn deleted(&self) -> impl Iterator<Item = Range> {
        self.lines.iter().flat_map(|(&client, line)| {
            let ranges = line.deleted.ranges();
            ranges.map(move |(start, end)| Range { client, start, end })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_one_range() {
        let place = Place {
            parent: TypeNumber(9),
            key: None,
        };
        let mut spans = Spans::default();
        for clock in 3..1000 {
            spans.push(clock, clock + 1, What::Item(place, Kept::Text));
        }
        spans.push(1000, 1001, What::Gone);
        assert_eq!(spans.count(), 2);
        assert_eq!(spans.at(2), None);
        assert_eq!(spans.at(500), Some(What::Item(place, Kept::Text)));
        assert_eq!(spans.at(1000), Some(What::Gone));
        assert_eq!(spans.at(1001), None);
        let within: Vec<_> = spans
            .within(990, 2000)
            .map(|(from, to, _)| (from, to))
            .collect();
        assert_eq!(within, [(990, 1000), (1000, 1001)]);
    }

    #[test]
    fn an_entry_is_small() {
        assert!(size_of::<(u32, What)>() <= 24);
    }
}
