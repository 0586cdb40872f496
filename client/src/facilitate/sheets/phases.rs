//! The phases: edit, add, take out, put in another order. Saved all at once.

use super::{
    super::Lead,
    phase_row::{Edited, phase_row},
};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        flow::For,
        icon::IconName,
        language::counted,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    session::{Command, Phase, PhaseId, Words, Writing},
};

/// A new phase's time.
const MINUTES: u16 = 10;

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let locale = i18n.get_locale_untracked();
    let phases = RwSignal::new_local(session.shared.with_untracked(|view| {
        let edited = |phase: &Phase| Edited::of(phase.clone(), locale);
        view.phases.iter().map(edited).collect::<Vec<_>>()
    }));
    let open = RwSignal::new(None::<PhaseId>);
    let sent = StoredValue::new(None::<Vec<Phase>>);
    lead.close_when(move || {
        session.shared.with(|view| {
            sent.with_value(|sent| sent.as_ref().is_some_and(|sent| *sent == view.phases))
        })
    });
    let in_all = move || {
        let minutes = phases.with(|phases| {
            let hour = phases.iter().filter(|edited| edited.phase.sitting == 0);
            hour.map(|edited| usize::from(edited.minutes.get())).sum()
        });
        counted(
            minutes,
            t_string!(i18n, lead.in_all_1),
            t_string!(i18n, lead.in_all_n),
        )
    };
    let add = move |()| {
        let id = phases.with_untracked(|phases| {
            let ids = phases.iter().map(|edited| edited.phase.id.0);
            PhaseId(ids.max().unwrap_or(0).saturating_add(1))
        });
        let phase = Phase {
            id,
            title: Words::default(),
            prompt: Words::default(),
            kinds: vec![NoteKind::Problem],
            minutes: MINUTES,
            writing: Writing::Open,
            tools: Vec::new(),
            sitting: 0,
        };
        phases.update(|phases| {
            let hour = phases
                .iter()
                .take_while(|edited| edited.phase.sitting == 0)
                .count();
            phases.insert(hour, Edited::of(phase, locale));
        });
        open.set(Some(id));
    };
    let save = move |()| {
        let all: Vec<Phase> = phases.with_untracked(|phases| {
            let edited = phases.iter().map(|edited| edited.phase_now(locale));
            edited.collect()
        });
        if let Some(untitled) = all.iter().find(|phase| phase.title.is_empty()) {
            return open.set(Some(untitled.id));
        }
        if session.shared.with_untracked(|view| view.phases == all) {
            return lead.close();
        }
        sent.set_value(Some(all.clone()));
        lead.ask(Command::SetPhases { phases: all });
    };
    view! {
        <div class="stack">
            <p class="lead__quiet">{text!(lead.phases_text)}</p>
            <ol class="rows" data-testid="lead-phase-list">
                <For each=move || phases.get() key=|edited| edited.phase.id.0 let:edited>
                    {phase_row(lead, edited, phases, open)}
                </For>
            </ol>
            <p class="eyebrow">{in_all}</p>
            <div class="row row--wrap">
                <Button
                    icon=IconName::Plus
                    label=text!(lead.phase_add)
                    on_press=add
                    attr:data-testid="lead-phase-add"
                />
                <Button
                    kind=ButtonKind::Primary
                    label=text!(lead.save)
                    on_press=save
                    attr:data-testid="lead-save"
                />
            </div>
        </div>
    }
    .into_any()
}
