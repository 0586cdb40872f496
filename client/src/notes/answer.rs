//! A note for another one, written in a sheet: on a phone, and on a desk as long as notes are drafts.

use super::links::name_of;
use crate::{
    browser::storage,
    i18n::{Locale, language::filled, t_string, td_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, ButtonSize},
        dialog::Dialog,
        flow::Show,
        kinds::note_class,
        notice::{Message, use_notices},
        sheet::open_while,
    },
    replica::Replica,
    session::{
        coming::{Coming, coming},
        post::{Posting, post},
        trial::{Trial, TrialFields},
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::{ItemId, LinkKind, NoteKind},
    ids::NoteId,
    limits::MAX_NOTE_TEXT_UTF16,
};

/// What is being written for which note.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answering {
    /// For which.
    pub(crate) to: NoteId,
    /// A note of which kind.
    pub(crate) kind: NoteKind,
    /// What it says to the other.
    pub(crate) says: LinkKind,
}

/// What the one tap is called.
pub(crate) fn answer_name(locale: Locale, kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Habit => td_string!(locale, note.answer_habit),
        NoteKind::Plan => td_string!(locale, note.answer_plan),
        NoteKind::Idea | NoteKind::Problem | NoteKind::Other => {
            td_string!(locale, note.answer_idea)
        }
    }
}

/// The sheet; open while something is written for a note.
#[component]
pub(crate) fn AnswerSheet(
    replica: Replica,
    answering: RwSignal<Option<Answering>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || {
        let kind = answering.with(|answering| answering.as_ref().map(|answer| answer.kind));
        answer_name(i18n.get_locale(), kind.unwrap_or(NoteKind::Idea))
    };
    view! {
        <Dialog title=title open=open_while(answering)>
            {move || {
                let answer = answering.get_untracked()?;
                Some(view! { <Sheet replica answer answering/> })
            }}
        </Dialog>
    }
}

#[component]
fn Sheet(
    replica: Replica,
    answer: Answering,
    answering: RwSignal<Option<Answering>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let field = NodeRef::<html::Textarea>::new();
    let to = ItemId::Note(answer.to.clone());
    let about = {
        let to = to.clone();
        move || {
            let name = name_of(replica, i18n.get_locale(), &to);
            filled(t_string!(i18n, note.answer_to), &[("text", &name)])
        }
    };
    let class = ["answer__paper ", note_class(answer.kind)].concat();
    // As in the box for notes: closed too early, or a reload, and the words are still there.
    let key = ["samtavle.answering.", replica.ticket().board.as_str()].concat();
    let answers = [answer.to.as_str(), " ", answer.kind.name(), "\n"].concat();
    if let Some(words) = storage::read(&key).and_then(|kept| {
        let words = kept.strip_prefix(&*answers)?;
        Some(words.to_owned())
    }) {
        field.on_load(move |field| field.set_value(&words));
    }
    let kept_at = key.clone();
    let keep = move |words: &str| storage::write(&kept_at, &[&*answers, words].concat());
    let trial = Trial::new();
    let send = move || {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let words = field.value();
        if words.trim().is_empty() {
            let _ = field.focus();
            notices.show(t_string!(i18n, phone.write_first));
            return;
        }
        if !untrack(|| replica.may_write()) {
            return; // the words stay, here and on the device
        }
        let mut posting = Posting::new(answer.kind, words);
        posting.link = Some((answer.says, to.clone()));
        posting.trial = trial.take();
        let how = untrack(|| coming(replica));
        post(replica, posting);
        storage::remove(&key);
        answering.set(None);
        notices.show(match how {
            Coming::AtOnce => t_string!(i18n, phone.posted),
            Coming::WithAll | Coming::Last => t_string!(i18n, session.in_the_pile),
        });
    };
    let send = StoredValue::new_local(send);
    let press = move || send.with_value(|send| send());
    view! {
        <p class="answer__about">{about}</p>
        <div class=class>
            <textarea
                dir="auto"
                node_ref=field
                class="answer__field"
                data-testid="answer-field"
                rows="3"
                autofocus
                autocapitalize="sentences"
                maxlength=MAX_NOTE_TEXT_UTF16.to_string()
                placeholder=text!(note.empty)
                aria-label=text!(note.text_label)
                on:input:target=move |event| keep(&event.target().value())
                on:keydown=move |event| {
                    let is_end = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
                    if is_end && !event.is_composing() {
                        event.prevent_default();
                        press();
                    }
                }
            ></textarea>
            {(answer.kind == NoteKind::Plan).then(|| view! { <TrialFields trial/> })}
        </div>
        <Show when=move || !replica.may_write()>
            <Message text=text!(session.board_locked)/>
        </Show>
        <Button
            label=text!(phone.post)
            kind=ButtonKind::Primary
            size=ButtonSize::Large
            is_disabled=Signal::derive(move || !replica.may_write())
            hook="answer-post"
            on_press=press
        />
    }
}
