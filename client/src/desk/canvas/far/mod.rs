//! Far: the board as a picture of cached tiles, so that ten thousand notes pan like ten.

mod paint;
mod palette;
mod tiles;

use super::stage::{Distance, Stage};
use crate::{
    i18n::Locale,
    parts::{pixels, theme},
    tools::BoardSight,
};
use leptos::{html, prelude::*};
use paint::Painter;
use palette::Palette;
use samtavle_shared::geometry::{BoardRect, Camera, Size};
use tiles::Tiles;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Milliseconds a frame that tiles may be painted. What is measured is giving the browser its orders;
/// carrying them out takes it about as long again, and half.
const PAINT_MS: f64 = 1.8;

/// The picture and its tiles.
#[derive(Default)]
pub(crate) struct Far {
    tiles: Tiles,
    painter: Option<Painter>,
    context: Option<CanvasRenderingContext2d>,
    size: (u32, u32),
    is_blank: bool,
}

/// The element of the picture.
#[component]
pub(super) fn Picture(stage: Stage) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        if let Some(canvas) = canvas.get() {
            let context = context_of(&canvas);
            stage.far.update_value(|far| {
                far.context = context;
                far.is_blank = true;
            });
            stage.ask_frame();
        }
    });
    view! {
        <canvas
            node_ref=canvas
            class="canvas__picture"
            class:canvas__picture--hidden=move || !stage.has_picture.get()
            aria-hidden="true"
        ></canvas>
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

impl Stage {
    /// Follows what the picture depends on besides camera and board: colours, language, what voices are
    /// called, the font.
    pub(super) fn follow_picture(self) {
        let renew = move || {
            let _ = self.far.try_update_value(|far| {
                far.painter = None;
                far.tiles.soil_all();
            });
            self.ask_frame();
        };
        let colors = theme::changes();
        let ratio = pixels::changes();
        let voices = self.desk.replica.session.part(|view| {
            let voices = view.voices.iter();
            voices
                .map(|known| (known.voice.id.clone(), known.voice.name.clone()))
                .collect::<Vec<_>>()
        });
        Effect::new(move || {
            voices.track();
            let _: Locale = self.i18n.get_locale();
            colors.track();
            renew();
        });
        // The tiles of the level that is as fine as the pixels are now.
        Effect::new(move || {
            ratio.track();
            self.ask_frame();
        });
        if let Ok(fonts) = document().fonts().ready() {
            leptos::task::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(fonts).await;
                renew();
            });
        }
    }

    /// Paints and draws; true when nothing is left to do.
    pub(super) fn draw_picture(self) -> bool {
        let state = self.desk.replica.state;
        let has_picture = self.has_picture.get_untracked();
        let camera = self.desk.camera.get_untracked();
        let view = self.desk.view.get_untracked();
        let is_far = self.distance.get_untracked() == Distance::Far;
        self.far
            .try_update_value(|far| {
                far.tiles.mark_dirty(&state.take_dirty());
                if !has_picture {
                    far.blank();
                    return true;
                }
                let locale = self.i18n.get_locale_untracked();
                let Far { tiles, painter, .. } = far;
                let painter = painter.get_or_insert_with(|| {
                    Painter::new(Palette::of_page(), self.desk.replica, locale)
                });
                let scale = camera.scale() * device_pixels();
                let is_done =
                    tiles.paint_some(state, painter, camera.visible(view), scale, PAINT_MS);
                far.draw(self, camera, view, is_far);
                is_done
            })
            .unwrap_or(true)
    }
}

impl Far {
    fn blank(&mut self) {
        if self.is_blank {
            return;
        }
        self.is_blank = true;
        if let Some(context) = &self.context {
            let _ = context.reset_transform();
            context.clear_rect(0.0, 0.0, f64::from(self.size.0), f64::from(self.size.1));
        }
    }

    fn draw(&mut self, stage: Stage, camera: Camera, view: Size, is_far: bool) {
        let (Some(context), Some(painter)) = (&self.context, &self.painter) else {
            return;
        };
        let pixels = device_pixels();
        let size = (
            (view.width * pixels).round() as u32,
            (view.height * pixels).round() as u32,
        );
        if self.size != size {
            self.size = size;
            if let Some(canvas) = context.canvas() {
                canvas.set_width(size.0);
                canvas.set_height(size.1);
            }
        }
        self.is_blank = false;
        let scale = camera.scale() * pixels;
        let _ = context.reset_transform();
        context.clear_rect(0.0, 0.0, f64::from(size.0), f64::from(size.1));
        self.tiles.draw(context, camera, view, scale);
        if is_far {
            draw_titles(context, painter, stage, camera.visible(view), camera, scale);
        }
        draw_lifted(context, painter, stage, camera, scale);
        let _ = context.reset_transform();
    }
}

/// Titles keep a size that can be read, however far away.
fn draw_titles(
    context: &CanvasRenderingContext2d,
    painter: &Painter,
    stage: Stage,
    visible: BoardRect,
    camera: Camera,
    scale: f64,
) {
    let state = stage.desk.replica.state;
    for id in state.clusters.get_untracked() {
        let Some(shape) = state.cluster(&id).map(|shape| shape.get_untracked()) else {
            continue;
        };
        if shape.frame.overlaps(visible) {
            painter.title(context, &shape, camera, scale);
        }
    }
}

/// What is dragged lies over all tiles.
fn draw_lifted(
    context: &CanvasRenderingContext2d,
    painter: &Painter,
    stage: Stage,
    camera: Camera,
    scale: f64,
) {
    let state = stage.desk.replica.state;
    let origin = camera.origin();
    let _ = context.set_transform(scale, 0.0, 0.0, scale, -origin.x * scale, -origin.y * scale);
    for id in state.lifted() {
        let (Some(signals), Some(rect)) = (state.note(&id), stage.rect_of(&id)) else {
            continue;
        };
        signals
            .note
            .with_untracked(|note| painter.note(context, note, rect, scale));
    }
}

fn device_pixels() -> f64 {
    pixels::pixel_ratio().clamp(1.0, 2.0)
}
