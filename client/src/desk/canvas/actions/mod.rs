//! What a person does on the desk: each is one transaction and one step to take back.

mod clusters;
mod drops;
mod notes;
mod places;
mod selecting;

use super::super::DeskState;
use crate::{
    notes::clusters::{self as clusters_of, Lying},
    state::ClusterShape,
};
use samtavle_shared::{
    board::{BoardChange, Change, StepId},
    ids::{ClusterId, NoteId},
};

/// Notes that were deleted: how many, and by which step.
#[derive(Clone, Copy)]
pub struct Deleted {
    /// How many notes went.
    pub notes: usize,
    /// What can be taken back.
    pub step: Option<StepId>,
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
        clusters_of::shape(self.replica, cluster)
    }

    fn lying(self, notes: &[NoteId]) -> Vec<Lying> {
        clusters_of::lying(self.replica, notes)
    }
}
