//! What there is to a note besides its words, in a panel beside it: what a habit and a plan are asked,
//! how it was said back.

use super::{
    Clear,
    selection_bar::{clear_now, over_on_board, place_on_board},
    stage::Stage,
    translate,
};
use crate::{
    i18n::{t_string, text},
    notes::{NoteDetails, has_details},
    parts::{
        button::{IconButton, TipSide},
        flow::Show,
        icon::IconName,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    geometry::{BoardRect, ScreenPoint},
    ids::NoteId,
};

/// The panel's width and at most its height as the styles have them, screen pixels.
const WIDTH: f64 = 288.0;
const HEIGHT: f64 = 360.0;
/// Between the note and the panel.
const AWAY: f64 = 16.0;
/// The bar of the selection and its distance from the note.
const BAR: f64 = 76.0;
/// What lies under the bar or another panel is as bad as so many times as much of a note.
const UNDER_ANOTHER: f64 = 20.0;

#[component]
pub(super) fn NotePanel(stage: Stage) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let note = stage.note_with_details();
    // In a phase that is about such notes the questions are there by themselves; else they wait until
    // somebody asks.
    let phase = desk.replica.session.phase();
    let is_their_time = move |kind: NoteKind| {
        let phase = phase.read();
        phase
            .as_ref()
            .is_some_and(|phase| phase.kinds.contains(&kind))
    };
    let shown = Memo::new(move |_| {
        let is_at_rest = !stage.is_dragging.get() && !stage.is_moving.get();
        note.get().filter(|(_, kind)| {
            let is_open = stage.details.get();
            is_at_rest && is_open.unwrap_or_else(|| is_their_time(*kind))
        })
    });
    let place = move || {
        let (id, _) = note.get()?;
        desk.replica.state.moved.track();
        let rect = desk.replica.state.rect_of(&id)?;
        let camera = desk.camera.get();
        let (min, max) = (
            camera.screen_from_board(rect.min),
            camera.screen_from_board(rect.max),
        );
        let clear = clear_now(stage);
        let corners = corners(min, max, clear);
        let bar = place_on_board(stage);
        let over = over_on_board(stage);
        let covered = |corner: ScreenPoint| {
            let far = ScreenPoint::new(corner.x + WIDTH, corner.y + HEIGHT);
            let part = BoardRect {
                min: camera.board_from_screen(corner),
                max: camera.board_from_screen(far),
            };
            let state = desk.replica.state;
            let notes = state.notes_in(part);
            let rects = notes.iter().filter_map(|id| state.rect_of(id));
            let under = over.iter().chain(&bar);
            let under: f64 = under.map(|over| over.shared_area(part)).sum();
            rects.map(|rect| rect.shared_area(part)).sum::<f64>() + under * UNDER_ANOTHER
        };
        let corner = least(corners, covered);
        Some(translate(corner.x.round(), corner.y.round()))
    };
    let title = move |kind: NoteKind| match kind {
        NoteKind::Habit => t_string!(i18n, note.more_of_habit),
        NoteKind::Plan => t_string!(i18n, note.more_of_plan),
        _ => t_string!(i18n, note.more_of_note),
    };
    let inside = move || {
        let (id, kind) = shown.get()?;
        let replica = desk.replica;
        let name = id.clone();
        Some(view! {
            <section
                class="note-panel panel"
                data-testid="note-panel"
                aria-label=move || title(kind)
                style:transform=place
                on:keydown=move |event: web_sys::KeyboardEvent| {
                    if event.key() == "Escape" {
                        stage.focus_note(&name);
                    }
                }
            >
                <div class="note-panel__head">
                    <h2 class="note-panel__title">{move || title(kind)}</h2>
                    <IconButton
                        label=text!(common.close)
                        icon=IconName::Close
                        tip=TipSide::Left
                        on_press=move || stage.details.set(Some(false))
                    />
                </div>
                <NoteDetails replica note=id is_titled=true/>
            </section>
        })
    };
    view! {
        <Show when=move || shown.with(Option::is_some)>{inside}</Show>
    }
}

/// Where the panel can stand: at the right of the note, at its left, below it, above it; last where it is
/// clear of the bars, whatever it covers.
fn corners(min: ScreenPoint, max: ScreenPoint, clear: Clear) -> impl Iterator<Item = ScreenPoint> {
    let x = min.x.min(clear.right - WIDTH).max(clear.left);
    let y = min.y.min(clear.bottom - HEIGHT).max(clear.top);
    let beside = [max.x + AWAY, min.x - AWAY - WIDTH].map(|x| ScreenPoint::new(x, y));
    // The bar of the selection stands above the note, or below it.
    let over = [max.y + AWAY, max.y + BAR, min.y - BAR - HEIGHT].map(|y| ScreenPoint::new(x, y));
    let fits = move |corner: &ScreenPoint| {
        corner.x >= clear.left
            && corner.y >= clear.top
            && corner.x + WIDTH <= clear.right
            && corner.y + HEIGHT <= clear.bottom
    };
    let last = ScreenPoint::new(clear.right - WIDTH, y);
    beside
        .into_iter()
        .chain(over)
        .filter(fits)
        .chain(std::iter::once(last))
}

/// The first of those that cover least.
fn least(
    corners: impl Iterator<Item = ScreenPoint>,
    covered: impl Fn(ScreenPoint) -> f64,
) -> ScreenPoint {
    let mut best = (ScreenPoint::default(), f64::INFINITY);
    for corner in corners {
        let covered = covered(corner);
        if covered < best.1 {
            best = (corner, covered);
        }
    }
    best.0
}

impl Stage {
    /// The one selected note, when there is more to it than its words.
    pub(super) fn note_with_details(self) -> Memo<Option<(NoteId, NoteKind)>> {
        let desk = self.desk;
        Memo::new(move |_| {
            let selection = desk.selection.get();
            let [id] = selection.notes.as_slice() else {
                return None;
            };
            desk.replica.state.moved.track();
            let signals = desk.replica.state.note(id)?;
            signals.note.with_untracked(|note| {
                let may = desk.replica.may_write() && desk.replica.may_touch(id);
                let has = has_details(note) && (may || !note.restated.is_empty());
                has.then(|| (id.clone(), note.kind))
            })
        })
    }
}
