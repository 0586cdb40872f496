//! The cluster: a named group of notes that belong together.
//!
//! Which notes are in it stands on the notes (one register each), so a note is never in two. Where
//! it is follows from where its notes are; `pos` is where it stands while it has none.

use super::{
    Order,
    document::{point, read_point, read_string, read_title},
};
use crate::schema::{COLLAPSED, ORDER, POS, TITLE};
use crate::{geometry::BoardPoint, ids::ClusterId};
use yrs::{Any, In, Map, MapPrelim, MapRef, Out, ReadTxn, TextPrelim};

/// A cluster as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Its name for ever.
    pub id: ClusterId,
    /// What people call it; empty until somebody names it.
    pub title: String,
    /// Top left corner while it has no notes, board units.
    pub pos: BoardPoint,
    /// Its place among the clusters: in lists, and in the stack.
    pub order: Order,
    /// Whether it lies there as a stack: its title and how many notes it has.
    pub is_collapsed: bool,
}

/// Whether a cluster lies there as a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collapsed {
    /// It does.
    Yes,
    /// Its notes are seen.
    No,
}

impl Cluster {
    /// Total, as for notes.
    pub(super) fn read<T: ReadTxn>(txn: &T, id: ClusterId, map: &MapRef) -> Self {
        Self {
            id,
            title: read_title(txn, map, TITLE),
            pos: read_point(txn, map, POS).unwrap_or_default(),
            order: read_string(txn, map, ORDER)
                .and_then(|text| Order::read(&text))
                .unwrap_or_default(),
            is_collapsed: matches!(map.get(txn, COLLAPSED), Some(Out::Any(Any::Bool(true)))),
        }
    }

    pub(super) fn new_map(title: &str, pos: BoardPoint, order: &Order) -> MapPrelim {
        MapPrelim::from([
            (TITLE, In::from(TextPrelim::new(title))),
            (POS, In::Any(point(pos))),
            (ORDER, In::from(order.spelled())),
        ])
    }
}
