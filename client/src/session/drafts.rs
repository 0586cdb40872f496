//! My drafts: what only I see until all are shown. Those that are not sent yet and those that the server
//! keeps, as one list.

use super::{
    kept_words::{Offer, Watch, shut_out, watch},
    post::catch,
    standing::{HowFar, came_name},
    written::written_in_silence,
};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        flow::{For, Show},
        icon::{Icon, IconName},
        kinds::{KindMark, kind_name},
        notice::use_notices,
    },
    replica::{Replica, SharedText},
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::NoteKind,
    ids::NoteId,
    kept_words::{Place, Why},
    limits::MAX_NOTE_TEXT_UTF16,
    session::DraftNote,
    standing::Came,
};

/// A draft of mine, and whether the server has it.
#[derive(Clone, Debug, PartialEq)]
struct OwnDraft {
    note: DraftNote,
    is_kept: bool,
}

/// Newest first. What is on the board already is a note, not a draft.
fn own_drafts(replica: Replica) -> Memo<Vec<OwnDraft>> {
    let session = replica.session;
    let kept = session.own_part(|own| own.drafts.clone());
    Memo::new(move |_| {
        replica.state.moved.track();
        let unsent = session.unsent_drafts.read();
        let mut drafts: Vec<OwnDraft> = kept
            .get()
            .into_iter()
            .map(
                |note| match unsent.iter().find(|one| one.note == note.note) {
                    Some(newer) => OwnDraft {
                        note: newer.clone(),
                        is_kept: false,
                    },
                    None => OwnDraft {
                        note,
                        is_kept: true,
                    },
                },
            )
            .collect();
        for note in unsent.iter() {
            if !drafts.iter().any(|draft| draft.note.note == note.note) {
                drafts.push(OwnDraft {
                    note: note.clone(),
                    is_kept: false,
                });
            }
        }
        drafts.retain(|draft| replica.state.note(&draft.note.note).is_none());
        drafts.reverse();
        drafts
    })
}

/// The pile: edit one, or throw it away.
#[component]
pub(crate) fn DraftList(replica: Replica) -> impl IntoView {
    let drafts = own_drafts(replica);
    let ids = Memo::new(move |_| {
        let drafts = drafts.read();
        drafts
            .iter()
            .map(|draft| draft.note.note.clone())
            .collect::<Vec<_>>()
    });
    let open = RwSignal::new(None::<NoteId>);
    view! {
        <Show when=move || !ids.read().is_empty()>
            <section class="drafts" data-testid="draft-list">
                <h2 class="list-head">{text!(session.only_you_see)}</h2>
                <ul class="rows">
                    <For each=move || ids.get() key=Clone::clone let:id>
                        <DraftRow replica id drafts open/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn DraftRow(
    replica: Replica,
    id: NoteId,
    drafts: Memo<Vec<OwnDraft>>,
    open: RwSignal<Option<NoteId>>,
) -> impl IntoView {
    let own = id.clone();
    let draft = Memo::new(move |_| {
        let drafts = drafts.read();
        drafts.iter().find(|draft| draft.note.note == own).cloned()
    });
    let kind = Memo::new(move |_| {
        let draft = draft.read();
        draft
            .as_ref()
            .map_or(NoteKind::Other, |draft| NoteKind::read(&draft.note.kind))
    });
    let class = move || ["row-note draft row-note--", kind.get().name()].concat();
    let own = id.clone();
    let is_open = Memo::new(move |_| open.read().as_ref() == Some(&own));
    let name = id.to_string();
    view! {
        <li
            class=class
            class:row-note--open=move || is_open.get()
            data-testid="draft"
            data-draft=name
            data-state=move || {
                let draft = draft.read();
                match draft.as_ref() {
                    Some(draft) if !draft.is_kept => came_name(replica.draft_came(&draft.note.note)),
                    _ => "kept",
                }
            }
        >
            {move || if is_open.get() {
                let note = draft.get_untracked().map(|draft| draft.note);
                note.map(|note| view! { <DraftOpened replica note open/> }.into_any())
            } else {
                let id = id.clone();
                Some(view! { <DraftClosed replica draft kind on_open=move |()| open.set(Some(id.clone()))/> }.into_any())
            }}
        </li>
    }
}

#[component]
fn DraftClosed(
    replica: Replica,
    draft: Memo<Option<OwnDraft>>,
    kind: Memo<NoteKind>,
    #[prop(into)] on_open: UnsyncCallback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let draft = draft.read();
        draft
            .as_ref()
            .map(|draft| draft.note.text.clone())
            .unwrap_or_default()
    };
    let came = Memo::new(move |_| match draft.read().as_ref() {
        Some(draft) if !draft.is_kept => replica.draft_came(&draft.note.note),
        _ => Came::Saved,
    });
    let whom = move || {
        let draft = draft.read();
        let whom = draft.as_ref()?.note.for_whom.as_ref()?;
        let words = super::scribe::for_name(replica, i18n.get_locale(), whom);
        Some(view! { <span class="row-note__for">{words}</span> })
    };
    view! {
        <button type="button" class="row-note__press" aria-expanded="false" on:click=move |_| on_open.run(())>
            <span class="row-note__kind">
                {move || view! { <KindMark kind=kind.get()/> }}
                <span class="visually-hidden">{move || kind_name(i18n.get_locale(), kind.get())} ": "</span>
            </span>
            <span class="row-note__text" dir="auto">{words}</span>
            {whom}
            {move || if came.get() == Came::Saved {
                view! { <span class="sent"><Icon name=IconName::Check/>{text!(session.draft_kept)}</span> }.into_any()
            } else {
                view! { <HowFar replica came=came.get()/> }.into_any()
            }}
        </button>
    }
}

#[component]
fn DraftOpened(replica: Replica, note: DraftNote, open: RwSignal<Option<NoteId>>) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let field = NodeRef::<html::Textarea>::new();
    let words = note.text.clone();
    field.on_load(move |field| {
        field.set_value(&words);
        let _ = field.focus();
    });
    let note = StoredValue::new(note);
    let typed = StoredValue::new(note.with_value(|note| note.text.clone()));
    let is_dropped = StoredValue::new(false);
    // However it is closed (a tab, or the reveal while one writes): no word is lost.
    let settle = move || {
        let (draft, words) = (note.try_get_value(), typed.try_get_value());
        if let (Some(draft), Some(words), Some(false)) = (draft, words, is_dropped.try_get_value())
        {
            keep_words(replica, draft, &words);
            note.update_value(|note| words.trim().clone_into(&mut note.text)); // once is enough
        }
    };
    let watched = note.with_value(|note| watch_of(replica, note, typed));
    watch(replica, field, watched.settles_with(settle));
    on_cleanup(settle);
    let finish = move || open.set(None);
    let drop = move || {
        is_dropped.set_value(true);
        open.set(None);
        replica.drop_draft(&note.with_value(|note| note.note.clone()));
        let before = note.get_value();
        notices.show_with_way_back(
            t_string!(i18n, session.draft_dropped),
            t_string!(i18n, common.undo),
            move || replica.write_draft(before.clone()),
        );
    };
    view! {
        <textarea
            dir="auto"
            node_ref=field
            class="row-note__field"
            aria-label=text!(note.text_label)
            maxlength=MAX_NOTE_TEXT_UTF16.to_string()
            on:input:target=move |event| typed.set_value(event.target().value())
            on:keydown=move |event: web_sys::KeyboardEvent| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                    finish();
                }
            }
        ></textarea>
        <div class="row-note__acts">
            <Button label=text!(phone.save_edit) icon=IconName::Check on_press=move |()| finish()/>
            <Button label=text!(session.draft_drop) kind=ButtonKind::Danger on_press=move |()| drop()/>
        </div>
    }
}

/// What is to be known of a draft's field when it goes: it has become a note.
fn watch_of(replica: Replica, draft: &DraftNote, typed: StoredValue<String>) -> Watch {
    let id = draft.note.clone();
    let is_shown = move || {
        replica.state.moved.track();
        replica.state.note(&id)
    };
    let shown = is_shown.clone();
    let why = move || shut_out(replica).or_else(|| is_shown().map(|_| Why::Shown));
    let offer = Offer {
        kind: Some(NoteKind::read(&draft.kind)),
        for_whom: draft.for_whom.clone(),
        lived: draft.lived,
        at: None,
    };
    // As long as it is no note, the draft has the words.
    let safe = move || match shown() {
        Some(signals) => Some(signals.note.with_untracked(|note| note.text.clone())),
        None => typed.try_get_value(),
    };
    Watch::of_own_words(why, move || offer.clone())
        .safe_as(move || safe().filter(|_| replica.shut_out.get_untracked().is_none()))
        .belongs_to(Place::Note(draft.note.clone()))
}

/// A draft with other words: written anew, or on the note that it has become meanwhile.
fn keep_words(replica: Replica, mut note: DraftNote, words: &str) {
    let words = words.trim();
    if words.is_empty() || words == note.text {
        return;
    }
    if replica.state.note(&note.note).is_some() {
        let shown = SharedText::Note(note.note);
        replica.new_step();
        replica.write_text(&shown, &note.text, words, None);
        replica.new_step();
    } else {
        words.clone_into(&mut note.text);
        // Mended words are asked as new ones are.
        catch(replica, &note.note, NoteKind::read(&note.kind), words);
        replica.write_draft(note);
    }
}

/// «7 har skrevet 19 lapper»: how many, never what.
#[component]
pub(crate) fn DraftCount(replica: Replica) -> impl IntoView {
    let is_silent = replica.session.is_silent();
    let written = written_in_silence(replica);
    let words = move || written().filter(|_| is_silent.get());
    view! { <p class="draft-count" data-testid="draft-count">{words}</p> }
}
