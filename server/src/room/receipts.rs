//! Which of a socket's document frames are on disk: counted, so that one number says it all.

use crate::log::Seq;
use std::collections::VecDeque;

/// One socket's document frames since it came, in the order they came.
#[derive(Default)]
pub(super) struct Receipts {
    received: u64,
    /// Frames (by number) that wait for a record, both growing.
    waiting: VecDeque<(u64, Seq)>,
    told: u64,
}

impl Receipts {
    /// A frame came; gives its number, from 1 on.
    pub(super) fn frame(&mut self) -> u64 {
        self.received += 1;
        self.received
    }

    /// The newest frame is settled once record `seq` is on disk. A frame that brought nothing waits,
    /// too: what it repeats may be another's that is not on disk yet.
    pub(super) fn waits_for(&mut self, seq: Seq) {
        match self.waiting.back_mut() {
            Some((frame, last)) if *last == seq => *frame = self.received,
            _ => self.waiting.push_back((self.received, seq)),
        }
    }

    /// All records up to `seq` are on disk: gives the number of settled frames if it has grown.
    pub(super) fn on_disk(&mut self, seq: Seq) -> Option<u64> {
        let mut settled = self.told;
        while let Some((frame, _)) = self.waiting.front().filter(|(_, record)| *record <= seq) {
            settled = *frame;
            self.waiting.pop_front();
        }
        (settled > std::mem::replace(&mut self.told, settled)).then_some(settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_told_once_when_its_record_is_on_disk() {
        let mut receipts = Receipts::default();
        receipts.frame();
        receipts.waits_for(10);
        receipts.frame();
        receipts.waits_for(11);
        assert_eq!(receipts.on_disk(9), None);
        assert_eq!(receipts.on_disk(10), Some(1));
        assert_eq!(receipts.on_disk(10), None);
        assert_eq!(receipts.on_disk(12), Some(2));
    }

    #[test]
    fn a_frame_that_repeats_anothers_waits_for_it() {
        let mut receipts = Receipts::default();
        receipts.frame();
        receipts.waits_for(5); // brought nothing, and 5 is the room's newest record
        assert_eq!(receipts.on_disk(4), None);
        assert_eq!(receipts.on_disk(5), Some(1));
    }

    #[test]
    fn frames_behind_the_same_record_are_one_entry() {
        let mut receipts = Receipts::default();
        for _ in 0..1000 {
            receipts.frame();
            receipts.waits_for(3);
        }
        assert_eq!(receipts.waiting.len(), 1);
        assert_eq!(receipts.on_disk(3), Some(1000));
    }
}
