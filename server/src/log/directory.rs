//! Which boards there are, and who may come in.

use super::{
    errors::{Done, LogError},
    records::Record,
};
use crate::access::{
    codes::{JoinCode, Life},
    keys::KeyHash,
};
use samtavle_shared::{
    ids::{BoardId, PersonId},
    wire::Role,
};

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

/// Calls keys of a board back. They open it from then on only for those who stay.
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
    /// The key by which facilitators come from now on; `None`: as it is.
    pub(crate) lead: Option<KeyHash>,
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
    /// Those of facilitators. Who stays goes on as one.
    Lead,
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

/// Boards, their keys and their codes. Reading and making wait for the disk: call them off the async threads.
pub(crate) trait Directory: Send + Sync {
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
}
