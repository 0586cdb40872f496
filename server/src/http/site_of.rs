//! Whose page asks, and under which name we are asked. A browser says from which site a page comes that opens a socket or
//! sends something; what another site's page asks for with its visitors' hands is not done.

use super::{
    Refusal,
    links::{forwarded_host, is_host},
};
use crate::{config::Settings, state::AppState};
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use std::sync::Arc;

/// Asked by a page of ours, or by no page at all.
pub(crate) struct SameSite;

impl<S> FromRequestParts<S> for SameSite
where
    S: Sync,
    Arc<AppState>: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let app = Arc::from_ref(state);
        if is_of_this_site(&parts.headers, &app.settings) {
            Ok(Self)
        } else {
            Err(Refusal::wrong_origin())
        }
    }
}

/// Whether a page of ours asks, as far as a browser says.
fn is_of_this_site(headers: &HeaderMap, settings: &Settings) -> bool {
    // No page can make a browser say this in its own favour.
    let says_same = (headers.get("sec-fetch-site")).is_some_and(|site| site == "same-origin");
    let ours = our_hosts(headers, settings);
    let is_ours = |origin: &str| {
        let host = origin.split_once("://").map(|(_, host)| without_port(host));
        host.is_some_and(|host| {
            ours.iter()
                .any(|ours| without_port(ours).eq_ignore_ascii_case(host))
        })
    };
    says_same
        || headers
            .get_all(header::ORIGIN)
            .iter()
            .all(|origin| origin.to_str().is_ok_and(is_ours))
}

/// The names under which people reach us.
pub(crate) fn our_hosts(headers: &HeaderMap, settings: &Settings) -> Vec<String> {
    let asked = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let public = settings.public_url.as_deref().and_then(|url| {
        let (_, rest) = url.split_once("://")?;
        rest.split('/').next()
    });
    [asked, forwarded_host(headers), public]
        .into_iter()
        .flatten()
        .filter(|host| is_host(host))
        .map(str::to_owned)
        .collect()
}

/// A browser leaves the usual ports out, and some proxies write them.
fn without_port(host: &str) -> &str {
    host.strip_suffix(":443")
        .or_else(|| host.strip_suffix(":80"))
        .unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Options;
    use clap::Parser as _;

    fn is_ours(pairs: &[(&'static str, &str)], flags: &[&str]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        let options = Options::try_parse_from([&["samtavle"], flags].concat());
        is_of_this_site(&headers, &options.unwrap().settle().unwrap())
    }

    #[test]
    fn a_page_of_ours_is_known_by_the_name_that_people_reach_us_by() {
        let host = ("host", "tavle.example:8080");
        for (more, is_so) in [
            (vec![], true),
            (vec![("origin", "http://tavle.example:8080")], true),
            (vec![("origin", "https://TAVLE.example:8080")], true),
            (vec![("origin", "https://evil.example")], false),
            (vec![("origin", "null")], false),
            (vec![("origin", "http://tavle.example:8081")], false),
            (
                vec![
                    ("origin", "http://tavle.example:8080"),
                    ("origin", "http://evil.example"),
                ],
                false,
            ),
            (
                vec![
                    ("origin", "https://board.example"),
                    ("x-forwarded-host", "board.example"),
                ],
                true,
            ),
            (
                vec![
                    ("origin", "https://board.example"),
                    ("sec-fetch-site", "same-origin"),
                ],
                true,
            ),
            (
                vec![
                    ("origin", "https://evil.example"),
                    ("sec-fetch-site", "cross-site"),
                ],
                false,
            ),
        ] {
            let headers = [&[host][..], &more].concat();
            assert_eq!(is_ours(&headers, &[]), is_so, "{headers:?}");
        }
        let public = ["--public-url", "https://board.example/verktoy"];
        assert!(is_ours(
            &[host, ("origin", "https://board.example")],
            &public
        ));
    }
}
