//! Pictures go to the server in the background, one at a time and piece by piece; a lost network, a reload or a
//! server that starts again costs one piece at most. The server says how much it has, so nothing is sent twice.
//!
//! ```text
//! HEAD  → Upload-Offset: n     how much it has (404: nothing)
//! PATCH Upload-Offset: n       the next piece → Upload-Offset: m
//! ```

use super::{
    api,
    page::Pictures,
    picture::{Picture, Sent},
};
use crate::replica::{Replica, after};
use js_sys::Uint8Array;
use leptos::prelude::*;
use samtavle_shared::ids::{ImageId, PhotoId};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Response};

/// Bytes in one request: half of what the server takes, so that a slow network shows how it goes on.
const PIECE_BYTES: u32 = 128 * 1024;
/// The first wait after a loss, milliseconds, before it is spread by chance.
const FIRST_WAIT_MS: u32 = 1_000;
/// The longest wait.
const LONGEST_WAIT_MS: u32 = 30_000;
/// A request that takes longer has lost its network without a word.
const PATIENCE_MS: u32 = 30_000;

/// How it stands with sending.
#[derive(Default)]
pub(super) struct Sending {
    is_busy: bool,
    /// Losses in a row.
    losses: u32,
    /// Counts waits, so that one that was cut short does not wake anybody later.
    round: u32,
}

/// Why a request gave nothing.
enum Failure {
    /// It may get through the next time.
    Broken,
    /// It will not be taken.
    Refused(Sent),
}

/// Sends what waits now and whenever there is a network again, as long as the page is open.
pub(super) fn begin(pictures: Pictures) {
    let _ = window_event_listener_untyped("online", move |_| send_at_once(pictures));
    let connection = pictures.replica.connection;
    let is_here = Memo::new(move |_| connection.get().is_up());
    Effect::new(move || {
        if is_here.get() {
            send_at_once(pictures);
        }
    });
    send_on(pictures);
}

/// There is a network again: no more waiting.
fn send_at_once(pictures: Pictures) {
    pictures.sending.update_value(|sending| {
        sending.losses = 0;
        sending.round += 1;
    });
    send_on(pictures);
}

/// Sends the oldest that waits, if nothing is on its way.
pub(super) fn send_on(pictures: Pictures) {
    let is_waiting = |one: &&Picture| one.sent == Sent::NotYet;
    let next = pictures.mine.with_untracked(|mine| {
        let waiting = mine.iter().rev().find(is_waiting);
        waiting.map(|one| one.id.clone())
    });
    let Some(id) = next else { return };
    if pictures.sending.with_value(|sending| sending.is_busy) {
        return;
    }
    pictures
        .sending
        .update_value(|sending| sending.is_busy = true);
    leptos::task::spawn_local(async move {
        let sent = send(pictures, &id).await;
        pictures.on_its_way.set(None);
        pictures
            .sending
            .update_value(|sending| sending.is_busy = false);
        match sent {
            Ok(sent) | Err(Failure::Refused(sent)) => {
                pictures.edit(&id, |one| one.sent = sent);
                if sent == Sent::Saved {
                    pictures.let_go(&id);
                }
                pictures.sending.update_value(|sending| sending.losses = 0);
                send_on(pictures);
            }
            Err(Failure::Broken) => wait_and_send(pictures),
        }
    });
}

fn wait_and_send(pictures: Pictures) {
    let mut round = 0;
    let mut losses = 0;
    pictures.sending.update_value(|sending| {
        sending.losses += 1;
        sending.round += 1;
        (round, losses) = (sending.round, sending.losses);
    });
    let wait = (FIRST_WAIT_MS << (losses - 1).min(5)).min(LONGEST_WAIT_MS);
    // Many phones lose the network of a room at the same moment: they do not come back at the same moment.
    let spread = 0.5 + js_sys::Math::random();
    after((f64::from(wait) * spread) as u32, move || {
        if pictures.sending.with_value(|sending| sending.round) == round {
            send_on(pictures);
        }
    });
}

async fn send(pictures: Pictures, id: &ImageId) -> Result<Sent, Failure> {
    let (Some(bytes), Some(photo)) = (pictures.photo(id).await, PhotoId::read(id.as_str())) else {
        return Ok(Sent::Lost);
    };
    let replica = pictures.replica;
    let length = bytes.length();
    let mut at = ask(replica, &photo, length).await?;
    let mut has_stood_still = false;
    while at < length {
        // What was thrown away meanwhile is not sent.
        if pictures.with(id, |_| ()).is_none() {
            return Ok(Sent::NotYet);
        }
        let hundredths = u64::from(at) * 100 / u64::from(length);
        pictures
            .on_its_way
            .set(Some((id.clone(), hundredths as u32))); // less than a hundred
        let next = send_piece(replica, &photo, &bytes, at).await?;
        // The server may know better where to go on from, but not for ever.
        if next <= at && has_stood_still {
            return Err(Failure::Broken);
        }
        has_stood_still = next <= at;
        at = next;
    }
    Ok(Sent::Saved)
}

/// How much the server has.
async fn ask(replica: Replica, photo: &PhotoId, length: u32) -> Result<u32, Failure> {
    let answer = request(replica, photo, "HEAD", None).await?;
    if answer.status() == 404 {
        return Ok(0);
    }
    let at = read_answer(&answer)?;
    if at > length {
        return Err(Failure::Refused(Sent::Refused));
    }
    Ok(at)
}

/// Sends the next piece; gives how much the server has after it.
async fn send_piece(
    replica: Replica,
    photo: &PhotoId,
    bytes: &Uint8Array,
    at: u32,
) -> Result<u32, Failure> {
    let end = (at + PIECE_BYTES).min(bytes.length());
    let piece = Piece {
        bytes: bytes.subarray(at, end),
        at,
        of: bytes.length(),
    };
    let answer = request(replica, photo, "PATCH", Some(piece)).await?;
    read_answer(&answer)
}

struct Piece {
    bytes: Uint8Array,
    at: u32,
    of: u32,
}

async fn request(
    replica: Replica,
    photo: &PhotoId,
    method: &str,
    piece: Option<Piece>,
) -> Result<Response, Failure> {
    let (init, headers) = api::request(replica, method).ok_or(Failure::Refused(Sent::Forbidden))?;
    init.set_cache(web_sys::RequestCache::NoStore);
    if let Some(piece) = piece {
        for (name, value) in [("upload-offset", piece.at), ("upload-length", piece.of)] {
            let set = headers.set(name, &value.to_string());
            set.map_err(|_| Failure::Broken)?;
        }
        init.set_body(&piece.bytes);
    }
    let hurry = AbortController::new().map_err(|_| Failure::Broken)?;
    init.set_signal(Some(&hurry.signal()));
    after(PATIENCE_MS, move || hurry.abort());
    let asked = window().fetch_with_str_and_init(&api::address(replica, photo), &init);
    let answer = JsFuture::from(asked).await;
    answer
        .map(JsValue::unchecked_into)
        .map_err(|_| Failure::Broken)
}

/// How much the server has after this, or why it has not.
fn read_answer(answer: &Response) -> Result<u32, Failure> {
    let at = answer.headers().get("upload-offset").ok().flatten();
    let at = at.and_then(|at| at.parse().ok());
    match answer.status() {
        200..=299 => at.ok_or(Failure::Broken),
        // Bytes are missing there: it says where to go on from.
        409 => at.ok_or(Failure::Refused(Sent::Refused)),
        507 => Err(Failure::Refused(Sent::BoardFull)),
        401 | 403 => Err(Failure::Refused(Sent::Forbidden)),
        400 | 404 | 413 | 415 => Err(Failure::Refused(Sent::Refused)),
        // Too many requests, a proxy, a server that starts again.
        _ => Err(Failure::Broken),
    }
}
