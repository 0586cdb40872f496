//! Why a command was not done, in terms that a person can be told.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a command was not done. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Only facilitators may.
    #[error("only facilitators may do that")]
    NotYours,
    /// Somebody was quicker, or the phase, round or turn is over.
    #[error("that moment is over")]
    TooLate,
    /// It is so already.
    #[error("it is so already")]
    Already,
    /// There is no such phase, note, person, round or group.
    #[error("there is no such thing")]
    Unknown,
    /// More dots, drafts, phases, people than allowed.
    #[error("too many")]
    TooMany,
    /// Empty, too long, or no sense.
    #[error("that cannot be read")]
    Malformed,
    /// There is nobody, or nothing, to do it with.
    #[error("there is nothing to do it with")]
    Nothing,
    /// The board or the cluster is locked.
    #[error("it is locked")]
    Locked,
    /// It changes the board, and the server can write nothing just now.
    #[error("the server can write nothing just now")]
    NotSaved,
    /// This person was removed.
    #[error("this person was removed")]
    Removed,
    /// So much is not done for one person in so short a time.
    #[error("too much at once")]
    TooOften,
    /// The last facilitator cannot go.
    #[error("somebody must facilitate")]
    LastFacilitator,
}
