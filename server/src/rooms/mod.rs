//! The boards that are open. One task a board owns its document and its people; lines talk to it
//! through bounded queues, and no lock is held while anybody waits.
//!
//! ```text
//! line ── Message ─► task ── Input ─► room (decides) ── Effect ─► task ─► log, outboxes
//!   ▲                                                                        │
//!   └──────────────────────────── outbox (bounded) ◄─────────────────────────┘
//! ```
//!
//! * [`registry`]: seats in the boards that are open; [`listing`]: which they are; [`homes`]: from which networks their people come; [`failing`]: which of
//!   them could not be written
//! * [`task`]: does what the room decides, of what comes as a [`message`]; [`opening`]: from the log to a room; [`outbox`]: the queue to one person
//! * [`revising`]: puts what is on disk in order

mod failing;
mod homes;
mod listing;
pub(crate) mod message;
mod opening;
pub(crate) mod outbox;
pub(crate) mod registry;
mod revising;
mod task;

pub(crate) use registry::Registry;
