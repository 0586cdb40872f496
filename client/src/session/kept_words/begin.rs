//! From when on words are kept.

use super::{
    super::page::page,
    keys,
    state::{key, read},
};
use crate::replica::Replica;
use leptos::prelude::*;

/// Follows what other tabs keep, and listens to the keys, as long as the page is open.
pub(in crate::session) fn begin(replica: Replica) {
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
