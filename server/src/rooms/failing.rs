//! Boards of which something could not be written though the disk takes other things: their own page in the
//! database is damaged. Such a board is opened again for reading at once; writing waits, longer each time, so
//! that its people do not come and go several times a second.

use samtavle_shared::ids::BoardId;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// The first wait.
const FIRST: Duration = Duration::from_millis(500);
/// The longest: so long after it is mended the last person is told "saved".
const LONGEST: Duration = Duration::from_mins(1);
/// Most boards that are remembered; what is more is tried at once, as the first time.
const MOST: usize = 1_000;

/// The boards that failed, and when they are tried again.
#[derive(Default)]
pub(crate) struct Failing(Mutex<HashMap<BoardId, (Duration, Instant)>>);

impl Failing {
    /// Something of a board was not written. For how long nothing of it is written from now on.
    pub(super) fn failed(&self, board: &BoardId) -> Duration {
        let mut failing = self.known();
        let pause = match failing.get(board) {
            Some((former, _)) => (*former * 2).min(LONGEST),
            None if failing.len() >= MOST => return Duration::ZERO,
            None => FIRST,
        };
        failing.insert(board.clone(), (pause, Instant::now() + pause));
        pause
    }

    /// Until when nothing of a board is written; `None`: it did not fail.
    pub(super) fn pauses_until(&self, board: &BoardId) -> Option<Instant> {
        self.known().get(board).map(|(_, until)| *until)
    }

    /// Something of it was written again.
    pub(super) fn works(&self, board: &BoardId) {
        self.known().remove(board);
    }

    fn known(&self) -> MutexGuard<'_, HashMap<BoardId, (Duration, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_is_longer_until_something_is_written_again() {
        let (failing, board) = (Failing::default(), BoardId::from("board"));
        assert_eq!(failing.pauses_until(&board), None);
        let pauses = (0..9).map(|_| failing.failed(&board).as_secs_f64());
        let expected = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0];
        assert!(pauses.eq(expected));
        assert!(failing.pauses_until(&board) > Some(Instant::now()));
        failing.works(&board);
        assert_eq!(failing.pauses_until(&board), None);
        assert_eq!(failing.failed(&board), FIRST);
    }
}
