//! When a board's state is written whole. A checkpoint makes opening fast and nothing else: the
//! records behind it stay, for time travel and for the day that a checkpoint proves bad.

use super::Seq;

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
