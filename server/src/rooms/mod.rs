//! The boards that are open. One task a board owns its document and its people; lines talk to it
//! through bounded queues, and no lock is held while anybody waits.
//!
//! ```text
//! line ── Message ─► task ── Input ─► room (decides) ── Effect ─► task ─► log, outboxes
//!   ▲                                                                        │
//!   └──────────────────────────── outbox (bounded) ◄─────────────────────────┘
//! ```
//!
//! * [`registry`]: which boards are open; [`homes`]: from which networks their people come; [`failing`]: which of
//!   them could not be written
//! * [`task`]: does what the room decides; [`opening`]: from the log to a room; [`outbox`]: the queue to one person

mod failing;
mod homes;
mod opening;
pub(crate) mod outbox;
pub(crate) mod registry;
pub(crate) mod task;

pub(crate) use registry::Registry;
