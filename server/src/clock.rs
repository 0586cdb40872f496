//! The time, read at the rim and passed in everywhere else.

use std::{
    sync::LazyLock,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// One moment, by two clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Now {
    /// Milliseconds since 1970; may jump when the machine's clock is set. For records and people.
    pub(crate) wall: i64,
    /// Milliseconds since the server started; never jumps. For waiting.
    pub(crate) steady: u64,
}

/// The clock of sessions: the machine's, or one that runs faster from the server's start on, for tests
/// and demonstrations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SessionClock {
    speed: u32,
}

impl SessionClock {
    /// One of whose milliseconds so many go by in a real one; 1 for real sessions.
    pub(crate) fn new(speed: u32) -> Self {
        Self {
            speed: speed.max(1),
        }
    }

    /// How many of its milliseconds go by in a real one.
    pub(crate) fn speed(self) -> u32 {
        self.speed
    }

    /// Milliseconds since 1970.
    pub(crate) fn at(self, now: Now) -> u64 {
        let hurried = now.steady.saturating_mul(u64::from(self.speed) - 1);
        now.wall.unsigned_abs().saturating_add(hurried)
    }
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Now.
pub(crate) fn now() -> Now {
    let wall = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as i64);
    Now {
        wall,
        steady: START.elapsed().as_millis() as u64,
    }
}

/// The moment of a steady millisecond, to wait for.
pub(crate) fn instant_of(steady: u64) -> Instant {
    *START + std::time::Duration::from_millis(steady)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_for_tests_runs_faster_from_the_start_on() {
        let at = |speed, ms: u64| {
            SessionClock::new(speed).at(Now {
                wall: 1_000_000 + ms.cast_signed(),
                steady: ms,
            })
        };
        assert_eq!([at(1, 0), at(1, 500)], [1_000_000, 1_000_500]);
        assert_eq!([at(60, 0), at(60, 1_000)], [1_000_000, 1_060_000]);
    }
}
