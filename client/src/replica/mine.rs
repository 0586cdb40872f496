//! "My notes": what was posted from this browser, and how far it has come.

use super::Replica;
use crate::browser::storage;
use leptos::prelude::*;
use samtavle_shared::{
    ids::{BoardId, NoteId, PersonId},
    session::Refusal,
    standing::{Came, Mark},
};
use serde::{Deserialize, Serialize};

/// One of the notes of this browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mine {
    /// The id that it has on the board, or will have when it is shown.
    pub id: NoteId,
    /// How far its last change has come.
    pub state: SendState,
    /// For whom it was typed here, if for another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_whom: Option<PersonId>,
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

impl Mine {
    const fn mark(&self) -> Mark {
        match self.state {
            SendState::Unsent => Mark::Unsent,
            SendState::Sent(frame) => Mark::Sent(frame),
            SendState::Saved => Mark::Saved,
        }
    }
}

impl Replica {
    /// How far a note of this browser has come; `None`: it is not of this browser.
    pub fn came(self, note: &NoteId) -> Option<Came> {
        let mine = self.mine.read();
        let entry = mine.iter().find(|mine| mine.id == *note)?;
        Some(self.standing.read().came(entry.mark()))
    }

    /// How far a draft has come that the server has not confirmed.
    pub fn draft_came(self, note: &NoteId) -> Came {
        match self.session.untaken_drafts.read().get(note) {
            Some(Refusal::Locked) => Came::HeldBack,
            Some(_) => Came::Unsent,
            None => self.standing.read().came(Mark::Sent(u64::MAX)),
        }
    }

    /// The worst that is said of anything that was written here.
    pub(super) fn worst_of_mine(self) -> Came {
        let inner = self.inner();
        let standing = inner.link.standing();
        let board = inner.board.view();
        let of_notes = self.mine.with_untracked(|mine| {
            let unsaved = mine.iter().filter(|mine| mine.state != SendState::Saved);
            let shown = unsaved.filter(|mine| board.note(&mine.id).is_some());
            shown.map(|mine| standing.came(mine.mark())).min()
        });
        let of_drafts = self.session.unsent_drafts.with_untracked(|drafts| {
            let shown = drafts
                .iter()
                .filter(|draft| board.note(&draft.note).is_none());
            shown
                .map(|draft| untrack(|| self.draft_came(&draft.note)))
                .min()
        });
        let besides = self.waits_besides.get_untracked().then_some(Came::Unsent);
        let all = [of_notes, of_drafts, besides];
        all.into_iter().flatten().min().unwrap_or(Came::Saved)
    }
}

/// In the frame of another tab, which alone hears when that is saved.
const ANOTHER_TABS: u64 = u64::MAX;
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

/// Keeps them, with those that another tab has added meanwhile.
pub(super) fn keep(board: &BoardId, mine: &[Mine]) {
    let others = load(board);
    let others = others.iter().filter(|other| !has(mine, &other.id));
    let all: Vec<&Mine> = mine.iter().chain(others).take(MOST).collect();
    if let Ok(json) = serde_json::to_string(&all) {
        storage::write(&key(board), &json);
    }
}

/// Whether that is where they are kept.
pub(super) fn is_key(board: &BoardId, other: &str) -> bool {
    key(board) == other
}

/// Another tab has posted something, or knows that something is safe. What is on its way here, only this tab knows.
pub(super) fn take_in(mine: &mut Vec<Mine>, kept: Vec<Mine>, all_is_saved: bool) {
    for other in kept.into_iter().rev() {
        match mine.iter_mut().find(|entry| entry.id == other.id) {
            Some(entry) if all_is_saved && other.state == SendState::Saved => {
                entry.state = other.state;
            }
            Some(_) => {}
            None => mine.insert(0, other),
        }
    }
    mine.truncate(MOST);
}

/// There is a line, and what another tab has just written goes up that one's own.
pub(super) fn goes_up_elsewhere(mine: &mut [Mine]) {
    for entry in mine {
        if entry.state == SendState::Unsent {
            entry.state = SendState::Sent(ANOTHER_TABS);
        }
    }
}

fn has(mine: &[Mine], id: &NoteId) -> bool {
    mine.iter().any(|entry| entry.id == *id)
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
                for_whom: None,
            },
        ),
    }
    mine.truncate(MOST);
}

/// For whom this one was typed. True when that is news.
pub(super) fn is_typed_for(mine: &mut [Mine], note: &NoteId, whom: Option<&PersonId>) -> bool {
    let mut entries = mine.iter_mut().filter(|entry| entry.id == *note);
    let Some(entry) = entries.find(|entry| entry.for_whom.as_ref() != whom) else {
        return false;
    };
    entry.for_whom = whom.cloned();
    true
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

/// The server could not hold this frame, and will ask for what was in it.
pub(super) fn not_taken(mine: &mut [Mine], frame: Option<u64>) {
    for entry in mine {
        if matches!(entry.state, SendState::Sent(sent) if Some(sent) == frame) {
            entry.state = SendState::Unsent;
        }
    }
}

/// This frame hands over all that the server lacked: what was unsent goes with it, if this tab has it.
pub(super) fn handed_over(mine: &mut [Mine], frame: u64, has: impl Fn(&NoteId) -> bool) {
    for entry in mine {
        if entry.state == SendState::Unsent && has(&entry.id) {
            entry.state = SendState::Sent(frame);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, state: SendState) -> Mine {
        let id = NoteId::from_random(std::array::from_fn(|at| id.as_bytes()[at % id.len()]));
        let mut mine = Vec::new();
        mark(&mut mine, &id, None);
        mine[0].state = state;
        mine.remove(0)
    }

    #[test]
    fn what_another_tab_posted_comes_first_and_what_is_on_its_way_here_is_left_alone() {
        let (old, new) = (
            entry("old", SendState::Sent(3)),
            entry("new", SendState::Unsent),
        );
        let mut mine = vec![old.clone()];
        let kept = vec![new.clone(), entry("old", SendState::Saved)];
        take_in(&mut mine, kept.clone(), false);
        assert_eq!(mine, [new.clone(), old]);
        take_in(&mut mine, kept, true);
        assert_eq!(mine, [new, entry("old", SendState::Saved)]);
    }

    #[test]
    fn what_the_server_could_not_hold_goes_up_with_the_next_hand_over() {
        let mut mine = vec![
            entry("taken", SendState::Sent(1)),
            entry("not", SendState::Sent(2)),
        ];
        not_taken(&mut mine, Some(2));
        assert_eq!(mine[0].state, SendState::Sent(1));
        assert_eq!(mine[1].state, SendState::Unsent);
        handed_over(&mut mine, 3, |_| true);
        assert_eq!(mine[1].state, SendState::Sent(3));
    }

    #[test]
    fn what_only_another_tab_has_is_not_handed_over_here() {
        let mut mine = vec![
            entry("here", SendState::Unsent),
            entry("there", SendState::Unsent),
        ];
        let here = mine[0].id.clone();
        handed_over(&mut mine, 1, |id| *id == here);
        assert_eq!(mine[0].state, SendState::Sent(1));
        assert_eq!(mine[1].state, SendState::Unsent);
    }
}
