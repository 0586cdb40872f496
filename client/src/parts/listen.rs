//! Listening to what an element's own events do not tell, for as long as a view lives.

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// When in an event's way it is heard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Before those whom it is meant for, who may stop it.
    First,
    /// After them.
    Last,
}

/// Hears an event until the present owner ends.
pub(crate) fn listen(
    target: &EventTarget,
    name: &'static str,
    turn: Turn,
    hear: impl FnMut(Event) + 'static,
) {
    let closure = Closure::<dyn FnMut(Event)>::new(hear);
    let is_first = turn == Turn::First;
    // Adding and removing fail only for what is no function.
    let _ = target.add_event_listener_with_callback_and_bool(
        name,
        closure.as_ref().unchecked_ref(),
        is_first,
    );
    let kept = SendWrapper::new((target.clone(), closure));
    on_cleanup(move || {
        let (target, closure) = kept.take();
        let _ = target.remove_event_listener_with_callback_and_bool(
            name,
            closure.as_ref().unchecked_ref(),
            is_first,
        );
    });
}
