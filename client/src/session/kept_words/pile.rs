//! The pile of words that have lost their field: what comes to it, and what goes.

use super::{
    super::page::page,
    state::{key, read},
};
use crate::{browser::storage, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::kept_words::{Kept, Pile};

/// Keeps words that have lost their field. `caret`: their writer types on there.
pub(in crate::session) fn keep(replica: Replica, kept: Kept, caret: Option<u32>) {
    let page = page(replica).kept_words;
    let id = kept.id.clone();
    change(replica, |pile| pile.add(kept));
    page.is_folded.set(false);
    if let Some(caret) = caret {
        page.called.set(Some((id, caret)));
    }
}

/// What is on the device decides, for another tab may have changed it.
pub(super) fn change<T>(replica: Replica, change: impl FnOnce(&mut Pile) -> T) -> T {
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
