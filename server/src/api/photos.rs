//! `/api/boards/{id}/photos/{photo}`: one photo, sent in pieces, and shown to whoever has a key. What is
//! said is in docs/protocol.md, *Photos*.

use super::keys::{bearer, device_of};
use crate::{
    access::keys::board_id_of,
    clock,
    http::{Refusal, Visitor, ask_log},
    log::{Entry, LogError, photos::Place},
    photos::{Piece, Unkept, Whole},
    state::AppState,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest as _, Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use samtavle_shared::{
    ids::PhotoId,
    limits::{MAX_PHOTO_BYTES, MAX_PHOTO_PIECE_BYTES},
    wire::Role,
};
use std::sync::Arc;

static OFFSET: HeaderName = HeaderName::from_static("upload-offset");
static LENGTH: HeaderName = HeaderName::from_static("upload-length");

/// `PATCH`: the next piece. Who says that it is too large is refused before a byte of it is read.
pub(crate) async fn send(
    State(app): State<Arc<AppState>>,
    Path((board, photo)): Path<(String, String)>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers();
    let place = place_of(&board, &photo)?;
    let at = number(headers, &OFFSET).ok_or_else(no_numbers)?;
    let length = number(headers, &LENGTH).ok_or_else(no_numbers)?;
    if length == 0 || at > length {
        return Err(no_numbers());
    }
    if length > MAX_PHOTO_BYTES as u64 {
        return Err(Refusal::large_photo(MAX_PHOTO_BYTES >> 20));
    }
    let announced = number(headers, &header::CONTENT_LENGTH);
    if announced.is_some_and(|bytes| bytes > MAX_PHOTO_PIECE_BYTES as u64) {
        return Err(Refusal::too_large());
    }
    let role = role_of(&app, &place, headers).await?;
    if !role.may_write() {
        return Err(Refusal::read_only());
    }
    let device = device_of(&place.board, headers);
    let bytes = Bytes::from_request(request, &app)
        .await
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::too_large(),
            _ => Refusal::bad_request("The request could not be read."),
        })?;
    let refused = |unkept| refusal_of(&place, unkept);
    app.photos
        .may_send(device.as_ref(), visitor.address, bytes.len())
        .map_err(refused)?;
    let piece = Piece {
        place: place.clone(),
        device,
        leads: role == Role::Facilitator,
        address: visitor.address,
        at,
        length,
        bytes,
        now: clock::now().wall,
    };
    let kept = Arc::clone(&app.photos).keep(piece).await;
    match kept {
        Ok(offset) => Ok((StatusCode::NO_CONTENT, stay(offset, length)).into_response()),
        Err(Unkept::Gap(offset)) => {
            let mut response = Refusal::photo_gap().into_response();
            response.headers_mut().insert(OFFSET.clone(), offset.into());
            Ok(response)
        }
        Err(unkept) => Err(refusal_of(&place, unkept)),
    }
}

/// `HEAD`: how far it has come.
pub(crate) async fn ask(
    State(app): State<Arc<AppState>>,
    Path((board, photo)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let place = place_of(&board, &photo)?;
    role_of(&app, &place, &headers).await?;
    let found = ask_log(&app, move |app| app.photos.stay(&place)).await?;
    let found = found.ok_or_else(Refusal::no_such_photo)?;
    Ok((StatusCode::OK, stay(found.offset, found.length)).into_response())
}

/// `GET`: the photo. What an id names never changes.
pub(crate) async fn show(
    State(app): State<Arc<AppState>>,
    Path((board, photo)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let place = place_of(&board, &photo)?;
    role_of(&app, &place, &headers).await?;
    let tag = ["\"", place.photo.as_str(), "\""].concat();
    let whole = ask_log(&app, move |app| app.photos.whole(&place)).await?;
    let whole = whole.ok_or_else(Refusal::no_such_photo)?;
    let is_known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let about = [
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, max-age=31536000, immutable"),
        ),
        (header::VARY, HeaderValue::from_static("authorization")),
        (header::ETAG, text(&tag)),
    ];
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let kind = [(header::CONTENT_TYPE, text(&whole.kind))];
    // Everybody who is being sent it holds the same bytes.
    let body = Body::from(Bytes::from_owner(Held(whole)));
    Ok((about, kind, body).into_response())
}

struct Held(Arc<Whole>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

fn text(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn place_of(board: &str, photo: &str) -> Result<Place, Refusal> {
    Ok(Place {
        board: board_id_of(board),
        photo: PhotoId::read(photo).ok_or_else(Refusal::not_found)?,
    })
}

async fn role_of(app: &Arc<AppState>, place: &Place, headers: &HeaderMap) -> Result<Role, Refusal> {
    let key = bearer(headers).ok_or_else(Refusal::no_key)?;
    let shown = app.shown(key, device_of(&place.board, headers));
    let board = place.board.clone();
    match ask_log(app, move |app| app.log.entry(&board, &shown)).await? {
        Entry::Opens(pass) => Ok(pass.role),
        Entry::WrongKey | Entry::Removed => Err(Refusal::no_key()),
        Entry::NoBoard => Err(Refusal::no_such_board()),
    }
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn no_numbers() -> Refusal {
    Refusal::bad_request(
        "Upload-Offset and Upload-Length must say where the piece begins and how long the photo is.",
    )
}

fn stay(offset: u64, length: u64) -> [(HeaderName, HeaderValue); 3] {
    [
        (OFFSET.clone(), offset.into()),
        (LENGTH.clone(), length.into()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}

fn refusal_of(place: &Place, unkept: Unkept) -> Refusal {
    match unkept {
        Unkept::NotTheirs => Refusal::not_your_photo(),
        Unkept::OtherLength => Refusal::other_length(),
        Unkept::Gap(_) => Refusal::photo_gap(),
        Unkept::TooLong => Refusal::bad_request("The piece goes beyond Upload-Length."),
        Unkept::BoardFull => Refusal::board_full(),
        Unkept::TooMany => Refusal::too_many("Too much at once. Wait a little."),
        Unkept::NoPicture => Refusal::not_a_photo(),
        Unkept::Failed(LogError::Stuck(trouble)) => Refusal::cannot_save(trouble),
        Unkept::Failed(error) => {
            tracing::error!(target: "samtavle::http", board = %place.board, %error, "a photo was not kept");
            Refusal::unavailable()
        }
    }
}
