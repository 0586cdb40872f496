//! Silence at a desk: whatever adds a note on the canvas at other times opens this calm panel instead. I write
//! for myself; my drafts lie in a small pile below. The same panel is there when I write for another.

use super::{
    coming::{Coming, coming_now},
    drafts::{DraftCount, DraftList},
    page::page,
    paper::{Paper, PaperHooks, PaperLasts, keep_what_stands, kind_to_write},
    post::{PileIsFull, post_drafts},
    scribe::writes_for_another,
};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{IconButton, TipSide},
        flow::Show,
        icon::{Icon, IconName},
        kinds::KindPicker,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::board::NoteKind;

/// Begins to write for oneself; no kind: the one at hand.
pub(crate) fn write_silently(replica: Replica, kind: Option<NoteKind>) {
    let composer = page(replica).composer;
    composer.is_open.set(true);
    if kind.is_some() {
        composer.kind.set(kind);
    }
    composer.called.calls.update(|calls| *calls += 1);
}

/// Notes from the clipboard: one is written on, each of several becomes a draft.
pub(crate) fn write_lines(
    replica: Replica,
    kind: NoteKind,
    texts: &[String],
) -> Result<(), PileIsFull> {
    let composer = page(replica).composer;
    if let [text] = texts {
        composer.called.fill.set(Some(text.clone()));
        write_silently(replica, None);
        return Ok(());
    }
    composer.is_open.set(true);
    post_drafts(replica, kind, texts)
}

/// The panel; nothing where my notes come to the board at once.
#[component]
pub(crate) fn SilentDesk(replica: Replica) -> impl IntoView {
    let how = Memo::new(move |_| coming_now(replica));
    let for_another = Memo::new(move |_| writes_for_another(replica));
    // Whoever leads has the board to look at: for them it is closed until they write.
    let is_open = page(replica).composer.is_open;
    let leads = replica.session.leads();
    Effect::new(move |was: Option<bool>| {
        let is_silent = how.get() != Coming::AtOnce;
        if is_silent && was != Some(true) {
            is_open.set(!leads.get_untracked());
        }
        // A panel that is open looks after its own words.
        let goes = was == Some(true) && !is_silent && !for_another.get_untracked();
        if goes && !is_open.get_untracked() {
            keep_what_stands(replica);
        }
        is_silent
    });
    Effect::new(move || {
        if for_another.get() {
            write_silently(replica, None);
        }
    });
    view! {
        // A lock takes nobody's paper away.
        <Show when=move || (for_another.get() || how.get() != Coming::AtOnce) && replica.takes_part()>
            <Show when=move || is_open.get() fallback=move || view! { <Closed replica/> }>
                <Open replica how/>
            </Show>
        </Show>
    }
}

#[component]
fn Open(replica: Replica, how: Memo<Coming>) -> impl IntoView {
    let i18n = use_i18n();
    let composer = page(replica).composer;
    let kind = kind_to_write(replica);
    Effect::new(move || {
        if let Some(called) = composer.kind.get() {
            kind.set(called);
            composer.kind.set(None);
        }
    });
    let session = replica.session;
    let first = session.phase();
    let hint = move || match how.get() {
        Coming::Last => t_string!(i18n, session.desk_last),
        Coming::AtOnce => t_string!(i18n, scribe.hint),
        Coming::WithAll if writes_for_another(replica) => t_string!(i18n, session.hint_silent),
        Coming::WithAll => t_string!(i18n, session.desk_silent),
    };
    view! {
        <section class="panel silent" data-covers="left" aria-label=text!(session.write_in_silence)>
            <header class="silent__head">
                <p class="silent__hint" id="compose-hint">{hint}</p>
                <IconButton
                    label=text!(session.hide_panel)
                    icon=IconName::Minus
                    tip=TipSide::BelowEnd
                    on_press=move |()| composer.is_open.set(false)
                />
            </header>
            <Paper
                replica
                kind
                hooks=PaperHooks { field: "silent-compose", post: "silent-post" }
                lasts=PaperLasts::InSilence
                called=composer.called
            />
            <KindPicker
                kind
                first=Signal::derive(move || first.get().map(|phase| phase.kinds).unwrap_or_default())
            />
            <DraftCount replica/>
            <DraftList replica/>
        </section>
    }
}

/// A line to open it again by.
#[component]
fn Closed(replica: Replica) -> impl IntoView {
    view! {
        <div class="panel silent silent--closed">
            <button
                type="button"
                class="button button--bare"
                data-testid="silent-open"
                on:click=move |_| write_silently(replica, None)
            >
                <Icon name=IconName::Pen/>
                <span>{text!(session.write_in_silence)}</span>
            </button>
            <DraftCount replica/>
        </div>
    }
}
