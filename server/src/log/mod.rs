//! The log is the truth: a board is an ordered list of records, and a room is a fold over it.
//! Restart, time travel and (later) a second node are the same thing: read the log.
//!
//! What a log promises, whatever keeps it:
//! * [`directory`]: which boards there are, and who may come in; [`records`]: what happened; [`checkpoints`]: a board's state
//!   written whole; [`photos`]: photos, which are no records
//! * [`errors`], [`health`]: what was not written, and what is not as it was
//!
//! [`sqlite`] is the embedded one.

pub(crate) mod checkpoints;
mod directory;
mod errors;
mod health;
pub(crate) mod photos;
mod records;
pub(crate) mod sqlite;

#[cfg(test)]
mod conformance;
#[cfg(test)]
pub(crate) mod in_memory;

pub(crate) use checkpoints::{Checkpoint, Checkpoints};
pub(crate) use directory::{Directory, Entry, NewBoard, NewKey, Pass, Recall, Recalled, Shown};
pub(crate) use errors::{Done, LogError};
pub(crate) use health::Health;
pub(crate) use records::{Kind, Record, RecordLog, Revision, Seq};

use samtavle_shared::wire::SaveTrouble;
use tokio::sync::watch;

/// Where boards are kept.
pub(crate) trait Log: Directory + RecordLog + Checkpoints {
    /// Can it write and read right now?
    fn probe(&self) -> Result<(), LogError>;

    /// What is known to be wrong with what is kept.
    fn health(&self) -> Health;

    /// Why nothing can be written, while that is so.
    fn trouble(&self) -> watch::Receiver<Option<SaveTrouble>>;

    /// Writes what is queued and closes; what comes later is answered with `Closed`.
    fn close(&self);
}
