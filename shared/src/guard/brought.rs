//! What an admitted update brings, as far as a room has to do with it.

use super::index::{Additions, Index};
use super::touched::{Touched, touched};
use crate::ids::NoteId;

/// What an admitted update brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// The things that it touches, each once.
    pub touched: Vec<Touched>,
    /// The Yjs clients that inserted what it brings. Who hands over all that they have brings others'
    /// as well.
    pub writers: Vec<u64>,
    /// Whether it deletes something that was there before.
    pub deletes: bool,
    /// How many steps it is to merge it, each to pass one competitor for a place.
    pub steps: u64,
    /// The notes of which it says what its sender may not say, and which is put aside; and those of which it deletes such a thing.
    pub notes_aside: Vec<NoteId>,
}

impl Brought {
    pub(super) fn by(index: &Index, additions: &Additions, steps: u64) -> Self {
        let asides = additions.aside.iter().map(|aside| aside.note);
        let mut notes_aside: Vec<NoteId> = asides
            .chain(additions.unsaid.iter().copied())
            .filter_map(|note| index.key(&additions.keys, note))
            .map(|key| NoteId::from(&**key))
            .collect();
        notes_aside.sort_unstable();
        notes_aside.dedup();
        let mut deletions = additions.deletions.iter();
        Self {
            touched: touched(index, additions),
            writers: additions.lines.keys().copied().collect(),
            deletes: deletions.any(|range| range.start < index.clock_of(range.client)),
            steps,
            notes_aside,
        }
    }
}
