//! The board's rules, over random histories of several replicas that hear of each other late, twice,
//! in any order, or not at all for a while.

mod hands;
mod world;

use proptest::prelude::*;
use samtavle_shared::{
    board::*,
    geometry::BoardPoint,
    ids::{LinkId, NoteId, PhotoId},
};
use std::collections::BTreeMap;
use world::{REPLICAS, Step, World, cluster_id, deeds, image_id, new_note, note_id, reaction};

/// All that a person can see, in one order.
fn seen(board: &Board) -> (Vec<Note>, Vec<Cluster>, Vec<Image>) {
    let view = board.view();
    let (mut notes, mut clusters, mut images) = (view.notes(), view.clusters(), view.images());
    notes.sort_by(|a, b| a.id.cmp(&b.id));
    clusters.sort_by(|a, b| a.id.cmp(&b.id));
    images.sort_by(|a, b| a.id.cmp(&b.id));
    (notes, clusters, images)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replicas_that_have_heard_all_see_the_same_and_every_rule_holds(
        steps in deeds(6, 80),
    ) {
        let mut world = World::in_haste();
        for (at, step) in &steps {
            world.play(*at, step);
        }
        world.settle();

        let first = seen(&world.boards[0]);
        for board in &world.boards[1..] {
            prop_assert_eq!(&seen(board), &first);
        }
        for note in &first.0 {
            prop_assert!((note.pos.x - note.pos.y).abs() < 1e-9, "two drags were mixed: {:?}", note.pos);
            if let Some(cluster) = &note.cluster {
                prop_assert!(first.1.iter().any(|c| c.id == *cluster), "in a cluster that is gone");
            }
        }
        for image in &first.2 {
            prop_assert!((image.pos.x - image.pos.y).abs() < 1e-9, "two drags were mixed: {:?}", image.pos);
            prop_assert!(image.photo.is_some(), "a picture without its photo");
        }
        // A newcomer, and the same board opened again from its bytes, see it too.
        let newcomer = Board::new(99);
        newcomer.apply(&world.boards[0].whole(), Made::Before).unwrap();
        prop_assert_eq!(&seen(&newcomer), &first);
    }

    #[test]
    fn an_undo_takes_nothing_of_others_where_all_have_their_hands_on_the_same_few_notes(
        steps in deeds(2, 60), meetings in proptest::collection::vec(0..4u8, 60),
    ) {
        let mut world = World::in_haste();
        for ((at, step), meeting) in steps.iter().zip(meetings) {
            // What is taken back is held against the rule there.
            world.play(*at, step);
            if meeting > 0 {
                world.sync(*at, (at + usize::from(meeting)) % REPLICAS);
            }
        }
        world.settle();
        prop_assert_eq!(seen(&world.boards[0]), seen(&world.boards[2]));
    }

    #[test]
    fn alone_every_step_back_is_the_board_before_and_every_step_again_the_board_after(
        steps in deeds(4, 40),
    ) {
        let mut world = World::in_haste();
        let mut after: BTreeMap<StepId, _> = BTreeMap::new();
        let is_turn = |step: &Step| matches!(step, Step::Undo | Step::Redo | Step::TakeBackNamed(_));
        for (_, step) in steps.iter().filter(|(_, step)| !is_turn(step)) {
            world.play(0, step);
            if let Some(last) = world.histories[0].last_step() {
                after.insert(last, seen(&world.boards[0]));
            }
        }
        let (board, history) = (&world.boards[0], &mut world.histories[0]);
        history.new_step();
        let mut taken_back = Vec::new();
        while let Some(last) = history.last_step() {
            prop_assert_eq!(&seen(board), &after[&last]);
            prop_assert_eq!(history.undo(), Undone::Done);
            taken_back.push(last);
        }
        prop_assert_eq!(seen(board), (vec![], vec![], vec![]));
        for step in taken_back.into_iter().rev() {
            prop_assert_eq!(history.redo(), Undone::Done);
            prop_assert_eq!(&seen(board), &after[&step]);
        }
        prop_assert!(!history.can_redo());
    }

    #[test]
    fn what_people_write_into_one_note_at_once_is_all_there(
        texts in proptest::collection::vec((0..REPLICAS, "[a-zæøå👍]{1,4}", any::<usize>(), 0..30u32), 1..40),
    ) {
        let mut world = World::new();
        world.play(0, &Step::Add(0));
        world.settle();
        let mut letters: Vec<char> = Vec::new();
        for (at, text, which, offset) in texts {
            letters.extend(text.chars());
            world.play(at, &Step::Write(0, offset, text));
            world.play(at, &Step::Hear(which, false));
        }
        world.settle();
        let mut found: Vec<char> = world.boards[1].view().note(&note_id(0)).unwrap().text.chars().collect();
        found.sort_unstable();
        letters.sort_unstable();
        prop_assert_eq!(found, letters);
    }

    #[test]
    fn each_has_reacted_as_they_said_last_whatever_others_do_at_once(
        steps in proptest::collection::vec((0..REPLICAS, 0..3u8, any::<bool>(), any::<usize>()), 1..60),
    ) {
        let mut world = World::new();
        world.play(0, &Step::Add(0));
        world.settle();
        let mut said = std::collections::BTreeSet::new();
        for (at, kind, reacts, which) in steps {
            // Each device has its own id for each kind.
            let id = at as u8 * 3 + kind;
            if reacts {
                said.insert(id);
                world.play(at, &Step::React(0, id));
            } else {
                said.remove(&id);
                world.play(at, &Step::TakeReactionBack(0, id));
            }
            world.play(at, &Step::Hear(which, which % 2 == 0));
        }
        world.settle();
        let expected: Vec<Reaction> = said.into_iter().map(reaction).collect();
        for board in &world.boards {
            let note = board.view().note(&note_id(0)).unwrap();
            prop_assert_eq!(&note.reactions, &expected);
            prop_assert_eq!((note.by, note.voice), (None, None));
        }
    }

    #[test]
    fn undo_takes_back_ones_own_and_leaves_what_others_wrote(
        mine in proptest::collection::vec("[a-h]{1,3}", 1..6),
        theirs in proptest::collection::vec("[i-p]{1,3}", 1..6),
    ) {
        let mut world = World::new();
        world.play(0, &Step::Add(0));
        world.settle();
        for n in 0..mine.len().max(theirs.len()) {
            if let Some(text) = mine.get(n) {
                world.play(0, &Step::Write(0, 0, text.clone()));
            }
            if let Some(text) = theirs.get(n) {
                world.play(1, &Step::Write(0, 99, text.clone()));
            }
            world.settle();
        }
        // The note itself was made by a step, and stays: they have written in it.
        while world.histories[0].undo() != Undone::Nothing {}
        let text = world.boards[0].view().note(&note_id(0)).unwrap().text;
        prop_assert_eq!(text, theirs.concat());
        while world.histories[0].redo() != Undone::Nothing {}
        world.settle();
        let text = world.boards[1].view().note(&note_id(0)).unwrap().text;
        for word in mine.iter().chain(&theirs) {
            prop_assert!(text.contains(word.as_str()), "{} lost from {}", word, text);
        }
    }
}

#[test]
fn what_two_say_of_one_plan_at_once_is_all_there() {
    let mut world = World::new();
    world.play(0, &Step::Add(0));
    world.settle();
    world.play(0, &Step::Plan(0, 0, "Kari".into()));
    world.play(0, &Step::Lived(0, true));
    world.play(1, &Step::Plan(0, 1, "mandag".into()));
    world.play(1, &Step::Plan(0, 4, String::new()));
    world.play(2, &Step::Answer(0, "ro".into()));
    world.play(2, &Step::Move(0, 70));
    world.settle();
    for board in &world.boards {
        let note = board.view().note(&note_id(0)).unwrap();
        assert!(note.lived);
        assert_eq!(
            (note.plan.who.as_str(), note.plan.when.as_str()),
            ("Kari", "mandag")
        );
        assert_eq!(note.plan.state, PlanState::Trying);
        assert_eq!(note.habit.gave, "ro");
        assert_eq!(note.pos, BoardPoint::new(70.0, 70.0));
    }
}

#[test]
fn a_link_is_made_once_and_found_by_its_name() {
    let board = Board::new(1);
    board.change(Made::Here).add_note(new_note(1, "a"));
    board.change(Made::Here).add_note(new_note(2, "b"));
    let id = LinkId::from("l");
    let (one, two) = (ItemId::Note(note_id(1)), ItemId::Note(note_id(2)));
    board
        .change(Made::Here)
        .add_link(&id, &one, &two, LinkKind::Answers);
    board
        .change(Made::Here)
        .add_link(&id, &two, &one, LinkKind::Tests);
    let link = board.view().link(&id).unwrap();
    assert_eq!((link.from, link.kind), (one, LinkKind::Answers));
    board.change(Made::Here).delete_link(&id, 9.0);
    assert_eq!(board.view().link(&id), None);
}

#[test]
fn a_deleted_note_comes_back_whole_with_what_others_wrote_in_it() {
    let mut world = World::new();
    world.play(0, &Step::Add(1));
    world.settle();
    world.play(1, &Step::Write(1, 0, "Ingen ringte".into()));
    world.settle();
    world.play(0, &Step::Delete(1));
    assert!(world.boards[0].view().note(&note_id(1)).is_none());
    assert_eq!(world.histories[0].undo(), Undone::Done);
    world.settle();
    for board in &world.boards {
        assert_eq!(board.view().note(&note_id(1)).unwrap().text, "Ingen ringte");
    }
}

#[test]
fn a_picture_that_was_taken_off_comes_back_whole_and_a_note_keeps_where_it_was_cut_out() {
    let mut world = World::new();
    world.play(0, &Step::Picture(1));
    let cut = Cut {
        photo: PhotoId::from_random([1; 16]),
        rect: CutRect::of([0.1, 0.2, 0.3, 0.4]),
    };
    let note = new_note(1, "Ingen ringte").cut_from(Some(cut.clone()));
    world.boards[0].change(Made::Here).add_note(note);
    world.send(0);
    world.settle();
    world.play(1, &Step::MovePicture(1, 70));
    world.settle();
    world.play(0, &Step::TakeOff(1));
    world.settle();
    assert!(world.boards[2].view().images().is_empty());
    assert_eq!(world.histories[0].undo(), Undone::Done);
    world.settle();
    for board in &world.boards {
        let image = board.view().image(&image_id(1)).unwrap();
        assert_eq!(image.pos, BoardPoint::new(70.0, 70.0));
        assert_eq!(image.photo.as_ref(), Some(&cut.photo));
        let note = board.view().note(&note_id(1)).unwrap();
        assert_eq!(note.cut.as_ref(), Some(&cut));
    }
}

#[test]
fn undoing_a_dissolved_cluster_brings_back_its_notes_and_its_name() {
    let mut world = World::new();
    for step in [
        Step::Add(1),
        Step::Add(2),
        Step::Cluster(0),
        Step::Join(1, 0),
        Step::Join(2, 0),
    ] {
        world.play(0, &step);
    }
    world.play(0, &Step::Title(0, "Ingen eier overgangen".into()));
    world.play(0, &Step::Dissolve(0));
    assert!(
        seen(&world.boards[0])
            .0
            .iter()
            .all(|note| note.cluster.is_none())
    );
    assert_eq!(world.histories[0].undo(), Undone::Done);
    world.settle();
    let (notes, clusters, _) = seen(&world.boards[2]);
    assert_eq!(clusters[0].title, "Ingen eier overgangen");
    assert!(notes.iter().all(|note| note.cluster == Some(cluster_id(0))));
}

#[test]
fn a_draft_that_is_revealed_twice_makes_one_note() {
    let mut world = World::new();
    world.play(0, &Step::Add(1));
    world.play(0, &Step::Write(1, 0, "mitt".into()));
    world.play(0, &Step::Add(1));
    assert_eq!(
        world.boards[0].view().note(&note_id(1)).unwrap().text,
        "mitt"
    );
}

#[test]
fn changes_tell_each_item_once_and_updates_who_made_them() {
    let world = World::new();
    let board = &world.boards[0];
    {
        let mut change = board.change(Made::Here);
        change.add_note(new_note(1, "hei"));
        change.move_note(&note_id(1), BoardPoint::new(5.0, 5.0));
        change.write_board_title(&TextEdit {
            at: 0,
            remove: 0,
            insert: "Trygt hjem".into(),
        });
    }
    let mut changes = board.take_changes();
    changes.sort_by_key(|change| format!("{change:?}"));
    assert_eq!(changes, [BoardChange::Meta, BoardChange::Note(note_id(1))]);
    assert!(board.take_changes().is_empty());
    let updates = board.take_updates();
    assert_eq!(
        updates.iter().map(|update| update.made).collect::<Vec<_>>(),
        [Made::Here]
    );

    let other = &world.boards[1];
    other.apply(&updates[0].bytes, Made::Elsewhere).unwrap();
    assert_eq!(other.take_updates()[0].made, Made::Elsewhere);
    assert_eq!(other.view().title(), "Trygt hjem");
}

#[test]
fn a_note_with_only_the_three_fields_of_the_protocol_is_read() {
    use yrs::{Any, In, Map, MapPrelim, TextPrelim, Transact};
    let foreign = yrs::Doc::with_client_id(5);
    let notes = foreign.get_or_insert_map("notes");
    {
        let mut txn = foreign.transact_mut();
        let fields = MapPrelim::from([
            ("kind", In::from("from a later version")),
            (
                "pos",
                In::Any(Any::from(vec![Any::from(1.5), Any::from(-2.0)])),
            ),
            ("text", In::from(TextPrelim::new("hei"))),
        ]);
        notes.insert(&mut txn, "x", fields);
        notes.insert(&mut txn, "rubbish", Any::from("no map"));
        notes.insert(&mut txn, "empty", MapPrelim::default());
    }
    let board = Board::new(6);
    board
        .apply(
            &yrs::ReadTxn::encode_state_as_update_v1(
                &foreign.transact(),
                &yrs::StateVector::default(),
            ),
            Made::Elsewhere,
        )
        .unwrap();
    let note = board.view().note(&NoteId::from("x")).unwrap();
    assert_eq!(
        (note.kind, note.pos, note.text.as_str()),
        (NoteKind::Other, BoardPoint::new(1.5, -2.0), "hei")
    );
    assert_eq!(
        board.view().notes().len(),
        2,
        "an empty map is a note without a text"
    );

    // Moving it leaves the kind that we do not know.
    board
        .change(Made::Here)
        .move_note(&NoteId::from("x"), BoardPoint::new(9.0, 9.0));
    let kind = board.view().note(&NoteId::from("x")).map(|note| note.kind);
    assert_eq!(kind, Some(NoteKind::Other));
}

#[test]
fn an_edit_never_cuts_a_letter_of_two_units() {
    let board = Board::new(1);
    board.change(Made::Here).add_note(new_note(1, "a👍b"));
    board.change(Made::Here).write_note(
        &note_id(1),
        &TextEdit {
            at: 2,
            remove: 1,
            insert: "x".into(),
        },
    );
    let text = board.view().note(&note_id(1)).unwrap().text;
    assert!(
        text.contains('a') && text.contains('b') && text.contains('x'),
        "{text}"
    );
}

#[test]
fn rubbish_and_gaps_are_told_apart_from_updates() {
    let board = Board::new(1);
    assert!(matches!(
        board.apply(&[1, 2, 3], Made::Elsewhere),
        Err(ApplyError::Malformed)
    ));
    let other = Board::new(2);
    other.change(Made::Here).add_note(new_note(1, ""));
    other.take_updates();
    other
        .change(Made::Here)
        .move_note(&note_id(1), BoardPoint::new(7.0, 7.0));
    let second = other.take_updates().remove(0);
    assert!(matches!(
        board.apply(&second.bytes, Made::Elsewhere),
        Err(ApplyError::Gap)
    ));
}
