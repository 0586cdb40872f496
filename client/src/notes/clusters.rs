//! What is done with whole clusters, the same on desk and phone: each is one step to take back.

use super::way::{Growing, Way, way_for, way_for_spread};
use crate::{replica::Replica, session::post::block_of, state::ClusterShape};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Collapsed, Note, StepId, TextEdit},
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{ClusterId, NoteId},
    layout::{
        CLUSTER_BOTTOM, CLUSTER_SIDE, CLUSTER_TOP, GAP, cluster_frame, free_block, grid,
        next_place, size_of,
    },
};

/// A note and where it lies in the document.
#[derive(Clone)]
pub(crate) struct Lying {
    pub(crate) note: Note,
    pub(crate) rect: BoardRect,
}

/// A cluster that was made.
pub(crate) struct Made {
    pub(crate) cluster: ClusterId,
    /// Its frame.
    pub(crate) frame: BoardRect,
    pub(crate) step: Option<StepId>,
}

/// A cluster as it is now.
pub(crate) fn shape(replica: Replica, cluster: &ClusterId) -> Option<ClusterShape> {
    Some(replica.state.cluster(cluster)?.get_untracked())
}

/// Those of these notes that are there.
pub(crate) fn lying(replica: Replica, notes: &[NoteId]) -> Vec<Lying> {
    let one = |id: &NoteId| {
        let note = replica.state.note(id)?.note.get_untracked();
        let rect = BoardRect::at(note.pos, size_of(&note));
        Some(Lying { note, rect })
    };
    notes.iter().filter_map(one).collect()
}

/// Makes a cluster of notes, laid out neatly where the first of them lies. Out of one cluster they come to stand
/// beside it.
pub(crate) fn make_of(replica: Replica, notes: &[NoteId], title: &str) -> Option<Made> {
    let lying = lying(replica, notes);
    let start = lying.first()?.rect.min;
    let old = lying.first()?.note.cluster.clone();
    let is_split = old.is_some() && lying.iter().all(|lying| lying.note.cluster == old);
    let old = old.filter(|_| is_split);
    let start = match old.and_then(|old| shape(replica, &old)) {
        Some(old) if old.notes.len() > notes.len() => BoardPoint::new(
            old.frame.max.x + 2.0 * GAP + CLUSTER_SIDE,
            old.frame.min.y + CLUSTER_TOP,
        ),
        _ => start,
    };
    make_at(replica, notes, title, start)
}

/// The first note's place is `start`: what lies in the way goes aside.
pub(crate) fn make_at(
    replica: Replica,
    notes: &[NoteId],
    title: &str,
    start: BoardPoint,
) -> Option<Made> {
    let lying = lying(replica, notes);
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
    if lies_on_what_is_locked(replica, BoardRect::at(corner, size)) {
        corner = room_for(replica, corner, size, notes);
    }
    let frame = BoardRect::at(corner, size);
    let growing = Growing {
        cluster: None,
        before: None,
        frame,
        besides: notes,
    };
    let way = Way::of(replica, &growing);
    let cluster = Replica::new_cluster_id();
    let step = replica.step(|change| {
        change.add_cluster(&cluster, title.trim(), corner);
        for (lying, place) in lying.iter().zip(grid(&sizes, corner + head)) {
            change.move_note(&lying.note.id, place);
            change.join_cluster(&lying.note.id, &cluster);
        }
        way.make(change);
    });
    Some(Made {
        cluster,
        frame,
        step,
    })
}

fn lies_on_what_is_locked(replica: Replica, rect: BoardRect) -> bool {
    let clusters = replica.state.clusters.get_untracked();
    clusters.iter().any(|id| {
        let lies_on = shape(replica, id).is_some_and(|shape| shape.frame.overlaps(rect));
        lies_on && !untrack(|| replica.is_unlocked(id))
    })
}

/// Puts the notes of one cluster into another, which takes its name where it has none.
pub(crate) fn merge(replica: Replica, from: &ClusterId, into: &ClusterId) -> Option<StepId> {
    let (one, other) = (shape(replica, from)?, shape(replica, into)?);
    let lying = lying(replica, &one.notes);
    let sizes: Vec<Size> = lying.iter().map(|lying| lying.rect.size()).collect();
    let places = places_in(replica, &other, &sizes);
    let rects: Vec<BoardRect> = places
        .iter()
        .zip(&sizes)
        .map(|(&place, &size)| BoardRect::at(place, size))
        .collect();
    let way = way_for(replica, into, &rects, &one.notes);
    let at = replica.written_at();
    replica.step(|change| {
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
    })
}

/// Lays a cluster together to a stack, or spreads it out; what lies in its way then goes aside.
pub(crate) fn collapse(replica: Replica, cluster: &ClusterId) -> Option<StepId> {
    if shape(replica, cluster)?.cluster.is_collapsed {
        let way = way_for_spread(replica, cluster);
        replica.step(|change| {
            change.collapse(cluster, Collapsed::No);
            way.make(change);
        })
    } else {
        replica.step(|change| change.collapse(cluster, Collapsed::Yes))
    }
}

/// Takes a cluster away and leaves its notes where they are.
pub(crate) fn dissolve(replica: Replica, cluster: &ClusterId) -> Option<StepId> {
    let at = replica.written_at();
    replica.step(|change| change.dissolve(cluster, at))
}

/// Free places in a cluster for notes of these sizes.
pub(crate) fn places_in(replica: Replica, shape: &ClusterShape, sizes: &[Size]) -> Vec<BoardPoint> {
    let lying = lying(replica, &shape.notes);
    let mut others: Vec<BoardRect> = lying.iter().map(|lying| lying.rect).collect();
    let place = |&size: &Size| {
        let place = next_place(&others, size, shape.cluster.pos);
        others.push(BoardRect::at(place, size));
        place
    };
    sizes.iter().map(place).collect()
}

/// The nearest corner where a block of this size lies on nothing but these notes.
pub(crate) fn room_for(
    replica: Replica,
    corner: BoardPoint,
    size: Size,
    besides: &[NoteId],
) -> BoardPoint {
    let state = replica.state;
    let frames: Vec<BoardRect> = state
        .clusters
        .get_untracked()
        .iter()
        .filter_map(|id| shape(replica, id))
        .filter(|shape| {
            shape.notes.iter().any(|note| !besides.contains(note)) || shape.notes.is_empty()
        })
        .map(|shape| {
            let others: Vec<NoteId> = shape
                .notes
                .into_iter()
                .filter(|id| !besides.contains(id))
                .collect();
            cluster_frame(
                lying(replica, &others).iter().map(|lying| lying.rect),
                shape.cluster.pos,
            )
        })
        .collect();
    let room = free_block(corner, size, |rect| {
        frames.iter().all(|frame| !frame.overlaps(rect))
            && state
                .notes_in(rect)
                .iter()
                .all(|note| besides.contains(note))
    });
    room.unwrap_or_else(|| corner.rounded())
}
