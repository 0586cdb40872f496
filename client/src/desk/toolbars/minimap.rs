//! The whole board in a corner: where everything is, and which part we look at.
//!
//! The board is drawn now and then, into a picture of its own; moving the view only lays that picture
//! under another frame, and asks nothing of ten thousand notes. What lies far away stands at its edge, on the side where
//! it is.

use super::super::DeskState;
use crate::{
    i18n::text,
    parts::{
        held::{is_pressed, on_interruption},
        theme,
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::{Image, NoteKind},
    geometry::{BoardPoint, BoardRect, Camera, Size},
};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

/// Its size on the screen, pixels.
const SIZE: Size = Size {
    width: 178.0,
    height: 104.0,
};
/// Two device pixels for each: sharp on most screens.
const SHARP: f64 = 2.0;
/// Room around what is on the board, of its own size.
const MARGIN: f64 = 0.06;
/// Between two drawings of the board, milliseconds; and so much more for each note, so that drawing
/// stays a small part of the time.
const REDRAW_MS: f64 = 250.0;
const REDRAW_MS_A_NOTE: f64 = 0.2;
/// A note is seen at least this large, pixels.
const LEAST: f64 = 2.5;
/// The same for the frame around what we look at.
const LEAST_FRAME: f64 = 6.0;
/// A view is on the map as long as both are no larger than so often the larger one.
const STILL_ON_IT: f64 = 8.0;

/// The minimap. A press or a drag moves the view.
#[component]
pub(super) fn Minimap(desk: DeskState) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let picture = StoredValue::new_local(None::<Picture>);
    // Under a finger the map stays as it was when it went down.
    let pressed = StoredValue::new(None::<Fitted>);
    let is_redraw_due = StoredValue::new(false);
    let is_paint_due = StoredValue::new(false);

    let fitted = move || {
        pressed.get_value().unwrap_or_else(|| {
            let board =
                picture.with_value(|picture| picture.as_ref().and_then(|drawn| drawn.board));
            Fitted::around(board, seen_part(desk))
        })
    };
    let paint = move || {
        if is_paint_due.try_set_value(false).is_some() {
            return; // the view is gone
        }
        if let Some(canvas) = canvas.get_untracked() {
            picture.with_value(|picture| {
                if let Some(picture) = picture {
                    picture.paint(&canvas, fitted(), seen_part(desk));
                }
            });
        }
    };
    let paint_soon = move || {
        if is_paint_due.try_update_value(|due| !std::mem::replace(due, true)) == Some(true) {
            request_animation_frame(paint);
        }
    };
    let redraw = move || {
        if is_redraw_due.try_set_value(false).is_some() {
            return;
        }
        if let Some(canvas) = canvas.get_untracked() {
            picture.update_value(|picture| {
                if picture.is_none() {
                    *picture = Picture::new();
                }
                if let Some(picture) = picture {
                    picture.draw(desk, &canvas);
                }
            });
            paint_soon();
        }
    };
    let colors = theme::changes();
    Effect::new(move || {
        desk.replica.state.moved.track();
        colors.track();
        if is_redraw_due.try_update_value(|due| !std::mem::replace(due, true)) == Some(true) {
            let notes = desk.replica.state.note_count.get_untracked() as f64;
            let wait = REDRAW_MS + notes * REDRAW_MS_A_NOTE;
            set_timeout(redraw, Duration::from_millis(wait as u64));
        }
    });
    Effect::new(move || {
        desk.camera.track();
        desk.view.track();
        paint_soon();
    });

    let look = move |event: &PointerEvent| {
        let Some(map) = pressed.get_value() else {
            return;
        };
        let to = map.board_from_map(f64::from(event.offset_x()), f64::from(event.offset_y()));
        let half = seen_part(desk).size();
        desk.camera.update(|camera| {
            let corner = BoardPoint::new(to.x - half.width / 2.0, to.y - half.height / 2.0);
            *camera = Camera::new(corner, camera.scale());
        });
    };
    let let_go = move || {
        if pressed.try_update_value(Option::take).flatten().is_some() {
            paint_soon();
        }
    };
    on_interruption(let_go);
    view! {
        <canvas
            node_ref=canvas
            class="minimap"
            data-testid="minimap"
            role="img"
            aria-label=text!(desk.minimap)
            width=(SIZE.width * SHARP).to_string()
            height=(SIZE.height * SHARP).to_string()
            on:pointerdown=move |event| {
                if let Some(canvas) = canvas.get_untracked() {
                    let _ = canvas.set_pointer_capture(event.pointer_id()); // a drag may leave the map
                }
                pressed.set_value(Some(fitted()));
                look(&event);
            }
            on:pointermove=move |event| if is_pressed(&event) { look(&event) } else { let_go() }
            on:pointerup=move |_| let_go()
            on:pointercancel=move |_| let_go()
            on:lostpointercapture=move |_| let_go()
        ></canvas>
    }
}

/// The part of the board that the desk shows.
fn seen_part(desk: DeskState) -> BoardRect {
    desk.camera
        .get_untracked()
        .visible(desk.view.get_untracked())
}

/// A part of the board, fitted into the map.
#[derive(Clone, Copy)]
struct Fitted {
    /// What the map's left top corner shows.
    corner: BoardPoint,
    /// Map pixels a board unit.
    scale: f64,
}

impl Fitted {
    /// All that is on the board, and where we look; but not a speck of both when we look far away from it.
    fn around(board: Option<BoardRect>, seen: BoardRect) -> Self {
        let longest = |rect: BoardRect| rect.width().max(rect.height());
        let all = board.map_or(seen, |board| {
            let both = board.union(seen);
            let is_on_it = longest(both) <= STILL_ON_IT * longest(board).max(longest(seen));
            if is_on_it { both } else { board }
        });
        let all = all.grown(all.width().max(all.height()) * MARGIN);
        let scale = (SIZE.width / all.width().max(1.0)).min(SIZE.height / all.height().max(1.0));
        let middle = all.center();
        Self {
            corner: BoardPoint::new(
                middle.x - SIZE.width / scale / 2.0,
                middle.y - SIZE.height / scale / 2.0,
            ),
            scale,
        }
    }

    /// x, y, width and height on the map.
    fn place(self, rect: BoardRect) -> [f64; 4] {
        [
            (rect.min.x - self.corner.x) * self.scale,
            (rect.min.y - self.corner.y) * self.scale,
            rect.width() * self.scale,
            rect.height() * self.scale,
        ]
    }

    fn board_from_map(self, x: f64, y: f64) -> BoardPoint {
        BoardPoint::new(
            self.corner.x + x / self.scale,
            self.corner.y + y / self.scale,
        )
    }
}

/// The board as drawn last.
struct Picture {
    sheet: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// The part of the board that the sheet shows; none of an empty board.
    board: Option<BoardRect>,
    /// The colour of the frame. Asking the styles for it at every frame would cost a layout each.
    ink: String,
}

impl Picture {
    fn new() -> Option<Self> {
        let sheet: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        let context = context_of(&sheet)?;
        Some(Self {
            sheet,
            context,
            board: None,
            ink: String::new(),
        })
    }

    /// Draws the board anew, in the colours that `map` has now.
    fn draw(&mut self, desk: DeskState, map: &HtmlCanvasElement) {
        let state = desk.replica.state;
        self.ink = color(map, "--ink");
        self.board = state.most_of_it();
        let Some(board) = self.board else { return };
        let scale = (SIZE.width / board.width().max(1.0))
            .min(SIZE.height / board.height().max(1.0))
            * SHARP;
        // Setting the size also clears it.
        let sheet = Size::new(
            (board.width() * scale).ceil(),
            (board.height() * scale).ceil(),
        );
        self.sheet.set_width(sheet.width as u32);
        self.sheet.set_height(sheet.height as u32);
        let least = LEAST * SHARP;
        let fill = |rect: BoardRect| {
            let size = Size::new(
                (rect.width() * scale).max(least),
                (rect.height() * scale).max(least),
            );
            let corner = (rect.min - board.min) * scale;
            let at_least = |at: f64, size: f64, sheet: f64| at.max(least - size).min(sheet - least);
            self.context.fill_rect(
                at_least(corner.x, size.width, sheet.width),
                at_least(corner.y, size.height, sheet.height),
                size.width,
                size.height,
            );
        };

        self.context
            .set_fill_style_str(&color(map, "--wash-strong"));
        for id in state.clusters.get_untracked() {
            if let Some(cluster) = state.cluster(&id) {
                fill(cluster.with_untracked(|shape| shape.frame));
            }
        }
        self.context.set_fill_style_str(&color(map, "--line"));
        for id in state.images.get_untracked() {
            if let Some(image) = state.image(&id) {
                fill(image.with_untracked(Image::rect));
            }
        }
        let mut notes: Vec<(NoteKind, BoardRect)> = untrack(|| state.note_ids())
            .iter()
            .filter(|id| !state.is_stacked(id))
            .filter_map(|id| {
                let kind = state.note(id)?.note.with_untracked(|note| note.kind);
                Some((kind, state.rect_of(id)?))
            })
            .collect();
        samtavle_shared::sorting::sort_by(&mut notes, |a, b| a.0.cmp(&b.0));
        for same in notes.chunk_by(|(one, _), (next, _)| one == next) {
            self.context
                .set_fill_style_str(&color(map, color_name(same[0].0)));
            for (_, rect) in same {
                fill(*rect);
            }
        }
    }

    /// Shows the board, and a frame around the part that is seen.
    fn paint(&self, map: &HtmlCanvasElement, fitted: Fitted, seen: BoardRect) {
        let Some(context) = context_of(map) else {
            return;
        };
        // Neither can fail: a scale that is a number, and a picture that is there.
        let _ = context.set_transform(SHARP, 0.0, 0.0, SHARP, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, SIZE.width, SIZE.height);
        if let Some(board) = self.board {
            let [x, y, width, height] = fitted.place(board);
            let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(
                &self.sheet,
                x,
                y,
                width,
                height,
            );
        }
        let [x, y, width, height] = fitted.place(seen);
        let (left, right) = on_map(x, width, SIZE.width);
        let (top, bottom) = on_map(y, height, SIZE.height);
        context.set_stroke_style_str(&self.ink);
        context.set_line_width(1.5);
        context.stroke_rect(left, top, right - left, bottom - top);
    }
}

/// Where a frame begins and ends on a side of the map; one that is beyond it stands at its edge.
fn on_map(from: f64, length: f64, side: f64) -> (f64, f64) {
    let begin = from.clamp(1.0, side - 1.0 - LEAST_FRAME);
    let end = (from + length).clamp(begin + LEAST_FRAME.min(length.max(3.0)), side - 1.0);
    (begin, end)
}

const fn color_name(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Problem => "--map-problem",
        NoteKind::Habit => "--map-habit",
        NoteKind::Idea => "--map-idea",
        NoteKind::Plan => "--map-plan",
        NoteKind::Other => "--ink-3",
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// A colour from the styles, as the present theme has it.
fn color(element: &HtmlCanvasElement, name: &str) -> String {
    window()
        .get_computed_style(element)
        .ok()
        .flatten()
        .and_then(|style| style.get_property_value(name).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
        BoardRect::at(BoardPoint::new(x, y), Size::new(width, height))
    }

    #[test]
    fn the_map_is_of_the_board_and_of_where_we_look_beside_it() {
        let board = rect(0.0, 0.0, 2_000.0, 1_000.0);
        let map = Fitted::around(Some(board), rect(-1_500.0, 0.0, 1_440.0, 900.0));
        assert!(map.place(rect(-1_500.0, 0.0, 1.0, 1.0))[0] > 0.0);
        let [x, _, width, _] = map.place(board);
        assert!(width > 60.0 && x + width < SIZE.width);
    }

    #[test]
    fn whoever_looks_far_away_still_has_a_map_of_the_board_and_their_frame_at_its_edge() {
        let board = rect(0.0, 0.0, 2_000.0, 1_000.0);
        let seen = rect(3e6, 500.0, 1_440.0, 900.0);
        let map = Fitted::around(Some(board), seen);
        assert!(map.place(board)[2] > 120.0);
        let [x, y, width, height] = map.place(seen);
        let (left, right) = on_map(x, width, SIZE.width);
        let (top, bottom) = on_map(y, height, SIZE.height);
        assert!(left > 160.0 && right <= SIZE.width - 1.0 && right > left);
        assert!(top > 0.0 && bottom <= SIZE.height - 1.0 && bottom > top);
    }

    #[test]
    fn a_frame_around_all_stands_inside_the_map() {
        assert_eq!(on_map(-50.0, 400.0, 100.0), (1.0, 99.0));
        assert_eq!(on_map(20.0, 30.0, 100.0), (20.0, 50.0));
    }
}
