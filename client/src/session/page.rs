//! What this page has of its own in a session, for as long as it is open.

use super::{
    composer::Composer,
    kept_words::state::KeptPage,
    remembered::{self, Waiting},
};
use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::{
    ids::{NoteId, PersonId, VoiceId},
    session::PhaseId,
};
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
    /// For whom I write, if for another.
    pub(super) writing_for: RwSignal<Option<PersonId>>,
    /// Whether the dialog is open in which I say for whom.
    pub(super) scribing: RwSignal<bool>,
    /// The note that the solution catcher asks about.
    pub(super) caught: RwSignal<Option<NoteId>>,
    /// Whether the dialog is open in which I say who I am.
    pub(super) introducing: RwSignal<bool>,
    /// Counts what was typed as a name.
    pub(super) renames: StoredValue<u32>,
    /// The phase whose kind was put in hand.
    pub(super) phase_met: StoredValue<Option<PhaseId>>,
    /// Whether links wait for their drafts.
    pub(super) has_waiting_links: RwSignal<bool>,
    /// What was posted in the page's shell, and is not known to be safe.
    pub(super) waiting: RwSignal<Vec<Waiting>>,
    /// What is being written in silence at a desk.
    pub(super) composer: Composer,
    /// Words that have lost their field.
    pub(super) kept_words: KeptPage,
}

impl SessionPage {
    fn new(replica: Replica) -> Self {
        Self {
            speaking_as: RwSignal::new(remembered::voice(replica).voice()),
            writing_for: RwSignal::new(remembered::whom(replica)),
            scribing: RwSignal::new(false),
            caught: RwSignal::new(None),
            introducing: RwSignal::new(false),
            renames: StoredValue::new(0),
            phase_met: StoredValue::new(None),
            has_waiting_links: RwSignal::new(false),
            waiting: RwSignal::new(remembered::posted(replica)),
            composer: Composer::new(),
            kept_words: KeptPage::new(replica),
        }
    }
}

/// Makes the page's own anew: another board.
pub(super) fn open(replica: Replica) {
    PAGE.set(Some(SessionPage::new(replica)));
}

/// What this page has.
pub(super) fn page(replica: Replica) -> SessionPage {
    PAGE.get().unwrap_or_else(|| {
        let page = SessionPage::new(replica);
        PAGE.set(Some(page));
        page
    })
}
