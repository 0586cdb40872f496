//! What a cluster's view needs: its fields, its notes and its frame.

use samtavle_shared::{board::Cluster, geometry::BoardRect, ids::NoteId};

/// A cluster with what follows from its notes.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterShape {
    /// Its fields.
    pub cluster: Cluster,
    /// Its notes in reading order: rows from the top, in a row from the left.
    pub notes: Vec<NoteId>,
    /// Its frame, where it is seen now (with what is being dragged), board units.
    pub frame: BoardRect,
}
