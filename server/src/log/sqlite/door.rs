//! The door to the data folder: who holds it, what is looked at before the database is opened, how it is opened (for
//! reading alone where the disk takes nothing), and how it is put back when somebody took its files away.

use super::{
    backup,
    beside::{self, Displaced, Wal, Witness},
    damage::Findings,
    head::{Head, HeadFile},
    inspect::{self, FILE, Header, Mark, OpenError, head_of},
    locked, schema,
    store::Store,
    trouble, write_ahead,
};
use rusqlite::{Connection, OpenFlags};
use samtavle_shared::wire::SaveTrouble;
use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// Held by the running server, so that a second one on the same folder stops at once.
const LOCK: &str = "samtavle.lock";
/// Memory of the read connection's pages; reading is opening boards, mostly once.
const READ_CACHE_KIB: i32 = 8_192;

/// The connection that all read by; `None`: the log is closed.
pub(super) type Reader = Arc<Mutex<Option<Connection>>>;

/// What is done about a database that is damaged, or from which something is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Faulty {
    /// The server does not start, and changes nothing.
    #[default]
    Refuse,
    /// What can be read is served.
    OpenAnyway,
}

/// The folder, and its lock.
pub(super) struct Door {
    folder: PathBuf,
    path: PathBuf,
    /// `None`: the disk is read-only, and nobody ever made the file to lock.
    lock: Option<File>,
    reader: Reader,
    findings: Arc<Findings>,
    mark: Mark,
    /// What was found of the write-ahead log; `None`: nobody has looked yet.
    wal: Option<Wal>,
}

/// Why the folder cannot be written in.
pub(super) enum NoStore {
    /// The disk takes nothing: it can be tried again.
    Stuck(SaveTrouble, OpenError),
    /// Not with this file.
    Never(OpenError),
}

impl Door {
    /// Takes the folder, or makes it.
    pub(super) fn open(
        folder: &Path,
        faulty: Faulty,
        reader: Reader,
        findings: Arc<Findings>,
    ) -> Result<Self, OpenError> {
        let path = folder.join(FILE);
        let header = match inspect::header(&path) {
            Err(OpenError::Damaged(_, why)) if faulty == Faulty::OpenAnyway => {
                tracing::error!(target: "samtavle::log", %why, "the database is damaged, and opened as it was asked for");
                None
            }
            header => header?,
        };
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
            findings,
            mark: header.map_or(Mark::Unsaid, |header| header.mark),
            wal: None,
        };
        match door.take_lock() {
            Err(NoStore::Stuck(_, why)) if !door.has_boards() => return Err(why),
            Err(NoStore::Never(why)) => return Err(why),
            Ok(()) | Err(NoStore::Stuck(..)) => {}
        }
        match (door.inspect(header), faulty) {
            (Err(why), Faulty::Refuse) => return Err(why),
            (Err(why), Faulty::OpenAnyway) => {
                tracing::error!(target: "samtavle::log", %why, "it is opened as it was asked for");
            }
            (Ok(()), _) => {}
        }
        door.findings.lie_aside(beside::lying_aside(&door.path));
        Ok(door)
    }

    fn inspect(&self, header: Option<Header>) -> Result<(), OpenError> {
        if let Some(header) = header {
            inspect::is_whole(&self.path, header)?;
        }
        inspect::pages(&self.path, self.mark)
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
            .map_err(|error| self.stuck(&error))?;
        lock.try_lock().map_err(|error| {
            NoStore::Never(match error {
                TryLockError::WouldBlock => OpenError::InUse(self.folder.display().to_string()),
                TryLockError::Error(error) => self.unwritable(&error),
            })
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
        let reader = Arc::clone(&self.reader);
        let mut reader = locked(&reader);
        // One that reads where nothing can be written has an index of its own: while it is open, nobody gets
        // another. Who reads meanwhile waits.
        drop(reader.take());
        self.open_with(&mut reader)
    }

    fn open_with(&mut self, reader: &mut Option<Connection>) -> Result<Store, NoStore> {
        match self.open_both() {
            Ok((store, reading)) => {
                *reader = Some(reading);
                Ok(store)
            }
            Err(why) => {
                *reader = open_without_writing(&self.path).ok();
                match why {
                    NoStore::Stuck(_, why) if reader.is_none() => Err(NoStore::Never(why)),
                    why => Err(why),
                }
            }
        }
    }

    fn open_both(&mut self) -> Result<(Store, Connection), NoStore> {
        self.examine_wal()?;
        let failed = |error: rusqlite::Error| self.failed(&error);
        let connection = open_for_writing(&self.path).map_err(failed)?;
        let head = Head::of(&connection)
            .and_then(|head| head.ok_or(rusqlite::Error::QueryReturnedNoRows))
            .map_err(failed)?;
        // Before the file says that it is in use: then this belongs to it.
        let head_file =
            HeadFile::begin(&head_of(&self.path), head).map_err(|error| self.stuck(&error))?;
        Mark::InUse
            .write(&connection)
            .and_then(|()| write_ahead::checkpoint(&connection))
            .map_err(failed)?;
        self.findings.remember(&connection).map_err(failed)?;
        let reading = open_for_reading(&self.path).map_err(failed)?;
        let witness = Witness::of(&self.path).map_err(|error| self.stuck(&error))?;
        let store = Store::new(self.folder.clone(), connection, head, head_file, witness);
        Ok((store, reading))
    }

    /// Looks at the write-ahead log, once, and puts away what opening it would put an end to.
    fn examine_wal(&mut self) -> Result<(), NoStore> {
        let wal = *self
            .wal
            .get_or_insert_with(|| beside::examine(&self.path, self.mark, &self.findings));
        beside::set_aside(&self.path, wal).map_err(|error| self.stuck(&error))?;
        self.wal = Some(Wal::Sound);
        self.findings.lie_aside(beside::lying_aside(&self.path));
        Ok(())
    }

    /// Somebody took files away, or laid others in their place. What is open still has everything: it is written where
    /// it belongs before anything more is called saved. `Err` gives back what is open.
    pub(super) fn put_back(
        &mut self,
        store: Store,
    ) -> Result<Store, (Option<Box<Store>>, SaveTrouble)> {
        let (displaced, head) = match store.displaced() {
            Ok(()) => return Ok(store), // by whoever took them
            Err(displaced) => (displaced, store.head()),
        };
        let brought_home = match displaced {
            Displaced::WalGone => store.checkpoint(),
            Displaced::WalReplaced => store.checkpoint().and_then(|()| {
                beside::set_aside(&self.path, Wal::Foreign)
                    .map_err(|error| trouble::of_system(&error))
            }),
            Displaced::DatabaseGone => backup::write_anew(store.connection(), &self.path),
            // Whoever did that has a reason; two files are not one.
            Displaced::DatabaseReplaced => Err(SaveTrouble::Failed),
        };
        if let Err(trouble) = brought_home {
            return Err((Some(Box::new(store)), trouble));
        }
        let reader = Arc::clone(&self.reader);
        let mut reader = locked(&reader);
        drop(reader.take());
        store.close_as_it_is();
        if displaced == Displaced::DatabaseGone {
            // It belongs to the file that is gone; all that is in it is in the new one.
            for beside in ["-wal", "-shm"] {
                let _ = fs::remove_file(inspect::with_ending(&self.path, beside)); // it may be gone, too
            }
        }
        match self.open_with(&mut reader) {
            Ok(opened) if opened.head().commits >= head.commits => {
                tracing::warn!(target: "samtavle::log", "{displaced}: everything was written where it belongs");
                Ok(opened)
            }
            Ok(opened) => {
                tracing::error!(target: "samtavle::log", "{displaced}, and not everything could be written where it belongs");
                self.findings
                    .are_missing(head.commits - opened.head().commits);
                Ok(opened)
            }
            Err(NoStore::Stuck(trouble, why)) => {
                tracing::error!(target: "samtavle::log", %why, "it could not be opened again yet");
                Err((None, trouble))
            }
            Err(NoStore::Never(why)) => {
                tracing::error!(target: "samtavle::log", %why, "it could not be opened again");
                Err((None, SaveTrouble::Failed))
            }
        }
    }

    /// Is there room for a few commits?
    pub(super) fn has_room(&self) -> Result<(), SaveTrouble> {
        trouble::has_room(&self.folder)
    }

    fn unwritable(&self, error: &io::Error) -> OpenError {
        OpenError::Folder {
            folder: self.folder.display().to_string(),
            why: error.to_string(),
        }
    }

    fn stuck(&self, error: &io::Error) -> NoStore {
        NoStore::Stuck(trouble::of_system(error), self.unwritable(error))
    }

    fn failed(&self, error: &rusqlite::Error) -> NoStore {
        let why = OpenError::Failed(self.path.display().to_string(), error.to_string());
        match trouble::of_database(error, &self.folder) {
            Some(trouble) => NoStore::Stuck(trouble, why),
            None => NoStore::Never(why),
        }
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

fn open_for_writing(path: &Path) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(write_ahead::BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // FULL: COMMIT returns after the fsync of the WAL. This is what "saved" means.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten, also in pages that nothing uses any more.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    schema::migrate(&mut connection)?;
    Ok(connection)
}

fn open_for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(write_ahead::BUSY)?;
    connection.pragma_update(None, "cache_size", -READ_CACHE_KIB)?;
    Ok(connection)
}

/// Where nothing can be written, a WAL's index is kept in memory if it can be; and without a WAL the file is
/// declared immutable.
pub(super) fn open_without_writing(path: &Path) -> rusqlite::Result<Connection> {
    let reads = |connection: Connection| -> rusqlite::Result<Connection> {
        schema::pretend(&connection)?;
        Ok(connection)
    };
    let error = match open_for_reading(path).and_then(reads) {
        Ok(connection) => return Ok(connection),
        Err(error) => error,
    };
    if inspect::has_wal(path) {
        // Alone with the file it needs no index beside it.
        let alone = Connection::open(path)?;
        alone.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        return reads(alone).map_err(|_| error);
    }
    inspect::open_immutable(path).and_then(reads)
}
