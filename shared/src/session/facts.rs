//! What the session is told about the world when it decides.

use super::{Card, Item};
use crate::{
    board::NoteKind,
    geometry::BoardPoint,
    ids::{ClusterId, NoteId, PersonId, VoiceId},
    insight::{Corpus, Thought},
    role::Role,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Who commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who asks, as the server knows them.
    pub person: PersonId,
    /// What their key allows.
    pub role: Role,
}

/// A note on the board, as far as the session needs to know it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownNote {
    /// Its id on the board.
    pub id: NoteId,
    /// What it speaks of.
    pub kind: NoteKind,
    /// What it says.
    pub text: String,
    /// In which cluster.
    pub cluster: Option<ClusterId>,
    /// As whom it was written.
    pub voice: Option<VoiceId>,
    /// Whether its writer lives with it.
    pub lived: bool,
}

/// Most notes that are compared with each other.
const MOST_COMPARED: usize = 600;

/// Notes that were read together, ready to be compared. Of a board with more than are compared at once, as many by
/// chance. Reading them is the most costly thing that a person can ask for, so whoever can should keep it until the
/// notes change.
pub struct Compared {
    notes: Vec<KnownNote>,
    /// What they have in common.
    pub corpus: Corpus,
}

impl Compared {
    /// Reads notes, leaving out those that say nothing. `None`: nobody wants it any more.
    pub fn of(mut notes: Vec<KnownNote>, seed: u64, is_wanted: &dyn Fn() -> bool) -> Option<Self> {
        notes.retain(|note| !note.text.trim().is_empty());
        if notes.len() > MOST_COMPARED {
            let turn = usize::try_from(seed % notes.len() as u64).unwrap_or_default();
            // Ids are random: neighbours have nothing in common.
            notes.sort_by(|a, b| a.id.cmp(&b.id));
            notes.rotate_left(turn);
            notes.truncate(MOST_COMPARED);
        }
        let thoughts: Vec<Thought> = notes.iter().map(KnownNote::thought).collect();
        let corpus = Corpus::while_wanted(&thoughts, is_wanted)?;
        Some(Self { notes, corpus })
    }

    /// The notes.
    pub fn thoughts(&self) -> impl Iterator<Item = Thought<'_>> {
        self.notes.iter().map(KnownNote::thought)
    }
}

impl KnownNote {
    fn thought(&self) -> Thought<'_> {
        Thought {
            id: &self.id,
            kind: self.kind,
            text: &self.text,
            cluster: self.cluster.as_ref(),
            voice: self.voice.as_ref(),
            lived: self.lived,
        }
    }
}

/// The world at the moment of a command. What costs something is asked for when it is needed.
pub trait Facts {
    /// Milliseconds since 1970 by the server's clock.
    fn now(&self) -> u64;
    /// A number that nobody could foresee.
    fn seed(&self) -> u64;
    /// Who is here: has a socket open.
    fn here(&self) -> &BTreeSet<PersonId>;
    /// All notes on the board.
    fn notes(&self) -> Vec<KnownNote>;
    /// Whether whoever asks still waits for the answer: what takes long looks at it now and then.
    fn is_wanted(&self) -> bool {
        true
    }
    /// All notes, read together. `None`: nobody wants it any more.
    fn compared(&self) -> Option<Arc<Compared>> {
        let is_wanted = || self.is_wanted();
        Compared::of(self.notes(), self.seed(), &is_wanted).map(Arc::new)
    }
    /// Whether there is such a note or cluster on the board.
    fn has(&self, item: &Item) -> bool;
    /// Where groups may have their areas: top left, with nothing to the right of it or below.
    fn free_area(&self) -> BoardPoint;
    /// The cards that come with Samtavle.
    fn cards(&self) -> &[Card];
    /// Which notes somebody has had in front of them, as far as their screen told.
    fn seen(&self) -> &BTreeMap<PersonId, BTreeSet<NoteId>>;
}
