//! All write in silence: what is asked, and how much has been written. Nothing of what.

use super::super::room::Room;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::language::{counted, filled},
    replica::Replica,
};
use leptos::prelude::*;

/// What is asked, and «7 har skrevet 19 lapper».
#[component]
pub(super) fn Silent(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let phase = replica.session.phase();
    let prompt = Memo::new(move |_| {
        let locale = i18n.get_locale();
        let prompt = phase
            .get()
            .map(|phase| Replica::words(&phase.prompt, locale));
        prompt.unwrap_or_default()
    });
    let counts = replica.session.part(|view| (view.drafters, view.drafts));
    let written = move || {
        let (people, notes) = counts.get();
        (people > 0).then(|| {
            let notes = counted(
                notes as usize,
                t_string!(i18n, note.count_1),
                t_string!(i18n, note.count_n),
            );
            let words = if people == 1 {
                t_string!(i18n, wall.wrote_1)
            } else {
                t_string!(i18n, wall.wrote_n)
            };
            filled(words, &[("people", &people.to_string()), ("notes", &notes)])
        })
    };
    view! {
        <section class="wall__say">
            <p class="wall__eyebrow">{text!(wall.silent)}</p>
            <p class="wall__large" style:font-size=move || room.letters(&prompt.read(), (1.0, 0.5), (40.0, 116.0))>
                {move || prompt.get()}
            </p>
            <p class="wall__figure" data-testid="wall-drafts">{move || written().unwrap_or_default()}</p>
        </section>
    }
}
