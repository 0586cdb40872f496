//! Which boards are open. A room's task takes its entry away itself, and only while nobody has a
//! seat in it; so a board never has two rooms.

use super::{
    PeerId,
    room::Entrance,
    task::{self, Message},
};
use crate::{access::limits, config::Settings, log::Log};
use samtavle_shared::ids::BoardId;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{mpsc, watch};

/// Frames of people that may wait for a room. A socket that would add one waits, so a flood slows
/// its sender and not the memory.
const QUEUE: usize = 256;

/// The boards that are open.
pub(crate) struct Registry {
    rooms: Mutex<HashMap<BoardId, Open>>,
    pub(super) log: Arc<dyn Log>,
    pub(super) settings: Settings,
    next_peer: AtomicU64,
    sockets: AtomicUsize,
    stopping: watch::Sender<bool>,
    /// Held by every room and socket; the receiver ends when the last has gone.
    alive: Mutex<Option<mpsc::Sender<()>>>,
    gone: Mutex<Option<mpsc::Receiver<()>>>,
}

struct Open {
    messages: mpsc::Sender<Message>,
    seats: Arc<AtomicUsize>,
}

/// How many are open and connected.
pub(crate) struct Census {
    /// Boards in memory.
    pub(crate) boards: usize,
    /// Sockets.
    pub(crate) sockets: usize,
}

/// A place in a room: while one is held the room stays.
pub(super) struct Seat {
    pub(super) peer: PeerId,
    pub(super) messages: mpsc::Sender<Message>,
    seats: Arc<AtomicUsize>,
    registry: Arc<Registry>,
    _alive: mpsc::Sender<()>,
}

/// Why there is no seat.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoSeat {
    /// Too many are here.
    Full,
    /// The server stops.
    Stopping,
}

impl Registry {
    /// Nothing is open.
    pub(crate) fn new(log: Arc<dyn Log>, settings: Settings) -> Arc<Self> {
        let (alive, gone) = mpsc::channel(1);
        Arc::new(Self {
            rooms: Mutex::default(),
            log,
            settings,
            next_peer: AtomicU64::new(1),
            sockets: AtomicUsize::new(0),
            stopping: watch::channel(false).0,
            alive: Mutex::new(Some(alive)),
            gone: Mutex::new(Some(gone)),
        })
    }

    /// A seat in a board's room, which is opened if it is not open. The board is known to be there.
    pub(super) fn seat(self: &Arc<Self>, board: &BoardId) -> Result<Seat, NoSeat> {
        let Some(alive) = locked(&self.alive).clone() else {
            return Err(NoSeat::Stopping);
        };
        let mut rooms = locked(&self.rooms);
        let open = rooms.entry(board.clone()).or_insert_with(|| {
            let (messages, queue) = mpsc::channel(QUEUE);
            let room = task::Task::new(
                Arc::clone(self),
                board.clone(),
                queue,
                self.stopping.subscribe(),
                alive.clone(),
            );
            tokio::spawn(room.run());
            Open {
                messages,
                seats: Arc::default(),
            }
        });
        if open.seats.load(Ordering::Acquire) >= limits::SOCKETS_IN_A_BOARD
            || self.sockets.load(Ordering::Relaxed) >= limits::SOCKETS
        {
            return Err(NoSeat::Full);
        }
        open.seats.fetch_add(1, Ordering::AcqRel);
        self.sockets.fetch_add(1, Ordering::Relaxed);
        Ok(Seat {
            peer: PeerId(self.next_peer.fetch_add(1, Ordering::Relaxed)),
            messages: open.messages.clone(),
            seats: Arc::clone(&open.seats),
            registry: Arc::clone(self),
            _alive: alive,
        })
    }

    /// Closes a board's entry unless somebody has a seat. Only the room's own task may ask, and it
    /// must end after a yes.
    pub(super) fn close_if_empty(&self, board: &BoardId) -> bool {
        let mut rooms = locked(&self.rooms);
        let is_empty = rooms
            .get(board)
            .is_none_or(|open| open.seats.load(Ordering::Acquire) == 0);
        if is_empty {
            rooms.remove(board);
        }
        is_empty
    }

    /// Closes a board's entry although people have seats: their messages go nowhere, and those who
    /// come next get a new room.
    pub(super) fn close(&self, board: &BoardId) {
        locked(&self.rooms).remove(board);
    }

    /// Sends everybody away and waits until every room has everything on disk, or until `patience`
    /// ends. Nobody gets a seat from now on.
    pub(crate) async fn stop(&self, patience: Duration) -> bool {
        drop(locked(&self.alive).take());
        self.stopping.send_replace(true);
        let Some(mut gone) = locked(&self.gone).take() else {
            return true;
        };
        tokio::time::timeout(patience, gone.recv()).await.is_ok()
    }

    /// How many are open and connected.
    pub(crate) fn census(&self) -> Census {
        Census {
            boards: locked(&self.rooms).len(),
            sockets: self.sockets.load(Ordering::Relaxed),
        }
    }
}

impl Seat {
    /// Comes in.
    pub(super) async fn enter(
        &self,
        entrance: Entrance,
        outbox: super::outbox::Outbox,
    ) -> Result<(), Ended> {
        self.tell(Message::Enter(self.peer, entrance, outbox)).await
    }

    /// Says something to the room, and waits while its queue is full.
    pub(super) async fn tell(&self, message: Message) -> Result<(), Ended> {
        self.messages.send(message).await.map_err(|_| Ended)
    }
}

/// The room has ended.
#[derive(Debug)]
pub(super) struct Ended;

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.fetch_sub(1, Ordering::AcqRel);
        self.registry.sockets.fetch_sub(1, Ordering::Relaxed);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
