//! Undo and redo of one's own changes only.

use super::{Board, Made};
use std::sync::Arc;
use yrs::{
    UndoManager,
    undo::{Options, UndoManager as Manager},
};

/// Milliseconds since 1970: given from outside, for there is no clock in here.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// Letters typed within this pause are one step back, in milliseconds.
const ONE_STEP_MS: u64 = 600;

/// What the person at this replica did, to be taken back and done again. What others did meanwhile
/// stays.
pub struct History {
    manager: Manager<()>,
}

impl History {
    /// Follows [`Made::Here`] from now on.
    pub fn of(board: &Board, clock: Clock) -> Self {
        let mut manager = UndoManager::with_options(Options {
            capture_timeout_millis: ONE_STEP_MS,
            tracked_origins: [Made::Here.origin()].into(),
            capture_transaction: None,
            timestamp: Arc::new(move || clock()),
            init_undo_stack: Vec::new(),
            init_redo_stack: Vec::new(),
        });
        let roots = board.roots();
        let undone = [
            &roots.notes,
            &roots.clusters,
            &roots.links,
            &roots.images,
            &roots.meta,
        ];
        for root in undone {
            manager.expand_scope(board.doc(), root);
        }
        Self { manager }
    }

    /// What comes from here on is a step of its own: called when a gesture begins and when it ends.
    pub fn new_step(&mut self) {
        self.manager.reset();
    }

    /// Takes the last step back. False when there is none.
    pub fn undo(&mut self) -> bool {
        self.manager.undo_blocking()
    }

    /// Does again what was last taken back. False when there is nothing.
    pub fn redo(&mut self) -> bool {
        self.manager.redo_blocking()
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.manager.can_undo()
    }

    /// Whether there is a step to do again.
    pub fn can_redo(&self) -> bool {
        self.manager.can_redo()
    }
}
