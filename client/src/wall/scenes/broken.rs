//! The ceremony: a habit is broken. Its mark is struck through, slowly, and stays so; its words are not, for a note
//! may say «stop sending letters».

use super::super::room::Room;
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::kinds::KindMark,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{board::NoteKind, ids::NoteId};

/// What we stop, who stops, and from when.
#[component]
pub(super) fn Broken(replica: Replica, room: Room, note: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let name = note.to_string();
    let note = Memo::new(move |_| Some(replica.state.awaited_note(&note)?.note.get()));
    let text = Memo::new(move |_| {
        let note = note.read();
        note.as_ref()
            .map(|note| note.text.trim().to_owned())
            .unwrap_or_default()
    });
    let who = move || {
        let note = note.read();
        let broken = note.as_ref()?.habit.broken.as_ref()?;
        let values = [("who", &*broken.who), ("from", &*broken.from)];
        Some(filled(t_string!(i18n, wall.broken_who), &values))
    };
    view! {
        <section class="wall__say" data-testid="wall-broken" data-habit=name>
            <p class="wall__eyebrow wall__struck">
                <KindMark kind=NoteKind::Habit is_struck=true/>
                {text!(wall.broken)}
            </p>
            <p class="wall__large" dir="auto" style:font-size=move || room.letters(&text.read(), (1.0, 0.5), (36.0, 120.0))>
                {move || text.get()}
            </p>
            <p class="wall__figure">{move || who().unwrap_or_default()}</p>
        </section>
    }
}
