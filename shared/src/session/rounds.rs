//! Rounds of votes: dots that are secret until the round is closed.

use super::{
    PhaseId,
    tally::{Ballot, Outcome as Tally},
};
use crate::ids::PersonId;
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
    /// Clusters.
    #[default]
    Clusters,
    /// Notes.
    Notes,
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
    /// How many dots each has.
    pub dots: u8,
    /// How many at most on one.
    pub most_on_one: u8,
    /// The ballots: never in a view, never in the document.
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
}

impl Round {
    /// Whether people may vote.
    pub fn is_open(&self) -> bool {
        self.result.is_none()
    }
}

/// Most dots of a person, and most rounds of a board.
pub(super) const MAX_DOTS: u8 = 50;
pub(super) const MAX_ROUNDS: usize = 200;
