//! The board's notes as the insights read them: owned here, lent there.

use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::{
    board::{Born, Note},
    ids::NoteId,
    insight::Thought,
};

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
