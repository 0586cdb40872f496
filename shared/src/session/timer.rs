//! Where the workshop stands, and how much time is left: by the server's clock.

use super::PhaseId;
use serde::{Deserialize, Serialize};

/// Where the workshop stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// People gather; nothing has begun.
    #[default]
    Gathering,
    /// In a phase.
    In(PhaseId, Timer),
    /// The last phase has ended.
    Over,
}

impl Stage {
    /// The present phase.
    pub fn phase(self) -> Option<PhaseId> {
        match self {
            Self::In(phase, _) => Some(phase),
            Self::Gathering | Self::Over => None,
        }
    }

    /// Its timer.
    pub fn timer(self) -> Option<Timer> {
        match self {
            Self::In(_, timer) => Some(timer),
            Self::Gathering | Self::Over => None,
        }
    }
}

/// How much time is left in a phase. All in milliseconds; moments since 1970 by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timer {
    /// It ends then. Nothing happens at that moment but a gentle signal: people decide.
    Runs {
        /// The moment.
        ends_at: u64,
    },
    /// It stands still, with so much left.
    Paused {
        /// What was left when it was stopped, in milliseconds.
        left: u64,
    },
    /// It has not begun: another day's phase waits until somebody starts it.
    Waits {
        /// What there is to begin with, in milliseconds.
        left: u64,
    },
}

impl Timer {
    /// Milliseconds left.
    pub fn left(self, now: u64) -> u64 {
        match self {
            Self::Runs { ends_at } => ends_at.saturating_sub(now),
            Self::Paused { left } | Self::Waits { left } => left,
        }
    }

    /// Whether it stands still, begun or not.
    pub fn stands(self) -> bool {
        !matches!(self, Self::Runs { .. })
    }

    pub(super) fn pause(self, now: u64) -> Self {
        Self::Paused {
            left: self.left(now),
        }
    }

    pub(super) fn resume(self, now: u64) -> Self {
        Self::Runs {
            ends_at: now + self.left(now),
        }
    }

    /// Some more time, counted from now if it was over already.
    pub(super) fn extended(self, by: u64, now: u64) -> Self {
        let left = self.left(now) + by;
        match self {
            Self::Runs { .. } => Self::Runs {
                ends_at: now + left,
            },
            Self::Paused { .. } => Self::Paused { left },
            Self::Waits { .. } => Self::Waits { left },
        }
    }
}

/// What comes next: the facilitator's one black button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NextStep {
    /// The first phase begins.
    #[default]
    Begin,
    /// All drafts are shown.
    Reveal,
    /// Those of the voices that are shown last are shown.
    RevealLast,
    /// The round of votes is closed.
    CloseRound,
    /// Dots of the voices that are shown last are added.
    ShowLastDots,
    /// What is not covered is looked at, before that phase begins in which no problem is looked at any more.
    LookFirst(PhaseId),
    /// The next phase begins.
    Phase(PhaseId),
    /// The workshop ends.
    End,
    /// Nothing: it is over.
    Nothing,
}
