//! What was said back, one note at a time, large enough to be read aloud from where one sits.

use super::super::room::Room;
use crate::{
    i18n::{text, use_i18n},
    notes::rather_said,
    parts::{
        kinds::note_class,
        words::{written, written_as},
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::board::Note;

/// More wordings of one note than this are not read from afar.
const MOST_WORDINGS: usize = 2;

/// The notes by turns, each with how others said it.
#[component]
pub(super) fn SaidBack(replica: Replica, room: Room) -> impl IntoView {
    let said = replica.session.part(|view| view.said_back.clone());
    let notes = Memo::new(move |_| {
        let notes = said.get().into_iter();
        notes
            .filter_map(|id| Some(replica.state.awaited_note(&id)?.note.get()))
            .collect::<Vec<Note>>()
    });
    Effect::new(move || room.has_pages(notes.read().len()));
    let present = Memo::new(move |_| notes.read().get(room.page()).cloned());
    view! {
        <section class="wall__sheet" data-testid="wall-said-back">
            <h2 class="wall__sheet-title">{text!(wall.said_title)}</h2>
            {move || present.get().map(|note| view! { <Pair note room/> })}
        </section>
    }
}

#[component]
fn Pair(note: Note, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let class = [note_class(note.kind), " wall__said-own"].concat();
    let name = note.id.to_string();
    let own = StoredValue::new(note.text.trim().to_owned());
    let others = note
        .restated
        .into_iter()
        .rev()
        .take(MOST_WORDINGS)
        .map(|one| {
            let said = StoredValue::new(one.text);
            let rather = rather_said(i18n.get_locale(), &one.verdict);
            view! {
                <div class="wall__said-other">
                    <p
                        class="wall__said-words"
                        style:font-size=move || said.with_value(|said| room.letters(said, (0.46, 0.3), (28.0, 76.0)))
                        {..written_as(move || said.get_value())}
                    ></p>
                    {rather.map(|words| view! { <p class="wall__said-rather" {..written(words)}></p> })}
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="wall__said">
            <article class=class data-note=name>
                <div
                    class="note__text"
                    style:font-size=move || own.with_value(|own| room.letters(own, (0.4, 0.5), (28.0, 84.0)))
                    {..written_as(move || own.get_value())}
                ></div>
            </article>
            <div class="wall__said-others">{others}</div>
        </div>
    }
}
