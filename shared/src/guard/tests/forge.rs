//! Updates made by hand, so that a hostile one can be read in a test.

use super::room::{Room, replica, whole};
use crate::guard::Rejection;
use crate::lib0::Writer;
use yrs::{Map, MapPrelim, TextPrelim, Transact, WriteTxn};

/// The letters of the format, so that a hostile update can be read in a test.
pub(super) struct Forge(pub(super) Writer);

impl Forge {
    pub(super) fn update(clients: u64) -> Self {
        let mut writer = Writer::new();
        writer.write_var_u64(clients);
        Self(writer)
    }

    pub(super) fn numbers(mut self, numbers: &[u64]) -> Self {
        for &number in numbers {
            self.0.write_var_u64(number);
        }
        self
    }

    /// So many structs of a client, from this clock on.
    pub(super) fn client(self, structs: u64, client: u64, clock: u64) -> Self {
        self.numbers(&[structs, client, clock])
    }

    /// An item beside others, with its content to follow.
    pub(super) fn beside(mut self, info: u64, neighbours: &[u64]) -> Self {
        self.0.write_u8(info as u8);
        self.numbers(neighbours)
    }

    /// An item under a root, with its content to follow.
    pub(super) fn in_root(mut self, root: &str, key: Option<&str>, kind: u64) -> Self {
        self = self.numbers(&[kind | if key.is_some() { 0x20 } else { 0 }, 1]);
        self.0.write_var_str(root);
        if let Some(key) = key {
            self.0.write_var_str(key);
        }
        self
    }

    /// An item in a type, with its content to follow.
    pub(super) fn in_type(mut self, id: [u64; 2], key: Option<&str>, kind: u64) -> Self {
        self = self.numbers(&[kind | if key.is_some() { 0x20 } else { 0 }, 0, id[0], id[1]]);
        if let Some(key) = key {
            self.0.write_var_str(key);
        }
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.0.write_var_str(text);
        self
    }

    pub(super) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.write_bytes(bytes);
        self
    }

    /// Ends it without deletions.
    pub(super) fn end(self) -> Vec<u8> {
        self.numbers(&[0]).0.into_bytes()
    }
}

pub(super) const DELETED: u64 = 1;
pub(super) const BYTES: u64 = 3;
pub(super) const STRING: u64 = 4;
pub(super) const TYPE: u64 = 7;
pub(super) const ANY: u64 = 8;
pub(super) const ARRAY: u64 = 0;
pub(super) const MAP: u64 = 1;
pub(super) const TEXT: u64 = 2;

/// A room with one note by client 7: its map is 0, then kind, pos, text, and two letters 4 and 5.
pub(super) fn room_with_a_note() -> Room {
    let doc = replica(7);
    let mut txn = doc.transact_mut();
    let notes = txn.get_or_insert_map("notes");
    let note = notes.insert(&mut txn, "a", MapPrelim::default());
    note.insert(&mut txn, "kind", "idea");
    note.insert(&mut txn, "pos", vec![1.5, 2.5]);
    note.insert(&mut txn, "text", TextPrelim::new("ab"));
    drop(txn);
    let mut room = Room::new();
    assert_eq!(room.writes(&whole(&doc)), Ok(true));
    assert_eq!(room.guard.clock_of(7), 6);
    room
}

pub(super) fn refused(update: &[u8]) -> Rejection {
    let mut room = room_with_a_note();
    let rejection = room.writes(update).expect_err("it must be refused");
    room.must_agree();
    rejection
}
