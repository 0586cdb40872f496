//! Time and timers from the browser.

use wasm_bindgen::{JsCast, closure::Closure};

/// Milliseconds since 1970.
pub(super) fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Milliseconds since the page was opened, by a clock that nobody sets. It may stand still while the machine sleeps.
pub(super) fn steady_ms() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(now_ms, |performance| performance.now())
}

/// Calls `then` once, after this many milliseconds.
pub(crate) fn after(ms: u32, then: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let callback = Closure::once_into_js(then);
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    // The window exists, and a function is what it was given: there is no error to handle.
    let _ =
        window.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), ms);
}
