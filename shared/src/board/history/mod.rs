//! Undo and redo of one's own changes, and of nothing else.
//!
//! A step knows what it set and what was there before. Taking it back sets the former value where the
//! present one is still one's own, takes away what is left of one's own letters and puts back those that one
//! took away; what others have changed since stays as they left it. It never goes on to another step by
//! itself: one that nothing is left of is used up, and says so.
//!
//! * [`steps`]: what was done, and what others have done to it since; written down by `Change`
//! * [`letters`]: whose step each letter of a text came by
//! * [`ear`]: hears what others do
//! * [`turn`]: takes a step back, or does it again

mod ear;
mod letters;
mod steps;
#[cfg(test)]
mod tests;
mod turn;

pub(super) use steps::Recorder;

use super::{Board, Made, document::Roots};
use std::sync::Arc;
use turn::Way;
use yrs::{Doc, Transact as _};

/// Milliseconds since 1970: given from outside, for there is no clock in here.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A step: names what a notice can take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(u32);

/// What came of taking a step back, or of doing it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// All of it is as it was.
    Done,
    /// Some of it; the rest was changed by others since, and stays.
    DoneInPart,
    /// None of it: others have changed all of it since, and it stays as it is. The step is used up.
    ChangedSince,
    /// There was no such step.
    Nothing,
}

/// What the person at this replica did, to be taken back and done again. What others did meanwhile
/// stays.
pub struct History {
    doc: Doc,
    roots: Roots,
    recorder: Recorder,
}

impl History {
    /// Follows [`Made::Here`] from now on, in place of a history that did before.
    pub fn of(board: &Board, clock: Clock) -> Self {
        let recorder = Recorder::new(clock);
        let roots = board.roots().clone();
        ear::listen(&roots, &recorder);
        board.record(recorder.clone());
        Self {
            doc: board.doc().clone(),
            roots,
            recorder,
        }
    }

    /// What comes from here on is a step of its own: called when a gesture begins and when it ends.
    pub fn new_step(&mut self) {
        self.recorder.steps().close();
    }

    /// The step that was done last, by which [`History::undo_step`] finds it.
    pub fn last_step(&self) -> Option<StepId> {
        self.recorder.steps().last()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Undone {
        self.new_step();
        match self.last_step() {
            Some(last) => self.undo_step(last),
            None => Undone::Nothing,
        }
    }

    /// Takes this very step back, whatever was done since.
    pub fn undo_step(&mut self, step: StepId) -> Undone {
        self.new_step();
        self.turn(step, Way::Back)
    }

    /// Does again what was last taken back.
    pub fn redo(&mut self) -> Undone {
        let last = self.recorder.steps().undone.last().map(|step| step.id);
        match last {
            Some(last) => self.turn(last, Way::Again),
            None => Undone::Nothing,
        }
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.recorder.steps().done.is_empty()
    }

    /// Whether there is a step to do again.
    pub fn can_redo(&self) -> bool {
        !self.recorder.steps().undone.is_empty()
    }

    fn turn(&mut self, id: StepId, way: Way) -> Undone {
        // The transaction is over before the steps are let go; of what is made here the ear hears nothing.
        let mut steps = self.recorder.steps();
        let from = match way {
            Way::Back => &mut steps.done,
            Way::Again => &mut steps.undone,
        };
        let Some(place) = from.iter().position(|step| step.id == id) else {
            return Undone::Nothing;
        };
        let mut step = from.remove(place);
        let mut txn = self.doc.transact_mut_with(Made::Here.origin());
        let outcome = turn::turn(&mut txn, &self.roots, &mut steps, &mut step, way);
        drop(txn);
        if step.is_empty() {
            steps.forget(id);
        } else {
            match way {
                Way::Back => steps.undone.push(step),
                Way::Again => steps.done.push(step),
            }
        }
        outcome
    }
}
