//! Fields that text is pasted and dropped into.

use crate::parts::notice::Notices;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement};

/// Kinds of field that hold text.
const OF_TEXT: [&str; 6] = ["text", "search", "url", "email", "tel", "password"];

/// A field that is written in.
pub(super) enum Field {
    Line(HtmlInputElement),
    Text(HtmlTextAreaElement),
}

/// The field that this happened in.
pub(super) fn field_of(event: &Event) -> Option<Field> {
    let element: Element = event.target()?.dyn_into().ok()?;
    match element.dyn_into::<HtmlTextAreaElement>() {
        Ok(field) => (!field.disabled() && !field.read_only()).then_some(Field::Text(field)),
        Err(element) => {
            let field: HtmlInputElement = element.dyn_into().ok()?;
            let is_of_text = OF_TEXT.contains(&&*field.type_());
            (is_of_text && !field.disabled() && !field.read_only()).then_some(Field::Line(field))
        }
    }
}

impl Field {
    /// Text as this field holds it: one of a line has no line breaks.
    pub(super) fn as_written(&self, text: String) -> String {
        match self {
            Self::Line(_) => text.replace('\n', " "),
            Self::Text(_) => text,
        }
    }

    /// Puts text in the place of what is marked, as if it was typed.
    pub(super) fn insert(&self, text: &str) {
        let (value, marks) = match self {
            Self::Line(field) => (
                field.value(),
                (field.selection_start(), field.selection_end()),
            ),
            Self::Text(field) => (
                field.value(),
                (field.selection_start(), field.selection_end()),
            ),
        };
        let units: Vec<u16> = value.encode_utf16().collect();
        let end_of_all = units.len();
        let at = |mark: Result<Option<u32>, _>| {
            let mark = mark.ok().flatten().map_or(end_of_all, |mark| mark as usize);
            mark.min(end_of_all)
        };
        let (start, end) = (at(marks.0), at(marks.1));
        let [before, after] =
            [&units[..start], &units[end.max(start)..]].map(String::from_utf16_lossy);
        let written = [&*before, text, &*after].concat();
        let caret = (start + text.encode_utf16().count()) as u32;
        let element: &web_sys::EventTarget = match self {
            Self::Line(field) => {
                field.set_value(&written);
                let _ = field.set_selection_range(caret, caret); // a field of another kind has no caret to set
                field
            }
            Self::Text(field) => {
                field.set_value(&written);
                let _ = field.set_selection_range(caret, caret);
                field
            }
        };
        if let Ok(event) = leptos::prelude::document().create_event("Event") {
            event.init_event_with_bubbles("input", true);
            let _ = element.dispatch_event(&event);
        }
    }

    /// How much more it takes, UTF-16 units; `None`: as much as one likes.
    pub(super) fn room(&self) -> Option<usize> {
        let (most, value) = match self {
            Self::Line(field) => (field.max_length(), field.value()),
            Self::Text(field) => (field.max_length(), field.value()),
        };
        let most = usize::try_from(most).ok()?;
        Some(most.saturating_sub(value.encode_utf16().count()))
    }

    /// The same when what is marked in it makes room.
    pub(super) fn room_for_pasted(&self) -> Option<usize> {
        let (start, end) = match self {
            Self::Line(field) => (field.selection_start(), field.selection_end()),
            Self::Text(field) => (field.selection_start(), field.selection_end()),
        };
        let marked = start.ok().flatten().zip(end.ok().flatten());
        let marked = marked.map_or(0, |(start, end)| end.saturating_sub(start));
        Some(self.room()? + marked as usize)
    }

    /// Says something about it: on the field itself where a dialog lies over the notices.
    pub(super) fn say(&self, words: &str, notices: Notices) {
        let element: &Element = match self {
            Self::Line(field) => field,
            Self::Text(field) => field,
        };
        if !matches!(element.closest("dialog[open]"), Ok(Some(_))) {
            return notices.show(words);
        }
        self.mark(words);
        // Until something else is written there.
        let target: &web_sys::EventTarget = element.as_ref();
        let clear = {
            let field = match self {
                Self::Line(field) => Self::Line(field.clone()),
                Self::Text(field) => Self::Text(field.clone()),
            };
            Closure::once_into_js(move || field.mark(""))
        };
        let options = web_sys::AddEventListenerOptions::new();
        options.set_once(true);
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            "input",
            clear.unchecked_ref(),
            &options,
        );
    }

    /// The browser's own way of saying what is wrong with a field.
    fn mark(&self, words: &str) {
        match self {
            Self::Line(field) => {
                field.set_custom_validity(words);
                let _ = words.is_empty() || field.report_validity();
            }
            Self::Text(field) => {
                field.set_custom_validity(words);
                let _ = words.is_empty() || field.report_validity();
            }
        }
    }
}
