//! One phase while it is edited: a line, and its fields when it is open.

use super::super::{Lead, stepper::Stepper};
use crate::{
    i18n::{
        Locale,
        language::{counted, session_language},
        t_string, td_string, text, use_i18n,
    },
    parts::{
        button::{IconButton, TipSide},
        choice::{Choice, choice_row},
        field::TextField,
        flow::Show,
        fresh_id,
        icon::{Icon, IconName, IconSize},
        kinds::kind_name,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    session::{LocalizedText, Phase, PhaseId, Tool, Writing},
};

/// A phase while it is edited.
#[derive(Clone)]
pub(super) struct Edited {
    /// As it came.
    pub(super) phase: Phase,
    title: RwSignal<String>,
    prompt: RwSignal<String>,
    pub(super) minutes: RwSignal<u16>,
    kinds: RwSignal<Vec<NoteKind>>,
    writing: RwSignal<Writing>,
    tools: RwSignal<Vec<Tool>>,
    /// Whether another sitting begins with it: another day.
    pub(super) begins: RwSignal<bool>,
}

type All = RwSignal<Vec<Edited>, LocalStorage>;

impl Edited {
    pub(super) fn of(phase: Phase, begins: bool, locale: Locale) -> Self {
        Self {
            title: RwSignal::new(Replica::words(&phase.title, locale)),
            prompt: RwSignal::new(Replica::words(&phase.prompt, locale)),
            minutes: RwSignal::new(phase.minutes),
            kinds: RwSignal::new(phase.kinds.clone()),
            writing: RwSignal::new(phase.writing),
            tools: RwSignal::new(phase.tools.clone()),
            begins: RwSignal::new(begins),
            phase,
        }
    }

    /// As it stands in the fields. What was not rewritten keeps both its languages.
    pub(super) fn phase_now(&self, locale: Locale, sitting: u8) -> Phase {
        let words = |now: RwSignal<String>, before: &LocalizedText| {
            let now = now.get_untracked();
            let now = now.trim();
            if before.in_language(session_language(locale)) == now {
                before.clone()
            } else {
                LocalizedText::own(now)
            }
        };
        Phase {
            title: words(self.title, &self.phase.title),
            prompt: words(self.prompt, &self.phase.prompt),
            minutes: self.minutes.get_untracked(),
            kinds: self.kinds.get_untracked(),
            writing: self.writing.get_untracked(),
            tools: self.tools.get_untracked(),
            sitting,
            ..self.phase.clone()
        }
    }
}

pub(super) fn phase_row(
    lead: Lead,
    edited: Edited,
    all: All,
    open: RwSignal<Option<PhaseId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = edited.phase.id;
    let title = edited.title;
    let minutes = edited.minutes;
    let begins = edited.begins;
    let present = lead.replica.session.part(|view| view.stage.phase());
    let is_open = Memo::new(move |_| open.get() == Some(id));
    let place = move || {
        all.with(|all| {
            let place = all.iter().position(|other| other.phase.id == id);
            (place.unwrap_or(0), all.len())
        })
    };
    let named = move || {
        let title = title.get();
        if title.trim().is_empty() {
            t_string!(i18n, lead.phase_untitled).to_owned()
        } else {
            title
        }
    };
    let time = move || {
        counted(
            minutes.get().into(),
            t_string!(i18n, lead.minutes_1),
            t_string!(i18n, lead.minutes_n),
        )
    };
    view! {
        <li class="rows__one rows__one--wrap">
            <button
                type="button"
                class="rows__main rows__open"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = (*open != Some(id)).then_some(id))
            >
                <Icon name=IconName::Pen size=IconSize::Small/>
                <span class="rows__name" dir="auto">{named}</span>
                <Show when=move || begins.get() && place().0 != 0>
                    <span class="rows__tag">{text!(lead.phase_another_day)}</span>
                </Show>
                <span class="rows__aside">{time}</span>
            </button>
            <span class="row">
                <IconButton
                    label=text!(lead.phase_up)
                    icon=IconName::ArrowUp
                    tip=TipSide::Left
                    is_disabled=Signal::derive(move || place().0 == 0)
                    on_press=move |()| move_phase(all, id, Way::Up)
                />
                <IconButton
                    label=text!(lead.phase_down)
                    icon=IconName::ArrowDown
                    tip=TipSide::Left
                    is_disabled=Signal::derive(move || {
                        let (place, count) = place();
                        place + 1 >= count
                    })
                    on_press=move |()| move_phase(all, id, Way::Down)
                />
                <IconButton
                    label=text!(lead.phase_remove)
                    icon=IconName::Trash
                    tip=TipSide::Left
                    is_disabled=Signal::derive(move || present.get() == Some(id))
                    on_press=move |()| all.update(|all| all.retain(|other| other.phase.id != id))
                />
            </span>
            <Show when=move || is_open.get()>{fields(&edited, place().0 == 0)}</Show>
        </li>
    }
}

#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
}

fn move_phase(all: All, id: PhaseId, way: Way) {
    all.update(|all| {
        let Some(place) = all.iter().position(|other| other.phase.id == id) else {
            return;
        };
        let other = match way {
            Way::Up => place.checked_sub(1),
            Way::Down => Some(place + 1).filter(|next| *next < all.len()),
        };
        if let Some(other) = other {
            all.swap(place, other);
        }
    });
}

fn fields(edited: &Edited, is_first: bool) -> impl IntoView + use<> {
    let i18n = use_i18n();
    let kinds = edited.kinds;
    let writing = edited.writing;
    let choices = vec![
        Choice {
            value: Writing::Open,
            label: text!(lead.writing_open).into(),
            icon: None,
        },
        Choice {
            value: Writing::Silent,
            label: text!(lead.writing_silent).into(),
            icon: None,
        },
    ];
    let checks = NoteKind::ALL
        .into_iter()
        .map(|kind| {
            let id = fresh_id("kind");
            view! {
                <span class="check">
                    <input
                        id=id.clone()
                        type="checkbox"
                        prop:checked=move || kinds.with(|kinds| kinds.contains(&kind))
                        on:change:target=move |event| {
                            let is_wanted = event.target().checked();
                            kinds.update(|kinds| {
                                kinds.retain(|other| *other != kind);
                                if is_wanted {
                                    kinds.push(kind);
                                }
                            });
                        }
                    />
                    <label for=id>{move || kind_name(i18n.get_locale(), kind)}</label>
                </span>
            }
        })
        .collect_view();
    view! {
        <div class="stack rows__fields">
            <TextField
                label=text!(lead.phase_title)
                value=edited.title
                max_length=120
                error=Signal::derive({
                    let title = edited.title;
                    move || {
                        if title.read().trim().is_empty() {
                            t_string!(i18n, lead.phase_needs_title).to_owned()
                        } else {
                            String::new()
                        }
                    }
                })
            />
            <TextField
                label=text!(lead.phase_prompt)
                value=edited.prompt
                max_length=240
            />
            <Stepper label=text!(lead.phase_minutes) value=edited.minutes most=240u16 />
            <fieldset class="checks">
                <legend class="field__label">{text!(lead.phase_kinds)}</legend>
                {checks}
            </fieldset>
            <div class="lead__field">
                <span class="field__label">{text!(lead.phase_writing)}</span>
                {choice_row(
                    text!(lead.phase_writing).into(),
                    choices,
                    writing.into(),
                    UnsyncCallback::new(move |(chosen,)| writing.set(chosen)),
                )}
            </div>
            <fieldset class="checks" data-testid="phase-tools">
                <legend class="field__label">{text!(lead.phase_tools)}</legend>
                {tool_checks(edited.tools)}
            </fieldset>
            {(!is_first).then(|| sitting_check(edited.begins))}
        </div>
    }
}

/// Whether this phase is another day's.
fn sitting_check(begins: RwSignal<bool>) -> impl IntoView {
    let id = fresh_id("sitting");
    view! {
        <span class="check" data-testid="phase-sitting">
            <input
                id=id.clone()
                type="checkbox"
                prop:checked=move || begins.get()
                on:change:target=move |event| begins.set(event.target().checked())
            />
            <label for=id>{text!(lead.phase_begins_sitting)}</label>
        </span>
    }
}

/// What the panel has at hand in the phase.
fn tool_checks(tools: RwSignal<Vec<Tool>>) -> impl IntoView {
    let i18n = use_i18n();
    Tool::ALL
        .map(|tool| {
            let id = fresh_id("tool");
            view! {
                <span class="check">
                    <input
                        id=id.clone()
                        type="checkbox"
                        prop:checked=move || tools.with(|tools| tools.contains(&tool))
                        on:change:target=move |event| {
                            let is_wanted = event.target().checked();
                            tools.update(|tools| {
                                tools.retain(|other| *other != tool);
                                if is_wanted {
                                    tools.push(tool);
                                }
                            });
                        }
                    />
                    <label for=id>{move || tool_name(i18n.get_locale(), tool)}</label>
                </span>
            }
        })
        .collect_view()
}

fn tool_name(locale: Locale, tool: Tool) -> &'static str {
    match tool {
        Tool::Groups => td_string!(locale, lead.groups),
        Tool::Disturb => td_string!(locale, lead.disturb),
        Tool::FarPair => td_string!(locale, lead.far_pair),
        Tool::SayBack => td_string!(locale, lead.say_back),
        Tool::Turns => td_string!(locale, lead.turns),
        Tool::Vote => td_string!(locale, lead.vote),
        Tool::Insights => td_string!(locale, lead.insights),
        Tool::Plans => td_string!(locale, lead.plans),
        Tool::Read => td_string!(locale, lead.read_next),
        Tool::Clusters => td_string!(locale, lead.scene_clusters),
    }
}
