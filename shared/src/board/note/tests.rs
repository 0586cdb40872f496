//! What belongs to a note: written, read back, and read when it is something else.

use super::*;
use crate::board::{Board, History, Made, Undone};
use std::sync::Arc;
use yrs::{In, MapPrelim, Transact};

fn board_with(note: NewNote) -> Board {
    let board = Board::new(1);
    board.change(Made::Here).add_note(note);
    board
}

fn plain(id: &str, kind: NoteKind) -> NewNote {
    NewNote::new(id.into(), kind, BoardPoint::default(), "Ingen ringte", 7.0)
}

fn note(board: &Board, id: &str) -> Note {
    board.view().note(&id.into()).unwrap()
}

#[test]
fn what_a_note_is_posted_with_is_read_back() {
    let born = Born::Pair("x".into(), "y".into());
    let posted = plain("a", NoteKind::Plan)
        .by_voice(Some("youth".into()))
        .by_name(Some("Kari".into()))
        .lived()
        .born_of(Some(born.clone()));
    let posted = NewNote {
        plan: PlanFields {
            who: "Ola".into(),
            state: PlanState::Trying,
            ..PlanFields::default()
        },
        ..posted
    };
    let read = note(&board_with(posted.clone()), "a");
    assert_eq!(read.voice, Some("youth".into()));
    assert_eq!(read.by.as_deref(), Some("Kari"));
    assert!(read.lived);
    assert_eq!(read.born, Some(born));
    assert_eq!(read.plan.who, "Ola");
    assert_eq!(read.plan.state, PlanState::Trying);
    assert_eq!(NewNote::again(read), posted);
}

#[test]
fn a_note_is_never_laid_beyond_the_board() {
    use crate::limits::MAX_BOARD_COORDINATE as EDGE;
    let board = board_with(plain("a", NoteKind::Idea));
    let places = [
        (
            BoardPoint::new(4e9, -f64::INFINITY),
            BoardPoint::new(EDGE, -EDGE),
        ),
        (BoardPoint::new(7.4, 2e7), BoardPoint::new(7.0, EDGE)),
    ];
    for (to, lies) in places {
        board.change(Made::Here).move_note(&"a".into(), to);
        assert_eq!(note(&board, "a").pos, lies);
        board.take_updates();
        board.change(Made::Here).move_note(&"a".into(), to);
        assert!(board.take_updates().is_empty(), "it lies there already");
    }
}

#[test]
fn a_note_without_anything_more_has_no_more_fields() {
    let board = board_with(plain("a", NoteKind::Idea));
    let read = note(&board, "a");
    assert_eq!((read.voice, read.by, read.lived), (None, None, false));
    assert_eq!(read.habit, HabitAnswers::default());
    assert_eq!(read.plan, PlanFields::default());
    let txn = board.doc().transact();
    let notes = txn.get_map("notes").unwrap();
    let Some(Out::YMap(map)) = notes.get(&txn, "a") else {
        panic!("it is a map");
    };
    assert_eq!(map.len(&txn), 5);
}

#[test]
fn answers_and_fields_are_set_and_an_empty_one_is_taken_away() {
    let board = board_with(plain("a", NoteKind::Habit));
    let id = NoteId::from("a");
    {
        let mut change = board.change(Made::Here);
        change.answer_habit(&id, HabitQuestion::Gave, "Ro i møtene");
        change.answer_habit(&id, HabitQuestion::Stops, "Noen må si det høyt");
        change.plan_field(&id, PlanField::When, "før jul");
        change.set_plan_state(&id, PlanState::Worked);
        change.set_voice(&id, Some(&"leader".into()));
        change.set_lived(&id, Lived::Yes);
    }
    let read = note(&board, "a");
    assert_eq!(read.habit.answer(HabitQuestion::Gave), "Ro i møtene");
    assert_eq!(
        read.habit.answer(HabitQuestion::Stops),
        "Noen må si det høyt"
    );
    assert_eq!(read.plan.words(PlanField::When), "før jul");
    assert_eq!(read.plan.state, PlanState::Worked);
    assert!(read.lived);

    board.take_updates();
    {
        let mut change = board.change(Made::Here);
        change.set_lived(&id, Lived::Yes);
        change.set_plan_state(&id, PlanState::Worked);
        change.plan_field(&id, PlanField::Who, "");
    }
    assert_eq!(board.take_updates(), [], "nothing changed, nothing is sent");

    {
        let mut change = board.change(Made::Here);
        change.answer_habit(&id, HabitQuestion::Gave, "");
        change.plan_field(&id, PlanField::When, "");
        change.set_voice(&id, None);
        change.set_lived(&id, Lived::No);
    }
    let read = note(&board, "a");
    assert_eq!((read.voice, read.lived), (None, false));
    assert!(read.habit.gave.is_empty() && read.plan.when.is_empty());
}

#[test]
fn a_habit_is_broken_and_mended() {
    let board = board_with(plain("a", NoteKind::Habit));
    let id = NoteId::from("a");
    board
        .change(Made::Here)
        .break_habit(&id, "Alle på avdelingen", "mandag");
    let broken = Broken {
        who: "Alle på avdelingen".into(),
        from: "mandag".into(),
    };
    assert_eq!(note(&board, "a").habit.broken, Some(broken));
    board.change(Made::Here).mend_habit(&id);
    assert_eq!(note(&board, "a").habit.broken, None);
}

#[test]
fn both_wordings_stay_on_the_note_and_so_does_what_we_cannot_read() {
    let board = board_with(plain("a", NoteKind::Problem));
    let id = NoteId::from("a");
    let said = |text: &str, verdict| Restatement {
        text: text.into(),
        verdict,
    };
    let first = said("Du savnet en telefon", Verdict::Confirmed);
    let second = said(
        "De glemte deg",
        Verdict::Corrected("De ville, men …".into()),
    );
    board.change(Made::Here).restate(&id, &first);
    board.change(Made::Here).restate(&id, &second);
    board.change(Made::Here).restate(&id, &first);
    assert_eq!(note(&board, "a").restated, [first.clone(), second]);

    // A verdict of a later version is passed over, and stays.
    let foreign = Any::from(vec![Any::from("hm"), Any::from("laughed"), Any::from("")]);
    set(&board, "restated", In::Any(foreign));
    board.change(Made::Here).restate(&id, &first);
    assert_eq!(note(&board, "a").restated, [first]);
    let txn = board.doc().transact();
    let notes = txn.get_map("notes").unwrap();
    let Some(Out::YMap(map)) = notes.get(&txn, "a") else {
        panic!("it is a map");
    };
    assert!(matches!(map.get(&txn, "restated"), Some(Out::Any(Any::Array(all))) if all.len() == 6));
}

#[test]
fn a_note_holds_so_many_restatements_and_no_more() {
    let board = board_with(plain("a", NoteKind::Problem));
    for letter in ('a'..='z').chain(['å']) {
        let long = Restatement {
            text: letter.to_string().repeat(2_000),
            verdict: Verdict::Confirmed,
        };
        board.change(Made::Here).restate(&"a".into(), &long);
    }
    let restated = note(&board, "a").restated;
    assert_eq!(restated.len(), crate::limits::MAX_RESTATEMENTS_PER_NOTE);
    assert_eq!(restated[0].text.chars().count(), 1_000);
}

#[test]
fn fields_of_foreign_types_count_as_empty() {
    let board = board_with(plain("a", NoteKind::Plan));
    for field in [
        "voice", "by", "lived", "born", "gave", "stops", "broken", "who", "when", "how", "state",
        "learnt", "restated",
    ] {
        for value in [
            In::Any(Any::from(4.5)),
            In::Any(Any::Null),
            In::Any(Any::from("")),
            In::Any(Any::from("odd")),
            In::Any(Any::from(vec![Any::from(1)])),
            In::from(MapPrelim::default()),
        ] {
            set(&board, field, value);
            let read = note(&board, "a");
            assert_eq!(read.text, "Ingen ringte");
            assert_eq!((read.lived, read.plan.state), (false, PlanState::ToTry));
            assert_eq!((read.born, read.habit.broken), (None, None));
            assert_eq!(read.restated, []);
        }
    }
}

#[test]
fn a_board_forgets_who_wrote_to_the_last_letter_also_with_steps_to_undo() {
    let board = Board::new(1);
    let mut history = History::of(&board, Arc::new(|| 0));
    let named = |id| {
        plain(id, NoteKind::Idea)
            .by_voice(Some("nextofkin".into()))
            .by_name(Some("Kari".into()))
    };
    board.change(Made::Here).add_note(named("a"));
    board.change(Made::Here).add_note(named("b"));
    history.new_step();
    board.change(Made::Here).set_voice(&"b".into(), None);

    board
        .change(Made::ForGood)
        .forget_authors(Authorship::Names);
    assert_eq!(note(&board, "a").by, None);
    assert_eq!(note(&board, "a").voice, Some("nextofkin".into()));
    board
        .change(Made::ForGood)
        .forget_authors(Authorship::NamesAndVoices);
    assert_eq!(note(&board, "a").voice, None);

    let is_in = |word: &str| {
        let whole = board.whole();
        whole.windows(word.len()).any(|at| at == word.as_bytes())
    };
    assert!(!is_in("Kari") && !is_in("nextofkin"));
    assert!(history.undo() == Undone::Done && history.redo() == Undone::Done);
    assert_eq!(note(&board, "b").voice, None, "no step puts it back");
    let again = Board::new(2);
    again.apply(&board.whole(), Made::Before).unwrap();
    assert_eq!(again.view().notes().len(), 2);
}

fn set(board: &Board, field: &str, value: In) {
    let mut txn = board.doc().transact_mut();
    let notes = txn.get_map("notes").unwrap();
    let Some(Out::YMap(map)) = notes.get(&txn, "a") else {
        panic!("it is a map");
    };
    map.insert(&mut txn, field, value);
}
