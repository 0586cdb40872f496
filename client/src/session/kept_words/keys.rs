//! The keys rest when a field has gone: what is typed on outside any field is no shortcut, and its letters join the
//! words. Ends with a pause, a press, or Tab.

use super::{super::page::page, pile::keep};
use crate::{
    parts::listen::{Turn, listen},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::kept_words::{Chord, Heard};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// Where keys are at home: something is written or chosen there. A dialog is not the board either.
const OWN_KEYS: &str =
    "input, textarea, select, [contenteditable=true], dialog, [role=menu], [role=listbox]";

/// Stands before everybody who listens to keys, as long as the page is open.
pub(super) fn listen_to_keys(replica: Replica) {
    listen(&window(), "keydown", Turn::First, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            hear(replica, event);
        }
    });
    // A space that goes up presses the button that has the focus.
    listen(&window(), "keyup", Turn::First, move |event| {
        let is_space = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|event| event.key() == " ");
        if is_space && is_resting(replica) && !is_at_home(&event) {
            hold(&event);
        }
    });
    listen(&window(), "pointerdown", Turn::First, move |_| {
        let resting = page(replica).kept_words.resting;
        resting.try_update_value(Option::take);
    });
}

fn is_resting(replica: Replica) -> bool {
    let resting = page(replica).kept_words.resting;
    resting.with_value(|resting| {
        let resting = resting.as_ref();
        resting.is_some_and(|resting| !resting.rest.is_over(Replica::now_ms()))
    })
}

fn hear(replica: Replica, event: &KeyboardEvent) {
    let resting = page(replica).kept_words.resting;
    if resting.with_value(Option::is_none) || event.is_composing() || is_at_home(event) {
        return;
    }
    let (key, chord) = (event.key(), chord_of(event));
    let pile = page(replica).kept_words.pile;
    let heard = resting.try_update_value(|resting| {
        let resting = resting.as_mut()?;
        resting.catch_up(&pile.read_untracked());
        let heard = resting.rest.hears(&key, chord, Replica::now_ms());
        let joined = (heard == Heard::Letter).then(|| resting.joined_by(&key));
        if let Some((kept, caret)) = &joined {
            resting.kept = kept.clone();
            resting.caret = *caret;
        }
        Some((heard, joined))
    });
    let Some((heard, joined)) = heard.flatten() else {
        return;
    };
    if heard != Heard::Passes {
        hold(event);
    }
    if let Some((kept, caret)) = joined.filter(|(kept, _)| !kept.text.trim().is_empty()) {
        keep(replica, kept, Some(caret));
    }
}

fn chord_of(event: &KeyboardEvent) -> Chord {
    // Some letters are made with Control and Alt together: «@» on a Norwegian keyboard.
    let is_letter = event.get_modifier_state("AltGraph") || event.ctrl_key() && event.alt_key();
    if is_letter {
        Chord::Plain
    } else if event.ctrl_key() || event.meta_key() {
        Chord::Command
    } else if event.alt_key() {
        Chord::Alt
    } else {
        Chord::Plain
    }
}

fn hold(event: &Event) {
    event.prevent_default();
    event.stop_immediate_propagation();
}

fn is_at_home(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| matches!(target.closest(OWN_KEYS), Ok(Some(_))))
}
