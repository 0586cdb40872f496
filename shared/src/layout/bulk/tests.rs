use super::*;
use crate::geometry::{BoardVector, Camera};
use crate::layout::NOTE_WIDTH;
use proptest::prelude::*;

fn note(x: f64, y: f64) -> BoardRect {
    BoardRect::at(BoardPoint::new(x, y), Size::new(NOTE_WIDTH, 124.0))
}

/// So many notes in a row of columns, like those of a group, from this corner on.
fn heap(count: usize, x: f64, y: f64) -> Vec<BoardRect> {
    let place = |at: usize| note(x + (at % 5) as f64 * 200.0, y + (at / 5) as f64 * 140.0);
    (0..count).map(place).collect()
}

fn around(things: &[BoardRect]) -> BoardRect {
    BoardRect::around(things.iter().copied()).unwrap()
}

#[test]
fn nothing_lies_nowhere_and_one_thing_where_it_is() {
    assert_eq!(bulk_of(&[]), None);
    let far = note(9e6, -9e6);
    let bulk = bulk_of(&[far]).unwrap();
    assert_eq!((bulk.around, bulk.far), (far, vec![]));
}

#[test]
fn a_note_three_million_units_away_is_far_and_the_others_are_not() {
    let mut board = heap(12, 100.0, 100.0);
    let home = around(&board);
    board.insert(4, note(3e6, 0.0));
    let bulk = bulk_of(&board).unwrap();
    assert_eq!((bulk.around, bulk.far), (home, vec![vec![4]]));
}

#[test]
fn strays_on_all_sides_are_told_one_by_one_the_nearest_first() {
    let mut board = heap(7, 0.0, 0.0);
    let home = around(&board);
    board.extend([
        note(0.0, -8e6),
        note(-60_000.0, 0.0),
        note(2e6, 2e6),
        note(2e6 + 200.0, 2e6),
    ]);
    let bulk = bulk_of(&board).unwrap();
    assert_eq!(bulk.around, home);
    assert_eq!(bulk.far, [vec![8], vec![9, 10], vec![7]]);
}

#[test]
fn two_islands_of_notes_are_both_shown() {
    let (left, right) = (heap(20, 0.0, 0.0), heap(9, 14_000.0, 3_000.0));
    let board = [left, right].concat();
    let bulk = bulk_of(&board).unwrap();
    assert_eq!((bulk.around, bulk.far), (around(&board), vec![]));
}

#[test]
fn the_places_of_all_groups_are_shown_however_few_notes_lie_there() {
    let areas = (0..24).map(|at| (f64::from(at % 4) * 1_120.0, f64::from(at / 4) * 880.0));
    let board: Vec<BoardRect> = areas.map(|(x, y)| note(x, 2_000.0 + y)).collect();
    let first_and_last = [board[0], board[23]];
    for board in [&board[..], &first_and_last] {
        assert_eq!(bulk_of(board).unwrap().far, Vec::<Vec<usize>>::new());
    }
}

#[test]
fn of_two_islands_that_no_view_can_show_together_the_larger_is_the_board() {
    let board = [heap(9, 0.0, 0.0), heap(20, 3e6, 0.0)].concat();
    let bulk = bulk_of(&board).unwrap();
    assert_eq!(bulk.around, around(&board[9..]));
    assert_eq!(bulk.far, [(0..9).collect::<Vec<_>>()]);
}

#[test]
fn of_two_single_notes_the_board_is_where_boards_begin() {
    for board in [
        [note(300.0, 300.0), note(3e6, 0.0)],
        [note(3e6, 0.0), note(300.0, 300.0)],
    ] {
        let bulk = bulk_of(&board).unwrap();
        assert_eq!((bulk.around, bulk.far.len()), (note(300.0, 300.0), 1));
    }
}

#[test]
fn a_note_somewhat_aside_is_no_stray() {
    let board = [heap(12, 0.0, 0.0), vec![note(3_800.0, 0.0)]].concat();
    assert_eq!(bulk_of(&board).unwrap().around, around(&board));
}

#[test]
fn a_wide_board_is_whole() {
    // Ten thousand notes in their usual spread.
    let place = |at: usize| note((at % 100) as f64 * 200.0, (at / 100) as f64 * 150.0);
    let board: Vec<BoardRect> = (0..10_000).map(place).collect();
    let bulk = bulk_of(&board).unwrap();
    assert_eq!((bulk.around, bulk.far), (around(&board), vec![]));
}

#[test]
fn a_note_as_long_as_a_book_does_not_make_the_board_a_thread() {
    let book = BoardRect::at(BoardPoint::new(0.0, 0.0), Size::new(NOTE_WIDTH, 2.2e6));
    let bulk = bulk_of(&[book, note(300.0, 0.0), note(500.0, 0.0)]).unwrap();
    assert!(bulk.around.height() <= LARGEST && bulk.far.is_empty());
}

#[test]
fn a_chain_over_the_whole_board_is_looked_at_where_it_is() {
    // An angle: its middle is empty.
    let leg = (0..200).map(|at| note(f64::from(at) * 1_400.0, 0.0));
    let arm = (1..200).map(|at| note(0.0, f64::from(at) * 1_400.0));
    let board: Vec<BoardRect> = leg.chain(arm).collect();
    let seen = bulk_of(&board).unwrap().around;
    assert!(longest_side(seen) <= 2.0 * WIDEST);
    assert!(board.iter().any(|thing| thing.overlaps(seen)));
}

#[test]
fn what_is_no_place_at_all_breaks_nothing() {
    let nowhere = BoardRect {
        min: BoardPoint::new(f64::NAN, f64::NEG_INFINITY),
        max: BoardPoint::new(f64::INFINITY, f64::NAN),
    };
    let huge = BoardRect::at(BoardPoint::new(-1e300, 1e300), Size::new(1e300, 0.0));
    let bulk = bulk_of(&[nowhere, huge, note(0.0, 0.0)]).unwrap();
    let seen = bulk.around;
    assert!(
        [seen.min.x, seen.min.y, seen.max.x, seen.max.y]
            .iter()
            .all(|n| n.is_finite())
    );
    assert_eq!(bulk.far, [vec![1]]);
}

fn board() -> impl Strategy<Value = Vec<BoardRect>> {
    let thing = (-4e3..4e3f64, -4e3..4e3f64, 40.0..900.0f64, 40.0..900.0f64)
        .prop_map(|(x, y, w, h)| BoardRect::at(BoardPoint::new(x, y), Size::new(w, h)));
    proptest::collection::vec(thing, 6..60)
}

fn anything() -> impl Strategy<Value = Vec<BoardRect>> {
    let coordinate = || prop_oneof![-5e3..5e3f64, -1e5..1e5f64, -1e7..1e7f64];
    let thing = (coordinate(), coordinate(), 1.0..9e3f64, 1.0..2e5f64)
        .prop_map(|(x, y, w, h)| BoardRect::at(BoardPoint::new(x, y), Size::new(w, h)));
    proptest::collection::vec(thing, 1..50)
}

proptest! {
    #[test]
    fn strays_change_nothing_for_the_others(
        board in board(),
        ways in proptest::collection::vec((0.0..6.2f64, 0.5..9.0f64), 1..5),
    ) {
        let home = bulk_of(&board).unwrap();
        prop_assume!(home.far.is_empty());
        let strays = ways.into_iter().enumerate().map(|(at, (turn, far))| {
            // Each on a ring of its own, so that no two are an island.
            let far = far * 1e5 + at as f64 * 1e6;
            note(far * turn.cos(), far * turn.sin())
        });
        let count = board.len();
        let all: Vec<BoardRect> = board.into_iter().chain(strays).collect();
        let bulk = bulk_of(&all).unwrap();
        prop_assert_eq!(bulk.around, home.around);
        let mut far = bulk.far.concat();
        far.sort_unstable();
        prop_assert_eq!(far, (count..all.len()).collect::<Vec<_>>());
    }

    #[test]
    fn each_thing_is_seen_or_told_once_and_what_is_told_is_really_far(things in anything()) {
        let bulk = bulk_of(&things).unwrap();
        let mut told = bulk.far.concat();
        told.sort_unstable();
        prop_assert!(told.windows(2).all(|two| two[0] < two[1]));
        prop_assert!(told.len() < things.len());
        for &at in &told {
            let rect = as_far_as_it_counts(things[at]);
            prop_assert!(gap(bulk.around, rect) > NEAR || longest_side(bulk.around) >= WIDEST / 2.0);
        }
        let seen: Vec<&BoardRect> = (0..things.len()).filter(|at| !told.contains(at)).map(|at| &things[at]).collect();
        prop_assert!(seen.iter().any(|rect| rect.overlaps(bulk.around)));
    }

    #[test]
    fn whoever_fits_the_view_to_it_sees_something(things in anything()) {
        let bulk = bulk_of(&things).unwrap();
        let visible = Camera::fitting(bulk.around, Size::new(1440.0, 900.0), 96.0).visible(Size::new(1440.0, 900.0));
        prop_assert!(things.iter().any(|rect| rect.overlaps(visible)));
    }

    #[test]
    fn it_is_the_same_in_any_order(mut things in anything(), seed in 0..1000u64) {
        let before = bulk_of(&things).unwrap();
        let mut state = seed;
        for at in (1..things.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            things.swap(at, (state >> 33) as usize % (at + 1));
        }
        let after = bulk_of(&things).unwrap();
        prop_assert_eq!(before.around, after.around);
        prop_assert_eq!(before.far.concat().len(), after.far.concat().len());
    }

    #[test]
    fn it_goes_along_when_the_whole_board_is_moved(things in board(), x in -1e6..1e6f64, y in -1e6..1e6f64) {
        let by = BoardVector::new(x.round(), y.round());
        let things: Vec<BoardRect> = things.iter().map(|rect| BoardRect::at(rect.min.rounded(), rect.size())).collect();
        let moved: Vec<BoardRect> = things.iter().map(|rect| rect.moved(by)).collect();
        let (before, after) = (bulk_of(&things).unwrap(), bulk_of(&moved).unwrap());
        prop_assume!(before.far.is_empty());
        prop_assert!((after.around.min - (before.around.min + by)).length() < 1e-3);
    }

    #[test]
    fn without_what_is_far_nothing_is_far(things in anything()) {
        let near = without_far(things.clone());
        let far = bulk_of(&things).unwrap().far.concat().len();
        prop_assert_eq!(near.len() + far, things.len());
    }
}
