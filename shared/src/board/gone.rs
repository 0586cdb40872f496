//! What was taken off the board and can still be brought back: it stays in the document, with the field
//! `gone`, and is on no screen.
//!
//! To remove its entry would kill, on every replica, whatever others write into it at the same time or
//! without a network. So a note that comes back has all of that, and its place, kind and cluster. The
//! server takes the entry away for good some time later ([`Change::take_away_for_good`]).

use super::{BoardView, Change, Reading, document::all_maps_in};
use crate::ids::{ClusterId, ImageId, LinkId, NoteId};
use crate::schema::GONE;
use serde::{Deserialize, Serialize};
use yrs::{Any, Map, MapRef, Out, ReadTxn};

/// Something that can be taken off the board.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThingId {
    /// A note.
    Note(NoteId),
    /// A cluster.
    Cluster(ClusterId),
    /// A link.
    Link(LinkId),
    /// A picture.
    Image(ImageId),
}

impl Change<'_> {
    /// Takes a thing off the board; `at`: milliseconds since 1970. Of a cluster the notes stay where they
    /// are, and still name it: so it comes back with all of them, and whoever joined meanwhile.
    pub fn take_off(&mut self, thing: &ThingId, at: f64) {
        if let Some(map) = self.thing(thing) {
            self.set_any(&map, GONE, Any::from(at));
            self.forget_thing(thing);
        }
    }

    /// Brings a thing back that was taken off, with what others wrote in it meanwhile.
    pub fn bring_back(&mut self, thing: &ThingId) {
        if let Some(map) = self.any_thing(thing)
            && is_gone(self.txn(), &map)
        {
            self.remove(&map, GONE);
        }
    }

    /// Takes a thing that is gone out of the document: nothing brings it back. The server's to do.
    pub fn take_away_for_good(&mut self, thing: &ThingId) {
        let root = self.roots().of(thing);
        if self
            .any_thing(thing)
            .is_some_and(|map| is_gone(self.txn(), &map))
        {
            root.remove(self.txn_mut(), thing.name());
        }
    }
}

impl<T: Reading> BoardView<'_, T> {
    /// What was taken off the board and can be brought back, and when it went by the clock of whoever
    /// did it; in no order.
    pub fn gone(&self) -> Vec<(ThingId, f64)> {
        let txn = self.reading();
        let roots = self.roots();
        let of = |root, id: fn(&str) -> ThingId| {
            all_maps_in(txn, root)
                .filter_map(move |(name, map)| Some((id(name), gone_at(txn, &map)?)))
        };
        of(&roots.notes, |id| ThingId::Note(id.into()))
            .chain(of(&roots.clusters, |id| ThingId::Cluster(id.into())))
            .chain(of(&roots.links, |id| ThingId::Link(id.into())))
            .chain(of(&roots.images, |id| ThingId::Image(id.into())))
            .collect()
    }
}

impl ThingId {
    /// Its name in its root.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Note(id) => id.as_str(),
            Self::Cluster(id) => id.as_str(),
            Self::Link(id) => id.as_str(),
            Self::Image(id) => id.as_str(),
        }
    }
}

/// Whether a thing was taken off the board.
pub(super) fn is_gone<T: ReadTxn>(txn: &T, map: &MapRef) -> bool {
    gone_at(txn, map).is_some()
}

pub(super) fn gone_at<T: ReadTxn>(txn: &T, map: &MapRef) -> Option<f64> {
    match map.get(txn, GONE) {
        Some(Out::Any(Any::Number(at))) => Some(super::note::number_as_f64(at)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::{
            Authorship, Board, BoardChange, ItemId, LinkKind, Made, NewNote, NoteKind, TextEdit,
        },
        geometry::BoardPoint,
    };

    fn writes(text: &str) -> TextEdit {
        TextEdit {
            at: 0,
            remove: 0,
            insert: text.into(),
        }
    }

    fn note(id: &str) -> NewNote {
        NewNote::new(
            id.into(),
            NoteKind::Idea,
            BoardPoint::new(7.0, 8.0),
            "",
            0.0,
        )
    }

    /// Two replicas that know the same: a note in a cluster, with a link to another note.
    fn two() -> [Board; 2] {
        let board = Board::new(1);
        {
            let mut change = board.change(Made::Here);
            change.add_note(note("a"));
            change.add_note(note("b"));
            change.add_cluster(&"c".into(), "Overgangen", BoardPoint::default());
            change.join_cluster(&"a".into(), &"c".into());
            let (from, to) = (ItemId::Note("a".into()), ItemId::Note("b".into()));
            change.add_link(&"l".into(), &from, &to, LinkKind::Answers);
        }
        let other = Board::new(2);
        other.apply(&board.whole(), Made::Before).unwrap();
        [board, other]
    }

    fn hears(listener: &Board, speaker: &Board) {
        let missing = speaker.missing_from(&listener.state_vector()).unwrap();
        listener.apply(&missing, Made::Elsewhere).unwrap();
    }

    #[test]
    fn a_note_comes_back_with_what_was_written_in_it_while_it_was_gone() {
        let [kari, ola] = two();
        let id = NoteId::from("a");
        kari.change(Made::Here).delete_note(&id, 5.0);
        kari.take_changes();
        // Ola has no network and writes in it.
        ola.change(Made::Here)
            .write_note(&id, &writes("Ingen ringte"));
        ola.change(Made::Here)
            .move_note(&id, BoardPoint::new(90.0, 9.0));
        hears(&kari, &ola);
        hears(&ola, &kari);
        for board in [&kari, &ola] {
            let view = board.view();
            assert_eq!(view.note(&id), None);
            assert_eq!(view.notes().len(), 1);
            assert_eq!(
                view.cluster_of(&id),
                Some("c".into()),
                "it would come back to there"
            );
            assert_eq!(view.gone(), [(ThingId::Note(id.clone()), 5.0)]);
        }
        assert_eq!(kari.caret_at(&id, 0), None);
        kari.change(Made::Here)
            .move_note(&id, BoardPoint::default());
        kari.change(Made::Here).add_note(note("a"));
        assert_eq!(kari.view().note(&id), None, "it is not there to be changed");

        kari.take_changes();
        kari.change(Made::Here)
            .bring_back(&ThingId::Note(id.clone()));
        assert_eq!(kari.take_changes(), [BoardChange::Note(id.clone())]);
        hears(&ola, &kari);
        let back = ola.view().note(&id).unwrap();
        assert_eq!(
            (back.text.as_str(), back.kind),
            ("Ingen ringte", NoteKind::Idea)
        );
        assert_eq!(back.pos, BoardPoint::new(90.0, 9.0));
        assert_eq!(back.cluster, Some("c".into()));
    }

    #[test]
    fn clusters_and_links_go_and_come_back_with_what_names_them() {
        let [kari, ola] = two();
        kari.change(Made::Here).dissolve(&"c".into(), 5.0);
        kari.change(Made::Here).delete_link(&"l".into(), 6.0);
        ola.change(Made::Here)
            .write_title(&"c".into(), &writes("Den vonde "));
        ola.change(Made::Here)
            .join_cluster(&"b".into(), &"c".into());
        hears(&kari, &ola);
        assert!(kari.view().clusters().is_empty() && kari.view().links().is_empty());
        assert!(
            kari.view()
                .notes()
                .iter()
                .all(|note| note.cluster.is_none())
        );
        kari.change(Made::Here)
            .bring_back(&ThingId::Cluster("c".into()));
        kari.change(Made::Here)
            .bring_back(&ThingId::Link("l".into()));
        hears(&ola, &kari);
        let view = ola.view();
        assert_eq!(
            view.cluster(&"c".into()).unwrap().title,
            "Den vonde Overgangen"
        );
        assert!(
            view.notes()
                .iter()
                .all(|note| note.cluster == Some("c".into()))
        );
        assert!(view.link(&"l".into()).is_some());
    }

    #[test]
    fn what_is_taken_away_for_good_must_be_gone_and_never_comes_back() {
        let [kari, _] = two();
        let thing = ThingId::Note("a".into());
        kari.change(Made::ForGood).take_away_for_good(&thing);
        assert_eq!(kari.view().notes().len(), 2, "it is on the board");
        kari.change(Made::Here).take_off(&thing, 5.0);
        kari.change(Made::ForGood).take_away_for_good(&thing);
        kari.change(Made::Here).bring_back(&thing);
        assert!(kari.view().gone().is_empty());
        assert_eq!(kari.view().notes().len(), 1);
    }

    #[test]
    fn a_note_that_is_gone_forgets_who_wrote_it_too() {
        let board = Board::new(1);
        let named = note("a").by_name(Some("Kari".into()));
        board.change(Made::Here).add_note(named);
        board.change(Made::Here).delete_note(&"a".into(), 5.0);
        board
            .change(Made::ForGood)
            .forget_authors(Authorship::Names);
        board
            .change(Made::Here)
            .bring_back(&ThingId::Note("a".into()));
        assert_eq!(board.view().note(&"a".into()).unwrap().by, None);
    }

    #[test]
    fn another_client_may_still_delete_the_entry_itself() {
        use yrs::Transact as _;
        let [kari, ola] = two();
        let notes = ola.doc().get_or_insert_map("notes");
        notes.remove(&mut ola.doc().transact_mut(), "a");
        hears(&kari, &ola);
        assert_eq!(kari.view().notes().len(), 1);
        assert!(kari.view().gone().is_empty());
    }
}
