//! Steering: what is locked, hidden, shown on the wall, and where everybody is brought.

use super::Item;
use crate::{
    geometry::BoardRect,
    ids::{ClusterId, NoteId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What participants may not change just now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locks {
    /// The whole board.
    #[serde(default)]
    pub board: bool,
    /// These clusters, and the notes in them.
    #[serde(default)]
    pub clusters: BTreeSet<ClusterId>,
}

impl Locks {
    /// Whether something in this cluster, or in none, may not be changed.
    pub fn hold(&self, cluster: Option<&ClusterId>) -> bool {
        self.board || cluster.is_some_and(|cluster| self.clusters.contains(cluster))
    }
}

/// A facilitator calls everybody to look here.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gather {
    /// What was on the facilitator's screen, board units.
    pub rect: BoardRect,
    /// Counts the calls, so that a page follows each once.
    pub count: u32,
}

/// Who sees, from now on, what one facilitator sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Followers {
    /// The wall.
    Wall,
    /// Everybody, each until they move their own view.
    Everybody,
}

/// What the wall shows when it does not choose by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// Prompt, timer, how to join, the newest notes.
    Gather,
    /// All clusters.
    Clusters,
    /// One note or cluster, large.
    Spotlight(Item),
    /// The result of the last round of votes.
    Votes,
    /// What is not covered yet.
    Insights,
    /// Plans by their state.
    Plans,
    /// What was said back last, to be read aloud.
    SaidBack,
    /// A habit that was just broken.
    Broken(NoteId),
    /// What the facilitator sees.
    Follow,
}
