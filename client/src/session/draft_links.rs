//! The links of drafts: each is made when its draft comes to the board.

use super::page::page;
use crate::{browser::storage, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    board::{ItemId, LinkKind},
    ids::{ClusterId, NoteId},
};
use serde::{Deserialize, Serialize};

/// A link that waits for its draft to become a note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Waiting {
    note: NoteId,
    kind: String,
    to_note: Option<NoteId>,
    to_cluster: Option<ClusterId>,
}

fn links_key(replica: Replica) -> String {
    ["samtavle.draft-links.", replica.ticket().board.as_str()].concat()
}

fn waiting_links(replica: Replica) -> Vec<Waiting> {
    storage::read(&links_key(replica))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

fn keep_links(replica: Replica, links: &[Waiting]) {
    if links.is_empty() {
        storage::remove(&links_key(replica));
    } else if let Ok(json) = serde_json::to_string(links) {
        storage::write(&links_key(replica), &json);
    }
}

/// Keeps on the device what a draft is to be linked to.
pub(crate) fn link_later(replica: Replica, note: &NoteId, kind: LinkKind, to: ItemId) {
    let (to_note, to_cluster) = match to {
        ItemId::Note(id) => (Some(id), None),
        ItemId::Cluster(id) => (None, Some(id)),
    };
    let mut links = waiting_links(replica);
    links.push(Waiting {
        note: note.clone(),
        kind: kind.name().to_owned(),
        to_note,
        to_cluster,
    });
    keep_links(replica, &links);
    page(replica).has_waiting_links.set(true);
}

/// Makes the links of drafts that have come to the board.
pub(super) fn link_what_came(replica: Replica) {
    let has_waiting = page(replica).has_waiting_links;
    has_waiting.set(!waiting_links(replica).is_empty());
    Effect::new(move || {
        if !has_waiting.get() {
            return;
        }
        replica.state.moved.track();
        let (came, waiting): (Vec<Waiting>, Vec<Waiting>) = waiting_links(replica)
            .into_iter()
            .partition(|link| replica.state.note(&link.note).is_some());
        if came.is_empty() {
            return;
        }
        keep_links(replica, &waiting);
        replica.change_for_good(|change| {
            for link in came {
                let to = match (link.to_note, link.to_cluster) {
                    (Some(id), _) => ItemId::Note(id),
                    (None, Some(id)) => ItemId::Cluster(id),
                    (None, None) => continue,
                };
                let kind = LinkKind::read(&link.kind);
                let id = Replica::new_link_id();
                change.add_link(&id, &ItemId::Note(link.note), &to, kind);
            }
        });
        has_waiting.set(!waiting.is_empty());
    });
}
