//! What travels between client and server: standard y-protocol frames, and our own messages for
//! what the standard lacks. docs/protocol.md tells it to someone who writes another client.

pub mod frame;
pub mod message;
pub mod presence;

pub use frame::{Frame, FrameError};
pub use message::{ClientMessage, CloseCode, RefusalCode, SaveTrouble, Screen, ServerMessage};
pub use presence::{Presence, PresenceEntry};

pub use crate::role::Role;
