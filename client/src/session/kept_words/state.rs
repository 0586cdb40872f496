//! What the page and the device have of words that have lost their field.

use super::resting::Resting;
use crate::{browser::storage, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    ids::{BoardId, NoteId},
    kept_words::Pile,
};

/// What this page has of it. Copy it freely.
#[derive(Clone, Copy)]
pub(in crate::session) struct KeptPage {
    /// The words, the newest first.
    pub(super) pile: RwSignal<Pile>,
    /// Which of them gets the focus when it is seen, and where its caret is, UTF-16 units.
    pub(super) called: RwSignal<Option<(NoteId, u32)>>,
    /// Whether the card is folded to its head.
    pub(super) is_folded: RwSignal<bool>,
    /// The keys' rest, and what the letters join.
    pub(super) resting: StoredValue<Option<Resting>, LocalStorage>,
}

impl KeptPage {
    pub(in crate::session) fn new(replica: Replica) -> Self {
        Self {
            pile: RwSignal::new(read(&replica.ticket().board)),
            called: RwSignal::new(None),
            is_folded: RwSignal::new(false),
            resting: StoredValue::new_local(None),
        }
    }
}

pub(super) fn key(board: &BoardId) -> String {
    ["samtavle.kept-words.", board.as_str()].concat()
}

/// What the device has.
pub(super) fn read(board: &BoardId) -> Pile {
    storage::read(&key(board)).map_or_else(Pile::default, |json| Pile::read(&json))
}
