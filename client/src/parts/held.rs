//! What is held by a pressed button or a finger, and how it ends when the hand lets go where the page does
//! not see it: in another window, behind a menu, after the page was turned or shown on another screen.

use super::pixels;
use leptos::{ev, prelude::*};
use web_sys::PointerEvent;

/// Whether the hand that moves still presses.
pub(crate) fn is_pressed(event: &PointerEvent) -> bool {
    event.buttons() != 0
}

/// Whether it is this element that lost the pointer: what lies in it may have held it before, and tells of
/// that, too.
pub(crate) fn is_own_loss(event: &PointerEvent) -> bool {
    event.target() == event.current_target()
}

/// Calls `end` whenever what is held must end where it stands, as long as the view lives. Beside it stand
/// `pointercancel` and `lostpointercapture` of the element itself.
pub(crate) fn on_interruption(end: impl Fn() + Copy + 'static) {
    on_leaving(end);
    let resized = window_event_listener(ev::resize, move |_| end());
    let menu = window_event_listener(ev::contextmenu, move |event| {
        if !event.default_prevented() {
            end();
        }
    });
    let ratio = pixels::changes();
    Effect::new(move |was: Option<()>| {
        ratio.track();
        if was.is_some() {
            end();
        }
    });
    on_cleanup(move || {
        resized.remove();
        menu.remove();
    });
}

/// The same where a page of another size and a menu end nothing.
pub(crate) fn on_leaving(end: impl Fn() + Copy + 'static) {
    let left = window_event_listener(ev::blur, move |_| end());
    // A phone that is put away tells no more than this.
    let hidden = window_event_listener_untyped("visibilitychange", move |_| {
        if document().hidden() {
            end();
        }
    });
    on_cleanup(move || {
        left.remove();
        hidden.remove();
    });
}
