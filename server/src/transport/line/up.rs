//! Bytes from a browser: one row of frames, each after its length, that requests carry in pieces. A
//! request says at which byte it begins, so one that is sent again after a lost answer adds nothing.

use super::{
    answer,
    table::{Line, Lines},
};
use crate::http::{Refusal, SameSite};
use axum::{
    extract::{Path, Query, State, rejection::BytesRejection},
    response::Response,
};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// What a request says of itself.
#[derive(Deserialize)]
pub(crate) struct Piece {
    /// At which byte of the row its body begins.
    at: u64,
    /// The last frame that the browser got.
    #[serde(default)]
    got: u64,
}

/// `POST /line/{board}/{token}?at=…&got=…`
pub(crate) async fn write(
    State(lines): State<Arc<Lines>>,
    Path((board, token)): Path<(String, String)>,
    Query(piece): Query<Piece>,
    _site: SameSite,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let line = lines
        .find(&board, &token)
        .ok_or_else(Refusal::no_such_line)?;
    let body = body.map_err(|_| Refusal::too_large())?;
    line.down.confirm(piece.got);
    let at = take_body(&line, piece.at, &body).await?;
    Ok(answer(&json!({ "at": at })))
}

/// Hands the frames on as fast as they are taken; gives how far the row has come.
async fn take_body(line: &Line, at: u64, body: &[u8]) -> Result<u64, Refusal> {
    // Another request of the same line waits here.
    let mut row = line.row.lock().await;
    row.hand_on(&line.words).await?; // what a request left that was given up
    row.add(at, body)?;
    row.hand_on(&line.words).await?;
    Ok(row.length)
}
