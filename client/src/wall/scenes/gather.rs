//! People come: how to join, how many are here, what will be asked, and what is written.

use super::{
    super::{
        join::{JoinWords, join_link},
        room::Room,
    },
    newest::Newest,
};
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    parts::{flow::Show, qr::QrCode},
    replica::Replica,
    session::{prompt::prompt_of_template, written::written_in_silence},
};
use leptos::prelude::*;

/// How to join, large.
#[component]
pub(super) fn Gather(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let phase = replica.session.phase();
    let hint = move || {
        let locale = i18n.get_locale();
        let prompt = phase
            .get()
            .map(|phase| Replica::words(&phase.prompt, locale));
        let asked = || {
            let template = replica.state.template.get()?;
            Some(prompt_of_template(locale, template)?.1.to_owned())
        };
        prompt
            .filter(|prompt| !prompt.is_empty())
            .or_else(asked)
            .unwrap_or_else(|| t_string!(i18n, wall.empty).to_owned())
    };
    let here = move || {
        let count = replica.people_count.get() as usize;
        (count > 0).then(|| {
            counted(
                count,
                t_string!(i18n, people.here_1),
                t_string!(i18n, people.here_n),
            )
        })
    };
    let written = written_in_silence(replica);
    let has_notes = Memo::new(move |_| replica.state.note_count.get() > 0);
    view! {
        <div class="wall__gather" class:wall__gather--low=move || has_notes.get()>
        <section class="wall__invitation">
            <Show when=move || replica.invites()>
                <QrCode
                    text=Signal::derive(move || join_link(replica).unwrap_or_default())
                    label=text!(wall.join_qr)
                />
            </Show>
            <div class="wall__invitation-words">
                <Show when=move || replica.invites()><JoinWords replica/></Show>
                <p class="wall__hint">{hint}</p>
                {move || here().map(|here| view! { <p class="wall__here" data-testid="wall-here">{here}</p> })}
                {move || written().map(|written| view! { <p class="wall__here" data-testid="wall-drafts">{written}</p> })}
            </div>
        </section>
        <Newest replica room/>
        </div>
    }
}
