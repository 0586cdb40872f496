//! The list of rooms that are open, which their tasks have in common.

use super::{failing::Failing, message::Message};
use crate::{
    access::{costly::Costly, places::Places},
    config::Settings,
    log::Log,
};
use samtavle_shared::ids::BoardId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::mpsc;

/// What all rooms have in common.
pub(crate) struct Common {
    rooms: Mutex<HashMap<BoardId, Open>>,
    pub(super) log: Arc<dyn Log>,
    pub(super) settings: Settings,
    pub(super) costly: Arc<Costly>,
    pub(super) failing: Failing,
}

/// A room, as those see it who come.
pub(super) struct Open {
    pub(super) number: RoomNumber,
    pub(super) messages: mpsc::Sender<Message>,
    pub(super) seats: Arc<Places>,
}

/// Tells a room from one that had the same board before.
pub(super) type RoomNumber = u64;

/// A room's entry in the registry, held by its task: however that ends, also by a panic, the entry
/// goes, and whoever comes next gets a new room.
pub(crate) struct Listing {
    common: Arc<Common>,
    board: BoardId,
    number: RoomNumber,
}

impl Common {
    /// Nothing is open.
    pub(super) fn new(log: Arc<dyn Log>, settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            rooms: Mutex::default(),
            log,
            settings,
            costly: Arc::default(),
            failing: Failing::default(),
        })
    }

    /// The list.
    pub(super) fn rooms(&self) -> MutexGuard<'_, HashMap<BoardId, Open>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listing {
    /// A room's entry, under a number that no other has.
    pub(super) fn of(common: &Arc<Common>, board: &BoardId, number: RoomNumber) -> Self {
        Self {
            common: Arc::clone(common),
            board: board.clone(),
            number,
        }
    }

    /// What all rooms have in common.
    pub(crate) fn common(&self) -> &Arc<Common> {
        &self.common
    }

    /// Its board.
    pub(crate) fn board(&self) -> &BoardId {
        &self.board
    }

    /// Takes the room off the list, unless somebody has a seat. After a yes the room must end.
    pub(crate) fn close_if_empty(&self) -> bool {
        let mut rooms = self.common.rooms();
        let is_taken = |open: &Open| open.number == self.number && open.seats.count() > 0;
        let is_empty = !rooms.get(&self.board).is_some_and(is_taken);
        if is_empty {
            self.remove(&mut rooms);
        }
        is_empty
    }

    fn remove(&self, rooms: &mut HashMap<BoardId, Open>) {
        if rooms
            .get(&self.board)
            .is_some_and(|open| open.number == self.number)
        {
            rooms.remove(&self.board);
        }
    }
}

/// Those who have seats are sent away when the room's queues close.
impl Drop for Listing {
    fn drop(&mut self) {
        self.remove(&mut self.common.rooms());
    }
}
