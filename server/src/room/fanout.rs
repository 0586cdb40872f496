//! When changes go out, and as what: the first after quiet at once, under load a tick that merges
//! all that came since into one frame, encoded once for everybody.

use super::PeerId;
use bytes::Bytes;
use samtavle_shared::wire::Frame;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Shortest time between two frames of document changes: one frame of a screen.
const SHORTEST_TICK_MS: u64 = 16;
/// Longest: nobody sees 50 ms.
const LONGEST_TICK_MS: u64 = 50;
/// In large rooms cursors may come less often than letters.
const LONGEST_PRESENCE_TICK_MS: u64 = 100;

/// What one presence frame may hold. At ten frames a second this is 80 KB/s to each socket: a third
/// of a slow mobile network. 50 people with a cursor fit; in larger rooms they take turns.
pub(super) const PRESENCE_BUDGET_BYTES: usize = 8 * 1024;

/// Time between two frames of document changes, in a room of so many.
pub(super) fn tick_ms(peers: usize) -> u64 {
    (peers as u64 / 6).clamp(SHORTEST_TICK_MS, LONGEST_TICK_MS)
}

/// Time between two frames of presence, in a room of so many.
pub(super) fn presence_tick_ms(peers: usize) -> u64 {
    (peers as u64 / 3).clamp(SHORTEST_TICK_MS, LONGEST_PRESENCE_TICK_MS)
}

/// A channel that is quiet or has a tick under way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    earliest: u64,
}

impl Pace {
    /// May something go out now?
    pub(super) fn is_ready(self, now: u64) -> bool {
        now >= self.earliest
    }

    /// The moment when something may go out.
    pub(super) fn earliest(self) -> u64 {
        self.earliest
    }

    /// Something went out.
    pub(super) fn went_out(&mut self, now: u64, tick_ms: u64) {
        self.earliest = now + tick_ms;
    }
}

/// Document changes that wait for the tick.
#[derive(Default)]
pub(super) struct Waiting {
    /// With the socket that it came from; none: the server's own.
    updates: Vec<(Option<PeerId>, Bytes)>,
}

/// One frame for everybody.
pub(super) struct Batch {
    /// Frames to send, in order: one, unless merging failed.
    pub(super) frames: Vec<Bytes>,
    /// The socket that it all came from, if it is one.
    pub(super) sole_sender: Option<PeerId>,
}

impl Waiting {
    /// Adds a change.
    pub(super) fn push(&mut self, from: Option<PeerId>, update: Bytes) {
        self.updates.push((from, update));
    }

    /// Is there nothing to send?
    pub(super) fn is_empty(&self) -> bool {
        self.updates.is_empty()
    }

    /// Takes all of it, merged.
    pub(super) fn take_batch(&mut self) -> Option<Batch> {
        let updates = std::mem::take(&mut self.updates);
        let (first, _) = updates.first()?;
        let is_sole = updates.iter().all(|(peer, _)| peer == first);
        let sole_sender = first.filter(|_| is_sole);
        let updates: Vec<Bytes> = updates.iter().map(|(_, update)| update.clone()).collect();
        let merged = if updates.len() > 1 {
            merge(&updates)
        } else {
            None
        };
        let frames = match merged {
            Some(merged) => vec![update_frame(&merged)],
            None => updates.iter().map(|update| update_frame(update)).collect(),
        };
        Some(Batch {
            frames,
            sole_sender,
        })
    }
}

/// One update that says all of these. `None`: Yrs could not, and they go out one by one.
fn merge(updates: &[Bytes]) -> Option<Vec<u8>> {
    let merged = catch_unwind(AssertUnwindSafe(|| yrs::merge_updates_v1(updates)));
    if let Ok(Ok(merged)) = merged {
        Some(merged)
    } else {
        tracing::error!(target: "samtavle::room", updates = updates.len(), "updates did not merge; they go out one by one");
        None
    }
}

fn update_frame(update: &[u8]) -> Bytes {
    Frame::Update(update).write().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtavle_shared::board::{Board, Made, TextEdit};

    #[test]
    fn the_tick_grows_with_the_room() {
        assert_eq!([1, 96, 300, 1000].map(tick_ms), [16, 16, 50, 50]);
        assert_eq!(
            [1, 48, 150, 300, 1000].map(presence_tick_ms),
            [16, 16, 50, 100, 100]
        );
    }

    #[test]
    fn what_waits_goes_out_as_one_frame_that_says_all_of_it() {
        let writer = Board::new(1);
        let mut waiting = Waiting::default();
        for letter in ["a", "b", "c"] {
            writer.change(Made::Here).write_board_title(&TextEdit {
                at: 0,
                remove: 0,
                insert: letter.to_owned(),
            });
        }
        for update in writer.take_updates() {
            waiting.push(Some(PeerId(1)), update.bytes.into());
        }
        let batch = waiting.take_batch().unwrap();
        assert_eq!(
            (batch.frames.len(), batch.sole_sender),
            (1, Some(PeerId(1)))
        );
        let Ok(Frame::Update(merged)) = Frame::read(&batch.frames[0]) else {
            panic!("an update frame")
        };
        let reader = Board::new(2);
        reader.apply(merged, Made::Elsewhere).unwrap();
        assert_eq!(reader.view().title(), "cba");
        assert!(waiting.is_empty());
    }

    #[test]
    fn what_came_from_two_has_no_sole_sender() {
        let mut waiting = Waiting::default();
        waiting.push(Some(PeerId(1)), Bytes::from_static(&[0, 0]));
        waiting.push(Some(PeerId(2)), Bytes::from_static(&[0, 0]));
        assert_eq!(waiting.take_batch().unwrap().sole_sender, None);
        assert!(waiting.take_batch().is_none());
    }
}
