//! How far the voices agree, as far as they are shown.

use serde::{Deserialize, Serialize};

/// What is said plainly of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Of each voice, at least half of its voters gave it a dot.
    AgreedAcrossVoices,
    /// At least half of a voice's voters gave it a dot and fewer than half of all others, or the other way
    /// round, and chance alone would seldom make them differ so.
    VoicesDiffer,
}

/// Voters that are shown by themselves (a voice, or all that are not shown by voice) and one item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backing {
    /// How many of them gave it a dot.
    pub(super) voters: u32,
    /// How many of them voted.
    pub(super) of: u32,
}

impl Backing {
    fn is_half(self) -> bool {
        2 * self.voters >= self.of
    }
}

/// How far apart two shares must lie to be called different, in standard errors: the two-sided 95 % of the
/// normal distribution. It is to start a talk, not to prove a point.
const FAR_APART: f64 = 1.96;

/// Group-informed consensus: the chance that somebody of a voice backs it, multiplied over the voices, each
/// estimated as (backing + 1) / (voters + 2) so that a voice of few counts with the doubt it brings. Small,
/// Bjorkegren, Erkkilä, Shaw and Megill, "Polis: Scaling Deliberation by Mapping High Dimensional Opinion
/// Spaces", Recerca 26(2), 2021. Ours is the geometric mean over the voices, so that rounds with two and
/// with six voices compare. Between 0 and 1, to a millionth: what is equal stays equal in any order.
pub(super) fn agreement(groups: &[Backing]) -> f64 {
    if groups.is_empty() {
        return 0.0;
    }
    let sum: f64 = groups
        .iter()
        .map(|group| (f64::from(group.voters + 1) / f64::from(group.of + 2)).ln())
        .sum();
    let mean = (sum / groups.len() as f64).exp();
    (mean * 1e6).round() / 1e6
}

/// What may be said plainly; nothing when there is only one group to look at.
pub(super) fn verdict(groups: &[Backing]) -> Option<Verdict> {
    if groups.len() < 2 {
        return None;
    }
    if groups.iter().all(|group| group.is_half()) {
        return Some(Verdict::AgreedAcrossVoices);
    }
    let voters: u32 = groups.iter().map(|group| group.voters).sum();
    let of: u32 = groups.iter().map(|group| group.of).sum();
    groups
        .iter()
        .any(|&group| {
            let others = Backing {
                voters: voters - group.voters,
                of: of - group.of,
            };
            group.is_half() != others.is_half() && are_far_apart(group, others)
        })
        .then_some(Verdict::VoicesDiffer)
}

/// The test of two proportions with a pooled standard error, as Polis uses to find what stands for a group.
fn are_far_apart(one: Backing, other: Backing) -> bool {
    let share = |group: Backing| f64::from(group.voters) / f64::from(group.of);
    let pooled = f64::from(one.voters + other.voters) / f64::from(one.of + other.of);
    let variance = pooled * (1.0 - pooled) * (1.0 / f64::from(one.of) + 1.0 / f64::from(other.of));
    (share(one) - share(other)).abs() >= FAR_APART * variance.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(shares: &[(u32, u32)]) -> Vec<Backing> {
        shares
            .iter()
            .map(|&(voters, of)| Backing { voters, of })
            .collect()
    }

    fn agreement_of(shares: &[(u32, u32)]) -> f64 {
        agreement(&groups(shares))
    }

    #[test]
    fn what_each_voice_backs_comes_before_what_one_large_voice_wants() {
        let by_one_large = agreement_of(&[(40, 40), (0, 5), (0, 5)]);
        let by_half_of_each = agreement_of(&[(20, 40), (3, 5), (3, 5)]);
        assert!(by_half_of_each > by_one_large);
        // ((41/42) (1/7) (1/7))^(1/3) and ((21/42) (4/7) (4/7))^(1/3), by hand.
        assert!((by_one_large - 0.271_090).abs() < 1e-5, "{by_one_large}");
        assert!(
            (by_half_of_each - 0.546_552).abs() < 1e-5,
            "{by_half_of_each}"
        );
    }

    #[test]
    fn numbers_of_voices_compare() {
        let (two, six) = (agreement_of(&[(6, 8); 2]), agreement_of(&[(6, 8); 6]));
        assert!((two - six).abs() < f64::EPSILON);
        assert!((two - 0.7).abs() < f64::EPSILON);
    }

    #[test]
    fn a_verdict_is_said_only_when_it_is_plain() {
        let verdict = |shares: &[(u32, u32)]| verdict(&groups(shares));
        assert_eq!(
            verdict(&[(4, 6), (3, 6), (9, 12)]),
            Some(Verdict::AgreedAcrossVoices)
        );
        assert_eq!(verdict(&[(5, 6), (0, 6)]), Some(Verdict::VoicesDiffer));
        assert_eq!(
            verdict(&[(12, 12), (10, 12), (0, 4)]),
            Some(Verdict::VoicesDiffer)
        );
        assert_eq!(
            verdict(&[(2, 4), (1, 4)]),
            None,
            "one person's dot makes no difference"
        );
        assert_eq!(verdict(&[(1, 6), (0, 6)]), None);
        assert_eq!(verdict(&[(6, 6)]), None, "one voice agrees with nobody");
        assert_eq!(verdict(&[]), None);
    }
}
