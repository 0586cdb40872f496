//! What one person gives, and whether they may.

use super::Item;
use crate::ids::VoiceId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one person gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// As whom.
    pub voice: Option<VoiceId>,
    /// How many dots on what.
    pub dots: BTreeMap<Item, u8>,
}

impl Ballot {
    /// Whether it has a dot at all. A ballot without is not a vote.
    pub fn has_dots(&self) -> bool {
        self.dots.values().any(|&dots| dots > 0)
    }
}

/// Why a ballot is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BallotFault {
    /// More dots than a person has: take some away.
    #[error("{given} dots, of {most} at most")]
    TooManyDots {
        /// So many were given.
        given: u32,
        /// So many may be.
        most: u8,
    },
    /// More dots on one item than may be: spread them.
    #[error("{given} dots on {item}, of {most} at most")]
    TooManyOnOne {
        /// On what.
        item: Item,
        /// So many were given.
        given: u8,
        /// So many may be.
        most: u8,
    },
    /// Not what this round is about, or no longer on the board.
    #[error("{0} is not in this round")]
    NotInThisRound(Item),
}

/// Checks a ballot against its round: `per_person` dots for each, at most `most_on_one` on one item, and only
/// on what is `allowed`. An item with no dots on it is as good as left out.
///
/// # Errors
/// The first fault, an item that is not in the round before too many dots.
pub fn check_ballot(
    dots: &BTreeMap<Item, u8>,
    per_person: u8,
    most_on_one: u8,
    allowed: impl Fn(&Item) -> bool,
) -> Result<(), BallotFault> {
    if let Some(item) = dots.keys().find(|item| !allowed(item)) {
        return Err(BallotFault::NotInThisRound(item.clone()));
    }
    if let Some((item, &given)) = dots.iter().find(|&(_, &given)| given > most_on_one) {
        return Err(BallotFault::TooManyOnOne {
            item: item.clone(),
            given,
            most: most_on_one,
        });
    }
    // Stops counting long before a hostile ballot could overflow: a u8 each, and u32 holds 16 million.
    let given = dots
        .values()
        .fold(0u32, |sum, &dots| sum.saturating_add(u32::from(dots)));
    if given > u32::from(per_person) {
        return Err(BallotFault::TooManyDots {
            given,
            most: per_person,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(id: &str) -> Item {
        Item::Note(id.into())
    }

    #[test]
    fn a_ballot_keeps_to_its_dots_and_to_its_round() {
        let check = |dots: &[(&str, u8)]| {
            let dots = dots.iter().map(|&(id, dots)| (note(id), dots)).collect();
            check_ballot(&dots, 5, 3, |item| *item != note("gone"))
        };
        assert_eq!(check(&[]), Ok(()));
        assert_eq!(check(&[("a", 3), ("b", 2), ("c", 0)]), Ok(()));
        assert_eq!(
            check(&[("a", 3), ("b", 3)]),
            Err(BallotFault::TooManyDots { given: 6, most: 5 })
        );
        assert_eq!(
            check(&[("a", 4)]),
            Err(BallotFault::TooManyOnOne {
                item: note("a"),
                given: 4,
                most: 3
            })
        );
        assert_eq!(
            check(&[("a", 1), ("gone", 0)]),
            Err(BallotFault::NotInThisRound(note("gone")))
        );
    }
}
