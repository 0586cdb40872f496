//! Groups: tables that are mixed across voices, each with its area on the board.

use crate::geometry::BoardRect;
use serde::{Deserialize, Serialize};

/// A group's place in the row of groups; with it go a colour and a name ("Blå").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupId(pub u8);

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its name for ever.
    pub id: GroupId,
    /// Where its people's notes land, board units.
    pub area: BoardRect,
}

/// Most groups: as many as there are colours and names for, twice.
pub const MAX_GROUPS: usize = 24;
/// How large a group's area is, and how far apart two are; board units.
pub(super) const AREA: (f64, f64) = (1_000.0, 760.0);
pub(super) const GAP: f64 = 120.0;
/// Areas in a row.
pub(super) const IN_A_ROW: usize = 4;
