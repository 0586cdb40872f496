//! Orders for `shim.c`, which is built here, once, and loaded into the server.

use rand::{RngExt as _, rngs::StdRng};
use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};
use tempfile::TempDir;

/// What becomes of a write; the numbers are those of `shim.c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Writes {
    Well = 0,
    /// The disk is broken.
    Broken = 1,
    /// The disk is full.
    Full = 2,
    /// The disk says that it has written, and has not.
    Lost = 3,
    /// The same with half of it.
    Torn = 4,
}

const WRITE_AT: u64 = 0;
const SYNC_AT: u64 = 4;
const CLOCK_AT: u64 = 8;
const FAILED_AT: u64 = 16;
const JOURNALS_AT: u64 = 24;
const SYNC_MS_AT: u64 = 28;

/// What goes wrong below one server.
pub(crate) struct Faults {
    folder: TempDir,
    orders: File,
}

impl Faults {
    /// Nothing yet.
    pub(crate) fn none() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let orders = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(folder.path().join("orders"))
            .unwrap();
        orders.set_len(32).unwrap();
        Self { folder, orders }
    }

    /// Nothing yet, and what is not synced can be lost in the end. A sync takes long, so that most ends come before one.
    pub(crate) fn of_power() -> Self {
        let faults = Self::none();
        faults.order(JOURNALS_AT, &1_u32.to_le_bytes());
        faults.order(SYNC_MS_AT, &15_u32.to_le_bytes());
        faults
    }

    /// For the server's environment.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let orders = self.folder.path().join("orders");
        vec![
            ("LD_PRELOAD".into(), built().display().to_string()),
            ("SAMTAVLE_FAULTS".into(), orders.display().to_string()),
        ]
    }

    /// From now on this becomes of writes.
    pub(crate) fn writes(&self, fault: Writes) {
        self.order(WRITE_AT, &(fault as u32).to_le_bytes());
    }

    /// From now on syncs fail, or do not.
    pub(crate) fn syncs_fail(&self, fail: bool) {
        self.order(SYNC_AT, &u32::from(fail).to_le_bytes());
    }

    /// The time of day is off by so many milliseconds.
    pub(crate) fn clock_is_off_by(&self, ms: i64) {
        self.order(CLOCK_AT, &ms.to_le_bytes());
    }

    /// How much has gone wrong so far.
    pub(crate) fn failed(&self) -> u64 {
        let mut bytes = [0; 8];
        self.orders.read_exact_at(&mut bytes, FAILED_AT).unwrap();
        u64::from_le_bytes(bytes)
    }

    /// Waits until something more has gone wrong.
    pub(crate) async fn strike(&self, before: u64) {
        let struck = async {
            while self.failed() == before {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await; // looks again
            }
        };
        let struck = tokio::time::timeout(samtavle_tests::wire::PATIENCE, struck).await;
        struck.expect("the server wrote something, which failed");
    }

    fn order(&self, at: u64, bytes: &[u8]) {
        self.orders.write_all_at(bytes, at).unwrap();
    }

    /// The power went when the server was killed: of what it had not synced, some is there, some is not, and some
    /// is there in part. Gives how many writes were harmed.
    pub(crate) fn lose_power(&self, chance: &mut StdRng) -> usize {
        let journal = self.folder.path().join("orders.journal");
        let bytes = fs::read(&journal).unwrap_or_default();
        let mut open: BTreeMap<PathBuf, Vec<Write>> = BTreeMap::new();
        let mut rest = &*bytes;
        while let Some((path, write)) = read_entry(&mut rest) {
            match write {
                Some(write) => open.entry(path).or_default().push(write),
                None => open.entry(path).or_default().clear(),
            }
        }
        let mut harmed = 0;
        for (path, writes) in &open {
            // What is the newest is undone first, so that what each covered comes to lie where it lay.
            for write in writes.iter().rev() {
                harmed += usize::from(write.harm(path, chance));
            }
            remove(&path.with_file_name("samtavle.db-shm")); // memory
        }
        remove(&journal);
        harmed
    }
}

struct Write {
    at: u64,
    length: u64,
    /// Of the file, before.
    size: u64,
    covered: Vec<u8>,
}

/// A disk writes whole sectors, in bytes.
const SECTOR: u64 = 512;

impl Write {
    /// Undoes none, all or the end of it; says whether it did anything.
    fn harm(&self, path: &Path, chance: &mut StdRng) -> bool {
        let from = match chance.random_range(0..3) {
            0 => return false,
            1 => 0,
            _ => chance.random_range(0..=self.length / SECTOR) * SECTOR,
        };
        let Ok(file) = OpenOptions::new().write(true).open(path) else {
            return false; // removed since
        };
        let size = file.metadata().unwrap().len();
        let end = (self.at + self.length).min(size);
        let begins = (self.at + from).min(end);
        let mut before: Vec<u8> = self.covered.iter().copied().skip(from as usize).collect();
        before.resize((end - begins) as usize, 0);
        file.write_all_at(&before, begins).unwrap();
        if size == end && size > self.size {
            file.set_len(begins.max(self.size)).unwrap();
        }
        true
    }
}

/// The next entry of a journal: a file, and what was written to it; `None` in it: it was synced.
fn read_entry(rest: &mut &[u8]) -> Option<(PathBuf, Option<Write>)> {
    let kind = take(rest, 1)?[0];
    let length = u32::from_le_bytes(take(rest, 4)?.try_into().unwrap());
    let path = String::from_utf8_lossy(take(rest, length as usize)?);
    let path = PathBuf::from(path.trim_end_matches(" (deleted)"));
    if kind == b's' {
        return Some((path, None));
    }
    let mut number = || Some(u64::from_le_bytes(take(rest, 8)?.try_into().unwrap()));
    let (at, length, size, covered) = (number()?, number()?, number()?, number()?);
    let covered = take(rest, covered as usize)?.to_vec();
    let write = Write {
        at,
        length,
        size,
        covered,
    };
    Some((path, Some(write)))
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

fn remove(path: &Path) {
    // It may not be there.
    let _ = fs::remove_file(path);
}

/// The library.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/shim.c");
        // Of this run alone: another may be building it, too.
        let library =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("shim-{}.so", std::process::id()));
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"])
            .arg(&library)
            .arg(source)
            .args(["-ldl", "-lpthread"])
            .status()
            .expect("there is a C compiler, which Rust links with, too");
        assert!(built.success());
        library
    })
}
