//! What a person does with notes on a phone, as changes of the board. A phone has no pointer, so the
//! places come from `shared::layout`.

use super::state::PhoneState;
use crate::{parts::notice::Notices, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    board::{NewNote, NoteKind},
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{ClusterId, NoteId},
    layout::{
        CLUSTER_SIDE, CLUSTER_TOP, NOTE_WIDTH, cluster_frame, free_places, next_place, note_size,
    },
};

/// Of so many good places one is taken by chance: whoever posts in the same moment takes another.
const GOOD_PLACES: usize = 4;

/// Posts a note at a free place, as one of this phone's own.
pub(super) fn post(replica: Replica, kind: NoteKind, text: &str) {
    let text = text.trim().to_owned();
    let pos = free_place(replica, None, note_size(&text));
    let note = NewNote::new(Replica::new_note_id(), kind, pos, text, Replica::now_ms());
    let id = note.id.clone();
    replica.new_step();
    replica.change(|change| change.add_note(note));
    replica.new_step();
    replica.mark_mine(&id);
}

/// Deletes a note, and offers to take that back. Taking it back posts it again as it was: undo would
/// take back whatever this person did last, and that may be something else by then.
pub(super) fn delete(
    phone: PhoneState,
    note: &NoteId,
    notices: Notices,
    deleted: &str,
    undo: &str,
) {
    let replica = phone.replica;
    let Some(before) = replica
        .state
        .note(note)
        .map(|signals| signals.note.get_untracked())
    else {
        return;
    };
    replica.new_step();
    replica.change(|change| change.delete_note(note));
    replica.new_step();
    let restore = move || {
        let before = before.clone();
        replica.change(|change| {
            let id = before.id.clone();
            let cluster = before.cluster.clone();
            change.add_note(NewNote::again(before));
            if let Some(cluster) = &cluster {
                change.join_cluster(&id, cluster);
            }
        });
        replica.new_step();
    };
    notices.show_with(deleted, undo, phone.lasting(restore));
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
    let place = next_place(&others, size_of(replica, note), shape.cluster.pos);
    replica.new_step();
    replica.change(|change| {
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
    let corner = free_place(replica, Some(note), size);
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
    let place = free_place(replica, Some(note), size_of(replica, note));
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

fn free_place(replica: Replica, without: Option<&NoteId>, size: Size) -> BoardPoint {
    let state = replica.state;
    let frames: Vec<BoardRect> = state
        .clusters
        .get_untracked()
        .iter()
        .filter_map(|id| Some(state.cluster(id)?.with_untracked(|shape| shape.frame)))
        .collect();
    let notes: Vec<BoardRect> = untrack(|| state.note_ids())
        .iter()
        .filter(|id| Some(*id) != without)
        .filter(|id| {
            state
                .note(id)
                .is_some_and(|note| note.note.with_untracked(|note| note.cluster.is_none()))
        })
        .filter_map(|id| state.rect_of(id))
        .collect();
    let places = free_places(&frames, &notes, size);
    let lowest = places.first().map_or(0.0, |place| place.y + size.height);
    let good = places
        .iter()
        .take(GOOD_PLACES)
        .take_while(|place| place.y <= lowest)
        .count()
        .max(1);
    let chance = (js_sys::Math::random() * good as f64) as usize;
    places.get(chance).copied().unwrap_or_default()
}
