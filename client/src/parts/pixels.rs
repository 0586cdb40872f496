//! How many device pixels a pixel of the page is, for what is painted on a canvas: another screen, or the
//! browser's own zoom, may change it at any time.

use leptos::{ev, prelude::*};
use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, closure::Closure};

/// Device pixels in one CSS pixel, at this moment: zooming the page or another monitor changes it.
pub(crate) fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
}

/// Counts up when it becomes another.
pub(crate) fn changes() -> ArcRwSignal<u32> {
    thread_local!(static CHANGES: OnceCell<ArcRwSignal<u32>> = const { OnceCell::new() });
    CHANGES.with(|cell| {
        let changes = cell.get_or_init(|| {
            let changes = ArcRwSignal::new(0);
            let known = Rc::new(Cell::new(pixel_ratio()));
            let look = {
                let changes = changes.clone();
                Rc::new(move || {
                    let now = pixel_ratio();
                    if known.replace(now).to_bits() != now.to_bits() {
                        changes.update(|count| *count += 1);
                    }
                })
            };
            // Not every browser tells of it, and an emulated screen never does: it is seen when the page is
            // zoomed and so has another size, or when the hand comes to it. They live as long as the page.
            let (resized, moved) = (Rc::clone(&look), Rc::clone(&look));
            let _ = window_event_listener(ev::resize, move |_| resized());
            let _ = window_event_listener(ev::pointermove, move |_| moved());
            listen_once(look);
            changes
        });
        changes.clone()
    })
}

/// A browser tells only that it is not this ratio any more: each has a question of its own.
fn listen_once(look: Rc<dyn Fn()>) {
    let question = ["(resolution: ", &pixel_ratio().to_string(), "dppx)"].concat();
    let Ok(Some(query)) = window().match_media(&question) else {
        return;
    };
    let asked = query.clone();
    let heard = Closure::once_into_js(move || {
        asked.set_onchange(None); // and with it the question is kept no longer
        look();
        listen_once(look);
    });
    query.set_onchange(Some(heard.unchecked_ref()));
}
