//! What waits to be posted comes to the board, as soon as it is known how the session wants it.

use super::{
    kept::is_kept,
    page::page,
    phase::kind_asked_for,
    post::{Posting, post_as},
    posted::{is_told, still_waiting},
    remembered::{self, remember_posted},
    scribe,
};
use crate::replica::{Replica, SendState};
use leptos::prelude::*;
use samtavle_shared::{board::NoteKind, ids::NoteId};

/// The shell tells with it that something was posted there while the client was already beneath.
const POSTED_IN_SHELL: &str = "samtavle:posted";

/// Posts them as soon as it is known how the session wants them, and forgets each when it is safe.
pub(super) fn post_what_waits(replica: Replica) {
    let waiting = page(replica).waiting;
    let _ = window_event_listener_untyped(POSTED_IN_SHELL, move |_| {
        waiting.set(remembered::posted(replica));
    });
    let left = still_waiting(replica);
    Effect::new(move || {
        let waits = !left.read().is_empty();
        if replica.waits_besides.get_untracked() != waits {
            replica.waits_besides.set(waits);
        }
    });
    let had_session = is_kept(replica);
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
            let mut left = remembered::posted(replica); // another tab may have changed it
            left.retain(|one| !is_safe(&one.id));
            remember_posted(replica, &left);
        }
    });
}
