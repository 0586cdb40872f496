//! The whole board in a corner: where everything is, and which part we look at.
//!
//! The board is drawn a few times a second at most, into a picture of its own; moving the view only
//! lays that picture under another frame.

use super::super::DeskState;
use crate::{i18n::text, parts::theme};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::NoteKind,
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
/// Between two drawings of the board.
const REDRAW: Duration = Duration::from_millis(250);
/// A note is seen at least this large, pixels.
const LEAST: f64 = 2.5;

/// The minimap. A press or a drag moves the view.
#[component]
pub(super) fn Minimap(desk: DeskState) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let picture = StoredValue::new_local(None::<Picture>);
    let is_redraw_due = StoredValue::new(false);
    let is_paint_due = StoredValue::new(false);

    let paint = move || {
        if is_paint_due.try_set_value(false).is_some() {
            return; // the view is gone
        }
        if let Some(canvas) = canvas.get_untracked() {
            picture.with_value(|picture| {
                if let Some(picture) = picture {
                    paint_frame(desk, &canvas, picture);
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
            picture.set_value(Some(Picture::of(desk, &canvas)));
            paint_soon();
        }
    };
    let colors = theme::changes();
    Effect::new(move || {
        desk.replica.state.moved.track();
        colors.track();
        if is_redraw_due.try_update_value(|due| !std::mem::replace(due, true)) == Some(true) {
            set_timeout(redraw, REDRAW);
        }
    });
    Effect::new(move || {
        desk.camera.track();
        desk.view.track();
        paint_soon();
    });

    let is_pressed = StoredValue::new(false);
    let look = move |event: &PointerEvent| {
        let shown = shown_part(desk);
        let at = shown.board_from_map(f64::from(event.offset_x()), f64::from(event.offset_y()));
        let view = desk.view.get_untracked();
        desk.camera.update(|camera| {
            let scale = camera.scale();
            let half = Size::new(view.width / scale / 2.0, view.height / scale / 2.0);
            *camera = Camera::new(
                BoardPoint::new(at.x - half.width, at.y - half.height),
                scale,
            );
        });
    };
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
                is_pressed.set_value(true);
                look(&event);
            }
            on:pointermove=move |event| {
                if is_pressed.get_value() {
                    look(&event);
                }
            }
            on:pointerup=move |_| is_pressed.set_value(false)
            on:pointercancel=move |_| is_pressed.set_value(false)
        ></canvas>
    }
}

/// A part of the board, fitted into the map.
struct Fitted {
    part: BoardRect,
    scale: f64,
}

impl Fitted {
    fn new(part: BoardRect) -> Self {
        let scale = (SIZE.width / part.width().max(1.0)).min(SIZE.height / part.height().max(1.0));
        Self { part, scale }
    }

    /// The map's left top corner, in the middle of which the part lies.
    fn corner(&self) -> (f64, f64) {
        let middle = self.part.center();
        (
            middle.x - SIZE.width / self.scale / 2.0,
            middle.y - SIZE.height / self.scale / 2.0,
        )
    }

    /// x, y, width and height on the map.
    fn place(&self, rect: BoardRect) -> [f64; 4] {
        let (left, top) = self.corner();
        [
            (rect.min.x - left) * self.scale,
            (rect.min.y - top) * self.scale,
            rect.width() * self.scale,
            rect.height() * self.scale,
        ]
    }

    fn board_from_map(&self, x: f64, y: f64) -> BoardPoint {
        let (left, top) = self.corner();
        BoardPoint::new(left + x / self.scale, top + y / self.scale)
    }
}

/// All that is on the board, and where we look.
fn shown_part(desk: DeskState) -> Fitted {
    let seen = desk
        .camera
        .get_untracked()
        .visible(desk.view.get_untracked());
    let all = desk
        .replica
        .state
        .bounds()
        .map_or(seen, |all| all.union(seen));
    Fitted::new(all.grown(all.width().max(all.height()) * MARGIN))
}

/// The board as drawn last.
struct Picture {
    /// The drawing and the part that it shows; none of an empty board.
    drawing: Option<(HtmlCanvasElement, BoardRect)>,
    /// The colour of the frame. Asking for it at every frame would cost a layout each.
    ink: String,
}

impl Picture {
    fn of(desk: DeskState, map: &HtmlCanvasElement) -> Self {
        Self {
            drawing: draw(desk, map),
            ink: color(map, "--ink"),
        }
    }
}

fn draw(desk: DeskState, map: &HtmlCanvasElement) -> Option<(HtmlCanvasElement, BoardRect)> {
    let shows = desk.replica.state.bounds()?;
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let fitted = Fitted::new(shows);
    let scale = fitted.scale * SHARP;
    canvas.set_width((shows.width() * scale).ceil() as u32);
    canvas.set_height((shows.height() * scale).ceil() as u32);
    let context = context_of(&canvas)?;
    let ink = |name| color(map, name);

    let state = desk.replica.state;
    let fill = |rect: BoardRect| {
        context.fill_rect(
            (rect.min.x - shows.min.x) * scale,
            (rect.min.y - shows.min.y) * scale,
            (rect.width() * scale).max(LEAST * SHARP),
            (rect.height() * scale).max(LEAST * SHARP),
        );
    };
    context.set_fill_style_str(&ink("--wash-strong"));
    for id in state.clusters.get_untracked() {
        if let Some(cluster) = state.cluster(&id) {
            fill(cluster.with_untracked(|shape| shape.frame));
        }
    }
    let mut notes: Vec<(NoteKind, BoardRect)> = untrack(|| state.note_ids())
        .iter()
        .filter_map(|id| {
            let kind = state.note(id)?.note.with_untracked(|note| note.kind);
            Some((kind, state.rect_of(id)?))
        })
        .collect();
    notes.sort_by_key(|(kind, _)| *kind); // a colour is set once for all of its kind
    let mut last = None;
    for (kind, rect) in notes {
        if last != Some(kind) {
            last = Some(kind);
            context.set_fill_style_str(&ink(match kind {
                NoteKind::Problem => "--map-problem",
                NoteKind::Habit => "--map-habit",
                NoteKind::Idea => "--map-idea",
                NoteKind::Plan => "--map-plan",
                NoteKind::Other => "--ink-3",
            }));
        }
        fill(rect);
    }
    Some((canvas, shows))
}

fn paint_frame(desk: DeskState, canvas: &HtmlCanvasElement, picture: &Picture) {
    let Some(context) = context_of(canvas) else {
        return;
    };
    let fitted = shown_part(desk);
    // Neither can fail: a scale that is a number, and a picture that is there.
    let _ = context.set_transform(SHARP, 0.0, 0.0, SHARP, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, SIZE.width, SIZE.height);
    if let Some((drawing, shows)) = &picture.drawing {
        let [x, y, width, height] = fitted.place(*shows);
        let _ =
            context.draw_image_with_html_canvas_element_and_dw_and_dh(drawing, x, y, width, height);
    }
    let seen = desk
        .camera
        .get_untracked()
        .visible(desk.view.get_untracked());
    let [x, y, width, height] = fitted.place(seen);
    context.set_stroke_style_str(&picture.ink);
    context.set_line_width(1.5);
    context.stroke_rect(x, y, width, height);
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
