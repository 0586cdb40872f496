//! Which way to the server is taken: the WebSocket, unless a proxy blocks or cuts it while plain HTTP
//! gets through. What worked is remembered for some hours, so that the next page need not find out.

use crate::{browser::storage, replica::timer};
use std::cell::Cell;

/// A way to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::replica) enum Way {
    /// A WebSocket.
    Socket,
    /// An event stream down, requests up.
    Stream,
    /// The same, but each answer ends after what is there: some proxies hold back what does not end.
    Poll,
}

/// So many times a WebSocket may fail before HTTP is tried.
const STRIKES: u32 = 2;
/// A WebSocket that lived so long did not meet a proxy that cuts it.
const LONG_LIFE_MS: f64 = 30_000.0;
/// When it is first tried whether a WebSocket gets through again. With the time that it must live then, a page is back
/// on one within a minute of a server's troubles.
pub(in crate::replica) const FIRST_PROBE_MS: u32 = 10_000;
/// Where a proxy stands in the way it does so for the whole day: it is not asked more often than this.
const LAST_PROBE_MS: u32 = 10 * 60_000;
/// How long what worked is remembered.
const MEMORY_MS: f64 = 4.0 * 3_600_000.0;
const KEY: &str = "samtavle.way";

/// What is known of the ways.
pub(in crate::replica) struct Ways {
    way: Cell<Way>,
    strikes: Cell<u32>,
    /// When hello was answered on the present line; 0: not yet.
    welcomed_at: Cell<f64>,
}

impl Ways {
    /// What an earlier page found out, else the WebSocket.
    pub(in crate::replica) fn remembered() -> Self {
        let way = storage::read(KEY).and_then(|kept| read(&kept, timer::now_ms()));
        Self {
            way: Cell::new(way.unwrap_or(Way::Socket)),
            strikes: Cell::new(0),
            welcomed_at: Cell::new(0.0),
        }
    }

    /// The one to take.
    pub(in crate::replica) fn now(&self) -> Way {
        self.way.get()
    }

    /// Takes this one from now on.
    pub(in crate::replica) fn take(&self, way: Way) {
        self.way.set(way);
        self.strikes.set(0);
        if way == Way::Socket {
            storage::remove(KEY);
        }
    }

    /// A line begins.
    pub(in crate::replica) fn begin(&self) {
        self.welcomed_at.set(0.0);
    }

    /// Hello was answered: this way works.
    pub(in crate::replica) fn welcomed(&self) {
        self.welcomed_at.set(timer::now_ms());
        let until = (timer::now_ms() + MEMORY_MS).to_string();
        match self.way.get() {
            Way::Socket => {}
            Way::Stream => storage::write(KEY, &["stream ", &*until].concat()),
            Way::Poll => storage::write(KEY, &["poll ", &*until].concat()),
        }
    }

    /// Whether hello was answered on the present line.
    pub(in crate::replica) fn is_welcomed(&self) -> bool {
        self.welcomed_at.get() > 0.0
    }

    /// The line ended and nobody said why. Says whether that may be a proxy's doing: then see whether
    /// HTTP gets through, and count it.
    pub(in crate::replica) fn broke(&self) -> bool {
        let is_welcomed = self.is_welcomed();
        match self.way.get() {
            Way::Socket
                if is_welcomed && timer::now_ms() - self.welcomed_at.get() > LONG_LIFE_MS =>
            {
                self.strikes.set(0);
                false
            }
            Way::Socket => true,
            Way::Stream | Way::Poll => {
                if !is_welcomed {
                    self.take(Way::Socket); // this one is no better: begin again
                }
                false
            }
        }
    }

    /// Nothing was heard for long although the line is open: a proxy holds the stream back.
    pub(in crate::replica) fn held_back(&self) {
        if self.way.get() == Way::Stream {
            self.way.set(Way::Poll);
        }
    }

    /// A WebSocket failed while HTTP got through. Says whether HTTP is the way now.
    pub(in crate::replica) fn strike(&self) -> bool {
        if self.way.get() != Way::Socket {
            return false;
        }
        self.strikes.set(self.strikes.get() + 1);
        let is_out = self.strikes.get() >= STRIKES;
        if is_out {
            self.take(Way::Stream);
        }
        is_out
    }
}

/// How long until the next try, after one that had to wait so long, milliseconds.
pub(in crate::replica) fn next_probe(wait_ms: u32) -> u32 {
    (4 * wait_ms).min(LAST_PROBE_MS)
}

fn read(kept: &str, now: f64) -> Option<Way> {
    let (way, until) = kept.split_once(' ')?;
    let until: f64 = until.parse().ok()?;
    // A clock that was set back must not keep it for ever.
    if !(0.0..=MEMORY_MS).contains(&(until - now)) {
        return None;
    }
    match way {
        "stream" => Some(Way::Stream),
        "poll" => Some(Way::Poll),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_is_looked_for_soon_and_then_ever_more_seldom() {
        let waits: Vec<u32> =
            std::iter::successors(Some(FIRST_PROBE_MS), |wait| Some(next_probe(*wait)))
                .take(5)
                .collect();
        assert_eq!(waits, [10_000, 40_000, 160_000, 600_000, 600_000]);
    }

    #[test]
    fn what_worked_is_remembered_for_some_hours_and_no_longer() {
        assert_eq!(read("stream 2000", 1000.0), Some(Way::Stream));
        assert_eq!(read("poll 2000", 1000.0), Some(Way::Poll));
        assert_eq!(read("stream 2000", 2001.0), None);
        assert_eq!(read("stream 9e99", 0.0), None);
        assert_eq!(read("pigeon 2000", 1000.0), None);
    }
}
