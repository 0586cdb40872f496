//! What a thing was that another client takes out of the document instead of marking it `gone`: a copy of
//! all that is in it, so that it can be put back.

use super::{
    Authorship, BoardView, Change, Reading, ThingId,
    document::{any_map_at, map_at},
    gone::gone_at,
};
use crate::schema::{BY, Root, TEXT, VOICE};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use yrs::{Any, GetString, In, Map, MapPrelim, MapRef, Out, ReadTxn, TextPrelim, types::ToJson};

/// All that is in a thing, as values of its fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub(super) fields: BTreeMap<String, Any>,
    pub(super) texts: BTreeMap<String, String>,
}

impl Kept {
    pub(super) fn read<T: ReadTxn>(txn: &T, map: &MapRef) -> Self {
        let mut kept = Self::default();
        for (name, value) in map.iter(txn) {
            match value {
                Out::YText(text) => _ = kept.texts.insert(name.to_owned(), text.get_string(txn)),
                // Nested types that we do not know come back as plain values: nobody of ours makes any.
                value => _ = kept.fields.insert(name.to_owned(), value.to_json(txn)),
            }
        }
        kept
    }

    pub(super) fn string(&self, field: &str) -> Option<String> {
        match self.fields.get(field) {
            Some(Any::String(words)) => Some(words.to_string()),
            _ => None,
        }
    }

    /// The same with only those fields of which this holds.
    #[must_use]
    pub fn only(mut self, stays: impl Fn(&str) -> bool) -> Self {
        self.fields.retain(|name, _| stays(name));
        self.texts.retain(|name, _| stays(name));
        self
    }

    /// The same without these fields: what the board no longer tells.
    #[must_use]
    pub fn without(mut self, fields: &[&str]) -> Self {
        self.fields.retain(|name, _| !fields.contains(&&**name));
        self
    }

    /// A note without what tells who wrote it; with the voices goes all that we do not know, for it may be a name.
    #[must_use]
    pub fn without_authors(self, what: Authorship) -> Self {
        match what {
            Authorship::Names => self.without(&[BY]),
            Authorship::NamesAndVoices => self
                .without(&[BY, VOICE])
                .only(|field| Root::Notes.field(field).is_some()),
        }
    }

    /// What it says, if it is a note.
    pub fn words(&self) -> Option<&str> {
        self.texts.get(TEXT).map(String::as_str)
    }

    /// About how large it is.
    pub fn bytes(&self) -> usize {
        let texts = self.texts.values().map(String::len);
        // A field that is no text is a number, a place or a short word.
        texts.sum::<usize>() + 64 * self.fields.len()
    }
}

impl<T: Reading> BoardView<'_, T> {
    /// Whether a thing is on the board.
    pub fn has(&self, thing: &ThingId) -> bool {
        map_at(self.reading(), self.roots().of(thing), thing.name()).is_some()
    }

    /// When a thing was taken off the board, milliseconds since 1970 by the clock of whoever did it; `None`:
    /// it is on the board, or not in the document.
    pub fn gone_since(&self, thing: &ThingId) -> Option<f64> {
        let map = any_map_at(self.reading(), self.roots().of(thing), thing.name())?;
        gone_at(self.reading(), &map)
    }

    /// Whether the document holds a thing, on the board or gone.
    pub fn holds(&self, thing: &ThingId) -> bool {
        any_map_at(self.reading(), self.roots().of(thing), thing.name()).is_some()
    }

    /// What a note says that the document holds, on the board or gone.
    pub fn words_of(&self, thing: &ThingId) -> Option<String> {
        let txn = self.reading();
        let map = any_map_at(txn, self.roots().of(thing), thing.name())?;
        match map.get(txn, TEXT)? {
            Out::YText(text) => Some(text.get_string(txn)),
            _ => None,
        }
    }

    /// All that is in a thing that is on the board.
    pub fn kept(&self, thing: &ThingId) -> Option<Kept> {
        let txn = self.reading();
        let map = map_at(txn, self.roots().of(thing), thing.name())?;
        Some(Kept::read(txn, &map))
    }
}

impl Change<'_> {
    /// Puts a thing back that is no longer in the document. One that is there in any way stays as it is.
    pub fn put_back(&mut self, thing: &ThingId, kept: Kept) {
        if self.view().holds(thing) {
            return;
        }
        let fields = kept.fields.into_iter();
        let texts = kept.texts.into_iter();
        let map: MapPrelim = fields
            .map(|(name, value)| (name, In::Any(value)))
            .chain(texts.map(|(name, text)| (name, In::from(TextPrelim::new(text)))))
            .collect();
        self.add(thing.clone(), map);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::{Board, Made, NewNote, NoteKind},
        geometry::BoardPoint,
    };
    use yrs::Transact as _;

    #[test]
    fn what_was_taken_out_of_the_document_is_put_back_as_it_was_also_after_it_was_written_down() {
        let board = Board::new(1);
        let at = BoardPoint::new(7.0, -8.0);
        let mut note = NewNote::new("a".into(), NoteKind::Plan, at, "Ringe «alle»", 1.5e12)
            .by_name(Some("Kari".into()));
        note.plan.who = "Ola".into();
        board.change(Made::Here).add_note(note);
        board
            .change(Made::Here)
            .add_cluster(&"c".into(), "Overgangen", at);
        board
            .change(Made::Here)
            .join_cluster(&"a".into(), &"c".into());
        let (note, cluster) = (ThingId::Note("a".into()), ThingId::Cluster("c".into()));
        let before = (board.view().notes(), board.view().clusters());
        let kept = [&note, &cluster].map(|thing| board.view().kept(thing).unwrap());
        let written = serde_json::to_string(&kept).unwrap();

        for root in ["notes", "clusters"] {
            let root = board.doc().get_or_insert_map(root);
            root.clear(&mut board.doc().transact_mut());
        }
        assert!(!board.view().holds(&note) && board.view().notes().is_empty());
        let [as_note, as_cluster]: [Kept; 2] = serde_json::from_str(&written).unwrap();
        board
            .change(Made::Here)
            .put_back(&cluster, as_cluster.clone());
        board
            .change(Made::Here)
            .put_back(&note, as_note.without(&["by"]));
        let (mut notes, clusters) = before;
        notes[0].by = None;
        assert_eq!(
            (board.view().notes(), board.view().clusters()),
            (notes, clusters)
        );

        board.change(Made::Here).rename(&cluster);
        board.change(Made::Here).put_back(&cluster, as_cluster);
        assert_eq!(board.view().clusters()[0].title, "Nattevakt");
    }

    impl Change<'_> {
        fn rename(&mut self, cluster: &ThingId) {
            let ThingId::Cluster(id) = cluster else {
                return;
            };
            let edit = crate::board::TextEdit {
                at: 0,
                remove: 100,
                insert: "Nattevakt".into(),
            };
            self.write_title(id, &edit);
        }
    }
}
