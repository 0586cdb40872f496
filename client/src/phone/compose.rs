//! The box in which a note is written. What stands in it is kept on the phone with every letter: a
//! locked phone, a reload or an empty battery loses none of it.

use super::{gestures, state::PhoneState};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        icon::{Icon, IconName},
        kinds::{KindPicker, note_class},
        notice::use_notices,
        prompt::{first_kind, prompt_of_kind},
        storage,
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{board::NoteKind, limits::MAX_NOTE_TEXT_UTF16};
use std::time::Duration;

/// How long it says that the note is on the board.
const SAYS_POSTED: Duration = Duration::from_secs(4);

/// What was being written: the kind on the first line, then the text.
struct Draft {
    key: String,
}

impl Draft {
    fn of(phone: PhoneState) -> Self {
        Self {
            key: ["samtavle.draft.", phone.replica.ticket().board.as_str()].concat(),
        }
    }

    fn read(&self) -> (Option<NoteKind>, String) {
        match storage::read(&self.key)
            .as_deref()
            .and_then(|kept| kept.split_once('\n'))
        {
            Some((kind, text)) => (Some(NoteKind::read(kind)), text.to_owned()),
            None => (None, String::new()),
        }
    }

    fn keep(&self, kind: NoteKind, text: &str) {
        storage::write(&self.key, &[kind.name(), "\n", text].concat());
    }
}

/// The question, the box, the four kinds, and the black button.
#[component]
pub(super) fn Compose(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let notices = use_notices();
    let draft = StoredValue::new_local(Draft::of(phone));
    let (kept_kind, kept_text) = draft.with_value(Draft::read);
    let field = NodeRef::<html::Textarea>::new();
    let is_composing = StoredValue::new(false);
    let was_posted = RwSignal::new(false);

    let chosen = RwSignal::new(kept_kind.unwrap_or(NoteKind::Problem));
    let has_chosen = StoredValue::new(kept_kind.is_some());
    Effect::new(move || {
        if let (Some(template), false) = (replica.state.template.get(), has_chosen.get_value()) {
            has_chosen.set_value(true);
            chosen.set(first_kind(template));
        }
    });

    field.on_load(move |field| field.set_value(&kept_text));
    let keep = move || {
        let text = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        draft.with_value(|draft| draft.keep(chosen.get_untracked(), &text));
    };
    Effect::new(move |before: Option<NoteKind>| {
        let kind = chosen.get();
        if before.is_some_and(|before| before != kind) {
            keep();
        }
        kind
    });

    let post = move || {
        let Some(field) = field.get_untracked() else {
            return;
        };
        if is_composing.get_value() {
            let _ = field.blur(); // an input method hands over the word that it was composing
        }
        let text = field.value();
        let _ = field.focus();
        if text.trim().is_empty() {
            return;
        }
        gestures::post(replica, chosen.get_untracked(), &text);
        field.set_value("");
        keep();
        was_posted.set(true);
        notices.announce(""); // so that the same words are said again
        notices.announce(t_string!(i18n, phone.posted));
        let say_no_more = move || {
            let _ = was_posted.try_set(false); // the page may be another by then
        };
        set_timeout(say_no_more, SAYS_POSTED);
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing()
        {
            event.prevent_default();
            post();
        }
    };
    let question = move || prompt_of_kind(i18n.get_locale(), chosen.get());
    view! {
        <section class="compose">
            <h1 class="compose__question">{move || question().0}</h1>
            <p class="compose__hint" id="compose-hint">{move || question().1}</p>
            <div class=move || ["compose__paper ", note_class(chosen.get())].concat()>
                <textarea
                    node_ref=field
                    class="compose__field"
                    data-testid="compose"
                    rows="3"
                    autocomplete="off"
                    autocapitalize="sentences"
                    enterkeyhint="enter"
                    maxlength=MAX_NOTE_TEXT_UTF16.to_string()
                    aria-label=text!(phone.compose_label)
                    aria-describedby="compose-hint"
                    on:input=move |_| {
                        keep();
                        if was_posted.get_untracked() {
                            was_posted.set(false);
                        }
                    }
                    on:compositionstart=move |_| is_composing.set_value(true)
                    on:compositionend=move |_| is_composing.set_value(false)
                    on:keydown=on_key
                ></textarea>
                <div class="compose__foot">
                    <span class="compose__posted">
                        {move || was_posted.get().then(|| view! {
                            <Icon name=IconName::Check/>
                            <span>{text!(phone.posted)}</span>
                        })}
                    </span>
                    <button
                        type="button"
                        class="button button--primary button--large compose__post"
                        data-testid="post"
                        // The box keeps the focus, and the keyboard stays.
                        on:mousedown=|event: web_sys::MouseEvent| event.prevent_default()
                        on:click=move |_| post()
                    >
                        {text!(phone.post)}
                    </button>
                </div>
            </div>
            <KindPicker kind=chosen/>
        </section>
    }
}
