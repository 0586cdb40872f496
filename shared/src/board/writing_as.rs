//! As whom a replica writes. What bears one Yjs client id was written by one hand, for everybody who reads the
//! document; so a page that writes all under one id tells which notes are one person's. A page of ours writes each
//! thing under an id of its own instead.

use super::Board;
use std::sync::PoisonError;
use yrs::{Doc, Map as _, Transact as _};

/// What JavaScript counts exactly.
const CLIENT_BITS: u64 = 53;

impl Board {
    /// From now on this replica writes under this Yjs client id (53 bits): a random one that was never used
    /// anywhere, or one under which this replica wrote before.
    ///
    /// In JavaScript a document's client id is a field that one sets. Yrs keeps it to itself, but gives a document
    /// that becomes a part of another the other's id, so each id is that of a small document that holds this one.
    /// Takes some microseconds and some hundred bytes, which stay: a document holds itself through its part.
    pub fn write_as(&self, client: u64) {
        let client = client & ((1 << CLIENT_BITS) - 1);
        if self.client() == client {
            return;
        }
        let parent = Doc::with_client_id(client);
        let parts = parent.get_or_insert_map("");
        parts.insert(&mut parent.transact_mut(), "", self.doc().clone());
        // The document points to its parent: that lives until the next takes its place.
        let mut holder = self.holder.lock().unwrap_or_else(PoisonError::into_inner);
        *holder = Some(parent);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BoardChange, Made, NewNote, NoteKind, TextEdit};
    use super::*;
    use crate::{geometry::BoardPoint, ids::NoteId};
    use proptest::prelude::*;
    use yrs::ClientID;

    fn note(id: &str) -> NewNote {
        NewNote::new(id.into(), NoteKind::Problem, BoardPoint::default(), "", 0.0)
    }

    fn types(board: &Board, id: &str, letters: &str) {
        let note = NoteId::from(id);
        let text = board.view().note(&note).map(|note| note.text);
        let at = text.unwrap_or_default().encode_utf16().count() as u32;
        let edit = TextEdit {
            at,
            remove: 0,
            insert: letters.to_owned(),
        };
        board.change(Made::Here).write_note(&note, &edit);
    }

    fn text(board: &Board, id: &str) -> String {
        board.view().note(&id.into()).unwrap().text
    }

    /// The clock after the last that a replica has of a client.
    fn clock(board: &Board, client: u64) -> u32 {
        use yrs::ReadTxn as _;
        let vector = board.doc().transact().state_vector();
        vector.get(&ClientID::new(client))
    }

    #[test]
    fn what_is_written_bears_the_id_and_an_earlier_one_goes_on_where_it_was() {
        let (board, other) = (Board::new(1), Board::new(2));
        for (client, id) in [(11, "a"), (12, "b"), (11, "a"), (13, "c"), (12, "b")] {
            board.write_as(client);
            assert_eq!(board.client(), client);
            if board.view().note(&id.into()).is_none() {
                board.change(Made::Here).add_note(note(id));
            }
            types(&board, id, "word ");
            let updates = board.take_updates();
            assert!(updates.iter().all(|update| update.made == Made::Here));
            assert!(!board.take_changes().is_empty());
            for update in updates {
                other.apply(&update.bytes, Made::Elsewhere).unwrap();
            }
        }
        assert_eq!(clock(&board, 1), 0, "nothing is under the first");
        assert!(clock(&board, 11) > clock(&board, 13));
        for replica in [&board, &other] {
            assert_eq!(text(replica, "a"), "word word ");
            assert_eq!(text(replica, "b"), "word word ");
        }
        assert_eq!(board.state_vector().len(), other.state_vector().len());
        let fresh = Board::new(3);
        fresh.apply(&board.whole(), Made::Before).unwrap();
        assert_eq!(text(&fresh, "b"), "word word ");
        board.take_changes();
        board
            .apply(
                &{
                    other.write_as(21);
                    types(&other, "c", "!");
                    other.take_updates().pop().unwrap().bytes
                },
                Made::Elsewhere,
            )
            .unwrap();
        assert_eq!(board.take_changes(), [BoardChange::Note("c".into())]);
        assert_eq!(text(&board, "c"), "word !");
    }

    #[test]
    fn it_can_be_done_however_often() {
        let board = Board::new(1);
        board.change(Made::ForGood).add_note(note("7"));
        for client in 100..2_100 {
            board.write_as(client);
        }
        types(&board, "7", "a");
        assert_eq!(clock(&board, 2_099), 1);
        assert_eq!(text(&board, "7"), "a");
    }

    proptest! {
        /// Two pages that write each under several ids, and hear of each other now and then, come out the same.
        #[test]
        fn pages_that_write_under_many_ids_agree(
            deeds in proptest::collection::vec((0..2usize, 0..3u64, 0..3u8, any::<bool>()), 1..60),
        ) {
            let pages = [Board::new(1), Board::new(2)];
            pages[0].change(Made::Here).add_note(note("0"));
            pages[0].change(Made::Here).add_note(note("1"));
            pages[0].change(Made::Here).add_note(note("2"));
            let mut sent = [Vec::new(), Vec::new()];
            let deliver = |sent: &mut [Vec<Vec<u8>>; 2]| {
                for from in 0..2 {
                    let own = pages[from].take_updates().into_iter();
                    sent[from].extend(own.filter(|one| one.made == Made::Here).map(|one| one.bytes));
                    for update in sent[from].drain(..) {
                        pages[1 - from].apply(&update, Made::Elsewhere).unwrap();
                    }
                }
            };
            deliver(&mut sent);
            for (who, id, at, hears) in deeds {
                let page = &pages[who];
                page.write_as(10 + 10 * who as u64 + id);
                let name = at.to_string();
                let long = text(page, &name).len() as u32;
                let edit = TextEdit { at: long / 2, remove: long.min(1) * u32::from(at == 1), insert: "xy".to_owned() };
                page.change(Made::Here).write_note(&name.as_str().into(), &edit);
                page.change(Made::Here).move_note(&name.as_str().into(), BoardPoint::new(id as f64, 0.0));
                if hears {
                    deliver(&mut sent);
                }
            }
            deliver(&mut sent);
            deliver(&mut sent);
            for name in ["0", "1", "2"] {
                let ids = NoteId::from(name);
                prop_assert_eq!(pages[0].view().note(&ids), pages[1].view().note(&ids));
            }
            // How Yrs cuts what was deleted may differ; what each has may not.
            let has = |page: &Board| {
                use yrs::ReadTxn as _;
                page.doc().transact().state_vector()
            };
            prop_assert_eq!(has(&pages[0]), has(&pages[1]));
        }
    }
}
