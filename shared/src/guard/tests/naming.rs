//! Who may say what: names and voices on boards that tell so much, and what only the board says.

use super::room::{Room, missing_from, replica, state, whole};
use crate::guard::{Naming, Permission, Rejection};
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

#[test]
fn an_anonymous_board_takes_no_voice_and_no_name() {
    let doc = replica(7);
    let mut room = Room::new();
    room.take(&set(&doc, "kind", "idea"), ANONYMOUS).unwrap();
    let voice = set(&doc, "voice", "youth");
    assert_eq!(room.take(&voice, ANONYMOUS), Err(Rejection::MayNotName));
    assert_eq!(room.take(&voice, VOICES), Ok(true));
    let name = set(&doc, "by", "Kari");
    assert_eq!(room.take(&name, ANONYMOUS), Err(Rejection::MayNotName));
    assert_eq!(room.take(&name, VOICES), Err(Rejection::MayNotName));
    assert_eq!(room.take(&name, NAMED), Ok(true));
    room.must_agree();
}

#[test]
fn a_note_that_comes_with_a_voice_is_refused_whole_where_it_may_not_have_one() {
    let doc = replica(7);
    set(&doc, "kind", "idea");
    set(&doc, "voice", "youth");
    let mut room = Room::new();
    let refusal = Err(Rejection::MayNotName);
    assert_eq!(room.take(&whole(&doc), ANONYMOUS), refusal);
    assert_eq!(room.take(&whole(&doc), VOICES), Ok(true));
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
    let broken = set(&doc, "broken", "Alle\u{1f}mandag");
    let mut room = Room::new();
    assert_eq!(room.take(&broken, NAMED), Err(Rejection::BoardsToSay));
    assert_eq!(room.take(&broken, Permission::Board), Ok(true));
    let said = vec![Any::from("a"), Any::from("confirmed"), Any::from("")];
    let restated = set(&doc, "restated", Any::from(said));
    assert_eq!(room.take(&restated, NAMED), Err(Rejection::BoardsToSay));
    assert_eq!(room.take(&restated, Permission::Board), Ok(true));
    let emptied = set(&doc, "broken", Any::Null);
    assert_eq!(room.take(&emptied, VOICES), Ok(true));
    room.must_agree();
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
    assert_eq!(room.take(&another, VOICES), Err(Rejection::BoardsToSay));
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
    assert_eq!(room.take(&restored, VOICES), Err(Rejection::MayNotName));
    assert_eq!(room.take(&restored, NAMED), Ok(true));
}
