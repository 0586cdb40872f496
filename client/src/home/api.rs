//! The server's outer interface, as far as the front page needs it: typed answers, typed errors.

use crate::{browser::storage, replica::Replica, site};
use leptos::prelude::window;
use samtavle_shared::{language::Language, wire::Role};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A board that was just made.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewBoard {
    /// Its id.
    pub(crate) id: String,
    /// The code to join by.
    pub(crate) code: String,
    /// A key for each role.
    pub(crate) keys: NewKeys,
}

/// A new board's keys.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewKeys {
    /// Runs the session.
    pub(crate) facilitator: String,
    /// Takes part.
    pub(crate) participant: String,
    /// Shows only.
    pub(crate) wall: String,
}

/// What a join code was exchanged for.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Joined {
    /// The board's id.
    pub(crate) board: String,
    /// A key of one's own.
    pub(crate) key: String,
}

/// Why there is no answer; each is something else to do for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApiError {
    /// Nobody answered: look at the network.
    Unreachable,
    /// It does not exist: look at the code.
    Unknown,
    /// Too often: wait.
    TooMany {
        /// So many seconds.
        wait: u32,
    },
    /// The server would not take it: another title.
    Refused,
    /// The server could not: try later.
    Server,
}

/// Makes a board, whose wall speaks `language`.
pub(crate) async fn make_board(title: &str, language: Language) -> Result<NewBoard, ApiError> {
    let request = serde_json::json!({ "title": title, "language": language.tag() });
    parse(&post("api/boards", &request, None).await?)
}

/// Exchanges a join code for a key, to take part or to show the board.
pub(crate) async fn join(code: &str, role: Role) -> Result<Joined, ApiError> {
    let request = serde_json::json!({ "code": code, "browser": browser(), "role": role });
    parse(&post("api/join", &request, None).await?)
}

/// What this browser calls itself where wrong codes are counted: others in the same house are not to wait for it.
fn browser() -> String {
    const KEY: &str = "samtavle.browser";
    storage::read(KEY).unwrap_or_else(|| {
        let name = Replica::new_note_id().to_string(); // 96 random bits
        storage::write(KEY, &name);
        name
    })
}

/// A new key for a board's wall; only whoever leads the board gets one.
pub(crate) async fn wall_key(replica: Replica) -> Result<String, ApiError> {
    #[derive(Deserialize)]
    struct NewKey {
        key: String,
    }
    let path = ["api/boards/", replica.ticket().board.as_str(), "/keys"].concat();
    let request = serde_json::json!({ "role": "wall" });
    parse::<NewKey>(&post(&path, &request, Some(replica)).await?).map(|new| new.key)
}

/// `whose`: as whom it is asked, if that matters.
async fn post(
    path: &str,
    body: &serde_json::Value,
    whose: Option<Replica>,
) -> Result<String, ApiError> {
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(&body.to_string()));
    let headers = web_sys::Headers::new().map_err(|_| ApiError::Unreachable)?;
    headers
        .set("content-type", "application/json")
        .map_err(|_| ApiError::Unreachable)?;
    if let Some(replica) = whose {
        let key = ["Bearer ", &*replica.ticket().key].concat();
        headers
            .set("authorization", &key)
            .and_then(|()| headers.set("samtavle-device", &replica.device()))
            .map_err(|_| ApiError::Refused)?;
    }
    init.set_headers(&headers);

    let response =
        JsFuture::from(window().fetch_with_str_and_init(&site::path_to(path), &init)).await;
    let response: web_sys::Response = response
        .map_err(|_| ApiError::Unreachable)?
        .unchecked_into();
    if !response.ok() {
        let wait = response.headers().get("retry-after").ok().flatten();
        let wait = wait.and_then(|seconds| seconds.parse().ok());
        return Err(of_status(response.status(), wait));
    }
    let text = response.text().map_err(|_| ApiError::Server)?;
    let text = JsFuture::from(text)
        .await
        .map_err(|_| ApiError::Unreachable)?;
    text.as_string().ok_or(ApiError::Server)
}

fn parse<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_| ApiError::Server)
}

/// How long to wait when the server, or a proxy, does not say.
const WAIT: u32 = 60;

fn of_status(status: u16, wait: Option<u32>) -> ApiError {
    match status {
        404 => ApiError::Unknown,
        429 => ApiError::TooMany {
            wait: wait.unwrap_or(WAIT),
        },
        400..=499 => ApiError::Refused,
        _ => ApiError::Server,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_says_what_to_do() {
        let told = [404, 400, 413, 500, 503].map(|status| of_status(status, None));
        use ApiError::{Refused, Server, TooMany, Unknown};
        assert_eq!(told, [Unknown, Refused, Refused, Server, Server]);
        assert_eq!(of_status(429, Some(20)), TooMany { wait: 20 });
        assert_eq!(of_status(429, None), TooMany { wait: WAIT });
    }
}
