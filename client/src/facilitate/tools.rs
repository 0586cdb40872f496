//! Tools: what the present phase brings as buttons, all others under "more", each with what it does in
//! five words.

use super::{Lead, lead::Sheet};
use crate::{
    i18n::{Locale, td_string, text, use_i18n},
    parts::{
        flow::{For, Show},
        icon::{Icon, IconName},
        notice::use_notices,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::{
    Command, Locks, Scene, SharedView, Stage, Tool as PhaseTool, Writing,
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
}

/// What one sets once, or seldom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    People,
    Phases,
    Voices,
    Showing,
    Deck,
    Scene,
    Gather,
    Lock,
    Hidden,
}

/// A button's mark, words, and the name that tests find it by.
struct Face {
    icon: IconName,
    label: fn(Locale) -> &'static str,
    hint: fn(Locale) -> &'static str,
    hook: &'static str,
}

impl Tool {
    const ALL: [Self; 9] = [
        Self::Silence,
        Self::Groups,
        Self::DisturbAll,
        Self::SayBack,
        Self::Turns,
        Self::Vote,
        Self::ReadNext,
        Self::Insights,
        Self::Plans,
    ];

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
            PhaseTool::FarPair => return None,
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
        }
    }

    /// Whether it is of use just now: what goes on already is steered where it is shown.
    fn is_of_use(self, view: &SharedView) -> bool {
        match self {
            Self::Silence => view.writing == Writing::Open,
            Self::SayBack => view.say_back.is_none(),
            Self::Turns => view.turns.is_none(),
            Self::Vote => !view.round.as_ref().is_some_and(|round| round.is_open),
            _ => true,
        }
    }

    fn press(self, lead: Lead) {
        match self {
            Self::Silence => lead.ask(Command::StartSilence),
            Self::Groups => lead.show(Sheet::Groups),
            Self::DisturbAll => lead.ask(Command::DisturbAll),
            Self::SayBack => lead.ask(Command::StartSayBack),
            Self::Turns => lead.ask(Command::StartTurns),
            Self::Vote => lead.show(Sheet::Vote),
            Self::ReadNext => lead.ask(Command::ReadNext),
            Self::Insights => lead.show_insights(),
            Self::Plans => lead.show_plans(),
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
    let others = Tool::ALL
        .into_iter()
        .filter(|tool| !present.contains(tool) && tool.is_of_use(view))
        .collect();
    present.retain(|tool| tool.is_of_use(view));
    (present, others)
}

/// The buttons.
#[component]
pub(super) fn Tools(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let present = session.part(|view| tools_of(view).0);
    let others = session.part(|view| tools_of(view).1);
    let has_begun = session.part(|view| view.stage != Stage::Gathering);
    let notices = use_notices();
    let surprises = session.part(|view| view.surprises);
    Effect::new(move |before: Option<u32>| {
        let now = surprises.get();
        if before.is_some_and(|before| before < now) {
            notices.show(td_string!(i18n.get_locale_untracked(), lead.disturbed));
        }
        now
    });
    view! {
        <Show when=move || present.with(|tools| !tools.is_empty())>
            <div class="lead__tools" role="group" aria-label=text!(lead.tools)>
                <For each=move || present.get() key=|tool| *tool let:tool>
                    {tool_button(lead, tool)}
                </For>
            </div>
        </Show>
        <details class="lead__more">
            <summary data-testid="lead-more">
                <span>{text!(common.more)}</span>
                <Icon name=IconName::ChevronDown />
            </summary>
            <Show when=move || has_begun.get() fallback=move || view! { <BeforeBegin lead /> }>
                <div class="lead__tools" role="group" aria-label=text!(lead.more_tools)>
                    <For each=move || others.get() key=|tool| *tool let:tool>
                        {tool_button(lead, tool)}
                    </For>
                </div>
            </Show>
            <Settings lead />
        </details>
    }
}

/// Before the hour has begun people come, and are seated: no more is of use.
#[component]
fn BeforeBegin(lead: Lead) -> impl IntoView {
    view! {
        <div class="lead__tools">
            {[Tool::Groups, Tool::Silence, Tool::Turns, Tool::Vote]
                .map(|tool| {
                    let is_of_use = lead.replica.session.part(move |view| tool.is_of_use(view));
                    view! { <Show when=move || is_of_use.get()>{tool_button(lead, tool)}</Show> }
                })
                .into_iter()
                .collect_view()}
        </div>
    }
}

fn tool_button(lead: Lead, tool: Tool) -> AnyView {
    button_of(tool.face(), move || tool.press(lead))
}

fn button_of(face: Face, press: impl Fn() + 'static) -> AnyView {
    let i18n = use_i18n();
    let Face {
        icon,
        label,
        hint,
        hook,
    } = face;
    view! {
        <button
            type="button"
            class="button button--quiet lead__tool"
            data-testid=hook
            on:click=move |_| press()
        >
            <Icon name=icon />
            <span class="lead__tool-name">{move || label(i18n.get_locale())}</span>
            <span class="lead__tool-hint">{move || hint(i18n.get_locale())}</span>
        </button>
    }
    .into_any()
}

impl Setting {
    const ALL: [Self; 9] = [
        Self::People,
        Self::Phases,
        Self::Voices,
        Self::Showing,
        Self::Deck,
        Self::Scene,
        Self::Gather,
        Self::Lock,
        Self::Hidden,
    ];

    fn face(self, locks: &Locks) -> Face {
        match self {
            Self::People => Face {
                icon: IconName::People,
                label: |locale| td_string!(locale, lead.people),
                hint: |locale| td_string!(locale, lead.people_hint),
                hook: "lead-people",
            },
            Self::Phases => Face {
                icon: IconName::Clock,
                label: |locale| td_string!(locale, lead.phases),
                hint: |locale| td_string!(locale, lead.phases_hint),
                hook: "lead-phases",
            },
            Self::Voices => Face {
                icon: IconName::Speech,
                label: |locale| td_string!(locale, lead.voices),
                hint: |locale| td_string!(locale, lead.voices_hint),
                hook: "lead-voices",
            },
            Self::Showing => Face {
                icon: IconName::Eye,
                label: |locale| td_string!(locale, lead.showing),
                hint: |locale| td_string!(locale, lead.showing_hint),
                hook: "lead-showing",
            },
            Self::Deck => Face {
                icon: IconName::Card,
                label: |locale| td_string!(locale, lead.deck),
                hint: |locale| td_string!(locale, lead.deck_hint),
                hook: "lead-deck",
            },
            Self::Scene => Face {
                icon: IconName::Screen,
                label: |locale| td_string!(locale, lead.scene),
                hint: |locale| td_string!(locale, lead.scene_hint),
                hook: "lead-scene",
            },
            Self::Gather => Face {
                icon: IconName::Gather,
                label: |locale| td_string!(locale, lead.gather),
                hint: |locale| td_string!(locale, lead.gather_hint),
                hook: "lead-gather",
            },
            Self::Lock if locks.board => Face {
                icon: IconName::Lock,
                label: |locale| td_string!(locale, lead.unlock),
                hint: |locale| td_string!(locale, lead.unlock_hint),
                hook: "lead-lock",
            },
            Self::Lock => Face {
                icon: IconName::Lock,
                label: |locale| td_string!(locale, lead.lock),
                hint: |locale| td_string!(locale, lead.lock_hint),
                hook: "lead-lock",
            },
            Self::Hidden => Face {
                icon: IconName::EyeOff,
                label: |locale| td_string!(locale, lead.hidden),
                hint: |locale| td_string!(locale, lead.hidden_hint),
                hook: "lead-hidden",
            },
        }
    }

    fn press(self, lead: Lead) {
        match self {
            Self::People => lead.show(Sheet::People),
            Self::Phases => lead.show(Sheet::Phases),
            Self::Voices => lead.show(Sheet::Voices),
            Self::Showing => lead.show(Sheet::Showing),
            Self::Deck => lead.show(Sheet::Deck),
            Self::Scene => lead.show(Sheet::Scene),
            Self::Hidden => lead.show(Sheet::Hidden),
            Self::Gather => {
                if let Some(look) = lead.look {
                    lead.ask(Command::GatherHere {
                        rect: look.get_untracked(),
                    });
                }
            }
            Self::Lock => {
                let session = lead.replica.session;
                let mut locks = session.shared.with_untracked(|view| view.locks.clone());
                locks.board = !locks.board;
                lead.ask(Command::Lock { locks });
            }
        }
    }
}

#[component]
fn Settings(lead: Lead) -> impl IntoView {
    let session = lead.replica.session;
    let locks = session.part(|view| view.locks.clone());
    let has_hidden = session.part(|view| !view.hidden.is_empty());
    let shown = move || {
        let is_shown = |setting: &Setting| match setting {
            Setting::Gather => lead.look.is_some(),
            Setting::Hidden => has_hidden.get(),
            _ => true,
        };
        let is_locked = locks.with(|locks| locks.board);
        Setting::ALL
            .into_iter()
            .filter(is_shown)
            .map(|setting| (setting, is_locked && setting == Setting::Lock))
            .collect::<Vec<_>>()
    };
    view! {
        <div class="lead__tools lead__settings" role="group" aria-label=text!(lead.settings)>
            <For each=shown key=|&(setting, is_on)| (setting as u8, is_on) let:shown>
                {button_of(shown.0.face(&locks.get_untracked()), move || shown.0.press(lead))}
            </For>
        </div>
    }
}

impl Lead {
    /// The wall shows what is not covered yet, and so does this screen.
    fn show_insights(self) {
        self.ask(Command::SetScene {
            scene: Some(Scene::Insights),
        });
        self.insights.set(true);
    }

    /// The wall shows the plans by their state, and so does this screen.
    fn show_plans(self) {
        self.ask(Command::SetScene {
            scene: Some(Scene::Plans),
        });
        self.plans.set(true);
    }
}
