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

/// How often it is looked whether the browser still keeps the screen awake: it gives up by itself, too, and when
/// the battery is low.
const LOOK: Duration = Duration::from_mins(1);

/// Asks the browser not to dim the screen, again each time that the page is seen again: it forgets when the page is
/// hidden. Says whether the browser can do that; where it cannot, only the machine's own settings help.
pub(super) fn stay_awake() -> bool {
    let kept = StoredValue::new_local(None::<JsValue>);
    let ask = move || {
        let is_kept = kept.try_with_value(|lock| lock.as_ref().is_some_and(is_held));
        if is_kept != Some(false) || document().hidden() {
            return;
        }
        leptos::task::spawn_local(async move {
            // Where the battery is low, the screen dims as it always did.
            if let Some(asked) = wake_lock_request()
                && let Ok(lock) = JsFuture::from(asked).await
            {
                kept.try_update_value(|kept| *kept = Some(lock));
            }
        });
    };
    ask();
    let seen = window_event_listener_untyped("visibilitychange", move |_| ask());
    let focused = window_event_listener(leptos::ev::focus, move |_| ask());
    let shown = window_event_listener_untyped("pageshow", move |_| ask());
    let looking = set_interval_with_handle(ask, LOOK).ok();
    on_cleanup(move || {
        seen.remove();
        focused.remove();
        shown.remove();
        if let Some(looking) = looking {
            looking.clear();
        }
    });
    wake_lock().is_some()
}

/// Whether the browser has not let go of it.
fn is_held(lock: &JsValue) -> bool {
    Reflect::get(lock, &"released".into()).is_ok_and(|released| released.is_falsy())
}

/// `navigator.wakeLock`, by name: not every browser has it, and none has it over plain HTTP from another machine.
fn wake_lock() -> Option<Object> {
    let lock = Reflect::get(&window().navigator(), &"wakeLock".into()).ok()?;
    lock.dyn_into().ok()
}

fn wake_lock_request() -> Option<Promise> {
    let lock = wake_lock()?;
    let request: Function = Reflect::get(&lock, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    request.call1(&lock, &"screen".into()).ok()?.dyn_into().ok()
}
