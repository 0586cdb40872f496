//! The present phase in a line: what it asks, the hour, the time left. For the desk's top bar.

use super::{
    agenda::AgendaBar,
    phase::{prompt_of, title_of},
    timer::TimeLeft,
};
use crate::{i18n::use_i18n, parts::flow::Show, replica::Replica};
use leptos::prelude::*;

/// The line; nothing while people gather.
#[component]
pub(crate) fn PhaseNow(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let phase = replica.session.phase();
    let title = move || {
        let phase = phase.read();
        phase
            .as_ref()
            .map(|phase| title_of(i18n.get_locale(), phase))
    };
    // What is asked stays in sight, also when the board is full of notes.
    let prompt = Memo::new(move |_| {
        let phase = phase.read();
        let prompt = phase
            .as_ref()
            .map(|phase| prompt_of(i18n.get_locale(), phase));
        prompt.unwrap_or_default()
    });
    view! {
        <Show when=move || phase.read().is_some()>
            <div class="phase-now">
                <div class="phase-now__words">
                    <h2 class="phase-now__title" dir="auto" data-testid="phase-title">{title}</h2>
                    <p
                        class="phase-now__prompt"
                        dir="auto"
                        title=move || prompt.get()
                        data-testid="phase-prompt"
                    >
                        {move || prompt.get()}
                    </p>
                </div>
                <div class="phase-now__hour"><AgendaBar replica/></div>
                <TimeLeft replica/>
            </div>
        </Show>
    }
}
