//! What is asked and answered over plain HTTP.
//!
//! * [`boards`]: making a board, and more keys for one
//! * [`join`]: from a code to a key
//! * [`photos`]: photos of paper, in pieces
//! * [`health`]: can it serve?
//! * [`site`]: the client, embedded
//! * [`base`]: the path that a reverse proxy serves us under
//! * [`check`]: what the self-check of somebody's network asks
//! * [`links`]: addresses for people, and the address that somebody comes from
//! * [`site_of`]: whose page asks, and under which name we are asked
//! * [`mangled`]: links that came otherwise than we gave them
//! * [`refusal`]: every "no", as JSON

mod base;
pub(crate) mod boards;
pub(crate) mod cards;
pub(crate) mod check;
pub(crate) mod health;
pub(crate) mod join;
pub(crate) mod keys;
mod links;
mod mangled;
pub(crate) mod photos;
mod refusal;
pub(crate) mod site;
mod site_of;

pub(crate) use base::BasePath;
pub(crate) use links::Visitor;
pub(crate) use refusal::Refusal;
pub(crate) use site_of::{SameSite, guard};

use crate::{app::App, log::LogError, memory::SHORT_BYTES, room::line};
use axum::{
    Json,
    body::Bytes,
    extract::{Request, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};

/// Longest body of a request: a title and a template, however they are spelled.
pub(crate) const MAX_BODY_BYTES: usize = 16 * 1024;

/// Longest that a request may take to come in and be answered.
const PATIENCE: Duration = Duration::from_secs(30);

/// Gives up on requests that come in drop by drop. (A socket's request is answered at once.)
pub(crate) async fn hurry(request: Request, next: Next) -> Response {
    let answered = tokio::time::timeout(PATIENCE, next.run(request)).await;
    answered.unwrap_or_else(|_| Refusal::too_slow().into_response())
}

/// Borrows memory for a long body before it is read.
pub(crate) async fn lent(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let said = request.headers().get(header::CONTENT_LENGTH);
    let said = said.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    // Who does not say how long it is may send as much as any body has.
    let is_streamed = request.headers().contains_key(header::TRANSFER_ENCODING);
    let length = said.unwrap_or(if is_streamed { line::MAX_BODY_BYTES } else { 0 });
    let _loan = match length.min(line::MAX_BODY_BYTES) {
        ..=SHORT_BYTES => None,
        length => match app.bodies.purse(visitor.address).borrow(length).await {
            Ok(loan) => Some(loan),
            Err(_) => return Refusal::unavailable().into_response(),
        },
    };
    next.run(request).await
}

/// An answer that holds a key: nobody on the way, and no browser, may keep it.
fn unkept(status: StatusCode, answer: &serde_json::Value) -> Response {
    let headers = [(header::CACHE_CONTROL, "no-store")];
    (status, headers, Json(answer)).into_response()
}

/// A body as JSON. No body at all is an empty object.
fn read_json<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<T, Refusal> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::too_large(),
        _ => Refusal::bad_request("The request could not be read."),
    })?;
    let body: &[u8] = if body.iter().all(u8::is_ascii_whitespace) {
        b"{}"
    } else if is_json(headers) {
        &body
    } else {
        return Err(Refusal::not_json());
    };
    // serde_json tells where and what, in terms of the sender's own bytes.
    serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(&format!("The JSON was not understood: {error}.")))
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Asks the log something that waits for the disk, off the async threads.
async fn ask_log<T, F>(app: &Arc<App>, question: F) -> Result<T, Refusal>
where
    T: Send + 'static,
    F: FnOnce(&App) -> Result<T, LogError> + Send + 'static,
{
    let app = Arc::clone(app);
    match tokio::task::spawn_blocking(move || question(&app)).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(LogError::Stuck(trouble))) => Err(Refusal::cannot_save(trouble)),
        Ok(Err(error)) => {
            tracing::error!(target: "samtavle::http", %error, "the log did not answer");
            Err(Refusal::unavailable())
        }
        Err(panic) => {
            tracing::error!(target: "samtavle::http", %panic, "asking the log panicked");
            Err(Refusal::unavailable())
        }
    }
}
