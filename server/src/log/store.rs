//! The open database file, for the thread that writes; and the door to it: who holds the folder, and how the
//! file is opened, for reading alone where the disk takes nothing.

use super::{
    LogError,
    schema::{self, OpenError},
    sqlite::locked,
    tables, trouble,
    writer::Write,
};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use samtavle_shared::wire::SaveTrouble;
use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

/// The file in the data folder.
pub(crate) const FILE: &str = "samtavle.db";
/// Held by the running server, so that a second one on the same folder stops at once.
const LOCK: &str = "samtavle.lock";
/// Memory of the read connection's pages; reading is opening boards, mostly once.
const READ_CACHE_KIB: i32 = 8_192;
/// How long another program may hold the database before it counts as stuck.
const BUSY: Duration = Duration::from_secs(5);

/// The connection that all read by; `None`: the log is closed.
pub(super) type Reader = Arc<Mutex<Option<Connection>>>;

/// The folder, and its lock.
pub(super) struct Door {
    folder: PathBuf,
    path: PathBuf,
    /// `None`: the disk is read-only, and nobody ever made the file to lock.
    lock: Option<File>,
    reader: Reader,
}

/// The database, open for writing.
pub(super) struct Store {
    folder: PathBuf,
    connection: Connection,
}

/// Why the folder cannot be written in.
pub(super) enum NoStore {
    /// The disk takes nothing: it can be tried again.
    Stuck(SaveTrouble, OpenError),
    /// Not with this file.
    Never(OpenError),
}

/// Why a group of writes is not on disk.
pub(super) enum Unwritten {
    /// The disk takes nothing: the same may be written later.
    Stuck(SaveTrouble, String),
    /// The database will not have it.
    Failed(String),
}

impl Door {
    /// Takes the folder, or makes it.
    pub(super) fn open(folder: &Path, reader: Reader) -> Result<Self, OpenError> {
        let path = folder.join(FILE);
        schema::inspect_header(&path)?;
        let unwritable = |error: io::Error| OpenError::Folder {
            folder: folder.display().to_string(),
            why: error.to_string(),
        };
        fs::create_dir_all(folder).map_err(unwritable)?;
        let mut door = Self {
            folder: folder.to_owned(),
            path,
            lock: None,
            reader,
        };
        match door.take_lock() {
            Err(NoStore::Stuck(_, why)) if !door.has_boards() => return Err(why),
            Err(NoStore::Never(why)) => return Err(why),
            Ok(()) | Err(NoStore::Stuck(..)) => {}
        }
        schema::inspect_pages(&door.path)?;
        Ok(door)
    }

    fn take_lock(&mut self) -> Result<(), NoStore> {
        if self.lock.is_some() {
            return Ok(());
        }
        let path = self.folder.join(LOCK);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            // What cannot be written can still be locked.
            .or_else(|error| File::open(&path).map_err(|_| error))
            .map_err(|error| {
                let why = OpenError::Folder {
                    folder: self.folder.display().to_string(),
                    why: error.to_string(),
                };
                NoStore::Stuck(trouble::of_system(&error), why)
            })?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                NoStore::Never(OpenError::InUse(self.folder.display().to_string()))
            }
            TryLockError::Error(error) => NoStore::Never(OpenError::Folder {
                folder: self.folder.display().to_string(),
                why: error.to_string(),
            }),
        })?;
        self.lock = Some(lock);
        Ok(())
    }

    /// Is there anything to read?
    pub(super) fn has_boards(&self) -> bool {
        self.path.metadata().is_ok_and(|file| file.len() > 0)
    }

    /// Opens the database for writing, and for reading beside it.
    pub(super) fn open_store(&mut self) -> Result<Store, NoStore> {
        self.take_lock()?;
        let mut reader = locked(&self.reader);
        // One that reads where nothing can be written has an index of its own: while it is open, nobody gets
        // another. Who reads meanwhile waits.
        drop(reader.take());
        let opened = open_for_writing(&self.path)
            .and_then(|writing| Ok((writing, open_for_reading(&self.path)?)));
        match opened {
            Ok((connection, reading)) => {
                *reader = Some(reading);
                Ok(Store {
                    folder: self.folder.clone(),
                    connection,
                })
            }
            Err(error) => {
                *reader = open_without_writing(&self.path).ok();
                let trouble = trouble::of_database(&error, &self.folder);
                let why = OpenError::Failed(self.path.display().to_string(), error.to_string());
                Err(match trouble {
                    Some(trouble) if reader.is_some() => NoStore::Stuck(trouble, why),
                    _ => NoStore::Never(why),
                })
            }
        }
    }

    /// Is there room for a few commits?
    pub(super) fn has_room(&self) -> Result<(), SaveTrouble> {
        trouble::has_room(&self.folder)
    }
}

impl NoStore {
    pub(super) fn trouble(&self) -> SaveTrouble {
        match self {
            Self::Stuck(trouble, _) => *trouble,
            Self::Never(_) => SaveTrouble::Failed,
        }
    }
}

impl Store {
    /// Writes all of these in one transaction. A refused write (taken, fenced) leaves the others alone.
    pub(super) fn write<'a>(
        &mut self,
        writes: impl Iterator<Item = &'a Write>,
    ) -> Result<Vec<Result<(), LogError>>, Unwritten> {
        self.write_group(writes)
            .map_err(|error| match trouble::of_database(&error, &self.folder) {
                Some(trouble) => Unwritten::Stuck(trouble, error.to_string()),
                None => Unwritten::Failed(error.to_string()),
            })
    }

    fn write_group<'a>(
        &mut self,
        writes: impl Iterator<Item = &'a Write>,
    ) -> rusqlite::Result<Vec<Result<(), LogError>>> {
        let mut transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut outcomes = Vec::new();
        for write in writes {
            // A board is several rows: all or none.
            let savepoint = transaction.savepoint()?;
            match tables::write_one(&savepoint, write) {
                Ok(()) => {
                    savepoint.commit()?;
                    outcomes.push(Ok(()));
                }
                Err(error) => {
                    drop(savepoint); // rolls back
                    outcomes.push(Err(refusal(&error).ok_or(error)?));
                }
            }
        }
        transaction.commit()?;
        Ok(outcomes)
    }

    /// The last to close leaves one file without a WAL.
    pub(super) fn close(self) {
        if let Err(error) = self.connection.close() {
            tracing::warn!(target: "samtavle::log", error = %error.1, "the database did not close cleanly; the next start mends it");
        }
    }
}

/// The errors that are the caller's own matter; all others are the database's.
fn refusal(error: &rusqlite::Error) -> Option<LogError> {
    match error {
        rusqlite::Error::StatementChangedRows(_) => Some(LogError::Fenced),
        error if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Some(LogError::Taken)
        }
        _ => None,
    }
}

fn open_for_writing(path: &Path) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // FULL: COMMIT returns after the fsync of the WAL. This is what "saved" means.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(32);
    schema::migrate(&mut connection)?;
    Ok(connection)
}

fn open_for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "cache_size", -READ_CACHE_KIB)?;
    Ok(connection)
}

/// Where nothing can be written, a WAL's index is kept in memory if it can be; and without a WAL the file is
/// declared immutable.
fn open_without_writing(path: &Path) -> rusqlite::Result<Connection> {
    let reads = |connection: Connection| -> rusqlite::Result<Connection> {
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    let error = match open_for_reading(path).and_then(reads) {
        Ok(connection) => return Ok(connection),
        Err(error) => error,
    };
    if schema::has_wal(path) {
        // Alone with the file it needs no index beside it.
        let alone = Connection::open(path)?;
        alone.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        alone.pragma_update(None, "query_only", true)?;
        return reads(alone).map_err(|_| error);
    }
    schema::open_immutable(path).and_then(reads)
}
