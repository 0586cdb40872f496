//! Where a field goes away under somebody's hands, its words stay and the keys rest. One way for every field; what is
//! decided is decided in [`samtavle_shared::kept_words`].
//!
//! ```text
//! field ─► watch ──(deleted, hidden, locked, shown, sent out)──► page: the pile ─► card: read, change, post, copy, throw away
//!                        ├─► words: a sentence, seen and heard          ▲
//!                        └─► keys: no shortcuts until there is a pause ─┘ (letters join the words)
//! ```
//! - [`watch`]: what a field says of itself, and what is done when it goes
//! - [`standing`]: how what is written on stands
//! - [`card`]: where the words are; [`actions`]: what is done with them
//! - [`keys`]: the rest
//! - [`words`]: the sentences

mod actions;
mod card;
mod keys;
mod standing;
mod watch;
mod words;

pub(crate) use card::KeptWords;
pub(crate) use standing::{note_closed, shut_out};
pub(crate) use watch::{Offer, Watch, watch};

use super::page::page;
use crate::{browser::storage, replica::Replica};
use keys::Resting;
use leptos::prelude::*;
use samtavle_shared::{
    ids::{BoardId, NoteId},
    kept_words::{Kept, Pile},
};

/// What this page has of it. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct KeptPage {
    /// The words, the newest first.
    pile: RwSignal<Pile>,
    /// Which of them gets the focus when it is seen, and where its caret is, UTF-16 units.
    called: RwSignal<Option<(NoteId, u32)>>,
    /// Whether the card is folded to its head.
    is_folded: RwSignal<bool>,
    /// The keys' rest, and what the letters join.
    resting: StoredValue<Option<Resting>, LocalStorage>,
}

impl KeptPage {
    pub(super) fn new(replica: Replica) -> Self {
        Self {
            pile: RwSignal::new(read(&replica.ticket().board)),
            called: RwSignal::new(None),
            is_folded: RwSignal::new(false),
            resting: StoredValue::new_local(None),
        }
    }
}

/// Follows what other tabs keep, and listens to the keys, as long as the page is open.
pub(super) fn begin(replica: Replica) {
    keys::listen_to_keys(replica);
    let others = window_event_listener(leptos::ev::storage, move |event| {
        if event.key().as_ref() == Some(&key(&replica.ticket().board)) {
            let pile = read(&replica.ticket().board);
            // What is being changed here is not taken out of anybody's hands by itself.
            page(replica).kept_words.pile.set(pile);
        }
    });
    on_cleanup(move || others.remove());
}

/// Keeps words that have lost their field. `caret`: their writer types on there.
pub(super) fn keep(replica: Replica, kept: Kept, caret: Option<u32>) {
    let page = page(replica).kept_words;
    let id = kept.id.clone();
    change(replica, |pile| pile.add(kept));
    page.is_folded.set(false);
    if let Some(caret) = caret {
        page.called.set(Some((id, caret)));
    }
}

/// What is on the device decides, for another tab may have changed it.
fn change<T>(replica: Replica, change: impl FnOnce(&mut Pile) -> T) -> T {
    let board = replica.ticket().board;
    let mut pile = read(&board);
    let result = change(&mut pile);
    match pile.write() {
        Some(json) => storage::write(&key(&board), &json),
        None => storage::remove(&key(&board)),
    }
    page(replica).kept_words.pile.set(pile);
    result
}

fn key(board: &BoardId) -> String {
    ["samtavle.kept-words.", board.as_str()].concat()
}

fn read(board: &BoardId) -> Pile {
    storage::read(&key(board)).map_or_else(Pile::default, |json| Pile::read(&json))
}
