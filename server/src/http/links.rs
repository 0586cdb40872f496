//! Addresses: those we give people, and the one that somebody comes from.

use crate::{
    access::{keys::Key, roles},
    base_path::BasePath,
    config::{Addresses, Settings},
    listen::OtherEnd,
    state::AppState,
};
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use samtavle_shared::{ids::BoardId, wire::Role};
use std::{convert::Infallible, net::IpAddr, sync::Arc};

/// Who asks, as far as links and limits need to know. The address is never logged.
pub(crate) struct Visitor {
    /// For the limits.
    pub(crate) address: IpAddr,
    /// How this person reaches us: the beginning of links.
    base: String,
}

impl Visitor {
    /// The link that opens a board with this key.
    pub(crate) fn link(&self, board: &BoardId, role: Role, key: &Key) -> String {
        format!(
            "{}/{}/{}#{}",
            self.base,
            roles::page(role),
            board,
            key.as_str()
        )
    }
}

impl<S> FromRequestParts<S> for Visitor
where
    S: Sync,
    Arc<AppState>: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let app = Arc::from_ref(state);
        let peer = parts.extensions.get::<OtherEnd>().map(|peer| peer.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED));
        Ok(Self {
            address: address_of(&parts.headers, peer, app.settings.addresses),
            base: base_of(&parts.headers, &app.settings),
        })
    }
}

fn address_of(headers: &HeaderMap, peer: IpAddr, addresses: Addresses) -> IpAddr {
    match addresses {
        Addresses::Direct => peer,
        // The last entry is what our own proxy wrote; those before it are hearsay.
        Addresses::Proxy => headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()
            .and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok())
            .unwrap_or(peer),
    }
}

/// The forwarded headers are believed from anyone: they only change the links in the sender's own answer.
fn base_of(headers: &HeaderMap, settings: &Settings) -> String {
    if let Some(url) = &settings.public_url {
        return url.clone();
    }
    let first = |name: &str| Some(headers.get(name)?.to_str().ok()?.split(',').next()?.trim());
    let scheme = first("x-forwarded-proto")
        .filter(|scheme| matches!(*scheme, "http" | "https"))
        .unwrap_or("http");
    let host = forwarded_host(headers)
        .filter(|host| is_host(host))
        .or_else(|| first(header::HOST.as_str()).filter(|host| is_host(host)));
    let path = BasePath::seen_by(headers, &settings.base_path);
    match host {
        Some(host) => format!("{scheme}://{host}{path}"),
        None => format!("{scheme}://{}{path}", settings.listen),
    }
}

/// The host that a proxy says people asked for.
pub(super) fn forwarded_host(headers: &HeaderMap) -> Option<&str> {
    let hosts = headers.get("x-forwarded-host")?.to_str().ok()?;
    hosts.split(',').next().map(str::trim)
}

pub(crate) fn is_host(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    !text.is_empty() && text.len() <= 255 && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Options;
    use clap::Parser as _;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn settings(flags: &[&str]) -> Settings {
        Options::try_parse_from([&["samtavle"], flags].concat())
            .unwrap()
            .settle()
            .unwrap()
    }

    #[test]
    fn links_begin_as_the_person_reached_us() {
        let plain = settings(&[]);
        assert_eq!(
            base_of(&headers(&[("host", "192.168.1.5:8080")]), &plain),
            "http://192.168.1.5:8080"
        );
        let proxied = headers(&[
            ("host", "127.0.0.1:8080"),
            ("x-forwarded-host", "board.example.org"),
            ("x-forwarded-proto", "https"),
        ]);
        assert_eq!(base_of(&proxied, &plain), "https://board.example.org");
        let under = headers(&[
            ("host", "example.org"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-prefix", "/verktoy/samtavle"),
        ]);
        assert_eq!(
            base_of(&under, &plain),
            "https://example.org/verktoy/samtavle"
        );
        let under = settings(&["--base-path", "verktoy/samtavle/"]);
        assert_eq!(
            base_of(&proxied, &under),
            "https://board.example.org/verktoy/samtavle"
        );
        let fixed = settings(&["--public-url", "https://samtavle.example"]);
        assert_eq!(base_of(&proxied, &fixed), "https://samtavle.example");
    }

    #[test]
    fn what_is_no_host_is_not_put_into_links() {
        let strange = headers(&[("host", "a\"><b"), ("x-forwarded-proto", "javascript")]);
        assert_eq!(
            base_of(&strange, &settings(&["--listen", "127.0.0.1:7"])),
            "http://127.0.0.1:7"
        );
    }

    #[test]
    fn forwarded_addresses_are_believed_only_behind_a_proxy() {
        let peer: IpAddr = "127.0.0.1".parse().unwrap();
        let forwarded = headers(&[("x-forwarded-for", "198.51.100.1, 203.0.113.9")]);
        assert_eq!(address_of(&forwarded, peer, Addresses::Direct), peer);
        assert_eq!(
            address_of(&forwarded, peer, Addresses::Proxy),
            "203.0.113.9".parse::<IpAddr>().unwrap()
        );
        assert_eq!(address_of(&HeaderMap::new(), peer, Addresses::Proxy), peer);
    }
}
