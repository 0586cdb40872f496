//! What lines say to a room.

use super::outbox::Outbox;
use crate::room::terms::{Entrance, PeerId};
use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

/// What lines say to a room.
pub(crate) enum Message {
    /// Somebody comes in.
    Enter(PeerId, Entrance, Outbox),
    /// A frame, and the leave to have one more waiting.
    Frame(PeerId, Bytes, Option<OwnedSemaphorePermit>),
    /// A socket has gone.
    Leave(PeerId),
}
