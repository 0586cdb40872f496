//! A field for a register of a note: words that one person fills in at a time. It is written when the
//! hand rests, when the field is left, and when it goes.

use crate::{
    parts::fresh_id,
    replica::Replica,
    session::kept_words::{Offer, Watch, note_closed, watch},
};
use leptos::{html, prelude::*, text_prop::TextProp};
use samtavle_shared::{
    board::{Note, NoteKind},
    ids::NoteId,
    kept_words::Why,
    limits::MAX_ANSWER_UTF16,
};
use std::time::Duration;

/// So long after the last letter it is written.
const REST: Duration = Duration::from_millis(700);

/// What a field is about.
#[derive(Clone)]
pub(super) struct About {
    pub(super) replica: Replica,
    /// The note.
    pub(super) note: NoteId,
    /// The kind that a note must be of to be asked this.
    pub(super) kind: NoteKind,
    /// What it answers now.
    pub(super) answer: fn(&Note) -> &str,
}

impl About {
    /// What it answers, as long as it is seen.
    fn seen(&self) -> Option<String> {
        let signals = self.replica.state.note(&self.note)?;
        Some(
            signals
                .note
                .with_untracked(|note| (self.answer)(note).to_owned()),
        )
    }

    /// Why the field goes, if not by the hand of who writes in it.
    fn closed(&self) -> Option<Why> {
        note_closed(self.replica, &self.note).or_else(|| {
            let signals = self.replica.state.note(&self.note)?;
            let is_asked = signals.note.with(|note| note.kind == self.kind);
            (!is_asked).then_some(Why::Changed)
        })
    }

    fn watch(self) -> Watch {
        let (seen, kind) = (self.clone(), self.kind);
        let offer = move || Offer {
            kind: Some(kind),
            ..Offer::default()
        };
        Watch::of_own_words(move || self.closed(), offer)
            .safe_as(move || seen.seen())
            .only_when_typed()
    }
}

/// The field, with its label.
#[component]
pub(super) fn AnswerField(
    /// What is asked.
    #[prop(into)]
    label: TextProp,
    /// Its name for tests.
    hook: &'static str,
    /// What it is about.
    about: About,
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
    watch(about.replica, field, about.watch().settles_with(write));
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
