//! Whose doing each part of a record is. Most records are one person's. One of nobody's may be what
//! somebody handed over of others (`writers.rs`): there each struct tells by its Yjs client, and what the
//! server put on the board of a draft tells by its note.

use super::Doer;
use crate::log::{Kind, Record};
use bytes::Bytes;
use samtavle_shared::{
    guard::{Part, by_owner},
    ids::{NoteId, PersonId},
    session::Event,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the log knows of who wrote.
pub(super) struct Doers<'a> {
    person: &'a PersonId,
    /// Whose page each client is.
    clients: BTreeMap<u64, PersonId>,
    /// The notes that this person wrote.
    notes: BTreeSet<NoteId>,
}

impl<'a> Doers<'a> {
    /// As the whole log tells.
    pub(super) fn known(records: &[Record], person: &'a PersonId) -> Self {
        let mut known = Self {
            person,
            clients: BTreeMap::new(),
            notes: BTreeSet::new(),
        };
        let sessions = records.iter().filter(|record| record.kind == Kind::Session);
        for record in sessions {
            // One that cannot be read is set aside when the board is opened; here it tells nothing.
            let events: Vec<Event> = serde_json::from_slice(&record.bytes).unwrap_or_default();
            for event in events {
                match event {
                    Event::WritesAs(client, who) => {
                        known.clients.entry(client).or_insert(who);
                    }
                    Event::Wrote(note, who) if who == *person => _ = known.notes.insert(note),
                    _ => {}
                }
            }
        }
        known
    }

    /// The update of a record in parts, each with whose doing it is, in their order.
    pub(super) fn parts(&self, record: &Record) -> Vec<(Doer, Bytes)> {
        let whole = |doer| vec![(doer, record.bytes.clone())];
        match &record.person {
            Some(person) if person == self.person => return whole(Doer::Them),
            Some(_) => return whole(Doer::Others),
            None if self.is_nobody() => return whole(Doer::Others),
            None => {}
        }
        match by_owner(&record.bytes, Doer::Others, |part| self.doer_of(part)) {
            Ok(parts) if parts.iter().any(|(doer, _)| *doer == Doer::Them) => {
                let parts = parts.into_iter();
                parts.map(|(doer, part)| (doer, part.into())).collect()
            }
            // What is nothing of theirs need not be cut; and what cannot be read changes nothing.
            _ => whole(Doer::Others),
        }
    }

    fn is_nobody(&self) -> bool {
        let wrote = |person: &PersonId| person == self.person;
        self.notes.is_empty() && !self.clients.values().any(wrote)
    }

    fn doer_of(&self, part: Part<'_>) -> Doer {
        let is_theirs = match (self.clients.get(&part.client), part.note) {
            (Some(person), _) => person == self.person,
            (None, Some((note, maker))) => {
                maker == part.client && self.notes.contains(&NoteId::from(note))
            }
            (None, None) => false,
        };
        if is_theirs { Doer::Them } else { Doer::Others }
    }
}
