//! The parts that every view is made of: buttons, fields, dialogs, marks. No part knows the board.
//!
//! Texts come in as [`TextProp`](leptos::text_prop::TextProp), so that they follow the language;
//! presses come in as `UnsyncCallback`, which may hold what is not `Send`. Looks are in
//! `assets/styles/20-parts.css` and `30-note.css`.

pub(crate) mod back;
pub(crate) mod built;
pub(crate) mod button;
pub(crate) mod choice;
pub(crate) mod connection;
pub(crate) mod copy;
pub(crate) mod day;
pub(crate) mod dialog;
pub(crate) mod field;
pub(crate) mod flow;
pub(crate) mod held;
pub(crate) mod icon;
pub(crate) mod in_view;
pub(crate) mod kinds;
pub(crate) mod language_switch;
pub(crate) mod listen;
pub(crate) mod me;
pub(crate) mod menu;
pub(crate) mod notice;
pub(crate) mod people;
pub(crate) mod pixels;
pub(crate) mod qr;
pub(crate) mod sheet;
pub(crate) mod theme;
pub(crate) mod tips;
pub(crate) mod words;

use std::cell::Cell;

/// A name for an element that another refers to (`aria-labelledby`, `for`), unique on the page.
pub(crate) fn fresh_id(what: &str) -> String {
    thread_local!(static NEXT: Cell<u32> = const { Cell::new(0) });
    let number = NEXT.get();
    NEXT.set(number + 1);
    [what, "-", &number.to_string()].concat()
}
