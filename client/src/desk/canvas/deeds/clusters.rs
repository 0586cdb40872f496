//! Making, tidying and dissolving clusters.

use super::{Deleted, Lying};
use crate::desk::{DeskState, Editing, Selection};
use crate::notes::way::{Growing, Way, way_for, way_for_spread};
use crate::replica::Replica;
use crate::session::post::block_of;
use leptos::prelude::*;
use samtavle_shared::{
    board::{Collapsed, StepId, TextEdit},
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{ClusterId, NoteId},
    layout::{CLUSTER_BOTTOM, CLUSTER_SIDE, CLUSTER_TOP, GAP, grid, most_of},
};

impl DeskState {
    /// Makes a cluster of the selected notes, laid out neatly where the first of them lies, and begins to name it. Out of
    /// one cluster they come to stand beside it.
    pub fn cluster_selected(self) -> Option<ClusterId> {
        let notes = self.in_reading_order(self.selection.get_untracked().notes);
        let lying = self.lying(&notes);
        let start = lying.first()?.rect.min;
        let old = lying.first()?.note.cluster.clone();
        let is_split = old.is_some() && lying.iter().all(|lying| lying.note.cluster == old);
        let old = old.filter(|_| is_split).and_then(|old| self.shape(&old));
        let start = match old {
            Some(old) if old.notes.len() > notes.len() => BoardPoint::new(
                old.frame.max.x + 2.0 * GAP + CLUSTER_SIDE,
                old.frame.min.y + CLUSTER_TOP,
            ),
            _ => start,
        };
        self.make_cluster(&notes, start)
    }

    /// The first note's place is `start`: what lies in the way goes aside.
    pub(super) fn make_cluster(self, notes: &[NoteId], start: BoardPoint) -> Option<ClusterId> {
        let lying = self.lying(notes);
        if lying.is_empty() {
            return None;
        }
        let sizes: Vec<Size> = lying.iter().map(|lying| lying.rect.size()).collect();
        // Room for the frame, too.
        let head = BoardVector::new(CLUSTER_SIDE, CLUSTER_TOP);
        let block = block_of(&sizes);
        let size = Size::new(
            block.width + 2.0 * CLUSTER_SIDE,
            block.height + CLUSTER_TOP + CLUSTER_BOTTOM,
        );
        let mut corner = start - head;
        if self.lies_on_what_is_locked(BoardRect::at(corner, size)) {
            corner = self.room_for(corner, size, notes);
        }
        let frame = BoardRect::at(corner, size);
        let growing = Growing {
            cluster: None,
            before: None,
            frame,
            besides: notes,
        };
        let way = Way::of(self.replica, &growing);
        let id = Replica::new_cluster_id();
        self.step(|change| {
            change.add_cluster(&id, "", corner);
            for (lying, place) in lying.iter().zip(grid(&sizes, corner + head)) {
                change.move_note(&lying.note.id, place);
                change.join_cluster(&lying.note.id, &id);
            }
            way.make(change);
        });
        self.selection.set(Selection {
            notes: Vec::new(),
            cluster: Some(id.clone()),
        });
        // Its head is what one writes in; the rest of a large one need not take the view along.
        let seen = Size::new(size.width.min(420.0), size.height.min(260.0));
        self.reveal(BoardRect::at(corner, seen));
        self.editing.set(Some(Editing::Title(id.clone())));
        Some(id)
    }

    fn lies_on_what_is_locked(self, rect: BoardRect) -> bool {
        let clusters = self.replica.state.clusters.get_untracked();
        clusters.iter().any(|id| {
            let lies_on = self
                .shape(id)
                .is_some_and(|shape| shape.frame.overlaps(rect));
            lies_on && !untrack(|| self.replica.is_unlocked(id))
        })
    }

    /// Puts the notes of one cluster into another, which takes its name where it has none. One step.
    pub fn merge(self, from: &ClusterId, into: &ClusterId) {
        let (Some(one), Some(other)) = (self.shape(from), self.shape(into)) else {
            return;
        };
        let lying = self.lying(&one.notes);
        let sizes: Vec<Size> = lying.iter().map(|lying| lying.rect.size()).collect();
        let places = self.places_in_cluster(into, &sizes);
        let rects: Vec<BoardRect> = places
            .iter()
            .zip(&sizes)
            .map(|(&place, &size)| BoardRect::at(place, size))
            .collect();
        let way = way_for(self.replica, into, &rects, &one.notes);
        let at = self.replica.written_at();
        self.step(|change| {
            for (lying, place) in lying.iter().zip(&places) {
                change.move_note(&lying.note.id, *place);
                change.join_cluster(&lying.note.id, into);
            }
            if other.cluster.title.trim().is_empty() {
                let title = TextEdit::between(&other.cluster.title, &one.cluster.title, None);
                change.write_title(into, &title);
            }
            change.dissolve(from, at);
            way.make(change);
        });
        self.selection.set(Selection {
            notes: Vec::new(),
            cluster: Some(into.clone()),
        });
    }

    /// Takes the selected notes out of their clusters, to beside them.
    pub fn take_out_selected(self) {
        let selection = self.selection.get_untracked();
        let lying: Vec<Lying> = self
            .lying(&selection.notes)
            .into_iter()
            .filter(|lying| lying.note.cluster.is_some())
            .collect();
        let Some(around) = BoardRect::around(lying.iter().map(|lying| lying.rect)) else {
            return;
        };
        let frames = lying
            .iter()
            .filter_map(|lying| Some(self.shape(lying.note.cluster.as_ref()?)?.frame));
        let beside = BoardRect::around(frames).map_or(around.max.x, |frames| frames.max.x) + GAP;
        let start = BoardPoint::new(beside, around.min.y);
        let ids: Vec<NoteId> = lying.iter().map(|lying| lying.note.id.clone()).collect();
        let by = self.room_for(start, around.size(), &ids) - around.min;
        self.step(|change| {
            for Lying { note, .. } in &lying {
                change.leave_cluster(&note.id);
                change.move_note(&note.id, note.pos + by);
            }
        });
        self.reveal(around.moved(by));
    }

    /// Lays a cluster's notes out in rows, as they are read now.
    pub fn tidy(self, cluster: &ClusterId) {
        let Some(shape) = self.shape(cluster) else {
            return;
        };
        let lying = self.lying(&shape.notes);
        let Some(inside) = most_of(lying.iter().map(|lying| lying.rect)) else {
            return;
        };
        let sizes: Vec<Size> = lying.iter().map(|lying| lying.rect.size()).collect();
        let places = grid(&sizes, inside.min);
        let rects: Vec<BoardRect> = places
            .iter()
            .zip(&sizes)
            .map(|(&place, &size)| BoardRect::at(place, size))
            .collect();
        let way = way_for(self.replica, cluster, &rects, &shape.notes);
        self.step(|change| {
            for (lying, place) in lying.iter().zip(places) {
                change.move_note(&lying.note.id, place);
            }
            way.make(change);
        });
    }

    /// Lays a cluster together to a stack, or spreads it out; what lies in its way then goes aside.
    pub fn collapse(self, cluster: &ClusterId) {
        let Some(shape) = self.shape(cluster) else {
            return;
        };
        if shape.cluster.is_collapsed {
            let way = way_for_spread(self.replica, cluster);
            self.step(|change| {
                change.collapse(cluster, Collapsed::No);
                way.make(change);
            });
        } else {
            self.step(|change| change.collapse(cluster, Collapsed::Yes));
        }
    }

    /// Takes a cluster away and leaves its notes where they are, selected.
    pub fn dissolve(self, cluster: &ClusterId) -> Option<StepId> {
        let notes = self
            .shape(cluster)
            .map(|shape| shape.notes)
            .unwrap_or_default();
        self.editing.set(None);
        let at = self.replica.written_at();
        let step = self.step(|change| change.dissolve(cluster, at));
        self.select(notes);
        step
    }

    /// Deletes a cluster with its notes.
    pub fn delete_cluster(self, id: &ClusterId) -> Deleted {
        let notes = self.shape(id).map(|shape| shape.notes).unwrap_or_default();
        self.editing.set(None);
        let at = self.replica.written_at();
        let step = self.step(|change| {
            for note in &notes {
                change.delete_note(note, at);
            }
            change.dissolve(id, at);
        });
        self.select(Vec::new());
        let notes = notes.len();
        Deleted { notes, step }
    }
}
