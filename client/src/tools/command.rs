//! What a gesture asks for. The canvas carries it out.

use super::Drop;
use samtavle_shared::{
    board::{ItemId, NoteKind},
    geometry::{BoardPoint, BoardVector, ScreenPoint, ScreenVector},
    ids::{ClusterId, ImageId, NoteId},
};

/// Notes laid down at the end of a drag.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// Which, in the order in which they were selected.
    pub notes: Vec<NoteId>,
    /// A cluster that was dragged whole; its notes are in `notes`.
    pub cluster: Option<ClusterId>,
    /// How far from where they lay.
    pub by: BoardVector,
    /// What that makes of them.
    pub drop: Drop,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Move the view by so many screen pixels.
    Pan(ScreenVector),
    /// Move and zoom the view as two fingers went.
    Pinch {
        /// Where they were.
        before: [ScreenPoint; 2],
        /// Where they are.
        after: [ScreenPoint; 2],
    },
    /// Select these notes and nothing else.
    Select(Vec<NoteId>),
    /// Select this note, too; or no longer.
    Toggle(NoteId),
    /// Select a cluster as a whole.
    SelectCluster(ClusterId),
    /// Show these notes off the board by this far.
    Lift {
        /// The notes under the pointer, the cluster's own among them.
        notes: Vec<NoteId>,
        /// How far from where they lie in the document.
        by: BoardVector,
    },
    /// Show what a drop here would make.
    Foresee(Drop),
    /// Lay them back where they lay.
    LayBack,
    /// Lay them down here.
    LayDown(Dropped),
    /// Choose a picture.
    ChooseImage(ImageId),
    /// Look at a picture.
    OpenImage(ImageId),
    /// Show a picture off the board by this far.
    LiftImage(ImageId, BoardVector),
    /// Lay it down this far from where it lay.
    LayImage(ImageId, BoardVector),
    /// Show the loop drawn so far.
    DrawLoop(Vec<BoardPoint>),
    /// The loop is done.
    EndLoop,
    /// Post a note around this point, and write on it. No kind: the one used last.
    AddNote {
        /// Its kind.
        kind: Option<NoteKind>,
        /// Where its middle is to be.
        at: BoardPoint,
    },
    /// Write on a note.
    EditNote(NoteId),
    /// Write a cluster's title.
    EditTitle(ClusterId),
    /// A link begins here.
    ConnectFrom(ItemId),
    /// …and ends here.
    ConnectTo(ItemId),
    /// Say that this is locked.
    SayLocked,
    /// Take the pointer in hand again.
    PutToolAway,
}
