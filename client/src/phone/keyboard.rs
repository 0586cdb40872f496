//! The keyboard on the screen. Most browsers make the page smaller for it, as the page's head asks; Safari lays
//! it over the page, and tells only how much is still seen. The phone then ends where the keyboard begins.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, VisualViewport};

/// Less than this is a bar of the browser's, not a keyboard, pixels.
const KEYBOARD: f64 = 80.0;

type Seen = (VisualViewport, Closure<dyn FnMut()>);

/// Keeps the phone over the keyboard.
pub(super) fn make_room() {
    let Some(seen) = window().visual_viewport() else {
        return; // an old browser: the page scrolls
    };
    let measure = Closure::<dyn FnMut()>::new({
        let seen = seen.clone();
        move || fit(&seen)
    });
    let heard = measure.as_ref().unchecked_ref();
    for event in ["resize", "scroll"] {
        let _ = seen.add_event_listener_with_callback(event, heard); // a function is always taken
    }
    let kept = StoredValue::new_local(Some((seen, measure)));
    on_cleanup(move || {
        let kept: Option<Seen> = kept.try_update_value(Option::take).flatten();
        if let Some((seen, measure)) = kept {
            let heard = measure.as_ref().unchecked_ref();
            for event in ["resize", "scroll"] {
                let _ = seen.remove_event_listener_with_callback(event, heard); // it was added
            }
        }
    });
}

fn fit(seen: &VisualViewport) {
    let phone = document().query_selector(".phone").ok().flatten();
    let Some(phone) = phone.and_then(|phone| phone.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let page = window().inner_height().ok().and_then(|side| side.as_f64());
    let hidden = page.unwrap_or_default() - seen.height();
    let style = phone.style();
    // Who has zoomed in sees a part of the page, with or without a keyboard.
    let is_covered = hidden > KEYBOARD && (seen.scale() - 1.0).abs() < 0.01;
    let (top, height) = if is_covered {
        let px = |length: f64| [&*length.round().to_string(), "px"].concat();
        (px(seen.offset_top()), px(seen.height()))
    } else {
        (String::new(), String::new())
    };
    for (name, length) in [("--seen-top", top), ("--seen-height", height)] {
        let _ = style.set_property(name, &length); // a custom property takes anything
    }
}
