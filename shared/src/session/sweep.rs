//! When one person removes, or copies, more than a few of others' notes at once, facilitators are told for some
//! minutes and can put it right. What others have done since stays.
//!
//! ```text
//! the room sees what updates do ─► Event::Swept ─► LeadView::sweeps ─► Command::UndoSweep
//!                                                                         └─► Edit::BringBack, Edit::TakeOff
//! ```

use super::{Event, Session};
use crate::{
    board::{Kept, ThingId},
    ids::{NoteId, PersonId},
};
use serde::{Deserialize, Serialize};

/// So many notes of others go, or are copied, without a word.
pub const A_FEW_OF_OTHERS: usize = 3;
/// How long a sweep can be undone, in milliseconds: the board keeps what is gone for longer.
pub const SWEEP_LIVES_MS: u64 = 10 * 60_000;
/// How many can be undone at the same time; then the oldest is forgotten.
const MAX_SWEEPS: usize = 8;

/// A sweep's number: 1, 2, 3 …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SweepId(pub u32);

/// What was done with others' notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Swept {
    /// They were taken off the board.
    Removed,
    /// They were added once more.
    Copied,
}

/// A thing of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweptThing {
    /// The note, cluster, link or picture.
    pub thing: ThingId,
    /// When it went, as the document says: what came back since and went again is another's doing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<f64>,
    /// What it was, if it was taken out of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Kept>,
}

/// What one person did to the work of others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// Its number.
    pub id: SweepId,
    /// Who; `None`: nobody knows.
    pub by: Option<PersonId>,
    /// Whether they took things off or added copies.
    pub did: Swept,
    /// When, milliseconds since 1970.
    pub at: u64,
    /// Clusters before the notes in them, links last. Of a copy, the copy.
    pub things: Vec<SweptThing>,
}

impl Session {
    /// The number of the next sweep.
    pub fn next_sweep(&self) -> SweepId {
        SweepId(self.last_sweep + 1)
    }

    /// Those that can be undone at this time.
    pub fn sweeps(&self, now: u64) -> impl Iterator<Item = &Sweep> {
        let lives = move |sweep: &&Sweep| now < sweep.at + SWEEP_LIVES_MS;
        self.sweeps.iter().filter(lives)
    }

    /// Whether a note is another's than this person's and of those for whom they write. One of which nobody
    /// knows who wrote it is.
    pub fn is_of_others(&self, note: &NoteId, person: Option<&PersonId>) -> bool {
        let writer = self.wrote.get(note);
        let hand = writer.map(|writer| self.hand(writer));
        hand.is_none() || hand != person
    }

    /// Somebody works on these notes: what others than their copier have worked on is no mere copy any more.
    pub fn works_on(&self, notes: &[NoteId], person: Option<&PersonId>) -> Vec<Event> {
        let is_touched =
            |one: &SweptThing| matches!(&one.thing, ThingId::Note(id) if notes.contains(id));
        let copies = self
            .sweeps
            .iter()
            .filter(|sweep| sweep.did == Swept::Copied);
        copies
            .filter(|sweep| sweep.by.as_ref() != person)
            .filter(|sweep| sweep.things.iter().any(is_touched))
            .map(|sweep| Event::Spared(sweep.id, notes.to_vec()))
            .collect()
    }

    /// Whether it remembers copies of others' notes.
    pub fn knows_copies(&self) -> bool {
        self.sweeps.iter().any(|sweep| sweep.did == Swept::Copied)
    }

    pub(super) fn take_sweep(&mut self, mut sweep: Sweep) {
        self.last_sweep = self.last_sweep.max(sweep.id.0);
        let (id, at) = (sweep.id, sweep.at);
        if let Some(former) = self.sweeps.iter_mut().find(|other| other.id == id) {
            former.at = at;
            former.things.append(&mut sweep.things);
            former.things.sort_by_key(|one| rank(&one.thing));
        } else {
            sweep.things.sort_by_key(|one| rank(&one.thing));
            self.sweeps.push(sweep);
        }
        self.sweeps
            .retain(|other| at < other.at.saturating_add(SWEEP_LIVES_MS));
        let too_many = self.sweeps.len().saturating_sub(MAX_SWEEPS);
        self.sweeps.drain(..too_many);
    }

    pub(super) fn spare(&mut self, id: SweepId, notes: &[NoteId]) {
        for sweep in self.sweeps.iter_mut().filter(|sweep| sweep.id == id) {
            let is_spared =
                |one: &SweptThing| matches!(&one.thing, ThingId::Note(id) if notes.contains(id));
            sweep.things.retain(|one| !is_spared(one));
        }
    }
}

/// What names another comes after it.
fn rank(thing: &ThingId) -> u8 {
    match thing {
        ThingId::Cluster(_) => 0,
        ThingId::Note(_) | ThingId::Image(_) => 1,
        ThingId::Link(_) => 2,
    }
}
