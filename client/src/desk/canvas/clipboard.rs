//! Copy, cut, paste and drop: notes go out as lines of text, and come in as `shared::paste` reads them.

use super::stage::Stage;
use crate::{
    i18n::{language::counted, td_string},
    paste::{self, AskColumn, OWN_NOTES, Taker},
    session::post::PileIsFull,
};
use leptos::{ev, prelude::*};
use samtavle_shared::{
    geometry::{BoardPoint, ScreenPoint},
    paste::Pasted,
};
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
                self.delete_selected();
            }
        });
        paste::listen(Taker {
            replica: self.desk.replica,
            notices: self.notices,
            on_words: Some(UnsyncCallback::new(move |(words, at)| {
                self.take_words(words, at);
            })),
        });
        on_cleanup(move || {
            copy.remove();
            cut.remove();
        });
    }

    /// True when something was copied.
    fn copy(self, event: &ClipboardEvent) -> bool {
        if is_in_field(event) || has_selected_text() {
            return false;
        }
        let state = self.desk.replica.state;
        let texts: Vec<String> = self
            .desk
            .in_reading_order(self.desk.chosen())
            .iter()
            .filter_map(|id| {
                let note = state.note(id)?;
                Some(note.note.with_untracked(|note| note.text.clone()))
            })
            .collect();
        let Some(clipboard) = event.clipboard_data().filter(|_| !texts.is_empty()) else {
            return false;
        };
        event.prevent_default();
        let lines: Vec<String> = texts.iter().map(|text| text.replace('\n', " ")).collect();
        // For a board of ours; where it cannot be carried, the lines are.
        if let Ok(notes) = serde_json::to_string(&texts) {
            let _ = clipboard.set_data(OWN_NOTES, &notes);
        }
        clipboard.set_data("text/plain", &lines.join("\n")).is_ok()
    }

    /// Words that come to the board: notes, or a table about which is asked.
    fn take_words(self, words: Pasted, at: Option<ScreenPoint>) {
        let at = at.map(|at| self.desk.camera.get_untracked().board_from_screen(at));
        match words {
            Pasted::Nothing => {}
            Pasted::Notes(notes) => self.add_pasted(&notes, at),
            Pasted::Columns(columns) => {
                self.dropped_at.set_value(at);
                self.asked_column.set(Some(columns));
            }
        }
    }

    /// What is asked about a table that was pasted or dropped.
    pub(super) fn column_question(self) -> impl IntoView {
        let make = UnsyncCallback::new(move |(notes,): (Vec<String>,)| {
            self.add_pasted(&notes, self.dropped_at.get_value());
            self.focus_canvas();
        });
        view! { <AskColumn asked=self.asked_column on_notes=make/> }
    }

    fn add_pasted(self, notes: &[String], at: Option<BoardPoint>) {
        let locale = self.i18n.get_locale_untracked();
        if !self.may_change() {
            return self.notices.show(td_string!(locale, note.locked_board));
        }
        match self.desk.add_notes(notes, at) {
            Ok(0) => {}
            Ok(count) => self.notices.announce(counted(
                count,
                td_string!(locale, desk.pasted_1),
                td_string!(locale, desk.pasted_n),
            )),
            Err(PileIsFull) => self.notices.show(td_string!(locale, paste.pile_full)),
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
