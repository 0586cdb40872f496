//! The parts that every view is made of: buttons, fields, dialogs, marks. No part knows the board.
//!
//! Texts come in as [`TextProp`](leptos::text_prop::TextProp), so that they follow the language;
//! presses come in as `UnsyncCallback`, which may hold what is not `Send`. Looks are in
//! `assets/styles/20-parts.css` and `30-note.css`.

pub mod button;
pub mod choice;
pub mod connection;
pub mod copy;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod kinds;
pub mod language;
pub mod menu;
pub mod notice;
pub mod people;
pub mod qr;
pub mod storage;
pub mod theme;

use std::cell::Cell;

/// A name for an element that another refers to (`aria-labelledby`, `for`), unique on the page.
pub fn fresh_id(what: &str) -> String {
    thread_local!(static NEXT: Cell<u32> = const { Cell::new(0) });
    let number = NEXT.get();
    NEXT.set(number + 1);
    [what, "-", &number.to_string()].concat()
}
