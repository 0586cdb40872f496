//! What the self-check of somebody's network asks (`/check`): does a WebSocket get through, does a
//! stream come as it is sent, and what did the proxies on the way make of the request?

use crate::{
    access::{keys::random_bytes, limits},
    clock,
    config::Addresses,
    http::{Refusal, Visitor},
    state::AppState,
    transport::{
        line::{padding, unbuffered},
        websocket::{Incoming, Upgrade},
    },
};
use axum::{
    Json,
    body::Body,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures_util::stream;
use serde_json::json;
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep, timeout_at},
};

/// Ticks of the stream, and the time between them.
const TICKS: u32 = 5;
const BETWEEN: Duration = Duration::from_millis(200);
/// Longest that somebody may try a WebSocket.
const SOCKET: Duration = Duration::from_mins(1);
/// Longest body of a request: what the client sends at once over HTTP, and a bit.
pub(crate) const MAX_BODY_BYTES: usize = 300 * 1024;
/// Longest message that is said back.
const MAX_ECHO_BYTES: usize = 1024;

/// What all who check share.
pub(crate) struct Check {
    /// Drawn at each start: tells whether all answers come from the same server.
    instance: String,
    places: Arc<Semaphore>,
}

impl Default for Check {
    fn default() -> Self {
        Self {
            // Without randomness nothing can be made on this server anyway.
            instance: HEXLOWER.encode(&random_bytes::<6>().unwrap_or_default()),
            places: Arc::new(Semaphore::new(limits::CHECKS)),
        }
    }
}

impl Check {
    fn place(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| Refusal::too_many("Many are checking just now. Try again in a minute."))
    }
}

/// `GET` or `POST /check/echo`: who answers, and how the request looked when it arrived.
pub(crate) async fn echo(
    State(app): State<Arc<AppState>>,
    State(check): State<Arc<Check>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let body = body.map_err(|_| Refusal::too_large())?;
    let seen = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let answer = json!({
        "instance": check.instance,
        "version": env!("CARGO_PKG_VERSION"),
        "now": clock::now().wall,
        "bytes": body.len(),
        "seen": {
            "host": seen("host"),
            "forwardedHost": seen("x-forwarded-host"),
            "forwardedProto": seen("x-forwarded-proto"),
            "forwardedPrefix": seen("x-forwarded-prefix"),
            "isForwarded": headers.contains_key("x-forwarded-for"),
        },
        "publicUrl": app.settings.public_url,
        "basePath": app.settings.base_path,
        "addresses": match app.settings.addresses {
            Addresses::Direct => "direct",
            Addresses::Proxy => "proxy",
        },
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

/// `GET /check/stream`: five ticks, a fifth of a second apart.
pub(crate) async fn stream(State(check): State<Arc<Check>>) -> Result<Response, Refusal> {
    let place = check.place()?;
    let instance = check.instance.clone();
    let ticks = stream::unfold((0, place), move |(tick, place)| {
        let text = match tick {
            0 => padding(),
            _ => format!("data: {{\"tick\":{tick},\"instance\":\"{instance}\"}}\n\n"),
        };
        async move {
            if tick > TICKS {
                return None;
            }
            if tick > 1 {
                sleep(BETWEEN).await;
            }
            Some((Ok::<_, Infallible>(Bytes::from(text)), (tick + 1, place)))
        }
    });
    Ok((unbuffered(), Body::from_stream(ticks)).into_response())
}

/// `GET /check/socket`: says its instance, and then back what it is told.
pub(crate) async fn socket(
    State(app): State<Arc<AppState>>,
    State(check): State<Arc<Check>>,
    visitor: Visitor,
    upgrade: Upgrade,
) -> Result<Response, Refusal> {
    let place = check.place()?;
    let instance = check.instance.clone();
    let purse = app.memory.purse(visitor.address);
    Ok(upgrade.open(purse, async move |mut socket| {
        let end = Instant::now() + SOCKET;
        let mut said = Bytes::from(instance);
        loop {
            if socket.feed(said).await.is_err() || socket.flush().await.is_err() {
                break;
            }
            said = loop {
                match timeout_at(end, socket.next()).await {
                    Ok(Incoming::Frame(frame)) if frame.len() <= MAX_ECHO_BYTES => break frame,
                    Ok(Incoming::Alive) => {}
                    Ok(_) | Err(_) => return drop(place),
                }
            };
        }
    }))
}
