//! A text field for a text that others may be writing, too: an ordinary `<textarea>`.
//!
//! What is typed goes to the board at once; what others type joins without moving the caret away
//! from its letters. While an input method composes, nothing touches the field.

use crate::{
    replica::{Replica, SharedText},
    session::kept_words::{Watch, watch},
};
use leptos::{html, prelude::*, text_prop::TextProp};
use samtavle_shared::board::TextEdit;
use std::{cell::Cell, rc::Rc};
use web_sys::HtmlTextAreaElement;

/// The field. It begins with the text as it stands.
#[component]
pub(super) fn LiveField(
    /// The board.
    replica: Replica,
    /// Which text.
    text: SharedText,
    /// Its name, in words.
    #[prop(into)]
    label: TextProp,
    /// What stands in it while it is empty.
    #[prop(optional, into)]
    placeholder: TextProp,
    /// Class names.
    class: &'static str,
    /// The most letters that it takes, UTF-16 units.
    max_length: usize,
    /// Whether it takes the focus when it comes.
    #[prop(optional)]
    takes_focus: bool,
    /// What Escape does, and Enter with Ctrl.
    #[prop(into)]
    on_leave: UnsyncCallback<()>,
) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let session = StoredValue::new_local(None::<Rc<Session>>);
    let with = move |act: &dyn Fn(&Session)| {
        if let Some(session) = session.try_get_value().flatten() {
            act(&session);
        }
    };
    let watched = Watch::of_text(replica, &text).closes_with(move || on_leave.run(()));
    let written = text;
    field.on_load(move |field| {
        let shown = replica.read_text(&written).unwrap_or_default();
        field.set_value(&shown);
        if takes_focus {
            let _ = field.focus();
            let end = shown.encode_utf16().count() as u32;
            let _ = field.set_selection_range(end, end); // fails only for other kinds of field
        }
        let is_composing = Cell::new(false);
        session.set_value(Some(Rc::new(Session {
            replica,
            text: written,
            field,
            shown: shown.into(),
            is_composing,
        })));
    });
    Effect::new(move || {
        replica.state.moved.track();
        with(&Session::join);
    });
    on_cleanup(move || with(&Session::take));
    watch(replica, field, watched);

    let on_key = move |event: web_sys::KeyboardEvent| {
        let is_end = event.key() == "Escape"
            || (event.key() == "Enter" && (event.ctrl_key() || event.meta_key()));
        if is_end && !event.is_composing() {
            event.prevent_default();
            on_leave.run(());
        }
    };
    view! {
        <textarea
            dir="auto"
            node_ref=field
            class=class
            rows="1"
            autocomplete="off"
            autocapitalize="sentences"
            maxlength=max_length.to_string()
            aria-label=move || label.get()
            placeholder=move || placeholder.get()
            on:compositionstart=move |_| with(&|session| session.is_composing.set(true))
            on:compositionend=move |_| {
                with(&|session| {
                    session.is_composing.set(false);
                    session.take();
                });
            }
            on:input=move |_| {
                with(&|session| {
                    if !session.is_composing.get() {
                        session.take();
                    }
                });
            }
            on:keydown=on_key
        ></textarea>
    }
}

/// One person writing one text.
struct Session {
    replica: Replica,
    text: SharedText,
    field: HtmlTextAreaElement,
    /// What the field held when it last agreed with the board.
    shown: std::cell::RefCell<String>,
    is_composing: Cell<bool>,
}

impl Session {
    /// Takes what stands in the field to the board.
    fn take(&self) {
        let value = self.field.value();
        let shown = self.shown.replace(value.clone());
        if value != shown {
            let caret = self.field.selection_end().ok().flatten();
            self.replica.write_text(&self.text, &shown, &value, caret);
        }
        self.join();
    }

    /// Takes what others wrote into the field; the selection stays with its letters.
    fn join(&self) {
        if self.is_composing.get() {
            return;
        }
        let Some(now) = self.replica.read_text(&self.text) else {
            return;
        };
        let value = self.field.value();
        if value != *self.shown.borrow() || value == now {
            return; // our own letters go first, or there is nothing new
        }
        let theirs = TextEdit::between(&value, &now, None);
        let selection = (self.field.selection_start(), self.field.selection_end());
        self.field.set_value(&now);
        if let (Ok(Some(start)), Ok(Some(end))) = selection {
            let _ = self
                .field
                .set_selection_range(theirs.carry(start), theirs.carry(end)); // a textarea has one
        }
        *self.shown.borrow_mut() = now;
    }
}
