//! What the sender of an update may say. What a board tells of who wrote is chosen by its session,
//! and some things only the board itself says: that a habit is broken, how others said a note.
//!
//! Only what is new counts: who hands over all that they have repeats what they were once allowed.
//!
//! What they may not say is no offence. When a disk loses what the board said, or an older copy of it
//! is put in its place, every page hands it back, and none of them can do otherwise. So it is *put
//! aside*: it stands in the document as if it had been said and deleted. A Yjs document has no holes
//! (a client's elements follow on from each other, and others build on them), so leaving it out would
//! keep out all that comes after it. The pages that have it hear that it is deleted, and all are equal.
//! The room says anew what the board has of its own in that place.

use super::index::KeyNumber;
use super::value::Value;
use crate::schema::{Root, SetBy};
use std::collections::{HashMap, HashSet};

/// What the sender of an update may do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Permission {
    /// Change the board as people do, on a board that tells so much of who wrote.
    Write(Naming),
    /// Only say what is known already, as the answer to sync step 1 does.
    ReadOnly,
    /// Change the board as the board itself does: the server's own edits, of any size.
    Board,
    /// Anything that was admitted once: it comes from our own log, and a checkpoint may be larger
    /// than a frame.
    Log,
}

/// What a board tells of who wrote a note.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Naming {
    /// Nothing: it is anonymous.
    Nobody,
    /// With which voice they speak.
    Voices,
    /// Their names, too.
    Names,
}

/// A field that not everybody may set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reserved {
    /// The voice of a note.
    Voice,
    /// The name of its writer.
    Name,
    /// What only the board itself says.
    Said,
}

/// What the board itself said of its notes, ever. People may not say it; but who takes back that
/// they deleted a note puts back all that was in it, and this, too.
#[derive(Debug, Default)]
pub(super) struct Said(HashMap<Subject, HashSet<Box<[u8]>>>);

/// A note, by its key, and the field.
pub(super) type Subject = (KeyNumber, KeyNumber);

/// What a note says of who speaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Says {
    /// As whom.
    Voice,
    /// By which name.
    Name,
}

/// Who may speak as whom, as the board's session knows.
pub trait Authors {
    /// Whether whoever writes under this Yjs client id may say this of a note that they make.
    fn may_speak(&self, client: u64, says: Says, words: &str) -> bool;
}

/// Whoever writes may say what they like.
#[derive(Clone, Copy, Debug)]
pub struct Anybody;

impl Authors for Anybody {
    fn may_speak(&self, _client: u64, _says: Says, _words: &str) -> bool {
        true
    }
}

impl dyn Authors + '_ {
    pub(super) fn may_say(&self, client: u64, says: Says, value: Value<'_>) -> bool {
        match value {
            Value::Text(words) if !words.is_empty() => self.may_speak(client, says, words),
            _ => true,
        }
    }
}

impl Reserved {
    /// What a note says with it of who speaks. (The board's own sayings are asked for before.)
    pub(super) fn says(self) -> Says {
        match self {
            Self::Voice => Says::Voice,
            Self::Name | Self::Said => Says::Name,
        }
    }

    /// The rule of a field; `None`: whoever may write may set it.
    pub(super) fn of(root: Root, field: &str) -> Option<Self> {
        match root.field(field)?.set_by {
            SetBy::Anybody => None,
            SetBy::Voice => Some(Self::Voice),
            SetBy::Name => Some(Self::Name),
            SetBy::Board => Some(Self::Said),
        }
    }
}

impl Permission {
    /// Whether what the schema does not know may be added: on an anonymous board it could be a name.
    pub(super) fn may_add_unknown(self) -> bool {
        self != Self::Write(Naming::Nobody)
    }

    /// Whether this value may stand in a reserved field. `is_repeated` answers whether the board
    /// itself said it once, there.
    pub(super) fn may_set(
        self,
        field: Reserved,
        value: Value<'_>,
        is_repeated: impl FnOnce() -> bool,
    ) -> bool {
        let Self::Write(naming) = self else {
            return true;
        };
        match (field, naming) {
            (Reserved::Voice | Reserved::Name, _) if value == Value::Nothing => true,
            (Reserved::Voice, _) => naming != Naming::Nobody,
            (Reserved::Name, _) => naming == Naming::Names,
            (Reserved::Said, _) => is_repeated(),
        }
    }
}

impl Said {
    /// Whether the board said this, in these bytes.
    pub(super) fn holds(&self, subject: Subject, value: &[u8]) -> bool {
        let values = self.0.get(&subject);
        values.is_some_and(|values| values.contains(value))
    }

    /// Remembers what it says.
    pub(super) fn add(&mut self, subject: Subject, value: &[u8]) {
        self.0.entry(subject).or_default().insert(value.into());
    }

    /// Takes up what an update adds.
    pub(super) fn extend(&mut self, new: Self) {
        for (subject, values) in new.0 {
            self.0.entry(subject).or_default().extend(values);
        }
    }
}
