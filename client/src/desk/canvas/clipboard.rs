//! Copy, cut and paste: notes as lines of text, one a line.

use super::stage::Stage;
use crate::{i18n::td_string, parts::language::counted, photo};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element};

/// Where the clipboard is a field's own.
const FIELDS: &str = "input, textarea, select, [contenteditable=true], dialog, [role=dialog]";

impl Stage {
    pub(super) fn listen_to_clipboard(self) {
        let copy = window_event_listener(ev::copy, move |event| {
            self.copy(&event);
        });
        let cut = window_event_listener(ev::cut, move |event| {
            if self.may_change() && self.copy(&event) {
                let count = self.desk.delete_selected();
                self.say_deleted(count);
            }
        });
        let paste = window_event_listener(ev::paste, move |event| self.paste(&event));
        on_cleanup(move || {
            copy.remove();
            cut.remove();
            paste.remove();
        });
    }

    /// True when something was copied.
    fn copy(self, event: &ClipboardEvent) -> bool {
        if is_in_field(event) || has_selected_text() {
            return false;
        }
        let state = self.desk.replica.state;
        let lines: Vec<String> = self
            .desk
            .in_reading_order(self.desk.chosen())
            .iter()
            .filter_map(|id| {
                Some(
                    state
                        .note(id)?
                        .note
                        .with_untracked(|note| note.text.replace('\n', " ")),
                )
            })
            .collect();
        let Some(clipboard) = event.clipboard_data().filter(|_| !lines.is_empty()) else {
            return false;
        };
        event.prevent_default();
        clipboard.set_data("text/plain", &lines.join("\n")).is_ok()
    }

    fn paste(self, event: &ClipboardEvent) {
        if is_in_field(event) || !self.may_change() {
            return;
        }
        let carried = event.clipboard_data();
        if photo::take_from(self.desk.replica, carried.as_ref()) {
            return event.prevent_default();
        }
        let text = carried.and_then(|clipboard| clipboard.get_data("text/plain").ok());
        let Some(text) = text else { return };
        event.prevent_default();
        let count = self.desk.add_lines(&text);
        if count > 0 {
            let locale = self.i18n.get_locale_untracked();
            self.notices.announce(counted(
                count,
                td_string!(locale, desk.pasted_1),
                td_string!(locale, desk.pasted_n),
            ));
        }
    }

    fn may_change(self) -> bool {
        untrack(|| self.desk.replica.may_write())
    }
}

fn is_in_field(event: &ClipboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target
        .and_then(|target| target.closest(FIELDS).ok().flatten())
        .is_some()
}

/// Text that is marked elsewhere on the page (a link in a panel) is what one means to copy.
fn has_selected_text() -> bool {
    window()
        .get_selection()
        .ok()
        .flatten()
        .is_some_and(|selection| !selection.is_collapsed())
}
