//! What participants may do with what is not theirs, as facilitators choose for a board.

use serde::{Deserialize, Serialize};

/// Who may take notes off the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MayDelete {
    /// Whoever may write on the board.
    #[default]
    Everybody,
    /// Whoever wrote them, and facilitators.
    Writers,
}

/// Who may rename the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MayRename {
    /// Whoever may write on the board.
    #[default]
    Everybody,
    /// Only those who facilitate.
    Facilitators,
}

/// What participants may do. Facilitators may all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rights {
    /// With notes.
    pub delete: MayDelete,
    /// With the board's title.
    pub rename: MayRename,
}
