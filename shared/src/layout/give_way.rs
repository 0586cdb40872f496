//! What goes aside when a cluster grows: as little as can be, so that people find again what they laid somewhere.

use super::GAP;
use crate::geometry::{BoardPoint, BoardRect, BoardVector};

/// What lies further from something than this is not in its way when it looks for a place, board units.
const NEAR: f64 = 4_000.0;

/// Something on the table beside what grows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Body {
    /// Where it lies.
    pub rect: BoardRect,
    /// Whether it stays whatever comes: what is locked does.
    pub is_fixed: bool,
}

/// How far each body goes aside for what has `grown`: those that lie under it, and those that lie under what went aside.
/// Each goes to the nearest place where it lies on nothing that has its place; where two are as good, on nothing at all.
/// What lies nowhere in the way stays, also where it lies on something else.
pub fn give_way(grown: BoardRect, bodies: &[Body]) -> Vec<BoardVector> {
    let mut ways = vec![BoardVector::default(); bodies.len()];
    let mut waits: Vec<usize> = (0..bodies.len())
        .filter(|&at| !bodies[at].is_fixed)
        .collect();
    // The large ones have the fewest places to go to, and choose first.
    crate::sorting::sort_by(&mut waits, |&a, &b| {
        let area = |at: usize| bodies[at].rect.area();
        area(b).total_cmp(&area(a)).then(a.cmp(&b))
    });
    let mut pushers = vec![grown];
    let fixed: Vec<BoardRect> = bodies
        .iter()
        .filter(|body| body.is_fixed)
        .map(|body| body.rect)
        .collect();
    let is_pushed = |pushers: &[BoardRect], at: usize| {
        let rect = bodies[at].rect;
        pushers.iter().any(|pusher| pusher.overlaps(rect))
    };
    while let Some(next) = waits.iter().position(|&at| is_pushed(&pushers, at)) {
        let at = waits.remove(next);
        let rect = bodies[at].rect;
        let placed: Vec<BoardRect> = pushers.iter().chain(&fixed).copied().collect();
        let others: Vec<BoardRect> = waits.iter().map(|&other| bodies[other].rect).collect();
        let place = nearest_place(rect, &placed, &others);
        ways[at] = place - rect.min;
        pushers.push(rect.moved(ways[at]));
    }
    ways
}

/// The nearest corner for `rect` where it lies on nothing of what has its place. That it would push `others` counts as
/// far as they would have to go.
fn nearest_place(rect: BoardRect, placed: &[BoardRect], others: &[BoardRect]) -> BoardPoint {
    let around = rect.grown(NEAR);
    let near: Vec<BoardRect> = placed
        .iter()
        .filter(|one| one.overlaps(around))
        .copied()
        .collect();
    // The nearest free place touches the edges of what is in the way.
    let mut xs = vec![rect.min.x];
    let mut ys = vec![rect.min.y];
    for one in &near {
        xs.extend([
            (one.min.x - GAP - rect.width()).floor(),
            (one.max.x + GAP).ceil(),
        ]);
        ys.extend([
            (one.min.y - GAP - rect.height()).floor(),
            (one.max.y + GAP).ceil(),
        ]);
    }
    let mut best = (f64::INFINITY, rect.min);
    for &x in &xs {
        for &y in &ys {
            let corner = BoardPoint::new(x, y);
            let way = (corner - rect.min).length();
            if way >= best.0 {
                continue;
            }
            let there = BoardRect::at(corner, rect.size());
            if near.iter().any(|one| one.overlaps(there)) {
                continue;
            }
            let pushed: f64 = others.iter().map(|&other| depth(there, other)).sum();
            if way + pushed < best.0 {
                best = (way + pushed, corner);
            }
        }
    }
    best.1
}

/// How far one must go to lie clear of the other, at least.
fn depth(one: BoardRect, other: BoardRect) -> f64 {
    if !one.overlaps(other) {
        return 0.0;
    }
    let x = (one.max.x - other.min.x).min(other.max.x - one.min.x);
    let y = (one.max.y - other.min.y).min(other.max.y - one.min.y);
    x.min(y) + GAP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;
    use proptest::prelude::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
        BoardRect::at(BoardPoint::new(x, y), Size::new(width, height))
    }

    fn free(rect: BoardRect) -> Body {
        Body {
            rect,
            is_fixed: false,
        }
    }

    fn fixed(rect: BoardRect) -> Body {
        Body {
            rect,
            is_fixed: true,
        }
    }

    /// Bodies that lie on nothing: of those that are drawn, the ones that find room beside the earlier ones.
    fn bodies() -> impl Strategy<Value = Vec<Body>> {
        let one = (
            -1_500.0..1_500.0f64,
            -1_200.0..1_200.0f64,
            prop_oneof![
                Just((184.0, 124.0)),
                Just((620.0, 420.0)),
                Just((424.0, 204.0))
            ],
            prop::bool::weighted(0.15),
        );
        prop::collection::vec(one, 0..40).prop_map(|drawn| {
            let mut bodies: Vec<Body> = Vec::new();
            for (x, y, (width, height), is_fixed) in drawn {
                let rect = rect(x.round(), y.round(), width, height);
                if bodies.iter().all(|other| !other.rect.overlaps(rect)) {
                    bodies.push(Body { rect, is_fixed });
                }
            }
            bodies
        })
    }

    proptest! {
        #[test]
        fn nothing_lies_on_anything_afterwards_and_what_is_locked_has_not_moved(bodies in bodies()) {
            let grown = rect(-200.0, -150.0, 640.0, 460.0);
            let ways = give_way(grown, &bodies);
            let after: Vec<BoardRect> = bodies.iter().zip(&ways).map(|(body, &way)| body.rect.moved(way)).collect();
            for (at, body) in bodies.iter().enumerate() {
                if body.is_fixed {
                    prop_assert_eq!(ways[at], BoardVector::default());
                } else {
                    prop_assert!(!after[at].overlaps(grown));
                }
                for other in &after[..at] {
                    prop_assert!(!after[at].overlaps(*other), "{:?} lies on {:?}", after[at], other);
                }
            }
        }

        #[test]
        fn what_is_not_in_the_way_stays_and_the_rest_goes_no_further_than_past_what_is_there(bodies in bodies()) {
            let grown = rect(-200.0, -150.0, 640.0, 460.0);
            let ways = give_way(grown, &bodies);
            if bodies.iter().all(|body| body.is_fixed || !body.rect.overlaps(grown)) {
                prop_assert!(ways.iter().all(|way| *way == BoardVector::default()));
            }
            let all = bodies.iter().map(|body| body.rect.width() + GAP).sum::<f64>() + grown.width() + 2.0 * GAP;
            for way in &ways {
                prop_assert!(way.length() <= all);
            }
        }

        #[test]
        fn one_that_is_alone_goes_the_shortest_way(x in -180.0..400.0f64, y in -120.0..280.0f64) {
            let grown = rect(0.0, 0.0, 424.0, 304.0);
            let body = rect(x.round(), y.round(), 184.0, 124.0);
            let way = give_way(grown, &[free(body)])[0];
            let shortest = depth(grown, body);
            prop_assert!((way.length() - shortest).abs() < 1.0 + 1e-9, "{way:?} for {shortest}");
        }
    }

    #[test]
    fn a_neighbour_that_is_pushed_pushes_the_next_one() {
        let grown = rect(0.0, 0.0, 400.0, 300.0);
        let row = [
            free(rect(380.0, 0.0, 500.0, 300.0)),
            free(rect(890.0, 100.0, 184.0, 124.0)),
        ];
        // Above and below there is no way: the walls are locked.
        let walls = [
            fixed(rect(-500.0, -420.0, 3_000.0, 400.0)),
            fixed(rect(-500.0, 320.0, 3_000.0, 400.0)),
        ];
        let bodies = [row[0], row[1], walls[0], walls[1]];
        let ways = give_way(grown, &bodies);
        assert_eq!(ways[0], BoardVector::new(36.0, 0.0));
        assert_eq!(ways[1], BoardVector::new(42.0, 0.0));
        assert_eq!(ways[2..], [BoardVector::default(); 2]);
    }

    #[test]
    fn what_lies_on_a_locked_cluster_stays_there() {
        let grown = rect(0.0, 0.0, 400.0, 300.0);
        let bodies = [
            fixed(rect(500.0, 0.0, 400.0, 300.0)),
            free(rect(600.0, 40.0, 184.0, 124.0)),
        ];
        assert_eq!(give_way(grown, &bodies), [BoardVector::default(); 2]);
    }
}
