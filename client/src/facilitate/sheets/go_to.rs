//! Going to a phase that is not the next one: what comes of it, before it is done.

use super::super::Lead;
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::button::{Button, ButtonKind},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, PhaseId};

pub(super) fn body(lead: Lead, to: PhaseId) -> AnyView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let phase = session.part(move |view| view.phases.iter().find(|phase| phase.id == to).cloned());
    lead.close_when(move || session.shared.with(|view| view.stage.phase() == Some(to)));
    let words = move || {
        phase.with(|phase| {
            let phase = phase.as_ref()?;
            let minutes = counted(
                phase.minutes.into(),
                t_string!(i18n, lead.minutes_1),
                t_string!(i18n, lead.minutes_n),
            );
            let title = Replica::words(&phase.title, i18n.get_locale());
            Some(filled(
                t_string!(i18n, lead.go_to_text),
                &[("title", &title), ("minutes", &minutes)],
            ))
        })
    };
    view! {
        <div class="stack">
            <p>{words}</p>
            <div class="row row--wrap">
                <Button
                    kind=ButtonKind::Primary
                    label=text!(lead.go_to_do)
                    on_press=move |()| {
                        let from = session.shared.with_untracked(|view| view.stage.phase());
                        lead.ask(Command::GoTo { from, to });
                    }
                    attr:data-testid="lead-go-to"
                />
                <Button label=text!(common.cancel) on_press=move |()| lead.close() />
            </div>
        </div>
    }
    .into_any()
}
