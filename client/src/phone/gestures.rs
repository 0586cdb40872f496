//! What a person does with notes on a phone, as changes of the board. A phone has no pointer, so the
//! places come from `shared::layout`.

use crate::{notes::way::way_for, replica::Replica, session::post::place_without};
use leptos::prelude::*;
use samtavle_shared::{
    board::{BoardChange, StepId},
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{ClusterId, NoteId},
    layout::{CLUSTER_SIDE, CLUSTER_TOP, NOTE_WIDTH, cluster_frame, next_place},
};

/// Deletes a note; gives the step that did it.
pub(super) fn delete(replica: Replica, note: &NoteId) -> Option<StepId> {
    let at = replica.written_at();
    replica.step_of(&BoardChange::Note(note.clone()), |change| {
        change.delete_note(note, at);
    })
}

/// Puts a note in a cluster, at the first free place in it.
pub(super) fn move_to_cluster(replica: Replica, note: &NoteId, cluster: &ClusterId) {
    let Some(shape) = replica
        .state
        .cluster(cluster)
        .map(|shape| shape.get_untracked())
    else {
        return;
    };
    let others: Vec<BoardRect> = shape
        .notes
        .iter()
        .filter(|other| *other != note)
        .filter_map(|other| replica.state.rect_of(other))
        .collect();
    let size = size_of(replica, note);
    let place = next_place(&others, size, shape.cluster.pos);
    let lies = BoardRect::at(place, size);
    let way = way_for(replica, cluster, &[lies], std::slice::from_ref(note));
    replica.new_step();
    replica.change(|change| {
        way.make(change);
        change.join_cluster(note, cluster);
        change.move_note(note, place);
    });
    replica.new_step();
}

/// Makes a cluster of a note, with room for more.
pub(super) fn move_to_new_cluster(replica: Replica, note: &NoteId, title: &str) -> ClusterId {
    let cluster = Replica::new_cluster_id();
    let frame = cluster_frame([], BoardPoint::default());
    let size = Size::new(
        frame.width(),
        frame.height().max(size_of(replica, note).height + 100.0),
    );
    let corner = place_without(replica, note, size);
    replica.new_step();
    replica.change(|change| {
        change.add_cluster(&cluster, title.trim(), corner);
        change.join_cluster(note, &cluster);
        change.move_note(note, corner + BoardVector::new(CLUSTER_SIDE, CLUSTER_TOP));
    });
    replica.new_step();
    cluster
}

/// Takes a note out of its cluster, to the free ones.
pub(super) fn take_out(replica: Replica, note: &NoteId) {
    let place = place_without(replica, note, size_of(replica, note));
    replica.new_step();
    replica.change(|change| {
        change.leave_cluster(note);
        change.move_note(note, place);
    });
    replica.new_step();
}

/// The notes that are in no cluster, newest first; follows the board.
pub(super) fn loose_notes(replica: Replica) -> Vec<NoteId> {
    newest_first(replica, |note| note.cluster.is_none())
}

/// The notes for which this holds, newest first; follows the board.
pub(super) fn newest_first(
    replica: Replica,
    holds: impl Fn(&samtavle_shared::board::Note) -> bool,
) -> Vec<NoteId> {
    let mut found: Vec<(f64, NoteId)> = replica
        .state
        .note_ids()
        .into_iter()
        .filter_map(|id| {
            let note = replica.state.note(&id)?.note;
            note.with_untracked(|note| holds(note).then_some((note.at, id)))
        })
        .collect();
    samtavle_shared::sorting::sort_by(&mut found, |a, b| {
        b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1))
    });
    found.into_iter().map(|(_, id)| id).collect()
}

fn size_of(replica: Replica, note: &NoteId) -> Size {
    replica
        .state
        .rect_of(note)
        .map_or(Size::new(NOTE_WIDTH, 0.0), BoardRect::size)
}
