//! Links that came otherwise than we gave them, as far as the server sees of them. One that is a page's address but for
//! what follows the board's id gets that page, which moves the key to where no server sees it (`client/src/app.rs`). One
//! that lies at another depth, where a page would not find its files, is sent on to where it was meant to go.

use crate::access::codes::JoinCode;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use samtavle_shared::address::{Address, Page};

/// Sends the browser on, if this is a link of ours in disguise. Where we lie under a path of a host need not be known:
/// it is found from where the browser is.
pub(super) fn meant(path: &str, query: Option<&str>) -> Option<Response> {
    let asked = match query {
        Some(query) => [path, "?", query].concat(),
        None => path.to_owned(),
    };
    let meant = match Address::read(&asked) {
        // The front page has its own address.
        Some(Address {
            page: Page::Home, ..
        }) => return None,
        Some(address) => address.to_string(),
        // The wall says "join at this address", and then the code.
        None => ["join/", JoinCode::typed(path.strip_prefix('/')?)?.as_str()].concat(),
    };
    let depth = path.matches('/').count().saturating_sub(1);
    let there = ["../".repeat(depth), meant].concat();
    let there = HeaderValue::try_from(there).ok()?;
    let about = [
        (header::LOCATION, there),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Some((StatusCode::FOUND, about).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdefghjk";
    const KEY: &str = "ab-de_GHIJKLMNOPQRSTU9";

    fn location(path: &str, query: Option<&str>) -> Option<String> {
        let response = meant(path, query)?;
        assert_eq!(response.status(), StatusCode::FOUND);
        Some(
            response.headers()[header::LOCATION]
                .to_str()
                .unwrap()
                .to_owned(),
        )
    }

    #[test]
    fn a_link_at_another_depth_is_sent_on_to_its_page() {
        let board = format!("board/{ID}#{KEY}");
        for (path, query, there) in [
            (format!("/board/{ID}/"), None, format!("../../board/{ID}")),
            (
                format!("/board/{ID}%23{KEY}/"),
                None,
                format!("../../{board}"),
            ),
            (format!("/board%2F{ID}%23{KEY}."), None, board.clone()),
            (
                format!("/Board/{ID}%23{KEY}"),
                Some("utm_source=a"),
                format!("../{board}"),
            ),
            (
                format!("//wall/{ID}/"),
                Some("theme=dark&utm=a"),
                format!("../../../wall/{ID}?theme=dark"),
            ),
            (
                "/JOIN/fjell-laks-27.".into(),
                Some("group=2"),
                "../join/FJELL-LAKS-27?group=2".into(),
            ),
            ("/fjell-laks-27".into(), None, "join/FJELL-LAKS-27".into()),
            (
                "/Fjell%20laks%2027".into(),
                None,
                "join/FJELL-LAKS-27".into(),
            ),
        ] {
            assert_eq!(location(&path, query).as_ref(), Some(&there), "{path}");
        }
    }

    #[test]
    fn what_is_no_link_of_ours_is_sent_nowhere() {
        for path in [
            "",
            "/",
            "/nothing",
            "/api/boards",
            "/board",
            "/site/client.js",
            "/board/a/b",
            "/fjell-laks",
            "//evil.example",
            "/.%0d%0a",
        ] {
            assert_eq!(location(path, None), None, "{path}");
        }
    }
}
