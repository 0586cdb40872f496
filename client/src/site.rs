//! Where this site lies: at the root of a host, or under a path of it that a reverse proxy gave us
//! (`https://example.no/verktoy/samtavle/`). The page says how far up its front page is, so nobody
//! need know the path beforehand.

use leptos::prelude::window;

/// The path of a page of ours: `board/abc` is `/verktoy/samtavle/board/abc`.
pub(crate) fn path_to(page: &str) -> String {
    [&*base(), page].concat()
}

/// A link to a page of ours, for others.
pub(crate) fn link_to(page: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    [&*origin, &*base(), page].concat()
}

/// The address as people say and type it: host and path.
pub(crate) fn spoken() -> String {
    let host = window().location().host().unwrap_or_default();
    [&*host, base().trim_end_matches('/')].concat()
}

/// The path behind the front page's: `board/abc`.
pub(crate) fn page() -> String {
    let path = window().location().pathname().unwrap_or_default();
    path.strip_prefix(&*base()).unwrap_or_default().to_owned()
}

/// The path of the front page, with a slash at its end.
pub(crate) fn base() -> String {
    let path = window().location().pathname().unwrap_or_default();
    let is_below = window()
        .document()
        .and_then(|document| document.document_element())
        .and_then(|page| page.get_attribute("data-base"))
        .is_some_and(|up| up == "../");
    above(&path, is_below).to_owned()
}

fn above(path: &str, is_below: bool) -> &str {
    let end = path.rfind('/').unwrap_or_default();
    let end = if is_below {
        path[..end].rfind('/').unwrap_or_default()
    } else {
        end
    };
    path.get(..=end).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_page_is_found_from_every_page() {
        for (path, is_below, base) in [
            ("/", false, "/"),
            ("/board/abc", true, "/"),
            ("/verktoy/samtavle/", false, "/verktoy/samtavle/"),
            ("/verktoy/samtavle/wall/abc", true, "/verktoy/samtavle/"),
            ("/verktoy/samtavle/check", false, "/verktoy/samtavle/"),
        ] {
            assert_eq!(above(path, is_below), base, "{path}");
        }
    }
}
