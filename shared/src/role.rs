//! What a key lets somebody do on a board.

use serde::{Deserialize, Serialize};

/// What a key lets a person do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Runs the session, and takes part.
    Facilitator,
    /// Takes part.
    Participant,
    /// Shows only.
    Wall,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Facilitator, Self::Participant, Self::Wall];

    /// As in the HTTP API and the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Participant => "participant",
            Self::Wall => "wall",
        }
    }

    /// Reads a role's name.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether it may change the board.
    pub const fn may_write(self) -> bool {
        !matches!(self, Self::Wall)
    }
}
