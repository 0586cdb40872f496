//! `POST /api/join`: from the code on the wall to a key of one's own, or of one more wall.

use crate::{
    access::{
        bucket::Empty,
        codes::JoinCode,
        keys::Key,
        limits::{Browser, Guessed},
        roles,
    },
    clock,
    http::{Refusal, SameSite, Visitor, ask_log, read_json, unkept},
    log::NewKey,
    state::AppState,
};
use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use samtavle_shared::wire::Role;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

#[derive(Deserialize)]
struct Wish {
    code: String,
    /// What the browser calls itself, so that who guesses locks out nobody else at the same address. It is not kept.
    #[serde(default)]
    browser: String,
    /// A wall's key opens less than a participant's, so whoever may have the one may have the other.
    #[serde(default = "participant")]
    role: Role,
}

fn participant() -> Role {
    Role::Participant
}

/// Gives whoever knows a board's code a key to take part, or to show the board.
pub(crate) async fn join(
    State(app): State<Arc<AppState>>,
    _site: SameSite,
    visitor: Visitor,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let too_many = |empty: Empty| Refusal::too_often("Many tries came from here.", empty.wait);
    let wish: Wish = read_json(&headers, body)?;
    if !roles::can_be_given(wish.role) {
        return Err(Refusal::bad_request(
            "The role must be participant or wall.",
        ));
    }
    let browser = Browser::called(&wish.browser);
    app.doorkeeper
        .may_try_code(visitor.address, browser, clock::steady())
        .map_err(too_many)?;

    let wrong = || {
        app.doorkeeper
            .wrong_code(visitor.address, browser, clock::steady());
        Refusal::wrong_code()
    };
    let code = JoinCode::typed(&wish.code).ok_or_else(wrong)?;
    let may_be_told = app.doorkeeper.guess(visitor.address, clock::steady());
    let life = app.life_of_codes();
    let found = ask_log(&app, move |app| app.log.board_of(&code, life)).await?;
    let (board, guessed) = match (found, may_be_told) {
        (Some(board), Ok(())) => (board, Guessed::Yes),
        (Some(board), Err(_)) if app.rooms.is_home(&board, visitor.address) => (board, Guessed::No),
        (None, Ok(())) => return Err(wrong()),
        // The same for right and wrong ones.
        (_, Err(empty)) => return Err(too_many(empty)),
    };
    app.doorkeeper
        .right_code(visitor.address, browser, guessed, clock::steady())
        .map_err(too_many)?;

    let key = Key::random().map_err(|_| Refusal::unavailable())?;
    let new = NewKey {
        hash: key.hash(),
        role: wish.role,
        is_own: true,
    };
    let of = board.clone();
    ask_log(&app, move |app| app.log.add_key(&of, new)).await?;
    let link = visitor.link(&board, wish.role, &key);
    Ok(unkept(
        StatusCode::OK,
        &json!({ "board": board.as_str(), "key": key.as_str(), "link": link }),
    ))
}
