//! What carries frames to the server and back: a WebSocket, or plain HTTP where a proxy lets no
//! WebSocket through. Who uses it need not know which.

mod base64;
mod http;
mod socket;
mod ways;

pub(super) use http::answers;
pub(super) use socket::probe;
pub(super) use ways::{FIRST_PROBE_MS, Way, Ways, next_probe};

use samtavle_shared::ids::BoardId;
use std::rc::Rc;

/// What comes from a line.
pub(super) enum Heard {
    /// It is open: say hello.
    Open,
    /// A frame.
    Frame(Vec<u8>),
    /// A proxy holds the stream back; the line goes on by asking again.
    HeldBack,
    /// It has ended; with a code if the server said why.
    Closed(Option<u16>),
}

/// Who listens to a line.
pub(super) type Ear = Rc<dyn Fn(Heard)>;

/// A line to the server.
pub(super) enum Line {
    /// A WebSocket.
    Socket(socket::Socket),
    /// An event stream down, requests up.
    Http(http::HttpLine),
}

impl Line {
    /// Begins one; `None`: the browser will not.
    pub(super) fn dial(way: Way, board: &BoardId, ear: Ear) -> Option<Self> {
        match way {
            Way::Socket => socket::Socket::open(board, &ear).map(Self::Socket),
            Way::Stream | Way::Poll => Some(Self::Http(http::HttpLine::open(board, way, ear))),
        }
    }

    /// The first frame.
    pub(super) fn hello(&self, frame: Vec<u8>) {
        match self {
            Self::Socket(socket) => socket.send(&frame),
            Self::Http(line) => line.hello(frame),
        }
    }

    /// Any other.
    pub(super) fn send(&self, frame: &[u8]) {
        match self {
            Self::Socket(socket) => socket.send(frame),
            Self::Http(line) => line.send(frame),
        }
    }

    /// Ends it; nothing is heard from it any more.
    pub(super) fn hang_up(self) {
        match self {
            Self::Socket(socket) => socket.hang_up(),
            Self::Http(line) => line.hang_up(),
        }
    }
}
