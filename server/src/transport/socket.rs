//! One person's connection. Its life is three steps: it shows a key (our client in its hello, a
//! standard one in the address), it serves, it parts with a code that says why.

use super::{
    serving::{Parting, Wire, part, pass, said_hello, serve, spelled},
    websocket::{Broken, Incoming, Upgrade, WebSocket},
};
use crate::{
    access::keys::{KeyHash, board_id_of},
    http::{SameSite, Visitor},
    room::terms::{Caller, Dialect, Entrance},
    state::AppState,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use bytes::Bytes;
use samtavle_shared::wire::{CloseCode, Frame, RefusalCode};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// Time to say hello.
const HELLO: Duration = Duration::from_secs(8);

/// `GET /socket/{board}`: for our client, whose first frame is hello.
pub(crate) async fn ours(
    State(app): State<Arc<AppState>>,
    Path(board): Path<String>,
    _site: SameSite,
    visitor: Visitor,
    upgrade: Upgrade,
) -> Response {
    upgrade.open(
        app.memory.purse(visitor.address),
        async move |mut socket| {
            let board = board_id_of(&board);
            let entrance = match first_frame(&mut socket).await {
                Ok(first) => said_hello(&app, &board, &first, visitor.address).await,
                Err(parting) => Err(parting),
            };
            let parting = match entrance {
                Ok(entrance) => {
                    socket.trusts();
                    serve(&app, &board, &mut socket, entrance).await
                }
                Err(parting) => parting,
            };
            part(&board, socket, parting).await;
        },
    )
}

/// `GET /yjs/{board}?key=…`: for standard `y-websocket` clients.
pub(crate) async fn standard(
    State(app): State<Arc<AppState>>,
    Path(board): Path<String>,
    Query(shown): Query<Shown>,
    _site: SameSite,
    visitor: Visitor,
    upgrade: Upgrade,
) -> Response {
    upgrade.open(
        app.memory.purse(visitor.address),
        async move |mut socket| {
            let board = board_id_of(&board);
            let parting = match pass(&app, &board, app.shown(&shown.key, None)).await {
                Ok(pass) => {
                    socket.trusts();
                    let entrance = Entrance {
                        caller: Caller::at(visitor.address),
                        role: pass.role,
                        code: spelled(pass.code.as_ref()),
                        key: KeyHash::of(&shown.key),
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
        },
    )
}

/// What a standard client shows in its address.
#[derive(Deserialize)]
pub(crate) struct Shown {
    #[serde(default)]
    key: String,
}

async fn first_frame(socket: &mut WebSocket) -> Result<Bytes, Parting> {
    match timeout(HELLO, socket.next()).await {
        Ok(Incoming::Frame(first)) => Ok(first),
        Ok(Incoming::Gone) => Err(Parting::Gone),
        Ok(Incoming::TooLarge) => Err(Parting::refused(RefusalCode::TooLarge, CloseCode::TooLarge)),
        Ok(Incoming::Text | Incoming::Alive) | Err(_) => Err(Parting::rubbish()),
    }
}

impl Wire for WebSocket {
    /// Two pings and a bit.
    const DEAD: Duration = Duration::from_secs(50);

    async fn next(&mut self) -> Incoming {
        self.next().await
    }

    async fn feed(&mut self, frame: Bytes) -> Result<(), Broken> {
        self.feed(frame).await
    }

    async fn flush(&mut self) -> Result<(), Broken> {
        self.flush().await
    }

    async fn ping(&mut self) -> Result<(), Broken> {
        self.ping().await
    }

    async fn close(self, code: CloseCode) {
        self.close(code).await;
    }
}
