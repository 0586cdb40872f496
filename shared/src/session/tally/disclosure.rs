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

use super::Ballot;
use crate::ids::VoiceId;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest voters that are shown by themselves, in people: among four, the other three would have to
/// tell each other theirs to know the fourth's.
pub const MIN_VOTERS: u32 = 4;

/// The voices that may be shown by themselves when the total of these ballots is shown, too.
pub(super) fn shown(ballots: &[&Ballot]) -> BTreeSet<VoiceId> {
    let mut voters: BTreeMap<&VoiceId, u32> = BTreeMap::new();
    for voice in ballots.iter().filter_map(|ballot| ballot.voice.as_ref()) {
        *voters.entry(voice).or_default() += 1;
    }
    voters.retain(|_, voters| *voters >= MIN_VOTERS);

    let mut rest = ballots.len() as u32 - voters.values().sum::<u32>();
    while may_not_be_known(rest) {
        let smallest = voters.iter().min_by_key(|&(_, &voters)| voters);
        let Some((&voice, &its_voters)) = smallest else {
            break;
        };
        voters.remove(voice);
        rest += its_voters;
    }
    voters.into_keys().cloned().collect()
}

/// Whether so many voters are somebody, but too few to be shown.
pub(super) const fn may_not_be_known(voters: u32) -> bool {
    voters > 0 && voters < MIN_VOTERS
}
