//! What has come of a WebSocket's unfinished message: counted as it is read, and read no faster than memory is lent for
//! it. Until somebody has shown a key a message is short; later it is no longer than a frame, and must come on at some
//! speed, for what waits here is lent to nobody else.

use crate::memory::{Loan, Purse, SHORT_BYTES};
use bytes::Bytes;
use samtavle_shared::limits::MAX_FRAME_BYTES;
use std::{
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// Longest message of somebody who has shown no key: a hello with all former clients is well below it.
const BEFORE_HELLO_BYTES: usize = 64 * 1024;
/// What is borrowed at once while a message comes.
const STEP_BYTES: usize = 64 * 1024;
/// How long until it is asked again whether there is memory.
const ASK_AGAIN: Duration = Duration::from_millis(50);
/// A message may take so long, and longer only if it comes at [`SLOWEST_BYTES`] a second.
const GRACE: Duration = Duration::from_secs(10);
/// What a phone at the edge of its network still sends in a second.
const SLOWEST_BYTES: usize = 8 * 1024;
/// What WebSocket adds to a message: heads of its fragments, and pings between them.
const HEADS_BYTES: usize = 64 * 1024;

/// Counts what one socket has sent of its present message.
pub(super) struct Meter {
    purse: Purse,
    most: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    pending: usize,
    since: Option<Instant>,
    loan: Option<Loan>,
    is_over: bool,
    /// What comes is thrown away.
    drains: bool,
}

/// Whether more of a message may be read.
enum May {
    Read,
    /// When there is memory for it.
    Wait,
    /// It is too long: never.
    NotRead,
    ThrowAway,
}

/// A connection whose reading is counted.
pub(super) struct Metered<S> {
    inner: S,
    meter: Arc<Meter>,
    asks_again: Option<Pin<Box<Sleep>>>,
}

impl Meter {
    /// One that lets only short messages in.
    pub(super) fn strict(purse: Purse) -> Arc<Self> {
        Arc::new(Self {
            purse,
            most: AtomicUsize::new(BEFORE_HELLO_BYTES),
            state: Mutex::default(),
        })
    }

    /// They have shown a key: their messages may be as long as frames are.
    pub(super) fn trusts(&self) {
        self.most
            .store(MAX_FRAME_BYTES + HEADS_BYTES, Ordering::Relaxed);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A message is whole; what was lent for it stays with its bytes.
    pub(super) fn is_whole(&self, message: Bytes) -> Bytes {
        let mut state = self.state();
        state.pending = 0;
        state.since = None;
        match state.loan.take() {
            Some(loan) if message.len() > SHORT_BYTES => loan.around(message),
            _ => message,
        }
    }

    /// Something came between that is no part of a message.
    pub(super) fn passes_over(&self, length: usize) {
        let mut state = self.state();
        state.pending = state.pending.saturating_sub(length);
        if state.pending == 0 {
            state.since = None;
        }
    }

    /// Whether the message was longer than it may be.
    pub(super) fn is_over(&self) -> bool {
        self.state().is_over
    }

    /// Whether a message has begun that comes slower than a slow network brings it.
    pub(super) fn is_stuck(&self) -> bool {
        let state = self.state();
        let Some(since) = state.since else {
            return false;
        };
        let late = since.elapsed().saturating_sub(GRACE);
        late > Duration::ZERO && state.pending < late.as_secs() as usize * SLOWEST_BYTES
            || state.pending <= SHORT_BYTES && late > GRACE
    }

    /// After a message that is too long nothing that comes is a message any more. It is read all the same, for closing with unread bytes would take
    /// the last words back.
    pub(super) fn drains(&self) {
        let mut state = self.state();
        state.drains = true;
        state.loan = None;
    }

    fn may_read(&self) -> May {
        let mut state = self.state();
        if state.drains {
            return May::ThrowAway;
        }
        if state.pending > self.most.load(Ordering::Relaxed) {
            state.is_over = true;
            return May::NotRead;
        }
        let lent = state.loan.as_ref().map_or(0, Loan::bytes);
        if state.pending < SHORT_BYTES || state.pending < lent {
            return May::Read;
        }
        let Ok(more) = self.purse.borrow_now(STEP_BYTES) else {
            return May::Wait;
        };
        match &mut state.loan {
            Some(loan) => loan.and(more),
            None => state.loan = Some(more),
        }
        May::Read
    }

    fn has_read(&self, bytes: usize) {
        if bytes > 0 {
            let mut state = self.state();
            state.pending += bytes;
            state.since.get_or_insert_with(Instant::now);
        }
    }
}

impl<S> Metered<S> {
    pub(super) fn new(inner: S, meter: Arc<Meter>) -> Self {
        Self {
            inner,
            meter,
            asks_again: None,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Metered<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            match self.meter.may_read() {
                May::Read => break,
                May::NotRead => return Poll::Pending, // whoever asks for a message looks whether it is over
                May::ThrowAway => {
                    let mut waste = [0; 8 * 1024];
                    let mut waste = ReadBuf::new(&mut waste);
                    std::task::ready!(Pin::new(&mut self.inner).poll_read(context, &mut waste))?;
                    if waste.filled().is_empty() {
                        return Poll::Ready(Ok(()));
                    }
                }
                May::Wait => {
                    let wait = self
                        .asks_again
                        .get_or_insert_with(|| Box::pin(sleep(ASK_AGAIN)));
                    std::task::ready!(wait.as_mut().poll(context));
                    self.asks_again = None;
                }
            }
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        self.meter.has_read(buffer.filled().len() - before);
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Metered<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
