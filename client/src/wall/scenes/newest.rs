//! The newest notes under the invitation: a calm strip. Each comes in once, and says nothing of who wrote it.

use super::super::{
    board::{all_notes, note},
    room::{Room, px},
};
use crate::parts::words::written_as;
use crate::{
    i18n::{text, use_i18n},
    parts::{
        flow::{For, Show},
        kinds::{KindMark, kind_name, note_class},
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::Note,
    ids::NoteId,
    layout::{Strip, WallArea, strip},
};
use std::time::Duration;

/// At most so many are side by side.
const MOST: usize = 3;
/// When many come at once, the strip moves on this often: each has time to be read.
const STAYS: Duration = Duration::from_secs(4);
/// Height of the strip, as `assets/styles/wall.css` draws, 1/1080 of the screen's height.
const HEIGHT: f64 = 210.0;

/// The strip; nothing while there is no note.
#[component]
pub(super) fn Newest(replica: Replica, room: Room) -> impl IntoView {
    let shown = newest_in_calm(replica);
    let texts = Memo::new(move |_| {
        replica.state.moved.track(); // what is written anew is measured anew
        let shown = shown.read();
        let notes = shown.iter().filter_map(|id| note(replica, id));
        notes.map(|note| note.text).collect::<Vec<_>>()
    });
    let places: Memo<Strip> = Memo::new(move |_| {
        let area = room.area();
        let area = WallArea {
            height: HEIGHT * area.unit,
            ..area
        };
        let texts = texts.read();
        strip(&texts.iter().map(String::as_str).collect::<Vec<_>>(), area)
    });
    let on_it = move || {
        let count = places.read().count;
        let shown = shown.get();
        shown.into_iter().take(count).collect::<Vec<_>>()
    };
    // What was there before the scene began does not come in.
    let known = StoredValue::new(shown.get_untracked());
    view! {
        <Show when=move || !shown.read().is_empty()>
            <div
                class="wall__newest"
                role="group"
                aria-label=text!(wall.newest)
                data-testid="wall-newest"
                style=("--wall-font", move || px(places.read().font))
                style=("--lines", move || places.read().lines.to_string())
            >
                <For each=on_it key=|id| id.clone() let(id)>
                    {
                        let lands = !known.with_value(|known| known.contains(&id));
                        view! { <NewNote replica shown places id lands/> }
                    }
                </For>
            </div>
        </Show>
    }
}

#[component]
fn NewNote(
    replica: Replica,
    shown: RwSignal<Vec<NoteId>>,
    places: Memo<Strip>,
    id: NoteId,
    /// Whether it is seen to come in.
    lands: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = id.to_string();
    let signals = replica.state.note(&id);
    let place = Memo::new(move |before: Option<&usize>| {
        let place = shown.read().iter().position(|one| *one == id);
        place.or(before.copied()).unwrap_or_default()
    });
    let note: Memo<Option<Note>> = Memo::new(move |_| signals.as_ref().map(|one| one.note.get()));
    let kind = Memo::new(move |_| super::super::stage::kind_of(note.read().as_ref()));
    let words = move || {
        let note = note.read();
        note.as_ref()
            .map(|note| note.text.trim().to_owned())
            .unwrap_or_default()
    };
    view! {
        <article
            class=move || note_class(kind.get())
            class:wall__note--lands=lands
            data-note=name
            style:left=move || px(places.read().step * place.get() as f64)
            style:width=move || px(places.read().width)
        >
            <div class="note__text" {..written_as(words)}></div>
            <div class="note__foot">
                {move || view! {
                    <KindMark kind=kind.get()/>
                    <span class="visually-hidden">{kind_name(i18n.get_locale(), kind.get())}</span>
                }}
            </div>
        </article>
    }
}

/// The newest notes with words, the newest first; it changes no more often than they can be read.
fn newest_in_calm(replica: Replica) -> RwSignal<Vec<NoteId>> {
    let newest = Memo::new(move |_| {
        let notes = all_notes(replica);
        let with_words = notes
            .iter()
            .rev()
            .filter(|note| !note.text.trim().is_empty());
        with_words
            .take(MOST)
            .map(|note| note.id.clone())
            .collect::<Vec<_>>()
    });
    let shown = RwSignal::new(newest.get_untracked());
    let due = StoredValue::new(None::<TimeoutHandle>);
    let rests_until = StoredValue::new(0.0_f64);
    Effect::new(move || {
        let has_news = newest.with(|newest| shown.with_untracked(|shown| shown != newest));
        if !has_news || due.with_value(Option::is_some) {
            return;
        }
        let now = Replica::now_ms();
        let wait = (rests_until.get_value() - now).clamp(0.0, STAYS.as_millis() as f64);
        let move_on = move || {
            // The scene may be gone: a timer that is about to run cannot always be stopped.
            if due.try_update_value(Option::take).is_none() {
                return;
            }
            rests_until.set_value(Replica::now_ms() + STAYS.as_millis() as f64);
            shown.set(newest.get_untracked());
        };
        due.set_value(set_timeout_with_handle(move_on, Duration::from_millis(wait as u64)).ok());
    });
    on_cleanup(move || {
        if let Some(due) = due.try_update_value(Option::take).flatten() {
            due.clear();
        }
    });
    shown
}
