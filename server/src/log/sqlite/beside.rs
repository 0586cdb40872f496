//! What lies beside the database: whether a write-ahead log has lost its end, or is not this database's; and whether both
//! files still lie where they lay when they were opened.

use super::{
    damage::Findings,
    head::{Beside, Head},
    inspect::{self, Mark, head_of, open_immutable, open_read_only, wal_of, with_ending},
};
use std::{
    fs, io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};
use thiserror::Error;

/// What is found before the database is opened for writing, which would put an end to what a harmed log still has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wal {
    /// It is as it should be, or there is none.
    Sound,
    /// Its end cannot be read: a copy is to be kept.
    Torn,
    /// It belongs to another state of the file, and would harm this one.
    Foreign,
}

/// Compares what the database has with what was called saved.
pub(super) fn examine(path: &Path, mark: Mark, findings: &Findings) -> Wal {
    let has_wal = inspect::has_wal(path);
    let beside = Beside::read(&head_of(path));
    if mark == Mark::Whole && has_wal {
        // It was closed, or restored from a backup. What lies beside it is from opening it, or of another.
        let own = open_immutable(path).and_then(|alone| Head::of(&alone));
        if !matches!(own, Ok(Some(own)) if beside == Beside::Head(own)) {
            tracing::error!(target: "samtavle::log", "a write-ahead log lies beside the database and is not its own; it is set aside");
            return Wal::Foreign;
        }
    }
    let Beside::Head(said) = beside else {
        if mark == Mark::InUse {
            tracing::error!(target: "samtavle::log", "the head beside the database cannot be read: whether anything is missing cannot be told");
        }
        return Wal::Sound;
    };
    // What cannot be read here is told by those who open it.
    let Ok(Some(there)) = open_read_only(path).and_then(|whole| Head::of(&whole)) else {
        return Wal::Sound;
    };
    if there.identity != said.identity {
        tracing::info!(target: "samtavle::log", "another database lies here than before");
        return Wal::Sound;
    }
    let missing = said.commits.saturating_sub(there.commits);
    if missing > 0 {
        findings.are_missing(missing);
        tracing::error!(target: "samtavle::log", missing, commits = said.commits, "writes that were called saved are not in the database; people's pages hand back what they still have");
        return if has_wal { Wal::Torn } else { Wal::Sound };
    }
    if there.commits == said.commits && there.sum != said.sum {
        findings.are_missing(1);
        tracing::error!(target: "samtavle::log", "what was called saved is not what is in the database");
    }
    Wal::Sound
}

/// Puts a log out of the way, or a copy of it.
pub(super) fn set_aside(path: &Path, wal: Wal) -> io::Result<()> {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let name = |why: &str| with_ending(path, &format!("-wal.{why}-{seconds}"));
    match wal {
        Wal::Sound => Ok(()),
        Wal::Torn => {
            let kept = name("torn");
            fs::copy(wal_of(path), &kept).inspect_err(|_| {
                // Half of it is of no use, and takes room.
                let _ = fs::remove_file(&kept);
            })?;
            fs::File::open(&kept)?.sync_all()
        }
        Wal::Foreign => fs::rename(wal_of(path), name("other")),
    }
}

/// The logs that were set aside here.
pub(super) fn lying_aside(path: &Path) -> Vec<String> {
    let (Some(folder), Some(wal)) = (
        path.parent(),
        wal_of(path).file_name().map(Path::new).map(Path::to_owned),
    ) else {
        return Vec::new();
    };
    let beginning = format!("{}.", wal.display());
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(&beginning))
        .collect();
    names.sort();
    names
}

/// The files that are open, by what the system knows them by: a name may be another file's by now.
#[derive(Debug)]
pub(super) struct Witness {
    path: PathBuf,
    database: Inode,
    wal: Inode,
    head: Inode,
}

type Inode = (u64, u64);

/// What became of an open file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum Displaced {
    #[error("the write-ahead log is not in the data folder any more")]
    WalGone,
    #[error("another file lies in the place of the write-ahead log")]
    WalReplaced,
    #[error("the database is not in the data folder any more")]
    DatabaseGone,
    #[error("another file lies in the place of the database: start the server anew")]
    DatabaseReplaced,
}

impl Witness {
    /// Of files that have just been opened.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            database: inode(path)?,
            wal: inode(&wal_of(path))?,
            head: inode(&head_of(path))?,
        })
    }

    /// Does the head lie where it lay? It can be written anew at any time.
    pub(super) fn sees_the_head(&self) -> bool {
        inode(&head_of(&self.path)).is_ok_and(|head| head == self.head)
    }

    /// The database's path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Do they lie where they lay?
    pub(super) fn testify(&self) -> Result<(), Displaced> {
        match inode(&self.path) {
            Ok(database) if database == self.database => {}
            Ok(_) => return Err(Displaced::DatabaseReplaced),
            Err(_) => return Err(Displaced::DatabaseGone),
        }
        match inode(&wal_of(&self.path)) {
            Ok(wal) if wal == self.wal => Ok(()),
            Ok(_) => Err(Displaced::WalReplaced),
            Err(_) => Err(Displaced::WalGone),
        }
    }
}

fn inode(path: &Path) -> io::Result<Inode> {
    path.metadata().map(|file| (file.dev(), file.ino()))
}
