use super::*;
use crate::ids::VoiceId;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn item(number: u8) -> Item {
    Item::Cluster(format!("c{number}").as_str().into())
}

fn voice(number: u8) -> VoiceId {
    format!("v{number}").as_str().into()
}

fn ballot(voice_number: Option<u8>, dots: &[(u8, u8)]) -> Ballot {
    Ballot {
        voice: voice_number.map(voice),
        dots: dots
            .iter()
            .map(|&(number, dots)| (item(number), dots))
            .collect(),
    }
}

fn some_ballots() -> impl Strategy<Value = Vec<Ballot>> {
    let dots = prop::collection::vec((0u8..4, 0u8..4), 0..4);
    let voice = prop_oneof![1 => Just(None), 8 => (0u8..6).prop_map(Some)];
    prop::collection::vec(
        (voice, dots).prop_map(|(voice, dots)| ballot(voice, &dots)),
        0..40,
    )
}

fn some_last() -> impl Strategy<Value = BTreeSet<VoiceId>> {
    prop::collection::btree_set((0u8..6).prop_map(voice), 0..4)
}

/// A result, and whose ballots are in it.
type Published<'a> = (&'a Outcome, &'a dyn Fn(&Ballot) -> bool);

/// What a reader of these results can count: groups of voters, each with its figures. Every published
/// figure is a sum over one of them, and every sum of theirs counts all alike who are in the same ones.
fn told_apart<'a>(
    voters: &[&'a Ballot],
    published: &[Published],
) -> BTreeMap<Vec<(bool, Option<&'a VoiceId>)>, u32> {
    let mut classes = BTreeMap::new();
    for voter in voters {
        let signature = published
            .iter()
            .map(|(outcome, counts)| {
                let own = voter.voice.as_ref();
                let is_shown = outcome
                    .voices
                    .iter()
                    .any(|figure| Some(&figure.voice) == own);
                (counts(voter), own.filter(|_| counts(voter) && is_shown))
            })
            .collect();
        *classes.entry(signature).or_insert(0) += 1;
    }
    classes
}

fn voters(ballots: &[Ballot]) -> Vec<&Ballot> {
    ballots.iter().filter(|ballot| ballot.has_dots()).collect()
}

/// That each figure is the plain sum over those whom it says it is about, and that nobody else is in it.
fn check_sums(outcome: &Outcome, voters: &[&Ballot]) {
    let sum = |item: &Item, of: &dyn Fn(&Ballot) -> bool| {
        let given = voters
            .iter()
            .filter(|ballot| of(ballot))
            .filter_map(|ballot| ballot.dots.get(item));
        given
            .filter(|&&dots| dots > 0)
            .fold((0, 0), |(dots, voters), &more| {
                (dots + u32::from(more), voters + 1)
            })
    };
    assert_eq!(outcome.voters as usize, voters.len());
    for item in &outcome.items {
        assert_eq!((item.dots, item.voters), sum(&item.item, &|_| true));
        assert_eq!(item.by_voice.len(), outcome.voices.len());
        for figure in &item.by_voice {
            let of_it = |ballot: &Ballot| ballot.voice.as_ref() == Some(&figure.voice);
            assert_eq!((figure.dots, figure.voters), sum(&item.item, &of_it));
        }
        assert!(item.agreement > 0.0 && item.agreement < 1.0);
    }
}

proptest! {
    #[test]
    fn no_sum_of_published_figures_is_about_one_to_three_voters(ballots in some_ballots()) {
        let outcome = outcome(&ballots);
        let voters = voters(&ballots);
        check_sums(&outcome, &voters);
        let everybody = |_: &Ballot| true;
        let classes = told_apart(&voters, &[(&outcome, &everybody)]);
        if voters.len() >= MIN_VOTERS as usize {
            prop_assert!(classes.values().all(|&count| count >= MIN_VOTERS), "{:?}", classes);
        } else {
            prop_assert!(outcome.voices.is_empty());
        }
    }

    #[test]
    fn nor_can_a_hand_that_voted_for_many_take_its_own_away(
        ballots in some_ballots(), hands in prop::collection::vec(0u8..8, 40),
    ) {
        let given = || hands.iter().zip(&ballots).filter(|(_, ballot)| ballot.has_dots());
        let outcome = outcomes(given(), &BTreeSet::new()).all;
        let is_shown = |voice: &VoiceId| outcome.voices.iter().any(|figure| figure.voice == *voice);
        let mut classes: BTreeMap<Option<&VoiceId>, BTreeSet<u8>> = BTreeMap::new();
        for (hand, ballot) in given() {
            let voice = ballot.voice.as_ref().filter(|voice| is_shown(voice));
            classes.entry(voice).or_default().insert(*hand);
        }
        if !outcome.voices.is_empty() {
            for (voice, hands) in classes {
                prop_assert!(hands.len() >= 4, "{voice:?}: {hands:?}");
            }
        }
    }

    #[test]
    fn nor_when_some_voices_are_shown_last(ballots in some_ballots(), last in some_last()) {
        let Outcomes { first, all } = outcomes(ballots.iter().enumerate(), &last);
        let voters = voters(&ballots);
        check_sums(&all, &voters);
        let comes_first = |ballot: &Ballot| ballot.voice.as_ref().is_none_or(|voice| !last.contains(voice));
        let everybody = |_: &Ballot| true;
        if let Some(first) = &first {
            let others: Vec<&Ballot> = voters.iter().copied().filter(|ballot| comes_first(ballot)).collect();
            check_sums(first, &others);
            let classes = told_apart(&voters, &[(first, &comes_first), (&all, &everybody)]);
            prop_assert!(classes.values().all(|&count| count >= MIN_VOTERS), "{:?}", classes);
        } else {
            prop_assert_eq!(all, outcome(&ballots));
        }
    }

    #[test]
    fn who_of_the_hidden_gave_what_changes_nothing(ballots in some_ballots(), turn in 1usize..20) {
        let before = outcome(&ballots);
        let hidden: Vec<usize> = (0..ballots.len())
            .filter(|&place| ballots[place].has_dots())
            .filter(|&place| !before.voices.iter().any(|figure| Some(&figure.voice) == ballots[place].voice.as_ref()))
            .collect();
        let mut swapped = ballots.clone();
        for (place, &from) in hidden.iter().enumerate() {
            let to = hidden[(place + turn) % hidden.len()];
            swapped[to].dots = ballots[from].dots.clone();
        }
        prop_assert_eq!(outcome(&swapped), before);
    }

    #[test]
    fn a_voice_is_hidden_only_when_it_must_be(ballots in some_ballots()) {
        let outcome = outcome(&ballots);
        let mut of_voice: BTreeMap<&VoiceId, u32> = BTreeMap::new();
        for voice in voters(&ballots).into_iter().filter_map(|ballot| ballot.voice.as_ref()) {
            *of_voice.entry(voice).or_default() += 1;
        }
        let large: Vec<u32> = of_voice.into_values().filter(|&count| count >= MIN_VOTERS).collect();
        let left = outcome.voters - large.iter().sum::<u32>();
        let must_hide = usize::from((1..MIN_VOTERS).contains(&left)).min(large.len());
        prop_assert_eq!(outcome.voices.len(), large.len() - must_hide);
    }
}

#[test]
fn the_leaders_wait_only_if_they_are_enough() {
    let leaders = BTreeSet::from([voice(1)]);
    let room = |others: usize, leaders: usize| -> Vec<Ballot> {
        let others = (0..others).map(|_| ballot(Some(0), &[(0, 1)]));
        others
            .chain((0..leaders).map(|_| ballot(Some(1), &[(1, 3)])))
            .collect()
    };
    let first = |ballots: &[Ballot]| {
        outcomes(ballots.iter().enumerate(), &leaders)
            .first
            .map(|first| first.voters)
    };
    assert_eq!(first(&room(8, 4)), Some(8));
    assert_eq!(first(&room(8, 0)), Some(8));
    assert_eq!(
        first(&room(8, 3)),
        None,
        "the three would be the difference"
    );
    assert_eq!(first(&room(3, 8)), None, "the three would be all there is");
    assert_eq!(first(&room(0, 8)), None, "there is nothing to show first");
    assert_eq!(
        outcomes(room(8, 4).iter().enumerate(), &BTreeSet::new()).first,
        None,
        "nobody comes last"
    );
}

#[test]
fn what_was_hidden_first_stays_hidden_when_the_leaders_come() {
    // Six youths and two patients, then four leaders and two politicians. In one go the last two of each
    // kind would be four and could be told from the rest; after the first result they would be two and two.
    let mut ballots: Vec<Ballot> = Vec::new();
    for (number, count) in [(0, 6), (1, 2), (2, 4), (3, 2)] {
        ballots.extend((0..count).map(|_| ballot(Some(number), &[(number, 1)])));
    }
    assert_eq!(outcome(&ballots).voices.len(), 2);
    let in_turn = outcomes(
        ballots.iter().enumerate(),
        &BTreeSet::from([voice(2), voice(3)]),
    );
    assert!(in_turn.first.unwrap().voices.is_empty());
    assert!(in_turn.all.voices.is_empty());
}

#[test]
fn a_result_can_be_ordered_by_the_sum_or_by_agreement() {
    let mut ballots: Vec<Ballot> = (0..10).map(|_| ballot(Some(0), &[(0, 3)])).collect();
    ballots.extend((0..4).map(|_| ballot(Some(0), &[(1, 2)])));
    ballots.extend((0..5).map(|_| ballot(Some(1), &[(1, 2)])));
    let mut outcome = outcome(&ballots);
    assert_eq!(outcome.items[0].item, item(0));
    assert_eq!(outcome.items[0].verdict, Some(Verdict::VoicesDiffer));
    outcome.order_by_agreement();
    assert_eq!(outcome.items[0].item, item(1));
    outcome.order_by_total();
    assert_eq!(outcome.items[0].item, item(0));
}

#[test]
fn nobody_and_a_ballot_without_dots_are_no_votes() {
    assert_eq!(outcome(&[]), Outcome::default());
    let nothing = outcome(&[ballot(Some(0), &[(0, 0)]), ballot(None, &[])]);
    assert_eq!(nothing, Outcome::default());
    let one = outcome(&[ballot(Some(0), &[(0, 2)])]);
    assert_eq!((one.voters, one.voices.len(), one.items[0].dots), (1, 0, 2));
}

#[test]
fn a_result_travels_as_json() {
    let ballots: Vec<Ballot> = (0..4).map(|_| ballot(Some(0), &[(0, 1)])).collect();
    let outcome = outcome(&ballots);
    let json = serde_json::to_string(&outcome).unwrap();
    assert_eq!(
        json,
        r#"{"voters":4,"voices":[{"voice":"v0","voters":4}],"items":[{"item":"cluster:c0","dots":4,"voters":4,"by_voice":[{"voice":"v0","dots":4,"voters":4}],"agreement":0.833333,"verdict":null}]}"#
    );
    assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome);
}
