//! The box in which a moment is answered. What stands in it is kept with every letter, as in the box on
//! the phone: a moment that comes back still has it. On the device there is the one that was written last.

use super::{Moment, MomentState, queue::queue};
use crate::{
    browser::storage,
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{ButtonKind, ButtonSize, button_class},
        fresh_id,
        notice::use_notices,
    },
    session::{
        coming::{Coming, coming},
        kept_words::{Offer, Watch, shut_out, watch},
    },
};
use leptos::{html, prelude::*, text_prop::TextProp};
use samtavle_shared::{board::NoteKind, kept_words::Why, limits::MAX_RESTATEMENT_UTF16};

/// Where the answer that is being written is kept: what it answers on the first line, then the words.
fn storage_key(moments: MomentState) -> String {
    ["samtavle.answer.", moments.replica.ticket().board.as_str()].concat()
}

fn kept(moments: MomentState, what: &str) -> String {
    if let Some(words) = moments.unsent_answer(what) {
        return words;
    }
    storage::read(&storage_key(moments))
        .and_then(|kept| {
            let (answers, words) = kept.split_once('\n')?;
            (answers == what).then(|| words.to_owned())
        })
        .unwrap_or_default()
}

/// A box for words and the black button under it. Control and Enter press it, too.
#[component]
pub(super) fn AnswerBox(
    moments: MomentState,
    /// What it answers, so that the words of another answer don't stand in it.
    #[prop(into)]
    answers: String,
    /// What it is for.
    #[prop(into)]
    label: TextProp,
    /// What the button says.
    #[prop(into)]
    send: TextProp,
    /// What stands in it at first, if nothing was kept.
    #[prop(optional, into)]
    before: String,
    /// Class names of the paper on which it is written.
    #[prop(default = "answer")]
    class: &'static str,
    /// The kind of note that its words would be, if nothing else comes of them.
    #[prop(optional)]
    kind: Option<NoteKind>,
    /// Whether somebody has just asked for it, and writes at once.
    #[prop(optional)]
    is_asked_for: bool,
    /// Whether nothing can be sent just now: the board is locked.
    #[prop(optional, into)]
    is_held: Signal<bool>,
    /// How tests find the box.
    #[prop(default = "moment-answer")]
    field_hook: &'static str,
    /// How tests find the button.
    #[prop(default = "moment-post")]
    send_hook: &'static str,
    /// Takes what was written; it is never empty.
    #[prop(into)]
    on_send: UnsyncCallback<(String,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let id = fresh_id("answer");
    let field = NodeRef::<html::Textarea>::new();
    let answers = StoredValue::new(answers);
    let begin = {
        let kept = answers.with_value(|answers| kept(moments, answers));
        if kept.is_empty() { before } else { kept }
    };
    moments.is_writing.set(!begin.is_empty());
    field.on_load(move |field| {
        field.set_value(&begin);
        if is_asked_for {
            // Once it is on the page.
            request_animation_frame(move || {
                let _ = field.focus();
            });
        }
    });
    on_cleanup(move || moments.is_writing.set(false));

    let keep = move |words: &str| {
        let is_writing = !words.trim().is_empty();
        if moments.is_writing.get_untracked() != is_writing {
            moments.is_writing.set(is_writing);
        }
        let key = storage_key(moments);
        answers.with_value(|answers| moments.keep_answer(answers, words.trim()));
        if is_writing {
            answers.with_value(|answers| storage::write(&key, &[answers, "\n", words].concat()));
        } else {
            storage::remove(&key);
        }
    };
    let forget = move || keep("");
    watch(
        moments.replica,
        field,
        Watch::of_own_words(why_it_goes(moments), move || Offer {
            kind,
            ..Offer::default()
        })
        .forgets_with(forget),
    );
    let do_send = move || {
        let Some(field) = field.get_untracked() else {
            return;
        };
        if is_held.get_untracked() {
            notices.show(t_string!(i18n, note.locked_board));
            return;
        }
        let words = field.value().trim().to_owned();
        if words.is_empty() {
            let _ = field.focus();
            notices.show(t_string!(i18n, phone.write_first));
            return;
        }
        field.set_value("");
        keep("");
        on_send.run((words,));
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        // What is typed here is no shortcut of the desk.
        event.stop_propagation();
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing()
        {
            event.prevent_default();
            do_send();
        }
    };
    view! {
        <div class=class>
            <label class="answer__label" for=id.clone()>{move || label.get()}</label>
            <textarea
                dir="auto"
                id=id
                node_ref=field
                class="answer__field"
                placeholder=text!(note.empty)
                data-testid=field_hook
                rows="2"
                autocomplete="off"
                autocapitalize="sentences"
                maxlength=MAX_RESTATEMENT_UTF16.to_string()
                on:input:target=move |event| keep(&event.target().value())
                on:keydown=on_key
            ></textarea>
        </div>
        <button
            type="button"
            class=[&*button_class(ButtonKind::Primary, ButtonSize::Usual), " moment__main"].concat()
            data-testid=send_hook
            on:click=move |_| do_send()
        >
            {move || send.get()}
        </button>
    }
}

/// Why the box goes, if not by the hand of who writes in it: what it answers is over.
fn why_it_goes(moments: MomentState) -> impl Fn() -> Option<Why> {
    let replica = moments.replica;
    let queue = queue(moments);
    let answered = use_context::<Moment>();
    move || {
        let is_over = queue.try_with(|queue| {
            let answered = answered.as_ref();
            answered.is_some_and(|answered| !queue.contains(answered))
        });
        let is_over = is_over.unwrap_or_default() && !moments.is_left();
        shut_out(replica).or_else(|| is_over.then_some(Why::Over))
    }
}

/// The words of the button that puts an answer on the board.
pub(super) fn post_label(moments: MomentState) -> TextProp {
    let i18n = use_i18n();
    let words = move || match coming(moments.replica) {
        Coming::AtOnce => t_string!(i18n, moment.answer_post),
        // In silence an answer is a draft, as all else.
        Coming::WithAll | Coming::Last => t_string!(i18n, session.put_in_pile),
    };
    words.into()
}

/// What is said when it was pressed; ask before the answer is posted.
pub(super) fn posted_words(moments: MomentState) -> &'static str {
    let i18n = use_i18n();
    match untrack(|| coming(moments.replica)) {
        Coming::AtOnce => t_string!(i18n, moment.answered),
        Coming::WithAll | Coming::Last => t_string!(i18n, session.in_the_pile),
    }
}
