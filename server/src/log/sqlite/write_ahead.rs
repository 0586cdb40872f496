//! What lies in the write-ahead log, brought into the file.

use rusqlite::Connection;
use std::time::Duration;

/// How long another program may hold the database before it counts as stuck.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// Brings what is in the write-ahead log into the file, and empties it.
pub(super) fn checkpoint(connection: &Connection) -> rusqlite::Result<()> {
    let is_blocked: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if is_blocked {
        let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        return Err(rusqlite::Error::SqliteFailure(busy, None));
    }
    Ok(())
}

/// The same, without waiting for who reads.
pub(super) fn checkpoint_at_once(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::ZERO)?;
    let done = checkpoint(connection);
    connection.busy_timeout(BUSY)?;
    done
}
