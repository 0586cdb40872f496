//! The link: a line from one item to another, with a meaning. Stored now, drawn later.

use super::document::read_string;
use crate::ids::{ClusterId, LinkId, NoteId};
use yrs::{In, MapPrelim, MapRef, ReadTxn};

const FROM: &str = "from";
const TO: &str = "to";
const KIND: &str = "kind";

/// What a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// An idea answers a problem.
    Answers,
    /// A habit causes a problem.
    Causes,
    /// A plan tests an idea.
    Tests,
    /// A kind that a later version or another client wrote.
    Other,
}

impl LinkKind {
    /// As it stands in the document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Causes => "causes",
            Self::Tests => "tests",
            Self::Other => "other",
        }
    }

    /// Reads a kind; what is unknown is [`LinkKind::Other`].
    pub fn read(name: &str) -> Self {
        [Self::Answers, Self::Causes, Self::Tests]
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or(Self::Other)
    }
}

/// What a link can begin or end at. In the document: `note:ID` or `cluster:ID`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ItemId {
    /// A note.
    Note(NoteId),
    /// A cluster.
    Cluster(ClusterId),
}

impl ItemId {
    fn spelled(&self) -> String {
        match self {
            Self::Note(id) => format!("note:{id}"),
            Self::Cluster(id) => format!("cluster:{id}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("note", id) => Some(Self::Note(id.into())),
            ("cluster", id) => Some(Self::Cluster(id.into())),
            _ => None,
        }
    }
}

/// A link as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name for ever.
    pub id: LinkId,
    /// Where it begins.
    pub from: ItemId,
    /// Where it ends.
    pub to: ItemId,
    /// What it says.
    pub kind: LinkKind,
}

impl Link {
    /// `None` when an end is missing or foreign: there is nothing to draw, and it stays as it is.
    pub(super) fn read<T: ReadTxn>(txn: &T, id: LinkId, map: &MapRef) -> Option<Self> {
        Some(Self {
            id,
            from: ItemId::read(&read_string(txn, map, FROM)?)?,
            to: ItemId::read(&read_string(txn, map, TO)?)?,
            kind: read_string(txn, map, KIND).map_or(LinkKind::Other, |name| LinkKind::read(&name)),
        })
    }

    pub(super) fn new_map(from: &ItemId, to: &ItemId, kind: LinkKind) -> MapPrelim {
        MapPrelim::from([
            (FROM, In::from(from.spelled())),
            (TO, In::from(to.spelled())),
            (KIND, In::from(kind.name())),
        ])
    }
}
