//! The WebSocket itself, as a socket's task wants it: bounded, and with large frames in fragments.
//!
//! axum's own would do but for one thing: tungstenite keeps its write buffer as large as the largest
//! frame that was ever sent, which is the whole board, for each socket. Fragments keep it small.

use super::meter::{Meter, Metered};
use crate::{http::Refusal, memory::Purse};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use samtavle_shared::{limits::MAX_FRAME_BYTES, wire::CloseCode};
use std::{sync::Arc, time::Duration};
use tokio::time::sleep;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        handshake::derive_accept_key,
        protocol::{
            CloseFrame, Role, WebSocketConfig,
            frame::{
                Frame,
                coding::{Data, OpCode},
            },
        },
    },
};

/// What tungstenite reads at once; its own 128 KiB would be the most of a quiet socket's memory.
const READ_BUFFER_BYTES: usize = 8 * 1024;
/// What tungstenite keeps before it writes.
const WRITE_BUFFER_BYTES: usize = 16 * 1024;
/// A frame that is longer goes out in fragments of this length: what tungstenite's buffer grows to.
const FRAGMENT_BYTES: usize = 16 * 1024;
/// Where tungstenite gives up writing: fragments are flushed one by one, small frames in batches.
const MAX_WRITE_BYTES: usize = 16 * 1024 * 1024;
/// Where tungstenite gives up reading: over our own limit, so that the socket can be told why.
const HARD_LIMIT_BYTES: usize = 2 * MAX_FRAME_BYTES;

/// A browser's ping or pong beside what it holds: two bytes, and a mask of four.
const CONTROL_HEAD_BYTES: usize = 6;
/// How often it is looked whether a message has got stuck.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// A request to become a WebSocket.
pub(crate) struct Upgrade {
    accept: HeaderValue,
    connection: OnUpgrade,
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        let headers = &parts.headers;
        let wants_it = parts.method == Method::GET
            && has_word(headers, header::CONNECTION, "upgrade")
            && has_word(headers, header::UPGRADE, "websocket")
            && has_word(headers, header::SEC_WEBSOCKET_VERSION, "13");
        let key = headers
            .get(header::SEC_WEBSOCKET_KEY)
            .filter(|_| wants_it)
            .ok_or_else(Refusal::not_a_websocket)?;
        let accept = derive_accept_key(key.as_bytes());
        let accept = HeaderValue::try_from(accept).map_err(|_| Refusal::not_a_websocket())?;
        let connection = parts
            .extensions
            .remove::<OnUpgrade>()
            .ok_or_else(Refusal::not_a_websocket)?;
        Ok(Self { accept, connection })
    }
}

fn has_word(headers: &HeaderMap, name: header::HeaderName, word: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|its| its.trim().eq_ignore_ascii_case(word))
}

impl Upgrade {
    /// Says yes, and serves the socket in a task of its own.
    /// What is unfinished of its messages is borrowed from `purse`.
    pub(crate) fn open<F>(
        self,
        purse: Purse,
        serve: impl FnOnce(WebSocket) -> F + Send + 'static,
    ) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        tokio::spawn(async move {
            match self.connection.await {
                Ok(connection) => serve(WebSocket::new(connection, purse).await).await,
                Err(error) => {
                    tracing::debug!(target: "samtavle::socket", %error, "a socket did not open");
                }
            }
        });
        let headers = [
            (header::CONNECTION, HeaderValue::from_static("upgrade")),
            (header::UPGRADE, HeaderValue::from_static("websocket")),
            (header::SEC_WEBSOCKET_ACCEPT, self.accept),
        ];
        (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
    }
}

/// What comes in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Incoming {
    /// A frame.
    Frame(Bytes),
    /// A frame over the limit.
    TooLarge,
    /// Text, which is no frame of ours.
    Text,
    /// A sign of life.
    Alive,
    /// The connection has ended.
    Gone,
}

/// The connection is broken.
#[derive(Debug)]
pub(crate) struct Broken;

/// One WebSocket.
pub(crate) struct WebSocket(WebSocketStream<Metered<TokioIo<Upgraded>>>, Arc<Meter>);

impl WebSocket {
    async fn new(connection: Upgraded, purse: Purse) -> Self {
        let meter = Meter::strict(purse);
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER_BYTES)
            .write_buffer_size(WRITE_BUFFER_BYTES)
            .max_write_buffer_size(MAX_WRITE_BYTES)
            .max_message_size(Some(HARD_LIMIT_BYTES))
            .max_frame_size(Some(HARD_LIMIT_BYTES));
        let connection = Metered::new(TokioIo::new(connection), Arc::clone(&meter));
        let stream = WebSocketStream::from_raw_socket(connection, Role::Server, Some(config)).await;
        Self(stream, meter)
    }

    /// They have shown a key: from now on their messages may be as long as frames are.
    pub(super) fn trusts(&self) {
        self.1.trusts();
    }

    /// What comes next. It can be given up and asked again.
    pub(crate) async fn next(&mut self) -> Incoming {
        let next = loop {
            tokio::select! {
                next = self.0.next() => break next,
                () = sleep(LOOK_AGAIN) => {
                    if self.1.is_over() {
                        return Incoming::TooLarge;
                    }
                    if self.1.is_stuck() {
                        return Incoming::Gone;
                    }
                }
            }
        };
        match next {
            Some(Ok(Message::Binary(frame))) if frame.len() > MAX_FRAME_BYTES => Incoming::TooLarge,
            Some(Ok(Message::Binary(frame))) => Incoming::Frame(self.1.is_whole(frame)),
            Some(Ok(Message::Text(_))) => Incoming::Text,
            Some(Ok(Message::Ping(bytes) | Message::Pong(bytes))) => {
                self.1.passes_over(bytes.len() + CONTROL_HEAD_BYTES);
                Incoming::Alive
            }
            Some(Ok(Message::Frame(_))) => Incoming::Alive,
            Some(Err(Error::Capacity(_))) => Incoming::TooLarge,
            Some(Ok(Message::Close(_))) => {
                // The answer to a clean end; whether it arrives is the other's matter.
                let _ = self.0.flush().await;
                Incoming::Gone
            }
            Some(Err(_)) | None => Incoming::Gone,
        }
    }

    /// Gives a frame on to be sent; `flush` sees to it that it is.
    pub(crate) async fn feed(&mut self, frame: Bytes) -> Result<(), Broken> {
        if frame.len() <= FRAGMENT_BYTES {
            return self
                .0
                .feed(Message::Binary(frame))
                .await
                .map_err(|_| Broken);
        }
        let mut rest = frame;
        let mut kind = Data::Binary;
        while !rest.is_empty() {
            let fragment = rest.split_to(rest.len().min(FRAGMENT_BYTES));
            let fragment = Frame::message(fragment, OpCode::Data(kind), rest.is_empty());
            self.0
                .send(Message::Frame(fragment))
                .await
                .map_err(|_| Broken)?;
            kind = Data::Continue;
        }
        Ok(())
    }

    /// Sends what was fed.
    pub(crate) async fn flush(&mut self) -> Result<(), Broken> {
        self.0.flush().await.map_err(|_| Broken)
    }

    /// Asks for a sign of life; needs a `flush`.
    pub(super) async fn ping(&mut self) -> Result<(), Broken> {
        self.0
            .feed(Message::Ping(Bytes::new()))
            .await
            .map_err(|_| Broken)
    }

    /// Says why it ends, and reads on until the other has read that: closing with unread bytes would
    /// take the last words back.
    pub(super) async fn close(mut self, code: CloseCode) {
        let farewell = Message::Close(Some(CloseFrame {
            code: code.number().into(),
            reason: "".into(),
        }));
        if self.0.send(farewell).await.is_err() {
            return;
        }
        if self.1.is_over() {
            self.1.drains();
        }
        while self.0.next().await.is_some() {
            tokio::task::yield_now().await;
        }
    }
}
