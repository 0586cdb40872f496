//! People vote: what is asked, what there is to choose from, where one does it, how many have; and nothing of how.

use super::super::{
    picture::{Picture, Shown},
    room::Room,
    stage::Stage,
};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    replica::Replica,
};
use leptos::prelude::*;

/// What stands above the choices, as `assets/styles/wall.css` draws, 1/1080 of the screen's height.
const HEAD: f64 = 232.0;

/// «Se på skjermen din og del ut prikkene dine.»
#[component]
pub(super) fn Vote(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let round = replica.session.part(|view| {
        let round = view.round.as_ref();
        round.map(|round| (round.title.trim().to_owned(), round.dots, round.voted))
    });
    let large = Memo::new(move |_| {
        let round = round.read();
        let title = round.as_ref().map(|(title, ..)| title.clone());
        title
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| t_string!(i18n, wall.vote).to_owned())
    });
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
    let picture = Picture::below(replica, room, Shown::Voted, HEAD);
    view! {
        <section class="wall__vote" data-testid="wall-vote">
            <div class="wall__vote-head">
                <p class="wall__large" dir="auto" style:font-size=move || room.letters(&large.read(), (1.0, 0.13), (32.0, 84.0))>
                    {move || large.get()}
                </p>
                <p class="wall__look">
                    <strong>{text!(wall.look_at_screen)}</strong> " " {dots}
                </p>
                <p class="wall__beside" data-testid="wall-voted">{voted}</p>
            </div>
            <div class="wall__choices"><Stage replica picture/></div>
        </section>
    }
}
