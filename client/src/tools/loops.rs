//! The loop that is drawn around notes: by hand, or straight across as if it were a rectangle.

use samtavle_shared::geometry::{BoardPoint, BoardRect, Lasso};

/// A loop that encloses less of its own rectangle than this was drawn as a line from corner to
/// corner: the rectangle is meant.
const LINE_SHARE: f64 = 0.12;

/// The rectangle that a line from corner to corner means; `None` for a real loop.
fn meant_rectangle(lasso: &Lasso) -> Option<BoardRect> {
    let bounds = lasso.bounds();
    (enclosed_area(lasso.points()) < LINE_SHARE * bounds.area()).then_some(bounds)
}

/// What a loop takes of these.
pub(super) fn takes(lasso: &Lasso, item: BoardRect) -> bool {
    match meant_rectangle(lasso) {
        Some(rectangle) => rectangle.contains(item.center()),
        None => lasso.takes(item),
    }
}

/// The loop as it is shown.
pub(super) fn outline(lasso: &Lasso) -> Vec<BoardPoint> {
    match meant_rectangle(lasso) {
        Some(BoardRect { min, max }) => {
            vec![
                min,
                BoardPoint::new(max.x, min.y),
                max,
                BoardPoint::new(min.x, max.y),
            ]
        }
        None => lasso.points().to_vec(),
    }
}

/// Gauss's shoelace.
fn enclosed_area(points: &[BoardPoint]) -> f64 {
    let next = points.iter().cycle().skip(1);
    let twice: f64 = points
        .iter()
        .zip(next)
        .map(|(a, b)| a.x * b.y - b.x * a.y)
        .sum();
    twice.abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtavle_shared::geometry::Size;

    fn drawn(points: &[(f64, f64)]) -> Lasso {
        let mut lasso = Lasso::default();
        for &(x, y) in points {
            lasso.draw_to(BoardPoint::new(x, y));
        }
        lasso
    }

    fn item(x: f64, y: f64) -> BoardRect {
        BoardRect::at(BoardPoint::new(x, y), Size::new(10.0, 10.0))
    }

    #[test]
    fn a_line_from_corner_to_corner_takes_what_its_rectangle_holds() {
        let line = drawn(&[(0., 0.), (50., 49.), (100., 100.)]);
        assert!(takes(&line, item(80.0, 5.0)));
        assert!(!takes(&line, item(120.0, 5.0)));
        assert_eq!(outline(&line).len(), 4);
    }

    #[test]
    fn a_loop_takes_what_it_goes_around() {
        let ring = drawn(&[(0., 0.), (100., 0.), (100., 100.), (0., 100.)]);
        assert!(takes(&ring, item(40.0, 40.0)));
        let half = drawn(&[(0., 0.), (100., 0.), (0., 100.)]);
        assert!(!takes(&half, item(85.0, 85.0)));
    }
}
