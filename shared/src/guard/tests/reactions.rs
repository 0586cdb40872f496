//! Reactions: as many on a note as it may have, and no more.

use super::room::{Room, missing_from, replica, state, whole};
use crate::{
    guard::{Limit, Rejection},
    limits::MAX_SHARED_REACTIONS_PER_NOTE,
};
use yrs::{Any, Doc, Map, MapPrelim, MapRef, ReadTxn, Transact, WriteTxn};

fn with_a_note(client: u64) -> (Doc, MapRef) {
    let doc = replica(client);
    let note = {
        let mut txn = doc.transact_mut();
        let notes = txn.get_or_insert_map("notes");
        notes.insert(&mut txn, "n", MapPrelim::default())
    };
    (doc, note)
}

fn react(doc: &Doc, note: &MapRef, ids: std::ops::Range<usize>) -> Vec<u8> {
    let before = state(doc);
    {
        let mut txn = doc.transact_mut();
        for id in ids {
            note.insert(&mut txn, format!("r-{id}"), Any::from("surprised"));
        }
    }
    missing_from(doc, &before)
}

#[test]
fn a_note_has_room_for_many_reactions_and_those_taken_back_make_room() {
    let mut room = Room::new();
    let (doc, note) = with_a_note(1);
    room.writes(&whole(&doc)).unwrap();
    let most = MAX_SHARED_REACTIONS_PER_NOTE;
    room.writes(&react(&doc, &note, 0..most)).unwrap();
    // The same once more, in place of the former: no more than before.
    room.writes(&react(&doc, &note, 0..2)).unwrap();
    let full = Err(Rejection::TooLarge(Limit::Text));
    let (mut again, shared) = (Room::new(), doc.transact().state_vector());
    let one_more = react(&doc, &note, most..most + 1);
    assert_eq!(room.writes(&one_more), full);

    // Whoever takes one back in the same breath may have another.
    {
        let mut txn = doc.transact_mut();
        note.remove(&mut txn, "r-7");
    }
    room.writes(&missing_from(&doc, &shared)).unwrap();
    room.must_agree();
    again.writes(&whole(&doc)).unwrap();
    assert_eq!(again.writes(&react(&doc, &note, most + 1..most + 2)), full);
}

#[test]
fn a_note_with_other_fields_is_not_counted() {
    let mut room = Room::new();
    let (doc, note) = with_a_note(1);
    for number in 0..3 {
        let mut txn = doc.transact_mut();
        note.insert(&mut txn, format!("later-{number}"), Any::from(number));
    }
    room.writes(&whole(&doc)).unwrap();
    room.writes(&react(&doc, &note, 0..MAX_SHARED_REACTIONS_PER_NOTE))
        .unwrap();
}
