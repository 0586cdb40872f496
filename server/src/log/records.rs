//! Records: what happened to a board, in order.

use super::errors::{Done, LogError};
use bytes::Bytes;
use samtavle_shared::ids::{BoardId, PersonId};

/// A record's place in its board's log: 1, 2, 3 … without gaps.
pub(crate) type Seq = u64;

/// One thing that happened to a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// Its place in the board's log.
    pub(crate) seq: Seq,
    /// How to read `bytes`.
    pub(crate) kind: Kind,
    /// What happened.
    pub(crate) bytes: Bytes,
    /// When, in milliseconds since 1970.
    pub(crate) at: i64,
    /// Whose doing it was; `None`: the server's own, or of a time when nobody asked. It is in the log
    /// alone, so that all that somebody did can be taken back.
    pub(crate) person: Option<PersonId>,
}

/// What a record holds. The numbers are in the database: they are never given a second meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A Yjs v1 update of the board's document.
    Update,
    /// What happened in the session, as JSON.
    Session,
    /// A kind of a later version: kept, and passed over.
    Unknown(u8),
}

impl Kind {
    /// The number in the database.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Update => 1,
            Self::Session => 2,
            Self::Unknown(number) => number,
        }
    }

    /// The kind of that number.
    pub(crate) fn from_number(number: u8) -> Self {
        match number {
            1 => Self::Update,
            2 => Self::Session,
            other => Self::Unknown(other),
        }
    }
}

/// What is to become of a board's records and checkpoints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Revision {
    /// Records, as they were read, and what they say from now on.
    pub(crate) records: Vec<(Record, Bytes)>,
    /// Records of the session, as they were read, that are left out. The newest record of a board is never among them.
    pub(crate) left_out: Vec<Record>,
    /// Checkpoints by their record, as they were read, and their state from now on.
    pub(crate) checkpoints: Vec<(Seq, Bytes, Bytes)>,
    /// Nothing of what was there may stay in the file, nor beside it.
    pub(crate) is_for_good: bool,
}

impl Revision {
    /// Is there nothing to do?
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.left_out.is_empty() && self.checkpoints.is_empty()
    }
}

/// Boards as lists of records. Reading waits for the disk: call it off the async threads.
pub(crate) trait RecordLog: Send + Sync {
    /// Queues a record; returns at once. `done` is told after it is on disk. Records of a board are
    /// written in the order of these calls, and when one fails so do those queued behind it. While the disk
    /// takes nothing they are held, and `done` is told when it does again.
    fn append(&self, board: &BoardId, record: Record, done: Done);

    /// The records after `seq`, in order, without those that are not as they were written or were set aside.
    fn read_after(&self, board: &BoardId, seq: Seq) -> Result<Vec<Record>, LogError>;

    /// All records of the session, in order, without those that were set aside. No update is read for it.
    fn read_session(&self, board: &BoardId) -> Result<Vec<Record>, LogError>;

    /// The number of the last record, also if it was set aside; 0: there is none.
    fn last_seq(&self, board: &BoardId) -> Result<Seq, LogError>;

    /// Queues what becomes of records that are on disk. `done` is told as for a record. What is not as it was read stays.
    fn revise(&self, board: &BoardId, revision: Revision, done: Done);

    /// Sets a record aside for good: it stays in the file and is never read into a board again.
    fn quarantine(&self, board: &BoardId, seq: Seq, why: &str) -> Result<(), LogError>;
}
