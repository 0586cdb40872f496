//! Say it back: how many have said another's note in their own words.

use super::super::room::Room;
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    replica::Replica,
};
use leptos::prelude::*;

/// «5 av 12 har sagt tilbake».
#[component]
pub(super) fn SayBack(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let counts = replica
        .session
        .part(|view| view.say_back.unwrap_or_default());
    let words = move || t_string!(i18n, wall.say_back);
    let said = move || {
        let (given, said, _) = counts.get();
        let values = [("said", &*said.to_string()), ("given", &*given.to_string())];
        filled(t_string!(i18n, wall.said_back), &values)
    };
    let judged = move || {
        let (.., judged) = counts.get();
        (judged > 0).then(|| {
            counted(
                judged as usize,
                t_string!(i18n, wall.judged_1),
                t_string!(i18n, wall.judged_n),
            )
        })
    };
    view! {
        <section class="wall__say" data-testid="wall-say-back">
            <p class="wall__large" style:font-size=move || room.letters(words(), (1.0, 0.45), (48.0, 140.0))>
                {words}
            </p>
            <p class="wall__look"><strong>{text!(wall.look_at_screen)}</strong> " " {text!(wall.say_back_do)}</p>
            <p class="wall__figure">{said}</p>
            <p class="wall__beside">{move || judged().unwrap_or_default()}</p>
        </section>
    }
}
