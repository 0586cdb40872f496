//! The embedded log: one `SQLite` file in the data folder, WAL, full sync.
//!
//! ```text
//! rooms ── append ─► jobs ─► writer thread ─ BEGIN … COMMIT (fsync) ─► done()
//! sockets ─ entry ─► a read connection (WAL: readers never wait for the writer)
//! ```
//!
//! * [`writer`]: the one thread that writes, with the [`store`], group commit; [`tables`]: what is written where;
//!   [`trouble`]: a disk that takes nothing
//! * [`photos`]: photos, which are no records
//! * [`door`]: how the folder is taken and the file opened; [`inspect`]: what is looked at before; [`beside`]: what lies beside
//!   it; [`schema`]: the tables, and their versions
//! * [`seal`], [`head`]: checksums of all that is written, and of how much that was; [`reading`], [`lookup`]: reading with a look at
//!   them; [`damage`]: what was found
//! * [`revise`]: records that are left out, or say less from now on
//! * [`backup`], [`verify`]: what an operator does with all of it
//! * [`doors`]: who may come in, by which key, and until when by the code

pub(crate) mod backup;
mod beside;
mod damage;
mod door;
mod doors;
mod head;
mod inspect;
mod keys;
mod left_out;
mod lookup;
mod photos;
mod reading;
mod revise;
mod schema;
mod seal;
mod store;
mod tables;
mod trouble;
pub(crate) mod verify;
mod version;
mod write_ahead;
mod writer;
mod writes;

pub(crate) use door::Faulty;
pub(crate) use inspect::OpenError;

use crate::access::codes::{JoinCode, Life};
use crate::log::{
    Checkpoint, Checkpoints, Directory, Done, Entry, Health, Log, LogError, NewBoard, NewKey,
    Recall, Record, RecordLog, Revision, Seq, Shown,
};
use damage::{Damage, Findings};
use door::{Door, NoStore, Reader};
use reading::Told;
use rusqlite::Connection;
use samtavle_shared::{ids::BoardId, wire::SaveTrouble};
use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread::{self, JoinHandle},
};
use tokio::sync::watch;
use writer::{Job, Writer};
use writes::Write;

/// Boards in one `SQLite` file.
pub(crate) struct SqliteLog {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    reader: Reader,
    findings: Arc<Findings>,
    trouble: watch::Receiver<Option<SaveTrouble>>,
}

impl SqliteLog {
    /// Opens the database of a folder, or makes both. Where the disk takes nothing what is there can be read,
    /// and it is written as soon as it can be.
    #[cfg(test)]
    pub(crate) fn open(folder: &Path) -> Result<Self, OpenError> {
        Self::open_even(folder, Faulty::Refuse)
    }

    /// The same, of which something may be damaged or missing.
    pub(crate) fn open_even(folder: &Path, faulty: Faulty) -> Result<Self, OpenError> {
        let (reader, findings) = (Reader::default(), Arc::<Findings>::default());
        let mut door = Door::open(folder, faulty, Arc::clone(&reader), Arc::clone(&findings))?;
        let store = match door.open_store() {
            Ok(store) => Ok(store),
            Err(NoStore::Stuck(trouble, why)) if door.has_boards() => {
                tracing::error!(target: "samtavle::log", %why, "what there is can be read, and nothing can be written: {trouble}");
                Err(trouble)
            }
            Err(NoStore::Stuck(_, why) | NoStore::Never(why)) => return Err(why),
        };
        let (tell_trouble, trouble) = watch::channel(None);
        let (jobs, queue) = mpsc::channel();
        let writer = thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || Writer::new(door, store, tell_trouble).run(&queue))
            .map_err(|error| OpenError::Failed(folder.display().to_string(), error.to_string()))?;
        Ok(Self {
            jobs: Mutex::new(Some(jobs)),
            writer: Mutex::new(Some(writer)),
            reader,
            findings,
            trouble,
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

    fn write_and_wait(&self, write: Write) -> Result<(), LogError> {
        let (told, outcome) = mpsc::sync_channel(1);
        self.queue(
            write,
            // The other end waits below; if it is gone nobody needs to know.
            Box::new(move |written| drop(told.send(written))),
        );
        outcome.recv().unwrap_or(Err(LogError::Closed))
    }

    fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LogError> {
        let reader = locked(&self.reader);
        query(reader.as_ref().ok_or(LogError::Closed)?)
            .map_err(|error| LogError::Failed(error.to_string()))
    }

    /// Reads, and sets aside what is not as it was written.
    fn read_soundly<T>(&self, query: impl FnOnce(&Connection) -> Told<T>) -> Result<T, LogError> {
        let (sound, damages) = self.read(query)?;
        for damage in self.findings.note(damages) {
            // Where that cannot be written down it is found again the next time.
            self.queue(Write::SetAside(damage), Box::new(drop));
        }
        Ok(sound)
    }
}

impl Directory for SqliteLog {
    fn make_board(&self, board: NewBoard) -> Result<(), LogError> {
        self.write_and_wait(Write::Board(Box::new(board)))
    }

    fn add_key(&self, board: &BoardId, key: NewKey) -> Result<(), LogError> {
        self.write_and_wait(Write::Key {
            board: board.clone(),
            key,
        })
    }

    fn recall(&self, board: &BoardId, recall: Recall, done: Done) {
        let board = board.clone();
        self.queue(Write::Recall { board, recall }, done);
    }

    fn sits(&self, board: &BoardId, life: Life) {
        let board = board.clone();
        // Where it cannot be written the code is over somewhat earlier.
        self.queue(Write::Sitting { board, life }, Box::new(drop));
    }

    fn entry(&self, board: &BoardId, shown: &Shown) -> Result<Entry, LogError> {
        self.read_soundly(|connection| doors::entry(connection, board, shown))
    }

    fn board_of(&self, code: &JoinCode, life: Life) -> Result<Option<BoardId>, LogError> {
        self.read(|connection| doors::board_of(connection, code, life))
    }
}

impl RecordLog for SqliteLog {
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
        self.read_soundly(|connection| reading::records_after(connection, board, seq))
    }

    fn read_session(&self, board: &BoardId) -> Result<Vec<Record>, LogError> {
        self.read_soundly(|connection| reading::session_records(connection, board))
    }

    fn last_seq(&self, board: &BoardId) -> Result<Seq, LogError> {
        self.read(|connection| reading::last_seq(connection, board))
    }

    fn revise(&self, board: &BoardId, revision: Revision, done: Done) {
        let (board, revision) = (board.clone(), Box::new(revision));
        self.queue(Write::Revise { board, revision }, done);
    }

    fn quarantine(&self, board: &BoardId, seq: Seq, why: &str) -> Result<(), LogError> {
        let damage = Damage::of_record(board, seq, why);
        for damage in self.findings.note(vec![damage]) {
            self.write_and_wait(Write::SetAside(damage))?;
        }
        Ok(())
    }
}

impl Checkpoints for SqliteLog {
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
        self.read_soundly(|connection| lookup::checkpoint_at(connection, board, seq))
    }

    fn checkpoint(&self, board: &BoardId) -> Result<Option<Checkpoint>, LogError> {
        self.read_soundly(|connection| lookup::newest_checkpoint(connection, board))
    }
}

impl Log for SqliteLog {
    fn probe(&self) -> Result<(), LogError> {
        self.write_and_wait(Write::Probe)?;
        self.read(|connection| connection.query_row("SELECT at FROM probe", [], |_| Ok(())))
    }

    fn health(&self) -> Health {
        self.findings.health()
    }

    fn trouble(&self) -> watch::Receiver<Option<SaveTrouble>> {
        self.trouble.clone()
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

/// Nobody is left who could ask for anything; and the folder is free when this returns.
impl Drop for SqliteLog {
    fn drop(&mut self) {
        self.close();
    }
}

/// The value, also if a thread panicked while it held the lock: each is whole between statements.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
