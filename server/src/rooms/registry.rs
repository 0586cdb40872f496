//! Which boards are open. A room's task takes its entry away itself, and only while nobody has a
//! seat in it; so a board never has two rooms.

use super::{
    homes::{AtHome, Homes},
    listing::{Common, Listing, Open},
    message::Message,
    task,
};
use crate::{
    access::{
        limits,
        places::{Place, Places},
    },
    config::Settings,
    log::Log,
    room::terms::{Entrance, PeerId},
};
use samtavle_shared::{ids::BoardId, wire::Role};
use std::{
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::{mpsc, watch};

/// Frames of people that may wait for a room. A socket that would add one waits, so a flood slows
/// its sender and not the memory.
const QUEUE: usize = 256;

/// The boards that are open.
pub(crate) struct Registry {
    common: Arc<Common>,
    homes: Homes,
    next_number: AtomicU64,
    sockets: Arc<Places>,
    stopping: watch::Sender<bool>,
    /// Held by every room and socket; the receiver ends when the last has gone.
    alive: Mutex<Option<mpsc::Sender<()>>>,
    gone: Mutex<Option<mpsc::Receiver<()>>>,
}

/// How many are open and connected.
pub(crate) struct Census {
    /// Boards in memory.
    pub(crate) boards: usize,
    /// Seats that are taken, on all boards together.
    pub(crate) sockets: usize,
}

/// A place in a room: while one is held the room stays.
pub(crate) struct Seat {
    pub(crate) peer: PeerId,
    pub(crate) messages: mpsc::Sender<Message>,
    /// In the board, and among all sockets.
    places: [Place; 2],
    _alive: mpsc::Sender<()>,
}

/// Why there is no seat.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoSeat {
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
            common: Common::new(log, settings),
            homes: Homes::default(),
            next_number: AtomicU64::new(1),
            sockets: Places::new(limits::SOCKETS, limits::KEPT),
            stopping: watch::channel(false).0,
            alive: Mutex::new(Some(alive)),
            gone: Mutex::new(Some(gone)),
        })
    }

    /// A seat in a board's room, which is opened if it is not open. The board is known to be there.
    pub(crate) fn seat(
        &self,
        board: &BoardId,
        role: Role,
        address: IpAddr,
    ) -> Result<Seat, NoSeat> {
        let Some(alive) = locked(&self.alive).clone() else {
            return Err(NoSeat::Stopping);
        };
        let mut rooms = self.common.rooms();
        let open = rooms.entry(board.clone()).or_insert_with(|| {
            let (messages, queue) = mpsc::channel(QUEUE);
            let number = self.number();
            let listing = Listing::of(&self.common, board, number);
            tokio::spawn(task::run(
                listing,
                queue,
                self.stopping.subscribe(),
                alive.clone(),
            ));
            Open {
                number,
                messages,
                seats: Places::new(limits::SOCKETS_IN_A_BOARD, limits::KEPT_IN_A_BOARD),
            }
        });
        let now = Instant::now();
        let is_kept = matches!(role, Role::Facilitator | Role::Wall);
        let in_board = open.seats.enter(address, is_kept, now);
        let among_all = in_board.and_then(|in_board| {
            let among_all = self.sockets.enter(address, is_kept, now)?;
            Some([in_board, among_all])
        });
        Ok(Seat {
            peer: PeerId(self.number()),
            messages: open.messages.clone(),
            places: among_all.ok_or(NoSeat::Full)?,
            _alive: alive,
        })
    }

    /// Somebody of this board is at this address, while what this gives is held.
    pub(crate) fn at_home(&self, board: &BoardId, address: IpAddr) -> AtHome {
        self.homes.enter(board, address)
    }

    /// Whether somebody who is on this board just now comes from the same network.
    pub(crate) fn is_home(&self, board: &BoardId, address: IpAddr) -> bool {
        self.homes.has(board, address)
    }

    fn number(&self) -> u64 {
        self.next_number.fetch_add(1, Ordering::Relaxed)
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
            boards: self.common.rooms().len(),
            sockets: self.sockets.count(),
        }
    }
}

impl Seat {
    /// Whoever has it does what one comes for.
    pub(crate) fn is_used(&self) {
        for place in &self.places {
            place.is_used();
        }
    }

    /// Waits until somebody else gets it.
    pub(crate) async fn is_lost(&self) {
        let [in_board, among_all] = &self.places;
        tokio::select! {
            () = in_board.is_lost() => {}
            () = among_all.is_lost() => {}
        }
    }

    /// Comes in.
    pub(crate) async fn enter(
        &self,
        entrance: Entrance,
        outbox: super::outbox::Outbox,
    ) -> Result<(), Ended> {
        self.tell(Message::Enter(self.peer, entrance, outbox)).await
    }

    /// Says something to the room, and waits while its queue is full.
    pub(crate) async fn tell(&self, message: Message) -> Result<(), Ended> {
        self.messages.send(message).await.map_err(|_| Ended)
    }
}

/// The room has ended.
#[derive(Debug)]
pub(crate) struct Ended;

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
