//! What can be done with what is selected: a small bar near it, clear of the bars at the rim.

use super::{clear_of_bars, stage::Stage, translate};
use crate::parts::flow::Show;
use crate::{
    desk::Editing,
    desk::Tool,
    i18n::t_string,
    notes::{
        answer_name, has_details,
        reactions::{has_reacted, may_react, reaction_icon, reaction_name, toggle},
        toggle_lived,
    },
    parts::{
        button::{IconButton, TipSide},
        icon::IconName,
        kinds::kind_name,
        language::counted,
    },
    photo::show::show_photo_of,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{LinkKind, NoteKind, ReactionKind},
    geometry::{BoardPoint, BoardRect, Size},
    layout::{CLUSTER_TOP, NOTE_MIN_HEIGHT},
    session::Item,
};

/// The bar's size as the styles have it, screen pixels: so that its place needs no measuring.
const HEIGHT: f64 = 48.0;
/// One button and the gap after it.
const BUTTON: f64 = 38.0;
/// Padding, borders and rules.
const BESIDES: f64 = 36.0;
/// The corner that the map takes, with its margin.
const MAP: Size = Size::new(212.0, 180.0);
/// What stands over the map when something lies far away: two lines and a row of buttons.
const FAR_AWAY: f64 = 104.0;
/// Between the bar and what is selected.
const AWAY: f64 = 14.0;

/// What is selected, as far as the bar cares.
#[derive(Clone, Copy, Default, PartialEq)]
struct Chosen {
    notes: usize,
    is_cluster: bool,
    in_cluster: bool,
    kind: Option<NoteKind>,
    /// To how many piles it belongs.
    piles: usize,
    /// Of what is locked for the person here nothing is changed.
    is_locked: bool,
    /// For one note.
    one: Option<One>,
}

/// The one selected note.
#[derive(Clone, Copy, PartialEq)]
struct One {
    is_mine: bool,
    is_lived: bool,
    has_details: bool,
    /// How many reactions there are to choose from.
    reactions: usize,
    source: Source,
    /// What a facilitator can do besides.
    steering: Steering,
    answers: &'static [(NoteKind, LinkKind)],
}

/// Where its words are from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Keys,
    Photo,
}

/// Who steers notes: hides them, shows them on the wall.
#[derive(Clone, Copy, PartialEq)]
enum Steering {
    Mine,
    Others,
}

impl Chosen {
    /// How many buttons there are besides those that are always there.
    fn more(self) -> usize {
        let Some(one) = self.one else { return 0 };
        let leads = if one.steering == Steering::Mine { 2 } else { 0 };
        one.reactions
            + one.answers.len()
            + 1
            + leads
            + usize::from(one.is_mine)
            + usize::from(one.has_details)
            + usize::from(one.source == Source::Photo)
    }
}

#[component]
pub(super) fn SelectionBar(stage: Stage) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let state = desk.replica.state;

    let leads = desk.replica.session.leads();
    let chosen = Memo::new(move |_| {
        let selection = desk.selection.get();
        if let Some(cluster) = selection.cluster {
            state.moved.track();
            let is_there = state.cluster(&cluster).is_some();
            return Chosen {
                is_cluster: is_there,
                is_locked: !desk.replica.is_unlocked(&cluster),
                ..Chosen::default()
            };
        }
        state.moved.track();
        let mut chosen = Chosen {
            is_locked: !selection
                .notes
                .iter()
                .all(|note| desk.replica.may_touch(note)),
            piles: stage.chosen_piles().len(),
            ..Chosen::default()
        };
        if let [id] = selection.notes.as_slice()
            && let Some(signals) = state.note(id)
        {
            let is_mine = desk.replica.is_mine(id);
            let reactions = if may_react(desk.replica, id) {
                ReactionKind::ALL.len()
            } else {
                0
            };
            chosen.one = Some(signals.note.with_untracked(|note| One {
                is_mine,
                is_lived: note.lived,
                has_details: has_details(note),
                reactions,
                source: if note.cut.is_some() {
                    Source::Photo
                } else {
                    Source::Keys
                },
                steering: if leads.get() {
                    Steering::Mine
                } else {
                    Steering::Others
                },
                answers: LinkKind::answers_to(note.kind),
            }));
        }
        for signals in selection.notes.iter().filter_map(|id| state.note(id)) {
            signals.note.with_untracked(|note| {
                chosen.kind = if chosen.notes == 0 || chosen.kind == Some(note.kind) {
                    Some(note.kind)
                } else {
                    None
                };
                chosen.in_cluster |= note.cluster.is_some();
                chosen.notes += 1;
            });
        }
        chosen
    });
    let is_shown = Memo::new(move |_| {
        let chosen = chosen.get();
        (chosen.notes > 0 || chosen.is_cluster)
            && desk.replica.may_write()
            && !chosen.is_locked
            && stage.connecting.with(Option::is_none)
            && !stage.is_dragging.get()
            && !stage.is_moving.get()
            && stage.loop_drawn.with(Vec::is_empty)
            && desk.editing.with(Option::is_none)
            && stage.cluster_menu.with(Option::is_none)
    });
    let around = move || {
        let selection = desk.selection.get();
        state.moved.track();
        if let Some(cluster) = selection.cluster {
            return Some(state.cluster(&cluster)?.with(|shape| shape.frame));
        }
        let around = BoardRect::around(selection.notes.iter().filter_map(|id| state.rect_of(id)))?;
        // Over a cluster's first row the bar would hide its name: it goes above the frame.
        let frames = selection.notes.iter().filter_map(|id| {
            let cluster = state
                .note(id)?
                .note
                .with_untracked(|note| note.cluster.clone())?;
            Some(state.cluster(&cluster)?.with_untracked(|shape| shape.frame))
        });
        let top = frames
            .filter(|frame| around.min.y < frame.min.y + CLUSTER_TOP + NOTE_MIN_HEIGHT / 2.0)
            .map(|frame| frame.min.y)
            .fold(around.min.y, f64::min);
        Some(BoardRect {
            min: BoardPoint::new(around.min.x, top),
            max: around.max,
        })
    };
    let place = move || {
        let camera = desk.camera.get();
        let view = desk.view.get();
        let around = around()?;
        let (min, max) = (
            camera.screen_from_board(around.min),
            camera.screen_from_board(around.max),
        );
        let clear = clear_of_bars(view, desk.side.get());
        let width = bar_width(chosen.get());
        let above = min.y - AWAY - HEIGHT;
        let below = max.y + AWAY;
        let y = if above >= clear.top {
            above
        } else if below + HEIGHT <= clear.bottom {
            below
        } else {
            clear.top
        };
        // The map stands in the corner at the bottom right, under what is said of what is not on it.
        let has_far = desk.findings.far.with(|whole| !whole.far.is_empty());
        let high = MAP.height + if has_far { FAR_AWAY } else { 0.0 };
        let right = if y + HEIGHT > view.height - high {
            (view.width - MAP.width).min(clear.right)
        } else {
            clear.right
        };
        let x = (f64::midpoint(min.x, max.x) - width / 2.0)
            .min(right - width)
            .max(clear.left);
        Some(translate(x.round(), y.round()))
    };

    let kinds = move || {
        NoteKind::ALL
            .into_iter()
            .filter_map(|kind| {
                let icon = IconName::of_kind(kind)?;
                let class = match kind {
                    NoteKind::Problem => "selection-bar__kind selection-bar__kind--problem",
                    NoteKind::Habit => "selection-bar__kind selection-bar__kind--habit",
                    NoteKind::Idea => "selection-bar__kind selection-bar__kind--idea",
                    NoteKind::Plan | NoteKind::Other => {
                        "selection-bar__kind selection-bar__kind--plan"
                    }
                };
                Some(view! {
                    <span class=class>
                        <IconButton
                            label=move || kind_name(i18n.get_locale(), kind)
                            icon
                            tip=TipSide::Above
                            is_pressed=Signal::derive(move || chosen.get().kind == Some(kind))
                            on_press=move || desk.set_kind_of_selected(kind)
                        />
                    </span>
                })
            })
            .collect_view()
    };

    let carry = move || {
        view! {
            <IconButton
                label=move || t_string!(i18n, note.carry)
                icon=IconName::Move
                tip=TipSide::Above
                hook="carry"
                is_pressed=Signal::derive(move || desk.tool.get() == Tool::Carry)
                on_press=move || stage.take_in_hand()
            />
        }
    };
    let only = move || {
        let selection = desk.selection.get_untracked();
        selection.notes.into_iter().next()
    };
    let answers = move || {
        let answers = chosen.get().one.map_or(&[][..], |one| one.answers);
        answers
            .iter()
            .filter_map(|&(kind, says)| {
                let icon = IconName::of_kind(kind)?;
                Some(view! {
                    <IconButton
                        label=move || answer_name(i18n.get_locale(), kind)
                        icon
                        tip=TipSide::Above
                        class="selection-bar__answer"
                        hook="answer-with"
                        on_press=move || {
                            if let Some(note) = only() {
                                stage.answer_with(note, kind, says);
                            }
                        }
                    />
                })
            })
            .collect_view()
    };
    let reactions = move || {
        let button = |kind: ReactionKind| {
            view! {
                <IconButton
                    label=move || reaction_name(i18n.get_locale(), kind)
                    icon=reaction_icon(kind)
                    tip=TipSide::Above
                    hook="react"
                    is_pressed=Signal::derive(move || {
                        let selection = desk.selection.read();
                        let note = selection.notes.first();
                        note.is_some_and(|note| has_reacted(desk.replica, note, kind))
                    })
                    on_press=move || {
                        if let Some(note) = only() {
                            toggle(desk.replica, &note, kind);
                        }
                    }
                />
            }
        };
        ReactionKind::ALL.map(button).collect_view()
    };
    let one = move |of: fn(One) -> bool| chosen.get().one.is_some_and(of);

    view! {
        <Show when=move || is_shown.get()>
            <div
                class="selection-bar panel"
                role="toolbar"
                data-testid="selection-bar"
                aria-label=move || t_string!(i18n, desk.selection_actions)
                style:transform=place
            >
                <Show when=move || !chosen.get().is_cluster>
                    <Show when=move || { chosen.get().notes > 1 }>
                        <span class="selection-bar__count">
                            {move || counted(chosen.get().notes, t_string!(i18n, desk.selected_1), t_string!(i18n, desk.selected_n))}
                        </span>
                    </Show>
                    {kinds()}
                    <span class="selection-bar__rule"></span>
                    <Show when=move || { chosen.get().piles > 0 }>
                        <IconButton
                            label=move || t_string!(i18n, note.spread)
                            icon=IconName::Spread
                            key="B"
                            tip=TipSide::Above
                            hook="spread"
                            on_press=move || stage.spread(&untrack(|| stage.chosen_piles()))
                        />
                    </Show>
                    <Show when=move || one(|one| one.is_mine)>
                        <IconButton
                            label=move || t_string!(i18n, note.lived)
                            icon=IconName::Lived
                            tip=TipSide::Above
                            hook="lived-toggle"
                            is_pressed=Signal::derive(move || one(|one| one.is_lived))
                            on_press=move || {
                                if let Some(note) = only() {
                                    toggle_lived(desk.replica, &note);
                                }
                            }
                        />
                    </Show>
                    <Show when=move || one(|one| one.has_details)>
                        <IconButton
                            label=move || match chosen.get().kind {
                                Some(NoteKind::Habit) => t_string!(i18n, note.more_of_habit),
                                Some(NoteKind::Plan) => t_string!(i18n, note.more_of_plan),
                                _ => t_string!(i18n, note.more_of_note),
                            }
                            icon=IconName::List
                            tip=TipSide::Above
                            hook="note-details"
                            on_press=move || stage.details.update(|open| {
                                *open = Some(*open != Some(true));
                            })
                        />
                    </Show>
                    <Show when=move || one(|one| one.reactions > 0)>{reactions}</Show>
                    <Show when=move || one(|one| one.source == Source::Photo)>
                        <IconButton
                            label=move || t_string!(i18n, photo.look)
                            icon=IconName::Photo
                            tip=TipSide::Above
                            hook="note-photo"
                            on_press=move || {
                                if let Some(note) = only() {
                                    show_photo_of(desk.replica, &note);
                                }
                            }
                        />
                    </Show>
                    {answers}
                    <Show when=move || chosen.get().one.is_some()>
                        <IconButton
                            label=move || t_string!(i18n, note.connect)
                            icon=IconName::Link
                            key="K"
                            tip=TipSide::Above
                            hook="connect"
                            on_press=move || stage.begin_link()
                        />
                    </Show>
                    <Show when=move || one(|one| one.steering == Steering::Mine)>
                        <IconButton
                            label=move || t_string!(i18n, note.spotlight)
                            icon=IconName::Screen
                            tip=TipSide::Above
                            hook="note-spotlight"
                            on_press=move || {
                                if let Some(note) = only() {
                                    stage.spotlight(Item::Note(note));
                                }
                            }
                        />
                        <IconButton
                            label=move || t_string!(i18n, note.hide)
                            icon=IconName::EyeOff
                            tip=TipSide::Above
                            hook="note-hide"
                            on_press=move || {
                                if let Some(note) = only() {
                                    stage.hide(note);
                                }
                            }
                        />
                    </Show>
                    <Show when=move || { chosen.get().notes > 1 }>
                        <IconButton
                            label=move || t_string!(i18n, desk.make_cluster)
                            icon=IconName::Cluster
                            tip=TipSide::Above
                            on_press=move || {
                                if desk.cluster_selected().is_some() {
                                    stage.say_cluster_made();
                                }
                            }
                        />
                    </Show>
                    <Show when=move || chosen.get().in_cluster>
                        <IconButton
                            label=move || t_string!(i18n, note.out_of_cluster)
                            icon=IconName::Ungroup
                            tip=TipSide::Above
                            on_press=move || stage.take_out()
                        />
                    </Show>
                    {carry()}
                    <IconButton
                        label=move || t_string!(i18n, note.duplicate)
                        icon=IconName::Copy
                        tip=TipSide::Above
                        on_press=move || stage.duplicate_selected()
                    />
                    <IconButton
                        label=move || t_string!(i18n, note.delete)
                        icon=IconName::Trash
                        tip=TipSide::Above
                        on_press=move || {
                            stage.focus_canvas();
                            stage.delete_selected();
                        }
                    />
                </Show>
                <Show when=move || chosen.get().is_cluster>
                    {carry()}
                    <IconButton
                        label=move || t_string!(i18n, cluster.rename)
                        icon=IconName::Text
                        tip=TipSide::Above
                        on_press=move || {
                            if let Some(cluster) = desk.selection.get_untracked().cluster {
                                desk.editing.set(Some(Editing::Title(cluster)));
                            }
                        }
                    />
                    <IconButton
                        label=move || t_string!(i18n, cluster.tidy)
                        icon=IconName::Grid
                        tip=TipSide::Above
                        on_press=move || {
                            if let Some(cluster) = desk.selection.get_untracked().cluster {
                                desk.tidy(&cluster);
                            }
                        }
                    />
                    <IconButton
                        label=move || t_string!(i18n, cluster.dissolve)
                        icon=IconName::Ungroup
                        tip=TipSide::Above
                        on_press=move || {
                            if let Some(cluster) = desk.selection.get_untracked().cluster {
                                stage.dissolve(&cluster);
                            }
                        }
                    />
                </Show>
            </div>
        </Show>
    }
}

fn bar_width(chosen: Chosen) -> f64 {
    /// «12 valgt»
    const COUNT: f64 = 76.0;
    let buttons = if chosen.is_cluster {
        4
    } else {
        7 + chosen.more()
            + usize::from(chosen.notes > 1)
            + usize::from(chosen.in_cluster)
            + usize::from(chosen.piles > 0)
    };
    let count = if chosen.notes > 1 { COUNT } else { 0.0 };
    BESIDES + buttons as f64 * BUTTON + count
}
