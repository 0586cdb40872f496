//! As whom this browser has written: under many Yjs client ids (`hands.rs`). What one page wrote may be handed
//! over by a later one, or by somebody else's; the server asks nobody else whose it was.

use crate::browser::storage;
use samtavle_shared::ids::BoardId;

/// More than anybody touches between two moments at which all is saved.
const MOST: usize = 1_024;

fn key(board: &BoardId) -> String {
    ["samtavle.clients.", board.as_str()].concat()
}

/// The clients that this browser is and was, the newest first.
pub(super) fn known(board: &BoardId) -> Vec<u64> {
    storage::read(&key(board))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

fn unsettled_key(board: &BoardId) -> String {
    ["samtavle.unsettled.", board.as_str()].concat()
}

/// Those under which something may not be on the server yet.
pub(super) fn unsettled(board: &BoardId) -> Vec<u64> {
    storage::read(&unsettled_key(board))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// All that was written is on the server.
pub(super) fn all_is_settled(board: &BoardId) {
    storage::remove(&unsettled_key(board));
}

/// These are another's.
pub(super) fn forget(board: &BoardId, others: &[u64]) {
    for (key, mut clients) in [
        (key(board), known(board)),
        (unsettled_key(board), unsettled(board)),
    ] {
        clients.retain(|client| !others.contains(client));
        if let Ok(json) = serde_json::to_string(&clients) {
            storage::write(&key, &json);
        }
    }
}

/// Remembers that it writes as this one.
pub(super) fn writes(board: &BoardId, client: u64) {
    let mut clients = known(board);
    clients.insert(0, client);
    clients.truncate(MOST);
    if let Ok(json) = serde_json::to_string(&clients) {
        storage::write(&key(board), &json);
    }
    let mut unsettled = unsettled(board);
    unsettled.insert(0, client);
    unsettled.truncate(MOST);
    if let Ok(json) = serde_json::to_string(&unsettled) {
        storage::write(&unsettled_key(board), &json);
    }
}
