//! `GET /api/cards`: the provocation cards that come with Samtavle, so that a facilitator can see what is
//! in the deck. The same for all boards, and no secret.

use crate::room::cards;
use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};

/// The deck as `[{"id": "…", "text": {"nb": "…", …}}, …]`.
pub(crate) async fn show() -> Response {
    ([(header::CACHE_CONTROL, "max-age=3600")], Json(cards())).into_response()
}
