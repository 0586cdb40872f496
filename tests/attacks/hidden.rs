//! A hidden note: from then on nobody is sent a word of what it says, by any way in, late or after a restart; who had
//! it in a copy brings it to nobody; and who facilitates reads it, and restores it whole.

use crate::authorship::{edits, says_back};
use samtavle_shared::{
    board::{HabitQuestion, History, Made, NewNote, NoteKind, TextEdit},
    geometry::BoardPoint,
    ids::NoteId,
    session::{Command, Verdict},
    wire::Role,
};
use samtavle_tests::{
    people::{Person, Table, Way},
    server::Server,
    session::{Ear, holds},
};
use std::sync::Arc;
use yrs::{Map as _, Out, WriteTxn as _};

/// Words that stand in each place of the note where words can stand.
const SECRETS: [&str; 5] = [
    "sjefen min er en gjøk",
    "den ga oss fred",
    "ukjentfelt",
    "sagt på en annen måte",
    "ababababababababababababababab01",
];
/// What somebody writes in their own copy while it is hidden.
const LATER: [&str; 3] = [
    "skrevet i en tunnel",
    "skrevet av en fremmed",
    "visket ut og angret",
];

/// Everybody who can listen, and how much each has heard.
struct Listeners<'a> {
    people: Vec<(&'a Person, usize)>,
    ears: Vec<(&'a Ear, usize)>,
}

impl<'a> Listeners<'a> {
    fn from_now_on(people: &[&'a Person], ears: &[&'a Ear]) -> Self {
        let heard = |person: &&'a Person| (*person, person.state().heard.len());
        Self {
            people: people.iter().map(heard).collect(),
            ears: ears.iter().map(|ear| (*ear, ear.heard().len())).collect(),
        }
    }

    fn have_heard_nothing_of(&self, words: &[&str]) {
        for word in words {
            for (person, since) in &self.people {
                let state = person.state();
                assert!(
                    !holds(&state.heard[*since..], word),
                    "{} was sent {word:?}",
                    person.name
                );
            }
            for (ear, since) in &self.ears {
                assert!(
                    !holds(&ear.heard()[*since..], word),
                    "a standard client was sent {word:?}"
                );
            }
        }
    }
}

/// A note of Kari's in which words stand wherever words can stand.
async fn note_full_of_words(kari: &Person, ola: &Person, lead: &Person) -> NoteId {
    let id = NoteId::from_random(rand::random());
    let note = NewNote::new(
        id.clone(),
        NoteKind::Habit,
        BoardPoint::new(40.0, 50.0),
        SECRETS[0],
        0.0,
    );
    {
        let state = kari.state();
        let mut change = state.board.change(Made::Here);
        change.add_note(note);
        change.answer_habit(&id, HabitQuestion::Gave, SECRETS[1]);
    }
    kari.sends_changes().await;
    let update = edits(kari, |txn| {
        let notes = txn.get_or_insert_map("notes");
        let Some(Out::YMap(map)) = notes.get(txn, id.as_str()) else {
            panic!("the note is there");
        };
        map.insert(txn, "from-the-future", SECRETS[2]);
        map.insert(
            txn,
            "photo",
            format!("{} 0.0000 0.0000 1.0000 1.0000", SECRETS[4]),
        );
    });
    kari.sends_update(&update);
    kari.is_saved().await;
    let by = says_back(lead, ola, kari, &id, SECRETS[3]).await;
    let (note, verdict) = (id.clone(), Verdict::Confirmed);
    kari.does(Command::Judge { note, by, verdict }).await;
    id
}

async fn is_silent_for(person: &Person, note: &NoteId) {
    person
        .until("the note to be silent", |state| {
            let note = state.board.view().note(note);
            note.is_some_and(|note| note.text.is_empty() && note.restated.is_empty())
        })
        .await;
}

#[tokio::test]
async fn nobody_is_sent_a_word_of_a_hidden_note_and_who_facilitates_restores_it_whole() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let siv = board.join_as("Siv", Role::Facilitator).await;
    let [kari, ola] = [board.join("Kari").await, board.join("Ola").await];
    let by_line = board.join_by(Way::Http, "Line").await;
    let standard = board.join_by(Way::Standard, "Standard").await;
    let wall = board.join_as("wall", Role::Wall).await;
    let ears = [
        Ear::at(&board, &board.participant).await,
        Ear::at(&board, &board.wall).await,
        Ear::at(&board, &board.facilitator).await,
    ];
    let note = note_full_of_words(&kari, &ola, &liv).await;
    for person in [&liv, &siv, &ola, &by_line, &standard, &wall] {
        person
            .until("all that it says", |state| {
                let note = state.board.view().note(&note);
                note.is_some_and(|note| !note.restated.is_empty() && note.cut.is_some())
            })
            .await;
        assert!(
            person.has_heard(SECRETS[2]),
            "the search finds what is there"
        );
    }
    let before = liv.note(&note).unwrap();
    let erased = writes_and_erases(&ola, &note).await;
    ola.writes("Alt til nå").await;
    for person in [&kari, &by_line, &standard, &wall, &liv] {
        person.sees("Alt til nå").await;
    }
    for ear in &ears {
        ear.hears("Alt til nå").await;
    }

    // From now on. Kari's phone is in a tunnel: she has it in her copy, and writes on.
    kari.vanishes();
    let everybody = [&kari, &ola, &by_line, &standard, &wall];
    let listeners = Listeners::from_now_on(&everybody, &ears.each_ref());
    liv.does(Command::Hide { note: note.clone() }).await;
    for lead in [&liv, &siv] {
        lead.until("what is hidden, in the panel", |state| {
            state
                .lead
                .hidden
                .iter()
                .any(|one| one.note == note && one.text == before.text)
        })
        .await;
    }
    for person in [&ola, &by_line, &standard, &wall] {
        is_silent_for(person, &note).await;
    }
    // Undo, a tunnel, and any program: what they write on it reaches nobody.
    erased.undone_by(&ola).await;
    kari.adds_to(&note, LATER[0]).await;
    kari.comes_back().await;
    let forged = edits(&standard, |txn| {
        let notes = txn.get_or_insert_map("notes");
        let Some(Out::YMap(map)) = notes.get(txn, note.as_str()) else {
            panic!("the note is there");
        };
        map.insert(txn, "stops", LATER[1]);
    });
    standard.sends_update(&forged);
    liv.until("what was written on it since", |state| {
        let one = state.lead.hidden.iter().find(|one| one.note == note);
        one.is_some_and(|one| one.text.contains(LATER[0]))
    })
    .await;
    kari.writes("Noe annet").await;
    for person in [&ola, &by_line, &standard, &wall, &liv] {
        person.sees("Noe annet").await;
    }
    is_silent_for(&kari, &note).await;
    hear_nothing_late(&board, &note).await;

    server.kill().await;
    server.start_again().await;
    for person in [&liv, &kari, &ola, &by_line, &standard, &wall] {
        person.comes_back().await;
    }
    hear_nothing_late(&board, &note).await;
    kari.writes("Etter strømbruddet").await;
    for person in [&ola, &by_line, &standard, &wall, &liv] {
        person.sees("Etter strømbruddet").await;
    }
    listeners.have_heard_nothing_of(&SECRETS);
    listeners.have_heard_nothing_of(&LATER);

    liv.does(Command::Restore { note: note.clone() }).await;
    for person in [&kari, &ola, &by_line, &standard, &wall, &liv] {
        person
            .until("the note as it was", |state| {
                let now = state.board.view().note(&note);
                now.is_some_and(|now| {
                    now.text.starts_with(&before.text)
                        && now.text.contains(LATER[0])
                        && now.habit.stops == LATER[1]
                        && now.habit.gave == SECRETS[1]
                        && now.restated == before.restated
                        && now.cut == before.cut
                        && now.pos == before.pos
                })
            })
            .await;
    }
}

/// Whoever comes by now, by any way.
async fn hear_nothing_late(board: &Table, note: &NoteId) {
    let late = [
        board.join("Late").await,
        board.join_by(Way::Http, "Late line").await,
        board.join_by(Way::Standard, "Late standard").await,
        board.join_as("late wall", Role::Wall).await,
    ];
    let ears = [
        Ear::at(board, &board.participant).await,
        Ear::at(board, &board.wall).await,
    ];
    for person in &late {
        is_silent_for(person, note).await;
    }
    for ear in &ears {
        ear.hears(note.as_str()).await;
    }
    for words in SECRETS.iter().chain(&LATER) {
        for person in &late {
            assert!(
                !person.has_heard(words),
                "{} was sent {words:?}",
                person.name
            );
        }
        for ear in &ears {
            assert!(
                !ear.has_heard(words),
                "a standard client was sent {words:?}"
            );
        }
    }
}

/// The history of somebody who has written something in a note and erased it again.
struct Erased(std::sync::Mutex<History>);

async fn writes_and_erases(person: &Person, note: &NoteId) -> Erased {
    let mut history = History::of(&person.state().board, Arc::new(|| 0));
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap();
    let at = units(&person.note(note).unwrap().text);
    person.adds_to(note, LATER[2]).await;
    history.new_step();
    let edit = TextEdit {
        at,
        remove: units(LATER[2]),
        insert: String::new(),
    };
    {
        let state = person.state();
        state.board.change(Made::Here).write_note(note, &edit);
    }
    person.sends_changes().await;
    person.is_saved().await;
    Erased(std::sync::Mutex::new(history))
}

impl Erased {
    async fn undone_by(&self, person: &Person) {
        self.0.lock().unwrap().undo();
        person.sends_changes().await;
    }
}
