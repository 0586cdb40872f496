//! A disturbance: a thought from a voice unlike yours, or a provocation card, put in front of you.

use super::{LocalizedText, phase::PhaseId};
use crate::ids::NoteId;
use serde::{Deserialize, Serialize};

/// What was put in front of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disturbance {
    /// The thought or the card that disturbs.
    pub of: DisturbanceOf,
    /// In which phase.
    pub phase: Option<PhaseId>,
    /// Whether it was the facilitator's surprise for all.
    #[serde(default)]
    pub was_for_all: bool,
}

/// Where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DisturbanceOf {
    /// Somebody's note.
    Note(NoteId),
    /// A card of the deck.
    Card {
        /// Its id in the deck.
        id: String,
        /// What it says.
        text: LocalizedText,
    },
}
