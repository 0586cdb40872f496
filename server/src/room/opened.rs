//! What a room begins with.

use super::{document::Document, workshop::Story};
use crate::log::Seq;

/// A board as the log has it.
pub(crate) struct Opened {
    pub(crate) document: Document,
    pub(crate) story: Story,
    /// The newest record.
    pub(crate) last: Seq,
    /// The record after which the newest checkpoint was made; 0: there is none.
    pub(crate) checkpoint: Seq,
}
