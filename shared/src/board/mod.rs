//! The board: what people post and cluster, as a document that merges.
//!
//! [`Board`] holds the document; [`Change`] is one transaction on it, with a method for each thing
//! that a person does; [`BoardView`] reads. Nobody else touches a raw Yrs map. What changed comes
//! out as [`BoardChange`]s, and as updates for the others.
//!
//! The rules that make concurrent edits come out right are in ARCHITECTURE.md, "The document"; each is
//! a property test in `tests/board/`.

mod caret;
mod change;
mod cluster;
mod document;
mod gone;
mod history;
mod image;
mod journal;
mod kept;
mod link;
mod note;
mod order;
mod text_edit;
mod withheld;
mod writing_as;

pub use change::{Change, Made};
pub use cluster::{Cluster, Collapsed};
pub use document::{ApplyError, Board, BoardView, Reading, Template};
pub use gone::ThingId;
pub use history::{Clock, History, StepId, Undone};
pub use image::{Image, NewImage};
pub use journal::{BoardChange, Update};
pub use kept::Kept;
pub use link::{ItemId, Link, LinkKind, Way};
pub use note::{
    Authorship, Born, Broken, Cut, CutRect, HabitAnswers, HabitQuestion, Lived, NewNote, Note,
    NoteKind, PlanField, PlanFields, PlanState, Reaction, ReactionKind, Restatement, Said, Verdict,
};
pub use order::Order;
pub use text_edit::TextEdit;
pub use withheld::{Among, Traces};
