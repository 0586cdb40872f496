//! The way of a link from one thing on the board to another: a curve that leaves from the edges that
//! lie nearest, with room for an arrowhead and a word.

use crate::geometry::{BoardPoint, BoardRect, BoardVector, Size};

/// Between the arrowhead's tip and what it points at, board units.
pub(super) const AWAY: f64 = 5.0;
/// An edge's corners are left free, board units: a line from a corner belongs to nobody.
const CORNER: f64 = 26.0;
/// Things one over the other and nearer than this are joined around their sides, so that the line
/// can be seen, board units.
const CLOSE: f64 = 56.0;
/// How far such a line goes out beside them, board units.
pub(super) const OUT: f64 = 42.0;
/// How long and how wide an arrowhead is, board units.
const HEAD: Size = Size::new(12.0, 11.0);
/// Shorter lines have no room for a word, board units.
const ROOM_FOR_WORDS: f64 = 84.0;

/// A cubic curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Route {
    /// On the edge of where it begins.
    pub start: BoardPoint,
    /// Where it leaves for.
    pub leaving: BoardPoint,
    /// Where it comes from.
    pub coming: BoardPoint,
    /// Just before the edge of where it ends: the arrowhead's tip.
    pub end: BoardPoint,
}

/// The edges of a rectangle.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Left,
    Right,
    Top,
    Bottom,
}

impl Edge {
    pub(super) const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    /// Out of the rectangle.
    pub(super) const fn out(self) -> BoardVector {
        match self {
            Self::Left => BoardVector::new(-1.0, 0.0),
            Self::Right => BoardVector::new(1.0, 0.0),
            Self::Top => BoardVector::new(0.0, -1.0),
            Self::Bottom => BoardVector::new(0.0, 1.0),
        }
    }

    const fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Top => Self::Bottom,
            Self::Bottom => Self::Top,
        }
    }

    /// The point of this edge that is nearest to another, clear of the corners.
    pub(super) fn point(self, rect: BoardRect, near: BoardPoint) -> BoardPoint {
        let along = |low: f64, high: f64, at: f64| {
            let free = CORNER.min((high - low) / 2.0);
            at.clamp(low + free, high - free)
        };
        match self {
            Self::Left => BoardPoint::new(rect.min.x, along(rect.min.y, rect.max.y, near.y)),
            Self::Right => BoardPoint::new(rect.max.x, along(rect.min.y, rect.max.y, near.y)),
            Self::Top => BoardPoint::new(along(rect.min.x, rect.max.x, near.x), rect.min.y),
            Self::Bottom => BoardPoint::new(along(rect.min.x, rect.max.x, near.x), rect.max.y),
        }
    }
}

/// The way between two things; `None` when one lies over the other: there is nothing to see.
pub fn route(from: BoardRect, to: BoardRect) -> Option<Route> {
    let right = to.min.x - from.max.x;
    let left = from.min.x - to.max.x;
    let below = to.min.y - from.max.y;
    let above = from.min.y - to.max.y;
    let (across, along) = (right.max(left), below.max(above));
    if across < 0.0 && along < 0.0 {
        return None;
    }
    if across < 0.0 && along < CLOSE {
        return Some(around_the_side(from, to));
    }
    let edge = if across >= along {
        if right >= left {
            Edge::Right
        } else {
            Edge::Left
        }
    } else if below >= above {
        Edge::Bottom
    } else {
        Edge::Top
    };
    let start = edge.point(from, to.center());
    let back = edge.opposite();
    let touched = back.point(to, from.center());
    let end = touched + back.out() * AWAY;
    // In a narrow gap it goes straight on: farther, and its arrowhead would point back.
    let apart = across.max(along);
    let reach = if apart < 2.0 * HEAD.width + AWAY {
        ((apart - AWAY) / 2.0).max(1.0)
    } else {
        apart / 2.0
    };
    Some(Route {
        start,
        leaving: start + edge.out() * reach,
        coming: end + back.out() * reach,
        end,
    })
}

/// Out on the left, and back in on the left: for what lies close one over the other.
fn around_the_side(from: BoardRect, to: BoardRect) -> Route {
    let edge = Edge::Left;
    let start = edge.point(from, from.center());
    let end = edge.point(to, to.center()) + edge.out() * AWAY;
    let out = start.x.min(end.x) - OUT;
    Route {
        start,
        leaving: BoardPoint::new(out, start.y),
        coming: BoardPoint::new(out, end.y),
        end,
    }
}

impl Route {
    /// Where one is after this part of the way, from 0 to 1.
    pub fn at(self, part: f64) -> BoardPoint {
        let rest = 1.0 - part;
        let weights = [
            rest * rest * rest,
            3.0 * rest * rest * part,
            3.0 * rest * part * part,
            part * part * part,
        ];
        let points = [self.start, self.leaving, self.coming, self.end];
        let sum = |of: fn(BoardPoint) -> f64| {
            let each = points.iter().zip(weights);
            each.map(|(&point, weight)| of(point) * weight).sum::<f64>()
        };
        BoardPoint::new(sum(|point| point.x), sum(|point| point.y))
    }

    /// Half way: where its words stand.
    pub fn middle(self) -> BoardPoint {
        self.at(0.5)
    }

    /// Whether a word on it leaves enough of it to be seen.
    pub fn has_room_for_words(self) -> bool {
        let middle = self.middle();
        (middle - self.start).length() + (self.end - middle).length() >= ROOM_FOR_WORDS
    }

    /// The arrowhead: its tip, and the two corners behind.
    pub fn head(self) -> [BoardPoint; 3] {
        let way = self.end - self.at(0.85);
        let length = way.length().max(f64::MIN_POSITIVE);
        let way = BoardVector::new(way.x / length, way.y / length);
        let side = BoardVector::new(-way.y, way.x) * (HEAD.height / 2.0);
        let back = self.end - way * HEAD.width;
        [self.end, back + side, back - side]
    }

    /// A rectangle that holds all of it.
    pub fn bounds(self) -> BoardRect {
        let line = BoardRect::between(self.start, self.end);
        line.union(BoardRect::between(self.leaving, self.coming))
            .grown(HEAD.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::note_size;
    use proptest::prelude::*;

    fn note(x: f64, y: f64) -> BoardRect {
        BoardRect::at(BoardPoint::new(x, y), note_size(""))
    }

    #[test]
    fn a_line_to_the_right_leaves_on_the_right_and_comes_in_on_the_left() {
        let route = route(note(0.0, 0.0), note(400.0, 0.0)).unwrap();
        assert!((route.start.x - 184.0).abs() < 1e-9);
        assert!((route.end.x - (400.0 - AWAY)).abs() < 1e-9);
        assert!(route.has_room_for_words());
    }

    #[test]
    fn a_line_up_leaves_from_the_top() {
        let route = route(note(0.0, 600.0), note(60.0, 0.0)).unwrap();
        assert!((route.start.y - 600.0).abs() < 1e-9);
        assert!((route.end.y - (124.0 + AWAY)).abs() < 1e-9);
    }

    #[test]
    fn what_lies_close_below_is_joined_around_the_side() {
        let route = route(note(4.0, 150.0), note(0.0, 0.0)).unwrap();
        assert!(route.middle().x < -10.0, "{route:?}");
        assert!(route.head().iter().all(|point| point.x <= -AWAY + 1e-9));
    }

    #[test]
    fn what_lies_on_the_other_has_no_line() {
        assert_eq!(route(note(0.0, 0.0), note(50.0, 20.0)), None);
    }

    fn rects() -> impl Strategy<Value = BoardRect> {
        (-3e3..3e3f64, -3e3..3e3f64, 60.0..900.0f64, 60.0..700.0f64).prop_map(
            |(x, y, width, height)| BoardRect::at(BoardPoint::new(x, y), Size::new(width, height)),
        )
    }

    proptest! {
        #[test]
        fn a_line_goes_from_edge_to_edge_and_stays_in_its_bounds(from in rects(), to in rects()) {
            let Some(route) = route(from, to) else {
                prop_assert!(from.grown(0.01).overlaps(to));
                return Ok(());
            };
            let on_edge = |rect: BoardRect, point: BoardPoint| {
                rect.grown(0.001).contains(point) && !rect.grown(-0.001).contains(point)
            };
            prop_assert!(on_edge(from, route.start));
            prop_assert!(!to.contains(route.end) && to.grown(AWAY + 0.001).contains(route.end));
            for step in 0..=20 {
                prop_assert!(route.bounds().grown(0.001).contains(route.at(f64::from(step) / 20.0)));
            }
        }

        #[test]
        fn a_line_goes_along_with_what_it_joins(from in rects(), to in rects(), x in -500.0..500.0f64) {
            let by = BoardVector::new(x, -x / 2.0);
            let moved = route(from.moved(by), to.moved(by)).map(Route::middle);
            let before = route(from, to).map(|route| route.middle() + by);
            if let (Some(moved), Some(before)) = (moved, before) {
                prop_assert!((moved - before).length() < 1e-6);
            }
        }
    }
}
