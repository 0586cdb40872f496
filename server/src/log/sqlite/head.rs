//! The head: how much has been written, and a seal over all of it. It is in the database, written with every commit, and
//! once more in a small file beside it. When the file says more than the database has, writes that were called saved
//! are gone: a write-ahead log that was harmed is read up to the harm and no further, without a word.
//!
//! The file is written after each commit and before anybody is told "saved". It is not synced each time: a process that
//! dies does not take it along, and a machine that does leaves at worst an older head, which harms nothing.

use super::{seal::Seal, version::version_of};
use crate::log::Seq;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::{
    fs::File,
    io,
    os::unix::fs::FileExt as _,
    path::Path,
    time::{Duration, Instant},
};

/// How much has been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Which database this is; a backup gets another.
    pub(super) identity: [u8; 16],
    /// How many commits there were.
    pub(super) commits: Seq,
    /// A seal over what was in them.
    pub(super) sum: Seal,
}

/// Heads are written to two places in turn, so that a write that is cut short leaves the one before.
const SLOTS: u64 = 2;
/// Between the places: a disk harms what lies on one block together.
const SLOT_BYTES: u64 = 4096;
const HEAD_BYTES: usize = 16 + 8 + 16 + 16;
/// A head that is younger may be lost with the machine.
const SYNC_EVERY: Duration = Duration::from_secs(1);

impl Head {
    /// The first of a new database.
    pub(super) fn first(identity: [u8; 16]) -> Self {
        Self {
            identity,
            commits: 0,
            sum: Seal::of_bytes("identity", &identity),
        }
    }

    /// After one more commit, with these seals in it.
    pub(super) fn after(self, seals: &[Seal]) -> Self {
        let commits = self.commits + 1;
        Self {
            commits,
            sum: self.sum.and(commits, seals),
            ..self
        }
    }

    /// As the database has it; `None`: it is of a version without.
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Option<Self>> {
        if version_of(connection)? < 4 {
            return Ok(None);
        }
        connection
            .query_row("SELECT identity, commits, sum FROM head", [], |row| {
                Ok(Self {
                    identity: row.get(0)?,
                    commits: row.get::<_, i64>(1)?.cast_unsigned(),
                    sum: row.get(2)?,
                })
            })
            .optional()
    }

    /// Writes it into the database.
    pub(super) fn write(self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO head (one, identity, commits, sum) VALUES (1, ?1, ?2, ?3)",
            )?
            .execute(params![self.identity, self.commits.cast_signed(), self.sum])?;
        Ok(())
    }

    fn to_bytes(self) -> [u8; HEAD_BYTES] {
        let mut bytes = [0; HEAD_BYTES];
        bytes[..16].copy_from_slice(&self.identity);
        bytes[16..24].copy_from_slice(&self.commits.to_le_bytes());
        bytes[24..40].copy_from_slice(&self.sum.bytes());
        let seal = Seal::of_bytes("head", &bytes[..40]);
        bytes[40..].copy_from_slice(&seal.bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let identity = bytes.get(..16)?.try_into().ok()?;
        let commits = bytes.get(16..24)?.try_into().ok()?;
        let sum = bytes.get(24..40)?.try_into().ok()?;
        let seal = bytes.get(40..HEAD_BYTES)?;
        (Seal::of_bytes("head", &bytes[..40]).bytes() == seal).then(|| Self {
            identity,
            commits: Seq::from_le_bytes(commits),
            sum: Seal::from_bytes(sum),
        })
    }
}

/// What the file beside the database says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// There is no file.
    Nothing,
    /// There is one, and nothing in it can be read.
    Unreadable,
    /// The newest head in it.
    Head(Head),
}

impl Beside {
    /// Reads it.
    pub(super) fn read(path: &Path) -> Self {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::Nothing,
            Err(_) => return Self::Unreadable,
        };
        (0..SLOTS)
            .filter_map(|slot| Head::from_bytes(bytes.get((slot * SLOT_BYTES) as usize..)?))
            .max_by_key(|head| head.commits)
            .map_or(Self::Unreadable, Self::Head)
    }
}

/// The file, open.
pub(super) struct HeadFile {
    file: File,
    synced_at: Instant,
    is_synced: bool,
}

impl HeadFile {
    /// Makes it say this and no other, on disk.
    pub(super) fn begin(path: &Path, head: Head) -> io::Result<Self> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        let head = head.to_bytes();
        // The newer one is overwritten last: should this be cut short, there is a head.
        for slot in 0..SLOTS {
            file.write_all_at(&head, slot * SLOT_BYTES)?;
        }
        file.sync_all()?;
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(Self {
            file,
            synced_at: Instant::now(),
            is_synced: true,
        })
    }

    /// Says how far it has come.
    pub(super) fn write(&mut self, head: Head) -> io::Result<()> {
        self.is_synced = false;
        self.file
            .write_all_at(&head.to_bytes(), head.commits % SLOTS * SLOT_BYTES)
    }

    /// Syncs it, if that was long ago; or now, when there is nothing else to do.
    pub(super) fn sync(&mut self, is_idle: bool) -> io::Result<()> {
        if self.is_synced || !is_idle && self.synced_at.elapsed() < SYNC_EVERY {
            return Ok(());
        }
        self.file.sync_data()?;
        (self.is_synced, self.synced_at) = (true, Instant::now());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_head_is_read_and_a_harmed_one_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("head");
        assert_eq!(Beside::read(&path), Beside::Nothing);
        let first = Head::first([7; 16]);
        let mut file = HeadFile::begin(&path, first).unwrap();
        assert_eq!(Beside::read(&path), Beside::Head(first));
        let second = first.after(&[]);
        let third = second.after(&[second.sum]);
        file.write(second).unwrap();
        file.write(third).unwrap();
        assert_eq!(Beside::read(&path), Beside::Head(third));
        let written = std::fs::read(&path).unwrap();
        for at in 0..HEAD_BYTES {
            for bit in 0..8 {
                let mut bytes = written.clone();
                bytes[at] ^= 1 << bit;
                std::fs::write(&path, &bytes).unwrap();
                assert_eq!(Beside::read(&path), Beside::Head(second), "{at}.{bit}");
            }
        }
        std::fs::write(&path, b"").unwrap();
        assert_eq!(Beside::read(&path), Beside::Unreadable);
    }

    #[test]
    fn a_head_tells_what_was_written_apart() {
        let first = Head::first([7; 16]);
        let other = Head::first([8; 16]);
        assert_ne!(first.after(&[other.sum]), first.after(&[first.sum]));
        assert_eq!(first.after(&[]).commits, 1);
    }
}
