//! What a person does on the desk: each is one transaction and one step to take back.

mod clusters;
mod drops;
mod notes;
mod places;
mod selecting;

use super::super::DeskState;
use crate::state::ClusterShape;
use leptos::prelude::*;
use samtavle_shared::{
    board::{BoardChange, Change, Note, StepId},
    geometry::BoardRect,
    ids::{ClusterId, NoteId},
    layout::size_of,
};

/// Notes that were deleted: how many, and by which step.
#[derive(Clone, Copy)]
pub struct Deleted {
    /// How many notes went.
    pub notes: usize,
    /// What can be taken back.
    pub step: Option<StepId>,
}

/// A note and where it lies in the document.
#[derive(Clone)]
struct Lying {
    note: Note,
    rect: BoardRect,
}

impl DeskState {
    /// One transaction that is a step of its own.
    fn step(self, gesture: impl FnOnce(&mut Change<'_>)) -> Option<StepId> {
        self.replica.step(gesture)
    }

    /// The same; of one thing, if it is one.
    fn step_of(
        self,
        thing: Option<BoardChange>,
        gesture: impl FnOnce(&mut Change<'_>),
    ) -> Option<StepId> {
        match thing {
            Some(thing) => self.replica.step_of(&thing, gesture),
            None => self.step(gesture),
        }
    }

    fn shape(self, cluster: &ClusterId) -> Option<ClusterShape> {
        Some(self.replica.state.cluster(cluster)?.get_untracked())
    }

    fn lying(self, notes: &[NoteId]) -> Vec<Lying> {
        let state = self.replica.state;
        notes
            .iter()
            .filter_map(|id| {
                let note = state.note(id)?.note.get_untracked();
                let rect = BoardRect::at(note.pos, size_of(&note));
                Some(Lying { note, rect })
            })
            .collect()
    }
}
