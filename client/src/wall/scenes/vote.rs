//! People vote: how many have, and nothing of how.

use super::super::room::Room;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::language::{counted, filled},
    replica::Replica,
};
use leptos::prelude::*;

/// «Stem nå».
#[component]
pub(super) fn Vote(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let round = replica.session.part(|view| {
        let round = view.round.as_ref();
        round.map(|round| (round.title.trim().to_owned(), round.dots, round.voted))
    });
    let asked = Memo::new(move |_| {
        let round = round.read();
        let title = round.as_ref().map(|(title, ..)| title.clone());
        title.filter(|title| !title.is_empty())
    });
    let large = move || {
        asked
            .get()
            .unwrap_or_else(|| t_string!(i18n, wall.vote).to_owned())
    };
    let dots = move || {
        let round = round.read();
        round.as_ref().map(|(_, dots, _)| {
            counted(
                usize::from(*dots),
                t_string!(i18n, wall.your_dots_1),
                t_string!(i18n, wall.your_dots_n),
            )
        })
    };
    let people = replica.session.part(|view| view.taking_part);
    let voted = move || {
        let voted = round.read().as_ref().map_or(0, |(.., voted)| *voted);
        let people = people.get().max(voted);
        let values = [
            ("voted", &*voted.to_string()),
            ("people", &*people.to_string()),
        ];
        filled(t_string!(i18n, wall.voted), &values)
    };
    view! {
        <section class="wall__say" data-testid="wall-vote">
            <p class="wall__eyebrow">{move || asked.read().is_some().then(|| t_string!(i18n, wall.vote))}</p>
            <p class="wall__large" dir="auto" style:font-size=move || room.letters(&large(), (1.0, 0.45), (48.0, 160.0))>
                {large}
            </p>
            <p class="wall__figure" data-testid="wall-voted">{voted}</p>
            <p class="wall__beside">{dots} " " {text!(wall.vote_on_phone)}</p>
        </section>
    }
}
