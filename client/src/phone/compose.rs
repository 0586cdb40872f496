//! What is asked, and the box in which a note is written.

use super::state::PhoneState;
use crate::{
    browser::storage,
    i18n::{t_string, use_i18n},
    parts::{
        kinds::{KindPicker, kind_name},
        words::written_as,
    },
    photo::ChoosePicture,
    session::{
        drafts::DraftCount,
        introduce::IntroduceRow,
        paper::{Paper, PaperHooks, kind_to_write},
        phase::{prompt_of, title_of},
        prompt::prompt_of_kind,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::Stage;

/// The question, the box, the four kinds, and the black button.
#[component]
pub(super) fn Compose(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let session = replica.session;
    let chosen = kind_to_write(replica);
    let phase = session.phase();
    let is_over = session.part(|view| view.stage == Stage::Over);
    let first = Signal::derive(move || phase.get().map(|phase| phase.kinds).unwrap_or_default());

    // In a phase its own question; for a kind that it does not ask for, that kind's question below.
    let asked = move || {
        let locale = i18n.get_locale();
        let (question, hint) = prompt_of_kind(locale, chosen.get());
        if is_over.get() {
            let over = t_string!(i18n, session.over);
            return (
                over.to_owned(),
                t_string!(i18n, session.over_hint).to_owned(),
            );
        }
        let Some(phase) = phase.get() else {
            return (question.to_owned(), hint.to_owned());
        };
        let is_asked_for = phase.kinds.is_empty() || phase.kinds.contains(&chosen.get());
        let hint = if is_asked_for {
            prompt_of(locale, &phase)
        } else {
            [kind_name(locale, chosen.get()), ": ", question].concat()
        };
        (title_of(locale, &phase), hint)
    };
    // For the page's shell, which asks the same the next time before the client is there.
    let key = ["samtavle.asked.", replica.ticket().board.as_str()].concat();
    Effect::new(move || {
        let (question, hint) = asked();
        storage::write(&key, &[&*question, "\n", &hint].concat());
    });
    view! {
        <section class="compose">
            <h1 class="compose__question" data-testid="phase-title" {..written_as(move || asked().0)}></h1>
            <p class="compose__hint" id="compose-hint" {..written_as(move || asked().1)}></p>
            <IntroduceRow replica/>
            <Paper replica kind=chosen hooks=PaperHooks { field: "compose", post: "post" }/>
            <KindPicker kind=chosen first/>
            <ChoosePicture replica/>
            <DraftCount replica/>
        </section>
    }
}
