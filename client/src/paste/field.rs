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
