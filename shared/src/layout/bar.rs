//! Where a bar stands that belongs to something on the board: beside it, never under what lies over the board, and where
//! it hides least of the rest.

use crate::geometry::{BoardPoint, BoardRect, Size};

/// As bad as to lie with all of it on what it belongs to, or to hide one of them.
const ON_ITS_OWN: f64 = 8.0;
/// To hide as much of the rest as the bar is large.
const ON_OTHERS: f64 = 1.0;
/// To hide a thing so far that nobody can take it.
const HIDES_ALL: f64 = 1.5;
/// Less of a thing than this can't be taken with a pointer.
const TAKEN_BY: f64 = 0.35;
/// To stand a height of the bar farther away.
const AWAY: f64 = 0.3;
/// To stand a height of the bar aside of the middle, where it still belongs to it by its looks.
const ASIDE: f64 = 0.01;
/// Below, rather than above: a hand that points comes from there.
const BELOW: f64 = 0.2;
/// To stand beside what it belongs to, rather than above it.
const BESIDE: f64 = 0.35;

/// What there is around the bar. All in the same units.
#[derive(Clone, Copy, Debug)]
pub struct BarRoom<'a> {
    /// Where it may stand.
    pub clear: BoardRect,
    /// What lies over the board: cards and panels.
    pub over: &'a [BoardRect],
    /// What it belongs to.
    pub own: &'a [BoardRect],
    /// What else should be seen and taken.
    pub others: &'a [BoardRect],
}

/// The corner of a bar of this size that belongs to what is `around`, `gap` away from it: above it, or wherever it lies on
/// nothing that is over the board, on little of what it belongs to, and on little else.
pub fn bar_place(bar: Size, gap: f64, around: BoardRect, room: BarRoom<'_>) -> BoardPoint {
    let (xs, ys) = candidates(bar, gap, around, room);
    let mut best = (f64::INFINITY, room.clear.min);
    for &y in &ys {
        for &x in &xs {
            let corner = BoardPoint::new(x, y);
            let cost = cost(BoardRect::at(corner, bar), gap, around, room);
            if cost < best.0 - 1e-9 {
                best = (cost, corner);
            }
        }
    }
    best.1
}

/// In line with what it belongs to, and beside what lies over the board; the most natural first.
fn candidates(bar: Size, gap: f64, around: BoardRect, room: BarRoom<'_>) -> (Vec<f64>, Vec<f64>) {
    let (middle, clear) = (around.center(), room.clear);
    let mut xs = vec![
        middle.x - bar.width / 2.0,
        around.min.x,
        around.max.x - bar.width,
        around.max.x + gap,
        around.min.x - gap - bar.width,
        clear.min.x,
        clear.max.x - bar.width,
    ];
    let mut ys = vec![
        around.min.y - gap - bar.height,
        around.max.y + gap,
        middle.y - bar.height / 2.0,
        around.min.y,
        around.max.y - bar.height,
        clear.min.y,
        clear.max.y - bar.height,
    ];
    for over in room.over {
        xs.extend([over.min.x - gap - bar.width, over.max.x + gap]);
        ys.extend([over.min.y - gap - bar.height, over.max.y + gap]);
    }
    ys.extend(between_rows(bar, around, room.others));
    let within = |at: &mut f64, low: f64, high: f64| *at = at.min(high).max(low);
    for x in &mut xs {
        within(x, clear.min.x, clear.max.x - bar.width);
    }
    for y in &mut ys {
        within(y, clear.min.y, clear.max.y - bar.height);
    }
    (xs, ys)
}

/// Half on one row and half on the next, where both can still be taken: the nearest few.
fn between_rows(bar: Size, around: BoardRect, others: &[BoardRect]) -> Vec<f64> {
    const MOST: usize = 8;
    const NEAR: f64 = 4.0;
    let middle = around.center().y;
    let reach = around.height() / 2.0 + NEAR * bar.height;
    let edges = others.iter().flat_map(|other| [other.min.y, other.max.y]);
    let near = edges.filter(|edge| (edge - middle).abs() < reach);
    let mut tops: Vec<i64> = near
        .map(|edge| (edge - bar.height / 2.0).round() as i64)
        .collect();
    crate::sorting::sort_by(&mut tops, |a, b| {
        let far = |top: &i64| (*top as f64 + bar.height / 2.0 - middle).abs();
        far(a).total_cmp(&far(b)).then(a.cmp(b))
    });
    tops.dedup();
    tops.into_iter().take(MOST).map(|top| top as f64).collect()
}

/// How bad a place is.
fn cost(place: BoardRect, gap: f64, around: BoardRect, room: BarRoom<'_>) -> f64 {
    /// Whatever else: never under a card.
    const UNDER_A_CARD: f64 = 1e6;
    let own = room.own.iter();
    let own_hidden = own.map(|rect| rect.shared_area(place) / rect.area());
    let of_bar = |rects: &[BoardRect]| {
        let covered = rects
            .iter()
            .map(|rect| rect.shared_area(place))
            .sum::<f64>();
        covered / place.area()
    };
    let hidden = room.others.iter().filter(|other| {
        let left = 1.0 - other.shared_area(place) / other.area();
        left < TAKEN_BY
    });
    let far = |low: f64, high: f64, from: f64, to: f64| (low - to).max(from - high).max(0.0);
    let across = far(around.min.x, around.max.x, place.min.x, place.max.x);
    let along = far(around.min.y, around.max.y, place.min.y, place.max.y);
    let away = (across.hypot(along) - gap).max(0.0);
    let aside = (place.center().x - around.center().x).abs();
    let side = if place.max.y <= around.min.y {
        0.0
    } else if place.min.y >= around.max.y {
        BELOW
    } else {
        BESIDE
    };
    of_bar(room.over) * UNDER_A_CARD
        + (of_bar(room.own) + own_hidden.sum::<f64>()) * ON_ITS_OWN
        + of_bar(room.others) * ON_OTHERS
        + hidden.count() as f64 * HIDES_ALL
        + (away * AWAY + aside * ASIDE) / place.height()
        + side
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BAR: Size = Size::new(560.0, 48.0);
    const GAP: f64 = 14.0;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
        BoardRect::at(BoardPoint::new(x, y), Size::new(width, height))
    }

    fn view() -> BoardRect {
        rect(96.0, 76.0, 1_320.0, 748.0)
    }

    fn place(own: BoardRect, over: &[BoardRect], others: &[BoardRect]) -> BoardRect {
        let room = BarRoom {
            clear: view(),
            over,
            own: &[own],
            others,
        };
        BoardRect::at(bar_place(BAR, GAP, own, room), BAR)
    }

    #[test]
    fn it_stands_above_in_the_middle_where_nothing_is_in_the_way() {
        let own = rect(600.0, 400.0, 184.0, 124.0);
        let place = place(own, &[], &[]);
        assert!((place.max.y - (400.0 - GAP)).abs() < 1e-9);
        assert!((place.center().x - own.center().x).abs() < 1e-9);
    }

    #[test]
    fn it_goes_below_what_lies_at_the_upper_rim() {
        let own = rect(600.0, 90.0, 184.0, 124.0);
        let place = place(own, &[], &[]);
        assert!((place.min.y - (own.max.y + GAP)).abs() < 1e-9);
    }

    #[test]
    fn it_makes_way_for_a_card() {
        let own = rect(760.0, 300.0, 400.0, 300.0);
        let card = rect(1_076.0, 76.0, 340.0, 480.0);
        let place = place(own, &[card], &[]);
        assert!(!place.overlaps(card) && !place.overlaps(own), "{place:?}");
    }

    #[test]
    fn a_neighbour_that_it_would_hide_stays_to_be_taken() {
        let own = rect(600.0, 300.0, 92.0, 62.0);
        let above = rect(600.0, 230.0, 92.0, 58.0);
        let place = place(own, &[], &[above]);
        assert!(!place.overlaps(above) && !place.overlaps(own), "{place:?}");
    }

    #[test]
    fn in_narrow_rows_it_leaves_a_part_of_each_to_be_taken() {
        let note = |at: usize| {
            let (column, row) = ((at % 12) as f64, (at / 12) as f64);
            rect(120.0 + column * 100.0, 90.0 + row * 70.0, 92.0, 62.0)
        };
        let own = note(55);
        let others: Vec<BoardRect> = (0..120).filter(|at| *at != 55).map(note).collect();
        let place = place(own, &[], &others);
        let left = |one: &BoardRect| 1.0 - one.shared_area(place) / one.area();
        assert!(others.iter().all(|one| left(one) > 0.35), "{place:?}");
        assert!(left(&own) > 0.9 && (place.center().y - own.center().y).abs() < 200.0);
    }

    fn rects(most: usize, largest: f64) -> impl Strategy<Value = Vec<BoardRect>> {
        let one = (0.0..1_400.0, 0.0..860.0, 40.0..largest, 30.0..largest)
            .prop_map(|(x, y, width, height)| rect(x, y, width, height));
        proptest::collection::vec(one, 0..most)
    }

    proptest! {
        #[test]
        fn it_is_in_the_clear_part_and_under_no_card(
            own in (-200.0..1_500.0f64, -200.0..900.0f64, 60.0..700.0f64, 40.0..600.0f64),
            card in (0.0..1.0f64, 100.0..640.0f64),
            panel in prop::bool::ANY,
            others in rects(40, 220.0),
        ) {
            let own = rect(own.0, own.1, own.2, own.3);
            // A card in the column at the right, and a panel beside it.
            let mut over = vec![rect(1_076.0, 76.0 + card.0 * 100.0, 340.0, card.1)];
            if panel {
                over.push(rect(740.0, 76.0, 312.0, 700.0));
            }
            let place = place(own, &over, &others);
            let clear = view().grown(0.001);
            prop_assert!(clear.contains(place.min) && clear.contains(place.max));
            prop_assert!(over.iter().all(|card| !card.overlaps(place)), "{place:?} under {over:?}");
        }

        #[test]
        fn it_is_never_on_what_it_belongs_to_where_there_is_room_beside_it(
            own in (100.0..1_200.0f64, 160.0..500.0f64, 60.0..300.0f64, 40.0..200.0f64),
            others in rects(60, 200.0),
        ) {
            let own = rect(own.0, own.1, own.2, own.3);
            let place = place(own, &[], &others);
            // It would rather cover a corner of it than take two others away.
            prop_assert!(place.shared_area(own) < 0.25 * own.area(), "{place:?} on {own:?}");
        }

        #[test]
        fn no_place_beside_it_hides_less_for_as_short_a_way(
            own in (200.0..1_000.0f64, 200.0..600.0f64),
            others in rects(40, 200.0),
        ) {
            let own = rect(own.0, own.1, 184.0, 124.0);
            let room = BarRoom { clear: view(), over: &[], own: &[own], others: &others };
            let found = cost(place(own, &[], &others), GAP, own, room);
            let x = own.center().x - BAR.width / 2.0;
            for y in [own.min.y - GAP - BAR.height, own.max.y + GAP] {
                let natural = BoardRect::at(BoardPoint::new(x.clamp(96.0, 856.0), y), BAR);
                if y >= 76.0 && y + BAR.height <= 824.0 {
                    prop_assert!(found <= cost(natural, GAP, own, room) + 1e-6);
                }
            }
        }
    }
}
