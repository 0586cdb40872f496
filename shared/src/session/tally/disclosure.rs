//! Which voices may be shown by themselves.
//!
//! A voice with fewer than [`MIN_VOTERS`] voters would show a person's ballot to those who know who they
//! are, so it is shown only within the total (the minimum frequency rule). And as the total is shown, too,
//! what is *not* shown is the total less all that is: when that is one to three voters, the smallest voice
//! that could be shown is hidden with them (complementary suppression). Hundepool et al., *Statistical
//! Disclosure Control* (Wiley 2012), chapter 4.
//!
//! Why that is enough: the figures shown are sums over disjoint voices and over everybody. Whatever is
//! added and subtracted of them counts all voters of a voice that is shown alike, and all others alike, so
//! if it counts anybody, it counts at least four.
//!
//! Voters are counted by the *hands* that gave their ballots: who votes for others without a device knows
//! what these gave, and could take it away from what is shown. Four hands leave three that one does not know.

use super::Ballot;
use crate::ids::VoiceId;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest voters that are shown by themselves, in hands: among four, the other three would have to
/// tell each other theirs to know the fourth's.
pub const MIN_VOTERS: u32 = 4;

/// A ballot, and the hand that gave it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cast<'a> {
    pub(super) hand: usize,
    pub(super) ballot: &'a Ballot,
}

/// How many hands gave these.
pub(super) fn hands(ballots: &[Cast]) -> u32 {
    let hands: BTreeSet<usize> = ballots.iter().map(|cast| cast.hand).collect();
    hands.len() as u32
}

/// The voices that may be shown by themselves when the total of these ballots is shown, too.
pub(super) fn shown(ballots: &[Cast]) -> BTreeSet<VoiceId> {
    let mut voters: BTreeMap<&VoiceId, BTreeSet<usize>> = BTreeMap::new();
    for Cast { hand, ballot } in ballots {
        if let Some(voice) = &ballot.voice {
            voters.entry(voice).or_default().insert(*hand);
        }
    }
    voters.retain(|_, hands| hands.len() as u32 >= MIN_VOTERS);

    let is_shown = |cast: &&Cast| {
        let voice = cast.ballot.voice.as_ref();
        voice.is_some_and(|voice| voters.contains_key(voice))
    };
    let others = ballots.iter().filter(|cast| !is_shown(cast));
    let mut rest: BTreeSet<usize> = others.map(|cast| cast.hand).collect();
    while may_not_be_known(rest.len() as u32) {
        let smallest = voters.iter().min_by_key(|(_, hands)| hands.len());
        let Some((&voice, _)) = smallest else {
            break;
        };
        rest.extend(voters.remove(voice).unwrap_or_default());
    }
    voters.into_keys().cloned().collect()
}

/// Whether so many voters are somebody, but too few to be shown.
pub(super) const fn may_not_be_known(voters: u32) -> bool {
    voters > 0 && voters < MIN_VOTERS
}
