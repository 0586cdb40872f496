//! The note: a card with text.

use super::{
    Order,
    document::{point, read_point, read_string, read_text},
};
use crate::{
    geometry::BoardPoint,
    ids::{ClusterId, NoteId},
};
use yrs::{Any, In, Map, MapPrelim, MapRef, Number, Out, ReadTxn, TextPrelim};

pub(super) const KIND: &str = "kind";
pub(super) const POS: &str = "pos";
pub(super) const TEXT: &str = "text";
pub(super) const CLUSTER: &str = "cluster";
pub(super) const ORDER: &str = "order";
pub(super) const AT: &str = "at";

/// What a note speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoteKind {
    /// What is wrong, as somebody lives it.
    Problem,
    /// What we must stop doing.
    Habit,
    /// What could be tried.
    Idea,
    /// Who tries what, when.
    Plan,
    /// A kind that a later version or another client wrote: shown plainly, kept as it is.
    Other,
}

impl NoteKind {
    /// The kinds that a person can choose, in the order of the story.
    pub const ALL: [Self; 4] = [Self::Problem, Self::Habit, Self::Idea, Self::Plan];

    /// As it stands in the document; also its name in styles and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Habit => "habit",
            Self::Idea => "idea",
            Self::Plan => "plan",
            Self::Other => "other",
        }
    }

    /// Reads a kind; what is unknown is [`NoteKind::Other`].
    pub fn read(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or(Self::Other)
    }
}

/// A note as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its name for ever.
    pub id: NoteId,
    /// What it speaks of.
    pub kind: NoteKind,
    /// Top left corner, board units.
    pub pos: BoardPoint,
    /// What it says.
    pub text: String,
    /// The cluster that it belongs to, if that still exists.
    pub cluster: Option<ClusterId>,
    /// Its place in the stack.
    pub order: Order,
    /// When it was posted, milliseconds since 1970 by its writer's clock; 0 when unknown.
    pub at: f64,
}

/// A note to be posted.
#[derive(Clone, Debug, PartialEq)]
pub struct NewNote {
    /// Its id, made by the client.
    pub id: NoteId,
    /// What it speaks of.
    pub kind: NoteKind,
    /// Top left corner, board units.
    pub pos: BoardPoint,
    /// What it says.
    pub text: String,
    /// Milliseconds since 1970.
    pub at: f64,
}

impl Note {
    /// Reads a note in whatever state its map is. Reading is total: what is missing or of a foreign
    /// type counts as empty, and stays in the document as it is.
    pub(super) fn read<T: ReadTxn>(txn: &T, id: NoteId, map: &MapRef, clusters: &MapRef) -> Self {
        Self {
            id,
            kind: read_string(txn, map, KIND).map_or(NoteKind::Other, |name| NoteKind::read(&name)),
            pos: read_point(txn, map, POS).unwrap_or_default(),
            text: read_text(txn, map, TEXT),
            // A note whose cluster was deleted meanwhile is simply free.
            cluster: read_string(txn, map, CLUSTER)
                .filter(|name| matches!(clusters.get(txn, name), Some(Out::YMap(_))))
                .map(ClusterId::from),
            order: read_string(txn, map, ORDER)
                .and_then(|text| Order::read(&text))
                .unwrap_or_default(),
            at: match map.get(txn, AT) {
                Some(Out::Any(Any::Number(number))) => number_as_f64(number),
                _ => 0.0,
            },
        }
    }
}

impl NewNote {
    pub(super) fn into_map(self, order: &Order) -> MapPrelim {
        MapPrelim::from([
            (KIND, In::from(self.kind.name())),
            (POS, In::Any(point(self.pos))),
            (TEXT, In::from(TextPrelim::new(self.text))),
            (ORDER, In::from(order.spelled())),
            (AT, In::from(self.at)),
        ])
    }
}

pub(super) fn number_as_f64(number: Number) -> f64 {
    match number {
        Number::Int(whole) => whole as f64,
        Number::Float(real) => real,
    }
}
