//! The agenda: a bar of segments as long as their minutes. Looking at the problem is ink, solving it is
//! the yellow of ideas. The same on every screen.

use super::timer::minutes_left;
use crate::{
    i18n::{language::filled, t_string, use_i18n},
    parts::flow::Show,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Phase, PhaseId, SharedView, Stage};

/// A phase of the present sitting, as it is drawn.
#[derive(Clone, Debug, PartialEq)]
struct Segment {
    id: PhaseId,
    minutes: u16,
    looks_at_the_problem: bool,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Behind,
    Present,
    Ahead,
}

/// The bar; nothing on a board without phases.
#[component]
pub(crate) fn AgendaBar(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let session = replica.session;
    let segments = session.part(segments);
    let done = move || {
        let now = session.now.get();
        session.shared.with(|view| done(view, now)).to_string()
    };
    let minutes = Memo::new(move |_| session.seconds_left().get().map(|left| left.div_ceil(60)));
    let spoken = move || {
        let segments = segments.read();
        let present = segments.iter().position(|one| one.place == Place::Present);
        let count = segments.len().to_string();
        let Some(present) = present else {
            return filled(t_string!(i18n, session.hour), &[("count", &count)]);
        };
        let left = minutes.get().unwrap_or(0) as usize;
        let left = if left == 0 {
            t_string!(i18n, session.time_is_up).to_owned()
        } else {
            minutes_left(i18n.get_locale(), left)
        };
        filled(
            t_string!(i18n, session.phase_of),
            &[
                ("number", &(present + 1).to_string()),
                ("count", &count),
                ("left", &left),
            ],
        )
    };
    view! {
        <Show when=move || !segments.read().is_empty()>
            <div class="hour" role="img" aria-label=spoken data-testid="hour">
                {move || {
                    segments
                        .get()
                        .into_iter()
                        .map(|segment| {
                            let fill = match segment.place {
                                Place::Ahead => None,
                                Place::Behind => Some(view! { <span class="hour__done"></span> }.into_any()),
                                Place::Present => {
                                    Some(view! { <span class="hour__done" style:--done=done></span> }.into_any())
                                }
                            };
                            view! {
                                <span
                                    class=class_of(&segment)
                                    data-phase=segment.id.0.to_string()
                                    style:--part=segment.minutes.max(1).to_string()
                                >
                                    {fill}
                                </span>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </Show>
    }
}

fn class_of(segment: &Segment) -> &'static str {
    match (
        segment.looks_at_the_problem,
        segment.place == Place::Present,
    ) {
        (true, false) => "hour__part",
        (true, true) => "hour__part hour__part--present",
        (false, false) => "hour__part hour__part--solve",
        (false, true) => "hour__part hour__part--solve hour__part--present",
    }
}

fn present_phase(view: &SharedView) -> Option<&Phase> {
    let id = view.stage.phase()?;
    view.phases.iter().find(|phase| phase.id == id)
}

/// The phases of the sitting that one is in, or that comes first.
fn segments(view: &SharedView) -> Vec<Segment> {
    let present = present_phase(view);
    let sitting = match view.stage {
        Stage::Over => view.phases.last(),
        Stage::Gathering | Stage::In(..) => present.or(view.phases.first()),
    };
    let Some(sitting) = sitting.map(|phase| phase.sitting) else {
        return Vec::new();
    };
    let present = present.map(|phase| phase.id);
    let mut is_behind = view.stage != Stage::Gathering;
    let phases = view.phases.iter().filter(|phase| phase.sitting == sitting);
    phases
        .map(|phase| {
            let place = if Some(phase.id) == present {
                is_behind = false;
                Place::Present
            } else if is_behind {
                Place::Behind
            } else {
                Place::Ahead
            };
            Segment {
                id: phase.id,
                minutes: phase.minutes,
                looks_at_the_problem: phase.looks_at_the_problem(),
                place,
            }
        })
        .collect()
}

/// The number of the present phase in its sitting, and how many there are.
pub(crate) fn place_in_sitting(view: &SharedView) -> Option<(usize, usize)> {
    let segments = segments(view);
    let present = segments
        .iter()
        .position(|one| one.place == Place::Present)?;
    Some((present + 1, segments.len()))
}

/// How much of the present phase is over, from 0 to 1. Time that was given to it makes it longer.
fn done(view: &SharedView, now: u64) -> f64 {
    let (Some(phase), Some(timer)) = (present_phase(view), view.stage.timer()) else {
        return 0.0;
    };
    let left = timer.left(now) as f64;
    let whole = (phase.milliseconds() as f64).max(left).max(1.0);
    ((1.0 - left / whole) * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtavle_shared::{
        board::NoteKind,
        session::{LocalizedText, Timer, Writing},
    };

    fn phase(id: u16, kind: NoteKind, minutes: u16, sitting: u8) -> Phase {
        Phase {
            id: PhaseId(id),
            title: LocalizedText::own("a"),
            prompt: LocalizedText::own("b"),
            kinds: vec![kind],
            minutes,
            writing: Writing::Open,
            tools: Vec::new(),
            sitting,
        }
    }

    fn view(stage: Stage) -> SharedView {
        SharedView {
            phases: vec![
                phase(1, NoteKind::Problem, 40, 0),
                phase(2, NoteKind::Habit, 15, 0),
                phase(3, NoteKind::Idea, 5, 0),
                phase(4, NoteKind::Plan, 30, 1),
            ],
            stage,
            ..SharedView::default()
        }
    }

    #[test]
    fn the_bar_is_the_present_sitting() {
        let places = |stage| -> Vec<Place> {
            let segments = segments(&view(stage));
            segments.iter().map(|segment| segment.place).collect()
        };
        let timer = Timer::Paused { left: 60_000 };
        use Place::{Ahead, Behind, Present};
        assert_eq!(places(Stage::Gathering), [Ahead, Ahead, Ahead]);
        assert_eq!(
            places(Stage::In(PhaseId(2), timer)),
            [Behind, Present, Ahead]
        );
        assert_eq!(places(Stage::In(PhaseId(4), timer)), [Present]);
        assert_eq!(places(Stage::Over), [Behind]);
    }

    #[test]
    fn what_is_done_follows_the_clock_and_never_goes_beyond_the_phase() {
        let at = |left| done(&view(Stage::In(PhaseId(3), Timer::Paused { left })), 0);
        assert!((at(5 * 60_000) - 0.0).abs() < 1e-9);
        assert!((at(150_000) - 0.5).abs() < 1e-9);
        assert!((at(0) - 1.0).abs() < 1e-9);
        assert!((at(9 * 60_000) - 0.0).abs() < 1e-9);
    }
}
