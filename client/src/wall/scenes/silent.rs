//! All write in silence: what is asked, and how much has been written. Nothing of what.

use super::super::room::Room;
use crate::{
    i18n::{text, use_i18n},
    replica::Replica,
    session::written::written_in_silence,
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
    let written = written_in_silence(replica);
    view! {
        <section class="wall__say">
            <p class="wall__eyebrow">{text!(wall.silent)}</p>
            <p class="wall__large" dir="auto" style:font-size=move || room.letters(&prompt.read(), (1.0, 0.5), (40.0, 116.0))>
                {move || prompt.get()}
            </p>
            <p class="wall__figure" data-testid="wall-drafts">{move || written().unwrap_or_default()}</p>
        </section>
    }
}
