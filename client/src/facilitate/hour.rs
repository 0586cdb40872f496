//! The hour: its phases, the present one marked, those that have ended ticked; and its clock.

use super::{Lead, lead::Sheet};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::Button,
        flow::{For, Show},
        icon::{Icon, IconName, IconSize},
        language::counted,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, NextStep, PhaseId, SharedView, Stage, Words};

/// How a phase stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Standing {
    Ahead,
    Present,
    Ended,
}

/// A phase as it stands in the list.
#[derive(Clone, PartialEq)]
struct Row {
    id: PhaseId,
    number: usize,
    title: Words,
    minutes: u16,
    standing: Standing,
    /// It begins another sitting.
    begins_sitting: bool,
}

/// The list, and the clock under it.
#[component]
pub(super) fn Hour(lead: Lead) -> impl IntoView {
    let rows = lead.replica.session.part(rows_of);
    view! {
        <div class="lead__hour">
            <ol class="lead__phases" data-testid="lead-hour" aria-label=text!(lead.hour)>
                <For
                    each=move || rows.get()
                    key=|row| {
                        (
                            row.id.0,
                            row.number,
                            row.minutes,
                            row.standing,
                            row.begins_sitting,
                            (row.title.nb.clone(), row.title.en.clone()),
                        )
                    }
                    let:row
                >
                    {phase_row(lead, row)}
                </For>
            </ol>
            <Clock lead />
        </div>
    }
}

fn rows_of(view: &SharedView) -> Vec<Row> {
    let present = view.stage.phase();
    let mut sitting = 0;
    let row = |(index, phase): (usize, &samtavle_shared::session::Phase)| {
        let begins_sitting = phase.sitting > sitting;
        sitting = phase.sitting;
        Row {
            id: phase.id,
            number: index + 1,
            title: phase.title.clone(),
            minutes: phase.minutes,
            standing: if present == Some(phase.id) {
                Standing::Present
            } else if view.ended.contains(&phase.id) {
                Standing::Ended
            } else {
                Standing::Ahead
            },
            begins_sitting,
        }
    };
    view.phases.iter().enumerate().map(row).collect()
}

fn phase_row(lead: Lead, row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let Row {
        id,
        number,
        title,
        minutes,
        standing,
        begins_sitting,
    } = row;
    let class = match standing {
        Standing::Ahead => "lead__phase",
        Standing::Present => "lead__phase lead__phase--present",
        Standing::Ended => "lead__phase lead__phase--ended",
    };
    let time = move || {
        counted(
            minutes.into(),
            t_string!(i18n, lead.minutes_1),
            t_string!(i18n, lead.minutes_n),
        )
    };
    view! {
        {begins_sitting.then(|| view! { <li class="lead__sitting">{text!(lead.another_day)}</li> })}
        <li>
            <button
                type="button"
                class=class
                data-phase=id.0.to_string()
                aria-current=(standing == Standing::Present).then_some("step")
                on:click=move |_| go_to(lead, id)
            >
                <span class="lead__number tabular">
                    {if standing == Standing::Ended {
                        view! {
                            <Icon name=IconName::Check size=IconSize::Small />
                            <span class="visually-hidden">{text!(lead.ended)}</span>
                        }
                            .into_any()
                    } else {
                        number.into_any()
                    }}
                </span>
                <span class="lead__phase-title">
                    {move || Replica::words(&title, i18n.get_locale())}
                </span>
                <span class="lead__minutes tabular" aria-hidden="true">{minutes}</span>
                <span class="visually-hidden">{time}</span>
            </button>
        </li>
    }
}

/// The next phase begins at once; any other is asked about first.
fn go_to(lead: Lead, to: PhaseId) {
    let (from, next, first) = lead.replica.session.shared.with_untracked(|view| {
        let first = view.phases.first().map(|phase| phase.id);
        (view.stage.phase(), view.next, first)
    });
    if from == Some(to) {
        return;
    }
    let is_next = next == NextStep::Phase(to) || (next == NextStep::Begin && first == Some(to));
    if is_next {
        lead.ask(Command::Next { from, step: next });
    } else {
        lead.show(Sheet::GoTo(to));
    }
}

/// Pause, and one minute more.
#[component]
fn Clock(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let is_paused = session.is_paused();
    let has_clock = session.part(|view| matches!(view.stage, Stage::In(..)));
    let pause = move |()| {
        lead.ask(if is_paused.get_untracked() {
            Command::Resume
        } else {
            Command::Pause
        });
    };
    view! {
        <Show when=move || has_clock.get()>
            <div class="lead__pair">
                <button
                    type="button"
                    class="button button--quiet"
                    data-testid="lead-pause"
                    on:click=move |_| pause(())
                >
                    {move || {
                        let name = if is_paused.get() { IconName::Play } else { IconName::Pause };
                        view! { <Icon name /> }
                    }}
                    <span>
                        {move || {
                            if is_paused.get() { t_string!(i18n, lead.resume) } else { t_string!(i18n, lead.pause) }
                        }}
                    </span>
                </button>
                <Button
                    icon=IconName::Plus
                    label=text!(lead.minute)
                    on_press=move |()| lead.ask(Command::AddMinutes { minutes: 1 })
                    attr:data-testid="lead-minute"
                />
            </div>
        </Show>
    }
}
