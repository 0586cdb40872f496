//! Frames on their way to a browser, numbered from 1. One reader at a time takes them: the newest,
//! for an older one is a request that broke. What was taken is kept a while, for a reader that comes
//! back and did not get it.

use bytes::Bytes;
use samtavle_shared::wire::CloseCode;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, timeout},
};

/// How long a line stays that nobody reads.
pub(super) const LEFT: Duration = Duration::from_secs(30);
/// Bytes that nobody has taken yet, before the next frame waits (and the outbox fills).
const MAX_WAITING_BYTES: usize = 128 * 1024;
/// What is kept of what was taken.
const MAX_KEPT_BYTES: usize = 256 * 1024;
const MAX_KEPT_FRAMES: usize = 1024;

pub(super) struct Down {
    state: Mutex<State>,
    /// Something was pushed, or taken, or somebody came or went.
    changed: Notify,
}

struct State {
    frames: VecDeque<Bytes>,
    /// The number of the first of `frames`.
    first: u64,
    /// The last number that a reader has taken.
    taken: u64,
    kept_bytes: usize,
    waiting_bytes: usize,
    /// Tells the present reader from those before.
    reader: u64,
    /// When the reader left; none while it is here.
    left_at: Option<Instant>,
    closing: Option<CloseCode>,
    is_over: bool,
}

/// What a reader gets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// A frame, with its number.
    Frame(u64, Bytes),
    /// The line has ended, for this reason.
    Closed(CloseCode),
    /// Another reader has come.
    Replaced,
}

/// Takes the frames.
pub(super) struct Reader {
    down: Arc<Down>,
    number: u64,
    /// The last frame that it has.
    at: u64,
}

impl Down {
    pub(super) fn new() -> Self {
        Self {
            state: Mutex::new(State {
                frames: VecDeque::new(),
                first: 1,
                taken: 0,
                kept_bytes: 0,
                waiting_bytes: 0,
                reader: 0,
                left_at: Some(Instant::now()),
                closing: None,
                is_over: false,
            }),
            changed: Notify::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a frame.
    pub(super) fn push(&self, frame: Bytes) {
        let mut state = self.state();
        state.waiting_bytes += frame.len();
        state.frames.push_back(frame);
        drop(state);
        self.changed.notify_waiters();
    }

    /// Says why it ends, after what was pushed.
    pub(super) fn close(&self, code: CloseCode) {
        self.state().closing = Some(code);
        self.changed.notify_waiters();
    }

    /// The browser has these: they need not be kept.
    pub(super) fn confirm(&self, number: u64) {
        self.state().confirm(number);
    }

    /// Resolves when one more frame may be pushed.
    pub(super) async fn has_room(&self) {
        self.until(|state| state.waiting_bytes < MAX_WAITING_BYTES)
            .await;
    }

    /// Resolves when a reader was told that it is closed.
    pub(super) async fn is_closed(&self) {
        self.until(|state| state.is_over).await;
    }

    /// Resolves when nobody has read for so long.
    pub(super) async fn is_left(&self, patience: Duration) {
        loop {
            let left_at = {
                let state = self.state();
                if state.is_over {
                    return;
                }
                state.left_at
            };
            match left_at {
                Some(at) if at.elapsed() >= patience => return,
                Some(at) => tokio::time::sleep_until(at + patience).await,
                None => {
                    self.until(|state| state.left_at.is_some() || state.is_over)
                        .await;
                }
            }
        }
    }

    async fn until(&self, is_so: impl Fn(&State) -> bool) {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if is_so(&self.state()) {
                return;
            }
            changed.await;
        }
    }
}

impl State {
    fn last(&self) -> u64 {
        self.first + self.frames.len() as u64 - 1
    }

    fn confirm(&mut self, number: u64) {
        while self.first <= number.min(self.taken) {
            self.forget_first();
        }
    }

    fn forget_first(&mut self) {
        if let Some(frame) = self.frames.pop_front() {
            self.kept_bytes -= frame.len();
            self.first += 1;
        }
    }

    /// The frame of this number, which is there.
    fn take_frame(&mut self, number: u64) -> Option<Bytes> {
        let frame = self.frames.get((number - self.first) as usize)?.clone();
        if number > self.taken {
            self.taken = number;
            self.waiting_bytes -= frame.len();
            self.kept_bytes += frame.len();
        }
        while self.kept_bytes > MAX_KEPT_BYTES
            || self.taken + 1 - self.first > MAX_KEPT_FRAMES as u64
        {
            self.forget_first();
        }
        Some(frame)
    }
}

impl Reader {
    /// Reads on after frame `from`. An earlier reader ends.
    pub(super) fn after(down: &Arc<Down>, from: u64) -> Self {
        let mut state = down.state();
        state.reader += 1;
        state.left_at = None;
        state.confirm(from);
        let number = state.reader;
        drop(state);
        down.changed.notify_waiters();
        Self {
            down: Arc::clone(down),
            number,
            at: from,
        }
    }

    /// The next, if it is there.
    pub(super) fn now(&mut self) -> Option<Taken> {
        let mut state = self.down.state();
        if state.reader != self.number {
            return Some(Taken::Replaced);
        }
        if self.at + 1 < state.first || self.at > state.last() {
            // It asks for what is not kept any more, or never was.
            state.closing = Some(CloseCode::Resync);
            state.is_over = true;
        } else if self.at < state.last() {
            let frame = state.take_frame(self.at + 1)?;
            self.at += 1;
            drop(state);
            self.down.changed.notify_waiters();
            return Some(Taken::Frame(self.at, frame));
        }
        let code = state.closing?;
        state.is_over = true;
        drop(state);
        self.down.changed.notify_waiters();
        Some(Taken::Closed(code))
    }

    /// The next; `None`: not within `patience`.
    pub(super) async fn next(&mut self, patience: Duration) -> Option<Taken> {
        let down = Arc::clone(&self.down);
        timeout(patience, async {
            loop {
                let mut changed = std::pin::pin!(down.changed.notified());
                changed.as_mut().enable();
                if let Some(taken) = self.now() {
                    return taken;
                }
                changed.await;
            }
        })
        .await
        .ok()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut state = self.down.state();
        if state.reader == self.number {
            state.left_at = Some(Instant::now());
            drop(state);
            self.down.changed.notify_waiters();
        }
    }
}

#[cfg(test)]
#[path = "down_tests.rs"]
mod tests;
