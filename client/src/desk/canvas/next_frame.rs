//! What waits for the next frames: moves of pointers and of the view, and notes that are to be elements.

use crate::tools::Pointer;
use samtavle_shared::{
    geometry::{BoardRect, ScreenPoint, ScreenVector},
    ids::NoteId,
};

/// What waits for the next frame.
#[derive(Default)]
pub(crate) struct Pending {
    pub(super) is_asked: bool,
    pub(super) moves: Vec<Pointer>,
    /// The pointer of the gesture, where it was last.
    pub(super) last: Option<Pointer>,
    pub(super) pan: Option<ScreenVector>,
    pub(super) zoom: Option<(f64, ScreenPoint)>,
    pub(super) moved_count: u32,
}

/// Which notes are to be elements.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(super) notes: Vec<NoteId>,
    pub(super) covered: Option<BoardRect>,
    pub(super) moved: u64,
}
