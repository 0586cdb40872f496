//! Making, tidying and dissolving clusters.

use super::{Deleted, Lying};
use crate::{
    desk::{DeskState, Editing, Selection},
    notes::{
        clusters::{self, Made, room_for},
        way::way_for,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    board::StepId,
    geometry::{BoardPoint, BoardRect, Size},
    ids::{ClusterId, NoteId},
    layout::{GAP, grid, most_of},
};

impl DeskState {
    /// Makes a cluster of the selected notes, and begins to name it.
    pub fn cluster_selected(self) -> Option<ClusterId> {
        let notes = self.in_reading_order(self.selection.get_untracked().notes);
        self.shows_made(clusters::make_of(self.replica, &notes, ""))
    }

    /// Makes a cluster of notes, of which the first comes to lie at `start`.
    pub(super) fn make_cluster(self, notes: &[NoteId], start: BoardPoint) -> Option<ClusterId> {
        self.shows_made(clusters::make_at(self.replica, notes, "", start))
    }

    fn shows_made(self, made: Option<Made>) -> Option<ClusterId> {
        let Made { cluster, frame, .. } = made?;
        self.selection.set(Selection {
            notes: Vec::new(),
            cluster: Some(cluster.clone()),
        });
        // Its head is what one writes in; the rest of a large one need not take the view along.
        let seen = Size::new(frame.width().min(420.0), frame.height().min(260.0));
        self.reveal(BoardRect::at(frame.min, seen));
        self.editing.set(Some(Editing::Title(cluster.clone())));
        Some(cluster)
    }

    /// Puts the notes of one cluster into another.
    pub fn merge(self, from: &ClusterId, into: &ClusterId) {
        if clusters::merge(self.replica, from, into).is_some() {
            self.selection.set(Selection {
                notes: Vec::new(),
                cluster: Some(into.clone()),
            });
        }
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
        let by = room_for(self.replica, start, around.size(), &ids) - around.min;
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

    /// Takes a cluster away and leaves its notes where they are, selected.
    pub fn dissolve(self, cluster: &ClusterId) -> Option<StepId> {
        let notes = self
            .shape(cluster)
            .map(|shape| shape.notes)
            .unwrap_or_default();
        self.editing.set(None);
        let step = clusters::dissolve(self.replica, cluster);
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
