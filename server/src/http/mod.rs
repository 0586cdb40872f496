//! What all requests over plain HTTP have in common.
//!
//! * [`links`]: addresses for people, and the address that somebody comes from
//! * [`site_of`]: whose page asks, and under which name we are asked
//! * [`refusal`]: every "no", as JSON

mod links;
mod refusal;
mod site_of;

pub(crate) use links::{Visitor, is_host};
pub(crate) use refusal::Refusal;
pub(crate) use site_of::{SameSite, our_hosts};

use crate::{log::LogError, memory::SHORT_BYTES, state::AppState};
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

/// Longest body that any request has: frames on a line over HTTP. Many proxies take no more than 1 MiB; our client sends a
/// quarter of that at once.
pub(crate) const LONGEST_BODY_BYTES: usize = 1024 * 1024;

/// Longest that a request may take to come in and be answered.
const PATIENCE: Duration = Duration::from_secs(30);

/// Gives up on requests that come in drop by drop. (A socket's request is answered at once.)
pub(crate) async fn hurry(request: Request, next: Next) -> Response {
    let answered = tokio::time::timeout(PATIENCE, next.run(request)).await;
    answered.unwrap_or_else(|_| Refusal::too_slow().into_response())
}

/// Borrows memory for a long body before it is read.
pub(crate) async fn lent(
    State(app): State<Arc<AppState>>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let said = request.headers().get(header::CONTENT_LENGTH);
    let said = said.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    // Who does not say how long it is may send as much as any body has.
    let is_streamed = request.headers().contains_key(header::TRANSFER_ENCODING);
    let length = said.unwrap_or(if is_streamed { LONGEST_BODY_BYTES } else { 0 });
    let _loan = match length.min(LONGEST_BODY_BYTES) {
        ..=SHORT_BYTES => None,
        length => match app.bodies.purse(visitor.address).borrow(length).await {
            Ok(loan) => Some(loan),
            Err(_) => return Refusal::unavailable().into_response(),
        },
    };
    next.run(request).await
}

/// An answer that holds a key: nobody on the way, and no browser, may keep it.
pub(crate) fn unkept(status: StatusCode, answer: &serde_json::Value) -> Response {
    let headers = [(header::CACHE_CONTROL, "no-store")];
    (status, headers, Json(answer)).into_response()
}

/// A body as JSON. No body at all is an empty object.
pub(crate) fn read_json<T: DeserializeOwned>(
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

pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Asks the log something that waits for the disk, off the async threads.
pub(crate) async fn ask_log<T, F>(app: &Arc<AppState>, question: F) -> Result<T, Refusal>
where
    T: Send + 'static,
    F: FnOnce(&AppState) -> Result<T, LogError> + Send + 'static,
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
