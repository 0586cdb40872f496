//! One step a frame: what pointers and wheels did since the last one, then what is to be drawn.

use super::{clear_of_bars, stage::Stage};
use crate::tools::{Input, Pointer};
use leptos::prelude::*;
use samtavle_shared::geometry::{Camera, ScreenPoint, ScreenVector};
use std::time::Duration;

/// So long after its last move the view is at rest: then it is drawn crisp again.
const REST: Duration = Duration::from_millis(160);
/// What is dragged nearer than this to the edge of the clear view pulls the view along, screen pixels.
const EDGE: f64 = 36.0;
/// Screen pixels a frame at the very edge.
const PULL: f64 = 14.0;

impl Stage {
    /// Asks for a frame, unless one is coming.
    pub(super) fn ask_frame(self) {
        let is_asked = self
            .pending
            .try_update_value(|pending| std::mem::replace(&mut pending.is_asked, true));
        if is_asked == Some(false) {
            request_animation_frame(move || self.on_frame());
        }
    }

    /// The pointer is here; only its last place before a frame counts.
    pub(super) fn move_soon(self, pointer: Pointer) {
        let is_other = self
            .gesture
            .with_value(|gesture| gesture.device().is_some() && !gesture.holds(pointer.id));
        self.pending.update_value(|pending| {
            pending.moves.retain(|before| before.id != pointer.id);
            pending.moves.push(pointer);
            if !is_other {
                pending.last = Some(pointer);
            }
        });
        self.ask_frame();
    }

    /// The view goes by so much.
    pub(super) fn pan_soon(self, way: ScreenVector) {
        self.pending
            .update_value(|pending| pending.pan = Some(pending.pan.unwrap_or_default() + way));
        self.ask_frame();
    }

    /// The view comes nearer or goes farther.
    pub(super) fn zoom_soon(self, factor: f64, at: ScreenPoint) {
        self.pending.update_value(|pending| {
            let before = pending.zoom.map_or(1.0, |(before, _)| before);
            pending.zoom = Some((before * factor, at));
        });
        self.ask_frame();
    }

    /// Does now what waits: before a press or a release, so that things happen in order.
    pub(super) fn catch_up(self) {
        let Some((moves, pan, zoom)) = self.pending.try_update_value(|pending| {
            (
                std::mem::take(&mut pending.moves),
                pending.pan.take(),
                pending.zoom.take(),
            )
        }) else {
            return;
        };
        let has_moved = pan.is_some() || zoom.is_some();
        if has_moved {
            let camera: Camera = self.desk.camera.get_untracked();
            let camera = pan.map_or(camera, |way| camera.panned(way));
            let camera = zoom.map_or(camera, |(factor, at)| camera.zoomed(factor, at));
            self.desk.camera.set(camera);
        }
        if has_moved && moves.is_empty() && self.is_dragging.get_untracked() {
            self.follow_view();
        }
        for pointer in moves {
            self.point_at(pointer);
            self.take(Input::Move(self.now_on(pointer)));
        }
    }

    /// The view went on under a pointer that stands still: what it holds comes along.
    fn follow_view(self) {
        if let Some(pointer) = self.pending.with_value(|pending| pending.last) {
            self.take(Input::Move(self.now_on(pointer)));
        }
    }

    /// The pointer over what is under it now.
    fn now_on(self, pointer: Pointer) -> Pointer {
        Pointer {
            on: self
                .desk
                .camera
                .get_untracked()
                .board_from_screen(pointer.at),
            ..pointer
        }
    }

    /// Dragging at the edge pulls the view along; true when it did.
    fn pull_at_edge(self) -> bool {
        let last = self.pending.with_value(|pending| pending.last);
        let Some(pointer) = last.filter(|_| self.is_dragging.get_untracked()) else {
            return false;
        };
        let clear = clear_of_bars(
            self.desk.view.get_untracked(),
            self.desk.side.get_untracked(),
        );
        let pull = |at: f64, low: f64, high: f64| {
            let over = (low + EDGE - at).max(0.0) - (at - (high - EDGE)).max(0.0);
            (over / EDGE).clamp(-1.0, 1.0) * PULL
        };
        let way = ScreenVector::new(
            pull(pointer.at.x, clear.left, clear.right),
            pull(pointer.at.y, clear.top, clear.bottom),
        );
        if way.length() < 0.5 {
            return false;
        }
        self.desk
            .camera
            .update(|camera| *camera = camera.panned(way));
        self.follow_view();
        true
    }

    /// Says that the view moves, until it has been at rest for a while.
    pub(super) fn keep_moving(self) {
        let count = self.pending.try_update_value(|pending| {
            pending.moved_count += 1;
            pending.moved_count
        });
        if !self.is_moving.get_untracked() {
            self.is_moving.set(true);
            self.await_rest(count.unwrap_or_default());
        }
    }

    fn await_rest(self, count: u32) {
        set_timeout(
            move || {
                let Some(now) = self.pending.try_with_value(|pending| pending.moved_count) else {
                    return;
                };
                if now == count {
                    self.is_moving.set(false);
                } else {
                    self.await_rest(now);
                }
            },
            REST,
        );
    }

    fn on_frame(self) {
        // The page may have gone to another view meanwhile.
        if self
            .pending
            .try_update_value(|pending| pending.is_asked = false)
            .is_none()
        {
            return;
        }
        self.catch_up();
        let is_pulled = self.pull_at_edge();
        let is_near_done = self.show_more_notes();
        let is_far_done = self.draw_picture();
        if is_pulled || !is_near_done || !is_far_done {
            self.ask_frame();
        }
    }
}
