//! What the session is told about the world when it decides.

use super::{Card, Item};
use crate::{
    board::NoteKind,
    geometry::BoardPoint,
    ids::{ClusterId, NoteId, PersonId, VoiceId},
    wire::Role,
};
use std::collections::{BTreeMap, BTreeSet};

/// Who commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// What their key allows.
    pub role: Role,
}

/// A note on the board, as far as the session needs to know it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownNote {
    /// Which.
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
    /// Whether there is such a note or cluster on the board.
    fn has(&self, item: &Item) -> bool;
    /// Where groups may have their areas: top left, with nothing to the right of it or below.
    fn free_area(&self) -> BoardPoint;
    /// The cards that come with Samtavle.
    fn cards(&self) -> &[Card];
    /// Which notes somebody has had in front of them, as far as their screen told.
    fn seen(&self) -> &BTreeMap<PersonId, BTreeSet<NoteId>>;
}
