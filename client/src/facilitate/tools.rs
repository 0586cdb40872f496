//! Tools: what the present phase brings as buttons, all others under "more", each with what it does in
//! five words.

use super::{
    Lead,
    face::{Face, face_button},
    lead::Sheet,
    settings::Settings,
    turn_time,
};
use crate::{
    i18n::{td_string, text},
    moments::{MomentState, Sheet as MomentSheet, ask_for_pair, disturb_me},
    parts::{
        flow::{For, Show},
        icon::{Icon, IconName},
        notice::{Notices, use_notices},
    },
};
use leptos::{html, prelude::*, text_prop::TextProp};
use samtavle_shared::session::{
    Command, PhaseId, Scene, SharedView, Stage, Tool as PhaseTool, Writing,
};

/// Something to reach for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Tool {
    Silence,
    Groups,
    DisturbAll,
    SayBack,
    Turns,
    Vote,
    ReadNext,
    Insights,
    Plans,
    /// For oneself, as everybody has it.
    DisturbMe,
    FarPair,
    Result,
}

impl Tool {
    const ALL: [Self; 12] = [
        Self::Silence,
        Self::Groups,
        Self::DisturbAll,
        Self::SayBack,
        Self::Turns,
        Self::Vote,
        Self::ReadNext,
        Self::Insights,
        Self::Plans,
        Self::Result,
        Self::DisturbMe,
        Self::FarPair,
    ];

    /// Before the hour has begun people come, and are seated; more is not of use yet.
    const WHILE_GATHERING: [Self; 4] = [Self::Groups, Self::Silence, Self::Turns, Self::Vote];

    /// A phase names its tools; far pairs are everybody's own.
    const fn of(tool: PhaseTool) -> Option<Self> {
        Some(match tool {
            PhaseTool::Groups => Self::Groups,
            PhaseTool::Disturb => Self::DisturbAll,
            PhaseTool::SayBack => Self::SayBack,
            PhaseTool::Turns => Self::Turns,
            PhaseTool::Vote => Self::Vote,
            PhaseTool::Insights => Self::Insights,
            PhaseTool::Plans => Self::Plans,
            PhaseTool::Read => Self::ReadNext,
            PhaseTool::FarPair | PhaseTool::Clusters => return None,
        })
    }

    const fn face(self) -> Face {
        match self {
            Self::Silence => Face {
                icon: IconName::EyeOff,
                label: |locale| td_string!(locale, lead.silence),
                hint: |locale| td_string!(locale, lead.silence_hint),
                hook: "lead-silence",
            },
            Self::Groups => Face {
                icon: IconName::People,
                label: |locale| td_string!(locale, lead.groups),
                hint: |locale| td_string!(locale, lead.groups_hint),
                hook: "lead-groups",
            },
            Self::DisturbAll => Face {
                icon: IconName::Bolt,
                label: |locale| td_string!(locale, lead.disturb),
                hint: |locale| td_string!(locale, lead.disturb_hint),
                hook: "lead-disturb-all",
            },
            Self::SayBack => Face {
                icon: IconName::Speech,
                label: |locale| td_string!(locale, lead.say_back),
                hint: |locale| td_string!(locale, lead.say_back_hint),
                hook: "lead-say-back",
            },
            Self::Turns => Face {
                icon: IconName::Turns,
                label: |locale| td_string!(locale, lead.turns),
                hint: |locale| td_string!(locale, lead.turns_hint),
                hook: "lead-turns",
            },
            Self::Vote => Face {
                icon: IconName::Vote,
                label: |locale| td_string!(locale, lead.vote),
                hint: |locale| td_string!(locale, lead.vote_hint),
                hook: "lead-vote",
            },
            Self::ReadNext => Face {
                icon: IconName::Book,
                label: |locale| td_string!(locale, lead.read_next),
                hint: |locale| td_string!(locale, lead.read_next_hint),
                hook: "lead-read-next",
            },
            Self::Insights => Face {
                icon: IconName::Info,
                label: |locale| td_string!(locale, lead.insights),
                hint: |locale| td_string!(locale, lead.insights_hint),
                hook: "lead-insights",
            },
            Self::Plans => Face {
                icon: IconName::Plan,
                label: |locale| td_string!(locale, lead.plans),
                hint: |locale| td_string!(locale, lead.plans_hint),
                hook: "lead-plans",
            },
            Self::DisturbMe => Face {
                icon: IconName::Bolt,
                label: |locale| td_string!(locale, moment.disturb_me),
                hint: |locale| td_string!(locale, lead.disturb_me_hint),
                hook: "disturb-me",
            },
            Self::FarPair => Face {
                icon: IconName::Link,
                label: |locale| td_string!(locale, lead.far_pair),
                hint: |locale| td_string!(locale, lead.far_pair_hint),
                hook: "far-pair",
            },
            Self::Result => Face {
                icon: IconName::Vote,
                label: |locale| td_string!(locale, moment.result),
                hint: |locale| td_string!(locale, lead.result_hint),
                hook: "open-result",
            },
        }
    }

    /// Whether it is of use just now: what goes on already is steered where it is shown.
    fn is_of_use(self, view: &SharedView) -> bool {
        match self {
            Self::Silence => view.writing == Writing::Open,
            Self::SayBack => view.say_back.is_none(),
            Self::Turns => view.turns.is_none(),
            Self::Vote => !view.round.as_ref().is_some_and(|round| round.is_open),
            Self::DisturbMe | Self::FarPair => matches!(view.stage, Stage::In(..)),
            Self::Result => {
                let mut rounds = view.round.iter().chain(&view.former_rounds);
                rounds.any(|round| round.result.is_some())
            }
            _ => true,
        }
    }

    fn press(self, lead: Lead, notices: Notices) {
        match self {
            Self::Silence => lead.ask(Command::StartSilence),
            Self::Groups => lead.show(Sheet::Groups),
            Self::DisturbAll => lead.ask(Command::DisturbAll),
            Self::SayBack => lead.ask(Command::StartSayBack),
            Self::Turns => lead.ask(Command::StartTurns {
                seconds: turn_time::remembered(),
            }),
            Self::Vote => lead.show(Sheet::Vote),
            Self::ReadNext => lead.ask(Command::ReadNext),
            Self::Insights => lead.show_both(Scene::Insights, MomentSheet::Insights),
            Self::Plans => lead.show_both(Scene::Plans, MomentSheet::Plans),
            Self::DisturbMe => disturb_me(lead.replica),
            Self::Result => MomentState::of(lead.replica).open(MomentSheet::Result),
            Self::FarPair => {
                if !ask_for_pair(MomentState::of(lead.replica)) {
                    notices.show(untrack(|| text!(moment.far_pair_none)().to_string()));
                }
            }
        }
    }
}

/// The tools of the present phase, and those that are of use at other times.
fn tools_of(view: &SharedView) -> (Vec<Tool>, Vec<Tool>) {
    let phase = view
        .stage
        .phase()
        .and_then(|id| view.phases.iter().find(|phase| phase.id == id));
    let mut present: Vec<Tool> = Vec::new();
    if let Some(phase) = phase {
        if phase.writing == Writing::Silent {
            present.push(Tool::Silence);
        }
        present.extend(phase.tools.iter().copied().filter_map(Tool::of));
    }
    let all: &[Tool] = if view.stage == Stage::Gathering {
        &Tool::WHILE_GATHERING
    } else {
        &Tool::ALL
    };
    let is_other = |tool: &Tool| !present.contains(tool) && tool.is_of_use(view);
    let others = all.iter().copied().filter(is_other).collect();
    present.retain(|tool| tool.is_of_use(view));
    (present, others)
}

/// The buttons.
#[component]
pub(super) fn Tools(lead: Lead) -> impl IntoView {
    let session = lead.replica.session;
    let present = session.part(|view| tools_of(view).0);
    let others = session.part(|view| tools_of(view).1);
    let notices = use_notices();
    // A new phase brings its own: what was unfolded for the last one makes way.
    let more = NodeRef::<html::Details>::new();
    let phase = session.part(|view| view.stage.phase());
    Effect::new(move |before: Option<Option<PhaseId>>| {
        let phase = phase.get();
        if let Some(more) = more
            .get_untracked()
            .filter(|_| before.is_some_and(|before| before != phase))
        {
            more.set_open(false);
        }
        phase
    });
    // What is seen on the others' screens only is told here in a sentence.
    let told = [
        (
            session.part(|view| view.surprises),
            text!(lead.disturbed).into(),
        ),
        (
            session.part(|view| view.gather.map_or(0, |gather| gather.count)),
            TextProp::from(text!(lead.gathered)),
        ),
    ];
    for (count, words) in told {
        Effect::new(move |before: Option<u32>| {
            let now = count.get();
            if before.is_some_and(|before| before < now) {
                notices.show(untrack(|| words.get().to_string()));
            }
            now
        });
    }
    view! {
        <Show when=move || present.with(|tools| !tools.is_empty())>
            <div class="lead__tools" role="group" aria-label=text!(lead.tools)>
                <For each=move || present.get() key=|tool| *tool let:tool>
                    {tool_button(lead, tool)}
                </For>
            </div>
        </Show>
        <details class="lead__more" node_ref=more>
            <summary data-testid="lead-more">
                <span>{text!(common.more)}</span>
                <Icon name=IconName::ChevronDown />
            </summary>
            <div class="lead__tools" role="group" aria-label=text!(lead.more_tools)>
                <For each=move || others.get() key=|tool| *tool let:tool>
                    {tool_button(lead, tool)}
                </For>
            </div>
            <Settings lead />
        </details>
    }
}

fn tool_button(lead: Lead, tool: Tool) -> AnyView {
    let notices = use_notices();
    face_button(&tool.face(), move || tool.press(lead, notices))
}

impl Lead {
    /// The wall shows it, and so does this screen.
    fn show_both(self, scene: Scene, sheet: MomentSheet) {
        self.ask(Command::SetScene {
            scene: Some(scene),
            is_pinned: false,
        });
        MomentState::of(self.replica).open(sheet);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtavle_shared::session::{LocalizedText, Phase, Timer};

    fn in_a_phase(writing: Writing, tools: &[PhaseTool]) -> SharedView {
        SharedView {
            phases: vec![Phase {
                id: PhaseId(1),
                title: LocalizedText::own("Se"),
                prompt: LocalizedText::default(),
                kinds: Vec::new(),
                minutes: 10,
                writing,
                tools: tools.to_vec(),
                sitting: 0,
            }],
            stage: Stage::In(PhaseId(1), Timer::Paused { left: 0 }),
            ..SharedView::default()
        }
    }

    #[test]
    fn every_tool_is_there_once_the_phase_s_own_first() {
        let view = in_a_phase(Writing::Silent, &[PhaseTool::Vote, PhaseTool::FarPair]);
        let (present, others) = tools_of(&view);
        assert_eq!(present, [Tool::Silence, Tool::Vote]);
        assert_eq!(
            present.len() + others.len(),
            Tool::ALL.len() - 1,
            "there is no result yet"
        );
        assert!(!others.iter().any(|tool| present.contains(tool)));
    }

    #[test]
    fn what_goes_on_already_is_not_begun_again() {
        let mut view = in_a_phase(Writing::Silent, &[PhaseTool::SayBack]);
        view.writing = Writing::Silent;
        view.say_back = Some((3, 0, 0));
        let (present, others) = tools_of(&view);
        assert_eq!(present, []);
        assert!(!others.contains(&Tool::SayBack) && !others.contains(&Tool::Silence));
    }

    #[test]
    fn before_it_begins_there_is_little_to_reach_for() {
        let (present, others) = tools_of(&SharedView::default());
        assert_eq!(present, []);
        assert_eq!(others, Tool::WHILE_GATHERING);
    }
}
