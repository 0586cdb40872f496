//! What this browser remembers of a person's choices, and of what was written. A browser that keeps nothing (private
//! windows, blocked or full storage) is no error: it then holds until the page is closed.

use std::{cell::RefCell, collections::BTreeMap};

thread_local! {
    /// What the browser would not keep; `None`: it could not even forget.
    static PAGE: RefCell<BTreeMap<String, Option<String>>> = const { RefCell::new(BTreeMap::new()) };
}

/// What was written under `key`.
pub(crate) fn read(key: &str) -> Option<String> {
    let of_page = PAGE.with_borrow(|page| page.get(key).cloned());
    of_page.unwrap_or_else(|| storage()?.get_item(key).ok()?)
}

/// Remembers `value` under `key`: in the browser if it lets us, else in the page.
pub(crate) fn write(key: &str, value: &str) {
    let took = storage().and_then(|storage| storage.set_item(key, value).ok());
    stand_in(took, key, Some(value.to_owned()));
}

/// Forgets what was written under `key`.
pub(crate) fn remove(key: &str) {
    let took = storage().and_then(|storage| storage.remove_item(key).ok());
    stand_in(took, key, None);
}

/// Whether the browser keeps what is written here.
pub(crate) fn keeps() -> bool {
    const TRIED: &str = "samtavle.tried";
    storage().is_some_and(|storage| {
        storage.set_item(TRIED, "1").is_ok() && storage.remove_item(TRIED).is_ok()
    })
}

/// The same of this tab alone, as long as it is there: what the browser keeps, all its tabs share.
pub(crate) mod tab {
    /// What this tab wrote under `key`.
    pub(crate) fn read(key: &str) -> Option<String> {
        storage()?.get_item(key).ok()?
    }

    /// Remembers `value` under `key`; a browser that does not let us has the other store, or the page.
    pub(crate) fn write(key: &str, value: &str) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(key, value);
        }
    }

    fn storage() -> Option<web_sys::Storage> {
        web_sys::window()?.session_storage().ok()?
    }
}

/// The page stands in for a browser that did not take it.
fn stand_in(took: Option<()>, key: &str, value: Option<String>) {
    PAGE.with_borrow_mut(|page| match took {
        Some(()) => page.remove(key),
        None => page.insert(key.to_owned(), value),
    });
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
