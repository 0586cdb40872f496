//! The phases: edit, add, take out, put in another order. Saved all at once.

use super::{
    super::Lead,
    phase_row::{Edited, phase_row},
};
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        flow::For,
        icon::IconName,
        words::listed,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    session::{Command, LocalizedText, Phase, PhaseId, Writing},
};

/// A new phase's time.
const MINUTES: u16 = 10;

/// The minutes of each sitting.
fn sittings(phases: &[Edited]) -> Vec<usize> {
    let mut sums = vec![0];
    for (place, edited) in phases.iter().enumerate() {
        if place > 0 && edited.begins.get() {
            sums.push(0);
        }
        if let Some(sum) = sums.last_mut() {
            *sum += usize::from(edited.minutes.get());
        }
    }
    sums
}

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let locale = i18n.get_locale_untracked();
    let phases = RwSignal::new_local(session.shared.with_untracked(|view| {
        let mut before = 0;
        let edited = |phase: &Phase| {
            let begins = std::mem::replace(&mut before, phase.sitting) < phase.sitting;
            Edited::of(phase.clone(), begins, locale)
        };
        view.phases.iter().map(edited).collect::<Vec<_>>()
    }));
    let open = RwSignal::new(None::<PhaseId>);
    let sent = StoredValue::new(None::<Vec<Phase>>);
    lead.close_when(move || {
        session.shared.with(|view| {
            sent.with_value(|sent| sent.as_ref().is_some_and(|sent| *sent == view.phases))
        })
    });
    // Of each sitting, and of all that is shown where there are several.
    let in_all = move || {
        let sums = phases.with(|phases| sittings(phases));
        let all = counted(
            sums.iter().sum(),
            t_string!(i18n, lead.in_all_1),
            t_string!(i18n, lead.in_all_n),
        );
        if sums.len() < 2 {
            return all;
        }
        let each = sums.iter().map(ToString::to_string);
        [&*all, ": ", &listed(each, " + ")].concat()
    };
    let add = move |()| {
        let id = phases.with_untracked(|phases| {
            let ids = phases.iter().map(|edited| edited.phase.id.0);
            PhaseId(ids.max().unwrap_or(0).saturating_add(1))
        });
        let phase = Phase {
            id,
            title: LocalizedText::default(),
            prompt: LocalizedText::default(),
            kinds: vec![NoteKind::Problem],
            minutes: MINUTES,
            writing: Writing::Open,
            tools: Vec::new(),
            sitting: 0,
        };
        phases.update(|phases| {
            let first = phases.iter().skip(1);
            let hour = first
                .take_while(|edited| !edited.begins.get_untracked())
                .count();
            let end = (hour + 1).min(phases.len());
            phases.insert(end, Edited::of(phase, false, locale));
        });
        open.set(Some(id));
    };
    let save = move |()| {
        let all: Vec<Phase> = phases.with_untracked(|phases| {
            let mut sitting = 0;
            let edited = phases.iter().enumerate().map(|(place, edited)| {
                let begins = place > 0 && edited.begins.get_untracked();
                sitting += u8::from(begins);
                edited.phase_now(locale, sitting)
            });
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
