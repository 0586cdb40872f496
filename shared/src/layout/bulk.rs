//! Where most of the board lies, for views that are to show all of it: one note that lies a million units away
//! must not make all the others a speck.
//!
//! What lies together is an island. The largest is where the board is; others belong to it as long as both can be
//! looked at together: few notes when they lie about as near as the board is wide, many as long as they are in
//! sight at all. The rest is far away, and is told and fetched by itself.

use crate::{
    geometry::{BoardPoint, BoardRect, Size},
    limits::MAX_IMAGE_SIDE,
};

/// Wider gaps part islands, board units: a screen at 100 %.
const APART: f64 = 1_500.0;
/// What is nearer always belongs together, board units.
const NEAR: f64 = 2.0 * APART;
/// A board is looked at as if it were at least so wide, board units.
const NARROWEST: f64 = 1.5 * APART;
/// So often its own width away few things still belong to the board.
const FEW_REACH: f64 = 2.0;
/// So many, and this part of the largest island, are an island of their own right: a group's place, for one.
const MANY: usize = 3;
const MANY_SHARE: usize = 8;
/// What is seen at one time is not wider, board units: a note is some four pixels on a laptop then.
const WIDEST: f64 = 30_000.0;
/// A thing counts as no larger, board units: of a note of a hundred pages its beginning is enough.
const LARGEST: f64 = MAX_IMAGE_SIDE;
/// Buckets on one axis: as many as the whole board has gaps.
const MOST_BUCKETS: usize = 16_384;
/// So often it is asked again whether something belongs to the board, which has grown meanwhile.
const MOST_ROUNDS: usize = 64;

/// Where most of it lies, and what does not lie there.
#[derive(Clone, Debug, PartialEq)]
pub struct Bulk {
    /// Around all that is not far away.
    pub around: BoardRect,
    /// What is far away, by its place in what was given: together what lies together, the nearest first.
    pub far: Vec<Vec<usize>>,
}

/// A part of what was given.
#[derive(Clone, Debug)]
struct Island {
    things: Vec<usize>,
    rect: BoardRect,
}

/// Where most of these lie; `None` of nothing.
///
/// ```
/// use samtavle_shared::{geometry::{BoardPoint, BoardRect, Size}, layout::bulk_of};
/// let note = |x, y| BoardRect::at(BoardPoint::new(x, y), Size::new(184.0, 124.0));
/// let bulk = bulk_of(&[note(0.0, 0.0), note(3e6, 0.0), note(200.0, 0.0)]).unwrap();
/// assert_eq!(bulk.around, note(0.0, 0.0).union(note(200.0, 0.0)));
/// assert_eq!(bulk.far, [vec![1]]);
/// ```
pub fn bulk_of(things: &[BoardRect]) -> Option<Bulk> {
    let rects: Vec<BoardRect> = things
        .iter()
        .map(|&rect| as_far_as_it_counts(rect))
        .collect();
    let mut rest = islands(&rects);
    let main = largest(&rest)?;
    let main = rest.swap_remove(main);

    let mut around = main.rect;
    crate::sorting::sort_by(&mut rest, |a, b| nearer(main.rect, a, b));
    for _ in 0..MOST_ROUNDS {
        let before = rest.len();
        rest.retain(|island| {
            let belongs = belongs(around, main.things.len(), island);
            if belongs {
                around = around.union(island.rect);
            }
            !belongs
        });
        if rest.len() == before {
            break;
        }
    }
    crate::sorting::sort_by(&mut rest, |a, b| nearer(around, a, b));
    Some(Bulk {
        around: in_sight(around, &main, &rects),
        far: rest.into_iter().map(|island| island.things).collect(),
    })
}

/// Around most of these; `None` of nothing.
pub fn most_of(things: impl IntoIterator<Item = BoardRect>) -> Option<BoardRect> {
    let things: Vec<BoardRect> = things.into_iter().collect();
    bulk_of(&things).map(|bulk| bulk.around)
}

/// These without what lies far from most of them.
pub fn without_far(mut things: Vec<BoardRect>) -> Vec<BoardRect> {
    let all = BoardRect::around(things.iter().copied());
    if all.is_none_or(|all| longest_side(all) <= NEAR) {
        return things; // as nearly always
    }
    let mut far = bulk_of(&things).map_or_else(Vec::new, |bulk| bulk.far.concat());
    crate::sorting::sort_by(&mut far, Ord::cmp);
    for at in far.into_iter().rev() {
        things.remove(at);
    }
    things
}

/// No larger than what one looks at, and at a place that is one.
pub(super) fn as_far_as_it_counts(rect: BoardRect) -> BoardRect {
    let number = |number: f64| if number.is_finite() { number } else { 0.0 };
    let corner = BoardPoint::new(number(rect.min.x), number(rect.min.y));
    let side = |side: f64| number(side).clamp(0.0, LARGEST);
    BoardRect::at(corner, Size::new(side(rect.width()), side(rect.height())))
}

/// The island of most things; of equal ones the one nearest to where boards begin.
fn largest(islands: &[Island]) -> Option<usize> {
    let origin = BoardRect::default();
    (0..islands.len()).min_by(|&a, &b| {
        let (a, b) = (&islands[a], &islands[b]);
        (b.things.len().cmp(&a.things.len())).then_with(|| nearer(origin, a, b))
    })
}

fn belongs(board: BoardRect, largest: usize, island: &Island) -> bool {
    let gap = gap(board, island.rect);
    if gap <= NEAR {
        return true;
    }
    let count = island.things.len();
    let is_many = count >= MANY && count * MANY_SHARE >= largest;
    let reach = FEW_REACH * longest_side(board).max(NARROWEST);
    longest_side(board.union(island.rect)) <= WIDEST && (is_many || gap <= reach)
}

/// A board that is too wide for any view is looked at where its middle thing is.
fn in_sight(around: BoardRect, main: &Island, rects: &[BoardRect]) -> BoardRect {
    if longest_side(around) <= 2.0 * WIDEST {
        return around;
    }
    let middle = |of: fn(BoardPoint) -> f64| {
        let mut places: Vec<f64> = main
            .things
            .iter()
            .map(|&at| of(rects[at].center()))
            .collect();
        crate::sorting::sort_by(&mut places, f64::total_cmp);
        places[places.len() / 2]
    };
    let middle = BoardPoint::new(middle(|at| at.x), middle(|at| at.y));
    let away = |&at: &usize| (rects[at].center() - middle).length();
    let nearest = main.things.iter().copied();
    let nearest = nearest.min_by(|a, b| away(a).total_cmp(&away(b)));
    let window = rects[nearest.unwrap_or_default()].grown(WIDEST / 2.0);
    BoardRect {
        min: BoardPoint::new(
            window.min.x.max(around.min.x),
            window.min.y.max(around.min.y),
        ),
        max: BoardPoint::new(
            window.max.x.min(around.max.x),
            window.max.y.min(around.max.y),
        ),
    }
}

/// Of two islands the nearer one; of two as near the upper left one.
fn nearer(from: BoardRect, a: &Island, b: &Island) -> std::cmp::Ordering {
    let (a, b) = (a.rect, b.rect);
    gap(from, a)
        .total_cmp(&gap(from, b))
        .then(a.min.x.total_cmp(&b.min.x))
        .then(a.min.y.total_cmp(&b.min.y))
}

/// How far two rectangles are apart along the axis on which they are farther apart.
fn gap(a: BoardRect, b: BoardRect) -> f64 {
    let across = (b.min.x - a.max.x).max(a.min.x - b.max.x);
    let down = (b.min.y - a.max.y).max(a.min.y - b.max.y);
    across.max(down).max(0.0)
}

fn longest_side(rect: BoardRect) -> f64 {
    rect.width().max(rect.height())
}

#[derive(Clone, Copy)]
enum Axis {
    Across,
    Down,
}

impl Axis {
    fn other(self) -> Self {
        match self {
            Self::Across => Self::Down,
            Self::Down => Self::Across,
        }
    }

    fn ends(self, rect: BoardRect) -> (f64, f64) {
        match self {
            Self::Across => (rect.min.x, rect.max.x),
            Self::Down => (rect.min.y, rect.max.y),
        }
    }
}

/// Cuts the board along its wide gaps, across and down in turn, until there is none left.
fn islands(rects: &[BoardRect]) -> Vec<Island> {
    let mut islands = Vec::new();
    let mut uncut = vec![((0..rects.len()).collect::<Vec<_>>(), Axis::Across, 0)];
    while let Some((things, axis, whole_on)) = uncut.pop() {
        let mut parts = cut(things, axis, rects);
        if let [part] = parts.as_mut_slice() {
            let part = std::mem::take(part);
            if whole_on == 0 {
                uncut.push((part, axis.other(), 1));
            } else if let Some(rect) = BoardRect::around(part.iter().map(|&at| rects[at])) {
                islands.push(Island { things: part, rect });
            }
        } else {
            let each = parts.into_iter().map(|part| (part, axis.other(), 0));
            uncut.extend(each);
        }
    }
    islands
}

/// The parts between wide gaps along one axis, in order. No sorting: what begins within one bucket has no wide
/// gap in it, so only the ends of buckets are looked at.
fn cut(things: Vec<usize>, axis: Axis, rects: &[BoardRect]) -> Vec<Vec<usize>> {
    let ends = |at: &usize| axis.ends(rects[*at]);
    let first = things
        .iter()
        .map(|at| ends(at).0)
        .fold(f64::INFINITY, f64::min);
    let last = things
        .iter()
        .map(|at| ends(at).0)
        .fold(f64::NEG_INFINITY, f64::max);
    if last - first <= APART {
        return vec![things];
    }
    let width = APART.max((last - first) / (MOST_BUCKETS - 1) as f64);
    let bucket = |at: &usize| ((ends(at).0 - first) / width) as usize;
    let count = ((last - first) / width) as usize + 1;
    let mut buckets = vec![None::<(f64, f64)>; count];
    for at in &things {
        let (from, until) = ends(at);
        let held = &mut buckets[bucket(at)];
        *held = Some(held.map_or((from, until), |(a, b)| (a.min(from), b.max(until))));
    }
    let mut part_of = vec![0_usize; count];
    let (mut parts, mut reached) = (1, None::<f64>);
    for (part, held) in part_of.iter_mut().zip(buckets) {
        if let Some((from, until)) = held {
            if reached.is_some_and(|reached| from - reached > APART) {
                parts += 1;
            }
            reached = Some(reached.map_or(until, |reached| reached.max(until)));
        }
        *part = parts - 1;
    }
    if parts == 1 {
        return vec![things];
    }
    let mut cut = vec![Vec::new(); parts];
    for at in things {
        cut[part_of[bucket(&at)]].push(at);
    }
    cut
}

#[cfg(test)]
mod tests;
