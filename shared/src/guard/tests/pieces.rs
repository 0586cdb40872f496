//! An update in pieces says what it said whole, and each piece can be taken after those before it.

use super::forge::room_with_a_note;
use super::room::{Room, apply, missing_from, replica, state, whole};
use crate::guard::{Part, by_owner, pieces, structs_and_deletions};
use yrs::types::ToJson;
use yrs::{Any, Doc, Map, MapPrelim, Out, Text, TextPrelim, Transact, WriteTxn};

fn writes(doc: &Doc, id: &str, text: &str) {
    let mut txn = doc.transact_mut();
    let notes = txn.get_or_insert_map("notes");
    let note = notes.insert(&mut txn, id, MapPrelim::default());
    note.insert(&mut txn, "kind", "idea");
    note.insert(&mut txn, "text", TextPrelim::new(text));
}

fn adds(doc: &Doc, id: &str, text: &str) {
    let mut txn = doc.transact_mut();
    let notes = txn.get_or_insert_map("notes");
    let Some(Out::YMap(note)) = notes.get(&txn, id) else {
        panic!("it is a map");
    };
    let Some(Out::YText(its)) = note.get(&txn, "text") else {
        panic!("it is a text");
    };
    its.insert(&mut txn, 0, text);
}

fn deletes(doc: &Doc, id: &str) {
    doc.get_or_insert_map("notes")
        .remove(&mut doc.transact_mut(), id);
}

fn meet(one: &Doc, other: &Doc) {
    apply(one, &missing_from(other, &state(one)));
    apply(other, &missing_from(one, &state(other)));
}

fn said(doc: &Doc) -> Any {
    let notes = doc.get_or_insert_map("notes");
    notes.to_json(&doc.transact())
}

/// Two who write in each other's notes, in turn, and delete some.
fn two() -> (Doc, Doc) {
    let (kari, ola) = (replica(8), replica(9));
    for round in 0..20 {
        writes(&kari, &format!("k{round}"), "kari");
        meet(&kari, &ola);
        adds(&ola, &format!("k{round}"), "ola ");
        writes(&ola, &format!("o{round}"), "ola");
        meet(&kari, &ola);
        adds(&kari, &format!("o{round}"), "kari ");
        if round % 5 == 0 {
            deletes(&kari, &format!("k{round}"));
        }
    }
    meet(&kari, &ola);
    (kari, ola)
}

#[test]
fn each_piece_is_as_long_as_it_should_be_and_can_be_taken() {
    let (kari, _) = two();
    let update = whole(&kari);
    for most in [1, 40, 100, 500, update.len() - 1, update.len()] {
        let pieces = pieces(&update, most).unwrap();
        let mut room = Room::new();
        for piece in &pieces {
            assert_eq!(room.writes(piece), Ok(true), "{most}");
        }
        room.must_agree();
        assert_eq!(said(&room.doc), said(&kari));
        assert!(most < 200 || pieces.iter().all(|piece| piece.len() < most + 100));
        assert!(pieces.len() <= 2 + 2 * update.len() / most.max(8), "{most}");
    }
}

#[test]
fn what_was_deleted_before_comes_last() {
    let mut room = room_with_a_note();
    let doc = replica(8);
    apply(&doc, &whole(&room.doc));
    let before = state(&doc);
    writes(&doc, "b", "ny");
    deletes(&doc, "a");
    let update = missing_from(&doc, &before);
    let [structs, deletions] = structs_and_deletions(&update).unwrap();
    assert_eq!(room.writes(&structs.unwrap()), Ok(true));
    assert_eq!(
        room.doc
            .get_or_insert_map("notes")
            .len(&room.doc.transact()),
        2
    );
    assert_eq!(room.writes(&deletions.unwrap()), Ok(true));
    assert_eq!(said(&room.doc), said(&doc));
    room.must_agree();

    let [structs, deletions] = structs_and_deletions(&[0, 0]).unwrap();
    assert!(structs.is_none() && deletions.is_none());
}

#[test]
fn each_ones_part_can_be_told_from_the_others() {
    let (kari, _) = two();
    let parts = by_owner(&whole(&kari), 0, |part| part.client).unwrap();
    assert!(parts.len() > 2 && parts.iter().any(|(owner, _)| *owner == 8));
    let mut room = Room::new();
    for (_, part) in &parts {
        assert!(room.writes(part).is_ok());
    }
    assert_eq!(said(&room.doc), said(&kari));

    let mut seen = Vec::new();
    let note =
        |part: Part<'_>| seen.push((part.client, part.note.map(|(id, by)| (id.to_owned(), by))));
    by_owner(&whole(&kari), (), note).unwrap();
    assert!(
        seen.contains(&(9, Some(("k1".to_owned(), 8)))),
        "ola wrote in kari's"
    );
    assert!(seen.contains(&(9, Some(("o1".to_owned(), 9)))));
    assert!(
        seen.iter()
            .all(|(_, note)| note.is_some() || seen.len() > 40)
    );
}
