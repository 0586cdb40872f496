//! What a tool sees of the board.

use samtavle_shared::{
    board::ItemId,
    geometry::{BoardPoint, BoardRect},
    ids::{ClusterId, ImageId, NoteId},
};

/// What lies under a point.
#[derive(Clone, Debug, PartialEq)]
pub enum Spot {
    /// A note.
    Note(NoteId),
    /// The head of a cluster, with its title.
    Head(ClusterId),
    /// A cluster, between its notes.
    Inside(ClusterId),
    /// A picture that lies on the table.
    Image(ImageId),
    /// The table.
    Table,
}

impl Spot {
    /// What a link can begin or end at here.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::Note(note) => Some(ItemId::Note(note.clone())),
            Self::Head(cluster) | Self::Inside(cluster) => Some(ItemId::Cluster(cluster.clone())),
            Self::Image(_) | Self::Table => None,
        }
    }
}

/// The board as far as tools ask.
pub trait BoardSight {
    /// What lies on top at this point.
    fn spot_at(&self, point: BoardPoint) -> Spot;
    /// Where a note is seen.
    fn rect_of(&self, note: &NoteId) -> Option<BoardRect>;
    /// The notes in this part, bottom of the stack first.
    fn notes_in(&self, part: BoardRect) -> Vec<NoteId>;
    /// The cluster that a note belongs to.
    fn cluster_of(&self, note: &NoteId) -> Option<ClusterId>;
    /// The notes of a cluster.
    fn notes_of(&self, cluster: &ClusterId) -> Vec<NoteId>;
    /// The cluster whose frame holds this point.
    fn cluster_at(&self, point: BoardPoint) -> Option<ClusterId>;
    /// The same, as if this one were not there.
    fn other_cluster_at(&self, point: BoardPoint, cluster: &ClusterId) -> Option<ClusterId>;
    /// The selected notes.
    fn selected(&self) -> Vec<NoteId>;
    /// The cluster that is selected as a whole.
    fn selected_cluster(&self) -> Option<ClusterId>;
    /// The picture that is chosen: only then a drag takes it along. Else it is like the table.
    fn chosen_image(&self) -> Option<ImageId>;
    /// Whether the person here may change the board.
    fn may_write(&self) -> bool;
    /// Whether what lies here is locked for the person here.
    fn is_locked(&self, spot: &Spot) -> bool;
    /// Where the link begins that is being made.
    fn connecting(&self) -> Option<ItemId>;
}
