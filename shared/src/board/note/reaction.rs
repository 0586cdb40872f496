//! Reactions: what a reader says back to a note with one press. Plain words that help a talk along, and no
//! contest: nobody is ranked by them.
//!
//! Each stands in a field of its own on the note, `r-` and a random id, which holds its kind. So two who
//! react at once never take each other's away, as they could in a map that each of them makes; who takes
//! theirs back removes one field; and the note takes all of them with it. The id is another for each note
//! and kind, and tells nothing about whose it is: only the device that made it knows.

use crate::schema::REACTION;
use crate::{
    board::Change,
    ids::{NoteId, ReactionId},
    limits::MAX_REACTIONS_PER_NOTE,
};
use yrs::{Any, Map, MapRef, Out, ReadTxn};

/// What a reader says back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReactionKind {
    /// "I recognise this."
    Recognise,
    /// "Tell me more."
    TellMore,
    /// "This surprised me."
    Surprised,
}

impl ReactionKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Recognise, Self::TellMore, Self::Surprised];

    /// As it stands in the document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recognise => "recognise",
            Self::TellMore => "tell-more",
            Self::Surprised => "surprised",
        }
    }

    /// Reads a kind's name; one of a later version is none.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A reaction to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// Random, known to the device that made it.
    pub id: ReactionId,
    /// What it says.
    pub kind: ReactionKind,
}

impl Change<'_> {
    /// Reacts to a note. Not to one that has as many reactions as a note may have.
    pub fn react(&mut self, note: &NoteId, reaction: &Reaction) {
        let Some(map) = self.note_map(note) else {
            return;
        };
        if read_all(self.txn(), &map).len() < MAX_REACTIONS_PER_NOTE {
            let kind = reaction.kind.name();
            self.set_words(&map, &field(&reaction.id), kind);
        }
    }

    /// Takes a reaction back.
    pub fn take_reaction_back(&mut self, note: &NoteId, id: &ReactionId) {
        let field = field(id);
        if let Some(map) = self.note_map(note)
            && map.get(self.txn(), &field).is_some()
        {
            self.remove(&map, &field);
        }
    }
}

fn field(id: &ReactionId) -> String {
    [REACTION, id.as_str()].concat()
}

/// All reactions to a note, by their ids.
pub(super) fn read_all<T: ReadTxn>(txn: &T, map: &MapRef) -> Vec<Reaction> {
    let mut all: Vec<Reaction> = map
        .iter(txn)
        .filter_map(|(field, value)| {
            let id = field.strip_prefix(REACTION)?;
            let Out::Any(Any::String(kind)) = value else {
                return None;
            };
            Some(Reaction {
                id: ReactionId::from(id),
                kind: ReactionKind::read(&kind)?,
            })
        })
        .collect();
    crate::sorting::sort_by(&mut all, |one, other| one.id.cmp(&other.id));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::{Board, BoardChange, History, Made, NewNote, NoteKind, Undone},
        geometry::BoardPoint,
    };
    use std::sync::Arc;

    fn reaction(id: &str, kind: ReactionKind) -> Reaction {
        Reaction {
            id: id.into(),
            kind,
        }
    }

    fn board() -> Board {
        let board = Board::new(1);
        let note = NewNote::new(
            "n".into(),
            NoteKind::Problem,
            BoardPoint::default(),
            "a",
            0.0,
        );
        board.change(Made::Here).add_note(note);
        board
    }

    fn reactions(board: &Board) -> Vec<Reaction> {
        board.view().note(&"n".into()).unwrap().reactions
    }

    #[test]
    fn who_reacts_can_take_it_back_and_a_second_time_is_the_same() {
        let board = board();
        let note = NoteId::from("n");
        let [first, second] = [
            reaction("a", ReactionKind::Recognise),
            reaction("b", ReactionKind::Surprised),
        ];
        for one in [&first, &second, &first] {
            board.change(Made::ForGood).react(&note, one);
        }
        assert_eq!(reactions(&board), [first.clone(), second.clone()]);
        board.take_changes();
        board
            .change(Made::ForGood)
            .take_reaction_back(&note, &first.id);
        assert_eq!(board.take_changes(), [BoardChange::Note(note.clone())]);
        assert_eq!(reactions(&board), [second]);
        board.take_updates();
        board
            .change(Made::ForGood)
            .take_reaction_back(&note, &first.id);
        assert!(board.take_updates().is_empty(), "nothing to take back");
    }

    #[test]
    fn undo_leaves_reactions_alone_and_brings_them_back_with_their_note() {
        let board = board();
        let note = NoteId::from("n");
        let mut history = History::of(&board, Arc::new(|| 0));
        board
            .change(Made::Here)
            .move_note(&note, BoardPoint::new(5.0, 5.0));
        history.new_step();
        board
            .change(Made::ForGood)
            .react(&note, &reaction("a", ReactionKind::TellMore));
        assert_eq!(history.undo(), Undone::Done);
        assert_eq!(reactions(&board).len(), 1);
        assert!(!history.can_undo());
        board.change(Made::Here).delete_note(&note, 9.0);
        assert_eq!(history.undo(), Undone::Done);
        assert_eq!(reactions(&board), [reaction("a", ReactionKind::TellMore)]);
    }

    #[test]
    fn a_note_that_is_copied_has_no_reactions() {
        let board = board();
        let note = NoteId::from("n");
        board
            .change(Made::ForGood)
            .react(&note, &reaction("a", ReactionKind::TellMore));
        let mut copy = NewNote::again(board.view().note(&note).unwrap());
        copy.id = "copy".into();
        board.change(Made::Here).add_note(copy);
        let copy = board.view().note(&"copy".into()).unwrap();
        assert_eq!(copy.reactions, []);
    }

    #[test]
    fn a_kind_that_we_do_not_know_is_kept_and_not_shown() {
        let board = board();
        let mut change = board.change(Made::ForGood);
        let map = change.note_map(&"n".into()).unwrap();
        change.set_any(&map, "r-later", Any::from("applaud"));
        change.set_any(&map, "r-odd", Any::from(7));
        change.set_any(&map, "r-", Any::from("surprised"));
        drop(change);
        assert_eq!(reactions(&board), [reaction("", ReactionKind::Surprised)]);
        let other = Board::new(2);
        other.apply(&board.whole(), Made::Before).unwrap();
        assert_eq!(other.whole().len(), board.whole().len());
    }

    #[test]
    fn a_note_takes_so_many_and_no_more() {
        let board = board();
        let note = NoteId::from("n");
        for number in 0..=MAX_REACTIONS_PER_NOTE {
            let one = reaction(&number.to_string(), ReactionKind::Recognise);
            board.change(Made::ForGood).react(&note, &one);
        }
        assert_eq!(reactions(&board).len(), MAX_REACTIONS_PER_NOTE);
    }
}
