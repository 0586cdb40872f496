//! Which version a database is of (`PRAGMA user_version`).

use rusqlite::Connection;

/// The version that this program writes.
pub(super) const VERSION: u32 = 6;

/// The version of an open database.
pub(super) fn version_of(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}
