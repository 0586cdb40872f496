//! What is said when something was not written or read.

use samtavle_shared::wire::SaveTrouble;
use thiserror::Error;

/// Why the log did not do it.
#[derive(Clone, Debug, Error)]
pub(crate) enum LogError {
    /// The join code or the id belongs to another board: choose another and try again.
    #[error("the id or the code belongs to another board")]
    Taken,
    /// Somebody else wrote a record with this number: read the log again.
    #[error("another writer has this record's number")]
    Fenced,
    /// The disk takes nothing just now: nothing is on disk; tell people, try later.
    #[error("{0}")]
    Stuck(SaveTrouble),
    /// The database failed: nothing is on disk; tell people, try later.
    #[error("the database failed: {0}")]
    Failed(String),
    /// The server is stopping.
    #[error("the log is closed")]
    Closed,
}

/// Told, once, on the log's own thread, when a record is on disk or will not be. Must not block.
pub(crate) type Done = Box<dyn FnOnce(Result<(), LogError>) + Send>;
