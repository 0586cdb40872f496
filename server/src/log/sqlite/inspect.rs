//! What is looked at before a file is opened: a damaged one, one of a newer version, and one from which something is
//! missing are refused before a byte is touched.
//!
//! While a server runs, what is newest lies in the write-ahead log beside the database, and a copy of the one file would
//! be a board of some time ago, in good health. So the file's first page says whether it is in use ([`Mark`]): then it is
//! whole only with what lies beside it.

use super::{head::Beside, version::VERSION};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::{
    fs::File,
    io::{self, ErrorKind, Read as _},
    path::{Path, PathBuf},
};
use thiserror::Error;

/// The file in the data folder.
pub(crate) const FILE: &str = "samtavle.db";

/// Larger files are not read through at the start: what is damaged in them is found when its board is opened.
const READ_THROUGH_BYTES: u64 = 16 * 1024 * 1024;

/// Why the data folder cannot be used.
#[derive(Debug, Error)]
pub(crate) enum OpenError {
    #[error("cannot write in the data folder {folder}: {why}")]
    Folder { folder: String, why: String },
    #[error(
        "another server is using the data folder {0}; give this one a folder of its own with --data"
    )]
    InUse(String),
    #[error(
        "the database {0} is damaged ({1}); nothing was changed: restore it from a backup, or open what is left of it with --open-anyway"
    )]
    Damaged(String, String),
    #[error(
        "the database {0} is of version {1}, this program knows up to {VERSION}; nothing was changed: use a newer samtavle"
    )]
    Newer(String, u32),
    #[error(
        "the database {0} was copied while a server ran, and is not whole: {1} is missing; nothing was changed: make the copy with \"samtavle backup FILE\", or open what is there with --open-anyway"
    )]
    Incomplete(String, String),
    #[error("cannot open the database {0}: {1}")]
    Failed(String, String),
}

/// What the first page says of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) version: u32,
    pub(super) mark: Mark,
}

/// Whether the file is whole by itself; it is the `application_id` of `SQLite`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A server uses it, or was killed: what is newest lies beside it.
    InUse,
    /// It was closed, or is a backup: all of it is here.
    Whole,
    /// It is of a version that did not say.
    Unsaid,
}

impl Mark {
    const IN_USE: i32 = i32::from_be_bytes(*b"SamO");
    const WHOLE: i32 = i32::from_be_bytes(*b"SamC");

    /// Writes it, with the next checkpoint into the file itself.
    pub(super) fn write(self, connection: &Connection) -> rusqlite::Result<()> {
        let id = match self {
            Self::InUse => Self::IN_USE,
            Self::Whole => Self::WHOLE,
            Self::Unsaid => 0,
        };
        connection.pragma_update(None, "application_id", id)
    }

    fn read(id: i32) -> Self {
        match id {
            Self::IN_USE => Self::InUse,
            Self::WHOLE => Self::Whole,
            _ => Self::Unsaid,
        }
    }
}

/// Looks at the first bytes of the file, before anything else in the folder is touched. `None`: it is not there, or has
/// nothing in it.
pub(super) fn header(path: &Path) -> Result<Option<Header>, OpenError> {
    let name = path.display().to_string();
    let failed = |error: io::Error| OpenError::Failed(name.clone(), error.to_string());
    let mut bytes = Vec::new();
    let file = match File::open(path) {
        Ok(file) => file,
        // The folder may be missing, or not be one: making it says so in better words.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(failed(error)),
    };
    let size = file.metadata().map_err(failed)?.len();
    file.take(100).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let damaged = |why: &str| OpenError::Damaged(name.clone(), why.to_owned());
    if bytes.len() < 100 || !bytes.starts_with(b"SQLite format 3\0") {
        return Err(damaged("it is no SQLite database"));
    }
    // Where is what: https://sqlite.org/fileformat.html#the_database_header
    let number = |at: usize| u32::from_be_bytes([0, 1, 2, 3].map(|byte| bytes[at + byte]));
    let version = number(60);
    if version > VERSION {
        return Err(OpenError::Newer(name, version));
    }
    let page = match u64::from(number(16) >> 16) {
        1 => 65_536,
        page => page,
    };
    // With a WAL beside it the last pages may be there and not here yet.
    let knows_its_size = number(24) == number(92) && !has_wal(path);
    if knows_its_size && size < page * u64::from(number(28)) {
        return Err(damaged("its end is missing"));
    }
    Ok(Some(Header {
        version,
        mark: Mark::read(number(68).cast_signed()),
    }))
}

/// Is everything there that belongs to this file?
pub(super) fn is_whole(path: &Path, header: Header) -> Result<(), OpenError> {
    let missing = |beside: PathBuf| {
        let beside = beside.file_name().unwrap_or_default().display().to_string();
        OpenError::Incomplete(path.display().to_string(), beside)
    };
    if header.mark != Mark::InUse {
        return Ok(());
    }
    // After a checkpoint nothing may be in it; but it is there for as long as the file is in use.
    if !wal_of(path).exists() {
        return Err(missing(wal_of(path)));
    }
    if Beside::read(&head_of(path)) == Beside::Nothing {
        return Err(missing(head_of(path)));
    }
    Ok(())
}

/// Looks at all pages of a file that is not large, once no other server uses it.
pub(super) fn pages(path: &Path, mark: Mark) -> Result<(), OpenError> {
    match path.metadata() {
        Ok(file) if (1..=READ_THROUGH_BYTES).contains(&file.len()) => check_pages(path, mark)
            .map_err(|why| OpenError::Damaged(path.display().to_string(), why)),
        _ => Ok(()),
    }
}

/// `quick_check` on a read-only connection. One that cannot be opened just now is not damaged for that.
fn check_pages(path: &Path, mark: Mark) -> Result<(), String> {
    let checked = open_to_look(path, mark).and_then(|connection| {
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
    });
    match checked {
        Ok(verdict) if verdict == "ok" => Ok(()),
        Ok(verdict) => Err(verdict.lines().collect::<Vec<_>>().join(" ")),
        Err(error) if is_damage(&error) => Err(error.to_string()),
        Err(_) => Ok(()),
    }
}

/// Whether it is the file that is at fault; if not, the same can be read another time.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(code) => matches!(code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase),
        None => true, // what was read is none of what was ever written
    }
}

/// Opens a file for reading, as it is on disk: one that is whole by itself is read without what lies beside it.
pub(super) fn open_to_look(path: &Path, mark: Mark) -> rusqlite::Result<Connection> {
    match mark {
        Mark::Whole => open_immutable(path),
        // The log of a server that runs may be empty now, and not in a moment.
        Mark::InUse => Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        ),
        Mark::Unsaid => open_read_only(path),
    }
}

/// Opens a file for reading, and leaves no trace if there is no WAL beside it.
pub(super) fn open_read_only(path: &Path) -> rusqlite::Result<Connection> {
    if has_wal(path) {
        return Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        );
    }
    open_immutable(path)
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

/// Was the server stopped hard, so that what is newest is still in the WAL?
pub(super) fn has_wal(path: &Path) -> bool {
    wal_of(path).metadata().is_ok_and(|wal| wal.len() > 0)
}

/// The write-ahead log of a database.
pub(super) fn wal_of(path: &Path) -> PathBuf {
    with_ending(path, "-wal")
}

/// The head beside a database.
pub(super) fn head_of(path: &Path) -> PathBuf {
    with_ending(path, "-head")
}

pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
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
