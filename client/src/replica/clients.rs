//! As whom this browser has written: each page is a Yjs client of its own. What one wrote may be handed
//! over by a later one, or by somebody else's; the server asks nobody else whose it was.

use crate::parts::storage;
use samtavle_shared::{ids::BoardId, limits::MAX_FORMER_CLIENTS};

fn key(board: &BoardId) -> String {
    ["samtavle.clients.", board.as_str()].concat()
}

/// The clients that this browser is and was, the newest first.
pub(super) fn known(board: &BoardId, now: u64) -> Vec<u64> {
    let mut clients = kept(board);
    clients.retain(|other| *other != now);
    clients.insert(0, now);
    clients.truncate(MAX_FORMER_CLIENTS);
    clients
}

fn kept(board: &BoardId) -> Vec<u64> {
    storage::read(&key(board))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// Remembers that it writes as this one.
pub(super) fn writes(board: &BoardId, client: u64) {
    let clients = known(board, client);
    if let Ok(json) = serde_json::to_string(&clients) {
        storage::write(&key(board), &json);
    }
}
