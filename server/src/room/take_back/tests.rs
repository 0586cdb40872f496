//! One person's doings are taken back; the others' stay.

use super::*;
use crate::room::document::{Document, Taken};
use samtavle_shared::{
    board::{
        Change, HabitQuestion, ItemId, LinkKind, NewImage, NewNote, Note, NoteKind, PlanField,
        TextEdit, ThingId,
    },
    geometry::{BoardPoint, Size},
    guard::Permission,
    ids::{ClusterId, NoteId, PhotoId},
};

/// A board and three people on it, whose doings are logged.
pub(super) struct Workshop {
    pub(super) records: Vec<Record>,
    pub(super) room: Board,
    boards: Vec<Board>,
    /// Who is away, and hears and is heard when they come back.
    pub(super) away: [bool; 3],
}

pub(super) const KARI: usize = 0;
pub(super) const OLA: usize = 1;
pub(super) const PER: usize = 2;
const NAMES: [&str; 3] = ["kari", "ola", "per"];

impl Workshop {
    pub(super) fn new() -> Self {
        Self {
            records: Vec::new(),
            room: Board::new(9),
            boards: (1..=3).map(Board::new).collect(),
            away: [false; 3],
        }
    }

    /// Somebody does something, and the others hear of it.
    pub(super) fn does(&mut self, who: usize, edit: impl FnOnce(&mut Change<'_>)) {
        edit(&mut self.boards[who].change(Made::Here));
        self.logs(who);
    }

    fn logs(&mut self, who: usize) {
        for update in self.boards[who].take_updates() {
            if update.made == Made::Here && !self.away[who] {
                self.log(who, update.bytes);
            }
        }
    }

    fn log(&mut self, who: usize, update: Vec<u8>) {
        self.room.apply(&update, Made::Elsewhere).unwrap();
        self.room.take_updates();
        self.tell(Some(who), update);
    }

    fn tell(&mut self, who: Option<usize>, update: Vec<u8>) {
        for (other, board) in self.boards.iter().enumerate() {
            if Some(other) != who && !self.away[other] {
                board.apply(&update, Made::Elsewhere).unwrap();
            }
        }
        self.records.push(Record {
            seq: self.records.len() as u64 + 1,
            kind: Kind::Update,
            bytes: update.into(),
            at: 0,
            person: who.map(|who| NAMES[who].into()),
        });
    }

    /// The board takes away for good what is gone.
    pub(super) fn is_cleared(&mut self) {
        let gone = self.room.view().gone();
        {
            let mut change = self.room.change(Made::ForGood);
            for (thing, _) in &gone {
                change.take_away_for_good(thing);
            }
        }
        if !gone.is_empty() {
            for update in self.room.take_updates() {
                self.tell(None, update.bytes);
            }
        }
    }

    pub(super) fn leaves(&mut self, who: usize) {
        self.away[who] = true;
    }

    pub(super) fn comes_back(&mut self, who: usize) {
        self.away[who] = false;
        let board = &self.boards[who];
        let news = board.missing_from(&self.room.state_vector()).unwrap();
        let missed = self.room.missing_from(&board.state_vector()).unwrap();
        board.apply(&missed, Made::Elsewhere).unwrap();
        self.log(who, news);
    }

    /// The room's document after all that somebody did was taken back.
    pub(super) fn without(&self, who: usize) -> Document {
        let mut document = Document::empty();
        for record in &self.records {
            document
                .take_update(&record.bytes, Permission::Log)
                .unwrap();
        }
        let person = PersonId::from(NAMES[who]);
        if let Some(update) = take_back(&self.records, &person, Naming::Voices, 99) {
            let taken = document.take_update(&update, Permission::Board);
            assert!(matches!(taken, Ok(Taken::News)), "{taken:?}");
        }
        document
    }

    fn before(&self) -> Vec<Note> {
        self.boards[KARI].view().notes()
    }
}

fn note(id: &str, text: &str) -> NewNote {
    NewNote::new(
        id.into(),
        NoteKind::Problem,
        BoardPoint::default(),
        text,
        1.0,
    )
}

pub(super) fn writes(at: u32, text: &str) -> TextEdit {
    TextEdit {
        at,
        remove: 0,
        insert: text.into(),
    }
}

fn notes_of(document: &Document) -> Vec<(String, String)> {
    let mut notes = document.read(|view| {
        let notes = view.notes().into_iter();
        notes
            .map(|note| (note.id.to_string(), note.text))
            .collect::<Vec<_>>()
    });
    notes.sort();
    notes
}

fn pair(id: &str, text: &str) -> (String, String) {
    (id.to_owned(), text.to_owned())
}

#[test]
fn who_did_nothing_has_nothing_to_take_back() {
    let mut workshop = Workshop::new();
    workshop.does(OLA, |change| change.add_note(note("a", "Vi venter")));
    let kari = PersonId::from("kari");
    assert_eq!(take_back(&workshop.records, &kari, Naming::Voices, 9), None);
    assert_eq!(take_back(&[], &kari, Naming::Voices, 9), None);
}

#[test]
fn their_notes_go_and_those_of_others_stay() {
    let mut workshop = Workshop::new();
    workshop.does(KARI, |change| change.add_note(note("a", "tull")));
    workshop.does(OLA, |change| change.add_note(note("b", "Vi venter")));
    workshop.does(KARI, |change| change.add_note(note("c", "mer tull")));
    workshop.does(OLA, |change| {
        change.move_note(&"a".into(), BoardPoint::new(5.0, 5.0));
    });
    assert_eq!(notes_of(&workshop.without(KARI)), [pair("b", "Vi venter")]);
    assert_eq!(
        notes_of(&workshop.without(OLA)),
        [pair("a", "tull"), pair("c", "mer tull")]
    );
    assert_eq!(notes_of(&workshop.without(PER)).len(), 3);
}

#[test]
fn a_note_of_theirs_in_which_others_wrote_stays_with_the_others_words() {
    let mut workshop = Workshop::new();
    workshop.does(KARI, |change| {
        change.add_note(note("a", "tull").by_voice(Some("leader".into())).lived());
        change.add_note(note("b", "vane"));
        change.add_note(note("c", "plan"));
    });
    workshop.does(OLA, |change| {
        change.write_note(&"a".into(), &writes(4, " men sant"));
        change.answer_habit(&"b".into(), HabitQuestion::Gave, "ro");
    });
    workshop.does(KARI, |change| {
        change.plan_field(&"c".into(), PlanField::Who, "Ola");
    });
    let document = workshop.without(KARI);
    assert_eq!(notes_of(&document), [pair("a", " men sant"), pair("b", "")]);
    let a = document.read(|view| view.note(&"a".into()).unwrap());
    assert_eq!((a.voice, a.lived, a.kind), (None, false, NoteKind::Problem));
    let b = document.read(|view| view.note(&"b".into()).unwrap());
    assert_eq!(b.habit.gave, "ro");
}

#[test]
fn what_they_wrote_and_erased_in_notes_of_others_is_taken_back_letter_by_letter() {
    let mut workshop = Workshop::new();
    let a = NoteId::from("a");
    workshop.does(OLA, |change| {
        change.add_note(note("a", "Vi venter på svar"));
    });
    workshop.does(KARI, |change| {
        change.write_note(&a, &writes(3, "bare "));
    });
    workshop.does(PER, |change| change.write_note(&a, &writes(0, "Nei! ")));
    workshop.does(KARI, |change| {
        let erases = TextEdit {
            at: 0,
            remove: 8,
            insert: String::new(),
        };
        change.write_note(&a, &erases);
    });
    workshop.does(OLA, |change| change.write_note(&a, &writes(99, " nå")));
    assert_eq!(
        notes_of(&workshop.without(KARI)),
        [pair("a", "Nei! Vi venter på svar nå")]
    );
}

#[test]
fn what_others_set_later_stays_and_what_they_set_last_goes_back() {
    let mut workshop = Workshop::new();
    let (a, b) = (NoteId::from("a"), NoteId::from("b"));
    let at = |x: i32| BoardPoint::new(f64::from(x), f64::from(x));
    workshop.does(OLA, |change| {
        change.add_note(note("a", "en"));
        change.add_note(note("b", "to"));
    });
    // Kari and Ola move in turn; Ola's last place is what stays, also when Kari moved after it.
    for (who, x) in [(OLA, 1), (KARI, 2), (OLA, 3), (KARI, 4), (KARI, 5)] {
        workshop.does(who, |change| change.move_note(&a, at(x)));
    }
    workshop.does(KARI, |change| change.move_note(&b, at(8)));
    workshop.does(PER, |change| change.move_note(&b, at(9)));
    workshop.does(KARI, |change| change.set_kind(&b, NoteKind::Idea));
    workshop.does(KARI, |change| {
        change.plan_field(&b, PlanField::When, "aldri");
    });
    let document = workshop.without(KARI);
    let (a, b) = document.read(|view| (view.note(&a).unwrap(), view.note(&b).unwrap()));
    assert_eq!((a.pos, b.pos), (at(3), at(9)));
    assert_eq!((b.kind, b.plan.when.as_str()), (NoteKind::Problem, ""));
}

#[test]
fn notes_that_they_deleted_come_back_without_their_letters_and_without_forgotten_names() {
    let mut workshop = Workshop::new();
    workshop.does(OLA, |change| {
        let named = note("a", "Vi venter").by_voice(Some("youth".into()));
        change.add_note(named.by_name(Some("Ola".into())).lived());
        change.break_habit(&"a".into(), "alle", "mandag");
    });
    workshop.does(KARI, |change| {
        change.write_note(&"a".into(), &writes(0, "Tull: "));
    });
    workshop.does(KARI, |change| change.delete_note(&"a".into(), 9.0));
    workshop.does(OLA, |change| change.add_note(note("b", "")));
    workshop.does(OLA, |change| change.delete_note(&"b".into(), 9.0));
    workshop.is_cleared();
    let document = workshop.without(KARI);
    assert_eq!(notes_of(&document), [pair("a", "Vi venter")]);
    let a = document.read(|view| view.note(&"a".into()).unwrap());
    assert_eq!((a.voice, a.by, a.lived), (Some("youth".into()), None, true));
    assert!(a.habit.broken.is_some());
}

#[test]
fn clusters_and_links_come_and_go_with_who_made_them() {
    let mut workshop = Workshop::new();
    let (theirs, ours, shared) = (
        ClusterId::from("theirs"),
        ClusterId::from("ours"),
        ClusterId::from("shared"),
    );
    let (a, b) = (NoteId::from("a"), NoteId::from("b"));
    workshop.does(OLA, |change| {
        change.add_note(note("a", "en"));
        change.add_note(note("b", "to"));
        change.add_cluster(&ours, "Vårt", BoardPoint::default());
        change.join_cluster(&a, &ours);
        let (from, to) = (ItemId::Note(a.clone()), ItemId::Note(b.clone()));
        change.add_link(&"ours".into(), &from, &to, LinkKind::Answers);
    });
    workshop.does(KARI, |change| {
        change.add_cluster(&theirs, "Tull", BoardPoint::default());
        change.join_cluster(&a, &theirs);
        change.add_cluster(&shared, "", BoardPoint::default());
        change.dissolve(&ours, 9.0);
        change.delete_link(&"ours".into(), 9.0);
        let (from, to) = (ItemId::Note(b.clone()), ItemId::Note(a.clone()));
        change.add_link(&"theirs".into(), &from, &to, LinkKind::Causes);
    });
    workshop.does(PER, |change| change.join_cluster(&b, &shared));
    let document = workshop.without(KARI);
    document.read(|view| {
        assert_eq!(view.cluster(&ours).unwrap().title, "Vårt");
        assert_eq!(view.cluster(&theirs), None);
        assert!(view.cluster(&shared).is_some());
        assert_eq!(view.note(&a).unwrap().cluster, Some(ours.clone()));
        assert_eq!(view.note(&b).unwrap().cluster, Some(shared.clone()));
        assert!(view.link(&"ours".into()).is_some());
        assert!(view.link(&"theirs".into()).is_none());
    });
    assert_eq!(workshop.before().len(), 2);
}

#[test]
fn it_can_be_taken_back_twice_and_merges_with_what_came_meanwhile() {
    let mut workshop = Workshop::new();
    let a = NoteId::from("a");
    workshop.does(OLA, |change| change.add_note(note("a", "Vi venter")));
    workshop.does(KARI, |change| change.write_note(&a, &writes(3, "bare ")));
    let kari = PersonId::from("kari");
    let update = take_back(&workshop.records, &kari, Naming::Voices, 99).unwrap();
    workshop.does(OLA, |change| change.write_note(&a, &writes(0, "Ja, ")));
    workshop.boards[PER]
        .apply(&update, Made::Elsewhere)
        .unwrap();
    let text = workshop.boards[PER].view().note(&a).unwrap().text;
    assert_eq!(text, "Ja, Vi venter");

    workshop.records.push(Record {
        seq: 4,
        kind: Kind::Update,
        bytes: update,
        at: 0,
        person: None,
    });
    let again = take_back(&workshop.records, &kari, Naming::Voices, 98);
    assert_eq!(again, None);
}

#[test]
fn their_pictures_go_and_the_others_come_back_to_where_they_lay() {
    let picture = |id: &str| NewImage {
        id: id.into(),
        pos: BoardPoint::default(),
        size: Size::new(400.0, 300.0),
        photo: PhotoId::from_random([7; 16]),
        alt: "Tavla".into(),
    };
    let mut workshop = Workshop::new();
    workshop.does(OLA, |change| change.add_image(&picture("a")));
    workshop.does(OLA, |change| change.add_image(&picture("b")));
    workshop.does(KARI, |change| change.add_image(&picture("c")));
    workshop.does(KARI, |change| change.remove_image(&"a".into(), 9.0));
    workshop.does(KARI, |change| {
        change.move_image(&"b".into(), BoardPoint::new(900.0, 0.0));
    });
    let left = workshop.without(KARI).read(|view| {
        let mut left = view.images();
        left.sort_by(|one, other| one.id.cmp(&other.id));
        left
    });
    let names: Vec<&str> = left.iter().map(|image| image.id.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    for image in &left {
        assert_eq!(image.pos, BoardPoint::default());
        assert_eq!((image.size.width, &*image.alt), (400.0, "Tavla"));
        assert!(image.photo.is_some());
    }
}

#[test]
fn what_they_brought_back_goes_again_and_what_they_made_go_comes_back() {
    let mut workshop = Workshop::new();
    let (a, b) = (NoteId::from("a"), NoteId::from("b"));
    workshop.does(OLA, |change| {
        change.add_note(note("a", "en"));
        change.add_note(note("b", "to"));
    });
    workshop.does(OLA, |change| change.delete_note(&a, 5.0));
    workshop.does(KARI, |change| change.bring_back(&ThingId::Note(a.clone())));
    workshop.does(KARI, |change| change.delete_note(&b, 6.0));
    assert_eq!(notes_of(&workshop.without(KARI)), [pair("b", "to")]);
    // Whoever else had a hand in it decides.
    workshop.does(PER, |change| change.delete_note(&a, 7.0));
    workshop.does(PER, |change| change.bring_back(&ThingId::Note(a.clone())));
    assert_eq!(
        notes_of(&workshop.without(KARI)),
        [pair("a", "en"), pair("b", "to")]
    );
}

#[test]
fn what_they_deleted_comes_back_also_when_the_board_has_cleared_it_away() {
    let mut workshop = Workshop::new();
    let a = NoteId::from("a");
    workshop.does(OLA, |change| {
        change.add_note(note("a", "Vi venter"));
        change.add_note(note("b", "Vi ringer"));
    });
    workshop.does(KARI, |change| change.write_note(&a, &writes(0, "Tull: ")));
    workshop.does(KARI, |change| change.add_note(note("c", "tull")));
    workshop.does(PER, |change| {
        change.write_note(&"c".into(), &writes(4, " men sant"));
    });
    for (who, id) in [(KARI, "a"), (OLA, "b"), (KARI, "c")] {
        workshop.does(who, |change| change.delete_note(&id.into(), 5.0));
    }
    workshop.is_cleared();
    assert!(workshop.room.view().gone().is_empty());
    assert_eq!(
        notes_of(&workshop.without(KARI)),
        [pair("a", "Vi venter"), pair("c", " men sant")]
    );
}
