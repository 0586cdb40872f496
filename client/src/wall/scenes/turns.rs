//! The round: who speaks, who is next, how many are heard.

use super::super::room::Room;
use crate::{
    i18n::{language::filled, t_string, use_i18n},
    replica::Replica,
    session::{speaker::speaker_name, turn_time::TurnTime},
};
use leptos::prelude::*;

/// Whose turn it is.
#[component]
pub(super) fn Turns(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let turns = replica.session.part(|view| view.turns.clone());
    let present = Memo::new(move |_| {
        let turns = turns.read();
        let present = turns.as_ref().and_then(|turns| turns.present.as_ref());
        present.map(|speaker| speaker_name(replica, i18n.get_locale(), speaker))
    });
    let large = move || {
        let present = present.get();
        present.unwrap_or_else(|| t_string!(i18n, wall.turn_all).to_owned())
    };
    let voice = move || {
        // A name says nothing of the voice; «Ungdom 2» does.
        let turns = turns.read();
        let speaker = turns.as_ref()?.present.as_ref()?;
        speaker.name.as_ref()?;
        replica
            .session
            .voice_name(speaker.voice.as_ref()?, i18n.get_locale())
    };
    let next = move || {
        let turns = turns.read();
        let next = turns.as_ref()?.next.as_ref()?;
        let who = speaker_name(replica, i18n.get_locale(), next);
        Some(filled(t_string!(i18n, wall.turn_then), &[("who", &who)]))
    };
    let heard = move || {
        let turns = turns.read();
        turns.as_ref().map(|turns| {
            let (heard, of) = (turns.heard.to_string(), turns.of.to_string());
            filled(
                t_string!(i18n, wall.turn_heard),
                &[("heard", &heard), ("of", &of)],
            )
        })
    };
    view! {
        <section class="wall__say" data-testid="wall-turn">
            <p class="wall__eyebrow">
                {move || present.read().is_some().then(|| t_string!(i18n, wall.turn_now))}
            </p>
            <p class="wall__large" dir="auto" style:font-size=move || room.letters(&large(), (1.0, 0.4), (48.0, 180.0))>
                {large}
            </p>
            <p class="wall__figure wall__turn-time"><TurnTime replica/></p>
            {move || voice().map(|voice| view! { <p class="wall__figure" dir="auto">{voice}</p> })}
            {move || next().map(|next| view! { <p class="wall__figure" data-testid="wall-next">{next}</p> })}
            <p class="wall__beside">{heard}</p>
        </section>
    }
}
