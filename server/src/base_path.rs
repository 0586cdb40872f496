//! The path that a reverse proxy serves us under, such as `/verktoy/samtavle`. Pages find their own way,
//! for all that they ask is relative; what we must know it for is links, and proxies that do not
//! take it off before they ask us.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, Uri, uri::PathAndQuery},
    middleware::{self, Next},
    response::{IntoResponse as _, Redirect, Response},
};
use std::sync::Arc;

/// Empty, or `/verktoy/samtavle`: without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BasePath(Arc<str>);

impl BasePath {
    /// The one that the server was started with.
    pub(crate) fn of(path: &str) -> Self {
        Self(path.into())
    }

    /// Reads one as a person or a proxy writes it; `None`: it is no path of plain letters.
    pub(crate) fn read(text: &str) -> Option<String> {
        let path = text.trim().trim_matches('/');
        let is_plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
        };
        if path.is_empty() {
            return Some(String::new());
        }
        (path.len() <= 200 && path.split('/').all(is_plain)).then(|| ["/", path].concat())
    }

    /// What the proxy says that it has taken off, else what we were started with.
    pub(crate) fn seen_by(headers: &HeaderMap, given: &str) -> String {
        headers
            .get("x-forwarded-prefix")
            .and_then(|prefix| Self::read(prefix.to_str().ok()?.split(',').next()?))
            .unwrap_or_else(|| given.to_owned())
    }

    /// Takes the path off before anything is routed, if it is there.
    pub(crate) fn around(self, router: Router) -> Router {
        if self.0.is_empty() {
            return router;
        }
        Router::new()
            .fallback_service(router)
            .layer(middleware::from_fn_with_state(self, take_off))
    }

    fn without(&self, uri: &Uri) -> Option<Uri> {
        let whole = uri.path_and_query()?.as_str();
        let rest = whole
            .strip_prefix(&*self.0)
            .filter(|rest| rest.starts_with('/'))?;
        let mut parts = uri.clone().into_parts();
        parts.path_and_query = Some(PathAndQuery::try_from(rest).ok()?);
        Uri::from_parts(parts).ok()
    }
}

async fn take_off(State(base): State<BasePath>, mut request: Request, next: Next) -> Response {
    if request.uri().path() == &*base.0 {
        // The page's own addresses are relative to it: they need the slash.
        return Redirect::permanent(&[&*base.0, "/"].concat()).into_response();
    }
    if let Some(uri) = base.without(request.uri()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_off_only_where_it_ends_at_a_slash() {
        let base = BasePath("/verktoy/samtavle".into());
        let without = |uri: &'static str| {
            base.without(&Uri::from_static(uri))
                .map(|uri| uri.to_string())
        };
        assert_eq!(without("/verktoy/samtavle/a?b=c"), Some("/a?b=c".into()));
        assert_eq!(without("/verktoy/samtavle/"), Some("/".into()));
        assert_eq!(without("/verktoy/samtavlene"), None);
        assert_eq!(without("/a"), None);
    }

    #[test]
    fn what_is_no_plain_path_is_not_put_into_links() {
        assert_eq!(
            BasePath::read("verktoy/samtavle/"),
            Some("/verktoy/samtavle".into())
        );
        assert_eq!(BasePath::read("/"), Some(String::new()));
        for strange in ["//evil.example", "/a/../b", "/a\"b", "/a b", "/a//b"] {
            assert!(
                BasePath::read(strange).is_none_or(|path| path == "/evil.example"),
                "{strange}"
            );
        }
    }
}
