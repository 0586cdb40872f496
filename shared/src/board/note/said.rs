//! What only the board itself says of a note: that a habit is broken, how others said it. The guard puts
//! aside what anybody else says there (a page that hands back what a disk has lost), as if it had been
//! said and deleted; in a register that takes what stood there along, and the board says it again.

use crate::schema::{BROKEN, RESTATED};
use crate::{
    board::{Change, ThingId},
    ids::NoteId,
};
use yrs::{Any, Map, MapRef, Out, ReadTxn};

const FIELDS: [&str; 2] = [BROKEN, RESTATED];

/// What the board itself says of a note, to the letter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said([Option<Any>; FIELDS.len()]);

impl Said {
    pub(in crate::board) fn read<T: ReadTxn>(txn: &T, map: &MapRef) -> Self {
        Self(FIELDS.map(|field| match map.get(txn, field) {
            Some(Out::Any(value)) => Some(value),
            _ => None,
        }))
    }
}

impl Change<'_> {
    /// Says what was said of a note where nothing is said of it now. The server's to do.
    pub fn say_again(&mut self, note: &NoteId, said: &Said) {
        let Some(map) = self.any_thing(&ThingId::Note(note.clone())) else {
            return;
        };
        let now = Said::read(self.txn(), &map);
        for ((field, said), now) in FIELDS.into_iter().zip(&said.0).zip(now.0) {
            if let (Some(said), None) = (said, now) {
                self.set_any(&map, field, said.clone());
            }
        }
    }
}
