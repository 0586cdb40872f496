//! One person's doings are taken back; the others' stay.

use super::*;
use crate::room::document::{Document, Taken};
use proptest::prelude::*;
use samtavle_shared::{
    board::{
        Change, HabitQuestion, ItemId, LinkKind, NewNote, Note, NoteKind, PlanField, TextEdit,
    },
    geometry::BoardPoint,
    guard::Permission,
    ids::{ClusterId, NoteId},
};

/// A board and three people on it, whose doings are logged.
struct Workshop {
    records: Vec<Record>,
    room: Board,
    boards: Vec<Board>,
    /// Who is away, and hears and is heard when they come back.
    away: [bool; 3],
}

const KARI: usize = 0;
const OLA: usize = 1;
const PER: usize = 2;
const NAMES: [&str; 3] = ["kari", "ola", "per"];

impl Workshop {
    fn new() -> Self {
        Self {
            records: Vec::new(),
            room: Board::new(9),
            boards: (1..=3).map(Board::new).collect(),
            away: [false; 3],
        }
    }

    /// Somebody does something, and the others hear of it.
    fn does(&mut self, who: usize, edit: impl FnOnce(&mut Change<'_>)) {
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
        for (other, board) in self.boards.iter().enumerate() {
            if other != who && !self.away[other] {
                board.apply(&update, Made::Elsewhere).unwrap();
            }
        }
        self.records.push(Record {
            seq: self.records.len() as u64 + 1,
            kind: Kind::Update,
            bytes: update.into(),
            at: 0,
            person: Some(NAMES[who].into()),
        });
    }

    fn leaves(&mut self, who: usize) {
        self.away[who] = true;
    }

    fn comes_back(&mut self, who: usize) {
        self.away[who] = false;
        let board = &self.boards[who];
        let news = board.missing_from(&self.room.state_vector()).unwrap();
        let missed = self.room.missing_from(&board.state_vector()).unwrap();
        board.apply(&missed, Made::Elsewhere).unwrap();
        self.log(who, news);
    }

    /// The room's document after all that somebody did was taken back.
    fn without(&self, who: usize) -> Document {
        let mut document = Document::empty();
        for record in &self.records {
            document.take(&record.bytes, Permission::Log).unwrap();
        }
        let person = PersonId::from(NAMES[who]);
        if let Some(update) = take_back(&self.records, &person, Naming::Voices, 99) {
            let taken = document.take(&update, Permission::Board);
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

fn writes(at: u32, text: &str) -> TextEdit {
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
    workshop.does(KARI, |change| change.delete_note(&"a".into()));
    workshop.does(OLA, |change| change.add_note(note("b", "")));
    workshop.does(OLA, |change| change.delete_note(&"b".into()));
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
        change.dissolve(&ours);
        change.delete_link(&"ours".into());
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

#[derive(Clone, Debug)]
enum Deed {
    Adds(u8),
    Writes(u8, u32, u8),
    Erases(u8, u32, u32),
    Moves(u8, u8),
    Deletes(u8),
    Joins(u8, u8),
    Clusters(u8),
    Dissolves(u8),
    Plans(u8),
    Leaves,
    ComesBack,
}

fn deed() -> impl Strategy<Value = Deed> {
    let note = 0..4u8;
    prop_oneof![
        3 => note.clone().prop_map(Deed::Adds),
        6 => (note.clone(), 0..12u32, 1..4u8).prop_map(|(n, at, length)| Deed::Writes(n, at, length)),
        4 => (note.clone(), 0..12u32, 1..5u32).prop_map(|(n, at, length)| Deed::Erases(n, at, length)),
        3 => (note.clone(), 1..100u8).prop_map(|(n, to)| Deed::Moves(n, to)),
        1 => note.clone().prop_map(Deed::Deletes),
        1 => (note.clone(), 0..2u8).prop_map(|(n, c)| Deed::Joins(n, c)),
        1 => (0..2u8).prop_map(Deed::Clusters),
        1 => (0..2u8).prop_map(Deed::Dissolves),
        1 => note.prop_map(Deed::Plans),
        1 => Just(Deed::Leaves),
        1 => Just(Deed::ComesBack),
    ]
}

/// Everybody has letters and places of their own.
fn letters_of(who: usize) -> &'static str {
    ["abcdefg", "hijklmn", "opqrstu"][who]
}

fn places_of(who: usize, at: BoardPoint) -> bool {
    (at.x as usize) / 1_000 == who + 1
}

fn play(workshop: &mut Workshop, who: usize, step: usize, deed: &Deed) {
    let id = |n: &u8| NoteId::from(format!("note-{n}").as_str());
    let cluster = |c: &u8| ClusterId::from(format!("cluster-{c}").as_str());
    let said = |length: u8| {
        let letters = letters_of(who).chars().cycle().skip(step % 7);
        letters.take(usize::from(length)).collect::<String>()
    };
    let place = |to: &u8| {
        let to = (who as f64 + 1.0) * 1_000.0 + f64::from(*to);
        BoardPoint::new(to, to)
    };
    match deed {
        Deed::Leaves => return workshop.leaves(who),
        Deed::ComesBack => return workshop.comes_back(who),
        _ => {}
    }
    workshop.does(who, |change| match deed {
        Deed::Adds(n) => change.add_note(NewNote::new(
            id(n),
            NoteKind::Problem,
            place(n),
            said(3),
            1.0,
        )),
        Deed::Writes(n, at, length) => change.write_note(&id(n), &writes(*at, &said(*length))),
        Deed::Erases(n, at, length) => {
            let erases = TextEdit {
                at: *at,
                remove: *length,
                insert: String::new(),
            };
            change.write_note(&id(n), &erases);
        }
        Deed::Moves(n, to) => change.move_note(&id(n), place(to)),
        Deed::Deletes(n) => change.delete_note(&id(n)),
        Deed::Joins(n, c) => change.join_cluster(&id(n), &cluster(c)),
        Deed::Clusters(c) => change.add_cluster(&cluster(c), &said(2), BoardPoint::default()),
        Deed::Dissolves(c) => change.dissolve(&cluster(c)),
        Deed::Plans(n) => change.plan_field(&id(n), PlanField::Who, &said(2)),
        Deed::Leaves | Deed::ComesBack => {}
    });
}

fn is_within(few: &str, many: &str) -> bool {
    let mut many = many.chars();
    few.chars().all(|letter| many.any(|other| other == letter))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_theirs_is_left_and_nothing_of_others_is_lost(
        deeds in prop::collection::vec((0..3_usize, deed()), 1..60),
    ) {
        let mut workshop = Workshop::new();
        for (step, (who, deed)) in deeds.iter().enumerate() {
            play(&mut workshop, *who, step, deed);
        }
        for who in [KARI, OLA, PER] {
            if workshop.away[who] {
                workshop.comes_back(who);
            }
        }
        for who in [KARI, OLA, PER] {
            let document = workshop.without(who);
            let is_theirs = |letter: char| letters_of(who).contains(letter);
            let (notes, clusters) = document.read(|view| (view.notes(), view.clusters()));
            for note in notes {
                prop_assert!(!note.text.contains(is_theirs), "{who}: {note:?}");
                prop_assert!(!note.plan.who.contains(is_theirs), "{who}: {note:?}");
            }
            for cluster in clusters {
                prop_assert!(!cluster.title.contains(is_theirs), "{who}: {cluster:?}");
            }
            for before in workshop.room.view().notes() {
                let words: String = before.text.chars().filter(|&letter| !is_theirs(letter)).collect();
                let after = document.read(|view| view.note(&before.id));
                let is_kept = !words.is_empty()
                    || !(before.plan.who.is_empty() || before.plan.who.contains(is_theirs));
                let Some(after) = after else {
                    prop_assert!(!is_kept, "{who}: lost {before:?}");
                    continue;
                };
                prop_assert!(is_within(&words, &after.text), "{who}: {before:?} {after:?}");
                if !places_of(who, before.pos) {
                    prop_assert_eq!(before.pos, after.pos);
                }
                if !before.plan.who.is_empty() && !before.plan.who.contains(is_theirs) {
                    prop_assert_eq!(before.plan.who, after.plan.who);
                }
            }
        }
    }

    #[test]
    fn what_was_taken_back_is_not_taken_back_again(
        deeds in prop::collection::vec((0..3_usize, deed()), 1..60),
    ) {
        let mut workshop = Workshop::new();
        for (step, (who, deed)) in deeds.iter().enumerate() {
            play(&mut workshop, *who, step, deed);
        }
        let kari = PersonId::from("kari");
        if let Some(update) = take_back(&workshop.records, &kari, Naming::Names, 99) {
            workshop.records.push(Record {
                seq: 0,
                kind: Kind::Update,
                bytes: update,
                at: 0,
                person: None,
            });
            prop_assert_eq!(take_back(&workshop.records, &kari, Naming::Names, 98), None);
        }
    }
}
