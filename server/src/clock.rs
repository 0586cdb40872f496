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
