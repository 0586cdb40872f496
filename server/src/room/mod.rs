//! The boards that are open. One task a board owns its document and its people; sockets talk to it
//! through bounded queues, and no lock is held while anybody waits.
//!
//! ```text
//! socket ── Message ─► task ── Input ─► room (decides) ── Effect ─► task ─► log, outboxes
//!    ▲                                                                          │
//!    └──────────────────────────── outbox (bounded) ◄───────────────────────────┘
//! ```
//!
//! * [`room`]: what is decided, without any input or output, in the words of [`terms`]; in files of their
//!   own its session, the session's edits of the document, and who is shown what
//! * [`facts`]: what the session is told of the board; [`script`]: templates and cards
//! * `saving`: a disk that takes nothing
//! * `holders`: who may write under which Yjs client id; [`proof`]: how a page shows that something was lost
//! * [`document`]: the guard and the board, which the server changes, too; [`presence`]: who is here; [`fanout`]: when what goes out;
//!   [`receipts`]: what is on disk
//! * [`task`]: does what the room decides; [`opening`]: from the log to a room
//! * [`serving`]: one person's line, whatever carries it: a [`socket`] on a [`websocket`] with its [`meter`], or a [`line`] over plain HTTP;
//!   [`outbox`]: the queue to it
//! * [`gone`]: when what was taken off the board goes for good; [`take_back`]: takes back what one person did
//! * [`registry`]: which boards are open; [`homes`]: from which networks their people come; [`failing`]: which of
//!   them could not be written
//! * `sweeping`: who removes or copies many notes of others at once

mod document;
mod facts;
mod failing;
mod fanout;
mod gone;
mod homes;
pub(crate) mod line;
mod meter;
mod opening;
mod outbox;
mod presence;
mod proof;
mod receipts;
mod registry;
#[allow(
    clippy::module_inception,
    reason = "the room itself is the heart of the room"
)]
mod room;
mod script;
mod serving;
pub(crate) mod socket;
mod take_back;
mod task;
mod terms;
pub(crate) mod websocket;

pub(crate) use registry::Registry;
pub(crate) use script::cards;

/// A socket in a room; never used again in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PeerId(u64);
