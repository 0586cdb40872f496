//! `POST /api/boards/{id}/keys`: a facilitator gives out one more key.

use crate::{
    access::{
        devices::person_of,
        keys::{Key, board_id_of},
        roles,
    },
    http::{Refusal, SameSite, Visitor, ask_log, read_json, unkept},
    log::{Entry, NewKey},
    state::AppState,
};
use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::Response,
};
use samtavle_shared::{
    ids::{BoardId, PersonId},
    wire::Role,
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

static DEVICE: HeaderName = HeaderName::from_static("samtavle-device");

#[derive(Deserialize)]
struct Wish {
    role: Role,
}

/// Makes a key for a participant or a wall.
pub(crate) async fn give(
    State(app): State<Arc<AppState>>,
    Path(board): Path<String>,
    _site: SameSite,
    visitor: Visitor,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let board = board_id_of(&board);
    let person = device_of(&board, &headers);
    let shown = app.shown(bearer(&headers).ok_or_else(Refusal::wrong_key)?, person);
    let asked = board.clone();
    match ask_log(&app, move |app| app.log.entry(&asked, &shown)).await? {
        Entry::Opens(pass) if pass.role == Role::Facilitator => {}
        Entry::Opens(_) => return Err(Refusal::not_allowed()),
        Entry::WrongKey | Entry::Removed => return Err(Refusal::wrong_key()),
        Entry::NoBoard => return Err(Refusal::no_such_board()),
    }
    let Wish { role } = read_json(&headers, body)?;
    if !roles::can_be_given(role) {
        return Err(Refusal::bad_request(
            "The role must be participant or wall.",
        ));
    }

    let key = Key::random().map_err(|_| Refusal::unavailable())?;
    let new = NewKey {
        hash: key.hash(),
        role,
        is_own: false,
    };
    let of = board.clone();
    ask_log(&app, move |app| app.log.add_key(&of, new)).await?;
    let answer = json!({ "key": key.as_str(), "link": visitor.link(&board, role, &key) });
    Ok(unkept(StatusCode::CREATED, &answer))
}

/// The key that a request was sent with.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}

/// Longest secret of a device: ours have 32 letters.
const MAX_DEVICE_BYTES: usize = 128;

/// Who asks, by their device, if the request says so.
pub(super) fn device_of(board: &BoardId, headers: &HeaderMap) -> Option<PersonId> {
    let device = headers.get(&DEVICE)?.to_str().ok()?;
    person_of(board, device.get(..MAX_DEVICE_BYTES).unwrap_or(device))
}
