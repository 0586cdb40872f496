//! The door: who may still come in.

use serde::{Deserialize, Serialize};

/// Whether those may come in who have not been here yet. Who has been here comes and goes, and who facilitates does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Everybody with the link or the code.
    #[default]
    Open,
    /// One by one: they wait until a facilitator lets them in.
    Ask,
    /// Nobody who was not here before.
    Shut,
}

/// Somebody who waits at the door, as a facilitator sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// To name them by.
    pub number: u32,
    /// As they like to be called; empty: they have not said, or the board is anonymous.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Since when, milliseconds since 1970 by the server's clock.
    pub since: u64,
}
