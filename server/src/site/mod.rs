//! The client, embedded: a table of files that `build.rs` made, packed once at build time.

mod guard;
mod mangled;

pub(crate) use guard::guard;

use crate::http::Refusal;
use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::LazyLock};

/// One embedded file.
pub(super) struct File {
    /// From `/` on.
    path: &'static str,
    /// Its media type.
    kind: &'static str,
    cache: Cache,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// How long a browser may keep a file without asking.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "a server built without its client has no files")]
enum Cache {
    /// Its name holds its hash.
    Forever,
    /// Its name stays when it changes, which is rare.
    Short,
    /// It names the other files: always ask.
    Never,
}

include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// What every page may do: nothing but talk to this server. `wasm-unsafe-eval` is for the client; what stands in a
/// page itself is named by its hash. `{}`: our sockets, for browsers to which `self` means none.
static POLICY: LazyLock<[String; 2]> = LazyLock::new(|| {
    [
        format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{SCRIPTS_IN_PAGES}; style-src 'self'{STYLES_IN_PAGES}; \
             img-src 'self' data: blob:; connect-src 'self'"
        ),
        "; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'".to_owned(),
    ]
});

fn policy(hosts: &[String]) -> HeaderValue {
    let [before, after] = &*POLICY;
    let mut policy = before.clone();
    for host in hosts {
        for scheme in [" ws://", " wss://"] {
            policy += scheme;
            policy += host;
        }
    }
    policy += after;
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'self'"))
}

/// Answers any address that nothing else answers.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    let found = match page_of(path) {
        Some(page) => SITE.get(page),
        None => SITE.get(path),
    };
    match found {
        Some(_) if method != Method::GET && method != Method::HEAD => {
            Refusal::wrong_method().into_response()
        }
        Some(served) => served.answer(&headers),
        None if page_of(path).is_some() => no_client(),
        None if path.starts_with("/api/") => Refusal::not_found().into_response(),
        None if method != Method::GET && method != Method::HEAD => not_found(path, &headers),
        None => mangled::meant(path, uri.query()).unwrap_or_else(|| not_found(path, &headers)),
    }
}

/// Sets what holds for every answer of a server that people reach by these names.
pub(super) fn secure(mut response: Response, hosts: &[String]) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(hosts));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The page at an address. A page of the client comes in three forms: what it asks for is relative to
/// where it is, and a wall has a bundle of its own.
fn page_of(path: &str) -> Option<&'static str> {
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(""), None, None) => Some("/index.html"),
        (Some("check"), None, None) => Some("/check.html"),
        (Some("board" | "join"), Some(name), None) if !name.is_empty() => Some("/below.html"),
        (Some("wall"), Some(name), None) if !name.is_empty() => Some("/wall.html"),
        _ => None,
    }
}

struct Served {
    file: &'static File,
    /// Weak: it is of the content, whichever way that is packed.
    tag: HeaderValue,
}

static SITE: LazyLock<HashMap<&'static str, Served>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|file| {
            (
                file.path,
                Served {
                    file,
                    tag: tag_of(file.plain),
                },
            )
        })
        .collect()
});

fn tag_of(bytes: &[u8]) -> HeaderValue {
    let hash = HEXLOWER.encode(&Sha256::digest(bytes)[..8]);
    HeaderValue::try_from(format!("W/\"{hash}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("W/\"\""))
}

impl Served {
    fn answer(&self, headers: &HeaderMap) -> Response {
        let cache = match self.file.cache {
            Cache::Forever => "public, max-age=31536000, immutable",
            Cache::Short => "public, max-age=86400",
            Cache::Never => "no-cache",
        };
        let about = [
            (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
            (header::ETAG, self.tag.clone()),
        ];
        if self.is_known_to(headers) {
            return (StatusCode::NOT_MODIFIED, about).into_response();
        }
        let (packing, bytes) = self.packed_for(headers);
        let mut response = (about, [(header::CONTENT_TYPE, self.file.kind)], bytes).into_response();
        if self.file.brotli.is_some() || self.file.gzip.is_some() {
            response
                .headers_mut()
                .insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(packing) = packing {
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static(packing));
        }
        response
    }

    fn is_known_to(&self, headers: &HeaderMap) -> bool {
        let ours = self.tag.as_bytes();
        headers
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .flat_map(|list| list.as_bytes().split(|byte| *byte == b','))
            .any(|tag| matches!(tag.trim_ascii(), tag if tag == ours || tag == &ours[2..] || tag == b"*"))
    }

    fn packed_for(&self, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
        let wishes = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|wishes| wishes.to_str().ok())
            .unwrap_or("");
        match (self.file.brotli, self.file.gzip) {
            (Some(brotli), _) if takes(wishes, "br") => (Some("br"), brotli),
            (_, Some(gzip)) if takes(wishes, "gzip") => (Some("gzip"), gzip),
            _ => (None, self.file.plain),
        }
    }
}

/// Does an Accept-Encoding name this packing, and not with a weight of nothing?
fn takes(wishes: &str, packing: &str) -> bool {
    wishes.split(',').any(|wish| {
        let mut parts = wish.split(';').map(str::trim);
        parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(packing))
            && !parts.any(|weight| {
                weight.split_once('=').is_some_and(|(q, value)| {
                    q.trim().eq_ignore_ascii_case("q")
                        && value.trim().parse().is_ok_and(|value: f32| value <= 0.0)
                })
            })
    })
}

fn not_found(path: &str, headers: &HeaderMap) -> Response {
    let wants_page = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if !wants_page {
        return Refusal::not_found().into_response();
    }
    let depth = path.matches('/').count().saturating_sub(1);
    let home = ["./", &"../".repeat(depth.min(20))].concat();
    page(
        StatusCode::NOT_FOUND,
        format!(
            "<!doctype html><html lang=\"nb\"><meta charset=\"utf-8\"><title>Samtavle</title>\
             <h1>Her er det ingenting</h1><p>Adressen finnes ikke på denne tjeneren. <a href=\"{home}\">Til forsiden</a></p>\
             <p lang=\"en\">There is nothing at this address. <a href=\"{home}\">To the front page</a></p></html>"
        ),
    )
}

fn no_client() -> Response {
    page(
        StatusCode::SERVICE_UNAVAILABLE,
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Samtavle</title>\
         <h1>This server was built without its client</h1>\
         <p>It serves the API and the boards, but no pages. Build it without SAMTAVLE_CLIENT=skip.</p></html>"
            .to_owned(),
    )
}

fn page(status: StatusCode, text: String) -> Response {
    let about = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, about, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: File = File {
        path: "/site/client.js",
        kind: "text/javascript",
        cache: Cache::Forever,
        plain: b"plain",
        brotli: Some(b"brotli"),
        gzip: Some(b"gzip"),
    };

    fn served() -> Served {
        Served {
            file: &FILE,
            tag: tag_of(FILE.plain),
        }
    }

    fn asking(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn a_browser_gets_the_smallest_that_it_takes() {
        for (wishes, packing) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("identity", None),
            ("", None),
        ] {
            assert_eq!(
                served()
                    .packed_for(&asking(header::ACCEPT_ENCODING, wishes))
                    .0,
                packing,
                "{wishes}"
            );
        }
    }

    #[test]
    fn who_has_it_already_is_not_sent_it_again() {
        let tag = served().tag.to_str().unwrap().to_owned();
        assert_eq!(
            served()
                .answer(&asking(header::IF_NONE_MATCH, &tag))
                .status(),
            StatusCode::NOT_MODIFIED
        );
        assert_eq!(
            served()
                .answer(&asking(header::IF_NONE_MATCH, "W/\"other\""))
                .status(),
            StatusCode::OK
        );
    }

    #[test]
    fn pages_are_those_of_the_client_and_no_others() {
        for (path, page) in [
            ("/", "/index.html"),
            ("/check", "/check.html"),
            ("/board/abc", "/below.html"),
            ("/wall/abc", "/wall.html"),
            ("/join/FJELL-LAKS-27", "/below.html"),
        ] {
            assert_eq!(page_of(path), Some(page), "{path}");
        }
        for path in [
            "",
            "/board",
            "/board/",
            "/board/a/b",
            "/walls/a",
            "/index",
            "/api/boards",
        ] {
            assert_eq!(page_of(path), None, "{path}");
        }
    }
}
