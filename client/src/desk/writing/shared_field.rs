//! The text field in which somebody writes a shared text: a real `<textarea>`, laid over the text.

use super::typing::{Lines, Typing};
use crate::{
    browser::key::letter_of,
    i18n::{t_string, use_i18n},
    notes::undo::{redo, undo},
    parts::{
        listen::{Turn, listen},
        notice::use_notices,
    },
    replica::{Replica, SharedText},
    session::kept_words::{Watch, watch},
};
use leptos::{html, prelude::*, text_prop::TextProp};
use samtavle_shared::limits::{MAX_NOTE_TEXT_UTF16, MAX_TITLE_UTF16};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{CompositionEvent, Event, InputEvent, KeyboardEvent};

/// What is called when writing ends.
pub(crate) type EndOf = UnsyncCallback<()>;

/// A field for a shared text. It fills its parent, has the focus, and lives as long as one writes.
#[component]
pub(crate) fn SharedField(
    /// The board.
    replica: Replica,
    /// Which text.
    text: SharedText,
    /// How many lines it may have.
    lines: Lines,
    /// Its name for tests.
    hook: &'static str,
    /// More class names.
    #[prop(optional)]
    class: &'static str,
    /// What it is for, in words.
    #[prop(into)]
    label: TextProp,
    /// What stands in it while it is empty.
    #[prop(into)]
    placeholder: TextProp,
    /// What was typed before it was there.
    #[prop(optional)]
    early: Option<StoredValue<String>>,
    /// The person wants to leave it: whoever shows it takes it away.
    #[prop(into)]
    on_leave: EndOf,
    /// It is gone, and all is written.
    #[prop(optional, into)]
    on_end: Option<EndOf>,
) -> impl IntoView {
    let i18n = use_i18n();
    let field = NodeRef::<html::Textarea>::new();
    let writing = StoredValue::new_local(None::<Typing>);
    let with = move |act: &dyn Fn(&mut Typing)| {
        writing.try_update_value(|writing| writing.as_mut().map(act));
    };

    let watched = Watch::of_text(replica, &text).closes_with(move || on_leave.run(()));
    let begun = text.clone();
    field.on_load(move |field| {
        writing.set_value(Some(Typing::begin(replica, begun, lines, field)));
        let early = early.and_then(|early| early.try_update_value(std::mem::take));
        if let Some(early) = early.filter(|early| !early.is_empty()) {
            with(&|writing| writing.add(&early));
        }
    });
    on_cleanup(move || {
        with(&Typing::end);
        if let Some(on_end) = on_end {
            on_end.run(());
        }
    });
    watch(replica, field, watched);

    // What others write: everything that changes on the board counts up `moved`.
    Effect::new(move || {
        replica.state.moved.track();
        if replica.read_text(&text).is_none() {
            on_leave.run(()); // somebody deleted it
        } else {
            with(&Typing::join);
        }
    });

    listen(&document(), "selectionchange", Turn::Last, move |_| {
        with(&Typing::hold_selection);
    });
    listen(&window(), "pointerdown", Turn::First, move |event| {
        let pressed = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let is_inside = field
            .get_untracked()
            .is_some_and(|field| field.contains(pressed.as_ref()));
        if !is_inside {
            on_leave.run(());
        }
    });

    let notices = use_notices();
    let take_back = move |replica| undo(replica, i18n, notices);
    let do_again = move |replica| redo(replica, i18n, notices);
    let on_key = move |event: KeyboardEvent| {
        event.stop_propagation(); // letters are no shortcuts
        let is_composing = event.is_composing()
            || writing.with_value(|writing| writing.as_ref().is_some_and(Typing::is_composing));
        if is_composing {
            return;
        }
        match Key::of(&event, lines) {
            Key::Leave => {
                event.prevent_default();
                on_leave.run(());
            }
            Key::Undo => {
                event.prevent_default();
                with(&|writing| writing.step(take_back));
            }
            Key::Redo => {
                event.prevent_default();
                with(&|writing| writing.step(do_again));
            }
            Key::Other => {}
        }
    };
    // The browser's own undo (menu, gesture) knows nothing of what others wrote.
    let before_input = move |event: InputEvent| match &*event.input_type() {
        "historyUndo" => {
            event.prevent_default();
            with(&|writing| writing.step(take_back));
        }
        "historyRedo" => {
            event.prevent_default();
            with(&|writing| writing.step(do_again));
        }
        _ => {}
    };
    // Moved within the page, an element loses the focus; the person has not left it.
    let on_blur = move |_: Event| {
        set_timeout(
            move || {
                let Some(field) = field.try_get_untracked().flatten() else {
                    return;
                };
                let active = document().active_element();
                let is_on_nothing = active
                    .as_ref()
                    .is_none_or(|active| active.tag_name() == "BODY");
                if is_on_nothing {
                    if field.is_connected() && document().has_focus().unwrap_or(false) {
                        with(&|writing| writing.focus());
                    }
                } else if active.as_ref() != Some(field.as_ref()) {
                    on_leave.run(());
                }
            },
            Duration::ZERO,
        );
    };
    let most = match lines {
        Lines::One => MAX_TITLE_UTF16,
        Lines::Many => MAX_NOTE_TEXT_UTF16,
    };
    let on_input = move |event: Event| {
        with(&Typing::take);
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        if field.is_some_and(|field| field.text_length() as usize >= most) {
            notices.show(match lines {
                Lines::One => t_string!(i18n, error.title_too_long),
                Lines::Many => t_string!(i18n, note.too_long),
            });
        }
    };
    let stop = |event: Event| event.stop_propagation();

    view! {
        <textarea
            dir="auto"
            node_ref=field
            class=["writing__field ", class].concat()
            data-testid=hook
            rows="1"
            maxlength=most.to_string()
            autocomplete="off"
            autocapitalize="sentences"
            spellcheck="true"
            aria-label=move || label.get()
            placeholder=move || placeholder.get()
            on:compositionstart=move |_: CompositionEvent| with(&Typing::compose)
            on:compositionend=move |_: CompositionEvent| with(&Typing::composed)
            on:input=on_input
            on:beforeinput=before_input
            on:keydown=on_key
            on:blur=move |event| on_blur(event.into())
            // What one does in a text is not done to the board behind it.
            on:pointerdown=move |event| stop(event.into())
            on:dblclick=move |event| stop(event.into())
            on:contextmenu=move |event| stop(event.into())
            on:copy=move |event| stop(event.into())
            on:cut=move |event| stop(event.into())
        ></textarea>
    }
}

/// What a key means while one writes.
enum Key {
    Leave,
    Undo,
    Redo,
    Other,
}

impl Key {
    fn of(event: &KeyboardEvent, lines: Lines) -> Self {
        let is_command = event.ctrl_key() || event.meta_key();
        match &*letter_of(event) {
            "Escape" => Self::Leave,
            "Enter" if is_command || lines == Lines::One => Self::Leave,
            "z" | "Z" if is_command && event.shift_key() => Self::Redo,
            "z" | "Z" if is_command => Self::Undo,
            "y" | "Y" if is_command => Self::Redo,
            _ => Self::Other,
        }
    }
}
