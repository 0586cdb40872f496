//! Near: which notes are elements. All that are in view and a little around it; a few more each
//! frame, so that no frame is late. Until all are there, the picture of tiles stands in.

use super::{
    super::Editing,
    next_frame::Wanted,
    stage::{Distance, Stage},
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardRect, BoardVector, Camera, Size},
    ids::NoteId,
};
use std::collections::{HashMap, HashSet};

/// Below this scale letters are under 8 px high: nobody reads them.
const NEAR_SCALE: f64 = 0.45;
/// More elements than this make a late frame when the view moves.
const MOST_NEAR: usize = 150;
/// Near stays near, and far far, a little past the border: no flicker on it.
const SLACK: f64 = 1.04;
/// New elements a frame.
const A_FRAME: usize = 10;
/// Elements reach so far past the view, in views: a short pan needs no new one.
const AROUND: f64 = 0.25;
/// Elements for more than this many views are too many: the view has come nearer since.
const MOST_COVERED: f64 = 4.0;

impl Stage {
    /// Follows camera, view and board.
    pub(super) fn follow_near(self) {
        Effect::new(move || {
            let camera = self.desk.camera.get();
            let view = self.desk.view.get();
            let moved = self.desk.replica.state.moved.get();
            let must = self.must_show();
            // While the view moves, no element comes or goes for its sake: they go along as one layer,
            // and the picture shows what they lack.
            let is_still = !self.is_moving.get();
            let has_news = self.near.with_value(|wanted| wanted.moved != moved);
            if is_still || has_news {
                self.choose(camera, view, moved, is_still);
            }
            self.show_now(&must, is_still);
            self.ask_frame();
        });
    }

    fn choose(self, camera: Camera, view: Size, moved: u64, is_still: bool) {
        let visible = camera.visible(view);
        let was_near = self.distance.get_untracked() == Distance::Near;
        let slack = if was_near { SLACK } else { 1.0 };
        let state = self.desk.replica.state;
        let is_near = if is_still {
            camera.scale() * slack >= NEAR_SCALE
                && state.notes_in(visible).len() as f64 <= MOST_NEAR as f64 * slack
        } else {
            was_near
        };
        let covered = self
            .near
            .with_value(|wanted| wanted.covered)
            .filter(|covered| {
                !is_still
                    || (holds(*covered, visible) && covered.area() < MOST_COVERED * visible.area())
            });
        if is_near
            && was_near
            && covered.is_some()
            && self.near.with_value(|wanted| wanted.moved == moved)
        {
            return;
        }
        let covered = is_near.then(|| {
            covered.unwrap_or_else(|| {
                let way = BoardVector::new(visible.width() * AROUND, visible.height() * AROUND);
                BoardRect {
                    min: visible.min - way,
                    max: visible.max + way,
                }
            })
        });
        let notes = covered
            .map(|covered| state.notes_in(covered))
            .unwrap_or_default();
        let stack: HashMap<NoteId, usize> = notes
            .iter()
            .enumerate()
            .map(|(height, id)| (id.clone(), height + 1))
            .collect();
        if self.stack.with_untracked(|before| *before != stack) {
            self.stack.set(stack);
        }
        self.near.set_value(Wanted {
            notes,
            covered,
            moved,
        });
        let distance = if is_near {
            Distance::Near
        } else {
            Distance::Far
        };
        if self.distance.get_untracked() != distance {
            self.distance.set(distance);
        }
    }

    /// What must be an element wherever the view is: what is written, and the one selected note,
    /// which has the focus.
    fn must_show(self) -> Vec<NoteId> {
        let mut must = Vec::new();
        if let Some(Editing::Note(note)) = self.desk.editing.get() {
            must.push(note);
        }
        self.desk.selection.with(|selection| {
            if let [one] = selection.notes.as_slice() {
                must.push(one.clone());
            }
        });
        must
    }

    /// Takes elements away that are not wanted any more, and adds those that cannot wait.
    fn show_now(self, must: &[NoteId], is_still: bool) {
        let state = self.desk.replica.state;
        let wanted: HashSet<NoteId> = self
            .near
            .with_value(|wanted| wanted.notes.iter().cloned().collect());
        let shown: HashSet<NoteId> = self
            .shown
            .with_untracked(|shown| shown.iter().cloned().collect());
        // A few new ones (somebody posted a note) need not wait for a frame.
        let missing: Vec<&NoteId> = wanted.difference(&shown).collect();
        let at_once = if missing.len() <= A_FRAME && is_still {
            missing
        } else {
            Vec::new()
        };
        let next: HashSet<NoteId> = shown
            .iter()
            .filter(|id| !is_still || wanted.contains(*id))
            .chain(must)
            .chain(at_once)
            .filter(|id| state.note(id).is_some())
            .cloned()
            .collect();
        self.set_shown(next.into_iter().collect());
    }

    /// Adds some of the elements that are still missing; true when there is nothing more to do now.
    pub(super) fn show_more_notes(self) -> bool {
        let is_still = !self.is_moving.get_untracked();
        let shown: HashSet<NoteId> = self
            .shown
            .with_untracked(|shown| shown.iter().cloned().collect());
        let missing: Vec<NoteId> = self.near.with_value(|wanted| {
            wanted
                .notes
                .iter()
                .filter(|id| !shown.contains(*id))
                .cloned()
                .collect()
        });
        if is_still && !missing.is_empty() {
            let mut next = self.shown.get_untracked();
            next.extend(missing.iter().take(A_FRAME).cloned());
            self.set_shown(next);
        }
        let is_covered = self.near.with_value(|wanted| {
            let visible = self
                .desk
                .camera
                .get_untracked()
                .visible(self.desk.view.get_untracked());
            wanted
                .covered
                .is_some_and(|covered| holds(covered, visible))
        });
        let has_picture =
            !is_covered || !missing.is_empty() || self.distance.get_untracked() == Distance::Far;
        if self.has_picture.get_untracked() != has_picture {
            self.has_picture.set(has_picture);
        }
        !is_still || missing.len() <= A_FRAME
    }

    /// In the order in which they were posted: raising a note must not move its element, which may
    /// have the focus.
    fn set_shown(self, notes: Vec<NoteId>) {
        let state = self.desk.replica.state;
        let mut posted: Vec<_> = notes
            .into_iter()
            .map(|id| {
                let at = state
                    .note(&id)
                    .map(|signals| signals.note.with_untracked(|note| note.at as u64));
                (at, id)
            })
            .collect();
        samtavle_shared::sorting::sort_by(&mut posted, Ord::cmp);
        let notes: Vec<_> = posted.into_iter().map(|(_, id)| id).collect();
        if self.shown.with_untracked(|shown| *shown != notes) {
            self.shown.set(notes);
        }
    }
}

fn holds(outer: BoardRect, inner: BoardRect) -> bool {
    outer.contains(inner.min) && outer.contains(inner.max)
}
