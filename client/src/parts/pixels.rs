//! How many device pixels a pixel of the page is, for what is painted on a canvas: another screen, or the
//! browser's own zoom, may change it at any time.

use leptos::prelude::*;
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, closure::Closure};

/// Now.
pub(crate) fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
}

/// Counts up when it becomes another.
pub(crate) fn changes() -> ArcRwSignal<u32> {
    thread_local!(static CHANGES: OnceCell<ArcRwSignal<u32>> = const { OnceCell::new() });
    CHANGES.with(|cell| {
        let changes = cell.get_or_init(|| {
            let changes = ArcRwSignal::new(0);
            listen_once(changes.clone());
            changes
        });
        changes.clone()
    })
}

/// A browser tells only that it is not this ratio any more: each has a question of its own.
fn listen_once(changes: ArcRwSignal<u32>) {
    let question = ["(resolution: ", &pixel_ratio().to_string(), "dppx)"].concat();
    let Ok(Some(query)) = window().match_media(&question) else {
        return;
    };
    let asked = query.clone();
    let heard = Closure::once_into_js(move || {
        asked.set_onchange(None); // and with it the question is kept no longer
        listen_once(changes.clone());
        changes.update(|count| *count += 1);
    });
    query.set_onchange(Some(heard.unchecked_ref()));
}
