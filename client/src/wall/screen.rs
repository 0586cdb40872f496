//! The screen that the wall hangs on: how large it is, that it stays awake, and that no pointer lies
//! on it.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A pointer that has not moved for so long disappears.
const POINTER_STAYS: Duration = Duration::from_secs(3);

/// The wall's own measure: 1/1080 of the screen's height, or less on a narrow one. Screen pixels.
pub(super) fn unit() -> ReadSignal<f64> {
    let (unit, set_unit) = signal(unit_now());
    let resized = window_event_listener(leptos::ev::resize, move |_| set_unit.set(unit_now()));
    on_cleanup(move || resized.remove());
    unit
}

fn unit_now() -> f64 {
    /// Our smallest letters are 20 units high, and nothing is under 13 px anywhere.
    const SMALLEST: f64 = 13.0 / 20.0;
    let pixels = |length: Result<JsValue, JsValue>| length.ok().and_then(|value| value.as_f64());
    let width = pixels(window().inner_width()).unwrap_or(1920.0);
    let height = pixels(window().inner_height()).unwrap_or(1080.0);
    (height / 1080.0).min(width / 1440.0).max(SMALLEST)
}

/// `?theme=dark` or `?theme=light` in the address: who leads knows the projector and the light in
/// the room.
pub(super) fn theme_of_address() {
    let search = window().location().search().unwrap_or_default();
    let theme = search
        .trim_start_matches('?')
        .split('&')
        .find_map(|part| part.strip_prefix("theme="))
        .filter(|theme| matches!(*theme, "dark" | "light"));
    if let (Some(theme), Some(page)) = (theme, document().document_element()) {
        let _ = page.set_attribute("data-theme", theme);
    }
}

/// Whether the pointer has lain still for a while.
pub(super) fn pointer_rests() -> ReadSignal<bool> {
    let (rests, set_rests) = signal(true);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let moved = window_event_listener(leptos::ev::pointermove, move |_| {
        if rests.get_untracked() {
            set_rests.set(false);
        }
        if let Some(earlier) = timer.get_value() {
            earlier.clear();
        }
        timer.set_value(set_timeout_with_handle(move || set_rests.set(true), POINTER_STAYS).ok());
    });
    on_cleanup(move || moved.remove());
    rests
}

/// Asks the browser not to dim the screen, again each time that the page is seen again: it forgets
/// when the page is hidden.
pub(super) fn stay_awake() {
    ask_to_stay_awake();
    let seen = window_event_listener(leptos::ev::focus, |_| ask_to_stay_awake());
    let shown = window_event_listener_untyped("pageshow", |_| ask_to_stay_awake());
    on_cleanup(move || {
        seen.remove();
        shown.remove();
    });
}

fn ask_to_stay_awake() {
    leptos::task::spawn_local(async {
        // Where there is no such thing, or the battery is low, the screen dims as it always did.
        if let Some(asked) = wake_lock_request() {
            let _ = JsFuture::from(asked).await;
        }
    });
}

/// `navigator.wakeLock.request("screen")`, by name: not every browser has it.
fn wake_lock_request() -> Option<Promise> {
    let lock: Object = Reflect::get(&window().navigator(), &"wakeLock".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let request: Function = Reflect::get(&lock, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    request.call1(&lock, &"screen".into()).ok()?.dyn_into().ok()
}
