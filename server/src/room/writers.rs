//! Whose doing an update was. What people are asked for when they come back is all that they have, also
//! of others and of the server itself: when a disk has lost something, whoever comes first hands it over.
//! So the one who hands it over counts as its writer only where it bears one of their own Yjs clients,
//! and who wrote a draft is known from the draft.
//!
//! ```text
//! only by clients of theirs       ─► one record, theirs
//! others' among it                ─► what is written: a record of nobody's (each struct tells whose it is, once
//!                                    that client's person is known: `take_back`)
//!                                 ─► what is deleted besides: a record of theirs, for a deletion bears no
//!                                    name, and to take one back brings something back
//! ```

use super::{PeerId, Room, Turn, document::Poisoned, sweeping::Standing, withheld::OnHidden};
use crate::{
    log::Kind,
    room::{document::Document, proof::Proof},
};
use bytes::Bytes;
use samtavle_shared::{
    guard::{Brought, How, Root, structs_and_deletions},
    ids::{NoteId, PersonId},
    session::{Event, SweptThing},
};

/// What an update brings, as far as it matters who wrote it.
#[derive(Default)]
pub(super) struct Doing {
    /// The notes that it adds, and which clients made them.
    added: Vec<(NoteId, u64)>,
    writers: Vec<u64>,
    /// Those of them that had written nothing before.
    fresh: Vec<u64>,
    deletes: bool,
    /// Whether it comes from who facilitates.
    leads: bool,
    /// What stood on the board of what it touches.
    standing: Standing,
}

/// How an update came, and so where it goes.
pub(super) struct Came {
    /// Whose page has it already.
    from: Option<PeerId>,
    on_hidden: OnHidden,
}

impl Came {
    pub(super) fn of(from: Option<PeerId>, on_hidden: OnHidden) -> Self {
        Self { from, on_hidden }
    }
}

impl Doing {
    pub(super) fn of(document: &Document, brought: Brought, leads: bool) -> Self {
        let standing = Standing::before(document, &brought.touched);
        let touched = brought.touched.into_iter();
        let added = touched
            .filter(|thing| thing.root == Root::Notes && thing.how == How::Added)
            .filter_map(|thing| Some((NoteId::from(&*thing.id), thing.made_by?)));
        let is_fresh = |client: &u64| !document.has_of(*client);
        Self {
            added: added.collect(),
            standing,
            fresh: brought.writers.iter().copied().filter(is_fresh).collect(),
            writers: brought.writers,
            deletes: brought.deletes,
            leads,
        }
    }

    /// Whether it deletes something that was there before.
    pub(super) fn deletes(&self) -> bool {
        self.deletes
    }
}

impl Room {
    /// The document has taken this from somebody: it is written down, and goes out. Gives others' notes that went and
    /// that its sender may not take off.
    pub(super) fn took(
        &mut self,
        peer: PeerId,
        bytes: &Bytes,
        came: &Came,
        mut doing: Doing,
        turn: &mut Turn,
    ) -> Result<Vec<SweptThing>, Poisoned> {
        let person = self.peers.get(&peer).and_then(|peer| peer.person.clone());
        let is_theirs = doing.writers.iter().all(|client| self.is_of(peer, *client));
        if came.on_hidden.is_nothing() {
            self.waiting.push(came.from, bytes.clone());
        }
        if is_theirs || person.is_none() {
            self.append(Kind::Update, bytes.clone(), person, turn);
        } else {
            // The guard has read it: it can be cut.
            let whole = |_| [Some(bytes.to_vec()), None];
            let [written, deleted] = structs_and_deletions(bytes).unwrap_or_else(whole);
            if let Some(written) = written {
                self.append(Kind::Update, written.into(), None, turn);
            }
            if let Some(deleted) = deleted.filter(|_| doing.deletes) {
                self.append(Kind::Update, deleted.into(), person, turn);
            }
        }
        if let Some(person) = self.peers.get(&peer).and_then(|peer| peer.person.clone()) {
            for client in &doing.writers {
                self.document.is_brought_by(*client, &person);
            }
        }
        let may_be_theirs = |client: &u64| self.is_of(peer, *client);
        let (theirs, others): (Vec<u64>, Vec<u64>) =
            doing.fresh.iter().partition(|client| may_be_theirs(client));
        self.workshop.handed_over.extend(others);
        let mut events = self.holds(peer, &theirs);
        let added: Vec<NoteId> = doing.added.iter().map(|(note, _)| note.clone()).collect();
        let held = if doing.leads {
            Vec::new()
        } else {
            self.may_not_go(peer, is_theirs, &mut doing.standing)
        };
        events.extend(self.did(peer, is_theirs, doing.standing, &added, turn.now));
        for (note, maker) in doing.added {
            events.extend(self.wrote(note, maker));
        }
        self.happened(&events, turn);
        if !came.on_hidden.is_nothing() {
            let parts = self.without_what_is_hidden(bytes, &came.on_hidden, turn)?;
            for part in parts {
                self.waiting.push(came.from, part);
            }
        }
        Ok(held)
    }

    /// Somebody tells as whom they write and wrote before: others may have handed that over already.
    pub(super) fn claims(&mut self, peer: PeerId, mut clients: Vec<u64>, turn: &mut Turn) {
        if let Some(person) = self.peers.get(&peer).and_then(|peer| peer.person.clone()) {
            for client in &clients {
                // What is known of it was said when they first wrote.
                if self.is_of(peer, *client) && self.workshop.session.writer_as(*client).is_none() {
                    self.document.belongs(*client, &person);
                }
            }
        }
        let has_proof = self
            .peers
            .get(&peer)
            .is_some_and(|peer| peer.proof == Proof::OfALoss);
        // What has long been nobody's stays nobody's: it may be the server's of another time.
        clients.retain(|client| {
            self.document.has_of(*client)
                && (has_proof || self.workshop.handed_over.contains(client))
                && self.is_of(peer, *client)
        });
        let mut events = self.holds(peer, &clients);
        for client in clients {
            for note in self.workshop.unclaimed.remove(&client).unwrap_or_default() {
                events.extend(self.wrote(note, client));
            }
        }
        self.happened(&events, turn);
    }

    /// A note is new on the board: who wrote it is known from its draft, or from whose page made it.
    fn wrote(&mut self, note: NoteId, maker: u64) -> Option<Event> {
        let workshop = &mut self.workshop;
        let session = &mut workshop.session;
        let writer: Option<PersonId> = session
            .drafted_by(&note)
            .or_else(|| session.writer_as(maker))
            .cloned();
        let Some(writer) = writer else {
            workshop.unclaimed.entry(maker).or_default().push(note);
            return None;
        };
        let event = session.wrote(&note, &writer)?;
        session.apply(event.clone());
        Some(event)
    }
}
