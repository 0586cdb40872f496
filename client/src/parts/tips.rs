//! Tooltips are the styles' (`data-tip`): here is only how one is put away. Escape does it, and pressing the
//! button, until the pointer and the focus have been elsewhere.

use leptos::{ev, prelude::*};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::Element;

const AWAY: &str = "data-tip-away";

/// Listens on the page; call it once.
pub(crate) fn can_be_put_away() {
    let are_some_away = Rc::new(Cell::new(false));
    let put_away = {
        let are_some_away = Rc::clone(&are_some_away);
        move || {
            each("[data-tip]:hover, [data-tip]:focus-visible", |shown| {
                are_some_away.set(true);
                let _ = shown.set_attribute(AWAY, ""); // a name that is allowed
            });
        }
    };
    let let_come_back = move || {
        if are_some_away.get() {
            each("[data-tip-away]:not(:hover):not(:focus)", |away| {
                let _ = away.remove_attribute(AWAY);
            });
        }
    };
    // They live as long as the page.
    let pressed = put_away.clone();
    let _ = window_event_listener(ev::click, move |_| pressed());
    let _ = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            put_away();
        }
    });
    let moved = let_come_back.clone();
    let _ = window_event_listener(ev::pointerover, move |_| moved());
    let _ = window_event_listener(ev::focusin, move |_| let_come_back());
}

fn each(selector: &str, act: impl Fn(&Element)) {
    let Ok(found) = document().query_selector_all(selector) else {
        return;
    };
    for index in 0..found.length() {
        if let Some(element) = found.item(index).and_then(|node| node.dyn_into().ok()) {
            act(&element);
        }
    }
}
