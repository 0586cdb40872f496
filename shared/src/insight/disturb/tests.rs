//! Nobody gets their own thought, nor the same twice, and nobody the same as another.

use super::super::made::{Made, thoughts};
use super::*;
use proptest::prelude::*;
use std::collections::HashSet;

/// Somebody, owning what [`Me`] borrows.
#[derive(Clone, Debug, Default)]
struct Somebody {
    voices: Vec<VoiceId>,
    own: BTreeSet<NoteId>,
    seen: BTreeSet<NoteId>,
    given: BTreeSet<NoteId>,
    cards: BTreeSet<usize>,
}

impl Somebody {
    fn with_voice(voice: &str) -> Self {
        Self {
            voices: vec![voice.into()],
            ..Self::default()
        }
    }

    fn wrote(mut self, id: &str) -> Self {
        self.own.insert(id.into());
        self
    }

    fn me(&self) -> Me<'_> {
        Me {
            voices: &self.voices,
            own: &self.own,
            seen: &self.seen,
            given: &self.given,
            cards: &self.cards,
        }
    }

    fn has_met(&self, id: &NoteId) -> bool {
        self.own.contains(id) || self.seen.contains(id) || self.given.contains(id)
    }
}

fn board() -> Vec<Made> {
    vec![
        Made::new("bus", "youth", "Bussen går bare to ganger om dagen"),
        Made::new("buses", "leader", "Bussen er dyr å ha gående hver dag"),
        Made::new("chemist", "leader", "Apoteket var stengt da vi kom hjem"),
        Made::new("evening", "youth", "Det er ingen steder å være om kvelden"),
        Made::new("form", "", "Skjemaet på nett var vanskelig å forstå"),
        Made::new("ok", "leader", "ok"),
        Made::new("empty", "leader", "  \n"),
    ]
}

fn choice(
    somebody: &Somebody,
    made: &[Made],
    seen_count: &dyn Fn(&NoteId) -> u32,
) -> Option<String> {
    let thoughts = thoughts(made);
    let corpus = Corpus::of(&thoughts);
    choose(&somebody.me(), &thoughts, &corpus, seen_count, 7).map(|id| id.as_str().to_owned())
}

#[test]
fn it_is_of_an_unlike_voice_and_far_from_what_one_writes_oneself() {
    let kari = Somebody::with_voice("youth").wrote("bus");
    assert_eq!(choice(&kari, &board(), &|_| 0).unwrap(), "chemist");
}

#[test]
fn what_few_have_seen_comes_first() {
    let kari = Somebody::with_voice("patient");
    for rare in ["bus", "buses", "chemist", "evening"] {
        let seen = |id: &NoteId| if id.as_str() == rare { 0 } else { 5 };
        assert_eq!(choice(&kari, &board(), &seen).unwrap(), rare);
    }
}

#[test]
fn without_an_unlike_voice_it_is_a_note_without_a_voice_then_a_like_one() {
    let made: Vec<Made> = (board().into_iter())
        .filter(|note| note.voice != Some("leader".into()))
        .collect();
    let mut kari = Somebody::with_voice("youth").wrote("bus");
    assert_eq!(choice(&kari, &made, &|_| 0).unwrap(), "form");
    kari.given.insert("form".into());
    assert_eq!(choice(&kari, &made, &|_| 0).unwrap(), "evening");
    kari.seen.insert("evening".into());
    assert_eq!(choice(&kari, &made, &|_| 0), None);
}

#[test]
fn a_note_that_says_next_to_nothing_comes_last_and_an_empty_one_never() {
    let mut kari = Somebody::with_voice("youth");
    for _ in 0..5 {
        let next = choice(&kari, &board(), &|_| 0).unwrap();
        assert_ne!(next, "ok");
        kari.given.insert(next.as_str().into());
    }
    assert_eq!(choice(&kari, &board(), &|_| 0).unwrap(), "ok");
    kari.given.insert("ok".into());
    assert_eq!(choice(&kari, &board(), &|_| 0), None);
}

#[test]
fn who_has_no_voice_is_unlike_every_voice() {
    let kari = Somebody::default();
    assert_ne!(choice(&kari, &board(), &|_| 0).unwrap(), "form");
}

#[test]
fn two_who_like_the_same_note_get_one_each() {
    // Only the leader's note is unlike the youth's own; the leader may have either of two.
    let made = [
        Made::new("a", "leader", "Apoteket var stengt da vi kom hjem"),
        Made::new("b", "youth", "Det er ingen steder å være om kvelden"),
    ];
    let people = [
        ("p1".into(), Somebody::with_voice("patient")),
        ("p2".into(), Somebody::with_voice("youth").wrote("b")),
    ];
    for seed in 0..20 {
        let given = for_all(&people, &made, 0, seed);
        assert_eq!(given[0].1, Given::Note("b".into()));
        assert_eq!(given[1].1, Given::Note("a".into()));
    }
}

#[test]
fn who_goes_without_a_note_gets_a_card_that_nobody_else_has() {
    let people: Vec<(PersonId, Somebody)> = (0..9)
        .map(|number| (number.to_string().as_str().into(), Somebody::default()))
        .collect();
    let given = for_all(&people, &board()[..3], 6, 3);
    let cards: HashSet<usize> = given
        .iter()
        .filter_map(|(_, given)| match given {
            Given::Card(card) => Some(*card),
            Given::Note(_) => None,
        })
        .collect();
    assert_eq!((given.len(), cards.len()), (9, 6));
    // More people than cards: each has something all the same.
    assert_eq!(for_all(&people, &[], 4, 3).len(), 9);
    // Nothing at all to give.
    assert_eq!(for_all(&people, &[], 0, 3), []);
}

#[test]
fn a_card_does_not_come_back_before_all_were_had() {
    let mut kari = Somebody::default();
    for turn in 0..12 {
        let card = choose_card(&kari.me(), 12, turn).unwrap();
        assert!(kari.cards.insert(card), "{card} came twice");
    }
    assert!(choose_card(&kari.me(), 12, 99).is_some());
    assert_eq!(choose_card(&kari.me(), 0, 99), None);
}

#[test]
fn three_hundred_people_and_two_thousand_notes() {
    let subjects = [
        "buss", "apotek", "ensomhet", "skjema", "lege", "skole", "klubb", "natt",
    ];
    let verbs = [
        "mangler", "venter", "stengt", "langt", "redd", "spurt", "glemt",
    ];
    let voices = ["youth", "patient", "leader", "volunteer", "kin"];
    let made: Vec<Made> = (0..2000)
        .map(|number: usize| {
            let text = format!(
                "{} {} fordi {} og nummer{} i gata der jeg bor {}",
                subjects[number % 8],
                verbs[number % 7],
                subjects[number / 8 % 8],
                number % 90,
                verbs[number / 7 % 7]
            );
            Made::new(&number.to_string(), voices[number % 5], &text)
        })
        .collect();
    let people: Vec<(PersonId, Somebody)> = (0..300)
        .map(|number: usize| {
            let mut somebody = Somebody::with_voice(voices[number % 5]);
            for own in 0..6 {
                somebody = somebody.wrote(&(number % 5 + 5 * (number / 5 * 6 + own)).to_string());
            }
            (number.to_string().as_str().into(), somebody)
        })
        .collect();
    let given = for_all(&people, &made, 64, 1);
    let notes: HashSet<&Given> = given.iter().map(|(_, given)| given).collect();
    assert_eq!(notes.len(), 300);
    for ((_, given), (_, somebody)) in given.iter().zip(&people) {
        let Given::Note(id) = given else {
            panic!("there were notes for all");
        };
        let number: usize = id.as_str().parse().unwrap();
        assert_ne!(VoiceId::from(voices[number % 5]), somebody.voices[0]);
    }
}

fn for_all(
    people: &[(PersonId, Somebody)],
    made: &[Made],
    deck: usize,
    seed: u64,
) -> Vec<(PersonId, Given)> {
    let thoughts = thoughts(made);
    let corpus = Corpus::of(&thoughts);
    let people: Vec<(PersonId, Me)> = (people.iter())
        .map(|(person, somebody)| (person.clone(), somebody.me()))
        .collect();
    let given = choose_for_all(&people, &thoughts, &corpus, |_| 0, deck, seed, &|| true);
    given.unwrap()
}

fn notes() -> impl Strategy<Value = Vec<Made>> {
    let note = ("[abc]?", "[a-dø]{1,5}( [a-d]{2,5}){0,4}");
    proptest::collection::vec(note, 0..24).prop_map(|notes| {
        (notes.iter().enumerate())
            .map(|(number, (voice, text))| Made::new(&number.to_string(), voice, text))
            .collect()
    })
}

fn somebody() -> impl Strategy<Value = Somebody> {
    let some = || proptest::collection::hash_set(0..24_u8, 0..8);
    (
        proptest::collection::vec("[abc]", 0..2),
        some(),
        some(),
        some(),
    )
        .prop_map(|(voices, own, seen, given)| {
            let ids = |numbers: HashSet<u8>| -> BTreeSet<NoteId> {
                (numbers.iter())
                    .map(|number| number.to_string().as_str().into())
                    .collect()
            };
            Somebody {
                voices: voices.iter().map(|voice| voice.as_str().into()).collect(),
                own: ids(own),
                seen: ids(seen),
                given: ids(given),
                cards: BTreeSet::new(),
            }
        })
}

proptest! {
    #[test]
    fn one_person_meets_each_note_of_others_once_and_never_their_own(
        made in notes(), somebody in somebody(), seed: u64,
    ) {
        let thoughts = thoughts(&made);
        let corpus = Corpus::of(&thoughts);
        let mut somebody = somebody;
        let left = made.iter().filter(|note| !somebody.has_met(&note.id)).count();
        for _ in 0..left {
            let id = choose(&somebody.me(), &thoughts, &corpus, |_| 0, seed).unwrap();
            prop_assert!(!somebody.has_met(&id));
            somebody.given.insert(id);
        }
        prop_assert_eq!(choose(&somebody.me(), &thoughts, &corpus, |_| 0, seed), None);
    }

    #[test]
    fn no_two_get_the_same_and_nobody_what_they_have_met(
        made in notes(), everybody in proptest::collection::vec(somebody(), 0..14), seed: u64,
    ) {
        let people: Vec<(PersonId, Somebody)> = (everybody.into_iter().enumerate())
            .map(|(number, somebody)| (number.to_string().as_str().into(), somebody))
            .collect();
        let given = for_all(&people, &made, 20, seed);
        prop_assert_eq!(given.len(), people.len());
        let different: HashSet<&Given> = given.iter().map(|(_, given)| given).collect();
        prop_assert_eq!(different.len(), people.len());
        for ((person, given), (same, somebody)) in given.iter().zip(&people) {
            prop_assert_eq!(person, same);
            if let Given::Note(id) = given {
                prop_assert!(!somebody.has_met(id));
            }
        }
        // As many notes as can be: nobody with a card could have had a note that is free.
        for ((_, something), (_, somebody)) in given.iter().zip(&people) {
            if matches!(something, Given::Card(_)) {
                let is_gone = |note: &Made| different.contains(&Given::Note(note.id.clone()));
                prop_assert!(made.iter().all(|note| somebody.has_met(&note.id) || is_gone(note)));
            }
        }
    }

    #[test]
    fn when_there_are_enough_notes_everybody_gets_one(
        made in notes(), everybody in proptest::collection::vec(somebody(), 0..14), seed: u64,
    ) {
        let people: Vec<(PersonId, Somebody)> = (everybody.into_iter().enumerate())
            .map(|(number, somebody)| (number.to_string().as_str().into(), somebody))
            .filter(|(_, somebody)| {
                made.iter().filter(|note| !somebody.has_met(&note.id)).count() >= 14
            })
            .collect();
        let given = for_all(&people, &made, 0, seed);
        prop_assert_eq!(given.len(), people.len());
    }
}

#[test]
fn what_nobody_waits_for_any_more_is_given_up_in_the_middle() {
    let texts: Vec<String> = (0..50)
        .map(|number| format!("tanke {number} om bussen"))
        .collect();
    let made: Vec<Made> = (texts.iter().enumerate())
        .map(|(number, text)| Made::new(&number.to_string(), "youth", text))
        .collect();
    let thoughts = thoughts(&made);
    let corpus = Corpus::of(&thoughts);
    let nothing = BTreeSet::new();
    let cards = BTreeSet::new();
    let me = Me {
        voices: &[],
        own: &nothing,
        seen: &nothing,
        given: &nothing,
        cards: &cards,
    };
    let people: Vec<(PersonId, Me)> = (0..40)
        .map(|number: u32| (PersonId::from(&*number.to_string()), me))
        .collect();
    for patience in [0, 7, 45, 90] {
        let asked = std::cell::Cell::new(0);
        let is_wanted = || {
            asked.set(asked.get() + 1);
            asked.get() <= patience
        };
        let read = Corpus::while_wanted(&thoughts, &is_wanted);
        assert!(read.is_none() && asked.get() == patience + 1);
        asked.set(0);
        let given = choose_for_all(&people, &thoughts, &corpus, |_| 0, 0, 1, &is_wanted);
        assert!(given.is_none() && asked.get() == patience + 1);
    }
}
