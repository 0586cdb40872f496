//! A field for a register of a note: words that one person fills in at a time. It is written when the
//! hand rests, when the field is left, and when it goes.

use crate::parts::fresh_id;
use leptos::{html, prelude::*, text_prop::TextProp};
use samtavle_shared::limits::MAX_ANSWER_UTF16;
use std::time::Duration;

/// So long after the last letter it is written.
const REST: Duration = Duration::from_millis(700);

/// The field, with its label.
#[component]
pub(super) fn AnswerField(
    /// What is asked.
    #[prop(into)]
    label: TextProp,
    /// Its name for tests.
    hook: &'static str,
    /// What stands there.
    value: Memo<String>,
    /// Writes it.
    #[prop(into)]
    on_write: UnsyncCallback<(String,)>,
) -> impl IntoView {
    let id = fresh_id("answer");
    let field = NodeRef::<html::Textarea>::new();
    // What was typed and is not written yet, and how often somebody typed.
    let typed = StoredValue::new((None::<String>, 0_u32));
    let write = move || {
        if let Some(Some(words)) = typed.try_update_value(|(words, _)| words.take()) {
            on_write.run((words,));
        }
    };
    Effect::new(move || {
        let value = value.get();
        let Some(field) = field.get() else { return };
        let is_being_typed = typed.with_value(|(words, _)| words.is_some());
        if !is_being_typed && field.value() != value {
            field.set_value(&value);
        }
    });
    let on_input = move |event: web_sys::Event| {
        let words = event_target_value(&event);
        let Some(count) = typed.try_update_value(|(kept, count)| {
            *kept = Some(words);
            *count = count.wrapping_add(1);
            *count
        }) else {
            return;
        };
        set_timeout(
            move || {
                if typed.try_with_value(|(_, now)| *now == count) == Some(true) {
                    write();
                }
            },
            REST,
        );
    };
    on_cleanup(write);
    view! {
        <div class="note-field">
            <label class="note-field__label" for=id.clone()>{move || label.get()}</label>
            <textarea
                dir="auto"
                id=id
                node_ref=field
                class="note-field__input"
                data-testid=hook
                rows="1"
                autocomplete="off"
                autocapitalize="sentences"
                maxlength=MAX_ANSWER_UTF16.to_string()
                on:input=on_input
                on:change=move |_| write()
            ></textarea>
        </div>
    }
}
