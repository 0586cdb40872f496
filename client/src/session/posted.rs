//! What was posted before the client was there. The page's shell (`assets/shell/shell.js`) keeps it on the device,
//! each with the id that its note will have for ever: however often it is read from there, it is one note.

use super::{
    page::page,
    phase::kind_asked_for,
    post::{Posting, post_as},
    scribe,
};
use crate::{
    browser::storage,
    replica::{Connection, Replica, SendState},
};
use leptos::prelude::*;
use samtavle_shared::{board::NoteKind, ids::NoteId};
use serde::{Deserialize, Serialize};

/// The shell tells with it that something was posted there while the client was already beneath.
const POSTED_IN_SHELL: &str = "samtavle:posted";

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// The note's id.
    pub(crate) id: NoteId,
    /// What it speaks of; empty for what the session asks for, which the shell did not know.
    #[serde(default)]
    kind: String,
    /// What it says.
    pub(crate) text: String,
}

fn key(replica: Replica) -> String {
    ["samtavle.posted.", replica.ticket().board.as_str()].concat()
}

pub(super) fn read(replica: Replica) -> Vec<Waiting> {
    storage::read(&key(replica))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

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
fn is_told(replica: Replica, had_session: bool) -> bool {
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
    let mut all = read(replica);
    all.push(Waiting {
        id: Replica::new_note_id(),
        kind: kind.name().to_owned(),
        text: text.trim().to_owned(),
    });
    if let Ok(json) = serde_json::to_string(&all) {
        storage::write(&key(replica), &json);
    }
    page(replica).waiting.set(all);
}

/// Posts them as soon as it is known how the session wants them, and forgets each when it is safe.
pub(super) fn post_what_waits(replica: Replica) {
    let waiting = page(replica).waiting;
    let _ = window_event_listener_untyped(POSTED_IN_SHELL, move |_| waiting.set(read(replica)));
    let left = still_waiting(replica);
    Effect::new(move || {
        let waits = !left.read().is_empty();
        if replica.waits_besides.get_untracked() != waits {
            replica.waits_besides.set(waits);
        }
    });
    let had_session = super::kept::is_kept(replica);
    let may_post = Memo::new(move |_| {
        is_told(replica, had_session) && replica.state.is_open.get() && replica.may_write()
    });
    Effect::new(move || {
        if !may_post.get() {
            return;
        }
        for one in left.get() {
            let kind = match &*one.kind {
                "" => kind_asked_for(replica),
                kind => NoteKind::read(kind),
            };
            let mut posting = Posting::new(kind, one.text);
            posting.for_whom = scribe::for_whom(replica);
            untrack(|| post_as(replica, &one.id, posting));
        }
    });
    Effect::new(move || {
        let mine = replica.mine.read();
        let is_safe = |id: &NoteId| {
            let entry = mine.iter().find(|mine| mine.id == *id);
            entry.is_some_and(|mine| mine.state == SendState::Saved)
        };
        if waiting.with_untracked(|waiting| waiting.iter().any(|one| is_safe(&one.id))) {
            let mut left = read(replica); // another tab may have changed it
            left.retain(|one| !is_safe(&one.id));
            if left.is_empty() {
                storage::remove(&key(replica));
            } else if let Ok(json) = serde_json::to_string(&left) {
                storage::write(&key(replica), &json);
            }
        }
    });
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
