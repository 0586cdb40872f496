//! A surprise for all: the thought itself is on each one's own screen.

use super::super::room::Room;
use crate::i18n::{t_string, text, use_i18n};
use leptos::prelude::*;

/// «Alle fikk en ny tanke. Se på telefonen din.»
#[component]
pub(super) fn Disturbance(room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || t_string!(i18n, wall.surprise);
    view! {
        <section class="wall__say" data-testid="wall-disturbance">
            <p class="wall__large" style:font-size=move || room.letters(words(), (1.0, 0.5), (48.0, 150.0))>
                {words}
            </p>
            <p class="wall__figure">{text!(wall.surprise_look)}</p>
        </section>
    }
}
