//! Rounds of votes: dots that are secret until the round is closed.

use super::{
    Item, PhaseId,
    tally::{Ballot, Outcome as Tally},
};
use crate::{
    board::NoteKind,
    ids::{ClusterId, NoteId, PersonId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A round's number: 1, 2, 3 …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoundId(pub u16);

/// What may be voted on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoundOn {
    /// Dots go to clusters, each as a whole.
    #[default]
    Clusters,
    /// Dots go to single notes.
    Notes,
}

/// Which of the clusters or notes may be voted on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Among {
    /// All of them.
    #[default]
    All,
    /// Notes of these kinds, by their names in the document.
    Kinds(Vec<String>),
    /// Notes in this cluster.
    Cluster(ClusterId),
    /// These, as somebody chose them.
    These(Vec<Item>),
}

impl Among {
    /// Whether this note may be voted on.
    pub fn has_note(&self, note: &NoteId, kind: NoteKind, cluster: Option<&ClusterId>) -> bool {
        match self {
            Self::All => true,
            Self::Kinds(kinds) => kinds.iter().any(|name| name == kind.name()),
            Self::Cluster(wanted) => cluster == Some(wanted),
            Self::These(items) => {
                let is_it = |item: &Item| matches!(item, Item::Note(one) if one == note);
                items.iter().any(is_it)
            }
        }
    }

    /// Whether this cluster may be voted on.
    pub fn has_cluster(&self, cluster: &ClusterId) -> bool {
        match self {
            Self::All => true,
            Self::Kinds(_) | Self::Cluster(_) => false,
            Self::These(items) => {
                let is_it = |item: &Item| matches!(item, Item::Cluster(one) if one == cluster);
                items.iter().any(is_it)
            }
        }
    }

    pub(super) fn is_sound(&self) -> bool {
        match self {
            Self::All | Self::Cluster(_) => true,
            Self::Kinds(kinds) => {
                !kinds.is_empty()
                    && kinds.len() <= NoteKind::ALL.len()
                    && kinds
                        .iter()
                        .all(|kind| NoteKind::read(kind) != NoteKind::Other)
            }
            Self::These(items) => (1..=MAX_CHOSEN).contains(&items.len()),
        }
    }
}

/// In which order a result is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoundOrder {
    /// By the sum of dots.
    #[default]
    Total,
    /// By agreement across voices.
    Agreement,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Its number.
    pub id: RoundId,
    /// What is asked.
    pub title: String,
    /// What may be voted on.
    pub on: RoundOn,
    /// Which of them.
    #[serde(default)]
    pub among: Among,
    /// How many dots each has.
    pub dots: u8,
    /// How many at most on one.
    pub most_on_one: u8,
    /// The ballots: never in a view but that of who gave it, while it is open; never in the document.
    #[serde(skip)]
    pub ballots: BTreeMap<PersonId, Ballot>,
    /// The result, once it is closed.
    pub result: Option<Tally>,
    /// The result without the voices that are shown last, while it is only that.
    pub first_result: Option<Tally>,
    /// In which order it is shown.
    pub order: RoundOrder,
    /// In which phase it was closed.
    #[serde(default)]
    pub closed_in: Option<PhaseId>,
    /// How often it was opened again after it had been closed.
    #[serde(default)]
    pub reopened: u16,
}

impl Round {
    /// Whether people may vote.
    pub fn is_open(&self) -> bool {
        self.result.is_none()
    }

    /// What this person gave, while dots may be moved.
    pub(super) fn open_ballot(&self, who: &PersonId) -> Option<&Ballot> {
        self.ballots.get(who).filter(|_| self.is_open())
    }
}

/// Most dots of a person, and most rounds of a board.
pub(super) const MAX_DOTS: u8 = 50;
pub(super) const MAX_ROUNDS: usize = 200;
/// So often a round may be opened again: nobody does it by hand.
pub(super) const MAX_REOPENED: u16 = 200;
/// Most things that are chosen one by one for a round: more is no choice any more.
const MAX_CHOSEN: usize = 200;
