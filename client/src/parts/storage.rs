//! What this browser remembers of a person's choices. A browser that keeps nothing (private windows,
//! blocked storage) is no error: the choice then holds until the page is closed.

/// What was written under `key`.
pub(crate) fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Remembers `value` under `key`, if the browser lets us.
pub(crate) fn write(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value); // full or blocked: see the module's head
    }
}

/// Forgets what was written under `key`.
pub(crate) fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key); // blocked: there was nothing
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
