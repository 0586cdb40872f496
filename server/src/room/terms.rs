//! What a room is told, and what it says is to be done: the words between the room, which decides,
//! and the task, which does.

use crate::{
    access::keys::{Key, KeyHash},
    clock::Now,
    log::{LogError, Recall, Record, Seq},
};
use bytes::Bytes;
use samtavle_shared::{
    guard::Naming,
    ids::PersonId,
    session::Showing,
    wire::{CloseCode, Frame, RefusalCode, Role, SaveTrouble},
};
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// A socket in a room; never used again in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PeerId(pub(crate) u64);

/// What happens to a room.
#[derive(Debug)]
pub(crate) enum Input {
    /// Somebody comes in.
    Enter(PeerId, Entrance),
    /// A frame from a socket.
    Frame(PeerId, Bytes),
    /// A socket has gone.
    Leave(PeerId),
    /// All records up to this one are on disk.
    OnDisk(Seq),
    /// Why nothing can be written just now; `None`: it can again.
    Saving(Option<SaveTrouble>),
    /// Keys were called back, or could not be.
    Recalled(Recalling, Result<(), LogError>),
    /// All that somebody did who was removed is undone by this update; `None`: there was nothing.
    TakenBack(PersonId, Option<Bytes>),
    /// The records tell no more of who wrote than this shows.
    NamesGone(Showing),
    /// The moment has come that [`super::Room::wakes_at`] named.
    Tick,
}

/// A frame of this length is read and taken in well under a millisecond.
const SHORT_FRAME_BYTES: usize = 16 * 1024;

impl Input {
    /// Whether it may be more work than a glance: a large frame, a question for the whole board, a command. How much a
    /// short update makes the document do is seen by the document.
    pub(crate) fn may_take_long(&self) -> bool {
        match self {
            Self::Frame(_, bytes) => {
                let asks = || {
                    let frame = Frame::read(bytes);
                    matches!(frame, Ok(Frame::SyncStep1(_) | Frame::Ours(_)))
                };
                bytes.len() > SHORT_FRAME_BYTES || asks()
            }
            Self::TakenBack(..) | Self::Recalled(..) => true,
            Self::Enter(..)
            | Self::Leave(_)
            | Self::OnDisk(_)
            | Self::Saving(_)
            | Self::NamesGone(_)
            | Self::Tick => false,
        }
    }
}

/// What is to be done, in this order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Send the same bytes to each of these.
    Send {
        /// To whom.
        to: Vec<PeerId>,
        /// The frame, encoded once for all who get it.
        frame: Bytes,
        /// What to do when a queue is full.
        class: Class,
    },
    /// Close a socket, after what was sent to it. The room has forgotten it already.
    Close(PeerId, CloseCode),
    /// Write a record.
    Append(Record),
    /// Keep the board as it is now under this name, for as long as there is the board.
    Checkpoint(String),
    /// Find the update that undoes all that somebody did, of what is on disk, while the room goes on;
    /// and give it to the room as `TakenBack`.
    TakeBack(PersonId, Naming),
    /// Take out of what is on disk whatever tells more of who wrote than this shows, while the room goes on; and tell
    /// the room by `NamesGone`.
    ForgetNames(Showing),
    /// Call keys back, and give the answer to the room as `Recalled`, with the new code if there is one.
    Recall(Recalling),
    /// The document can no longer be trusted: make it again from the log, and give it to `restore`.
    Rebuild,
}

/// One input: the moment at which it came, and what is to be done about it.
#[derive(Debug)]
pub(crate) struct Turn {
    /// The moment.
    pub(crate) now: Now,
    /// What is to be done, in this order.
    pub(crate) effects: Vec<Effect>,
}

impl Turn {
    /// Nothing is to be done yet.
    pub(crate) fn at(now: Now) -> Self {
        let effects = Vec::new();
        Self { now, effects }
    }
}

/// Keys that are being called back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recalling {
    /// What is called back.
    pub(crate) recall: Recall,
    /// Which command asked for it: then there is a new code, too, or a new key for facilitators.
    pub(crate) answer: Option<(PeerId, u32)>,
    /// That new key.
    pub(crate) lead: Option<Key>,
}

/// Why something is not taken, for our pages and for standard clients.
pub(crate) type Why = (RefusalCode, &'static str);

/// What a full queue means for a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// It may be left out: the next one says more.
    Presence,
    /// It may not: the socket is closed, and syncs when it comes back.
    Document,
    /// The same; a piece of what somebody lacks of the board. A `State` comes behind it.
    Piece,
    /// The same; all that somebody lacks of the board, as large as it is, or the last piece of it.
    State,
}

/// The other end of a line, as far as a room asks for it while it works.
#[derive(Debug)]
pub(crate) struct Caller {
    /// Where it is.
    pub(crate) address: IpAddr,
    has_gone: AtomicBool,
}

impl Caller {
    /// Somebody at this address.
    pub(crate) fn at(address: IpAddr) -> Arc<Self> {
        let has_gone = AtomicBool::new(false);
        Arc::new(Self { address, has_gone })
    }

    /// Nobody listens there any more: what is still being done for them is not wanted.
    pub(crate) fn goes(&self) {
        self.has_gone.store(true, Ordering::Relaxed);
    }

    /// Whether somebody still listens.
    pub(crate) fn is_there(&self) -> bool {
        !self.has_gone.load(Ordering::Relaxed)
    }
}

/// How somebody comes in.
#[derive(Clone, Debug)]
pub(crate) struct Entrance {
    /// The other end of their line.
    pub(crate) caller: Arc<Caller>,
    /// What their key lets them do.
    pub(crate) role: Role,
    /// The board's join code; empty: it is over.
    pub(crate) code: String,
    /// The hash of their key.
    pub(crate) key: KeyHash,
    /// Which messages they understand.
    pub(crate) dialect: Dialect,
}

/// Which messages a socket understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Ours, too.
    Ours {
        /// The Yjs client that it said it is.
        client: u64,
        /// The secret of its browser: a later socket with the same one may take over its presence.
        device: String,
        /// The clients that it was before.
        wrote_as: Vec<u64>,
        /// The newest word of how much the server had written down.
        knows: String,
    },
    /// y-protocols only.
    Standard,
}
