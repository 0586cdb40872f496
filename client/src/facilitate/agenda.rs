//! The agenda: the phases of the present sitting, the present one marked, those that have ended ticked; what
//! other sittings bring, in one line each that unfolds; and the clock.

use super::{Lead, lead::Sheet};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::{
        button::Button,
        flow::{For, Show},
        icon::{Icon, IconName, IconSize},
        words::listed,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, NextStep, Phase, PhaseId, SharedView, Stage};
use std::cmp::Ordering;

/// How a phase stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Ahead,
    Present,
    Ended,
}

/// Which sitting a phase belongs to, seen from the present one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sitting {
    Earlier,
    Present,
    Later,
}

/// A place in the list. What a phase is called and how it stands follows the session inside of its row,
/// so that whoever is on it by keyboard stays there.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    id: PhaseId,
    number: usize,
}

/// The list, and the clock under it.
#[component]
pub(super) fn Agenda(lead: Lead) -> impl IntoView {
    let places = lead
        .replica
        .session
        .part(|view| places_of(view, Sitting::Present));
    view! {
        <div class="lead__hour">
            {other_sitting(lead, Sitting::Earlier)}
            <ol class="lead__phases" data-testid="lead-hour" aria-label=text!(lead.hour)>
                <For each=move || places.get() key=|place| (place.id.0, *place) let:place>
                    {phase_row(lead, place)}
                </For>
            </ol>
            {other_sitting(lead, Sitting::Later)}
            <Clock lead />
        </div>
    }
}

/// «Senere: Planlegg og prøv · Lag og del»: one line, and the phases under it for who unfolds it.
fn other_sitting(lead: Lead, which: Sitting) -> impl IntoView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let places = session.part(move |view| places_of(view, which));
    let titles = session.part(move |view| {
        let phases = phases_of(view, which);
        phases
            .map(|(_, phase)| phase.title.clone())
            .collect::<Vec<_>>()
    });
    let words = move || {
        let locale = i18n.get_locale();
        let titles: Vec<String> = titles.with(|titles| {
            let titles = titles.iter();
            titles.map(|title| Replica::words(title, locale)).collect()
        });
        let titles = listed(titles, " · ");
        let words = match which {
            Sitting::Earlier => t_string!(i18n, lead.earlier),
            Sitting::Present | Sitting::Later => t_string!(i18n, lead.later),
        };
        filled(words, &[("titles", &titles)])
    };
    view! {
        <Show when=move || places.with(|places| !places.is_empty())>
            <details class="lead__sitting">
                <summary>
                    <span>{words}</span>
                    <Icon name=IconName::ChevronDown size=IconSize::Small />
                </summary>
                <ol class="lead__phases">
                    <For each=move || places.get() key=|place| (place.id.0, *place) let:place>
                        {phase_row(lead, place)}
                    </For>
                </ol>
            </details>
        </Show>
    }
}

/// The sitting that goes on: before the hour the first, when it is over the last.
fn sitting_now(view: &SharedView) -> u8 {
    let last = || view.phases.last().map_or(0, |phase| phase.sitting);
    match view.stage {
        Stage::Gathering => 0,
        Stage::Over => last(),
        Stage::In(now, _) => {
            let mut phases = view.phases.iter();
            phases
                .find(|phase| phase.id == now)
                .map_or(0, |phase| phase.sitting)
        }
    }
}

fn phases_of(view: &SharedView, which: Sitting) -> impl Iterator<Item = (usize, &Phase)> {
    let now = sitting_now(view);
    view.phases.iter().enumerate().filter(move |(_, phase)| {
        let sitting = match phase.sitting.cmp(&now) {
            Ordering::Less => Sitting::Earlier,
            Ordering::Equal => Sitting::Present,
            Ordering::Greater => Sitting::Later,
        };
        sitting == which
    })
}

fn places_of(view: &SharedView, which: Sitting) -> Vec<Place> {
    let place = |(index, phase): (usize, &Phase)| Place {
        id: phase.id,
        number: index + 1,
    };
    phases_of(view, which).map(place).collect()
}

fn standing_of(view: &SharedView, id: PhaseId) -> Standing {
    if view.stage.phase() == Some(id) {
        Standing::Present
    } else if view.ended.contains(&id) {
        Standing::Ended
    } else {
        Standing::Ahead
    }
}

fn phase_row(lead: Lead, place: Place) -> impl IntoView {
    let i18n = use_i18n();
    let Place { id, number } = place;
    let session = lead.replica.session;
    let standing = session.part(move |view| standing_of(view, id));
    let words = session.part(move |view| {
        let phase = view.phases.iter().find(|phase| phase.id == id)?;
        Some((phase.title.clone(), phase.minutes))
    });
    let class = move || match standing.get() {
        Standing::Ahead => "lead__phase",
        Standing::Present => "lead__phase lead__phase--present",
        Standing::Ended => "lead__phase lead__phase--ended",
    };
    let title = move || {
        words.with(|words| {
            let title = words.as_ref().map(|(title, _)| title);
            title.map(|title| Replica::words(title, i18n.get_locale()))
        })
    };
    let minutes = move || words.with(|words| words.as_ref().map_or(0, |(_, minutes)| *minutes));
    let time = move || {
        counted(
            minutes().into(),
            t_string!(i18n, lead.minutes_1),
            t_string!(i18n, lead.minutes_n),
        )
    };
    let is_ended = move || standing.get() == Standing::Ended;
    view! {
        <li>
            <button
                type="button"
                class=class
                data-phase=id.0.to_string()
                aria-current=move || (standing.get() == Standing::Present).then_some("step")
                on:click=move |_| go_to(lead, id)
            >
                <span class="lead__number tabular">
                    <Show when=is_ended fallback=move || number>
                        <Icon name=IconName::Check size=IconSize::Small />
                        <span class="visually-hidden">{text!(lead.ended)}</span>
                    </Show>
                </span>
                <span class="lead__phase-title" dir="auto">{title}</span>
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
    let is_next = matches!(next, NextStep::Phase(next) | NextStep::LookFirst(next) if next == to)
        || (next == NextStep::Begin && first == Some(to));
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
    let waits = session.clock_waits();
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
                            if waits.get() {
                                t_string!(i18n, lead.start)
                            } else if is_paused.get() {
                                t_string!(i18n, lead.resume)
                            } else {
                                t_string!(i18n, lead.pause)
                            }
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
