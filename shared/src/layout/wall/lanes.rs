//! The ways between papers that lie close: along the lanes between them, round corners, as one would walk. So a link in a
//! full column is a line at its side that can be followed, and never a hook that comes out from under a note.

use crate::geometry::{BoardPoint, BoardRect, BoardVector};
use std::{cmp::Reverse, collections::BinaryHeap};

/// From a paper's edge to a line along it, board units: the middle of the gap between two notes; and, where there is more
/// room, so far that an arrowhead has its whole length.
const BESIDE: [f64; 2] = [4.25, 11.0];
/// No line is nearer to a paper that it passes, board units.
const CLEAR: f64 = 2.5;
/// How far an arrow's tip reaches into the margin of the paper that it points at, board units: no words stand there.
const INTO: f64 = 6.0;
/// The same from below, where the marks stand.
const INTO_FROM_BELOW: f64 = 3.0;
/// A corner is as bad as so many board units more of way.
const CORNER: f64 = 30.0;
/// A way that is longer than this is not followed with the eye, board units; and with more corners neither.
const LONGEST: f64 = 1_400.0;
const MOST_CORNERS: usize = 4;
/// From one paper to the next straight over the gap there is too little of a line to be seen, board units.
const STUB: f64 = 40.0;
/// Where another line goes already a board unit is as bad as so many.
const TAKEN: f64 = 2.5;
/// A place on an edge from which a line goes already is as bad as so many.
const TAKEN_DOOR: f64 = 40.0;
/// Lines come out and go in so far beside the middle of an edge, board units: the one towards where it goes, so that an arrow
/// and the beginning of another line do not meet.
const BESIDE_MIDDLE: f64 = 8.0;
/// Lanes nearer to each other than this are one, board units.
const SAME: f64 = 1.5;

/// The four ways to go.
const STEPS: [(isize, isize); 4] = [(1, 0), (-1, 0), (0, 1), (0, -1)];

/// All lanes between what lies on a page, and where they cross.
pub(super) struct Lanes {
    papers: Vec<BoardRect>,
    bounds: BoardRect,
    /// Lanes that go down, by their x; and across, by their y. The places where lines come out of papers are among them.
    x: Vec<f64>,
    y: Vec<f64>,
    /// By crossing: what it costs to go on to the right, and down; infinite where something lies.
    right: Vec<f64>,
    below: Vec<f64>,
    /// Where lines come out or go in.
    taken: Vec<BoardPoint>,
}

impl Lanes {
    /// Between these papers, within `bounds`.
    pub(super) fn between(papers: Vec<BoardRect>, bounds: BoardRect) -> Self {
        let aside = |paper: &BoardRect| (paper.min.x, paper.max.x);
        let upright = |paper: &BoardRect| (paper.min.y, paper.max.y);
        let x = lanes(papers.iter().map(aside), (bounds.min.x, bounds.max.x));
        let y = lanes(papers.iter().map(upright), (bounds.min.y, bounds.max.y));
        let mut all = Self {
            papers,
            bounds,
            x,
            y,
            right: Vec::new(),
            below: Vec::new(),
            taken: Vec::new(),
        };
        for row in 0..all.y.len() {
            for column in 0..all.x.len() {
                let from = all.at((column, row));
                let cost = |to: (usize, usize)| {
                    let to = (to.0 < all.x.len() && to.1 < all.y.len()).then(|| all.at(to));
                    let to = to.filter(|to| all.is_free(from, *to));
                    to.map_or(f64::INFINITY, |to| (to - from).length())
                };
                let costs = (cost((column + 1, row)), cost((column, row + 1)));
                all.right.push(costs.0);
                all.below.push(costs.1);
            }
        }
        all
    }

    /// The way from one paper to another with its corners, from an edge to an arrow's tip. `None`: there is none that an eye
    /// can follow. Where it goes others go less gladly.
    pub(super) fn way(&mut self, from: BoardRect, to: BoardRect) -> Option<Vec<BoardPoint>> {
        let ends = self.doors(to, from);
        let mut costs = vec![f64::INFINITY; self.x.len() * self.y.len() * STEPS.len()];
        let mut before = vec![usize::MAX; costs.len()];
        let mut waiting = BinaryHeap::new();
        let tenths = |cost: f64| (cost * 10.0) as u64;
        let starts = self.doors(from, to);
        for door in &starts {
            let at = self.state(door.spot, door.step);
            costs[at] = door.length;
            waiting.push(Reverse((tenths(door.length), at)));
        }
        let mut best: Option<(f64, usize, Door)> = None;
        while let Some(Reverse((reached, at))) = waiting.pop() {
            let cost = costs[at];
            let is_over = best.as_ref().is_some_and(|(least, ..)| cost >= *least);
            if is_over || cost > LONGEST {
                break;
            }
            if tenths(cost) < reached {
                continue;
            }
            let (spot, step) = self.spot(at);
            for door in ends
                .iter()
                .filter(|door| door.spot == spot && door.step != step)
            {
                let turn = if is_back(step, door.step) {
                    0.0
                } else {
                    CORNER
                };
                let all = cost + turn + door.length;
                if best.as_ref().is_none_or(|(least, ..)| all < *least) {
                    best = Some((all, at, *door));
                }
            }
            for next_step in 0..STEPS.len() {
                let Some((next, length)) = self.step(spot, next_step) else {
                    continue;
                };
                if is_back(step, next_step) {
                    continue;
                }
                let turn = if next_step == step { 0.0 } else { CORNER };
                let (to, cost) = (self.state(next, next_step), cost + length + turn);
                if cost < costs[to] {
                    costs[to] = cost;
                    before[to] = at;
                    waiting.push(Reverse((tenths(cost), to)));
                }
            }
        }
        let (_, mut at, end) = best?;
        let mut spots = vec![self.spot(at).0];
        while before[at] != usize::MAX {
            at = before[at];
            spots.push(self.spot(at).0);
        }
        spots.reverse();
        let (first, step) = self.spot(at);
        let start = starts
            .into_iter()
            .find(|door| door.spot == first && door.step == step)?;
        let between = spots.iter().map(|&spot| self.at(spot));
        let way = std::iter::once(start.edge)
            .chain(between)
            .chain([end.tip()]);
        let way = corners(way);
        if way.len() > MOST_CORNERS + 2 {
            return None;
        }
        for pair in spots.windows(2) {
            let cost = self.cost_between(pair[0], pair[1]);
            *cost *= TAKEN;
        }
        self.taken.extend([start.edge, end.edge]);
        Some(way)
    }

    /// Where lines come out of a paper: from beside the middle of each edge to the lanes along it.
    /// None in the gap to its neighbour: such a line is too short to be seen.
    fn doors(&self, paper: BoardRect, other: BoardRect) -> Vec<Door> {
        let mut doors = Vec::new();
        for (step, (aside, down)) in STEPS.into_iter().enumerate() {
            if is_near_before(paper, other, (aside, down)) {
                continue;
            }
            let out = BoardVector::new(aside as f64, down as f64);
            let size = paper.max - paper.min;
            let half = BoardVector::new(out.x * size.x / 2.0, out.y * size.y / 2.0);
            let along = BoardVector::new(out.y.abs(), out.x.abs());
            for place in [-BESIDE_MIDDLE, BESIDE_MIDDLE] {
                let edge = paper.center() + half + along * place;
                for beside in BESIDE {
                    doors.extend(self.door(paper, edge, (step, out * beside)));
                }
            }
        }
        doors
    }

    fn door(
        &self,
        paper: BoardRect,
        edge: BoardPoint,
        (step, out): (usize, BoardVector),
    ) -> Option<Door> {
        let wanted = edge + out;
        let spot = (nearest(&self.x, wanted.x)?, nearest(&self.y, wanted.y)?);
        let at = self.at(spot);
        let off = if STEPS[step].0 == 0 {
            at.x - edge.x
        } else {
            at.y - edge.y
        };
        let line = BoardRect::between(edge, at).grown(0.01);
        let mut others = self.papers.iter().filter(|other| **other != paper);
        let is_free = !others.any(|other| other.grown(CLEAR).overlaps(line));
        let mut taken = self.taken.iter();
        let is_taken = taken.any(|door| (*door - edge).length() < SAME);
        let length = (at - edge).length() + if is_taken { TAKEN_DOOR } else { 0.0 };
        (off.abs() < 0.01 && is_free && self.bounds.contains(at)).then_some(Door {
            spot,
            step,
            edge,
            length,
        })
    }

    fn at(&self, (column, row): (usize, usize)) -> BoardPoint {
        BoardPoint::new(self.x[column], self.y[row])
    }

    /// A crossing, and in which of the steps one came to it, as a number.
    fn state(&self, (column, row): (usize, usize), step: usize) -> usize {
        (row * self.x.len() + column) * STEPS.len() + step
    }

    fn spot(&self, state: usize) -> ((usize, usize), usize) {
        let (crossing, step) = (state / STEPS.len(), state % STEPS.len());
        ((crossing % self.x.len(), crossing / self.x.len()), step)
    }

    /// Where one is after a step, and what it costs.
    fn step(&self, (column, row): (usize, usize), step: usize) -> Option<((usize, usize), f64)> {
        let (aside, down) = STEPS[step];
        let next = (
            column.checked_add_signed(aside)?,
            row.checked_add_signed(down)?,
        );
        if next.0 >= self.x.len() || next.1 >= self.y.len() {
            return None;
        }
        let first = row.min(next.1) * self.x.len() + column.min(next.0);
        let cost = if aside == 0 {
            self.below[first]
        } else {
            self.right[first]
        };
        cost.is_finite().then_some((next, cost))
    }

    fn cost_between(&mut self, a: (usize, usize), b: (usize, usize)) -> &mut f64 {
        let first = a.1.min(b.1) * self.x.len() + a.0.min(b.0);
        if a.0 == b.0 {
            &mut self.below[first]
        } else {
            &mut self.right[first]
        }
    }

    /// Whether nothing lies on a straight line across or down.
    fn is_free(&self, from: BoardPoint, to: BoardPoint) -> bool {
        let line = BoardRect::between(from, to).grown(0.01);
        let mut papers = self.papers.iter();
        !papers.any(|paper| paper.grown(CLEAR).overlaps(line))
    }
}

/// Where a line comes out of a paper, or goes in.
#[derive(Clone, Copy, Debug)]
struct Door {
    /// The crossing before it.
    spot: (usize, usize),
    /// In which of the steps one comes out.
    step: usize,
    /// On the edge of the paper.
    edge: BoardPoint,
    /// From the edge to the crossing, and more where another line goes.
    length: f64,
}

impl Door {
    /// The tip of an arrow that comes in there.
    fn tip(self) -> BoardPoint {
        let (aside, down) = STEPS[self.step];
        let depth = if down > 0 { INTO_FROM_BELOW } else { INTO };
        self.edge + BoardVector::new(aside as f64, down as f64) * -depth
    }
}

/// Beside each edge, and where lines come out.
fn lanes(edges: impl Iterator<Item = (f64, f64)>, (low, high): (f64, f64)) -> Vec<f64> {
    let mut beside = Vec::new();
    let mut middles = Vec::new();
    for (before, after) in edges {
        beside.extend(
            BESIDE
                .into_iter()
                .flat_map(|out| [before - out, after + out]),
        );
        let middle = f64::midpoint(before, after);
        middles.extend([middle - BESIDE_MIDDLE, middle + BESIDE_MIDDLE]);
    }
    let is_within = |lane: &f64| (low..=high).contains(lane);
    beside.retain(is_within);
    crate::sorting::sort_by(&mut beside, f64::total_cmp);
    beside.dedup_by(|a, b| (*a - *b).abs() < SAME);
    // A line comes out at the very place.
    beside.extend(middles);
    crate::sorting::sort_by(&mut beside, f64::total_cmp);
    beside.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    beside
}

/// Which lane is there, if one is.
fn nearest(lanes: &[f64], wanted: f64) -> Option<usize> {
    let off = |lane: f64| (lane - wanted).abs();
    let found = (0..lanes.len()).min_by(|&a, &b| off(lanes[a]).total_cmp(&off(lanes[b])))?;
    (off(lanes[found]) < SAME).then_some(found)
}

/// Whether another lies right before this edge of a paper.
fn is_near_before(paper: BoardRect, other: BoardRect, (aside, down): (isize, isize)) -> bool {
    let gap = match (aside, down) {
        (1, _) => other.min.x - paper.max.x,
        (-1, _) => paper.min.x - other.max.x,
        (_, 1) => other.min.y - paper.max.y,
        _ => paper.min.y - other.max.y,
    };
    let is_before = if aside == 0 {
        paper.min.x < other.max.x && other.min.x < paper.max.x
    } else {
        paper.min.y < other.max.y && other.min.y < paper.max.y
    };
    is_before && (-1.0..STUB).contains(&gap)
}

fn is_back(step: usize, other: usize) -> bool {
    let ((aside, down), (other_aside, other_down)) = (STEPS[step], STEPS[other]);
    aside == -other_aside && down == -other_down
}

/// Only the points at which a way turns.
fn corners(way: impl Iterator<Item = BoardPoint>) -> Vec<BoardPoint> {
    let mut corners: Vec<BoardPoint> = Vec::new();
    for point in way {
        if let Some(last) = corners.last()
            && (point - *last).length() < 0.01
        {
            continue;
        }
        if let [.., a, b] = corners.as_slice() {
            let is_straight = ((b.x - a.x).abs() < 0.01 && (point.x - b.x).abs() < 0.01)
                || ((b.y - a.y).abs() < 0.01 && (point.y - b.y).abs() < 0.01);
            if is_straight {
                corners.pop();
            }
        }
        corners.push(point);
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;
    use proptest::prelude::*;

    const BOUNDS: BoardRect = BoardRect {
        min: BoardPoint { x: 0.0, y: 0.0 },
        max: BoardPoint {
            x: 1_000.0,
            y: 700.0,
        },
    };

    /// Columns of notes as the wall lays them out: 8.5 between notes, a frame's edge around.
    fn page(columns: &[Vec<f64>]) -> Vec<Vec<BoardRect>> {
        let column = |(number, heights): (usize, &Vec<f64>)| {
            let left = 17.0 + number as f64 * 160.0;
            let mut top = 17.0;
            let mut notes = Vec::new();
            for &height in heights {
                let corner = BoardPoint::new(left, top);
                notes.push(BoardRect::at(corner, Size::new(151.5, height)));
                top += height + 8.5;
            }
            notes
        };
        columns.iter().enumerate().map(column).collect()
    }

    fn follows(way: &[BoardPoint], from: BoardRect, to: BoardRect, papers: &[BoardRect]) {
        assert!(from.grown(0.01).contains(way[0]), "{way:?}");
        assert!(to.contains(way[way.len() - 1]), "{way:?}");
        for pair in way.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            assert!(
                (a.x - b.x).abs() < 0.01 || (a.y - b.y).abs() < 0.01,
                "{way:?}"
            );
            assert!(BOUNDS.contains(a) && BOUNDS.contains(b));
            for paper in papers {
                let margin = if *paper == to { -INTO } else { -0.01 };
                let line = BoardRect::between(a, b).grown(0.001);
                assert!(
                    !paper.grown(margin - 0.01).overlaps(line),
                    "{way:?} through {paper:?}"
                );
            }
        }
    }

    #[test]
    fn what_lies_below_in_a_full_column_is_reached_along_its_side() {
        let notes = page(&[vec![80.0; 6]]).remove(0);
        for (from, to) in [(0, 1), (1, 0), (0, 5), (4, 1)] {
            let mut lanes = Lanes::between(notes.clone(), BOUNDS);
            let way = lanes
                .way(notes[from], notes[to])
                .expect("there is a lane beside it");
            follows(&way, notes[from], notes[to], &notes);
            assert_eq!(way.len(), 4, "out, along, and in: {way:?}");
        }
    }

    #[test]
    fn two_lines_do_not_lie_on_each_other_where_there_is_another_side() {
        let notes = page(&[vec![80.0; 4]]).remove(0);
        let mut lanes = Lanes::between(notes.clone(), BOUNDS);
        let one = lanes.way(notes[0], notes[2]).expect("the first");
        let other = lanes.way(notes[1], notes[3]).expect("the second");
        assert!((one[1].x - other[1].x).abs() > SAME, "{one:?} {other:?}");
    }

    #[test]
    fn what_is_walled_in_has_no_way() {
        let notes = [
            BoardRect::at(BoardPoint::new(0.0, 0.0), Size::new(100.0, 700.0)),
            BoardRect::at(BoardPoint::new(101.0, 0.0), Size::new(100.0, 700.0)),
        ];
        let mut lanes = Lanes::between(notes.to_vec(), BOUNDS);
        assert_eq!(lanes.way(notes[0], notes[1]), None);
    }

    proptest! {
        #[test]
        fn a_way_goes_through_no_paper_and_stays_on_the_page(
            columns in proptest::collection::vec(proptest::collection::vec(48.0..150.0f64, 1..5), 1..6),
            pairs in proptest::collection::vec((0..40_usize, 0..40_usize), 1..8),
        ) {
            let notes: Vec<BoardRect> = page(&columns).into_iter().flatten().collect();
            let mut lanes = Lanes::between(notes.clone(), BOUNDS);
            for (from, to) in pairs {
                let (from, to) = (notes[from % notes.len()], notes[to % notes.len()]);
                if from == to {
                    continue;
                }
                if let Some(way) = lanes.way(from, to) {
                    prop_assert!(way.len() <= MOST_CORNERS + 2);
                    follows(&way, from, to, &notes);
                }
            }
        }

        #[test]
        fn in_a_column_there_is_always_a_way(
            heights in proptest::collection::vec(48.0..150.0f64, 2..5),
            from in 0..5_usize,
            to in 0..5_usize,
        ) {
            let notes = page(&[heights]).remove(0);
            let (from, to) = (notes[from % notes.len()], notes[to % notes.len()]);
            prop_assume!(from != to);
            prop_assert!(Lanes::between(notes, BOUNDS).way(from, to).is_some());
        }
    }
}
