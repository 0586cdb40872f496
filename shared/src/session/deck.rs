//! The deck of provocation cards: what comes with Samtavle, without those that the facilitator took
//! out, with those that the facilitator wrote.

use super::{LocalizedText, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its name for ever.
    pub id: String,
    /// What it says.
    pub text: LocalizedText,
}

/// What the facilitator changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    /// Taken out of what comes with Samtavle.
    #[serde(default)]
    pub without: BTreeSet<String>,
    /// Written by the facilitator.
    #[serde(default)]
    pub own: Vec<Card>,
}

/// Most cards of the facilitator's own, and longest text of one in UTF-16 units.
const MAX_OWN: usize = 200;
const MAX_TEXT: usize = 280;

impl Deck {
    /// The cards to draw from.
    pub fn cards<'a>(&'a self, given: &'a [Card]) -> impl Iterator<Item = &'a Card> {
        given
            .iter()
            .filter(|card| !self.without.contains(&card.id))
            .chain(&self.own)
    }

    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.own.len() > MAX_OWN || self.without.len() > 1_000 {
            return Err(Refusal::TooMany);
        }
        let is_sound = |card: &Card| {
            !card.text.is_empty() && card.text.length() <= MAX_TEXT && card.id.len() <= 64
        };
        if self.own.iter().all(is_sound) && self.without.iter().all(|id| id.len() <= 64) {
            Ok(())
        } else {
            Err(Refusal::Malformed)
        }
    }
}
