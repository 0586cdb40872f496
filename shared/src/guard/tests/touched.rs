//! What an update touches.

use super::room::{Room, apply, missing_from, replica, state, whole};
use crate::guard::{How, Naming, Permission, Root, Touched};
use yrs::{Doc, Map, MapPrelim, Out, Text, TextPrelim, Transact, TransactionMut, WriteTxn};

const WRITE: Permission = Permission::Write(Naming::Voices);

/// What somebody does, as an update.
fn does(doc: &Doc, deed: impl FnOnce(&mut TransactionMut<'_>)) -> Vec<u8> {
    let before = state(doc);
    let mut txn = doc.transact_mut();
    deed(&mut txn);
    let update = txn.encode_update_v1();
    drop(txn);
    assert!(state(doc) >= before);
    update
}

fn adds(id: &str) -> impl FnOnce(&mut TransactionMut<'_>) {
    move |txn| {
        let notes = txn.get_or_insert_map("notes");
        let note = notes.insert(txn, id, MapPrelim::default());
        note.insert(txn, "kind", "idea");
        note.insert(txn, "text", TextPrelim::new("ab"));
    }
}

fn joins(id: &str, cluster: &str) -> impl FnOnce(&mut TransactionMut<'_>) {
    move |txn| {
        let notes = txn.get_or_insert_map("notes");
        if let Some(Out::YMap(note)) = notes.get(txn, id) {
            note.insert(txn, "cluster", cluster);
        }
    }
}

fn writes_in(id: &str) -> impl FnOnce(&mut TransactionMut<'_>) {
    move |txn| {
        let notes = txn.get_or_insert_map("notes");
        if let Some(Out::YMap(note)) = notes.get(txn, id)
            && let Some(Out::YText(text)) = note.get(txn, "text")
        {
            text.insert(txn, 0, "x");
        }
    }
}

fn deletes(id: &str) -> impl FnOnce(&mut TransactionMut<'_>) {
    move |txn| {
        txn.get_or_insert_map("notes").remove(txn, id);
    }
}

impl Room {
    fn touched(&mut self, update: &[u8]) -> Vec<(Root, String, How, Option<String>)> {
        let admission = self.guard.check(update, WRITE).unwrap();
        let touched = self.guard.brought(&admission).touched;
        self.take(update, WRITE).unwrap();
        touched
            .into_iter()
            .map(
                |Touched {
                     root,
                     id,
                     how,
                     joins,
                     made_by,
                 }| {
                    assert_eq!(made_by.is_some(), how == How::Added && root != Root::Meta);
                    (
                        root,
                        id.to_string(),
                        how,
                        joins.first().map(ToString::to_string),
                    )
                },
            )
            .collect()
    }
}

fn note(id: &str, how: How) -> (Root, String, How, Option<String>) {
    (Root::Notes, id.to_owned(), how, None)
}

#[test]
fn what_is_added_changed_and_deleted_is_told_once_each() {
    let kari = replica(7);
    let mut room = Room::new();
    assert_eq!(
        room.touched(&does(&kari, adds("a"))),
        [note("a", How::Added)]
    );
    assert_eq!(
        room.touched(&does(&kari, adds("b"))),
        [note("b", How::Added)]
    );
    assert_eq!(
        room.touched(&does(&kari, writes_in("a"))),
        [note("a", How::Changed)]
    );
    let joined = (Root::Notes, "b".into(), How::Changed, Some("c".into()));
    assert_eq!(room.touched(&does(&kari, joins("b", "c"))), [joined]);
    assert_eq!(
        room.touched(&does(&kari, deletes("a"))),
        [note("a", How::Deleted)]
    );
    assert_eq!(
        room.touched(&does(&kari, adds("a"))),
        [note("a", How::Changed)],
        "what was there once is not new"
    );
    assert_eq!(
        room.touched(&does(&kari, adds("b"))),
        [note("b", How::Deleted)],
        "another in its place"
    );
    let names_it = does(&kari, |txn| {
        let meta = txn.get_or_insert_map("meta");
        meta.insert(txn, "title", TextPrelim::new("x"));
    });
    let meta = (Root::Meta, "title".to_owned(), How::Changed, None);
    assert_eq!(room.touched(&names_it), [meta]);
}

#[test]
fn who_hands_over_all_touches_only_what_is_new() {
    let kari = replica(7);
    let mut room = Room::new();
    room.touched(&does(&kari, adds("a")));
    let ola = replica(8);
    apply(&ola, &whole(&room.doc));
    does(&ola, adds("b"));
    does(&ola, joins("b", "c"));
    let all = room.touched(&whole(&ola));
    let added = (
        Root::Notes,
        "b".to_owned(),
        How::Added,
        Some("c".to_owned()),
    );
    assert_eq!(all, [added]);
    assert_eq!(room.touched(&whole(&ola)), []);
}

#[test]
fn what_was_deleted_meanwhile_is_touched_too() {
    let kari = replica(7);
    let mut room = Room::new();
    room.touched(&does(&kari, adds("a")));
    let ola = replica(8);
    apply(&ola, &whole(&room.doc));
    room.touched(&does(&kari, deletes("a")));
    let before = state(&ola);
    does(&ola, writes_in("a"));
    let touched = room.touched(&missing_from(&ola, &before));
    assert_eq!(touched, [note("a", How::Changed)]);
}
