//! Where notes find room: on the table, in a cluster, side by side.

use super::Lying;
use crate::{
    desk::DeskState,
    notes::clusters::{places_in, room_for},
    tools::free_place,
};
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{ClusterId, NoteId},
    layout::{CLUSTER_TOP, GAP, cluster_frame, free_block, next_place},
};

/// How far around a new note we look for notes that it could hide, board units.
const NEIGHBOURHOOD: f64 = 400.0;

impl DeskState {
    pub(super) fn corners_near(self, corner: BoardPoint) -> Vec<BoardPoint> {
        let state = self.replica.state;
        let part = BoardRect {
            min: corner,
            max: corner,
        }
        .grown(NEIGHBOURHOOD);
        state
            .notes_in(part)
            .iter()
            .filter_map(|id| Some(state.rect_of(id)?.min))
            .collect()
    }

    /// A place for a new note: here, unless it would cover another's text.
    pub(super) fn place_on_table(self, corner: BoardPoint, size: Size) -> BoardPoint {
        /// A corner over a corner is how paper lies; more is a note that cannot be read.
        const MAY_COVER: f64 = 0.15;
        let state = self.replica.state;
        let rect = BoardRect::at(corner, size);
        let covers = state
            .notes_in(rect)
            .iter()
            .filter_map(|id| state.rect_of(id))
            .any(|other| other.shared_area(rect) > MAY_COVER * rect.area());
        if covers {
            room_for(self.replica, corner, size, &[])
        } else {
            free_place(corner, &self.corners_near(corner))
        }
    }

    /// A place in a cluster for a note of this size: here if it hides none of the cluster's notes.
    pub(super) fn place_in(
        self,
        cluster: &ClusterId,
        here: BoardPoint,
        size: Size,
        besides: &[NoteId],
    ) -> BoardPoint {
        let Some(shape) = self.shape(cluster) else {
            return here;
        };
        let others: Vec<NoteId> = shape
            .notes
            .into_iter()
            .filter(|id| !besides.contains(id))
            .collect();
        let others: Vec<BoardRect> = self.lying(&others).iter().map(|lying| lying.rect).collect();
        let rect = BoardRect::at(here, size);
        // A frame is around its notes: one laid on the head would only push the head up.
        let frame = cluster_frame(others.iter().copied(), shape.cluster.pos);
        let is_under_head =
            !shape.cluster.is_collapsed && here.y >= frame.min.y + CLUSTER_TOP - GAP;
        if is_under_head && others.iter().all(|other| !other.overlaps(rect)) {
            return here.rounded();
        }
        next_place(&others, size, shape.cluster.pos)
    }

    /// Where notes that are dropped in a cluster go; several keep their pattern.
    pub(super) fn places_in(
        self,
        cluster: &ClusterId,
        lying: &[Lying],
        by: BoardVector,
    ) -> Vec<BoardPoint> {
        let dropped: Vec<NoteId> = lying.iter().map(|lying| lying.note.id.clone()).collect();
        if let Some(stack) = self
            .shape(cluster)
            .filter(|shape| shape.cluster.is_collapsed)
        {
            let sizes: Vec<Size> = lying.iter().map(|lying| lying.rect.size()).collect();
            return places_in(self.replica, &stack, &sizes);
        }
        if let [one] = lying {
            return vec![self.place_in(cluster, one.rect.min + by, one.rect.size(), &dropped)];
        }
        let Some(around) = BoardRect::around(lying.iter().map(|lying| lying.rect.moved(by))) else {
            return Vec::new();
        };
        let others = self
            .shape(cluster)
            .map(|shape| shape.notes)
            .unwrap_or_default();
        let others: Vec<NoteId> = others
            .into_iter()
            .filter(|id| !dropped.contains(id))
            .collect();
        let others: Vec<BoardRect> = self.lying(&others).iter().map(|lying| lying.rect).collect();
        let hides = |by: BoardVector| {
            lying.iter().any(|lying| {
                others
                    .iter()
                    .any(|other| other.overlaps(lying.rect.moved(by)))
            })
        };
        let by = if hides(by) {
            let corner = free_block(around.min, around.size(), |rect| {
                others.iter().all(|other| !other.overlaps(rect))
            });
            by + (corner.unwrap_or(around.min) - around.min)
        } else {
            by
        };
        lying.iter().map(|lying| lying.rect.min + by).collect()
    }
}
