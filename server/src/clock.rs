//! The time, read at the rim and passed in everywhere else.

use std::{
    sync::LazyLock,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// One moment, by two clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Now {
    /// Milliseconds since 1970; may jump when the machine's clock is set. For records and people.
    pub(crate) wall: i64,
    /// Milliseconds since the server started; never jumps. For waiting.
    pub(crate) steady: u64,
}

/// How fast the clock of sessions runs: as the machine's, or faster from the server's start on, for tests and
/// demonstrations.
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

    /// The clock of one session from now on. `ahead`: by how much it was ahead of the machine's when that
    /// was last written down.
    pub(crate) fn begin(self, now: Now, ahead: i64) -> Begun {
        Begun {
            clock: self,
            from: now.wall - now.steady.cast_signed(),
            ahead,
        }
    }
}

/// The clock of one session: it takes the time of day once, when its board is opened, and goes on evenly
/// from there. When somebody sets the machine's clock, the minutes of a phase are not longer or shorter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begun {
    clock: SessionClock,
    /// What the machine's clock would have shown when the server started.
    from: i64,
    ahead: i64,
}

impl Begun {
    /// How many of its milliseconds go by in a real one.
    pub(crate) fn speed(self) -> u32 {
        self.clock.speed()
    }

    /// Milliseconds since 1970.
    pub(crate) fn at(self, now: Now) -> u64 {
        let passed = now.steady.saturating_mul(u64::from(self.clock.speed));
        let began = self.from.saturating_add(self.ahead).max(0);
        began.unsigned_abs().saturating_add(passed)
    }

    /// By how much it is ahead of the machine's clock, if that was set since; what it hurries is not counted.
    pub(crate) fn ahead(self, now: Now) -> i64 {
        self.from + self.ahead + now.steady.cast_signed() - now.wall
    }
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Reads both clocks of the machine.
pub(crate) fn now() -> Now {
    let wall = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as i64);
    Now {
        wall,
        steady: START.elapsed().as_millis() as u64,
    }
}

/// The time since the server started. For waiting, and for how often.
pub(crate) fn steady() -> Duration {
    START.elapsed()
}

/// The moment of a steady millisecond, to wait for.
pub(crate) fn instant_of(steady: u64) -> Instant {
    *START + Duration::from_millis(steady)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_for_tests_runs_faster_from_the_start_on() {
        let moment = |ms: u64| Now {
            wall: 1_000_000 + ms.cast_signed(),
            steady: ms,
        };
        let at = |speed, ms| SessionClock::new(speed).begin(moment(0), 0).at(moment(ms));
        assert_eq!([at(1, 0), at(1, 500)], [1_000_000, 1_000_500]);
        assert_eq!([at(60, 0), at(60, 1_000)], [1_000_000, 1_060_000]);
        // A board that is opened later has the same time.
        let later = SessionClock::new(60).begin(moment(700), 0);
        assert_eq!(later.at(moment(1_000)), 1_060_000);
    }

    #[test]
    fn when_the_machines_clock_is_set_it_goes_on_evenly() {
        let moment = |ms: u64, set: i64| Now {
            wall: 1_000_000 + ms.cast_signed() + set,
            steady: ms,
        };
        let hour = 3_600_000;
        let clock = SessionClock::new(1).begin(moment(0, 0), 0);
        for set in [0, hour, -hour] {
            assert_eq!(clock.at(moment(5_000, set)), 1_005_000);
            assert_eq!(clock.ahead(moment(5_000, set)), -set);
        }
        // The next server takes up the time of day as it is by then, and what was written down.
        let again = SessionClock::new(1).begin(
            Now {
                wall: 1_006_000 + hour,
                steady: 0,
            },
            -hour,
        );
        let now = Now {
            wall: 1_007_000 + hour,
            steady: 1_000,
        };
        assert_eq!(again.at(now), 1_007_000);
    }
}
