//! The board's notes as the insights read them: owned here, lent there.

use super::MomentState;
use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::{
    board::{Born, Note},
    ids::NoteId,
    insight::Thought,
};
use std::time::Duration;

/// All notes that are seen on the board, the oldest first; follows what comes, goes and changes.
pub(crate) fn notes(replica: Replica) -> Vec<Note> {
    let mut notes: Vec<Note> = replica
        .state
        .note_ids()
        .iter()
        .filter_map(|id| note(replica, id))
        .collect();
    samtavle_shared::sorting::sort_by(&mut notes, |a, b| {
        a.at.total_cmp(&b.at).then_with(|| a.id.cmp(&b.id))
    });
    notes
}

/// The same; follows the board a moment later, when it has come to rest.
pub(super) fn settled_notes(moments: MomentState) -> Vec<Note> {
    moments.settled.track();
    untrack(|| notes(moments.replica))
}

/// How long nothing may change for the board to be at rest.
const REST: Duration = Duration::from_millis(250);

/// Tells when the board has come to rest, as long as the page is open. In a storm it tells all the same,
/// a few times a second.
pub(super) fn follow_rest(moments: MomentState) {
    let is_waiting = StoredValue::new(false);
    let moved = moments.replica.state.moved;
    Effect::new(move || {
        moved.track();
        if is_waiting.get_value() {
            return;
        }
        is_waiting.set_value(true);
        let tell = move || {
            // The page may be gone by then.
            if is_waiting.try_set_value(false).is_none() {
                moments
                    .settled
                    .update(|count| *count = count.wrapping_add(1));
            }
        };
        set_timeout(tell, REST);
    });
}

/// One note as it is now, if it is seen on the board; untracked.
pub(crate) fn note(replica: Replica, id: &NoteId) -> Option<Note> {
    let signals = replica.state.note(id)?;
    Some(signals.note.get_untracked())
}

/// Notes, as the insights read them.
pub(crate) fn thoughts(notes: &[Note]) -> Vec<Thought<'_>> {
    notes
        .iter()
        .map(|note| Thought {
            id: &note.id,
            kind: note.kind,
            text: &note.text,
            cluster: note.cluster.as_ref(),
            voice: note.voice.as_ref(),
            lived: note.lived,
        })
        .collect()
}

/// What brought forth those notes that something brought forth.
pub(crate) fn births(notes: &[Note]) -> Vec<&Born> {
    notes.iter().filter_map(|note| note.born.as_ref()).collect()
}
