//! Somebody else writes under an id of this page: it was guessed, or taken while the server had lost something. What
//! this page wrote under it will never reach anybody, and what the others wrote under it can't be read here: the two
//! stand in the same place. So the page begins anew with what the server has, and posts what it had written once more,
//! under a new id.

use super::{Replica, clients, mine, random};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Board, Made, NewNote},
    guard::by_owner,
    ids::NoteId,
};
use std::collections::BTreeSet;

/// What was written under ids that are another's.
#[derive(Default)]
struct Lost {
    /// Notes that were made under them: they are on no other board.
    made: BTreeSet<NoteId>,
    /// Notes of which only some was written under them.
    edited: BTreeSet<NoteId>,
}

impl Replica {
    /// The server says that these are another's.
    pub(super) fn ids_are_taken(self, taken: &[u64]) {
        let inner = self.inner();
        clients::forget(&inner.ticket.board, taken);
        inner.hands.rest();
        let whole = inner.hands.before().unwrap_or_else(|| inner.board.whole());
        let lost = self.lost_under(taken, &whole);
        if lost.made.is_empty() && lost.edited.is_empty() {
            return;
        }
        leptos::logging::warn!(
            "an id of this page is another's; what was written under it is posted anew"
        );
        let (anew, client) = written_anew(&lost, &whole);
        clients::writes(&inner.ticket.board, client);
        leptos::task::spawn_local(async move {
            let inner = self.inner();
            if let Err(error) = inner.local.becomes(&anew).await {
                leptos::logging::warn!("the local copy could not be written: {error}");
                return; // the page keeps what it has, and says that it is not saved
            }
            let _ = window().location().reload();
        });
    }

    fn lost_under(self, taken: &[u64], whole: &[u8]) -> Lost {
        let mut lost = Lost::default();
        let read = by_owner(whole, (), |part| {
            if let Some((note, maker)) = part.note {
                if taken.contains(&maker) {
                    lost.made.insert(note.into());
                } else if taken.contains(&part.client) {
                    lost.edited.insert(note.into());
                }
            }
        });
        if read.is_err() {
            let unsaved = |mine: &mine::Mine| mine.state != mine::SendState::Saved;
            let mine = self.mine.get_untracked();
            let unsaved = mine.into_iter().filter(unsaved);
            lost.made.extend(unsaved.map(|mine| mine.id));
        }
        lost
    }
}

/// These notes of this board and nothing else, and under which id.
fn written_anew(lost: &Lost, whole: &[u8]) -> (Vec<u8>, u64) {
    let client = random::client_id();
    let (anew, board) = (Board::new(client), Board::new(0));
    if let Err(error) = board.apply(whole, Made::Before) {
        leptos::logging::warn!("the board could not be read again: {error}");
    }
    let view = board.view();
    let made = lost.made.iter().map(|id| (id, id.clone()));
    // What is on others' boards stays as they have it; the words are posted beside it.
    let edited = lost.edited.iter().map(|id| (id, Replica::new_note_id()));
    for (id, new_id) in made.chain(edited) {
        let Some(note) = view.note(id) else { continue };
        let cluster = note.cluster.clone();
        let note = NewNote {
            id: new_id.clone(),
            ..NewNote::again(note)
        };
        let mut change = anew.change(Made::ForGood);
        change.add_note(note);
        if let Some(cluster) = cluster {
            change.join_cluster(&new_id, &cluster);
        }
    }
    (anew.whole(), client)
}
