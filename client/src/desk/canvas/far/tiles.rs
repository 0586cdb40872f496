//! The cache of tiles: one level for each halving of the scale, painted a little each frame; a coarser
//! tile stands in until a finer one is there.

use super::paint::Painter;
use crate::state::BoardState;
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect, Camera, Size},
    ids::NoteId,
};
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Device pixels a side.
const TILE_PX: f64 = 512.0;
/// Device pixels a board unit are 2 to the power of the level.
const LEVELS: std::ops::RangeInclusive<i32> = -6..=1;
/// A level serves up to this much (as a power of two) past its own scale: 19 % larger than painted is
/// not seen, and drawing tiles much smaller than painted is what costs most.
const COARSER: f64 = 0.25;
/// Tiles that are kept, 1 MiB each: three screens of a laptop at two levels.
const MOST_TILES: usize = 80;
/// What is painted of a note past its rectangle: its shadow, board units.
const SHADOW: f64 = 6.0;
/// Notes painted between two looks at the clock.
const A_LOOK: usize = 6;

/// Which tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    level: i32,
    x: i32,
    y: i32,
}

impl Key {
    /// Board units a side.
    fn side(level: i32) -> f64 {
        TILE_PX / scale_of(level)
    }

    fn rect(self) -> BoardRect {
        let side = Self::side(self.level);
        BoardRect::at(
            BoardPoint::new(f64::from(self.x) * side, f64::from(self.y) * side),
            Size::new(side, side),
        )
    }

    /// The tile of a coarser level that holds this one.
    fn at_level(self, level: i32) -> Self {
        let steps = self.level - level;
        Self {
            level,
            x: self.x >> steps,
            y: self.y >> steps,
        }
    }
}

fn scale_of(level: i32) -> f64 {
    2_f64.powi(level)
}

struct Tile {
    canvas: HtmlCanvasElement,
    is_stale: bool,
    used: u64,
}

/// A tile being painted, perhaps over several frames.
struct Job {
    key: Key,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    notes: Vec<NoteId>,
    next: usize,
}

/// All tiles.
#[derive(Default)]
pub(super) struct Tiles {
    held: HashMap<Key, Tile>,
    spare: Vec<HtmlCanvasElement>,
    job: Option<Job>,
    clock: u64,
}

impl Tiles {
    /// These parts of the board look different now.
    pub(super) fn mark_dirty(&mut self, parts: &[BoardRect]) {
        if parts.is_empty() {
            return;
        }
        let touches = |key: Key| {
            let rect = key.rect().grown(SHADOW);
            parts.iter().any(|part| part.overlaps(rect))
        };
        for (key, tile) in &mut self.held {
            tile.is_stale |= touches(*key);
        }
        if self.job.as_ref().is_some_and(|job| touches(job.key)) {
            self.drop_job();
        }
    }

    /// Everything looks different.
    pub(super) fn soil_all(&mut self) {
        for tile in self.held.values_mut() {
            tile.is_stale = true;
        }
        self.drop_job();
    }

    /// Paints for so many milliseconds; true when all that is visible is painted.
    pub(super) fn paint_some(
        &mut self,
        state: BoardState,
        painter: &Painter,
        visible: BoardRect,
        scale: f64,
        most_ms: f64,
    ) -> bool {
        self.clock += 1;
        let wanted = wanted(visible, scale);
        for key in &wanted {
            if let Some(tile) = self.held.get_mut(key) {
                tile.used = self.clock;
            }
        }
        let start = now();
        loop {
            if self
                .job
                .as_ref()
                .is_some_and(|job| !wanted.contains(&job.key))
            {
                self.drop_job();
            }
            if self.job.is_none() {
                let missing = wanted.iter().find(|key| !self.held.contains_key(key));
                let stale = || {
                    wanted
                        .iter()
                        .find(|key| self.held.get(key).is_some_and(|tile| tile.is_stale))
                };
                let Some(&key) = missing.or_else(stale) else {
                    return true;
                };
                self.job = self.begin(state, painter, key);
            }
            let Some(job) = &mut self.job else {
                return true;
            }; // no canvas to be had
            if job.paint(state, painter, || now() - start > most_ms) {
                self.finish();
            }
            if now() - start > most_ms {
                return false;
            }
        }
    }

    fn begin(&mut self, state: BoardState, painter: &Painter, key: Key) -> Option<Job> {
        let canvas = self.spare.pop().or_else(new_canvas)?;
        let context: CanvasRenderingContext2d =
            canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        let scale = scale_of(key.level);
        let rect = key.rect();
        let _ = context.reset_transform();
        context.clear_rect(0.0, 0.0, TILE_PX, TILE_PX);
        let _ = context.set_transform(
            scale,
            0.0,
            0.0,
            scale,
            -rect.min.x * scale,
            -rect.min.y * scale,
        );
        let around = rect.grown(SHADOW);
        for id in state.clusters.get_untracked() {
            let Some(shape) = state.cluster(&id) else {
                continue;
            };
            shape.with_untracked(|shape| {
                if shape.frame.overlaps(around) {
                    painter.frame(&context, shape, scale);
                }
            });
        }
        let lifted = state.lifted();
        let mut notes = state.notes_in(around);
        notes.retain(|id| !lifted.contains(id));
        Some(Job {
            key,
            canvas,
            context,
            notes,
            next: 0,
        })
    }

    fn finish(&mut self) {
        let Some(job) = self.job.take() else { return };
        let tile = Tile {
            canvas: job.canvas,
            is_stale: false,
            used: self.clock,
        };
        if let Some(before) = self.held.insert(job.key, tile) {
            self.spare.push(before.canvas);
        }
        if self.held.len() > MOST_TILES {
            let oldest = self
                .held
                .iter()
                .min_by_key(|(_, tile)| tile.used)
                .map(|(&key, _)| key);
            if let Some(tile) = oldest.and_then(|key| self.held.remove(&key)) {
                self.spare.push(tile.canvas);
            }
        }
        self.spare.truncate(4);
    }

    fn drop_job(&mut self) {
        if let Some(job) = self.job.take() {
            self.spare.push(job.canvas);
        }
    }

    /// Draws what is visible from the tiles that are there.
    pub(super) fn draw(
        &mut self,
        context: &CanvasRenderingContext2d,
        camera: Camera,
        view: Size,
        scale: f64,
    ) {
        // A browser puts painting off until the canvas is looked at. Looking at what the job has done so
        // far, by one pixel beside the picture, spreads that work over the frames, too.
        if let Some(job) = &self.job {
            let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(
                &job.canvas,
                -2.0,
                -2.0,
                1.0,
                1.0,
            );
        }
        let origin = camera.origin();
        let place = |rect: BoardRect| {
            // Edges on whole pixels: no seams.
            let at = |point: BoardPoint| {
                (
                    ((point.x - origin.x) * scale).round(),
                    ((point.y - origin.y) * scale).round(),
                )
            };
            let ((left, top), (right, bottom)) = (at(rect.min), at(rect.max));
            (left, top, right - left, bottom - top)
        };
        for key in wanted(camera.visible(view), scale) {
            let rect = key.rect();
            if let Some(tile) = self.held.get(&key) {
                let (x, y, width, height) = place(rect);
                let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(
                    &tile.canvas,
                    x,
                    y,
                    width,
                    height,
                );
            } else if !self.draw_finer(context, key, &place) {
                self.draw_coarser(context, key, place(rect));
            }
        }
    }

    /// Draws the part of a coarser tile that is where this one will be.
    fn draw_coarser(
        &self,
        context: &CanvasRenderingContext2d,
        key: Key,
        (x, y, width, height): (f64, f64, f64, f64),
    ) {
        let coarser = (*LEVELS.start()..key.level).rev().find_map(|level| {
            let parent = key.at_level(level);
            Some((parent, self.held.get(&parent)?))
        });
        let Some((parent, tile)) = coarser else {
            return;
        };
        let scale = scale_of(parent.level);
        let from = key.rect().min - parent.rect().min;
        let side = Key::side(key.level) * scale;
        let _ = context
            .draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                &tile.canvas,
                from.x * scale,
                from.y * scale,
                side,
                side,
                x,
                y,
                width,
                height,
            );
    }

    /// Draws the four finer tiles instead, when at least one is there and no coarser one is.
    fn draw_finer(
        &self,
        context: &CanvasRenderingContext2d,
        key: Key,
        place: &impl Fn(BoardRect) -> (f64, f64, f64, f64),
    ) -> bool {
        let finer: Vec<(Key, &Tile)> = [(0, 0), (1, 0), (0, 1), (1, 1)]
            .into_iter()
            .filter_map(|(x, y)| {
                let child = Key {
                    level: key.level + 1,
                    x: key.x * 2 + x,
                    y: key.y * 2 + y,
                };
                Some((child, self.held.get(&child)?))
            })
            .collect();
        let has_coarser =
            (*LEVELS.start()..key.level).any(|level| self.held.contains_key(&key.at_level(level)));
        if finer.is_empty() || (finer.len() < 4 && has_coarser) {
            return false;
        }
        for (child, tile) in finer {
            let (x, y, width, height) = place(child.rect());
            let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(
                &tile.canvas,
                x,
                y,
                width,
                height,
            );
        }
        true
    }
}

impl Job {
    /// Paints until done (true) or late (false).
    fn paint(&mut self, state: BoardState, painter: &Painter, is_late: impl Fn() -> bool) -> bool {
        let scale = scale_of(self.key.level);
        while self.next < self.notes.len() {
            let until = (self.next + A_LOOK).min(self.notes.len());
            for id in &self.notes[self.next..until] {
                let (Some(signals), Some(rect)) = (state.note(id), state.rect_of(id)) else {
                    continue;
                };
                signals
                    .note
                    .with_untracked(|note| painter.note(&self.context, note, rect, scale));
            }
            self.next = until;
            if is_late() {
                return self.next == self.notes.len();
            }
        }
        true
    }
}

/// The visible tiles at the level that is about as fine as the screen, the middle first.
fn wanted(visible: BoardRect, scale: f64) -> Vec<Key> {
    let level = ((scale.log2() - COARSER).ceil() as i32).clamp(*LEVELS.start(), *LEVELS.end());
    let side = Key::side(level);
    let index = |at: f64| (at / side).floor() as i32;
    let mut keys = Vec::new();
    for y in index(visible.min.y)..=index(visible.max.y) {
        for x in index(visible.min.x)..=index(visible.max.x) {
            keys.push(Key { level, x, y });
        }
    }
    let middle = visible.center();
    samtavle_shared::sorting::sort_by(&mut keys, |a, b| {
        let far = |key: &Key| (key.rect().center() - middle).length();
        far(a).total_cmp(&far(b))
    });
    keys
}

fn new_canvas() -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(TILE_PX as u32);
    canvas.set_height(TILE_PX as u32);
    Some(canvas)
}

fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
