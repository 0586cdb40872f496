//! What a note is an answer to, when a disturbance brought it forth. The insights tell by it what
//! came of being disturbed.

use crate::ids::NoteId;
use std::sync::Arc;

/// What brought a note forth.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Born {
    /// A thought from a voice unlike one's own. In the document: `note:ID`.
    Note(NoteId),
    /// A provocation card: `card:ID`.
    Card(Arc<str>),
    /// Two notes far apart in meaning: `pair:ID:ID`.
    Pair(NoteId, NoteId),
    /// The solution catcher's question about this note, which was worded as a solution while the
    /// problem was still being looked at: `caught:ID`.
    Caught(NoteId),
}

impl Born {
    /// As it stands in the document.
    pub fn spelled(&self) -> String {
        match self {
            Self::Note(id) => ["note:", id.as_str()].concat(),
            Self::Card(id) => ["card:", id].concat(),
            Self::Pair(one, other) => ["pair:", one.as_str(), ":", other.as_str()].concat(),
            Self::Caught(id) => ["caught:", id.as_str()].concat(),
        }
    }

    /// Reads what [`Born::spelled`] wrote; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        if id.is_empty() {
            return None;
        }
        match kind {
            "note" => Some(Self::Note(id.into())),
            "card" => Some(Self::Card(id.into())),
            "caught" => Some(Self::Caught(id.into())),
            "pair" => {
                let (one, other) = id.split_once(':')?;
                Some(Self::Pair(one.into(), other.into()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_brought_a_note_forth_reads_back() {
        let (one, other) = (NoteId::from("a"), NoteId::from("b"));
        for born in [
            Born::Note(one.clone()),
            Born::Card("habit-3".into()),
            Born::Pair(one.clone(), other),
            Born::Caught(one),
        ] {
            assert_eq!(Born::read(&born.spelled()), Some(born));
        }
        for text in ["", "note", "note:", "star:a", "pair:a"] {
            assert_eq!(Born::read(text), None, "{text}");
        }
    }
}
