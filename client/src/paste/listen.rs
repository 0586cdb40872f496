//! Listens to what is pasted and dropped on the page.

use super::{
    carried::{Carried, has_files, page_text_of, text_of},
    field::{Field, field_of},
    say,
};
use crate::{
    i18n::{Locale, language::use_i18n, td_string},
    parts::notice::Notices,
    photo,
    replica::Replica,
};
use leptos::{ev, prelude::*};
use samtavle_shared::{
    geometry::ScreenPoint,
    limits::MAX_PASTED_BYTES,
    paste::{self, Pasted, TooMuch},
};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Element, Event, File};

/// A file of as much text as is taken at once may take two bytes for each letter.
const LARGEST_FILE_BYTES: f64 = 2.0 * MAX_PASTED_BYTES as f64;

thread_local! {
    /// Something of this page itself is being dragged: a link or a picture, that belongs where it is.
    static IS_OWN: Cell<bool> = const { Cell::new(false) };
}

/// What takes words that come to no field, and where on the board's surface they were dropped.
pub(crate) type OnWords = UnsyncCallback<(Pasted, Option<ScreenPoint>)>;

/// Who takes what comes.
#[derive(Clone, Copy)]
pub(crate) struct Taker {
    pub(crate) replica: Replica,
    pub(crate) notices: Notices,
    /// `None`: words belong in fields here.
    pub(crate) on_words: Option<OnWords>,
}

/// Listens as long as the view lives.
pub(crate) fn listen(taker: Taker) {
    let pasted = window_event_listener(ev::paste, move |event| {
        if !event.default_prevented()
            && let Some(carried) = event.clipboard_data()
        {
            taker.paste(&event, &carried);
        }
    });
    let begun = window_event_listener(ev::dragstart, |event| {
        // Marked text is dragged by its letters, everything else by its element.
        IS_OWN.set(element_of(&event).is_some());
    });
    let ended = window_event_listener(ev::dragend, |_| IS_OWN.set(false));
    let over = window_event_listener(ev::dragover, move |event| taker.drag_over(&event));
    let dropped = window_event_listener(ev::drop, move |event| taker.drop(&event));
    on_cleanup(move || {
        for listener in [pasted, begun, ended, over, dropped] {
            listener.remove();
        }
    });
}

/// Where nothing is taken: a file that is dropped by mistake does not take the page's place.
pub(crate) fn keep_page() {
    let over = window_event_listener(ev::dragover, |event| event.prevent_default());
    let dropped = window_event_listener(ev::drop, |event| event.prevent_default());
    on_cleanup(move || {
        over.remove();
        dropped.remove();
    });
}

impl Taker {
    fn paste(self, event: &Event, carried: &DataTransfer) {
        let text = text_of(carried);
        if let Some(field) = field_of(event) {
            if paste::shows_nothing(&text) {
                // A field knows no more of a page that is carried than its plain text.
                let of_page = page_text_of(carried);
                if of_page.is_empty() {
                    return self.take_files(event, Carried::of(carried), None);
                }
                event.prevent_default();
                let text = field.as_written(of_page);
                if self.keep_to_room(event, &field, &text, field.room_for_pasted()) {
                    field.insert(&text);
                }
                return;
            }
            self.keep_to_room(event, &field, &text, field.room_for_pasted());
            return;
        }
        if is_behind_a_dialog() {
            return self.take_beside_a_dialog(event, carried);
        }
        self.take(event, carried, None);
    }

    fn drag_over(self, event: &DragEvent) {
        let Some(carried) = event.data_transfer().filter(|_| !IS_OWN.get()) else {
            return;
        };
        // Without it the browser would leave the page for a file; words are taken by fields by themselves.
        let takes_words =
            || self.on_words.is_some() && field_of(event).is_none() && !is_behind_a_dialog();
        if has_files(&carried) || takes_words() {
            event.prevent_default();
        }
    }

    fn drop(self, event: &DragEvent) {
        let Some(carried) = event.data_transfer() else {
            return;
        };
        if IS_OWN.get() {
            return event.prevent_default();
        }
        let text = text_of(&carried);
        if let Some(field) = field_of(event).filter(|_| !text.is_empty()) {
            self.keep_to_room(event, &field, &text, field.room());
            return;
        }
        event.prevent_default();
        if is_behind_a_dialog() {
            return self.take_beside_a_dialog(event, &carried);
        }
        let is_on_board = element_of(event)
            .and_then(|element| element.closest(".canvas").ok().flatten())
            .is_some();
        let at = ScreenPoint::new(f64::from(event.client_x()), f64::from(event.client_y()));
        self.take(event, &carried, is_on_board.then_some(at));
    }

    /// A dialog is open, and none of its fields has the focus: words have no place, and that is said.
    fn take_beside_a_dialog(self, event: &Event, carried: &DataTransfer) {
        let carried = Carried::of(carried);
        if carried.words == Ok(Pasted::Nothing) {
            return self.take_files(event, carried, None);
        }
        event.prevent_default();
        self.notices.show(td_string!(locale(), paste.choose_field));
    }

    /// What does not fit in a field is not cut off: it is not taken, and that is said. `true`: it fits.
    fn keep_to_room(self, event: &Event, field: &Field, text: &str, room: Option<usize>) -> bool {
        let lines = text.replace("\r\n", "\n"); // as a field counts them
        let fits = room.is_none_or(|room| lines.encode_utf16().count() <= room);
        if !fits {
            event.prevent_default();
            field.say(td_string!(locale(), paste.too_long_for_field), self.notices);
        }
        fits
    }

    fn take(self, event: &Event, carried: &DataTransfer, at: Option<ScreenPoint>) {
        let carried = Carried::of(carried);
        match &carried.words {
            Ok(Pasted::Nothing) => self.take_files(event, carried, at),
            words => {
                event.prevent_default();
                self.take_words(words.clone(), at);
            }
        }
    }

    fn take_words(self, words: Result<Pasted, TooMuch>, at: Option<ScreenPoint>) {
        let locale = locale();
        let Some(on_words) = self.on_words else {
            return self.notices.show(td_string!(locale, paste.choose_field));
        };
        if !self.may_write() {
            return;
        }
        match words {
            Ok(Pasted::Nothing) => self.notices.show(td_string!(locale, paste.nothing)),
            Ok(words) => on_words.run((words, at)),
            Err(what) => self.notices.show(say::too_much(locale, what)),
        }
    }

    /// Pictures, and files of text. Nothing at all is nothing to speak of.
    fn take_files(self, event: &Event, carried: Carried, at: Option<ScreenPoint>) {
        let Carried {
            pictures,
            texts,
            others,
            ..
        } = carried;
        if pictures.is_empty() && texts.is_empty() && others == 0 {
            return;
        }
        event.prevent_default();
        if !self.may_write() {
            return;
        }
        let is_unused = !texts.is_empty() && self.on_words.is_none();
        if others > 0 || is_unused {
            self.notices.show(td_string!(locale(), paste.not_taken));
        }
        if !pictures.is_empty() {
            if self.on_words.is_some() {
                photo::open_list(self.replica); // on a phone it is always there
            }
            photo::take(self.replica, pictures);
        }
        if !is_unused {
            for (file, is_table) in texts {
                leptos::task::spawn_local(async move {
                    self.take_words(read(&file, is_table).await, at);
                });
            }
        }
    }

    /// Says why not.
    fn may_write(self) -> bool {
        let replica = self.replica;
        let may = untrack(|| replica.may_write());
        if !may {
            let is_locked = replica.session.locked.with_untracked(|locked| locked.board);
            self.notices.show(if is_locked {
                td_string!(locale(), note.locked_board)
            } else {
                td_string!(locale(), desk.read_only)
            });
        }
        may
    }
}

async fn read(file: &File, is_table: bool) -> Result<Pasted, TooMuch> {
    if file.size() > LARGEST_FILE_BYTES {
        return Err(TooMuch::Text);
    }
    // A file that is gone by now has no text.
    let bytes = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
    let bytes = bytes
        .map(|bytes| js_sys::Uint8Array::new(&bytes).to_vec())
        .unwrap_or_default();
    paste::read_file(&paste::decoded(&bytes), is_table)
}

fn locale() -> Locale {
    use_i18n().get_locale_untracked()
}

fn element_of(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// What is behind a dialog is not what somebody means.
fn is_behind_a_dialog() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}
