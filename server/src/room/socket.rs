//! One person's connection. Its life is three steps: it shows a key (our client in its hello, a
//! standard one in the address), it serves, it parts with a code that says why.

use super::{
    outbox::{Inlet, outbox},
    registry::{NoSeat, Seat},
    task::Message as ToRoom,
    terms::{Dialect, Entrance},
    websocket::{Broken, Incoming, Upgrade, WebSocket},
};
use crate::{
    access::{
        keys::{KeyHash, board_id_of},
        limits::{self, Bucket},
    },
    app::App,
    log::{Entry, Pass},
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use bytes::Bytes;
use samtavle_shared::{
    ids::BoardId,
    wire::{ClientMessage, CloseCode, Frame, RefusalCode, ServerMessage, message::PROTOCOL},
};
use serde::Deserialize;
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::time::{Instant, sleep_until, timeout};

/// Time to say hello.
const HELLO: Duration = Duration::from_secs(10);
/// Between pings. Proxies close what is quiet for a minute, standard clients what is quiet for 30 s.
const PING: Duration = Duration::from_secs(20);
/// Without a word for two pings and a bit, a connection is dead.
const DEAD: Duration = Duration::from_secs(50);
/// To deliver the last words.
const PARTING: Duration = Duration::from_secs(5);

/// `GET /socket/{board}`: for our client, whose first frame is hello.
pub(crate) async fn ours(
    State(app): State<Arc<App>>,
    Path(board): Path<String>,
    upgrade: Upgrade,
) -> Response {
    upgrade.open(async move |mut socket| {
        let board = board_id_of(&board);
        let parting = match said_hello(&app, &board, &mut socket).await {
            Ok(entrance) => serve(&app, &board, &mut socket, entrance).await,
            Err(parting) => parting,
        };
        part(&board, socket, parting).await;
    })
}

/// `GET /yjs/{board}?key=…`: for standard `y-websocket` clients.
pub(crate) async fn standard(
    State(app): State<Arc<App>>,
    Path(board): Path<String>,
    Query(shown): Query<Shown>,
    upgrade: Upgrade,
) -> Response {
    upgrade.open(async move |mut socket| {
        let board = board_id_of(&board);
        let parting = match pass(&app, &board, &shown.key).await {
            Ok(pass) => {
                let entrance = Entrance {
                    role: pass.role,
                    code: pass.code.to_string(),
                    dialect: Dialect::Standard,
                };
                serve(&app, &board, &mut socket, entrance).await
            }
            Err(refused) => Parting::Told(
                refused.close,
                Some(Frame::Denied(refused.words).write().into()),
            ),
        };
        part(&board, socket, parting).await;
    })
}

/// What a standard client shows in its address.
#[derive(Deserialize)]
pub(crate) struct Shown {
    #[serde(default)]
    key: String,
}

/// How a connection ends.
enum Parting {
    /// It is told why: a last frame, and a code.
    Told(CloseCode, Option<Bytes>),
    /// It has gone by itself.
    Gone,
}

impl Parting {
    fn because(code: CloseCode) -> Self {
        Self::Told(code, None)
    }

    fn refused(code: RefusalCode, close: CloseCode) -> Self {
        let refused = ServerMessage::Refused { code, frame: None };
        Self::Told(close, Some(Frame::Ours(&refused.to_json()).write().into()))
    }
}

async fn said_hello(
    app: &Arc<App>,
    board: &BoardId,
    socket: &mut WebSocket,
) -> Result<Entrance, Parting> {
    let rubbish = || Parting::refused(RefusalCode::Malformed, CloseCode::Rubbish);
    let first = match timeout(HELLO, socket.next()).await {
        Ok(Incoming::Frame(first)) => first,
        Ok(Incoming::Gone) => return Err(Parting::Gone),
        Ok(Incoming::TooLarge) => {
            return Err(Parting::refused(RefusalCode::TooLarge, CloseCode::TooLarge));
        }
        Ok(Incoming::Text | Incoming::Alive) | Err(_) => return Err(rubbish()),
    };
    let Ok(Frame::Ours(json)) = Frame::read(&first) else {
        return Err(rubbish());
    };
    let Ok(ClientMessage::Hello {
        protocol,
        key,
        client,
        device,
        ..
    }) = serde_json::from_str(json)
    else {
        return Err(rubbish());
    };
    if protocol != PROTOCOL {
        return Err(Parting::refused(
            RefusalCode::OtherVersion,
            CloseCode::OtherVersion,
        ));
    }
    let pass = pass(app, board, &key)
        .await
        .map_err(|refused| Parting::refused(refused.code, refused.close))?;
    Ok(Entrance {
        role: pass.role,
        code: pass.code.to_string(),
        dialect: Dialect::Ours { client, device },
    })
}

/// Why a key opens nothing.
struct NoPass {
    code: RefusalCode,
    close: CloseCode,
    words: &'static str,
}

async fn pass(app: &Arc<App>, board: &BoardId, key: &str) -> Result<Pass, NoPass> {
    let (log, of, hash) = (Arc::clone(&app.log), board.clone(), KeyHash::of(key));
    match tokio::task::spawn_blocking(move || log.entry(&of, hash)).await {
        Ok(Ok(Entry::Opens(pass))) => Ok(pass),
        Ok(Ok(Entry::WrongKey)) => {
            tracing::info!(target: "samtavle::socket", %board, "a wrong key");
            Err(NoPass {
                code: RefusalCode::WrongKey,
                close: CloseCode::WrongKey,
                words: "The key is missing or wrong.",
            })
        }
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

fn unavailable() -> NoPass {
    NoPass {
        code: RefusalCode::NotSaved,
        close: CloseCode::Restart,
        words: "The server cannot read just now.",
    }
}

async fn serve(
    app: &Arc<App>,
    board: &BoardId,
    socket: &mut WebSocket,
    entrance: Entrance,
) -> Parting {
    let is_standard = entrance.dialect == Dialect::Standard;
    let seat = match app.rooms.seat(board) {
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
    let peer = seat.peer;
    let parting = Connection {
        socket,
        seat: &seat,
        inlet,
        is_standard,
    }
    .serve()
    .await;
    // If the room has ended it knows already.
    let _ = seat.tell(ToRoom::Leave(peer)).await;
    parting
}

struct Connection<'a> {
    socket: &'a mut WebSocket,
    seat: &'a Seat,
    inlet: Inlet,
    is_standard: bool,
}

impl Connection<'_> {
    async fn serve(mut self) -> Parting {
        let mut cut = pin!(self.inlet.cut());
        let mut heard = Instant::now();
        let mut ping = heard + PING;
        let mut pause_until = heard;
        let mut messages = Bucket::full(limits::MESSAGES, heard.into_std());
        let mut bytes = Bucket::full(limits::BYTES, heard.into_std());
        loop {
            let now = Instant::now();
            tokio::select! {
                biased;
                () = &mut cut => return Parting::because(self.inlet.code()),
                frame = self.inlet.next() => {
                    let Some(frame) = frame else { return Parting::because(self.inlet.code()) };
                    tokio::select! {
                        biased;
                        () = &mut cut => return Parting::because(self.inlet.code()),
                        sent = send_all(self.socket, frame, &mut self.inlet) => if sent.is_err() {
                            return Parting::Gone;
                        },
                    }
                }
                () = sleep_until(ping) => {
                    ping = Instant::now() + PING;
                    if heard.elapsed() > DEAD && pause_until <= now {
                        return Parting::Gone;
                    }
                    if timeout(PING, self.ping()).await.is_err() {
                        return Parting::Gone;
                    }
                }
                () = sleep_until(pause_until), if pause_until > now => {}
                incoming = self.socket.next(), if pause_until <= now => {
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
                    let std_now = heard.into_std();
                    let length = u32::try_from(frame.len()).unwrap_or(u32::MAX);
                    pause_until = heard + messages.spend(1, std_now).max(bytes.spend(length, std_now));
                    if self.seat.tell(ToRoom::Frame(self.seat.peer, frame)).await.is_err() {
                        return Parting::because(CloseCode::Restart);
                    }
                }
            }
        }
    }

    /// A ping of WebSocket, and for standard clients, which do not see those, a frame that says nothing:
    /// they take 30 s of silence for a dead connection.
    async fn ping(&mut self) -> Result<(), Broken> {
        self.socket.ping().await?;
        if self.is_standard {
            self.socket
                .feed(Frame::Awareness(&[0]).write().into())
                .await?;
        }
        self.socket.flush().await
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
async fn send_all(socket: &mut WebSocket, first: Bytes, inlet: &mut Inlet) -> Result<(), Broken> {
    socket.feed(first).await?;
    while let Some(frame) = inlet.next_now() {
        socket.feed(frame).await?;
    }
    socket.flush().await
}

/// Says the last words.
async fn part(board: &BoardId, mut socket: WebSocket, parting: Parting) {
    let Parting::Told(code, last) = parting else {
        return;
    };
    tracing::debug!(target: "samtavle::socket", %board, code = code.number(), "a socket is closed");
    let farewell = async {
        if let Some(last) = last
            && socket.feed(last).await.is_err()
        {
            return;
        }
        socket.close(code).await;
    };
    // Who does not listen any more needs no last words.
    let _ = timeout(PARTING, farewell).await;
}
