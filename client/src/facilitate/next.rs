//! The one black button: what comes next, in words.

use super::Lead;
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        t_string, td_string, text, use_i18n,
    },
    parts::{
        button::{Button, ButtonKind, ButtonSize},
        flow::Show,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, NextStep, Phase, PhaseId, SharedView};
use std::time::Duration;

/// The voice whose people the template means by "leaders".
const LEADERS: &str = "leader";

/// So long the button does nothing after it was pressed, and after it came to say something else.
const REST: Duration = Duration::from_secs(1);

/// The button, and a sentence where there is nothing to press.
#[component]
pub(super) fn NextButton(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let step = session.part(|view| view.next);
    let phase = session.part(|view| view.stage.phase());
    let words = Memo::new(move |_| {
        let locale = i18n.get_locale();
        session.shared.with(|view| words_of(locale, view))
    });
    // Two presses in a breath are one: nobody skips a phase by a finger that trembles, and nobody presses
    // what another has just put under their finger.
    let is_resting = RwSignal::new(false);
    let rests = StoredValue::new(0_u32);
    let rest = move || {
        is_resting.set(true);
        rests.update_value(|count| *count += 1);
        let this = rests.get_value();
        let wake = move || {
            // The panel may be gone.
            if rests.try_get_value() == Some(this) {
                is_resting.set(false);
            }
        };
        set_timeout(wake, REST);
    };
    Effect::new(move |before: Option<(Option<PhaseId>, NextStep)>| {
        let now = (phase.get(), step.get());
        if before.is_some_and(|before| before != now) {
            rest();
        }
        now
    });
    let press = move |()| {
        rest();
        let (from, step) = session
            .shared
            .with_untracked(|view| (view.stage.phase(), view.next));
        lead.ask(Command::Next { from, step });
    };
    let is_looking = session.part(|view| view.looking.is_some());
    let people = session.part(|view| view.people);
    let is_time_up = Memo::new({
        let left = session.seconds_left();
        move |_| left.get() == Some(0)
    });
    let when = move || match step.get() {
        NextStep::Begin => {
            let here = counted(
                people.get() as usize,
                t_string!(i18n, people.here_1),
                t_string!(i18n, people.here_n),
            );
            filled(t_string!(i18n, lead.ready), &[("here", &here)])
        }
        NextStep::Nothing => String::new(),
        _ if is_time_up.get() => t_string!(i18n, lead.time_is_up).to_owned(),
        _ => String::new(),
    };
    view! {
        <div class="lead__next">
            // Who comes is not said aloud each time; that time is up is.
            <p
                class="lead__when"
                aria-live=move || if step.get() == NextStep::Begin { "off" } else { "polite" }
            >
                {when}
            </p>
            <Show
                when=move || step.get() != NextStep::Nothing
                fallback=move || {
                    let is_over = session.part(|view| !view.phases.is_empty());
                    view! {
                        <p class="lead__quiet">
                            {move || {
                                if is_over.get() { text!(lead.over)() } else { text!(lead.no_phases)() }
                            }}
                        </p>
                    }
                }
            >
                <Show when=move || is_looking.get()>
                    <Button
                        label=text!(lead.stay)
                        on_press=move |()| lead.ask(Command::Stay)
                        attr:data-testid="lead-stay"
                    />
                </Show>
                <Button
                    kind=ButtonKind::Primary
                    size=ButtonSize::Large
                    label=move || words.get()
                    is_disabled=is_resting
                    on_press=press
                    attr:data-testid="lead-next"
                />
            </Show>
        </div>
    }
}

fn words_of(locale: Locale, view: &SharedView) -> String {
    let titled = |text: &str, phase: Option<&Phase>| {
        let title = phase.map(|phase| Replica::words(&phase.title, locale));
        filled(text, &[("title", &title.unwrap_or_default())])
    };
    let words = match view.next {
        NextStep::Begin => return titled(td_string!(locale, lead.next_begin), view.phases.first()),
        NextStep::Phase(id) if view.looking == Some(id) => {
            return titled(
                td_string!(locale, lead.next_after_looking),
                phase_of(view, id),
            );
        }
        NextStep::Phase(id) | NextStep::LookFirst(id) => {
            return titled(td_string!(locale, lead.next_phase), phase_of(view, id));
        }
        NextStep::Reveal => td_string!(locale, lead.next_reveal),
        NextStep::RevealLast if leaders_are_last(view) => {
            td_string!(locale, lead.next_reveal_leaders)
        }
        NextStep::RevealLast => td_string!(locale, lead.next_reveal_last),
        NextStep::CloseRound => td_string!(locale, lead.next_close_round),
        NextStep::ShowLastDots if leaders_are_last(view) => {
            td_string!(locale, lead.next_leaders_dots)
        }
        NextStep::ShowLastDots => td_string!(locale, lead.next_last_dots),
        NextStep::End => td_string!(locale, lead.next_end),
        NextStep::Nothing => "",
    };
    words.to_owned()
}

fn phase_of(view: &SharedView, id: PhaseId) -> Option<&Phase> {
    view.phases.iter().find(|phase| phase.id == id)
}

/// Whether "the leaders" says who is shown last: them, and nobody else.
fn leaders_are_last(view: &SharedView) -> bool {
    let mut last = view.voices.iter().filter(|known| known.voice.is_last);
    last.next()
        .is_some_and(|known| known.voice.id.as_str() == LEADERS)
        && last.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtavle_shared::session::{LocalizedText, Voice, VoiceView, Writing};

    fn view(next: NextStep, last: &[&str]) -> SharedView {
        let voice = |id: &&str| VoiceView {
            voice: Voice {
                id: (**id).into(),
                name: LocalizedText::own(id),
                is_last: last.contains(id),
            },
            people: 1,
        };
        SharedView {
            phases: vec![Phase {
                id: PhaseId(4),
                title: LocalizedText {
                    nb: "Løs det".into(),
                    nn: String::new(),
                    en: "Solve it".into(),
                },
                prompt: LocalizedText::default(),
                kinds: Vec::new(),
                minutes: 5,
                writing: Writing::Open,
                tools: Vec::new(),
                sitting: 0,
            }],
            voices: ["youth", LEADERS].iter().map(voice).collect(),
            next,
            ..SharedView::default()
        }
    }

    #[test]
    fn the_button_says_what_comes_next() {
        for (step, words) in [
            (NextStep::Begin, "Begynn: Løs det"),
            (NextStep::Phase(PhaseId(4)), "Neste: Løs det"),
            (NextStep::Reveal, "Vis alle lappene"),
            (NextStep::CloseRound, "Lukk avstemningen"),
            (NextStep::End, "Avslutt"),
            (NextStep::Nothing, ""),
        ] {
            assert_eq!(words_of(Locale::nb, &view(step, &[])), words);
        }
        let english = words_of(Locale::en, &view(NextStep::Begin, &[]));
        assert_eq!(english, "Begin: Solve it");
    }

    #[test]
    fn leaders_are_called_so_only_when_nobody_else_is_last() {
        let last = |last: &[&str]| words_of(Locale::nb, &view(NextStep::RevealLast, last));
        assert_eq!(last(&[LEADERS]), "Vis ledernes lapper");
        assert_eq!(last(&[LEADERS, "youth"]), "Vis de siste lappene");
        assert_eq!(last(&["youth"]), "Vis de siste lappene");
    }
}
