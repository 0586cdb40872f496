//! Every "no" over HTTP: a status, a code for programs and a sentence for people.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use samtavle_shared::wire::SaveTrouble;
use serde_json::json;
use std::time::Duration;

/// `{"error": "code", "message": "An ordinary sentence."}`
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// How long to wait before the same is asked again, in seconds.
    wait: u64,
}

/// How long to wait when nothing better is known, in seconds.
const WAIT: u64 = 10;

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self {
            status,
            code,
            message: message.to_owned(),
            wait: WAIT,
        }
    }

    /// 400: what was sent makes no sense.
    pub(crate) fn bad_request(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    /// 400: no such template.
    pub(crate) fn unknown_template(known: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "unknown-template",
            &format!("The template must be one of {known}."),
        )
    }

    /// 400: no such language.
    pub(crate) fn unknown_language(known: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "unknown-language",
            &format!("The language must be one of {known}."),
        )
    }

    /// 400: over the limit of a title.
    pub(crate) fn long_title(limit: usize) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "long-title",
            &format!("The title is longer than {limit} letters."),
        )
    }

    /// 401: no key, or not one of this board's.
    pub(crate) fn wrong_key() -> Self {
        let message =
            "This needs the board's facilitator key, sent as \"Authorization: Bearer …\".";
        Self::new(StatusCode::UNAUTHORIZED, "wrong-key", message)
    }

    /// 401: no key, or not one of this board's, where any would do.
    pub(crate) fn no_key() -> Self {
        let message = "This needs a key of the board, sent as \"Authorization: Bearer …\".";
        Self::new(StatusCode::UNAUTHORIZED, "wrong-key", message)
    }

    /// 403: a wall's key.
    pub(crate) fn read_only() -> Self {
        let message = "A wall's key shows the board and changes nothing.";
        Self::new(StatusCode::FORBIDDEN, "not-allowed", message)
    }

    /// 403: somebody else began to send this photo.
    pub(crate) fn not_your_photo() -> Self {
        let message = "Another device began to send this photo: send yours under another id.";
        Self::new(StatusCode::FORBIDDEN, "not-yours", message)
    }

    /// 404: no such photo, or not whole yet.
    pub(crate) fn no_such_photo() -> Self {
        let message = "There is no such photo, or it has not come in whole yet.";
        Self::new(StatusCode::NOT_FOUND, "no-such-photo", message)
    }

    /// 409: bytes of a photo are missing before these.
    pub(crate) fn photo_gap() -> Self {
        let message = "Bytes are missing before these: go on from Upload-Offset.";
        Self::new(StatusCode::CONFLICT, "offset", message)
    }

    /// 409: the photo was said to be of another length.
    pub(crate) fn other_length() -> Self {
        let message = "This photo was begun with another Upload-Length.";
        Self::new(StatusCode::CONFLICT, "length", message)
    }

    /// 413: a photo over the limit, in MiB.
    pub(crate) fn large_photo(limit: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            &format!("A photo may have up to {limit} MB. Make it smaller first."),
        )
    }

    /// 415: it came in whole, and is no picture that we show.
    pub(crate) fn not_a_photo() -> Self {
        let message = "This is no JPEG, PNG or WebP, or it is damaged or too large a picture.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-a-photo", message)
    }

    /// 507: the board keeps no more photos.
    pub(crate) fn board_full() -> Self {
        let message = "This board has as many photos as it can keep.";
        Self::new(StatusCode::INSUFFICIENT_STORAGE, "board-full", message)
    }

    /// 403: a right key, of a role that may not.
    pub(crate) fn not_allowed() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not-allowed",
            "Only the facilitator's key can do this.",
        )
    }

    /// 403: the page of another site.
    pub(crate) fn wrong_origin() -> Self {
        let message = "This was asked by a page of another site. Behind a proxy that hands on neither Host nor X-Forwarded-Host, start with --public-url.";
        Self::new(StatusCode::FORBIDDEN, "wrong-origin", message)
    }

    /// 404: nothing has this address.
    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "There is nothing at this address.",
        )
    }

    /// 404: no such board.
    pub(crate) fn no_such_board() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no-such-board",
            "There is no such board.",
        )
    }

    /// 404: no board has this code.
    pub(crate) fn wrong_code() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "wrong-code",
            "No board has this code. Is it spelled as on the wall?",
        )
    }

    /// 404: no such line over HTTP, or not any more.
    pub(crate) fn no_such_line() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no-such-line",
            "There is no such line, or it has ended: say hello again.",
        )
    }

    /// 409: a piece is missing before this one.
    pub(crate) fn gap() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "gap",
            "Bytes are missing before these: say hello again.",
        )
    }

    /// 405: the address is right, the verb is not.
    pub(crate) fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "wrong-method",
            "This address is not used in that way.",
        )
    }

    /// 408: the request did not come in.
    pub(crate) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "too-slow",
            "The request took too long to come in.",
        )
    }

    /// 426: the address is for sockets.
    pub(crate) fn not_a_websocket() -> Self {
        Self::new(
            StatusCode::UPGRADE_REQUIRED,
            "not-a-websocket",
            "This address is for WebSockets.",
        )
    }

    /// 413: the body is over the limit.
    pub(crate) fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The request is too large.",
        )
    }

    /// 415: the body is something else than JSON.
    pub(crate) fn not_json() -> Self {
        let message = "The body must be JSON, sent with \"Content-Type: application/json\".";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", message)
    }

    /// 429: too often.
    pub(crate) fn too_many(message: &str) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", message)
    }

    /// The same, when it is known how long to wait.
    pub(crate) fn too_often(message: &str, wait: Duration) -> Self {
        let wait = wait.as_secs_f64().ceil().max(1.0) as u64;
        let message = format!("{message} Try again in {wait} seconds.");
        Self {
            wait,
            ..Self::too_many(&message)
        }
    }

    /// 503: the disk takes nothing.
    pub(crate) fn cannot_save(trouble: SaveTrouble) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "not-saved",
            &format!("The server cannot save anything just now: {trouble}. Try again later."),
        )
    }

    /// 503: the disk does not do its part.
    pub(crate) fn unavailable() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The server cannot write or read just now. Try again soon.",
        )
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (
            self.status,
            Json(json!({ "error": self.code, "message": self.message })),
        )
            .into_response();
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(self.wait));
        }
        response
    }
}
