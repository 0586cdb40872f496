//! "My notes": what was posted from this browser, and how far it has come.

use crate::parts::storage;
use samtavle_shared::ids::{BoardId, NoteId};
use serde::{Deserialize, Serialize};

/// One of the notes of this browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mine {
    /// Which.
    pub id: NoteId,
    /// How far its last change has come.
    pub state: SendState,
}

/// How far a note has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SendState {
    /// Only here.
    Unsent,
    /// On its way, in this document frame of the present socket.
    Sent(#[serde(skip)] u64),
    /// On the server's disk.
    Saved,
}

/// More than anybody writes in a day; the list is not a second copy of the board.
const MOST: usize = 500;

fn key(board: &BoardId) -> String {
    format!("samtavle.mine.{board}")
}

/// What was posted from here before. What was on its way then counts as unsent until the next sync.
pub(super) fn load(board: &BoardId) -> Vec<Mine> {
    let kept = storage::read(&key(board));
    let mut mine: Vec<Mine> = kept
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default();
    lost_socket(&mut mine);
    mine
}

pub(super) fn keep(board: &BoardId, mine: &[Mine]) {
    if let Ok(json) = serde_json::to_string(mine) {
        storage::write(&key(board), &json);
    }
}

/// `frame`: the document frame that carried the change; `None` while there is no socket.
pub(super) fn mark(mine: &mut Vec<Mine>, note: &NoteId, frame: Option<u64>) {
    let state = frame.map_or(SendState::Unsent, SendState::Sent);
    match mine.iter_mut().find(|entry| entry.id == *note) {
        Some(entry) => entry.state = state,
        None => mine.insert(
            0,
            Mine {
                id: note.clone(),
                state,
            },
        ),
    }
    mine.truncate(MOST);
}

/// The server has this one, as a draft or on the board.
pub(super) fn is_saved(mine: &mut [Mine], note: &NoteId) {
    for entry in mine.iter_mut().filter(|entry| entry.id == *note) {
        entry.state = SendState::Saved;
    }
}

/// All changes up to this frame are on disk. True when that changed anything.
pub(super) fn saved(mine: &mut [Mine], frames: u64) -> bool {
    let mut changed = false;
    for entry in mine {
        if matches!(entry.state, SendState::Sent(frame) if frame <= frames) {
            entry.state = SendState::Saved;
            changed = true;
        }
    }
    changed
}

/// The present socket is gone, and with it what was on its way.
pub(super) fn lost_socket(mine: &mut [Mine]) {
    for entry in mine {
        if matches!(entry.state, SendState::Sent(_)) {
            entry.state = SendState::Unsent;
        }
    }
}

/// This frame hands over all that the server lacked: what was unsent goes with it.
pub(super) fn handed_over(mine: &mut [Mine], frame: u64) {
    for entry in mine {
        if entry.state == SendState::Unsent {
            entry.state = SendState::Sent(frame);
        }
    }
}
