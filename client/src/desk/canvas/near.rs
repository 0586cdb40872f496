//! Near: which notes are elements. All that are in view and a little around it; a few more each
//! frame, so that no frame is late. Until all are there, the picture of tiles stands in.

use super::{
    super::Editing,
    stage::{Distance, Stage},
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardRect, Camera, Size},
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

/// What is to be shown.
#[derive(Default)]
pub(crate) struct Wanted {
    notes: Vec<NoteId>,
    covered: Option<BoardRect>,
    moved: u64,
}

impl Stage {
    /// Follows camera, view and board.
    pub(super) fn follow_near(self) {
        Effect::new(move || {
            let camera = self.desk.camera.get();
            let view = self.desk.view.get();
            let moved = self.desk.replica.state.moved.get();
            let must = self.must_show();
            self.choose(camera, view, moved, must);
            self.ask_frame();
        });
    }

    fn choose(self, camera: Camera, view: Size, moved: u64, must: Vec<NoteId>) {
        let visible = camera.visible(view);
        let was_near = self.distance.get_untracked() == Distance::Near;
        let slack = if was_near { SLACK } else { 1.0 };
        let state = self.desk.replica.state;
        let is_near = camera.scale() * slack >= NEAR_SCALE
            && state.notes_in(visible).len() as f64 <= MOST_NEAR as f64 * slack;

        let is_covered = self.near.with_value(|wanted| {
            wanted.moved == moved && wanted.covered.is_some_and(|covered| holds(covered, visible))
        });
        if is_near && was_near && is_covered {
            self.show_now(&must);
            return;
        }
        let covered = is_near.then(|| {
            let (x, y) = (visible.width() * AROUND, visible.height() * AROUND);
            BoardRect {
                min: visible.min - samtavle_shared::geometry::BoardVector::new(x, y),
                max: visible.max + samtavle_shared::geometry::BoardVector::new(x, y),
            }
        });
        let notes = covered.map(|covered| state.notes_in(covered)).unwrap_or_default();
        let stack: HashMap<NoteId, usize> =
            notes.iter().enumerate().map(|(height, id)| (id.clone(), height + 1)).collect();
        if self.stack.with_untracked(|before| *before != stack) {
            self.stack.set(stack);
        }
        self.near.set_value(Wanted { notes, covered, moved });
        let distance = if is_near { Distance::Near } else { Distance::Far };
        if self.distance.get_untracked() != distance {
            self.distance.set(distance);
        }
        self.show_now(&must);
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
    fn show_now(self, must: &[NoteId]) {
        let state = self.desk.replica.state;
        let wanted: HashSet<NoteId> = self.near.with_value(|wanted| wanted.notes.iter().cloned().collect());
        let shown = self.shown.get_untracked();
        // A few new ones (somebody posted a note) need not wait for a frame.
        let missing: Vec<&NoteId> = wanted.iter().filter(|id| !shown.contains(id)).collect();
        let at_once = if missing.len() <= A_FRAME { missing } else { Vec::new() };
        let is_there = |id: &NoteId| state.note(id).is_some();
        let mut next: Vec<NoteId> = shown
            .iter()
            .filter(|id| (wanted.contains(*id) || must.contains(id)) && is_there(id))
            .cloned()
            .collect();
        for id in must.iter().chain(at_once) {
            if !next.contains(id) && is_there(id) {
                next.push(id.clone());
            }
        }
        self.set_shown(next);
    }

    /// Adds some of the elements that are still missing; true when none is.
    pub(super) fn show_more_notes(self) -> bool {
        let shown: HashSet<NoteId> = self.shown.get_untracked().into_iter().collect();
        let (missing, is_done) = self.near.with_value(|wanted| {
            let mut missing = wanted.notes.iter().filter(|id| !shown.contains(*id));
            let some: Vec<NoteId> = missing.by_ref().take(A_FRAME).cloned().collect();
            (some, missing.next().is_none())
        });
        if !missing.is_empty() {
            let mut next = self.shown.get_untracked();
            next.extend(missing);
            self.set_shown(next);
        }
        let has_picture = !is_done || self.distance.get_untracked() == Distance::Far;
        if self.has_picture.get_untracked() != has_picture {
            self.has_picture.set(has_picture);
        }
        is_done
    }

    /// In the order in which they were posted: raising a note must not move its element, which may
    /// have the focus.
    fn set_shown(self, mut notes: Vec<NoteId>) {
        let state = self.desk.replica.state;
        notes.sort_by_cached_key(|id| {
            let at = state.note(id).map(|signals| signals.note.with_untracked(|note| note.at as u64));
            (at, id.clone())
        });
        if self.shown.with_untracked(|shown| *shown != notes) {
            self.shown.set(notes);
        }
    }
}

fn holds(outer: BoardRect, inner: BoardRect) -> bool {
    outer.contains(inner.min) && outer.contains(inner.max)
}
