//! The queue from a room to one socket. It is bounded in frames and bytes, and the room never waits
//! for it: presence is left out first; when a document change does not fit, the socket is closed
//! and syncs when it comes back. A document change is never left out in silence.

use crate::room::terms::Class;
use bytes::Bytes;
use samtavle_shared::wire::CloseCode;
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::{Notify, mpsc};

/// Frames that may wait: nearly a minute of a busy room, for a slow phone that loads a large board.
const MAX_FRAMES: usize = 1024;
/// Bytes that may wait before the next frame is refused.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// States of the board that may wait. They do not count as bytes, nor do their pieces: one is as large as
/// the board is, and what changes while it is sent must fit behind it.
const MAX_STATES: usize = 2;
/// From here on presence is left out, so that there is room for what may not be.
const PRESENCE_MAX_FRAMES: usize = 32;
const PRESENCE_MAX_BYTES: usize = 256 * 1024;

/// The room's end.
pub(crate) struct Outbox {
    frames: mpsc::Sender<(Bytes, Class)>,
    line: Arc<Line>,
}

/// The socket's end.
pub(crate) struct Inlet {
    frames: mpsc::Receiver<(Bytes, Class)>,
    line: Arc<Line>,
}

/// What both ends see.
#[derive(Default)]
struct Line {
    bytes: AtomicUsize,
    states: AtomicUsize,
    /// Why the room closes it.
    code: OnceLock<CloseCode>,
    /// Told when what waits is not to be sent any more.
    cut: Notify,
}

impl Line {
    /// What a frame is counted by while it waits.
    fn counted(&self, bytes: usize, class: Class) -> (&AtomicUsize, usize) {
        match class {
            Class::State => (&self.states, 1),
            Class::Piece => (&self.states, 0),
            Class::Presence | Class::Document => (&self.bytes, bytes),
        }
    }
}

/// The queue is full, or its socket has gone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stuck;

/// A queue.
pub(crate) fn outbox() -> (Outbox, Inlet) {
    let (sender, receiver) = mpsc::channel(MAX_FRAMES);
    let line = Arc::new(Line::default());
    (
        Outbox {
            frames: sender,
            line: Arc::clone(&line),
        },
        Inlet {
            frames: receiver,
            line,
        },
    )
}

impl Outbox {
    /// Queues a frame.
    pub(crate) fn send(&self, frame: Bytes, class: Class) -> Result<(), Stuck> {
        let bytes = self.line.bytes.load(Ordering::Relaxed);
        let frames = MAX_FRAMES - self.frames.capacity();
        match class {
            Class::Presence if frames >= PRESENCE_MAX_FRAMES || bytes >= PRESENCE_MAX_BYTES => {
                return Ok(());
            }
            Class::Document if bytes >= MAX_BYTES => return Err(Stuck),
            Class::State if self.line.states.load(Ordering::Relaxed) >= MAX_STATES => {
                return Err(Stuck);
            }
            Class::Presence | Class::Document | Class::Piece | Class::State => {}
        }
        // Counted before the other end can take it and count it off.
        let (count, amount) = self.line.counted(frame.len(), class);
        count.fetch_add(amount, Ordering::Relaxed);
        self.frames.try_send((frame, class)).map_err(|_| Stuck)
    }

    /// Closes the socket after what was queued.
    pub(crate) fn close(self, code: CloseCode) {
        // A code that was set before is the first reason; this one would be the second.
        let _ = self.line.code.set(code);
    }

    /// Closes the socket without what was queued.
    pub(crate) fn cut(self, code: CloseCode) {
        let _ = self.line.code.set(code);
        self.line.cut.notify_one();
    }
}

impl Inlet {
    /// The next frame; `None`: the room has closed the queue.
    pub(crate) async fn next(&mut self) -> Option<Bytes> {
        let (frame, class) = self.frames.recv().await?;
        Some(self.taken(frame, class))
    }

    /// The next frame if one is there.
    pub(crate) fn next_now(&mut self) -> Option<Bytes> {
        let (frame, class) = self.frames.try_recv().ok()?;
        Some(self.taken(frame, class))
    }

    fn taken(&self, frame: Bytes, class: Class) -> Bytes {
        let (count, amount) = self.line.counted(frame.len(), class);
        count.fetch_sub(amount, Ordering::Relaxed);
        frame
    }

    /// Resolves when what waits is not to be sent any more.
    pub(crate) fn cut(&self) -> impl Future<Output = ()> + use<> {
        let line = Arc::clone(&self.line);
        async move { line.cut.notified().await }
    }

    /// Why the room closed it. Without a reason the room ended: come back.
    pub(crate) fn code(&self) -> CloseCode {
        self.line.code.get().copied().unwrap_or(CloseCode::Restart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(bytes: usize) -> Bytes {
        vec![0; bytes].into()
    }

    #[test]
    fn presence_is_left_out_before_a_document_change_is_refused() {
        let (outbox, mut inlet) = outbox();
        for _ in 0..MAX_FRAMES {
            outbox.send(frame(10), Class::Presence).unwrap();
        }
        for _ in PRESENCE_MAX_FRAMES..MAX_FRAMES {
            outbox.send(frame(10), Class::Document).unwrap();
        }
        assert_eq!(outbox.send(frame(10), Class::Document), Err(Stuck));
        assert_eq!(std::iter::from_fn(|| inlet.next_now()).count(), MAX_FRAMES);
        assert_eq!(
            outbox.send(frame(10), Class::Document),
            Ok(()),
            "there is room again"
        );
    }

    #[test]
    fn bytes_count_as_well_as_frames() {
        let (outbox, mut inlet) = outbox();
        outbox.send(frame(MAX_BYTES), Class::Document).unwrap();
        assert_eq!(outbox.send(frame(1), Class::Document), Err(Stuck));
        inlet.next_now().unwrap();
        assert_eq!(outbox.send(frame(1), Class::Document), Ok(()));
    }

    #[test]
    fn changes_fit_behind_a_large_state_and_states_do_not_pile_up() {
        let (outbox, mut inlet) = outbox();
        for _ in 0..MAX_STATES {
            outbox.send(frame(2 * MAX_BYTES), Class::State).unwrap();
            outbox.send(frame(1), Class::Document).unwrap();
        }
        assert_eq!(outbox.send(frame(1), Class::State), Err(Stuck));
        inlet.next_now().unwrap();
        assert_eq!(outbox.send(frame(1), Class::State), Ok(()));
    }

    #[test]
    fn a_queue_whose_socket_has_gone_is_stuck() {
        let (outbox, inlet) = outbox();
        drop(inlet);
        assert_eq!(outbox.send(frame(1), Class::Document), Err(Stuck));
    }

    #[test]
    fn the_first_reason_to_close_is_the_one_told() {
        let (outbox, inlet) = outbox();
        outbox.cut(CloseCode::Resync);
        assert_eq!(inlet.code(), CloseCode::Resync);
    }
}
