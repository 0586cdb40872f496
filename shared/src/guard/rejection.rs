//! Why an update was not admitted, sorted by what the room does next.

use super::fill::{Fill, Share};
use crate::lib0::Unreadable;

/// An update that must not reach the document.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Rejection {
    /// It builds on something that the room does not have yet. No offence: an honest client may
    /// send a new edit before it has handed over its offline ones. Ask again with sync step 1.
    #[error("it builds on changes that the room does not have yet")]
    Gap,
    /// It is not an update of format v1.
    #[error("it is malformed: {0}")]
    Malformed(Malformed),
    /// It, or the board with it, passes a limit.
    #[error("it passes a limit: {0}")]
    TooLarge(Limit),
    /// It names a root type that a board does not have.
    #[error("it names a root that a board does not have")]
    UnknownRoot,
    /// It puts something where the schema has no place for it.
    #[error("it does not fit the board: {0}")]
    NotOfTheSchema(Misfit),
    /// It brings something new, and its sender may only read.
    #[error("its sender may not write on this board")]
    MayNotWrite,
    /// There is no more room for what it brings.
    #[error("there is no room for more of this: {0:?} ({1:?})")]
    Full(Fill, Share),
    /// It brings something under the client id of somebody else. The room says so, not the guard.
    #[error("it writes under another's client id")]
    NotYours,
    /// Its sender has made the room merge so much that it waits. The room says so, not the guard.
    #[error("it is much work to merge, and its sender has had theirs")]
    Busy,
    /// It changes what is locked. The room says so, not the guard.
    #[error("it changes what is locked")]
    Locked,
}

/// How an update is broken.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Malformed {
    /// A number, string or float can't be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Bytes follow after its end.
    #[error("bytes follow after its end")]
    TrailingBytes,
    /// A struct, a struct block or a deleted range of length nought.
    #[error("something in it is empty")]
    Empty,
    /// A struct of a kind that Yjs does not have.
    #[error("a struct of an unknown kind")]
    UnknownStruct,
    /// A plain value that can't be read.
    #[error("a value that can't be read")]
    BadValue,
    /// One client has two struct blocks, or two lists of deletions.
    #[error("a client stands in it twice")]
    ClientTwice,
    /// A client id beyond 53 bits.
    #[error("a client id is too large")]
    BadClient,
    /// Structs that wait for each other.
    #[error("its structs wait for each other")]
    Circular,
}

/// Which limit was passed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Limit {
    /// `MAX_FRAME_BYTES`
    #[error("bytes of an update")]
    Bytes,
    /// `MAX_STRUCTS_PER_UPDATE`
    #[error("structs in an update")]
    Structs,
    /// `MAX_CLIENTS_PER_UPDATE`
    #[error("clients in an update")]
    Clients,
    /// `MAX_DELETED_RANGES_PER_UPDATE`
    #[error("deleted ranges in an update")]
    DeletedRanges,
    /// `MAX_CLOCK`
    #[error("clock of a client")]
    Clock,
    /// `MAX_VALUE_DEPTH`
    #[error("depth of a value")]
    ValueDepth,
    /// `MAX_VALUE_BYTES`
    #[error("bytes of a value")]
    ValueBytes,
    /// `MAX_VALUES_PER_UPDATE`
    #[error("values in an update")]
    Values,
    /// `MAX_TYPE_DEPTH`
    #[error("depth of shared types")]
    TypeDepth,
    /// `MAX_ID_BYTES`, `MAX_FIELD_NAME_BYTES`
    #[error("length of an id or a field's name")]
    Name,
    /// `MAX_SHARED_TEXT_UTF16`, `MAX_SHARED_REACTIONS_PER_NOTE`
    #[error("length of a text, or reactions to a note")]
    Text,
    /// `MAX_TYPES_PER_BOARD`
    #[error("size of a board")]
    Board,
    /// `MAX_MERGE_STEPS_PER_UPDATE`
    #[error("work to merge an update")]
    Work,
}

impl Limit {
    /// Whether people can pass it who do only what our screens let them: many in one text, or one who was away for
    /// long. The others are passed by crafted bytes alone.
    pub const fn is_passed_by_people(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Board
                | Self::Work
                | Self::Structs
                | Self::Clients
                | Self::DeletedRanges
                | Self::Values
        )
    }
}

/// What does not fit.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Misfit {
    /// Formatted text, embedded objects, subdocuments, XML, weak links and the like.
    #[error("a kind of content that boards do not have")]
    Content,
    /// A list item in a map, or a map entry in a text or array.
    #[error("a list item in a map, or an entry in a list")]
    Shape,
    /// A known field with a value that it can't have.
    #[error("a field with a value that it can't have")]
    Value,
    /// Several values under one key that are not deleted.
    #[error("several values under one key")]
    Values,
    /// An item of a root that is not a map.
    #[error("a note, cluster or the like that is not a map")]
    NotAThing,
    /// The parent is not a shared type.
    #[error("a parent that is not a shared type")]
    Parent,
    /// The neighbours stand in different places.
    #[error("neighbours from different places")]
    Neighbours,
    /// An entry of a map with a right neighbour: a new value is put after all others of its key.
    #[error("a value before others of its key")]
    Earlier,
}

impl Rejection {
    /// A short word for the wire and the log; it stays the same when the texts change.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Malformed(_) => "malformed",
            Self::TooLarge(_) => "too-large",
            Self::UnknownRoot => "unknown-root",
            Self::NotOfTheSchema(_) => "not-of-the-schema",
            Self::MayNotWrite => "may-not-write",
            Self::Full(..) => "full",
            Self::NotYours => "not-yours",
            Self::Busy => "busy",
            Self::Locked => "locked",
        }
    }
}

impl From<Unreadable> for Rejection {
    fn from(why: Unreadable) -> Self {
        Self::Malformed(Malformed::Unreadable(why))
    }
}

impl From<Malformed> for Rejection {
    fn from(how: Malformed) -> Self {
        Self::Malformed(how)
    }
}

impl From<Limit> for Rejection {
    fn from(limit: Limit) -> Self {
        Self::TooLarge(limit)
    }
}

impl From<Misfit> for Rejection {
    fn from(misfit: Misfit) -> Self {
        Self::NotOfTheSchema(misfit)
    }
}
