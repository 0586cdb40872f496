//! What the canvas asks before it does it.

use crate::tools::Dropped;
use samtavle_shared::ids::ClusterId;

/// What is asked about a cluster.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Merging {
    /// It was dropped on this one.
    Dropped {
        /// The cluster that the other goes into.
        into: ClusterId,
        /// How, should it only be moved.
        dropped: Dropped,
    },
    /// With which it goes together.
    Choose(ClusterId),
}

/// What is to be done with many notes of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Delete what is selected.
    Delete,
    /// Copy what is selected.
    Duplicate,
    /// Delete a cluster with its notes.
    DeleteCluster(ClusterId),
}

/// A deed that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(super) deed: Deed,
    pub(super) notes: usize,
    pub(super) of_others: usize,
}
