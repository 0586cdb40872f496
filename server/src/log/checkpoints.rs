//! When a board's state is written whole. A checkpoint makes opening fast and nothing else: the
//! records behind it stay, for time travel and for the day that a checkpoint proves bad.

use super::{
    errors::{Done, LogError},
    records::Seq,
};
use bytes::Bytes;
use samtavle_shared::ids::BoardId;

/// A board's whole document as it was after record `seq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    /// The last record that is in it.
    pub(crate) seq: Seq,
    /// One Yjs v1 update from nothing.
    pub(crate) state: Bytes,
    /// What it is kept as, at the end of a phase. One with a name stays as long as the board.
    pub(crate) name: Option<String>,
}

/// Where checkpoints are kept. Reading waits for the disk: call it off the async threads.
pub(crate) trait Checkpoints: Send + Sync {
    /// Queues a checkpoint; the records behind it stay. `done` is told as for a record.
    fn write_checkpoint(&self, board: &BoardId, checkpoint: Checkpoint, done: Done);

    /// The checkpoints that have a name, the oldest first.
    fn named_checkpoints(&self, board: &BoardId) -> Result<Vec<(Seq, String)>, LogError>;

    /// The checkpoint after this record.
    fn checkpoint_at(&self, board: &BoardId, seq: Seq) -> Result<Option<Checkpoint>, LogError>;

    /// The newest checkpoint that is as it was written.
    fn checkpoint(&self, board: &BoardId) -> Result<Option<Checkpoint>, LogError>;
}

/// Counts the records since the last checkpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    every: u64,
    written: Seq,
}

impl Schedule {
    /// One for a board whose newest checkpoint is after record `written` (0: none).
    pub(crate) fn new(every: u64, written: Seq) -> Self {
        Self { every, written }
    }

    /// Is it time, now that `last` is the last record?
    pub(crate) fn is_due(&self, last: Seq) -> bool {
        last.saturating_sub(self.written) >= self.every
    }

    /// Is there anything that a checkpoint at unloading would spare the next opening?
    pub(crate) fn is_worth_it_at_unload(&self, last: Seq) -> bool {
        /// Fewer records than this are read as fast as a checkpoint.
        const FEW: u64 = 20;
        last.saturating_sub(self.written) >= FEW.min(self.every)
    }

    /// A checkpoint after `seq` is on its way to disk.
    pub(crate) fn written(&mut self, seq: Seq) {
        self.written = seq;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_is_due_every_so_many_records() {
        let mut schedule = Schedule::new(100, 0);
        assert!(!schedule.is_due(99));
        assert!(schedule.is_due(100));
        schedule.written(100);
        assert!(!schedule.is_due(199));
        assert!(schedule.is_due(200));
    }

    #[test]
    fn a_board_that_was_only_looked_at_writes_none_when_it_unloads() {
        assert!(!Schedule::new(100, 7).is_worth_it_at_unload(7));
        assert!(!Schedule::new(100, 7).is_worth_it_at_unload(10));
        assert!(Schedule::new(100, 7).is_worth_it_at_unload(40));
    }
}
