//! Under which Yjs client ids this page writes. All that bears one id was written by one person, for everybody who
//! reads the document; so each thing is written under an id of its own, which leads neither to another thing nor to
//! who is present. What is done to several things at once, and what one says back to a note, has an id that is not
//! used again.
//!
//! The ids are kept for as long as the line holds. When it breaks, they are over: while nobody here hears what the
//! server has, nothing is written under an id that others have seen.

use super::{Replica, clients, random};
use samtavle_shared::{
    board::{BoardChange, Made},
    guard::writers_of,
    wire::{ClientMessage, Frame},
};
use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet},
};

#[derive(Default)]
pub(super) struct Hands {
    /// Under which id each thing is written.
    ids: RefCell<HashMap<BoardChange, u64>>,
    /// One that was not used yet.
    fresh: Cell<Option<u64>>,
    /// Those that the server was told of on this line.
    told: RefCell<HashSet<u64>>,
    /// Those under which this page has written.
    used: RefCell<HashSet<u64>>,
    /// The board as it was before the server's answer came, while something of it may not be saved: should somebody
    /// else have written under one of these ids, their letters stand among ours afterwards.
    before: RefCell<Option<Vec<u8>>>,
}

impl Hands {
    /// For this thing alone; `None`: for one gesture.
    fn id(&self, thing: Option<&BoardChange>) -> u64 {
        let fresh = || self.fresh.take().unwrap_or_else(random::client_id);
        if let Some(thing) = thing {
            let mut ids = self.ids.borrow_mut();
            return *ids.entry(thing.clone()).or_insert_with(fresh);
        }
        let fresh = fresh();
        self.fresh.set(Some(fresh));
        fresh
    }

    /// Something was written under this one.
    fn is_used(&self, id: u64) -> bool {
        if self.fresh.get() == Some(id) {
            self.fresh.set(None);
        }
        self.used.borrow_mut().insert(id)
    }

    /// All that was written is saved.
    pub(super) fn are_settled(&self) {
        self.before.take();
    }

    /// The board as it was before the server's answer came.
    pub(super) fn before(&self) -> Option<Vec<u8>> {
        self.before.borrow().clone()
    }

    /// The line is gone.
    pub(super) fn rest(&self) {
        self.ids.borrow_mut().clear();
        self.told.borrow_mut().clear();
    }
}

impl Replica {
    /// What is written next bears an id of this thing's own; `None`: of this gesture's.
    pub(super) fn writes_on(self, thing: Option<&BoardChange>) {
        let inner = self.inner();
        inner.board.write_as(inner.hands.id(thing));
    }

    /// Something was written just now: its id is remembered as one of this browser's, and the server told of it before
    /// it gets what bears it.
    pub(super) fn has_written(self) {
        let inner = self.inner();
        let id = inner.board.client();
        if inner.hands.is_used(id) {
            clients::writes(&inner.ticket.board, id);
        }
        if inner.link.is_live() {
            self.tell_ids(vec![id]);
        }
    }

    /// Before this is handed over: which of it is this browser's own.
    pub(super) fn tell_ids_in(self, missing: &[u8]) {
        let inner = self.inner();
        let board = &inner.ticket.board;
        let own: HashSet<u64> = clients::known(board).into_iter().collect();
        let mut ids = writers_of(missing).unwrap_or_default();
        ids.retain(|id| own.contains(id));
        // Also what the server seems to have: somebody else may have written under it.
        let unsettled = clients::unsettled(board);
        if !unsettled.is_empty() {
            *inner.hands.before.borrow_mut() = Some(inner.board.whole());
        }
        ids.extend(unsettled);
        self.tell_ids(ids);
    }

    fn tell_ids(self, mut clients: Vec<u64>) {
        let inner = self.inner();
        clients.retain(|id| inner.hands.told.borrow_mut().insert(*id));
        if !clients.is_empty() {
            let message = ClientMessage::WritesAs { clients };
            inner.link.send_ours(&Frame::Ours(&message.to_json()));
        }
    }

    /// Whether an update is of the person here: to be sent.
    pub(super) const fn is_own(made: Made) -> bool {
        matches!(made, Made::Here | Made::ForGood)
    }
}
