//! The log is the truth: a board is an ordered list of records, and a room is a fold over it.
//! Restart, time travel and (later) a second node are the same thing: read the log.
//!
//! * here: the [`Log`] and its records, whatever keeps them
//! * [`sqlite`]: the embedded one: one database file, one [`writer`] thread with the [`store`], group commit; [`tables`]: what is
//!   written where; [`trouble`]: a disk that takes nothing
//! * [`photos`]: photos, which are no records
//! * [`door`]: how the folder is taken and the file opened; [`inspect`]: what is looked at before; [`beside`]: what lies beside
//!   it; [`schema`]: the tables, and their versions
//! * [`seal`], [`head`]: checksums of all that is written, and of how much that was; [`reading`], [`lookup`]: reading with a look at
//!   them; [`damage`]: what was found
//! * [`backup`], [`verify`]: what an operator does with all of it
//! * [`doors`]: who may come in, by which key, and until when by the code
//! * [`checkpoint`]: when a board's state is written whole

pub(crate) mod backup;
mod beside;
pub(crate) mod checkpoint;
mod damage;
mod door;
mod doors;
mod head;
mod inspect;
mod lookup;
pub(crate) mod photos;
mod reading;
mod schema;
mod seal;
pub(crate) mod sqlite;
mod store;
mod tables;
mod trouble;
pub(crate) mod verify;
mod writer;

pub(crate) use damage::Health;
pub(crate) use door::Faulty;
pub(crate) use inspect::OpenError;

use crate::access::{
    codes::{JoinCode, Life},
    keys::KeyHash,
};
use bytes::Bytes;
use samtavle_shared::{
    ids::{BoardId, PersonId},
    wire::{Role, SaveTrouble},
};
use thiserror::Error;
use tokio::sync::watch;

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
    /// The number in the database. Meant for later: 3 drafts, 4 ballots.
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

/// A board's whole document as it was after record `seq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    /// The last record that is in it.
    pub(crate) seq: Seq,
    /// One Yjs v1 update from nothing.
    pub(crate) state: Bytes,
    /// What it is kept as, at the end of a phase. One with a name stays as long as the board.
    pub(crate) name: Option<String>,
}

/// What makes a board.
#[derive(Debug)]
pub(crate) struct NewBoard {
    /// Its id.
    pub(crate) id: BoardId,
    /// Its join code.
    pub(crate) code: JoinCode,
    /// The hashes of its first keys.
    pub(crate) keys: Vec<(KeyHash, Role)>,
    /// Its first record.
    pub(crate) first: Record,
}

/// One more key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewKey {
    /// Its hash.
    pub(crate) hash: KeyHash,
    /// What it opens.
    pub(crate) role: Role,
    /// Whether it was given for the code.
    pub(crate) is_own: bool,
}

/// What a right key opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pass {
    /// What its holder may do.
    pub(crate) role: Role,
    /// The board's join code; `None`: it is over.
    pub(crate) code: Option<JoinCode>,
}

/// What somebody shows at the door.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The key.
    pub(crate) key: KeyHash,
    /// Who it is, by their device; `None`: nobody in particular.
    pub(crate) person: Option<PersonId>,
    /// How long codes live, and the time.
    pub(crate) life: Life,
}

/// Calls keys of a board back. They open it from then on only for those who stay; a facilitator's is never called back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recall {
    /// Which keys.
    pub(crate) keys: Recalled,
    /// Those that are not called back: of walls that show the board.
    pub(crate) but: Vec<KeyHash>,
    /// Who stays.
    pub(crate) stays: Vec<PersonId>,
    /// Whom no key lets in any more.
    pub(crate) removed: Vec<PersonId>,
    /// The board's code from now on; `None`: as it is.
    pub(crate) code: Option<JoinCode>,
}

/// Which keys are called back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recalled {
    /// None: only the code is another.
    None,
    /// Those that were given for the code. Links that were handed out go on.
    Own,
    /// All that people take part and walls are shown by.
    All,
}

/// What a board's log says of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// The key opens the board.
    Opens(Pass),
    /// There is such a board, and this is not its key, or not any more.
    WrongKey,
    /// The key is right, and who shows it was sent away.
    Removed,
    /// There is no such board.
    NoBoard,
}

/// Why the log did not do it.
#[derive(Clone, Debug, Error)]
pub(crate) enum LogError {
    /// The join code or the id belongs to another board: choose another and try again.
    #[error("the id or the code belongs to another board")]
    Taken,
    /// Somebody else wrote a record with this number: read the log again.
    #[error("another writer has this record's number")]
    Fenced,
    /// The disk takes nothing just now: nothing is on disk; tell people, try later.
    #[error("{0}")]
    Stuck(SaveTrouble),
    /// The database failed: nothing is on disk; tell people, try later.
    #[error("the database failed: {0}")]
    Failed(String),
    /// The server is stopping.
    #[error("the log is closed")]
    Closed,
}

/// Told, once, on the log's own thread, when a record is on disk or will not be. Must not block.
pub(crate) type Done = Box<dyn FnOnce(Result<(), LogError>) + Send>;

/// Where boards are kept. Reading and making wait for the disk: call them off the async threads.
pub(crate) trait Log: Send + Sync {
    /// Makes a board, with its keys and first record, or nothing.
    fn make_board(&self, board: NewBoard) -> Result<(), LogError>;

    /// Gives a board one more key.
    fn add_key(&self, board: &BoardId, key: NewKey) -> Result<(), LogError>;

    /// Queues that keys are called back: all of it or nothing. `done` is told as for a record. [`LogError::Taken`]: another
    /// board has the new code.
    fn recall(&self, board: &BoardId, recall: Recall, done: Done);

    /// Queues that somebody takes part at this moment. A code that was over by then stays so.
    fn sits(&self, board: &BoardId, life: Life);

    /// What this key opens on this board.
    fn entry(&self, board: &BoardId, shown: &Shown) -> Result<Entry, LogError>;

    /// The board of a join code that is not over.
    fn board_of(&self, code: &JoinCode, life: Life) -> Result<Option<BoardId>, LogError>;

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

    /// Queues a checkpoint; the records behind it stay. `done` is told as for a record.
    fn write_checkpoint(&self, board: &BoardId, checkpoint: Checkpoint, done: Done);

    /// The checkpoints that have a name, the oldest first.
    #[allow(dead_code, reason = "for time travel")]
    fn named_checkpoints(&self, board: &BoardId) -> Result<Vec<(Seq, String)>, LogError>;

    /// The checkpoint after this record.
    #[allow(dead_code, reason = "for time travel")]
    fn checkpoint_at(&self, board: &BoardId, seq: Seq) -> Result<Option<Checkpoint>, LogError>;

    /// The newest checkpoint that is as it was written.
    fn checkpoint(&self, board: &BoardId) -> Result<Option<Checkpoint>, LogError>;

    /// Sets a record aside for good: it stays in the file and is never read into a board again.
    fn quarantine(&self, board: &BoardId, seq: Seq, why: &str) -> Result<(), LogError>;

    /// Can it write and read right now?
    fn probe(&self) -> Result<(), LogError>;

    /// What is known to be wrong with what is kept.
    fn health(&self) -> Health;

    /// Why nothing can be written, while that is so.
    fn trouble(&self) -> watch::Receiver<Option<SaveTrouble>>;

    /// Writes what is queued and closes; what comes later is answered with `Closed`.
    fn close(&self);
}
