//! A room as the server has it: the guard in front, the document behind; and people who write.

use crate::guard::{Admission, Guard, Naming, Permission, Rejection};
use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, IdSet, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

/// The guard and the document that it watches over.
pub(super) struct Room {
    pub(super) guard: Guard,
    pub(super) doc: Doc,
}

/// A document of its own, with the offsets that JavaScript has.
pub(super) fn replica(client: u64) -> Doc {
    let mut options = Options::with_client_id(ClientID::new(client));
    options.offset_kind = OffsetKind::Utf16;
    Doc::with_options(options)
}

/// All that a document has and another, with this state, lacks.
pub(super) fn missing_from(doc: &Doc, other: &StateVector) -> Vec<u8> {
    doc.transact().encode_state_as_update_v1(other)
}

/// All of a document.
pub(super) fn whole(doc: &Doc) -> Vec<u8> {
    missing_from(doc, &StateVector::default())
}

/// What a document has.
pub(super) fn state(doc: &Doc) -> StateVector {
    doc.transact().state_vector()
}

/// Takes an update into a replica, unguarded.
pub(super) fn apply(doc: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
}

/// Bytes from their hexadecimal digits.
pub(super) fn unhex(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

impl Room {
    pub(super) fn new() -> Self {
        Self {
            guard: Guard::new(),
            doc: replica(0),
        }
    }

    /// Takes an update as a room does, and answers whether it brought something new.
    pub(super) fn take(&mut self, update: &[u8], may: Permission) -> Result<bool, Rejection> {
        let admission = self.guard.check(update, may)?;
        if admission.is_empty() {
            return Ok(false);
        }
        self.takes_admitted(update, admission);
        Ok(true)
    }

    /// Takes an update that was admitted.
    pub(super) fn takes_admitted(&mut self, update: &[u8], admission: Admission) {
        let update = admission.written_anew().unwrap_or(update).to_vec();
        let mut txn = self.doc.transact_mut();
        txn.apply_update(Update::decode_v1(&update).unwrap())
            .unwrap();
        assert!(!txn.has_missing_updates(), "something stayed pending");
        self.guard.admitted(admission);
        for (client, ranges) in txn.delete_set().iter() {
            for range in ranges.iter() {
                self.guard.note_deleted(client.get(), range.clone());
            }
        }
    }

    pub(super) fn writes(&mut self, update: &[u8]) -> Result<bool, Rejection> {
        self.take(update, Permission::Write(Naming::Names))
    }

    /// Guard and document know the same clocks and the same deletions, and the document can be
    /// opened again from what it says it is.
    pub(super) fn must_agree(&self) {
        let state = state(&self.doc);
        for (client, clock) in state.iter() {
            assert_eq!(self.guard.clock_of(client.get()), *clock);
        }
        let mut deleted = IdSet::new();
        for (client, clocks) in self.guard.deleted() {
            let id = yrs::ID::new(ClientID::new(client), clocks.start);
            deleted.insert(id, clocks.end - clocks.start);
        }
        assert_eq!(deleted, self.doc.transact().snapshot().delete_set);
        let mut again = Self::new();
        again.take(&whole(&self.doc), Permission::Log).unwrap();
        assert_eq!(self::state(&again.doc), state);
    }
}
