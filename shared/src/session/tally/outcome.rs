//! What is shown of a closed round.

use super::{
    Ballot, Item, Verdict,
    agreement::{Backing, agreement, verdict},
    disclosure::{Cast, MIN_VOTERS, hands, may_not_be_known, shown},
};
use crate::ids::VoiceId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The result of a round.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How many voted: people with at least one dot on something.
    pub voters: u32,
    /// The voices that are shown by themselves. All others are only in the totals.
    pub voices: Vec<VoiceFigure>,
    /// Each item with at least one dot, by [`Outcome::order_by_total`].
    pub items: Vec<ItemOutcome>,
}

/// A voice that is shown by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceFigure {
    /// The voice that is shown by itself.
    pub voice: VoiceId,
    /// How many voted as it; [`MIN_VOTERS`] or more.
    pub voters: u32,
}

/// How one item came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemOutcome {
    /// The note or cluster that got them.
    pub item: Item,
    /// All its dots.
    pub dots: u32,
    /// How many gave it any.
    pub voters: u32,
    /// The same for each voice of [`Outcome::voices`], in that order.
    pub by_voice: Vec<VoiceDots>,
    /// How far the voices agree on it, 0 to 1: group-informed consensus, see `agreement`.
    pub agreement: f64,
    /// What is said plainly of it.
    pub verdict: Option<Verdict>,
}

/// What one voice gave one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceDots {
    /// Which voice.
    pub voice: VoiceId,
    /// Its dots.
    pub dots: u32,
    /// How many of it gave any.
    pub voters: u32,
}

/// The result when some voices are shown after the others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Without the voices that come last. `None` when that must not be shown: either side of the cut would
    /// be known by itself, and has too few voters (or the first has none). Then all are shown together.
    pub first: Option<Outcome>,
    /// With everybody. To be shown after `first` and never beside the [`outcome`] of the same ballots: it
    /// may hide more, so that the two together give nothing away.
    pub all: Outcome,
}

impl Outcome {
    /// Puts the items in order: most dots first, then most voters, then most agreement.
    pub fn order_by_total(&mut self) {
        crate::sorting::sort_by(&mut self.items, |a, b| {
            (b.dots.cmp(&a.dots))
                .then(b.voters.cmp(&a.voters))
                .then(b.agreement.total_cmp(&a.agreement))
                .then_with(|| a.item.cmp(&b.item))
        });
    }

    /// Puts the items in order: what the voices agree on most first, then by dots.
    pub fn order_by_agreement(&mut self) {
        crate::sorting::sort_by(&mut self.items, |a, b| {
            (b.agreement.total_cmp(&a.agreement))
                .then(b.dots.cmp(&a.dots))
                .then(b.voters.cmp(&a.voters))
                .then_with(|| a.item.cmp(&b.item))
        });
    }

    /// The things with most dots: so many, and as many more as have no fewer dots than the last of them.
    pub fn leading(&self, count: usize) -> Vec<Item> {
        let mut sorted = self.clone();
        sorted.order_by_total();
        let weakest = (count.checked_sub(1)).and_then(|place| sorted.items.get(place));
        let fewest = weakest.map_or(0, |item| item.dots);
        let leading = sorted.items.iter().filter(|item| item.dots >= fewest);
        leading.map(|item| item.item.clone()).collect()
    }

    /// How many voters are not shown by voice: none, or [`MIN_VOTERS`] or more; fewer only when so few
    /// voted at all.
    pub fn other_voters(&self) -> u32 {
        self.voters - self.voices.iter().map(|figure| figure.voters).sum::<u32>()
    }
}

impl ItemOutcome {
    /// Its dots from those who are not shown by voice.
    pub fn other_dots(&self) -> u32 {
        self.dots - self.by_voice.iter().map(|figure| figure.dots).sum::<u32>()
    }

    /// How many of those who are not shown by voice gave it any.
    pub fn other_voters(&self) -> u32 {
        self.voters
            - self
                .by_voice
                .iter()
                .map(|figure| figure.voters)
                .sum::<u32>()
    }
}

/// The result of a round. The total is always there, however few voted; by voice only what gives nobody
/// away. A ballot without dots is not a vote.
///
/// ```
/// use samtavle_shared::session::tally::*;
/// let ballot = |voice: &str| Ballot {
///     voice: Some(voice.into()),
///     dots: [(Item::Note("n".into()), 2)].into(),
/// };
/// let voices = ["youth"; 5].into_iter().chain(["nurse"; 6]).chain(["leader"]);
/// let ballots: Vec<Ballot> = voices.map(ballot).collect();
/// let outcome = outcome(&ballots);
/// assert_eq!((outcome.voters, outcome.items[0].dots), (12, 24));
/// // With both shown, the leader's ballot would be what is left of the total.
/// assert_eq!(outcome.voices.len(), 1);
/// ```
pub fn outcome<'a>(ballots: impl IntoIterator<Item = &'a Ballot>) -> Outcome {
    outcomes(ballots.into_iter().enumerate(), &BTreeSet::new()).all
}

/// The result of a round when the voices in `last` are shown after the others.
///
/// When both are shown, each side of the cut is a total of its own (one is shown, the other is the
/// difference), so what may be shown by voice is decided for each side by itself.
///
/// With each ballot comes the hand that gave it: who votes for others, too, knows all those ballots.
pub fn outcomes<'a, Hand: Ord>(
    ballots: impl IntoIterator<Item = (Hand, &'a Ballot)>,
    last: &BTreeSet<VoiceId>,
) -> Outcomes {
    let mut numbers = BTreeMap::new();
    let all: Vec<Cast> = ballots
        .into_iter()
        .filter(|(_, ballot)| ballot.has_dots())
        .map(|(hand, ballot)| {
            let next = numbers.len();
            let hand = *numbers.entry(hand).or_insert(next);
            Cast { hand, ballot }
        })
        .collect();
    let (after, first): (Vec<Cast>, Vec<Cast>) = all.iter().partition(|cast| {
        let voice = cast.ballot.voice.as_ref();
        voice.is_some_and(|voice| last.contains(voice))
    });

    let is_cut =
        !last.is_empty() && hands(&first) >= MIN_VOTERS && !may_not_be_known(hands(&after));
    if !is_cut {
        return Outcomes {
            first: None,
            all: count(&all, &shown(&all)),
        };
    }
    let mut voices = shown(&first);
    let first = count(&first, &voices);
    voices.append(&mut shown(&after));
    Outcomes {
        first: Some(first),
        all: count(&all, &voices),
    }
}

/// Sums of dots, and of those who gave any.
#[derive(Clone, Copy, Default)]
struct Sum {
    dots: u32,
    voters: u32,
}

impl Sum {
    fn add(&mut self, dots: u8) {
        self.dots += u32::from(dots);
        self.voters += 1;
    }
}

/// Counts, by voice only those that may be shown.
fn count(ballots: &[Cast], shown: &BTreeSet<VoiceId>) -> Outcome {
    let place: BTreeMap<&VoiceId, usize> = shown
        .iter()
        .enumerate()
        .map(|(i, voice)| (voice, i))
        .collect();
    let place_of = |ballot: &Ballot| Some(*place.get(ballot.voice.as_ref()?)?);

    let mut voices: Vec<VoiceFigure> = shown
        .iter()
        .map(|voice| VoiceFigure {
            voice: voice.clone(),
            voters: 0,
        })
        .collect();
    let mut sums: BTreeMap<&Item, (Sum, Vec<Sum>)> = BTreeMap::new();
    for Cast { ballot, .. } in ballots {
        if let Some(place) = place_of(ballot) {
            voices[place].voters += 1;
        }
        for (item, &dots) in ballot.dots.iter().filter(|&(_, &dots)| dots > 0) {
            let (total, by_voice) = sums
                .entry(item)
                .or_insert_with(|| (Sum::default(), vec![Sum::default(); voices.len()]));
            total.add(dots);
            if let Some(place) = place_of(ballot) {
                by_voice[place].add(dots);
            }
        }
    }

    let voters = ballots.len() as u32;
    let items = sums
        .into_iter()
        .map(|(item, (total, by_voice))| item_outcome(item, total, &by_voice, &voices, voters))
        .collect();
    let mut outcome = Outcome {
        voters,
        voices,
        items,
    };
    outcome.order_by_total();
    outcome
}

/// All that is said of an item follows from its shown sums.
fn item_outcome(
    item: &Item,
    total: Sum,
    by_voice: &[Sum],
    voices: &[VoiceFigure],
    voters: u32,
) -> ItemOutcome {
    let by_voice: Vec<VoiceDots> = voices
        .iter()
        .zip(by_voice)
        .map(|(figure, sum)| VoiceDots {
            voice: figure.voice.clone(),
            dots: sum.dots,
            voters: sum.voters,
        })
        .collect();
    let mut groups: Vec<Backing> = voices
        .iter()
        .zip(&by_voice)
        .map(|(figure, sum)| Backing {
            voters: sum.voters,
            of: figure.voters,
        })
        .collect();
    let others = Backing {
        voters: total.voters - groups.iter().map(|group| group.voters).sum::<u32>(),
        of: voters - groups.iter().map(|group| group.of).sum::<u32>(),
    };
    if others.of > 0 {
        groups.push(others);
    }
    ItemOutcome {
        item: item.clone(),
        dots: total.dots,
        voters: total.voters,
        by_voice,
        agreement: agreement(&groups),
        verdict: verdict(&groups),
    }
}
