//! The line over plain HTTP, for networks where a proxy blocks or cuts the WebSocket: frames come down as
//! an event stream and go up in requests. The frames and what is promised of them are the same.
//!
//! ```text
//! POST /line/{board}                  hello            ─► {"line": token}
//! GET  /line/{board}/{token}?from=n   frames after the n-th, numbered, as `text/event-stream`
//! POST /line/{board}/{token}?at=n     frames, each after its length; the body begins at the n-th byte
//! ```
//! Nothing is lost and nothing comes twice when a request breaks: bytes that came before are passed
//! over, and frames that were sent are kept for a while, to be sent again ([`down`]).
//!
//! * [`down`]: frames on their way to the browser; [`up`]: bytes from it, in one [`row`]
//! * [`table`]: the lines that are open
//! * [`stream`]: the event stream

mod down;
mod row;
mod stream;
mod table;
mod up;

pub(crate) use stream::{padding, read, unbuffered};
pub(crate) use table::Lines;
pub(crate) use up::write;

use super::{
    serving::{Parting, Wire, part, said_hello, serve},
    websocket::{Broken, Incoming},
};
use crate::{
    access::{keys::board_id_of, places::Place},
    http::{Refusal, SameSite, Visitor},
    state::AppState,
};
use axum::{
    Json,
    extract::{Path, State, rejection::BytesRejection},
    http::header,
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use down::Down;
use samtavle_shared::wire::CloseCode;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// `POST /line/{board}`: hello.
pub(crate) async fn open(
    State(app): State<Arc<AppState>>,
    State(lines): State<Arc<Lines>>,
    Path(board): Path<String>,
    _site: SameSite,
    visitor: Visitor,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let hello = body.map_err(|_| Refusal::too_large())?;
    let board = board_id_of(&board);
    let entrance = match said_hello(&app, &board, &hello, visitor.address).await {
        Ok(entrance) => entrance,
        Err(Parting::Told(code, _)) => return Ok(answer(&json!({ "close": code.number() }))),
        Err(Parting::Gone) => return Err(Refusal::unavailable()),
    };
    let Some(added) = lines
        .add(
            &board,
            entrance.role,
            visitor.address,
            app.memory.purse(visitor.address),
        )
        .map_err(|_| Refusal::unavailable())?
    else {
        tracing::warn!(target: "samtavle::socket", %board, "no more lines over HTTP");
        return Ok(answer(&json!({ "close": CloseCode::TooMany.number() })));
    };
    let token = added.token.clone();
    tokio::spawn(async move {
        let table::Added { token, mut wire } = added;
        let parting = serve(&app, &board, &mut wire, entrance).await;
        part(&board, wire, parting).await;
        lines.remove(&token);
    });
    Ok(answer(&json!({ "line": token })))
}

/// JSON that no proxy may keep.
fn answer(json: &Value) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(json)).into_response()
}

/// A line as the one who serves it sees it.
pub(super) struct HttpWire {
    words: mpsc::Receiver<Incoming>,
    down: Arc<Down>,
    place: Place,
}

impl Wire for HttpWire {
    /// A browser slows the timers of a page that nobody looks at to one a minute. That the line has
    /// gone is mostly known long before, by its event stream.
    const DEAD: Duration = Duration::from_mins(3);

    async fn next(&mut self) -> Incoming {
        tokio::select! {
            biased;
            word = self.words.recv() => {
                self.place.is_used();
                word.unwrap_or(Incoming::Gone)
            }
            () = self.place.is_lost() => Incoming::Gone,
            () = self.down.is_left(down::LEFT) => Incoming::Gone,
        }
    }

    async fn feed(&mut self, frame: Bytes) -> Result<(), Broken> {
        self.down.has_room().await;
        self.down.push(frame);
        Ok(())
    }

    /// The reader of the event stream takes what is there.
    async fn flush(&mut self) -> Result<(), Broken> {
        Ok(())
    }

    /// The event stream has a heartbeat of its own.
    async fn ping(&mut self) -> Result<(), Broken> {
        Ok(())
    }

    async fn close(self, code: CloseCode) {
        self.down.close(code);
        self.down.is_closed().await;
    }
}
