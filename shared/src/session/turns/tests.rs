use super::*;
use proptest::prelude::*;

fn person(number: u8, voices: &[u8]) -> Person {
    Person {
        id: format!("p{number}").as_str().into(),
        voices: voices.iter().map(|&voice| self::voice(voice)).collect(),
    }
}

fn voice(number: u8) -> VoiceId {
    format!("v{number}").as_str().into()
}

fn voices_of(person: &Person) -> Vec<Option<VoiceId>> {
    if person.voices.is_empty() {
        vec![None]
    } else {
        person.voices.iter().cloned().map(Some).collect()
    }
}

/// What a step of a round is in a test.
#[derive(Clone, Debug)]
enum Step {
    Done,
    Pass,
    Go(usize),
    Come(Vec<u8>),
}

fn some_voices() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => Just(vec![]),
        5 => (0u8..5).prop_map(|voice| vec![voice]),
        2 => prop::collection::vec(0u8..5, 2..4),
    ]
}

fn some_steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => Just(Step::Done),
        3 => Just(Step::Pass),
        1 => any::<usize>().prop_map(Step::Go),
        1 => some_voices().prop_map(Step::Come),
    ];
    prop::collection::vec(step, 0..30)
}

/// A round as those see it who sit in it.
struct Room {
    here: Vec<Person>,
    turns: Turns,
    /// How often each voice was heard or passed, counted here.
    asked: BTreeMap<Option<VoiceId>, u32>,
    spoken: BTreeSet<PersonId>,
    passed: BTreeMap<PersonId, u32>,
    last_passed: Option<PersonId>,
    came: u8,
}

impl Room {
    fn new(voices: &[Vec<u8>], seed: u64) -> Self {
        let here: Vec<Person> = voices
            .iter()
            .zip(0..)
            .map(|(voices, number)| person(number, voices))
            .collect();
        let turns = Turns::start(&here, seed);
        let (asked, spoken, passed) = Default::default();
        Self {
            came: here.len() as u8,
            here,
            turns,
            asked,
            spoken,
            passed,
            last_passed: None,
        }
    }

    fn may_be_asked(&self, person: &Person) -> bool {
        !self.spoken.contains(&person.id)
            && self.passed.get(&person.id).is_none_or(|&times| times < 2)
    }

    fn check(&self) {
        let waiting: Vec<&Person> = self
            .here
            .iter()
            .filter(|person| self.may_be_asked(person))
            .collect();
        let Some(turn) = self.turns.present() else {
            assert!(waiting.is_empty(), "it ended too early");
            return;
        };
        let speaker = self.here.iter().find(|person| person.id == turn.person);
        let speaker = speaker.expect("who is here");
        assert!(
            self.may_be_asked(speaker),
            "nobody is asked again who has spoken or passed twice"
        );
        assert!(voices_of(speaker).contains(&turn.voice));

        // Each voice once before any twice: a voice that waits has somebody who has not passed.
        let unheard = waiting
            .iter()
            .filter(|person| !self.passed.contains_key(&person.id))
            .flat_map(|person| voices_of(person))
            .filter(|voice| !self.asked.contains_key(voice));
        if self.asked.contains_key(&turn.voice) {
            assert_eq!(unheard.count(), 0, "a voice waits that was never asked");
        }
        // Who passed gives way to everybody else.
        if self.last_passed.as_ref() == Some(&turn.person) {
            assert_eq!(waiting.len(), 1);
        }
        // Of a voice, those who have not passed come first.
        if self.passed.contains_key(&turn.person) {
            let fresh = waiting
                .iter()
                .filter(|person| !self.passed.contains_key(&person.id));
            assert!(
                fresh
                    .into_iter()
                    .all(|person| !voices_of(person).contains(&turn.voice))
            );
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Done => {
                let expected = self.turns.next().cloned();
                if let Some(turn) = self.turns.present().cloned() {
                    *self.asked.entry(turn.voice).or_default() += 1;
                    assert!(self.spoken.insert(turn.person));
                }
                self.last_passed = None;
                self.turns.done(&self.here);
                assert_eq!(self.turns.present(), expected.as_ref());
            }
            Step::Pass => {
                if let Some(turn) = self.turns.present().cloned() {
                    *self.asked.entry(turn.voice).or_default() += 1;
                    *self.passed.entry(turn.person.clone()).or_default() += 1;
                    self.last_passed = Some(turn.person);
                }
                self.turns.pass(&self.here);
            }
            Step::Go(who) => {
                if !self.here.is_empty() {
                    self.here.remove(who % self.here.len());
                }
                self.last_passed = None;
                self.turns.refresh(&self.here);
                return; // the turn may stay with one who waited while a new voice came
            }
            Step::Come(voices) => {
                self.here.push(person(self.came, voices));
                self.came += 1;
                self.turns.refresh(&self.here);
                return;
            }
        }
        self.check();
    }
}

proptest! {
    #[test]
    fn each_voice_is_heard_once_before_any_is_heard_twice(
        voices in prop::collection::vec(some_voices(), 0..25),
        steps in some_steps(),
        seed: u64,
    ) {
        let mut room = Room::new(&voices, seed);
        room.check();
        for step in &steps {
            room.step(step);
        }
        let mut left = 2 * room.here.len() + 1;
        while room.turns.present().is_some() {
            room.step(if seed % 3 == 0 { &Step::Pass } else { &Step::Done });
            left -= 1;
            prop_assert!(left > 0, "it never ends");
        }
        prop_assert_eq!(room.turns.next(), None);
        let heard: u32 = room.turns.heard().iter().map(|heard| heard.times).sum();
        prop_assert_eq!(heard as usize, room.turns.spoken().len());
    }

    #[test]
    fn no_voice_is_ahead_by_two_while_all_have_people(
        counts in prop::collection::vec(1usize..6, 1..6),
        seed: u64,
    ) {
        let voices: Vec<Vec<u8>> = counts.iter().zip(0..).flat_map(|(&count, voice)| vec![vec![voice]; count]).collect();
        let mut room = Room::new(&voices, seed);
        let fewest = *counts.iter().min().unwrap();
        for turn in 1..=fewest * counts.len() {
            room.step(&Step::Done);
            let times: Vec<u32> = room.turns.heard().iter().map(|heard| heard.times).collect();
            let least = if times.len() < counts.len() { 0 } else { *times.iter().min().unwrap() };
            prop_assert!(times.iter().max().unwrap() - least <= 1, "{:?} after {}", times, turn);
        }
    }

    #[test]
    fn as_many_voices_are_heard_first_as_can_be(
        voices in prop::collection::vec(prop::collection::vec(0u8..5, 1..3), 1..7),
        seed: u64,
    ) {
        let mut room = Room::new(&voices, seed);
        let most = most_voices(&room.here, &mut BTreeSet::new());
        for _ in 0..most {
            room.step(&Step::Done);
        }
        prop_assert!(room.turns.heard().iter().all(|heard| heard.times == 1));
        prop_assert_eq!(room.turns.heard().len(), most);
    }

    #[test]
    fn the_order_in_which_people_are_named_decides_nothing(
        voices in prop::collection::vec(some_voices(), 0..12),
        seed: u64,
    ) {
        let mut room = Room::new(&voices, seed);
        let mut reversed = room.here.clone();
        reversed.reverse();
        let mut turns = Turns::start(&reversed, seed);
        while room.turns.present().is_some() {
            prop_assert_eq!(room.turns.present(), turns.present());
            room.step(&Step::Done);
            turns.done(&reversed);
        }
    }
}

/// How many voices can be heard when each speaks for one, by trying all.
fn most_voices(people: &[Person], taken: &mut BTreeSet<VoiceId>) -> usize {
    let Some((person, rest)) = people.split_first() else {
        return taken.len();
    };
    let mut most = most_voices(rest, taken);
    for voice in &person.voices {
        if taken.insert(voice.clone()) {
            most = most.max(most_voices(rest, taken));
            taken.remove(voice);
        }
    }
    most
}

#[test]
fn a_voice_that_comes_late_is_next_and_does_not_speak_alone_from_then_on() {
    for seed in 0..20 {
        let voices: Vec<Vec<u8>> = (0..16).map(|number| vec![number % 2]).collect();
        let mut room = Room::new(&voices, seed);
        for _ in 0..6 {
            room.step(&Step::Done);
        }
        for _ in 0..3 {
            room.step(&Step::Come(vec![2]));
        }
        let mut heard = Vec::new();
        for _ in 0..7 {
            room.step(&Step::Done);
            heard.push(room.turns.present().unwrap().voice.clone().unwrap());
        }
        assert_eq!(heard[0], voice(2));
        assert!(heard.windows(2).all(|two| two[0] != two[1]), "{heard:?}");
        assert_eq!(heard.iter().filter(|&heard| *heard == voice(2)).count(), 3);
    }
}

/// The voices that are heard before a shy person is asked, and until they are asked again.
fn heard_around_a_pass(shy: &[u8], others: &[u8], seed: u64) -> [BTreeSet<VoiceId>; 2] {
    let mut voices = vec![shy.to_vec()];
    voices.extend(others.iter().map(|&voice| vec![voice]));
    let mut room = Room::new(&voices, seed);
    let shy = person(0, &[]).id;
    let (mut heard, mut times) = ([BTreeSet::new(), BTreeSet::new()], 0);
    while let Some(turn) = room.turns.present().cloned() {
        if turn.person == shy {
            times += 1;
            room.step(&Step::Pass);
        } else {
            if times < 2 {
                heard[times].insert(turn.voice.unwrap());
            }
            room.step(&Step::Done);
        }
    }
    assert_eq!(times, 2);
    assert_eq!(room.turns.spoken().len(), others.len());
    heard
}

#[test]
fn who_passes_is_asked_again_after_the_other_voices_and_then_let_be() {
    let others = BTreeSet::from([voice(1), voice(2)]);
    for seed in 0..20 {
        let [before, between] = heard_around_a_pass(&[0], &[1, 1, 1, 2, 2, 2], seed);
        if before == others {
            assert_eq!(
                between, others,
                "the lap was through, so another one comes first"
            );
        } else {
            assert_eq!(&before | &between, others);
            assert!(before.is_disjoint(&between));
        }
    }
}

#[test]
fn who_passes_for_one_voice_is_not_asked_for_another_before_the_others() {
    for seed in 0..20 {
        let [before, between] = heard_around_a_pass(&[0, 1], &[2, 2, 2, 3, 3, 3], seed);
        assert_eq!(&before | &between, BTreeSet::from([voice(2), voice(3)]));
        assert!(!between.is_empty());
    }
}

#[test]
fn nobody_and_one_are_rounds_too() {
    let mut turns = Turns::start(&[], 1);
    assert_eq!(turns.present(), None);
    turns.done(&[]);
    turns.pass(&[]);
    let one = [person(0, &[])];
    turns.refresh(&one);
    assert_eq!(
        turns.present(),
        Some(&Turn {
            person: "p0".into(),
            voice: None
        })
    );
    assert_eq!(turns.next(), None);
    assert_eq!((turns.heard_people(), turns.people()), (0, 1));
    turns.refresh(&[]);
    assert_eq!(turns.present(), None, "who has gone does not keep the turn");
    turns.refresh(&one);
    turns.done(&one);
    assert_eq!(turns.present(), None);
}

#[test]
fn a_round_is_kept_as_json() {
    let here = [person(0, &[0]), person(1, &[]), person(2, &[0, 1])];
    let mut turns = Turns::start(&here, u64::MAX);
    turns.pass(&here);
    turns.done(&here);
    let json = serde_json::to_string(&turns).unwrap();
    assert_eq!(serde_json::from_str::<Turns>(&json).unwrap(), turns);
}

#[test]
fn three_hundred_with_many_voices_each_are_heard_one_by_one() {
    let voices: Vec<Vec<u8>> = (0..300u16)
        .map(|number| vec![(number % 12) as u8, (number % 7) as u8, (number % 5) as u8])
        .collect();
    let here: Vec<Person> = voices
        .iter()
        .enumerate()
        .map(|(number, voices)| Person {
            id: format!("p{number}").as_str().into(),
            ..person(0, voices)
        })
        .collect();
    let mut turns = Turns::start(&here, 1);
    for _ in 0..10 {
        turns.done(&here);
    }
    assert_eq!((turns.heard_people(), turns.people()), (10, 300));
}
