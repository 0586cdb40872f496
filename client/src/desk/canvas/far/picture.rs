//! The picture: tiles, and over them the titles and what is dragged.

use super::{paint::Painter, tiles::Tiles};
use crate::{parts::pixels, state::BoardState};
use leptos::prelude::*;
use samtavle_shared::geometry::{BoardRect, Camera, Size};
use web_sys::CanvasRenderingContext2d;

/// The picture and its tiles.
#[derive(Default)]
pub(crate) struct Far {
    pub(super) tiles: Tiles,
    pub(super) painter: Option<Painter>,
    pub(super) context: Option<CanvasRenderingContext2d>,
    pub(super) size: (u32, u32),
    pub(super) is_blank: bool,
}

impl Far {
    /// Takes the picture away.
    pub(super) fn blank(&mut self) {
        if self.is_blank {
            return;
        }
        self.is_blank = true;
        if let Some(context) = &self.context {
            let _ = context.reset_transform();
            context.clear_rect(0.0, 0.0, f64::from(self.size.0), f64::from(self.size.1));
        }
    }

    /// Draws tiles, titles and what is lifted.
    pub(super) fn draw(&mut self, state: BoardState, camera: Camera, view: Size, is_far: bool) {
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
            draw_titles(context, painter, state, camera.visible(view), camera, scale);
        }
        draw_lifted(context, painter, state, camera, scale);
        let _ = context.reset_transform();
    }
}

/// Titles keep a size that can be read, however far away.
fn draw_titles(
    context: &CanvasRenderingContext2d,
    painter: &Painter,
    state: BoardState,
    visible: BoardRect,
    camera: Camera,
    scale: f64,
) {
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
    state: BoardState,
    camera: Camera,
    scale: f64,
) {
    let origin = camera.origin();
    let _ = context.set_transform(scale, 0.0, 0.0, scale, -origin.x * scale, -origin.y * scale);
    for id in state.lifted() {
        let (Some(signals), Some(rect)) = (state.note(&id), state.rect_of(&id)) else {
            continue;
        };
        signals
            .note
            .with_untracked(|note| painter.note(context, note, rect, scale));
    }
}

/// Pixels of the screen for one of the page; more than two are not seen.
pub(super) fn device_pixels() -> f64 {
    pixels::pixel_ratio().clamp(1.0, 2.0)
}
