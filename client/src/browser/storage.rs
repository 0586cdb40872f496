//! What this browser remembers of a person's choices, and of what was written. A browser that keeps nothing (private
//! windows, blocked or full storage) is no error: it then holds until the page is closed.

use std::{cell::RefCell, collections::BTreeMap};

thread_local! {
    /// What the browser would not keep; `None`: it could not even forget.
    static PAGE: RefCell<BTreeMap<String, Option<String>>> = const { RefCell::new(BTreeMap::new()) };
    /// What the browser keeps, as far as this page has learnt: it may be cleared while the page is open.
    static KNOWN: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// What all our keys begin with.
const OURS: &str = "samtavle.";

/// What was written under `key`.
pub(crate) fn read(key: &str) -> Option<String> {
    let of_page = PAGE.with_borrow(|page| page.get(key).cloned());
    of_page.unwrap_or_else(|| storage()?.get_item(key).ok()?)
}

/// Remembers `value` under `key`: in the browser if it lets us, else in the page.
pub(crate) fn write(key: &str, value: &str) {
    know(key, Some(value));
    let took = storage().and_then(|storage| storage.set_item(key, value).ok());
    stand_in(took, key, Some(value.to_owned()));
}

/// Forgets what was written under `key`.
pub(crate) fn remove(key: &str) {
    know(key, None);
    let took = storage().and_then(|storage| storage.remove_item(key).ok());
    stand_in(took, key, None);
}

/// Learns all that is kept, before it may be cleared.
pub(crate) fn learn() {
    let Some(storage) = storage() else { return };
    for at in 0..storage.length().unwrap_or_default() {
        if let Ok(Some(key)) = storage.key(at)
            && let Ok(Some(value)) = storage.get_item(&key)
        {
            know(&key, Some(&value));
        }
    }
}

/// Another tab has written this, or forgotten it.
pub(crate) fn hear(key: &str, value: Option<&str>) {
    know(key, value);
}

/// Keeps again what was cleared under the page. Says whether there was something: the device's secret is never
/// forgotten otherwise, so without it the person here would be somebody new.
pub(crate) fn keep_again() -> bool {
    let Some(storage) = storage() else {
        return false;
    };
    // What the browser would not take is no news.
    let was_kept = |key: &String| PAGE.with_borrow(|page| !page.contains_key(key));
    let is_missing = |key: &String| was_kept(key) && matches!(storage.get_item(key), Ok(None));
    KNOWN.with_borrow(|known| {
        let missing = known.iter().filter(|(key, _)| is_missing(key));
        missing
            .filter(|(key, value)| storage.set_item(key, value).is_ok())
            .count()
            > 0
    })
}

fn know(key: &str, value: Option<&str>) {
    if !key.starts_with(OURS) {
        return;
    }
    KNOWN.with_borrow_mut(|known| match value {
        Some(value) => known.insert(key.to_owned(), value.to_owned()),
        None => known.remove(key),
    });
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
