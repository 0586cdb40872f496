//! When each edit was sent, and how long it took to come back and to be saved.

use hdrhistogram::Histogram;
use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

/// What took longer counts as this long.
const LONGEST_MICROS: u64 = 60_000_000;

/// Shared by everybody in the room; they live in one thread.
pub(crate) struct Meter {
    counts: Cell<bool>,
    /// When a writer's n-th edit was sent, and whether it counts.
    sent: RefCell<Vec<Vec<(Instant, bool)>>>,
    edit: RefCell<Histogram<u64>>,
    saved: RefCell<Histogram<u64>>,
    counted_edits: Cell<u64>,
    heard: Cell<u64>,
    frames_in: Cell<u64>,
}

impl Meter {
    pub(crate) fn new(writers: usize) -> Self {
        let histogram =
            || Histogram::new_with_bounds(1, LONGEST_MICROS, 3).expect("these bounds are allowed");
        Self {
            counts: Cell::new(false),
            sent: RefCell::new(vec![Vec::new(); writers]),
            edit: RefCell::new(histogram()),
            saved: RefCell::new(histogram()),
            counted_edits: Cell::new(0),
            heard: Cell::new(0),
            frames_in: Cell::new(0),
        }
    }

    pub(crate) fn begin(&self) {
        self.counts.set(true);
    }

    pub(crate) fn end(&self) {
        self.counts.set(false);
    }

    /// The next edit of a writer is about to be sent: its number.
    pub(crate) fn sends(&self, writer: usize) -> usize {
        let counts = self.counts.get();
        if counts {
            self.counted_edits.set(self.counted_edits.get() + 1);
        }
        let mut sent = self.sent.borrow_mut();
        sent[writer].push((Instant::now(), counts));
        sent[writer].len() - 1
    }

    /// Somebody else has it on their screen.
    pub(crate) fn hears(&self, writer: usize, number: usize) {
        let Some(&(at, true)) = self
            .sent
            .borrow()
            .get(writer)
            .and_then(|edits| edits.get(number))
        else {
            return;
        };
        self.heard.set(self.heard.get() + 1);
        record(&self.edit, at.elapsed());
    }

    /// The server says that the writer's edit is on disk.
    pub(crate) fn is_saved(&self, writer: usize, number: usize) {
        if let Some(&(at, true)) = self
            .sent
            .borrow()
            .get(writer)
            .and_then(|edits| edits.get(number))
        {
            record(&self.saved, at.elapsed());
        }
    }

    pub(crate) fn counts_frame(&self) {
        if self.counts.get() {
            self.frames_in.set(self.frames_in.get() + 1);
        }
    }

    pub(crate) fn edit_ms(&self, percent: f64) -> f64 {
        self.edit.borrow().value_at_percentile(percent) as f64 / 1000.0
    }

    pub(crate) fn saved_ms(&self, percent: f64) -> f64 {
        self.saved.borrow().value_at_percentile(percent) as f64 / 1000.0
    }

    pub(crate) fn frames_in(&self) -> u64 {
        self.frames_in.get()
    }

    /// Of all edits that the others should have on their screens, how many are there: 1 is all.
    pub(crate) fn heard_share(&self, sockets: usize) -> f64 {
        let due = self.counted_edits.get() * (sockets as u64 - 1);
        if due == 0 {
            0.0
        } else {
            self.heard.get() as f64 / due as f64
        }
    }
}

/// In microseconds.
fn record(histogram: &RefCell<Histogram<u64>>, took: Duration) {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    histogram.borrow_mut().saturating_record(micros.max(1));
}
