//! The paper that a note is written on, on the phone and in silence at a desk. What stands on it is kept on
//! the device with every letter: a locked phone, a reload or an empty battery loses none of it.

use super::{
    coming::{Coming, coming_now},
    composer::PaperCalls,
    kept_words::{Offer, Watch, pile, shut_out, watch},
    page::page,
    post::{Posting, post, post_all},
    posted,
    scribe::{ScribeButton, ScribeStrip, for_whom, present, short_name, writes_for_another},
    trial::{Trial, TrialFields},
    voice_choice::VoiceChoice,
};
use crate::{
    browser::storage::{self, tab},
    i18n::{
        Locale,
        language::{counted, filled},
        t_string, td_string, text, use_i18n,
    },
    parts::{
        flow::Show,
        icon::{Icon, IconName},
        kinds::note_class,
        menu::MenuButton,
        notice::use_notices,
    },
    paste::{Offers, PasteOffer, PasteQuestion},
    replica::Replica,
    session::prompt::first_kind,
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::NoteKind,
    kept_words::{Kept as KeptWords, Why},
    limits::MAX_NOTE_TEXT_UTF16,
    session::{PaperView, Stage, Writing},
};
use std::time::Duration;

/// How long it says that the note is on the board.
const SAYS_POSTED: Duration = Duration::from_secs(4);

/// What was being written: the kind on the first line, then the text.
#[derive(Clone)]
struct Kept {
    key: String,
}

impl Kept {
    fn of(replica: Replica) -> Self {
        Self {
            key: ["samtavle.draft.", replica.ticket().board.as_str()].concat(),
        }
    }

    fn read(&self) -> (Option<NoteKind>, String) {
        match tab::read(&self.key)
            .or_else(|| storage::read(&self.key))
            .as_deref()
            .and_then(|kept| kept.split_once('\n'))
        {
            // The page's shell does not know what is asked for, and leaves it open.
            Some(("", text)) => (None, text.to_owned()),
            Some((kind, text)) => (Some(NoteKind::read(kind)), text.to_owned()),
            None => (None, String::new()),
        }
    }

    /// For this tab first: another one with this board has a paper of its own.
    fn write(&self, written: &str) {
        tab::write(&self.key, written);
        storage::write(&self.key, written);
    }

    fn keep(&self, kind: NoteKind, text: &str) {
        self.write(&[kind.name(), "\n", text].concat());
    }
}

impl Kept {
    /// What stood here as well was posted in another tab.
    fn hear_of_another_tab(&self, event: &web_sys::StorageEvent, field: NodeRef<html::Textarea>) {
        let (Some(before), Some(after)) = (event.old_value(), event.new_value()) else {
            return;
        };
        let text = |kept: &str| kept.split_once('\n').map(|(_, text)| text.to_owned());
        let (Some(field), Some(before)) = (field.get_untracked(), text(&before)) else {
            return;
        };
        let is_emptied =
            event.key().as_ref() == Some(&self.key) && text(&after).as_deref() == Some("");
        if is_emptied && !before.is_empty() && field.value() == before {
            field.set_value("");
            tab::write(&self.key, &after);
        }
    }
}

/// Which kind is written: the one that was being written, else the phase's first one, else the template's.
/// A new phase changes the kind of an empty paper only.
pub(crate) fn kind_to_write(replica: Replica) -> RwSignal<NoteKind> {
    let kept = Kept::of(replica);
    let (kept_kind, _) = kept.read();
    let chosen = RwSignal::new(kept_kind.unwrap_or(NoteKind::Problem));
    let phase = replica.session.phase();
    let has_chosen = StoredValue::new(kept_kind.is_some());
    let met = page(replica).phase_met;
    Effect::new(move || {
        let Some(phase) = phase.get() else {
            if let (Some(template), false) = (replica.state.template.get(), has_chosen.get_value())
            {
                has_chosen.set_value(true);
                chosen.set(first_kind(template));
            }
            return;
        };
        if met.get_value() == Some(phase.id) {
            return;
        }
        met.set_value(Some(phase.id));
        has_chosen.set_value(true);
        if let (Some(&first), true) = (phase.kinds.first(), kept.read().1.trim().is_empty()) {
            chosen.set(first);
            kept.keep(first, ""); // also for a page that goes as the phase comes, and is back soon
        }
    });
    chosen
}

/// The names by which tests find the field and the button.
#[derive(Clone, Copy)]
pub(crate) struct PaperHooks {
    /// The field.
    pub(crate) field: &'static str,
    /// The button.
    pub(crate) post: &'static str,
}

/// How long a paper is there.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum PaperLasts {
    /// As long as one takes part.
    #[default]
    Always,
    /// As long as I write for myself, or for another.
    InSilence,
}

/// The paper: what is written, whether I live with it, as whom, and the black button.
#[component]
#[expect(
    clippy::too_many_lines,
    reason = "all that happens to the paper is about its one field"
)]
pub(crate) fn Paper(
    replica: Replica,
    /// The kind that is written.
    kind: RwSignal<NoteKind>,
    /// How tests find it.
    hooks: PaperHooks,
    /// How long it is there.
    #[prop(optional)]
    lasts: PaperLasts,
    /// What it hears from outside.
    #[prop(optional)]
    called: Option<PaperCalls>,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let kept = StoredValue::new_local(Kept::of(replica));
    let (_, kept_text) = kept.with_value(Kept::read);
    let field = NodeRef::<html::Textarea>::new();
    let offers = Offers::about(field);
    let is_composing = StoredValue::new(false);
    let posted = RwSignal::new(None::<Coming>);
    // Somebody pressed the button and had written nothing: it says why nothing comes of that.
    let lacks_words = RwSignal::new(false);
    let lived = RwSignal::new(false);
    let has_begun = replica.session.part(|view| view.stage != Stage::Gathering);
    let coming = Memo::new(move |_| coming_now(replica));
    let whom = present(replica);
    let trial = Trial::kept(replica);

    // What was put in the pile is seen by all now: the line that says otherwise goes.
    let reveals = replica.session.part(|view| view.reveals);
    Effect::new(move || {
        reveals.track();
        posted.set(None);
    });
    let may_live_with =
        Memo::new(move |_| matches!(kind.get(), NoteKind::Problem | NoteKind::Habit));

    let keep = move || {
        let text = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        kept.with_value(|kept| kept.keep(kind.get_untracked(), &text));
    };
    field.on_load(move |field| field.set_value(&kept_text));
    Effect::new(move |before: Option<NoteKind>| {
        let kind = kind.get();
        if before.is_some_and(|before| before != kind) {
            keep();
        }
        kind
    });
    if let Some(called) = called {
        listen(called, field, keep);
    }
    let posted_elsewhere = window_event_listener(leptos::ev::storage, move |event| {
        kept.with_value(|kept| kept.hear_of_another_tab(&event, field));
    });
    on_cleanup(move || posted_elsewhere.remove());

    let shown = why_shown(replica);
    let why = move || {
        let shown = (lasts == PaperLasts::InSilence).then(&shown).flatten();
        shut_out(replica).or(shown)
    };
    let offer = move || Offer {
        kind: Some(kind.get_untracked()),
        for_whom: for_whom(replica),
        lived: lived.get_untracked() && may_live_with.get_untracked(),
        at: None,
    };
    let forget = move || kept.with_value(|kept| kept.keep(kind.get_untracked(), ""));
    watch(
        replica,
        field,
        Watch::of_own_words(why, offer).forgets_with(forget),
    );

    // A locked board takes no note; the paper stays, for what one is writing.
    let is_locked = Memo::new(move |_| !replica.may_write());
    let put = move || {
        let Some(field) = field.get_untracked() else {
            return;
        };
        if is_locked.get_untracked() {
            let _ = field.focus();
            notices.show(t_string!(i18n, note.locked_board));
            return;
        }
        if is_composing.get_value() {
            let _ = field.blur(); // an input method hands over the word that it was composing
        }
        let text = field.value();
        let _ = field.focus();
        if text.trim().is_empty() {
            posted.set(None);
            lacks_words.set(true);
            notices.announce(""); // so that the same words are said again
            notices.announce(t_string!(i18n, phone.write_first));
            return;
        }
        let mut posting = Posting::new(kind.get_untracked(), text);
        posting.lived = lived.get_untracked() && may_live_with.get_untracked();
        posting.for_whom = for_whom(replica);
        let how = coming.get_untracked();
        let is_posted = posted::may_post(replica);
        if is_posted {
            if posting.kind == NoteKind::Plan {
                posting.trial = trial.take();
            }
            post(replica, posting);
        } else {
            posted::wait(replica, posting.kind, &posting.text);
        }
        field.set_value("");
        offers.forget();
        keep();
        if !is_posted {
            return; // the list says that it is not sent
        }
        lived.set(false);
        posted.set(Some(how));
        notices.announce(""); // so that the same words are said again
        notices.announce(match how {
            Coming::AtOnce => t_string!(i18n, phone.posted),
            Coming::WithAll | Coming::Last => t_string!(i18n, session.in_the_pile),
        });
        let say_no_more = move || {
            let _ = posted.try_set(None); // the page may be another by then
        };
        set_timeout(say_no_more, SAYS_POSTED);
    };
    let put_several = UnsyncCallback::new(move |(notes,): (Vec<String>,)| {
        let how = coming.get_untracked();
        if post_all(replica, kind.get_untracked(), &notes).is_err() {
            return notices.show(t_string!(i18n, paste.pile_full));
        }
        offers.take_off();
        keep();
        posted.set(Some(how));
        notices.announce(counted(
            notes.len(),
            t_string!(i18n, desk.pasted_1),
            t_string!(i18n, desk.pasted_n),
        ));
    });
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing()
        {
            event.prevent_default();
            put();
        }
    };
    let after = move || said_below(lacks_words, posted, is_locked, coming);
    let label = move || {
        let at_once = coming.get() == Coming::AtOnce;
        button_label(replica, i18n.get_locale(), at_once, whom)
    };
    view! {
        <div class=move || ["compose__paper ", note_class(kind.get())].concat()>
            <ScribeStrip replica/>
            <textarea
                dir="auto"
                node_ref=field
                class="compose__field"
                data-testid=hooks.field
                rows="3"
                autocomplete="off"
                autocapitalize="sentences"
                enterkeyhint="enter"
                maxlength=MAX_NOTE_TEXT_UTF16.to_string()
                placeholder=text!(note.empty)
                aria-label=text!(phone.compose_label)
                aria-describedby="compose-hint compose-after"
                on:paste=move |event| offers.pasted(&event)
                on:input:target=move |event| {
                    keep();
                    offers.wrote(&event.target().value());
                    if posted.with_untracked(Option::is_some) {
                        posted.set(None);
                    }
                    if lacks_words.get_untracked() {
                        lacks_words.set(false);
                    }
                }
                on:compositionstart=move |_| is_composing.set_value(true)
                on:compositionend=move |_| is_composing.set_value(false)
                on:keydown=on_key
            ></textarea>
            <PasteOffer offers on_notes=put_several/>
            <Show when=move || kind.get() == NoteKind::Plan>
                <TrialFields trial/>
            </Show>
            <Show when=move || has_begun.get() && may_live_with.get()>
                {lived_mark(lived)}
            </Show>
            <div class="compose__foot">
                <ScribeButton replica/>
                <Show when=move || !writes_for_another(replica)>
                    <VoiceChoice replica button=MenuButton::MarkAndWords/>
                </Show>
                <button
                    type="button"
                    class="button button--primary button--large compose__post"
                    data-testid=hooks.post
                    aria-disabled=move || is_locked.get().then_some("true")
                    // The box keeps the focus, and the keyboard stays.
                    on:mousedown=|event: web_sys::MouseEvent| event.prevent_default()
                    on:click=move |_| put()
                >
                    {label}
                </button>
            </div>
        </div>
        <p class="compose__after" id="compose-after">{after}</p>
        <PasteQuestion offers on_notes=put_several/>
    }
}

/// What is said below the paper: what it lacks, what has become of the last note, or who will see the next one, and when.
fn said_below(
    lacks_words: RwSignal<bool>,
    posted: RwSignal<Option<Coming>>,
    is_locked: Memo<bool>,
    coming: Memo<Coming>,
) -> Option<AnyView> {
    if lacks_words.get() {
        return Some(view! { <span class="compose__lacks" data-testid="write-first"><Icon name=IconName::Pen/><span>{text!(phone.write_first)}</span></span> }.into_any());
    }
    if let Some(how) = posted.get() {
        let words = match how {
            Coming::AtOnce => text!(phone.posted),
            Coming::WithAll | Coming::Last => text!(session.in_the_pile),
        };
        return Some(
            view! { <span class="compose__posted"><Icon name=IconName::Check/><span>{words}</span></span> }
                .into_any(),
        );
    }
    if is_locked.get() {
        return Some(view! { <span class="compose__unseen"><Icon name=IconName::Lock/><span>{text!(kept.when_unlocked)}</span></span> }.into_any());
    }
    let words = match coming.get() {
        Coming::AtOnce => return None,
        Coming::WithAll => text!(session.hint_silent),
        Coming::Last => text!(session.hint_last),
    };
    Some(view! { <span class="compose__unseen"><Icon name=IconName::EyeOff/><span>{words}</span></span> }.into_any())
}

/// What the black button does, and for whom.
fn button_label(
    replica: Replica,
    locale: Locale,
    at_once: bool,
    whom: Memo<Option<PaperView>>,
) -> String {
    if !writes_for_another(replica) {
        let words = if at_once {
            td_string!(locale, phone.post)
        } else {
            td_string!(locale, session.put_in_pile)
        };
        return words.to_owned();
    }
    let words = if at_once {
        td_string!(locale, scribe.post_for)
    } else {
        td_string!(locale, scribe.pile_for)
    };
    let name = short_name(locale, whom.read().as_ref());
    filled(words, &[("name", &name)])
}

/// "I live with this", on a note of one's own.
fn lived_mark(lived: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="compose__lived">
            <input
                type="checkbox"
                data-testid="lived"
                prop:checked=move || lived.get()
                on:change:target=move |event| lived.set(event.target().checked())
            />
            <span>{text!(session.lived)}</span>
        </label>
    }
}

/// Why a paper goes that is there in silence: all is shown now.
fn why_shown(replica: Replica) -> impl Fn() -> Option<Why> + Clone {
    let is_silent = replica.session.is_silent();
    let was_silent = StoredValue::new(is_silent.get_untracked());
    Effect::new(move || {
        if is_silent.get() {
            was_silent.set_value(true);
        }
    });
    let writes = replica.session.shared;
    move || {
        let is_open = writes.with(|view| view.writing == Writing::Open);
        let stays = coming_now(replica) != Coming::AtOnce || writes_for_another(replica);
        let is_shown = is_open && !stays && was_silent.try_get_value() == Some(true);
        is_shown.then_some(Why::Shown)
    }
}

/// What stands on a paper that is put away just now, when all is shown: it goes to the kept words, too.
pub(super) fn keep_what_stands(replica: Replica) {
    let paper = Kept::of(replica);
    let (kind, text) = paper.read();
    if text.trim().is_empty() {
        return;
    }
    let kind = kind.unwrap_or(NoteKind::Problem);
    let words = KeptWords {
        kind: kind.name().to_owned(),
        for_whom: for_whom(replica),
        ..KeptWords::new(Replica::new_note_id(), text, Why::Shown)
    };
    pile::keep(replica, words, None);
    paper.keep(kind, "");
}

/// Writes what comes from outside on the paper, and gives it the focus when it is called.
fn listen(called: PaperCalls, field: NodeRef<html::Textarea>, keep: impl Fn() + Copy + 'static) {
    Effect::new(move || {
        let (Some(field), Some(text)) = (field.get(), called.fill.get()) else {
            return;
        };
        let before = field.value();
        let text = if before.trim().is_empty() {
            text
        } else {
            [before.trim_end(), "\n", &text].concat()
        };
        field.set_value(&text);
        keep();
        called.fill.set(None);
    });
    Effect::new(move || {
        if let (Some(field), 1..) = (field.get(), called.calls.get()) {
            let _ = field.focus();
            called.calls.set(0); // whoever opens the panel later is not called again
        }
    });
}
