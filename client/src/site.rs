//! Where this site lies: at the root of a host, or under a path of it that a reverse proxy gave us
//! (`https://example.no/verktoy/samtavle/`). The page says how far up its front page is, so nobody
//! need know the path beforehand.

use leptos::prelude::window;
use samtavle_shared::address::{Address, Page};
use wasm_bindgen::JsValue;

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

/// The page that the browser is at, whatever has become of its address on the way here.
pub(crate) fn address() -> Address {
    let here = here();
    let below = here.strip_prefix(&*base()).unwrap_or_default();
    Address::read(below).unwrap_or(Address {
        page: Page::Home,
        wishes: String::new(),
    })
}

/// Puts an address as we write it in the place of the one that the browser has. The key moves to where no server sees
/// it, and a link that is copied from here is whole.
pub(crate) fn rewrite(address: &Address) {
    let written = path_to(&address.to_string());
    if address.page != Page::Home
        && written != here()
        && let Ok(history) = window().history()
    {
        // A browser that does not let us shows the page all the same.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&written));
    }
}

/// All of the address behind the host.
fn here() -> String {
    let location = window().location();
    [location.pathname(), location.search(), location.hash()]
        .map(Result::unwrap_or_default)
        .concat()
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
