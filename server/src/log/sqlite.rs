//! The embedded log: one `SQLite` file in the data folder, WAL, full sync.
//!
//! ```text
//! rooms ── append ─► jobs ─► writer thread ─ BEGIN … COMMIT (fsync) ─► done()
//! sockets ─ entry ─► a read connection (WAL: readers never wait for the writer)
//! ```

use super::{
    Checkpoint, Done, Entry, Kind, Log, LogError, NewBoard, Pass, Record, Seq,
    schema::{self, OpenError},
    writer::{self, Job, Write},
};
use crate::access::{codes::JoinCode, keys::KeyHash};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, params};
use samtavle_shared::{
    ids::{BoardId, PersonId},
    wire::Role,
};
use std::{
    fs::{self, File, TryLockError},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

/// The file in the data folder.
pub(crate) const FILE: &str = "samtavle.db";
/// Held by the running server, so that a second one on the same folder stops at once.
const LOCK: &str = "samtavle.lock";
/// Memory of the read connection's pages; reading is opening boards, mostly once.
const READ_CACHE_KIB: i32 = 8_192;

/// Boards in one `SQLite` file.
pub(crate) struct SqliteLog {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    reader: Mutex<Option<Connection>>,
    _lock: File,
}

impl SqliteLog {
    /// Opens the database of a folder, or makes both.
    pub(crate) fn open(folder: &Path) -> Result<Self, OpenError> {
        let unwritable = |error: std::io::Error| OpenError::Folder {
            folder: folder.display().to_string(),
            why: error.to_string(),
        };
        let path = folder.join(FILE);
        schema::inspect_header(&path)?;
        fs::create_dir_all(folder).map_err(unwritable)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(LOCK))
            .map_err(unwritable)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => OpenError::InUse(folder.display().to_string()),
            TryLockError::Error(error) => unwritable(error),
        })?;
        schema::inspect_pages(&path)?;

        let failed = |error: rusqlite::Error| {
            OpenError::Failed(path.display().to_string(), error.to_string())
        };
        let writing = open_for_writing(&path).map_err(failed)?;
        let reader = open_for_reading(&path).map_err(failed)?;
        let (jobs, queue) = mpsc::channel();
        let writer = thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || writer::write_all(writing, &queue))
            .map_err(unwritable)?;
        Ok(Self {
            jobs: Mutex::new(Some(jobs)),
            writer: Mutex::new(Some(writer)),
            reader: Mutex::new(Some(reader)),
            _lock: lock,
        })
    }

    fn queue(&self, write: Write, done: Done) {
        let refused = match &*locked(&self.jobs) {
            Some(jobs) => jobs
                .send(Job { write, done })
                .err()
                .map(|unsent| unsent.0.done),
            None => Some(done),
        };
        if let Some(done) = refused {
            done(Err(LogError::Closed));
        }
    }

    pub(super) fn write_and_wait(&self, write: Write) -> Result<(), LogError> {
        let (told, outcome) = mpsc::sync_channel(1);
        self.queue(
            write,
            // The other end waits below; if it is gone nobody needs to know.
            Box::new(move |written| drop(told.send(written))),
        );
        outcome.recv().unwrap_or(Err(LogError::Closed))
    }

    pub(super) fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LogError> {
        let reader = locked(&self.reader);
        query(reader.as_ref().ok_or(LogError::Closed)?)
            .map_err(|error| LogError::Failed(error.to_string()))
    }
}

fn open_for_writing(path: &Path) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
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
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "cache_size", -READ_CACHE_KIB)?;
    Ok(connection)
}

/// Found by the index of the session's records, among however many updates.
const SESSION_RECORDS: &str = "SELECT seq, kind, at, bytes, person FROM records
    WHERE board = ?1 AND kind = 2 AND quarantined IS NULL ORDER BY seq";

fn record_of(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        seq: row.get::<_, i64>(0)?.cast_unsigned(),
        kind: Kind::from_number(row.get(1)?),
        at: row.get(2)?,
        bytes: row.get::<_, Vec<u8>>(3)?.into(),
        person: row
            .get::<_, Option<String>>(4)?
            .map(|person| PersonId::from(person.as_str())),
    })
}

fn checkpoint_of(row: &Row<'_>) -> rusqlite::Result<Checkpoint> {
    Ok(Checkpoint {
        seq: row.get::<_, i64>(0)?.cast_unsigned(),
        state: row.get::<_, Vec<u8>>(1)?.into(),
        name: row.get(2)?,
    })
}

impl Log for SqliteLog {
    fn make_board(&self, board: NewBoard) -> Result<(), LogError> {
        self.write_and_wait(Write::Board(Box::new(board)))
    }

    fn add_key(&self, board: &BoardId, key: KeyHash, role: Role) -> Result<(), LogError> {
        self.write_and_wait(Write::Key {
            board: board.clone(),
            key,
            role,
        })
    }

    fn entry(&self, board: &BoardId, key: KeyHash) -> Result<Entry, LogError> {
        self.read(|connection| {
            let code: Option<String> = connection
                .prepare_cached("SELECT code FROM boards WHERE id = ?1")?
                .query_row([board.as_str()], |row| row.get(0))
                .optional()?;
            let Some(code) = code else {
                return Ok(Entry::NoBoard);
            };
            let role: Option<String> = connection
                .prepare_cached("SELECT role FROM keys WHERE hash = ?1 AND board = ?2")?
                .query_row(params![&key.0[..], board.as_str()], |row| row.get(0))
                .optional()?;
            Ok(role
                .as_deref()
                .and_then(Role::read)
                .map_or(Entry::WrongKey, |role| {
                    Entry::Opens(Pass {
                        role,
                        code: JoinCode::kept(code),
                    })
                }))
        })
    }

    fn board_of(&self, code: &JoinCode) -> Result<Option<BoardId>, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id FROM boards WHERE code = ?1")?
                .query_row([code.as_str()], |row| row.get::<_, String>(0))
                .optional()
        })
        .map(|id| id.map(|id| BoardId::from(id.as_str())))
    }

    fn append(&self, board: &BoardId, record: Record, done: Done) {
        self.queue(
            Write::Record {
                board: board.clone(),
                record,
            },
            done,
        );
    }

    fn read_after(&self, board: &BoardId, seq: Seq) -> Result<Vec<Record>, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT seq, kind, at, bytes, person FROM records
                     WHERE board = ?1 AND seq > ?2 AND quarantined IS NULL ORDER BY seq",
                )?
                .query_map(params![board.as_str(), seq.cast_signed()], record_of)?
                .collect()
        })
    }

    fn read_session(&self, board: &BoardId) -> Result<Vec<Record>, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached(SESSION_RECORDS)?
                .query_map([board.as_str()], record_of)?
                .collect()
        })
    }

    fn last_seq(&self, board: &BoardId) -> Result<Seq, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT coalesce(max(seq), 0) FROM records WHERE board = ?1")?
                .query_row([board.as_str()], |row| row.get::<_, i64>(0))
        })
        .map(i64::cast_unsigned)
    }

    fn write_checkpoint(&self, board: &BoardId, checkpoint: Checkpoint, done: Done) {
        self.queue(
            Write::Checkpoint {
                board: board.clone(),
                checkpoint,
            },
            done,
        );
    }

    fn named_checkpoints(&self, board: &BoardId) -> Result<Vec<(Seq, String)>, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT seq, name FROM checkpoints
                     WHERE board = ?1 AND name IS NOT NULL ORDER BY seq",
                )?
                .query_map([board.as_str()], |row| {
                    Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
                })?
                .collect()
        })
    }

    fn checkpoint_at(&self, board: &BoardId, seq: Seq) -> Result<Option<Checkpoint>, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT seq, state, name FROM checkpoints WHERE board = ?1 AND seq = ?2",
                )?
                .query_row(params![board.as_str(), seq.cast_signed()], checkpoint_of)
                .optional()
        })
    }

    fn checkpoint(&self, board: &BoardId) -> Result<Option<Checkpoint>, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT seq, state, name FROM checkpoints
                     WHERE board = ?1 ORDER BY seq DESC LIMIT 1",
                )?
                .query_row([board.as_str()], checkpoint_of)
                .optional()
        })
    }

    fn quarantine(&self, board: &BoardId, seq: Seq, why: &str) -> Result<(), LogError> {
        self.write_and_wait(Write::Quarantine {
            board: board.clone(),
            seq,
            why: why.to_owned(),
        })
    }

    fn probe(&self) -> Result<(), LogError> {
        self.write_and_wait(Write::Probe)?;
        self.read(|connection| connection.query_row("SELECT at FROM probe", [], |_| Ok(())))
    }

    fn close(&self) {
        // First, so that the writer's connection is the last and leaves one file without a WAL.
        drop(locked(&self.reader).take());
        drop(locked(&self.jobs).take());
        if let Some(writer) = locked(&self.writer).take()
            && writer.join().is_err()
        {
            tracing::error!(target: "samtavle::log", "the writer thread had panicked");
        }
    }
}

/// The value, also if a thread panicked while it held the lock: each is whole between statements.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "sqlite_tests.rs"]
mod tests;
