//! The bar near what is selected: the most used of what can be done with it, in words; the rest is under «Mer».

use super::{
    Clear, clear_of_bars,
    selection_menu::{Action, Bar, Chosen, MenuOf, What},
    stage::Stage,
    translate,
};
use crate::{
    desk::insets::Corners,
    i18n::{language::counted, t_string, text},
    parts::{
        flow::{For, Show},
        icon::{Icon, IconName, IconSize},
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect, ScreenPoint, Size},
    layout::{BarRoom, CLUSTER_TOP, NOTE_MIN_HEIGHT, advance::advance_em, bar_place},
};

/// The bar's size as the styles have it, screen pixels: so that its place needs no measuring.
const HEIGHT: f64 = 48.0;
/// The letters of a button, and how much wider their weight is than that of the table.
const FONT: f64 = 14.0;
const HEAVIER: f64 = 1.05;
/// A button's sides, its mark, and the gaps.
const BESIDE_WORDS: f64 = 50.0;
/// Padding and borders.
const BESIDES: f64 = 12.0;
/// The mark that says that a menu opens.
const CHEVRON: f64 = 24.0;
/// «12 valgt»
const COUNT: f64 = 80.0;
/// Between the bar and what is selected.
const AWAY: f64 = 14.0;

#[component]
pub(super) fn SelectionBar(stage: Stage) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let chosen = Memo::new(move |_| stage.chosen());
    let bar = Memo::new(move |_| stage.bar(chosen.get()));
    let is_shown = Memo::new(move |_| {
        matches!(chosen.get().what, What::Notes(_) | What::Cluster)
            && bar.with(|bar| !bar.shown.is_empty())
            && stage.connecting.with(Option::is_none)
            && !stage.is_dragging.get()
            && !stage.is_moving.get()
            && stage.loop_drawn.with(Vec::is_empty)
            && desk.editing.with(Option::is_none)
    });
    let count = Memo::new(move |_| match chosen.get().what {
        What::Notes(count) if count > 1 => count,
        _ => 0,
    });
    let has_rest = Memo::new(move |_| bar.with(|bar| !bar.rest.is_empty()));
    let width = Memo::new(move |_| bar.with(|bar| whole_width(stage, chosen.get(), bar)));
    let place = move || {
        let corner = place(stage, width.get()).min;
        let at = desk.camera.get().screen_from_board(corner);
        translate(at.x.round(), at.y.round())
    };
    // Shift takes more to what is chosen: also what lies under the bar.
    let class = move || {
        if stage.holds_shift.get() {
            "selection-bar selection-bar--through panel"
        } else {
            "selection-bar panel"
        }
    };
    view! {
        <Show when=move || is_shown.get()>
            <div
                class=class
                role="toolbar"
                data-testid="selection-bar"
                aria-label=move || t_string!(i18n, desk.selection_actions)
                style:transform=place
                on:keydown=move |event| stage.on_bar_key(&event)
            >
                <Show when=move || { count.get() > 0 }>
                    <span class="selection-bar__count">
                        {move || counted(count.get(), t_string!(i18n, desk.selected_1), t_string!(i18n, desk.selected_n))}
                    </span>
                </Show>
                <For each=move || bar.get().shown key=|&action| action let:action>
                    <BarButton stage action chosen/>
                </For>
                <Show when=move || has_rest.get()>
                    <button
                        type="button"
                        class="button button--bare bar-button"
                        data-testid="selection-more"
                        aria-haspopup="menu"
                        on:click=move |event| stage.open_menu_below(MenuOf::Rest, &event)
                    >
                        <Icon name=IconName::More size=IconSize::Small/>
                        <span>{text!(common.more)}</span>
                    </button>
                </Show>
            </div>
        </Show>
    }
}

/// A mark and its words.
#[component]
fn BarButton(stage: Stage, action: Action, chosen: Memo<Chosen>) -> impl IntoView {
    let is_kind = action == Action::Kind;
    let pressed = move || {
        action
            .is_on(stage)
            .map(|is_on| if is_on { "true" } else { "false" })
    };
    let class = move || match chosen.get().kind.filter(|_| is_kind) {
        Some(kind) => ["button button--bare bar-button bar-button--", kind.name()].concat(),
        None => "button button--bare bar-button".to_owned(),
    };
    view! {
        <button
            type="button"
            class=class
            data-testid=action.hook()
            aria-keyshortcuts=action.key()
            aria-pressed=pressed
            aria-haspopup=is_kind.then_some("menu")
            on:click=move |event: web_sys::MouseEvent| {
                if is_kind {
                    stage.open_menu_below(MenuOf::Kinds, &event);
                } else {
                    stage.do_action(action);
                }
            }
        >
            {move || view! { <Icon name=action.icon(chosen.get()) size=IconSize::Small/> }}
            <span>{move || action.label(stage, chosen.get())}</span>
            {is_kind.then(|| view! { <Icon name=IconName::ChevronDown size=IconSize::Small/> })}
        </button>
    }
}

/// How wide a button with these words is, screen pixels.
pub(super) fn width_of(words: &str) -> f64 {
    let letters: f64 = words.chars().map(advance_em).sum();
    letters * FONT * HEAVIER + BESIDE_WORDS
}

/// How wide what stands beside the buttons is.
fn beside(stage: Stage, chosen: Chosen) -> f64 {
    let more = t_string!(stage.i18n, common.more);
    let count = match chosen.what {
        What::Notes(count) if count > 1 => COUNT,
        _ => 0.0,
    };
    let kind = if chosen.what == What::Cluster {
        0.0
    } else {
        CHEVRON
    };
    BESIDES + width_of(more) + count + kind
}

/// How wide the bar is.
fn whole_width(stage: Stage, chosen: Chosen, bar: &Bar) -> f64 {
    let words = |action: &Action| width_of(action.label(stage, chosen));
    bar.shown.iter().map(words).sum::<f64>() + beside(stage, chosen)
}

impl Stage {
    /// The bar and what is left for «Mer», for what is chosen.
    pub(super) fn bar(self, chosen: Chosen) -> Bar {
        let room = room(self, chosen);
        let width = |action: Action| width_of(action.label(self, chosen));
        Bar::of(&chosen.actions(), room, width)
    }
}

/// How much room there is for buttons, beside the bars at the rim; followed.
fn room(stage: Stage, chosen: Chosen) -> f64 {
    let clear = clear_now(stage);
    clear.right - clear.left - beside(stage, chosen)
}

/// What neither bars nor panels cover, as they stand now; followed.
pub(super) fn clear_now(stage: Stage) -> Clear {
    stage.desk.view.track();
    stage.desk.side.track();
    stage.desk.over.track();
    stage.desk.clear_now()
}

/// Where the bar stands now, on the board, if it is shown; followed.
pub(super) fn place_on_board(stage: Stage) -> Option<BoardRect> {
    let chosen = stage.chosen();
    let bar = stage.bar(chosen);
    if bar.shown.is_empty() {
        return None;
    }
    Some(place(stage, whole_width(stage, chosen, &bar)))
}

/// What lies over the board, as it lies on it; followed.
pub(super) fn over_on_board(stage: Stage) -> Vec<BoardRect> {
    let camera = stage.desk.camera.get();
    let on_board = |&[min, max]: &Corners| BoardRect {
        min: camera.board_from_screen(min),
        max: camera.board_from_screen(max),
    };
    stage
        .desk
        .over
        .with(|over| over.iter().map(on_board).collect())
}

/// Above what is selected, or where it covers less; never under a card or a panel. Followed.
fn place(stage: Stage, width: f64) -> BoardRect {
    let desk = stage.desk;
    let camera = desk.camera.get();
    let unit = 1.0 / camera.scale();
    let bars = clear_of_bars(desk.view.get(), 0.0);
    let clear = BoardRect {
        min: camera.board_from_screen(ScreenPoint::new(bars.left, bars.top)),
        max: camera.board_from_screen(ScreenPoint::new(bars.right, bars.bottom)),
    };
    let over = over_on_board(stage);
    let around = around(stage).unwrap_or_default();
    let (mut own, others) = in_view(stage, clear);
    if desk.selection.with(|selection| selection.cluster.is_some()) {
        own.push(around); // with its name
    }
    let size = Size::new(width * unit, HEIGHT * unit);
    let corner = bar_place(
        size,
        AWAY * unit,
        around,
        BarRoom {
            clear,
            over: &over,
            own: &own,
            others: &others,
        },
    );
    BoardRect::at(corner, size)
}

/// Of the notes in this part of the board, those that are chosen, and the others.
fn in_view(stage: Stage, part: BoardRect) -> (Vec<BoardRect>, Vec<BoardRect>) {
    /// Where more lie, no place is better than another.
    const MOST: usize = 240;
    let desk = stage.desk;
    let state = desk.replica.state;
    let chosen = desk.chosen();
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for id in state.notes_in(part).into_iter().take(MOST) {
        if let Some(rect) = state.rect_of(&id) {
            let side = if chosen.contains(&id) {
                &mut own
            } else {
                &mut others
            };
            side.push(rect);
        }
    }
    (own, others)
}

/// What the bar stands clear of; followed.
fn around(stage: Stage) -> Option<BoardRect> {
    let desk = stage.desk;
    let state = desk.replica.state;
    let selection = desk.selection.get();
    state.moved.track();
    if let Some(cluster) = selection.cluster {
        return Some(state.cluster(&cluster)?.with(|shape| shape.frame));
    }
    let around = BoardRect::around(selection.notes.iter().filter_map(|id| state.rect_of(id)))?;
    // Over a cluster's first row the bar would hide its name: it goes above the frame.
    let frames = selection.notes.iter().filter_map(|id| {
        let note = state.note(id)?.note;
        let cluster = note.with_untracked(|note| note.cluster.clone())?;
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
}
