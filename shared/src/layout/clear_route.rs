//! The way of a link where other things lie: round them, as far as there is a way round, and with a place for its word
//! that covers nothing.

use super::route::{AWAY, Edge, OUT, Route, route};
use crate::geometry::{BoardPoint, BoardRect, Size};

/// A way is looked at in so many points.
const POINTS: usize = 28;
/// A board unit of line that nobody sees is as bad as so many that go a longer way.
const HIDDEN: f64 = 6.0;
/// Less of a line than this is a stub that says nothing, board units.
const STUB: f64 = 40.0;
/// As bad as so many board units more.
const STUB_COSTS: f64 = 400.0;
/// A way round leaves so far before it turns: in the gap between rows, near, and past a note; board units.
const REACHES: [f64; 5] = [14.0, 22.0, OUT, 110.0, 240.0];
/// A board unit less than [`OUT`] is as bad as so many that go a longer way: a flat bow is read worse.
const FLAT: f64 = 1.5;
/// Where along the line a word may stand, the best first.
const PLACES: [f64; 9] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/// [`route`], or a way round what lies on it: the one of which most is seen, and then the shortest. What is beyond
/// `bounds` is not seen either.
pub fn clear_route(
    from: BoardRect,
    to: BoardRect,
    in_the_way: &[BoardRect],
    bounds: Option<BoardRect>,
) -> Option<Route> {
    let straight = route(from, to)?;
    let cost = |way: &Route| cost(way, from, to, in_the_way, bounds);
    let now = sight(&straight, from, to, in_the_way, bounds);
    if now.hidden < 1.0 && now.span >= STUB {
        return Some(straight);
    }
    let mut best = (cost(&straight), straight);
    for leaves in Edge::ALL {
        for comes in Edge::ALL {
            for reach in REACHES {
                let start = leaves.point(from, to.center());
                let end = comes.point(to, from.center()) + comes.out() * AWAY;
                let way = Route {
                    start,
                    leaving: start + leaves.out() * reach,
                    coming: end + comes.out() * reach,
                    end,
                };
                let flat = (OUT - reach).max(0.0) * FLAT;
                let costs = cost(&way) + flat;
                // A hair better is no reason for another picture.
                if costs < best.0 - 4.0 {
                    best = (costs, way);
                }
            }
        }
    }
    Some(best.1)
}

/// A way of which all is seen, and enough to follow it; and whether it goes straight, not round a side or something else.
/// `None`: there is none.
pub(super) fn clear_route_if_seen(
    from: BoardRect,
    to: BoardRect,
    in_the_way: &[BoardRect],
    bounds: BoardRect,
) -> Option<(Route, bool)> {
    let way = clear_route(from, to, in_the_way, Some(bounds))?;
    let sight = sight(&way, from, to, in_the_way, Some(bounds));
    let is_round_the_side = way.leaving.x < way.start.x && way.coming.x < way.end.x;
    let is_straight = route(from, to) == Some(way) && !is_round_the_side;
    (sight.hidden < 1.0 && sight.span >= STUB).then_some((way, is_straight))
}

fn cost(
    way: &Route,
    from: BoardRect,
    to: BoardRect,
    in_the_way: &[BoardRect],
    bounds: Option<BoardRect>,
) -> f64 {
    let Sight { hidden, seen, span } = sight(way, from, to, in_the_way, bounds);
    let stub = if span < STUB { STUB_COSTS } else { 0.0 };
    hidden * HIDDEN + seen + stub + head_hidden(way, in_the_way)
}

/// As bad as this when less than its arrowhead is seen: which way it goes is half of what it says.
fn head_hidden(way: &Route, in_the_way: &[BoardRect]) -> f64 {
    /// As bad as so many board units more.
    const COSTS: f64 = 120.0;
    let is_under = |point: &BoardPoint| in_the_way.iter().any(|rect| rect.contains(*point));
    let head = way.head();
    head.iter().filter(|point| is_under(point)).count() as f64 * COSTS / head.len() as f64
}

/// What can be seen of a way, board units.
struct Sight {
    /// So much of it lies under something.
    hidden: f64,
    /// So much does not.
    seen: f64,
    /// From one end of what is seen to the other. A line that goes to and fro in a gap is long, and is read as a stub.
    span: f64,
}

/// How much of a way lies under something, and how much is seen.
fn sight(
    way: &Route,
    from: BoardRect,
    to: BoardRect,
    in_the_way: &[BoardRect],
    bounds: Option<BoardRect>,
) -> Sight {
    let (mut hidden, mut seen) = (0.0, 0.0);
    let mut spans: Option<BoardRect> = None;
    let mut before = way.start;
    for step in 1..=POINTS {
        let at = way.at(step as f64 / POINTS as f64);
        let length = (at - before).length();
        let middle = BoardPoint::new(f64::midpoint(before.x, at.x), f64::midpoint(before.y, at.y));
        // The ends lie over it, too, but for their very edges.
        let is_under = |rect: &BoardRect| rect.contains(middle);
        let is_beyond = bounds.is_some_and(|bounds| !bounds.contains(middle));
        let is_hidden = is_beyond
            || in_the_way.iter().any(is_under)
            || from.grown(-2.0).contains(middle)
            || to.grown(-2.0).contains(middle);
        if is_hidden {
            hidden += length;
        } else {
            seen += length;
            let step = BoardRect::between(before, at);
            spans = Some(spans.map_or(step, |spans| spans.union(step)));
        }
        before = at;
    }
    let span = spans.map_or(0.0, |spans| spans.width().hypot(spans.height()));
    Sight { hidden, seen, span }
}

impl Route {
    /// Where on it a word of this size covers none of `covered`: its middle; `None` where it would cover something
    /// everywhere.
    pub fn place_for_words(self, size: Size, covered: &[BoardRect]) -> Option<BoardPoint> {
        let is_free = |middle: &BoardPoint| {
            let corner = BoardPoint::new(middle.x - size.width / 2.0, middle.y - size.height / 2.0);
            let word = BoardRect::at(corner, size);
            !covered.iter().any(|rect| rect.overlaps(word))
        };
        PLACES.into_iter().map(|part| self.at(part)).find(is_free)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::GAP;
    use proptest::prelude::*;

    fn note(x: f64, y: f64) -> BoardRect {
        BoardRect::at(BoardPoint::new(x, y), Size::new(184.0, 124.0))
    }

    #[test]
    fn what_lies_between_is_gone_round() {
        let (from, to) = (note(0.0, 0.0), note(600.0, 0.0));
        let between = [note(300.0, 0.0)];
        let way = clear_route(from, to, &between, None).unwrap();
        let hidden = sight(&way, from, to, &between, None).hidden;
        assert!(hidden < 1.0, "{hidden} of {way:?}");
        assert_eq!(
            clear_route(from, to, &[], None),
            route(from, to),
            "else straight"
        );
    }

    #[test]
    fn neighbours_have_a_line_that_is_seen() {
        let (from, to) = (note(0.0, 0.0), note(200.0, 0.0));
        let way = clear_route(from, to, &[], None).unwrap();
        let span = sight(&way, from, to, &[], None).span;
        assert!(span >= STUB, "{span}");
    }

    #[test]
    fn neighbours_in_a_full_grid_have_one_too_where_there_is_room_beside_them() {
        let (from, to) = (note(200.0, 140.0), note(400.0, 140.0));
        let others = [
            note(0.0, 0.0),
            note(200.0, 4.0),
            note(400.0, 0.0),
            note(0.0, 140.0),
        ];
        let way = clear_route(from, to, &others, None).unwrap();
        let Sight { hidden, span, .. } = sight(&way, from, to, &others, None);
        assert!(
            hidden < 8.0 && span >= STUB,
            "{hidden} and {span} of {way:?}"
        );
    }

    #[test]
    fn a_way_stays_within_its_bounds() {
        let (from, to) = (note(0.0, 0.0), note(600.0, 0.0));
        let bounds = BoardRect::at(BoardPoint::new(0.0, 0.0), Size::new(784.0, 300.0));
        let way = clear_route(from, to, &[note(300.0, 0.0)], Some(bounds)).unwrap();
        for step in 0..=POINTS {
            let at = way.at(step as f64 / POINTS as f64);
            assert!(bounds.contains(at), "{at:?} of {way:?}");
        }
    }

    #[test]
    fn a_word_stands_where_it_covers_nothing() {
        let way = route(note(0.0, 0.0), note(800.0, 0.0)).unwrap();
        let word = Size::new(70.0, 22.0);
        assert_eq!(way.place_for_words(word, &[]), Some(way.middle()));
        let middle = BoardRect::at(way.middle(), Size::new(60.0, 60.0)).grown(40.0);
        let place = way.place_for_words(word, &[middle]).unwrap();
        assert!((place - way.middle()).length() > 40.0);
    }

    /// Rows of notes as a cluster lays them, each as high as its words make it.
    fn rows(heights: &[f64]) -> Vec<BoardRect> {
        const COLUMNS: usize = 4;
        let mut rects = Vec::new();
        let mut top = 0.0;
        for row in heights.chunks(COLUMNS) {
            for (column, &height) in row.iter().enumerate() {
                let corner = BoardPoint::new(column as f64 * (184.0 + GAP), top);
                rects.push(BoardRect::at(corner, Size::new(184.0, height)));
            }
            top += row.iter().copied().fold(0.0, f64::max) + GAP;
        }
        rects
    }

    proptest! {
        #[test]
        fn a_link_between_neighbours_in_full_rows_is_no_stub(
            heights in proptest::collection::vec(prop_oneof![Just(124.0), 124.0..230.0f64], 16),
            from in 0..16usize, to in 0..16usize,
        ) {
            let notes = rows(&heights);
            let (row, column) = (from / 4, from % 4);
            let is_near = (to / 4).abs_diff(row) <= 1 && (to % 4).abs_diff(column) <= 1;
            prop_assume!(from != to && is_near);
            let others: Vec<BoardRect> = (0..16).filter(|at| *at != from && *at != to).map(|at| notes[at]).collect();
            let way = clear_route(notes[from], notes[to], &others, None).unwrap();
            let span = sight(&way, notes[from], notes[to], &others, None).span;
            prop_assert!(span >= STUB, "{span} of {way:?}");
            prop_assert!(!others.iter().any(|other| other.contains(way.end)), "where it points at");
        }

        #[test]
        fn a_link_between_two_that_lie_apart_is_no_stub(
            across in (8.0..60.0f64, -124.0..124.0f64), is_beside in any::<bool>(),
        ) {
            let (from, to) = if is_beside {
                (note(0.0, 0.0), note(184.0 + across.0, across.1))
            } else {
                (note(0.0, 0.0), note(across.1, 124.0 + across.0))
            };
            let way = clear_route(from, to, &[], None).unwrap();
            let span = sight(&way, from, to, &[], None).span;
            prop_assert!(span >= STUB, "{span} of {way:?}");
        }

        #[test]
        fn a_way_round_hides_no_more_than_the_straight_one(
            to in (-900.0..900.0f64, -900.0..900.0f64),
            others in proptest::collection::vec((-900.0..900.0f64, -900.0..900.0f64), 0..14),
        ) {
            let (from, to) = (note(0.0, 0.0), note(to.0, to.1));
            let others: Vec<BoardRect> = others.into_iter().map(|(x, y)| note(x, y)).collect();
            let (straight, clear) = (route(from, to), clear_route(from, to, &others, None));
            prop_assert_eq!(straight.is_some(), clear.is_some());
            if let (Some(straight), Some(clear)) = (straight, clear) {
                prop_assert!(cost(&clear, from, to, &others, None) <= cost(&straight, from, to, &others, None) + 1e-6);
                prop_assert!((clear.end - to.center()).length() < 200.0);
            }
        }
    }
}
