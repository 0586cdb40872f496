//! The bar near what is selected: the most used of what can be done with it, in words; the rest is under «Mer».

use super::{
    Clear,
    acts::{Act, Chosen, MenuOf, What},
    stage::Stage,
    translate,
};
use crate::{
    i18n::{t_string, text},
    parts::{
        flow::{For, Show},
        icon::{Icon, IconName, IconSize},
        language::counted,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect, Size},
    layout::{CLUSTER_TOP, NOTE_MIN_HEIGHT, advance::advance_em},
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
/// The corner that the map takes, with its margin.
const MAP: Size = Size::new(212.0, 180.0);
/// What stands over the map when something lies far away: two lines and a row of buttons.
const FAR_AWAY: f64 = 104.0;
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
    let width = Memo::new(move |_| {
        let words = |act: &Act| width_of(act.label(stage, chosen.get()));
        let buttons: f64 = bar.with(|bar| bar.shown.iter().map(words).sum());
        buttons + beside(stage, chosen.get())
    });
    let place = move || Some(place(stage, width.get())).map(|at| translate(at.0, at.1));
    view! {
        <Show when=move || is_shown.get()>
            <div
                class="selection-bar panel"
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
                <For each=move || bar.get().shown key=|&act| act let:act>
                    <BarButton stage act chosen/>
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
fn BarButton(stage: Stage, act: Act, chosen: Memo<Chosen>) -> impl IntoView {
    let is_kind = act == Act::Kind;
    let pressed = move || {
        act.is_on(stage)
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
            data-testid=act.hook()
            aria-keyshortcuts=act.key()
            aria-pressed=pressed
            aria-haspopup=is_kind.then_some("menu")
            on:click=move |event: web_sys::MouseEvent| {
                if is_kind {
                    stage.open_menu_below(MenuOf::Kinds, &event);
                } else {
                    stage.act(act);
                }
            }
        >
            {move || view! { <Icon name=act.icon(chosen.get()) size=IconSize::Small/> }}
            <span>{move || act.label(stage, chosen.get())}</span>
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

/// How much room there is for buttons, beside the bars at the rim; followed.
pub(super) fn room(stage: Stage, chosen: Chosen) -> f64 {
    let clear = clear_now(stage);
    clear.right - clear.left - beside(stage, chosen)
}

/// What neither bars nor panels cover, as they stand now; followed as far as the window and the column at the right go.
fn clear_now(stage: Stage) -> Clear {
    stage.desk.view.track();
    stage.desk.side.track();
    stage.desk.clear_now()
}

/// Above what is selected, or where else there is room; followed.
fn place(stage: Stage, width: f64) -> (f64, f64) {
    let desk = stage.desk;
    let camera = desk.camera.get();
    let view = desk.view.get();
    let around = around(stage).unwrap_or_default();
    let (min, max) = (
        camera.screen_from_board(around.min),
        camera.screen_from_board(around.max),
    );
    let clear = clear_now(stage);
    let above = min.y - AWAY - HEIGHT;
    let below = max.y + AWAY;
    let y = if above >= clear.top {
        above.min(clear.bottom - HEIGHT)
    } else if below + HEIGHT <= clear.bottom {
        below.max(clear.top)
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
    (x.round(), y.round())
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
