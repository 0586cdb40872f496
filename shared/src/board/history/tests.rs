//! One's own last step, and nothing else: what was found where several people had their hands on the same
//! notes.

use super::*;
use crate::{
    board::{
        Change, Lived, NewNote, Note, NoteKind, PlanField, Reaction, ReactionKind, TextEdit,
        ThingId,
    },
    geometry::BoardPoint,
    ids::{ClusterId, NoteId},
};
use std::sync::atomic::{AtomicU64, Ordering};

/// Somebody with a replica of their own, and what they can take back.
struct Person {
    board: Board,
    history: History,
}

impl Person {
    /// In their clock every look is a second later: each change is a step.
    fn new(client: u64) -> Self {
        let now = AtomicU64::new(1_000);
        Self::by_the_clock(client, move || now.fetch_add(1_000, Ordering::Relaxed))
    }

    fn by_the_clock(client: u64, clock: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        let clock: Clock = Arc::new(clock);
        let board = Board::new(client);
        let history = History::of(&board, clock);
        Self { board, history }
    }

    fn does(&mut self, edit: impl FnOnce(&mut Change<'_>)) -> Option<StepId> {
        edit(&mut self.board.change(Made::Here));
        self.history.new_step();
        self.history.last_step()
    }

    fn writes(&mut self, note: &NoteId, at: u32, words: &str) {
        let edit = TextEdit {
            at,
            remove: 0,
            insert: words.into(),
        };
        self.does(|change| change.write_note(note, &edit));
    }

    fn moves(&mut self, note: &NoteId, to: i32) {
        self.does(|change| change.move_note(note, at(to)));
    }

    fn note(&self, id: &NoteId) -> Option<Note> {
        self.board.view().note(id)
    }
}

fn at(place: i32) -> BoardPoint {
    BoardPoint::new(f64::from(place), f64::from(place))
}

fn note(id: &NoteId, text: &str) -> NewNote {
    NewNote::new(id.clone(), NoteKind::Problem, at(5), text, 0.0)
}

/// The two hand each other what the other lacks.
fn meet(one: &Person, other: &Person) {
    for (to, from) in [(one, other), (other, one)] {
        let missing = from.board.missing_from(&to.board.state_vector()).unwrap();
        to.board.apply(&missing, Made::Elsewhere).unwrap();
    }
}

/// Kari and Ola, and a note that Ola posted.
fn kari_ola_and_a_note() -> (Person, Person, NoteId) {
    let (kari, mut ola) = (Person::new(1), Person::new(2));
    let id = NoteId::from("a");
    ola.does(|change| change.add_note(note(&id, "Vi venter")));
    meet(&kari, &ola);
    (kari, ola, id)
}

#[test]
fn a_step_that_others_have_undone_by_their_own_is_used_up_and_the_next_is_not_taken() {
    let (mut kari, mut ola) = (Person::new(1), Person::new(2));
    let id = NoteId::from("a");
    kari.does(|change| change.add_note(note(&id, "")));
    kari.writes(&id, 0, "Ventetid");
    meet(&kari, &ola);
    ola.writes(&id, 8, " på svar");
    meet(&kari, &ola);
    kari.moves(&id, 70);
    meet(&kari, &ola);
    ola.moves(&id, 90);
    meet(&kari, &ola);

    assert_eq!(kari.history.undo(), Undone::ChangedSince);
    let now = kari.note(&id).unwrap();
    assert_eq!((now.text.as_str(), now.pos), ("Ventetid på svar", at(90)));
    // The next press takes her own letters and leaves his.
    assert_eq!(kari.history.undo(), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().text, " på svar");
    // The note is his as well by now.
    assert_eq!(kari.history.undo(), Undone::ChangedSince);
    assert_eq!(kari.history.undo(), Undone::Nothing);
    meet(&kari, &ola);
    let now = ola.note(&id).unwrap();
    assert_eq!((now.text.as_str(), now.pos), (" på svar", at(90)));
    assert_eq!(kari.history.redo(), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().text, "Ventetid på svar");
    assert_eq!(kari.history.redo(), Undone::Nothing);
}

#[test]
fn who_set_a_field_at_the_same_time_and_won_puts_back_what_was_there_before() {
    for (first, second) in [(1, 2), (2, 1)] {
        let (mut kari, mut ola) = (Person::new(first), Person::new(second));
        let id = NoteId::from("a");
        let [before, hers, his] = ["before", "hers", "his"].map(ClusterId::from);
        kari.does(|change| {
            change.add_note(note(&id, "Vi venter"));
            for cluster in [&before, &hers, &his] {
                change.add_cluster(cluster, "", at(0));
            }
            change.join_cluster(&id, &before);
        });
        meet(&kari, &ola);
        for (person, place, kind, cluster) in [
            (&mut kari, 70, NoteKind::Idea, &hers),
            (&mut ola, 90, NoteKind::Plan, &his),
        ] {
            person.does(|change| {
                change.move_note(&id, at(place));
                change.set_kind(&id, kind);
                change.join_cluster(&id, cluster);
            });
        }
        meet(&kari, &ola);
        let is_hers = kari.note(&id).unwrap().pos == at(70);
        let (winner, loser) = if is_hers {
            (&mut kari, &mut ola)
        } else {
            (&mut ola, &mut kari)
        };
        assert_eq!(loser.history.undo(), Undone::ChangedSince);
        assert_eq!(winner.history.undo(), Undone::Done);
        meet(winner, loser);
        for person in [winner, loser] {
            let now = person.note(&id).unwrap();
            assert_eq!((now.pos, now.kind), (at(5), NoteKind::Problem));
            assert_eq!(now.cluster, Some(before.clone()));
        }
    }
}

#[test]
fn a_note_that_two_pulled_out_of_a_cluster_at_once_stays_where_the_one_who_won_laid_it() {
    for (first, second) in [(1, 2), (2, 1)] {
        let (mut kari, mut ola) = (Person::new(first), Person::new(second));
        let (id, cluster) = (NoteId::from("a"), ClusterId::from("c"));
        ola.does(|change| {
            change.add_note(note(&id, "Vi venter"));
            change.add_cluster(&cluster, "", at(0));
            change.join_cluster(&id, &cluster);
        });
        meet(&kari, &ola);
        for (person, place) in [(&mut kari, 70), (&mut ola, 90)] {
            person.does(|change| {
                change.leave_cluster(&id);
                change.move_note(&id, at(place));
            });
        }
        meet(&kari, &ola);
        let won = kari.note(&id).unwrap().pos;
        let (winner, loser) = if won == at(70) {
            (&mut kari, &mut ola)
        } else {
            (&mut ola, &mut kari)
        };
        assert_eq!(loser.history.undo(), Undone::ChangedSince);
        meet(winner, loser);
        let now = winner.note(&id).unwrap();
        assert_eq!((now.pos, now.cluster), (won, None));
        assert_eq!(winner.history.undo(), Undone::Done);
        let now = winner.note(&id).unwrap();
        assert_eq!((now.pos, now.cluster), (at(5), Some(cluster)));
    }
}

#[test]
fn a_note_that_somebody_moved_within_a_cluster_is_not_taken_out_of_it_there() {
    let (mut kari, mut ola, id) = kari_ola_and_a_note();
    let cluster = ClusterId::from("c");
    ola.does(|change| change.add_cluster(&cluster, "", at(0)));
    meet(&kari, &ola);
    kari.does(|change| {
        change.join_cluster(&id, &cluster);
        change.move_note(&id, at(30));
    });
    meet(&kari, &ola);
    ola.moves(&id, 40);
    meet(&kari, &ola);
    assert_eq!(kari.history.undo(), Undone::ChangedSince);
    let now = kari.note(&id).unwrap();
    assert_eq!((now.pos, now.cluster), (at(40), Some(cluster)));
}

#[test]
fn a_deleted_note_comes_back_with_what_was_written_in_it_without_a_network() {
    let (mut kari, mut ola, id) = kari_ola_and_a_note();
    let cluster = ClusterId::from("c");
    ola.writes(&id, 9, " på svar");
    ola.does(|change| {
        change.add_cluster(&cluster, "", at(0));
        change.join_cluster(&id, &cluster);
        change.plan_field(&id, PlanField::Who, "Ola");
    });
    kari.does(|change| change.delete_note(&id, 5.0));
    meet(&kari, &ola);
    assert_eq!(ola.note(&id), None);
    assert_eq!(kari.history.undo(), Undone::Done);
    meet(&kari, &ola);
    for person in [&kari, &ola] {
        let now = person.note(&id).unwrap();
        assert_eq!(now.text, "Vi venter på svar");
        assert_eq!((now.pos, now.kind), (at(5), NoteKind::Problem));
        assert_eq!(
            (now.cluster, now.plan.who.as_str()),
            (Some(cluster.clone()), "Ola")
        );
    }
    // To delete it again would take away words that she had not seen when she did.
    assert_eq!(kari.history.redo(), Undone::ChangedSince);
    assert!(kari.note(&id).is_some());
}

#[test]
fn a_step_is_taken_back_by_its_name_whatever_was_done_since() {
    let (mut kari, ola, id) = kari_ola_and_a_note();
    let other = NoteId::from("b");
    kari.does(|change| change.add_note(note(&other, "")));
    let deleted = kari.does(|change| change.delete_note(&id, 5.0)).unwrap();
    kari.writes(&other, 0, "Noe helt annet");
    assert_eq!(kari.history.undo_step(deleted), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().text, "Vi venter");
    assert_eq!(kari.note(&other).unwrap().text, "Noe helt annet");
    assert_eq!(kari.history.undo_step(deleted), Undone::Nothing, "once");
    // It is what was taken back last, and goes again with the next press of redo.
    assert_eq!(kari.history.redo(), Undone::Done);
    assert_eq!(kari.note(&id), None);
    assert_eq!(kari.history.undo(), Undone::Done);
    meet(&kari, &ola);
    assert_eq!(ola.note(&id).unwrap().text, "Vi venter");
}

#[test]
fn what_one_made_goes_and_comes_again_as_long_as_nobody_else_had_a_hand_in_it() {
    let (mut kari, mut ola) = (Person::new(1), Person::new(2));
    let id = NoteId::from("a");
    kari.does(|change| change.add_note(note(&id, "Vi venter")));
    meet(&kari, &ola);
    for _ in 0..3 {
        assert_eq!(kari.history.undo(), Undone::Done);
        assert_eq!(kari.note(&id), None);
        assert_eq!(kari.history.redo(), Undone::Done);
        assert_eq!(kari.note(&id).unwrap().text, "Vi venter");
    }
    let others: [&dyn Fn(&mut Change<'_>); 4] = [
        &|change| change.move_note(&id, at(9)),
        &|change| change.set_lived(&id, Lived::Yes),
        &|change| {
            let reaction = Reaction {
                id: "r".into(),
                kind: ReactionKind::TellMore,
            };
            change.react(&id, &reaction);
        },
        &|change| {
            let (from, to) = (
                crate::board::ItemId::Note("b".into()),
                crate::board::ItemId::Note(id.clone()),
            );
            change.add_link(&"l".into(), &from, &to, crate::board::LinkKind::Answers);
        },
    ];
    for (number, had_a_hand) in others.into_iter().enumerate() {
        meet(&kari, &ola);
        ola.does(had_a_hand);
        meet(&kari, &ola);
        assert_eq!(kari.history.undo(), Undone::ChangedSince, "{number}");
        assert!(kari.note(&id).is_some());
        // The same from the beginning.
        kari = Person::new(3 + 2 * number as u64);
        ola = Person::new(4 + 2 * number as u64);
        kari.does(|change| change.add_note(note(&id, "Vi venter")));
    }
}

#[test]
fn a_cluster_of_ones_own_stays_when_somebody_else_put_a_note_in_it() {
    let (mut kari, mut ola, id) = kari_ola_and_a_note();
    let (hers, cluster) = (NoteId::from("b"), ClusterId::from("c"));
    kari.does(|change| change.add_note(note(&hers, "")));
    kari.does(|change| {
        change.add_cluster(&cluster, "", at(0));
        change.join_cluster(&hers, &cluster);
        change.move_note(&hers, at(44));
    });
    meet(&kari, &ola);
    ola.does(|change| change.join_cluster(&id, &cluster));
    meet(&kari, &ola);
    assert_eq!(kari.history.undo(), Undone::DoneInPart);
    assert!(kari.board.view().cluster(&cluster).is_some());
    assert_eq!(kari.note(&id).unwrap().cluster, Some(cluster));
    let hers = kari.note(&hers).unwrap();
    assert_eq!((hers.cluster, hers.pos), (None, at(5)));
}

#[test]
fn what_others_set_between_two_of_ones_own_is_what_was_there_before() {
    let (mut kari, mut ola, id) = kari_ola_and_a_note();
    kari.moves(&id, 10);
    meet(&kari, &ola);
    ola.moves(&id, 20);
    meet(&kari, &ola);
    kari.moves(&id, 30);
    assert_eq!(kari.history.undo(), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().pos, at(20));
    assert_eq!(kari.history.undo(), Undone::ChangedSince);
    assert_eq!(kari.note(&id).unwrap().pos, at(20));
    assert_eq!(kari.history.redo(), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().pos, at(30));
}

#[test]
fn what_follows_at_once_is_the_same_step_and_goes_back_to_before_it_or_to_what_others_set_between()
{
    let mut kari = Person::by_the_clock(1, || 1_000);
    let mut ola = Person::new(2);
    let id = NoteId::from("a");
    ola.does(|change| change.add_note(note(&id, "Vi venter")));
    meet(&kari, &ola);
    let drags = |person: &Person, to: i32| person.board.change(Made::Here).move_note(&id, at(to));

    drags(&kari, 10);
    drags(&kari, 20);
    assert_eq!(kari.history.undo(), Undone::Done);
    assert_eq!(
        kari.note(&id).unwrap().pos,
        at(5),
        "before the first of the two"
    );
    assert!(!kari.history.can_undo(), "it was one step");
    assert_eq!(kari.history.redo(), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().pos, at(20));
    kari.history.new_step();

    drags(&kari, 30);
    meet(&kari, &ola);
    ola.moves(&id, 50);
    meet(&kari, &ola);
    drags(&kari, 40);
    assert_eq!(kari.history.undo(), Undone::Done);
    assert_eq!(
        kari.note(&id).unwrap().pos,
        at(50),
        "his, not what was before his"
    );
    assert_eq!(kari.history.redo(), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().pos, at(40));
}

#[test]
fn a_clock_that_is_set_back_makes_no_step_endless() {
    let now = Arc::new(AtomicU64::new(7_200_000));
    let clock = Arc::clone(&now);
    let mut kari = Person::by_the_clock(1, move || clock.load(Ordering::Relaxed));
    let id = NoteId::from("a");
    kari.board.change(Made::ForGood).add_note(note(&id, ""));
    for (to, time) in [(10, 7_200_000), (20, 3_600_000)] {
        now.store(time, Ordering::Relaxed);
        kari.board.change(Made::Here).move_note(&id, at(to));
    }
    assert_eq!(kari.history.undo(), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().pos, at(10));
}

#[test]
fn letters_within_a_pause_are_one_step_and_nothing_is_no_step() {
    let now = Arc::new(AtomicU64::new(1_000));
    let clock = Arc::clone(&now);
    let board = Board::new(1);
    let mut history = History::of(&board, Arc::new(move || clock.load(Ordering::Relaxed)));
    let id = NoteId::from("a");
    board.change(Made::Here).add_note(note(&id, ""));
    history.new_step();
    let types = |at, words: &str, after: u64| {
        now.fetch_add(after, Ordering::Relaxed);
        let edit = TextEdit {
            at,
            remove: 0,
            insert: words.into(),
        };
        board.change(Made::Here).write_note(&id, &edit);
    };
    let text = || board.view().note(&id).unwrap().text;
    types(0, "V", 0);
    types(1, "i", 599);
    types(2, " er", 700);
    assert_eq!(history.undo(), Undone::Done);
    assert_eq!(text(), "Vi");
    assert_eq!(history.undo(), Undone::Done);
    assert_eq!(text(), "");

    // There and back again, before the pause is over, is nothing to take back.
    board.change(Made::Here).move_note(&id, at(9));
    board.change(Made::Here).move_note(&id, at(5));
    types(0, "x", 0);
    let erases = TextEdit {
        at: 0,
        remove: 1,
        insert: String::new(),
    };
    board.change(Made::Here).write_note(&id, &erases);
    history.new_step();
    assert!(!history.can_redo());
    assert_eq!(history.undo(), Undone::Done);
    assert!(board.view().notes().is_empty(), "it was the note itself");
    assert!(!history.can_undo());
}

#[test]
fn what_is_gone_by_another_hand_is_left_alone() {
    let (mut kari, mut ola, id) = kari_ola_and_a_note();
    kari.writes(&id, 0, "Nei! ");
    kari.moves(&id, 9);
    meet(&kari, &ola);
    ola.does(|change| change.delete_note(&id, 5.0));
    meet(&kari, &ola);
    assert_eq!(kari.history.undo(), Undone::ChangedSince);
    assert_eq!(kari.history.undo(), Undone::ChangedSince);
    assert_eq!(ola.history.undo(), Undone::Done);
    meet(&kari, &ola);
    let now = kari.note(&id).unwrap();
    assert_eq!((now.text.as_str(), now.pos), ("Nei! Vi venter", at(9)));
    // Both delete it: who takes it back leaves the other's deletion as it is.
    kari.does(|change| change.delete_note(&id, 6.0));
    ola.does(|change| change.delete_note(&id, 7.0));
    meet(&kari, &ola);
    let undone = [kari.history.undo(), ola.history.undo()];
    assert!(undone.contains(&Undone::ChangedSince), "{undone:?}");
    // What is taken away for good stays away.
    ola.does(|change| change.take_off(&ThingId::Note(id.clone()), 8.0));
    meet(&kari, &ola);
    kari.board
        .change(Made::ForGood)
        .take_away_for_good(&ThingId::Note(id.clone()));
    meet(&kari, &ola);
    assert_eq!(ola.history.undo(), Undone::ChangedSince);
    assert_eq!(ola.note(&id), None);
}

#[test]
fn what_was_taken_back_is_forgotten_when_something_new_is_done() {
    let (mut kari, _, id) = kari_ola_and_a_note();
    kari.writes(&id, 0, "Nei! ");
    assert_eq!(kari.history.undo(), Undone::Done);
    assert!(kari.history.can_redo());
    kari.moves(&id, 9);
    assert!(!kari.history.can_redo());
    assert_eq!(kari.history.redo(), Undone::Nothing);
    assert_eq!(kari.note(&id).unwrap().text, "Vi venter");
}

#[test]
fn so_many_steps_are_remembered_and_no_more() {
    let (mut kari, _, id) = kari_ola_and_a_note();
    for place in 0..600 {
        kari.moves(&id, 10 + place);
    }
    let mut steps = 0;
    while kari.history.undo() == Undone::Done {
        steps += 1;
    }
    assert_eq!(steps, 500);
    assert_eq!(kari.note(&id).unwrap().pos, at(109));
}

#[test]
fn a_note_that_went_for_good_leaves_no_step_behind() {
    let (mut kari, _, id) = kari_ola_and_a_note();
    let fresh = NoteId::from("b");
    kari.moves(&id, 9);
    kari.does(|change| change.add_note(note(&fresh, "")));
    kari.writes(&fresh, 0, "x");
    let erases = TextEdit {
        at: 0,
        remove: 1,
        insert: String::new(),
    };
    kari.does(|change| change.write_note(&fresh, &erases));
    kari.board.change(Made::ForGood).delete_note(&fresh, 5.0);
    assert_eq!(kari.history.undo(), Undone::Done);
    assert_eq!(kari.note(&id).unwrap().pos, at(5));
    assert!(!kari.history.can_undo());
}

#[test]
fn the_boards_title_is_taken_back_like_a_notes_words() {
    let (mut kari, mut ola) = (Person::new(1), Person::new(2));
    let words = |at, words: &str| TextEdit {
        at,
        remove: 0,
        insert: words.into(),
    };
    kari.board
        .change(Made::ForGood)
        .write_board_title(&words(0, "Hjem"));
    meet(&kari, &ola);
    kari.does(|change| change.write_board_title(&words(0, "Trygt ")));
    meet(&kari, &ola);
    ola.does(|change| change.write_board_title(&words(10, " igjen")));
    meet(&kari, &ola);
    assert_eq!(kari.history.undo(), Undone::Done);
    assert_eq!(kari.board.view().title(), "Hjem igjen");
}
