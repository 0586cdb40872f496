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
    /// The first and the last frame of which something was not taken and has not come again yet: nothing
    /// from the first on is settled.
    missed: Option<(u64, u64)>,
    /// How many had come when the other was asked for all that it has.
    asked: u64,
    /// It has not answered that yet.
    hands_over: bool,
}

impl Receipts {
    /// Of one who comes, and is asked for all that it has.
    pub(super) fn of_one_who_is_asked() -> Self {
        let mut receipts = Self::default();
        receipts.asks();
        receipts
    }

    /// Whether it was asked for all that it has, and has not answered yet: some of that may be others'.
    pub(super) fn hands_over(&self) -> bool {
        self.hands_over
    }

    /// A frame came; gives its number, from 1 on.
    pub(super) fn frame(&mut self) -> u64 {
        self.received += 1;
        self.received
    }

    /// The newest frame is settled once record `seq` is on disk. A frame that brought nothing waits,
    /// too: what it repeats may be another's that is not on disk yet.
    pub(super) fn waits_for(&mut self, seq: Seq) {
        match self.waiting.back_mut() {
            // Not over a frame that was missed: what was before it is settled without it.
            Some((frame, last))
                if *last == seq && self.missed.is_none_or(|(first, _)| *frame > first) =>
            {
                *frame = self.received;
            }
            _ => self.waiting.push_back((self.received, seq)),
        }
    }

    /// Something of the newest frame was not taken, and is to come again.
    pub(super) fn missed(&mut self) {
        let first = self.missed.map_or(self.received, |(first, _)| first);
        self.missed = Some((first, self.received));
    }

    /// The other is asked for all that it has.
    pub(super) fn asks(&mut self) {
        self.asked = self.received;
        self.hands_over = true;
    }

    /// The newest frame hands over all that there was, or is the last piece of it. What was missed before
    /// it was asked for is among that; a piece of it may have been missed since.
    pub(super) fn handed_over(&mut self) {
        self.hands_over = false;
        if self.missed.is_some_and(|(_, last)| last <= self.asked) {
            self.missed = None;
        }
    }

    /// All records up to `seq` are on disk: gives the number of settled frames if it has grown.
    pub(super) fn on_disk(&mut self, seq: Seq) -> Option<u64> {
        let mut settled = self.told;
        let missed = self.missed.map_or(u64::MAX, |(first, _)| first);
        let is_settled = |(frame, record): &(u64, Seq)| *record <= seq && *frame < missed;
        while let Some((frame, _)) = self.waiting.pop_front_if(|entry| is_settled(entry)) {
            settled = frame;
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
    fn from_a_frame_on_that_was_missed_nothing_is_told_until_it_has_come() {
        let mut receipts = Receipts::default();
        receipts.frame();
        receipts.waits_for(5);
        receipts.frame();
        receipts.missed();
        receipts.frame(); // builds on it
        receipts.missed();
        receipts.frame();
        receipts.waits_for(5); // brought nothing
        assert_eq!(receipts.on_disk(5), Some(1));
        assert_eq!(receipts.on_disk(6), None);

        receipts.asks();
        receipts.frame();
        receipts.handed_over();
        receipts.waits_for(7);
        assert_eq!(receipts.on_disk(6), Some(4));
        assert_eq!(receipts.on_disk(7), Some(5));
    }

    #[test]
    fn a_hand_over_of_which_a_piece_was_missed_settles_nothing() {
        let mut receipts = Receipts::default();
        receipts.asks();
        receipts.frame();
        receipts.missed();
        receipts.frame();
        receipts.handed_over();
        receipts.waits_for(1);
        assert_eq!(receipts.on_disk(1), None);
        receipts.asks();
        receipts.frame();
        receipts.handed_over();
        receipts.waits_for(1);
        assert_eq!(receipts.on_disk(1), Some(3));
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
