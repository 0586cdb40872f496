//! Far: the board as a picture of cached tiles, so that ten thousand notes pan like ten.

mod paint;
mod palette;
mod picture;
mod tiles;

pub(super) use picture::Far;

use super::stage::{Distance, Stage};
use crate::{
    i18n::Locale,
    parts::{pixels, theme},
};
use leptos::{html, prelude::*};
use paint::Painter;
use palette::Palette;
use picture::device_pixels;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Milliseconds a frame that tiles may be painted. What is measured is giving the browser its orders;
/// carrying them out takes it about as long again, and half.
const PAINT_MS: f64 = 1.8;

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
                far.draw(state, camera, view, is_far);
                is_done
            })
            .unwrap_or(true)
    }
}
