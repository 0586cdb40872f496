//! Who may say what: names and voices on boards that tell so much, and what only the board says.

use super::room::{Room, missing_from, replica, state, whole};
use crate::guard::{Naming, Permission};
use yrs::types::ToJson;
use yrs::undo::{Options as UndoOptions, UndoManager};
use yrs::{Any, Doc, Map, MapPrelim, MapRef, Out, ReadTxn, Transact, WriteTxn};

const ANONYMOUS: Permission = Permission::Write(Naming::Nobody);
const VOICES: Permission = Permission::Write(Naming::Voices);
const NAMED: Permission = Permission::Write(Naming::Names);

fn notes(doc: &Doc) -> MapRef {
    doc.get_or_insert_map("notes")
}

fn set(doc: &Doc, field: &str, value: impl Into<Any>) -> Vec<u8> {
    let before = state(doc);
    {
        let mut txn = doc.transact_mut();
        let notes = txn.get_or_insert_map("notes");
        let note = match notes.get(&txn, "a") {
            Some(Out::YMap(note)) => note,
            _ => notes.insert(&mut txn, "a", MapPrelim::default()),
        };
        note.insert(&mut txn, field, value.into());
    }
    missing_from(doc, &before)
}

fn forget(doc: &Doc, field: &str) {
    let notes = notes(doc);
    let mut txn = doc.transact_mut();
    let Some(Out::YMap(note)) = notes.get(&txn, "a") else {
        panic!("it is a map");
    };
    note.remove(&mut txn, field);
}

fn delete(doc: &Doc) {
    let notes = notes(doc);
    notes.remove(&mut doc.transact_mut(), "a");
}

fn said(doc: &Doc) -> String {
    let notes = notes(doc);
    format!("{:?}", notes.to_json(&doc.transact()))
}

/// What a room has that takes this from somebody who may do so much.
fn taken(update: &[u8], may: Permission) -> String {
    let mut room = Room::new();
    assert_eq!(room.take(update, may), Ok(true));
    room.must_agree();
    said(&room.doc)
}

#[test]
fn an_anonymous_board_takes_the_words_and_no_voice_and_no_name() {
    let doc = replica(7);
    set(&doc, "kind", "idea");
    set(&doc, "voice", "youth");
    set(&doc, "by", "Kari");
    set(&doc, "lived", true);
    for (may, voice, name) in [
        (ANONYMOUS, false, false),
        (VOICES, true, false),
        (NAMED, true, true),
    ] {
        let said = taken(&whole(&doc), may);
        assert!(said.contains("idea") && said.contains("lived"), "{said}");
        assert_eq!(said.contains("youth"), voice, "{said}");
        assert_eq!(said.contains("Kari"), name, "{said}");
    }
}

#[test]
fn on_an_anonymous_board_no_field_that_we_do_not_know_can_carry_a_name() {
    let doc = replica(7);
    set(&doc, "kind", "idea");
    set(&doc, "author", "Kari");
    let inside = {
        let before = state(&doc);
        let mut txn = doc.transact_mut();
        let Some(Out::YMap(note)) = txn.get_or_insert_map("notes").get(&txn, "a") else {
            panic!("it is a map");
        };
        let signed = note.insert(&mut txn, "signed", MapPrelim::default());
        signed.insert(&mut txn, "name", "Kari");
        note.insert(&mut txn, "bytes", Any::from(&b"Kari"[..]));
        drop(txn);
        missing_from(&doc, &before)
    };
    set(&doc, "lived", true);
    for (may, has_name) in [(ANONYMOUS, false), (VOICES, true), (NAMED, true)] {
        let mut room = Room::new();
        assert_eq!(room.take(&whole(&doc), may), Ok(true));
        room.must_agree();
        let said = said(&room.doc);
        assert!(said.contains("idea") && said.contains("lived"), "{said}");
        assert_eq!(said.contains("Kari"), has_name, "{said}");
        let bytes = whole(&room.doc);
        let holds = bytes.windows(4).any(|window| window == b"Kari");
        assert_eq!(holds, has_name);
    }
    // What is there may be repeated; what is put in it later may not come.
    let mut room = Room::new();
    room.take(&whole(&doc), NAMED).unwrap();
    assert_eq!(room.take(&inside, ANONYMOUS), Ok(false));
    let more = {
        let before = state(&doc);
        let mut txn = doc.transact_mut();
        let Some(Out::YMap(note)) = txn.get_or_insert_map("notes").get(&txn, "a") else {
            panic!("it is a map");
        };
        let Some(Out::YMap(signed)) = note.get(&txn, "signed") else {
            panic!("it is a map");
        };
        signed.insert(&mut txn, "name", "Ola");
        drop(txn);
        missing_from(&doc, &before)
    };
    assert_eq!(room.take(&more, ANONYMOUS), Ok(true));
    room.must_agree();
    assert!(!said(&room.doc).contains("Ola"));
}

#[test]
fn what_is_put_aside_is_in_no_byte_of_what_is_taken_in_its_place() {
    let doc = replica(7);
    set(&doc, "voice", "youth");
    set(&doc, "by", "Kari");
    let update = whole(&doc);
    let mut room = Room::new();
    let admission = room.guard.check(&update, ANONYMOUS).unwrap();
    let anew = admission.written_anew().unwrap().to_vec();
    let holds = |words: &str| {
        let mut windows = anew.windows(words.len());
        windows.any(|window| window == words.as_bytes())
    };
    assert!(!holds("Kari") && !holds("youth"));
    assert_eq!(room.guard.brought(&admission).notes_aside, ["a".into()]);

    // Whoever has it hears that it is deleted, and all are equal; nothing is put aside twice.
    assert_eq!(room.take(&update, ANONYMOUS), Ok(true));
    super::room::apply(&doc, &anew);
    assert_eq!(
        notes(&doc).to_json(&doc.transact()),
        notes(&room.doc).to_json(&room.doc.transact())
    );
    assert_eq!(room.take(&update, ANONYMOUS), Ok(false));
    let goes_on = set(&doc, "lived", true);
    assert_eq!(room.take(&goes_on, ANONYMOUS), Ok(true));
    assert_eq!(
        notes(&doc).to_json(&doc.transact()),
        notes(&room.doc).to_json(&room.doc.transact())
    );
    room.must_agree();
}

#[test]
fn who_repeats_what_the_room_has_names_nobody() {
    let doc = replica(7);
    set(&doc, "voice", "youth");
    let name = set(&doc, "by", "Kari");
    let mut room = Room::new();
    assert!(room.take(&name, NAMED).is_err(), "it has a gap");
    room.take(&whole(&doc), NAMED).unwrap();
    assert_eq!(room.take(&whole(&doc), ANONYMOUS), Ok(false));

    let kind = set(&doc, "kind", "idea");
    assert!(!kind.is_empty());
    assert_eq!(room.take(&whole(&doc), ANONYMOUS), Ok(true));
    room.must_agree();
}

#[test]
fn to_take_a_name_away_is_to_name_nobody() {
    let doc = replica(7);
    set(&doc, "voice", "youth");
    let mut room = Room::new();
    room.take(&whole(&doc), NAMED).unwrap();
    let emptied = set(&doc, "voice", Any::Null);
    assert_eq!(room.take(&emptied, ANONYMOUS), Ok(true));
    let before = state(&doc);
    forget(&doc, "voice");
    assert_eq!(room.take(&missing_from(&doc, &before), ANONYMOUS), Ok(true));
    room.must_agree();
}

#[test]
fn a_replica_that_forgot_its_authors_hands_over_the_rest() {
    let doc = replica(7);
    set(&doc, "kind", "idea");
    set(&doc, "voice", "youth");
    set(&doc, "kind", "plan");
    forget(&doc, "voice");
    let mut room = Room::new();
    assert_eq!(room.take(&whole(&doc), ANONYMOUS), Ok(true));
    assert!(said(&room.doc).contains("plan"));
}

#[test]
fn only_the_board_says_that_a_habit_is_broken_and_how_others_said_a_note() {
    let doc = replica(7);
    set(&doc, "broken", "Alle\u{1f}mandag");
    let words = vec![Any::from("a"), Any::from("confirmed"), Any::from("")];
    set(&doc, "restated", Any::from(words));
    set(&doc, "kind", "habit");
    let of_people = taken(&whole(&doc), NAMED);
    assert!(of_people.contains("habit"), "{of_people}");
    assert!(!of_people.contains("broken") && !of_people.contains("restated"));
    let of_the_board = taken(&whole(&doc), Permission::Board);
    assert!(of_the_board.contains("mandag") && of_the_board.contains("confirmed"));

    let mut room = Room::new();
    room.take(&whole(&doc), Permission::Board).unwrap();
    let emptied = set(&doc, "broken", Any::Null);
    assert_eq!(room.take(&emptied, VOICES), Ok(true));
    room.must_agree();
    assert!(!said(&room.doc).contains("mandag"));
}

#[test]
fn what_builds_on_something_that_was_put_aside_has_its_place() {
    let board = replica(7);
    set(&board, "kind", "habit");
    let mut room = Room::new();
    room.take(&whole(&board), Permission::Board).unwrap();
    // The room never got this, Kari did.
    let kari = replica(8);
    set(&board, "broken", "Alle\u{1f}mandag");
    super::room::apply(&kari, &whole(&board));
    set(&kari, "broken", Any::Null);
    set(&kari, "kind", "plan");
    assert_eq!(room.take(&whole(&kari), VOICES), Ok(true));
    room.must_agree();
    assert!(said(&room.doc).contains("plan"));
}

/// What the board said of a note comes back with the note, whoever deleted it, and nothing else does.
fn comes_back(mut room: Room, board: &Doc) {
    let kari = replica(8);
    super::room::apply(&kari, &whole(board));
    let mut undo = UndoManager::<()>::with_options(UndoOptions {
        capture_timeout_millis: 0,
        ..UndoOptions::default()
    });
    undo.expand_scope(&kari, &notes(&kari));
    let before = state(&kari);
    delete(&kari);
    let deleted = missing_from(&kari, &before);
    assert_eq!(room.take(&deleted, VOICES), Ok(true));
    let before = state(&kari);
    assert!(undo.undo_blocking());
    let restored = missing_from(&kari, &before);
    assert_eq!(room.take(&restored, VOICES), Ok(true));
    room.must_agree();
    assert!(said(&room.doc).contains("mandag"));

    let another = set(&kari, "broken", "Ingen\u{1f}aldri");
    assert_eq!(room.take(&another, VOICES), Ok(true));
    assert!(!said(&room.doc).contains("aldri"));
}

#[test]
fn who_takes_back_that_a_note_was_deleted_puts_back_what_the_board_said_of_it() {
    let board = replica(7);
    let mut room = Room::new();
    let broken = set(&board, "broken", "Alle\u{1f}mandag");
    room.take(&broken, Permission::Board).unwrap();
    comes_back(room, &board);
}

#[test]
fn what_the_board_said_is_known_again_when_it_is_opened() {
    let board = replica(7);
    set(&board, "broken", "Alle\u{1f}mandag");
    let mut room = Room::new();
    room.take(&whole(&board), Permission::Log).unwrap();
    comes_back(room, &board);
}

#[test]
fn a_name_does_not_come_back_on_a_board_that_tells_none_any_more() {
    let kari = replica(8);
    set(&kari, "by", "Kari");
    let mut undo = UndoManager::<()>::with_options(UndoOptions {
        capture_timeout_millis: 0,
        ..UndoOptions::default()
    });
    undo.expand_scope(&kari, &notes(&kari));
    delete(&kari);
    let mut room = Room::new();
    room.take(&whole(&kari), NAMED).unwrap();
    let before = kari.transact().state_vector();
    undo.undo_blocking();
    let restored = missing_from(&kari, &before);
    assert_eq!(room.take(&restored, VOICES), Ok(true));
    assert!(!said(&room.doc).contains("Kari"));
}

/// Records that were taken when the board showed names, as it becomes one that shows less: in whatever order they tell
/// it, also what was overwritten, in fields that nobody knows, and said twice.
#[test]
fn records_of_a_board_that_shows_less_tell_no_more_and_the_rest_is_as_it_was() {
    let doc = replica(7);
    let mut records = vec![
        set(&doc, "kind", "idea"),
        set(&doc, "voice", "youth"),
        set(&doc, "by", "Kari"),
        set(&doc, "by", "Kari M"),
        set(&doc, "lived", true),
        set(&doc, "author", "Kari"),
    ];
    let inside = {
        let before = state(&doc);
        {
            let mut txn = doc.transact_mut();
            let Some(Out::YMap(note)) = txn.get_or_insert_map("notes").get(&txn, "a") else {
                panic!("it is a map");
            };
            let signed = note.insert(&mut txn, "signed", MapPrelim::default());
            signed.insert(&mut txn, "name", "Kari");
        }
        missing_from(&doc, &before)
    };
    records.push(inside);
    let mut guard = crate::guard::Guard::new();
    for record in &records {
        let admission = guard.check(record, Permission::Log).unwrap();
        guard.admitted(admission);
    }
    records.push(whole(&doc)); // a checkpoint
    let holds = |bytes: &[u8], word: &str| {
        let word = word.as_bytes();
        bytes.windows(word.len()).any(|window| window == word)
    };
    for (naming, names, voices) in [
        (Naming::Nobody, false, false),
        (Naming::Voices, false, true),
        (Naming::Names, true, true),
    ] {
        let mut room = Room::new();
        for record in &records {
            let anew = guard.without_authors(record, naming).unwrap();
            let anew = anew.unwrap_or_else(|| record.clone());
            let unknown = naming != Naming::Nobody;
            assert!(unknown || !holds(&anew, "Kari"));
            assert!(voices || !holds(&anew, "youth"));
            assert_eq!(
                guard.without_authors(&anew, naming),
                Ok(None),
                "once is enough"
            );
            room.take(&anew, Permission::Log).unwrap();
        }
        room.must_agree();
        let said = said(&room.doc);
        assert!(said.contains("idea") && said.contains("lived"), "{said}");
        assert_eq!(said.contains("Kari M"), names, "{said}");
        assert_eq!(said.contains("youth"), voices, "{said}");
        assert_eq!(said.contains("author"), naming != Naming::Nobody, "{said}");
    }
}
