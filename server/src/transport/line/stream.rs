//! `GET /line/{board}/{token}`: the frames as an event stream, or for proxies that hold streams back,
//! as an answer that ends after what is there (`poll=1`), in the same form.

use super::{
    down::{Reader, Taken},
    table::{Line, Lines},
};
use crate::http::{Refusal, SameSite};
use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use data_encoding::BASE64;
use futures_util::stream;
use serde::Deserialize;
use std::{convert::Infallible, sync::Arc, time::Duration};

/// Between heartbeats. Proxies cut what is quiet for half a minute or longer.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// Longest that an answer to `poll=1` waits for something to say.
const POLL: Duration = Duration::from_secs(20);
/// What comes right behind a first frame goes with it.
const GATHER: Duration = Duration::from_millis(30);
/// Bytes that go out together.
const BATCH_BYTES: usize = 64 * 1024;
/// Some proxies and virus scanners let nothing through before they have so much.
const PADDING_BYTES: usize = 2048;

/// What a reader says.
#[derive(Deserialize)]
pub(crate) struct Wish {
    /// The last frame that it has.
    #[serde(default)]
    from: u64,
    #[serde(default)]
    poll: u8,
}

/// Answers with the frames after `from`.
pub(crate) async fn read(
    State(lines): State<Arc<Lines>>,
    Path((board, token)): Path<(String, String)>,
    Query(wish): Query<Wish>,
    _site: SameSite,
) -> Result<Response, Refusal> {
    let line: Arc<Line> = lines
        .find(&board, &token)
        .ok_or_else(Refusal::no_such_line)?;
    let mut reader = Reader::after(&line.down, wish.from);
    let body = if wish.poll == 0 {
        Body::from_stream(stream::unfold(
            Some(Stream::Beginning(reader)),
            Stream::next,
        ))
    } else {
        let mut text = String::new();
        if let Some(first) = reader.next(POLL).await {
            let is_last = write(&mut text, &first);
            if !is_last {
                tokio::time::sleep(GATHER).await;
                gather(&mut text, &mut reader);
            }
        } else {
            text.push_str(":\n\n");
        }
        Body::from(text)
    };
    Ok((unbuffered(), body).into_response())
}

/// What tells proxies to hand on at once.
pub(crate) fn unbuffered() -> HeaderMap {
    HeaderMap::from_iter([
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/event-stream; charset=utf-8"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store, no-transform"),
        ),
        (
            header::HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ])
}

/// A comment as long as what stubborn proxies wait for.
pub(crate) fn padding() -> String {
    [":", &" ".repeat(PADDING_BYTES), "\n\n"].concat()
}

enum Stream {
    Beginning(Reader),
    Reading(Reader),
}

impl Stream {
    async fn next(this: Option<Self>) -> Option<(Result<Bytes, Infallible>, Option<Self>)> {
        let mut reader = match this? {
            Self::Beginning(reader) => {
                return Some((Ok(padding().into()), Some(Self::Reading(reader))));
            }
            Self::Reading(reader) => reader,
        };
        let mut text = String::new();
        let is_last = match reader.next(HEARTBEAT).await {
            Some(Taken::Replaced) => return None,
            Some(first) => write(&mut text, &first) || gather(&mut text, &mut reader),
            None => {
                text.push_str(":\n\n");
                false
            }
        };
        let rest = (!is_last).then_some(Self::Reading(reader));
        Some((Ok(text.into()), rest))
    }
}

/// Adds what else is there, up to a batch; says whether that was the last.
fn gather(text: &mut String, reader: &mut Reader) -> bool {
    while text.len() < BATCH_BYTES {
        match reader.now() {
            Some(taken) if write(text, &taken) => return true,
            Some(_) => {}
            None => return false,
        }
    }
    false
}

/// Writes one event; says whether it is the last.
fn write(text: &mut String, taken: &Taken) -> bool {
    match taken {
        Taken::Frame(number, frame) => {
            text.push_str("id: ");
            text.push_str(&number.to_string());
            text.push_str("\ndata: ");
            BASE64.encode_append(frame, text);
            text.push_str("\n\n");
            false
        }
        Taken::Closed(code) => {
            text.push_str("event: close\ndata: ");
            text.push_str(&code.number().to_string());
            text.push_str("\n\n");
            true
        }
        Taken::Replaced => true,
    }
}
