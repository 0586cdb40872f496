//! Places in a note's text that stay with their letters while others write: Yjs relative positions.

use super::{Board, document::map_at};
use crate::ids::NoteId;
use crate::schema::TEXT;
use serde_json::Value;
use yrs::{Assoc, IndexedSequence, Map, Out, ReadTxn, StickyIndex, TextRef, Transact};

impl Board {
    /// The place before the letter at `offset` (UTF-16 units), as JSON for presence. `None` when
    /// there is no such note.
    pub fn caret_at(&self, note: &NoteId, offset: u32) -> Option<Value> {
        let txn = self.doc().transact();
        let text = self.text_of(&txn, note)?;
        // Before: letters that come in right here by others push the caret only when they stand left
        // of it, and a caret at the end stays at the end.
        let place = text.sticky_index(&txn, offset, Assoc::Before)?;
        serde_json::to_value(place).ok()
    }

    /// Where that place is now, in UTF-16 units. `None` when its note is gone, when this replica has
    /// not heard of the letter yet, or when the JSON is of something else.
    pub fn offset_of(&self, note: &NoteId, caret: &Value) -> Option<u32> {
        let place: StickyIndex = serde_json::from_value(caret.clone()).ok()?;
        let txn = self.doc().transact();
        let text = self.text_of(&txn, note)?;
        let offset = place.get_offset(&txn)?;
        (AsRef::<yrs::branch::Branch>::as_ref(&text).id() == offset.branch.id())
            .then_some(offset.index)
    }

    fn text_of<T: ReadTxn>(&self, txn: &T, note: &NoteId) -> Option<TextRef> {
        match map_at(txn, &self.roots().notes, note.as_str())?.get(txn, TEXT) {
            Some(Out::YText(text)) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Made, NewNote, NoteKind, TextEdit};
    use super::*;
    use crate::geometry::BoardPoint;
    use serde_json::json;

    fn board_with(text: &str) -> (Board, NoteId) {
        let board = Board::new(1);
        let id = NoteId::from("a");
        let note = NewNote::new(
            id.clone(),
            NoteKind::Problem,
            BoardPoint::default(),
            text,
            0.0,
        );
        board.change(Made::Here).add_note(note);
        (board, id)
    }

    #[test]
    fn a_caret_stays_with_its_letters() {
        let (board, id) = board_with("Ingen ringte");
        let caret = board.caret_at(&id, 6).unwrap();
        board.change(Made::Here).write_note(
            &id,
            &TextEdit {
                at: 0,
                remove: 0,
                insert: "Og ".into(),
            },
        );
        assert_eq!(board.offset_of(&id, &caret), Some(9));
        let end = board.caret_at(&id, 15).unwrap();
        let start = board.caret_at(&id, 0).unwrap();
        assert_eq!(board.offset_of(&id, &end), Some(15));
        assert_eq!(board.offset_of(&id, &start), Some(0));
    }

    #[test]
    fn a_place_that_is_not_in_this_text_is_none() {
        let (board, id) = board_with("hei");
        let foreign = [
            json!(null),
            json!({"item": {"client": 99, "clock": 5}, "assoc": -1}),
            json!({"item": {"client": 1, "clock": 4_000_000_000_u64}, "assoc": 0}),
            json!({"tname": "notes", "assoc": 0}),
            json!({"item": {"client": 1, "clock": 0}, "assoc": 0}),
            json!("rubbish"),
        ];
        for caret in foreign {
            assert_eq!(board.offset_of(&id, &caret), None, "{caret}");
        }
    }
}
