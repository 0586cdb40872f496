//! One person's line to a room, whatever it is made of: a WebSocket ([`super::socket`]) or plain HTTP
//! ([`super::line`]). It serves until there is a reason to part, under the same limits.

use super::websocket::{Broken, Incoming};
use crate::{
    access::{bucket::Bucket, codes::JoinCode, devices::person_of, limits},
    clock,
    log::{Entry, Pass, Shown},
    room::terms::{Caller, Dialect, Entrance},
    rooms::{
        message::Message as ToRoom,
        outbox::{Inlet, outbox},
        registry::{NoSeat, Seat},
    },
    state::AppState,
};
use bytes::Bytes;
use samtavle_shared::{
    ids::BoardId,
    limits::MAX_FORMER_CLIENTS,
    wire::{ClientMessage, CloseCode, Frame, RefusalCode, ServerMessage, message::PROTOCOL},
};
use std::{net::IpAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep_until, timeout},
};

/// Between pings. Proxies close what is quiet for a minute, standard clients what is quiet for 30 s.
const PING: Duration = Duration::from_secs(20);
/// Frames that each page sends when it comes: what it has, and what the room lacks.
const GREETINGS: u64 = 2;
/// Frames of one connection that wait for the room.
const MOST_WAITING: usize = 4;
/// To deliver the last words.
const PARTING: Duration = Duration::from_secs(5);

/// What carries frames to and from one person.
pub(super) trait Wire: Send {
    /// Without a word for so long it is dead.
    const DEAD: Duration;

    /// What comes next. It can be given up and asked again.
    fn next(&mut self) -> impl Future<Output = Incoming> + Send;

    /// Gives a frame on to be sent; `flush` sees to it that it is.
    fn feed(&mut self, frame: Bytes) -> impl Future<Output = Result<(), Broken>> + Send;

    /// Sends what was fed.
    fn flush(&mut self) -> impl Future<Output = Result<(), Broken>> + Send;

    /// Asks for a sign of life; needs a `flush`.
    fn ping(&mut self) -> impl Future<Output = Result<(), Broken>> + Send;

    /// Says why it ends, and waits until that has arrived.
    fn close(self, code: CloseCode) -> impl Future<Output = ()> + Send;
}

/// How a connection ends.
pub(super) enum Parting {
    /// It is told why: a last frame, and a code.
    Told(CloseCode, Option<Bytes>),
    /// It has gone by itself.
    Gone,
}

impl Parting {
    /// With a code that says all.
    pub(super) fn because(code: CloseCode) -> Self {
        Self::Told(code, None)
    }

    /// What came was no frame, or not one for this place.
    pub(super) fn rubbish() -> Self {
        Self::refused(RefusalCode::Malformed, CloseCode::Rubbish)
    }

    /// With a refusal before the code.
    pub(super) fn refused(code: RefusalCode, close: CloseCode) -> Self {
        let refused = ServerMessage::Refused { code, frame: None };
        Self::Told(close, Some(Frame::Ours(&refused.to_json()).write().into()))
    }
}

/// Reads the first frame of our client, and looks up the key in it.
pub(super) async fn said_hello(
    app: &Arc<AppState>,
    board: &BoardId,
    first: &[u8],
    address: IpAddr,
) -> Result<Entrance, Parting> {
    let Ok(Frame::Ours(json)) = Frame::read(first) else {
        return Err(Parting::rubbish());
    };
    let Ok(ClientMessage::Hello {
        protocol,
        key,
        client,
        device,
        mut wrote_as,
        knows,
        ..
    }) = serde_json::from_str(json)
    else {
        return Err(Parting::rubbish());
    };
    if protocol != PROTOCOL {
        return Err(Parting::refused(
            RefusalCode::OtherVersion,
            CloseCode::OtherVersion,
        ));
    }
    wrote_as.truncate(MAX_FORMER_CLIENTS);
    let shown = app.shown(&key, person_of(board, &device));
    let key = shown.key;
    let pass = pass(app, board, shown)
        .await
        .map_err(|refused| Parting::refused(refused.code, refused.close))?;
    Ok(Entrance {
        caller: Caller::at(address),
        role: pass.role,
        code: spelled(pass.code.as_ref()),
        key,
        dialect: Dialect::Ours {
            client,
            device,
            wrote_as,
            knows,
        },
    })
}

/// Why a key opens nothing.
pub(super) struct NoPass {
    code: RefusalCode,
    pub(super) close: CloseCode,
    pub(super) words: &'static str,
}

/// What a key opens.
pub(super) async fn pass(
    app: &Arc<AppState>,
    board: &BoardId,
    shown: Shown,
) -> Result<Pass, NoPass> {
    let (log, of) = (Arc::clone(&app.log), board.clone());
    match tokio::task::spawn_blocking(move || log.entry(&of, &shown)).await {
        Ok(Ok(Entry::Opens(pass))) => Ok(pass),
        Ok(Ok(Entry::WrongKey)) => {
            tracing::info!(target: "samtavle::socket", %board, "a wrong key");
            Err(NoPass {
                code: RefusalCode::WrongKey,
                close: CloseCode::WrongKey,
                words: "The key is missing or wrong.",
            })
        }
        Ok(Ok(Entry::Removed)) => Err(NoPass {
            code: RefusalCode::WrongKey,
            close: CloseCode::Removed,
            words: "A facilitator has sent you away.",
        }),
        Ok(Ok(Entry::NoBoard)) => {
            tracing::info!(target: "samtavle::socket", "an unknown board");
            Err(NoPass {
                code: RefusalCode::NoSuchBoard,
                close: CloseCode::NoSuchBoard,
                words: "There is no such board.",
            })
        }
        Ok(Err(error)) => {
            tracing::error!(target: "samtavle::socket", %board, %error, "a key could not be looked up");
            Err(unavailable())
        }
        Err(panic) => {
            tracing::error!(target: "samtavle::socket", %board, %panic, "looking up a key panicked");
            Err(unavailable())
        }
    }
}

/// A code as it is said; empty: there is none that lives.
pub(super) fn spelled(code: Option<&JoinCode>) -> String {
    code.map(ToString::to_string).unwrap_or_default()
}

fn unavailable() -> NoPass {
    NoPass {
        code: RefusalCode::NotSaved,
        close: CloseCode::Restart,
        words: "The server cannot read just now.",
    }
}

/// Takes a seat in the board's room and serves until there is a reason to part.
pub(super) async fn serve(
    app: &Arc<AppState>,
    board: &BoardId,
    wire: &mut impl Wire,
    entrance: Entrance,
) -> Parting {
    let is_standard = entrance.dialect == Dialect::Standard;
    let caller = Arc::clone(&entrance.caller);
    let address = caller.address;
    let seat = match app.rooms.seat(board, entrance.role, address) {
        Ok(seat) => seat,
        Err(NoSeat::Stopping) => return Parting::because(CloseCode::Restart),
        Err(NoSeat::Full) => {
            tracing::warn!(target: "samtavle::socket", %board, "a board is full");
            return Parting::because(CloseCode::TooMany);
        }
    };
    let (outbox, inlet) = outbox();
    if seat.enter(entrance, outbox).await.is_err() {
        return Parting::because(CloseCode::Restart);
    }
    let _home = app.rooms.at_home(board, address);
    let peer = seat.peer;
    let parting = Connection {
        wire,
        seat: &seat,
        inlet,
        is_standard,
    }
    .serve()
    .await;
    // Before the room is told: it may be at work for them.
    caller.goes();
    // If the room has ended it knows already.
    let _ = seat.tell(ToRoom::Leave(peer)).await;
    parting
}

struct Connection<'a, W> {
    wire: &'a mut W,
    seat: &'a Seat,
    inlet: Inlet,
    is_standard: bool,
}

impl<W: Wire> Connection<'_, W> {
    async fn serve(mut self) -> Parting {
        let mut cut = pin!(self.inlet.cut());
        let mut lost = pin!(self.seat.is_lost());
        let mut frames = 0_u64;
        let waiting = Arc::new(Semaphore::new(MOST_WAITING));
        let mut heard = Instant::now();
        let mut ping = heard + PING;
        let mut pause_until = heard;
        let mut messages = Bucket::full(limits::MESSAGES, clock::steady());
        let mut bytes = Bucket::full(limits::BYTES, clock::steady());
        loop {
            let now = Instant::now();
            let is_behind = waiting.available_permits() == 0;
            tokio::select! {
                biased;
                () = &mut cut => return Parting::because(self.inlet.code()),
                () = &mut lost => return Parting::because(CloseCode::TooMany),
                frame = self.inlet.next() => {
                    let Some(frame) = frame else { return Parting::because(self.inlet.code()) };
                    tokio::select! {
                        biased;
                        () = &mut cut => return Parting::because(self.inlet.code()),
                        sent = send_all(self.wire, frame, &mut self.inlet) => if sent.is_err() {
                            return Parting::Gone;
                        },
                    }
                }
                () = sleep_until(ping) => {
                    ping = Instant::now() + PING;
                    if heard.elapsed() > W::DEAD && pause_until <= now && !is_behind {
                        return Parting::Gone;
                    }
                    if timeout(PING, self.ping()).await.is_err() {
                        return Parting::Gone;
                    }
                }
                () = sleep_until(pause_until), if pause_until > now => {}
                _ = waiting.acquire(), if is_behind => {}
                incoming = self.wire.next(), if pause_until <= now && !is_behind => {
                    heard = Instant::now();
                    let frame = match incoming {
                        Incoming::Frame(frame) => frame,
                        Incoming::Alive => continue,
                        Incoming::Gone => return Parting::Gone,
                        Incoming::Text => {
                            return self.refuse(RefusalCode::Malformed, CloseCode::Rubbish, "Frames are binary.");
                        }
                        Incoming::TooLarge => {
                            return self.refuse(RefusalCode::TooLarge, CloseCode::TooLarge, "The frame is too large.");
                        }
                    };
                    frames += 1;
                    if frames > GREETINGS {
                        self.seat.is_used();
                    }
                    let at = clock::steady();
                    let length = u32::try_from(frame.len()).unwrap_or(u32::MAX);
                    pause_until = heard + messages.spend(1, at).max(bytes.spend(length, at));
                    // Whoever's frames are much work for the room waits for themselves, and others' come in between.
                    let leave = Arc::clone(&waiting).try_acquire_owned().ok();
                    if self.seat.tell(ToRoom::Frame(self.seat.peer, frame, leave)).await.is_err() {
                        return Parting::because(CloseCode::Restart);
                    }
                }
            }
        }
    }

    /// A ping of WebSocket, and for standard clients, which do not see those, a frame that says nothing:
    /// they take 30 s of silence for a dead connection.
    async fn ping(&mut self) -> Result<(), Broken> {
        self.wire.ping().await?;
        if self.is_standard {
            self.wire
                .feed(Frame::Awareness(&[0]).write().into())
                .await?;
        }
        self.wire.flush().await
    }

    fn refuse(&self, code: RefusalCode, close: CloseCode, words: &str) -> Parting {
        if self.is_standard {
            Parting::Told(close, Some(Frame::Denied(words).write().into()))
        } else {
            Parting::refused(code, close)
        }
    }
}

/// Sends a frame and those that are there behind it, with one flush.
async fn send_all(wire: &mut impl Wire, first: Bytes, inlet: &mut Inlet) -> Result<(), Broken> {
    wire.feed(first).await?;
    while let Some(frame) = inlet.next_now() {
        wire.feed(frame).await?;
    }
    wire.flush().await
}

/// Says the last words.
pub(super) async fn part(board: &BoardId, mut wire: impl Wire, parting: Parting) {
    let Parting::Told(code, last) = parting else {
        return;
    };
    tracing::debug!(target: "samtavle::socket", %board, code = code.number(), "a line is closed");
    let farewell = async {
        if let Some(last) = last
            && wire.feed(last).await.is_err()
        {
            return;
        }
        wire.close(code).await;
    };
    // Who does not listen any more needs no last words.
    let _ = timeout(PARTING, farewell).await;
}
