//! As whom this browser has written: each page is a Yjs client of its own. What one wrote may be handed
//! over by a later one, or by somebody else's; the server asks nobody else whose it was.

use crate::parts::storage;
use samtavle_shared::{ids::BoardId, limits::MAX_FORMER_CLIENTS};

fn key(board: &BoardId) -> String {
    ["samtavle.clients.", board.as_str()].concat()
}

/// The clients that this browser was, the newest first.
pub(super) fn known(board: &BoardId) -> Vec<u64> {
    storage::read(&key(board))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// Remembers that it writes as this one.
pub(super) fn writes(board: &BoardId, client: u64) {
    let mut clients = known(board);
    clients.retain(|other| *other != client);
    clients.insert(0, client);
    clients.truncate(MAX_FORMER_CLIENTS);
    if let Ok(json) = serde_json::to_string(&clients) {
        storage::write(&key(board), &json);
    }
}
