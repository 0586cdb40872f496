//! Making, tidying and dissolving clusters.

use super::{Deleted, Lying};
use crate::desk::{DeskState, Editing, Selection};
use crate::replica::Replica;
use crate::session::post::block_of;
use leptos::prelude::*;
use samtavle_shared::{
    board::StepId,
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{ClusterId, NoteId},
    layout::{CLUSTER_BOTTOM, CLUSTER_SIDE, CLUSTER_TOP, GAP, grid, most_of},
};

impl DeskState {
    /// Makes a cluster of the selected notes, laid out neatly, and begins to name it.
    pub fn cluster_selected(self) -> Option<ClusterId> {
        let notes = self.selection.get_untracked().notes;
        let start = most_of(self.lying(&notes).iter().map(|lying| lying.rect))?.min;
        self.make_cluster(&self.in_reading_order(notes), start)
    }

    pub(super) fn make_cluster(self, notes: &[NoteId], start: BoardPoint) -> Option<ClusterId> {
        let lying = self.lying(notes);
        if lying.is_empty() {
            return None;
        }
        let sizes: Vec<Size> = lying.iter().map(|lying| lying.rect.size()).collect();
        // Room for the frame, too.
        let head = BoardVector::new(CLUSTER_SIDE, CLUSTER_TOP);
        let block = block_of(&sizes);
        let frame = Size::new(
            block.width + 2.0 * CLUSTER_SIDE,
            block.height + CLUSTER_TOP + CLUSTER_BOTTOM,
        );
        let corner = self.room_for(start - head, frame, notes);
        let id = Replica::new_cluster_id();
        self.step(|change| {
            change.add_cluster(&id, "", corner);
            for (lying, place) in lying.iter().zip(grid(&sizes, corner + head)) {
                change.move_note(&lying.note.id, place);
                change.join_cluster(&lying.note.id, &id);
            }
        });
        self.selection.set(Selection {
            notes: Vec::new(),
            cluster: Some(id.clone()),
        });
        self.reveal(BoardRect::at(corner, frame));
        self.editing.set(Some(Editing::Title(id.clone())));
        Some(id)
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
        self.step(|change| {
            for (lying, place) in lying.iter().zip(grid(&sizes, inside.min)) {
                change.move_note(&lying.note.id, place);
            }
        });
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
