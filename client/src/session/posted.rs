//! What was posted before the client was there. The page's shell (`assets/shell/shell.js`) keeps it on the device,
//! each with the id that its note will have for ever: however often it is read from there, it is one note.

use super::{
    page::page,
    remembered::{self, Waiting, remember_posted},
};
use crate::replica::{Connection, Replica, SendState};
use leptos::prelude::*;
use samtavle_shared::{board::NoteKind, ids::NoteId};

/// Those that did not come to the board yet, and are no drafts.
pub(crate) fn still_waiting(replica: Replica) -> Memo<Vec<Waiting>> {
    let waiting = page(replica).waiting;
    Memo::new(move |_| {
        replica.state.moved.track();
        let mut waiting = waiting.get();
        waiting.retain(|one| !has_come(replica, &one.id));
        waiting
    })
}

/// Whether it is known how the session wants what is posted now. Without a network what the device remembers of it
/// decides.
pub(super) fn is_told(replica: Replica, had_session: bool) -> bool {
    let is_away = || {
        matches!(
            replica.connection.get(),
            Connection::Away | Connection::Unsent
        )
    };
    replica.session.is_known.get() || had_session && is_away()
}

/// The same, asked once: what may be silent must not be seen by all because nobody could say so yet.
pub(super) fn may_post(replica: Replica) -> bool {
    untrack(|| is_told(replica, super::kept::is_kept(replica)))
}

/// Keeps it until it is known.
pub(super) fn wait(replica: Replica, kind: NoteKind, text: &str) {
    let mut all = remembered::posted(replica);
    all.push(Waiting {
        id: Replica::new_note_id(),
        kind: kind.name().to_owned(),
        text: text.trim().to_owned(),
    });
    remember_posted(replica, &all);
    page(replica).waiting.set(all);
}

fn has_come(replica: Replica, id: &NoteId) -> bool {
    let session = replica.session;
    let is_draft = |drafts: &[samtavle_shared::session::DraftNote]| {
        drafts.iter().any(|draft| draft.note == *id)
    };
    let is_saved = replica
        .mine
        .read()
        .iter()
        .any(|mine| mine.id == *id && mine.state == SendState::Saved);
    is_saved
        || replica.state.note(id).is_some()
        || session.unsent_drafts.with(|drafts| is_draft(drafts))
        || session.own.with(|own| is_draft(&own.drafts))
}
