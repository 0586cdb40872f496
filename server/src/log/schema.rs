//! The tables, their version (`PRAGMA user_version`), and what is checked before a file is opened:
//! a damaged file or one of a newer version is refused before a byte of it is touched.

use rusqlite::{Connection, OpenFlags};
use std::{
    fs::File,
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
};
use thiserror::Error;

/// The version that this program writes. One step in [`migrate`] for each.
pub(super) const VERSION: u32 = 3;

/// Why the data folder cannot be used.
#[derive(Debug, Error)]
pub(crate) enum OpenError {
    #[error("cannot write in the data folder {folder}: {why}")]
    Folder { folder: String, why: String },
    #[error(
        "another server is using the data folder {0}; give this one a folder of its own with --data"
    )]
    InUse(String),
    #[error("the database {0} is damaged ({1}); nothing was changed: restore it from a backup")]
    Damaged(String, String),
    #[error(
        "the database {0} is of version {1}, this program knows up to {VERSION}; nothing was changed: use a newer samtavle"
    )]
    Newer(String, u32),
    #[error("cannot open the database {0}: {1}")]
    Failed(String, String),
}

/// Looks at the first bytes of the file, before anything else in the folder is touched. A file that
/// is not there, or has nothing in it, is fine.
pub(super) fn inspect_header(path: &Path) -> Result<(), OpenError> {
    let name = path.display().to_string();
    let failed = |error: std::io::Error| OpenError::Failed(name.clone(), error.to_string());
    let mut header = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(100).read_to_end(&mut header).map_err(failed)?,
        // The folder may be missing, or not be one: making it says so in better words.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(());
        }
        Err(error) => return Err(failed(error)),
    };
    if header.is_empty() {
        return Ok(());
    }
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        return Err(OpenError::Damaged(
            name,
            "it is no SQLite database".to_owned(),
        ));
    }
    // user_version lies at byte 60 (https://sqlite.org/fileformat.html#the_database_header).
    let version = u32::from_be_bytes([header[60], header[61], header[62], header[63]]);
    if version > VERSION {
        return Err(OpenError::Newer(name, version));
    }
    Ok(())
}

/// Looks at all pages, once no other server uses them.
pub(super) fn inspect_pages(path: &Path) -> Result<(), OpenError> {
    match path.metadata() {
        Ok(file) if file.len() > 0 => {
            check_pages(path).map_err(|why| OpenError::Damaged(path.display().to_string(), why))
        }
        _ => Ok(()),
    }
}

/// `quick_check` on a read-only connection.
fn check_pages(path: &Path) -> Result<(), String> {
    let connection = if has_wal(path) {
        Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
    } else {
        open_immutable(path)
    };
    let connection = connection.map_err(|error| error.to_string())?;
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| error.to_string())?;
    if verdict != "ok" {
        return Err(verdict.lines().collect::<Vec<_>>().join(" "));
    }
    Ok(())
}

/// Was the server stopped hard, so that what is newest is still in the WAL?
pub(super) fn has_wal(path: &Path) -> bool {
    with_ending(path, "-wal")
        .metadata()
        .is_ok_and(|wal| wal.len() > 0)
}

/// Opens a file that has no WAL beside it for reading, so that not even a `-shm` file appears.
pub(super) fn open_immutable(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(
        format!("file:{}?immutable=1", percent_encoded(path)),
        OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI,
    )
}

/// Brings an open database to [`VERSION`], each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for (step, tables) in (1..).zip([FIRST, SECOND, THIRD]) {
        if version < step {
            let transaction = connection.transaction()?;
            transaction.execute_batch(tables)?;
            transaction.pragma_update(None, "user_version", step)?;
            transaction.commit()?;
        }
    }
    // The version must be readable in the file itself, not only through the WAL: `inspect` relies on it.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

/// Boards, their keys, records and checkpoints.
pub(super) const FIRST: &str = "
CREATE TABLE boards (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
    hash BLOB PRIMARY KEY,
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    role TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_of_a_board ON keys (board);

-- kind: see log::Kind. quarantined: why the record is never read into a board again.
CREATE TABLE records (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    at INTEGER NOT NULL,
    quarantined TEXT,
    bytes BLOB NOT NULL,
    UNIQUE (board, seq)
) STRICT;

CREATE TABLE checkpoints (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (board, seq)
) STRICT;

CREATE TABLE probe (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
";

/// Who did it, what happened in the session, and checkpoints that are kept.
const SECOND: &str = "
-- person: whose doing it was, see log::Record.
ALTER TABLE records ADD COLUMN person TEXT;
-- 2 is log::Kind::Session.
CREATE INDEX session_records ON records (board, seq) WHERE kind = 2;
-- name: it is kept under this name for as long as there is the board.
ALTER TABLE checkpoints ADD COLUMN name TEXT;
";

/// Photos of paper.
const THIRD: &str = "
-- device: whose, as the person of a record. length: as its sender has it. kind: its media type, once it
-- is whole; then bytes is what is shown. at: when it was last heard of.
CREATE TABLE photos (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    id TEXT NOT NULL,
    device TEXT,
    length INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT,
    bytes BLOB,
    PRIMARY KEY (board, id)
) STRICT;

-- What has come of those that are not whole; at: the first byte of the piece.
CREATE TABLE photo_pieces (
    board TEXT NOT NULL,
    photo TEXT NOT NULL,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (board, photo, at),
    FOREIGN KEY (board, photo) REFERENCES photos (board, id) ON DELETE CASCADE
) STRICT;
";

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A path inside a `file:` address.
fn percent_encoded(path: &Path) -> String {
    path.display()
        .to_string()
        .chars()
        .fold(String::new(), |mut address, letter| {
            match letter {
                '%' => address.push_str("%25"),
                '?' => address.push_str("%3f"),
                '#' => address.push_str("%23"),
                _ => address.push(letter),
            }
            address
        })
}
