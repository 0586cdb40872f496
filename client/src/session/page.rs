//! What this page has of its own in a session, for as long as it is open.

use super::voice;
use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::ids::{NoteId, VoiceId};
use std::cell::Cell;

thread_local! {
    /// A page opens one board; what it has of its own outlives the desk that becomes a phone.
    static PAGE: Cell<Option<SessionPage>> = const { Cell::new(None) };
}

/// This page's own signals.
#[derive(Clone, Copy)]
pub(super) struct SessionPage {
    /// As whom I write.
    pub(super) speaking_as: RwSignal<Option<VoiceId>>,
    /// The note that the solution catcher asks about.
    pub(super) caught: RwSignal<Option<NoteId>>,
}

impl SessionPage {
    fn new(replica: Replica) -> Self {
        Self {
            speaking_as: RwSignal::new(voice::kept(replica).flatten()),
            caught: RwSignal::new(None),
        }
    }
}

/// Begins a board's page; call it where the page lives, before what is shown on it.
pub(crate) fn begin(replica: Replica) {
    let page = SessionPage::new(replica);
    PAGE.set(Some(page));
    voice::follow_own_voices(replica, page.speaking_as);
}

pub(super) fn page(replica: Replica) -> SessionPage {
    PAGE.get().unwrap_or_else(|| {
        let page = SessionPage::new(replica);
        PAGE.set(Some(page));
        page
    })
}
