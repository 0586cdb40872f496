//! A loop drawn by hand around what is to be selected.

use super::{BoardPoint, BoardRect};

/// A closed line on the board; it closes by itself from its last point to its first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lasso {
    points: Vec<BoardPoint>,
}

impl Lasso {
    /// Starts a line here.
    pub fn starting_at(point: BoardPoint) -> Self {
        Self {
            points: vec![point],
        }
    }

    /// Draws on to here.
    pub fn draw_to(&mut self, point: BoardPoint) {
        self.points.push(point);
    }

    /// The line drawn so far.
    pub fn points(&self) -> &[BoardPoint] {
        &self.points
    }

    /// The smallest rectangle around it.
    pub fn bounds(&self) -> BoardRect {
        BoardRect::around(self.points.iter().map(|&point| BoardRect {
            min: point,
            max: point,
        }))
        .unwrap_or_default()
    }

    /// Whether it goes around this point (even-odd rule, W. R. Franklin's crossing test).
    pub fn encloses(&self, point: BoardPoint) -> bool {
        let mut is_inside = false;
        let Some(&(mut previous)) = self.points.last() else {
            return false;
        };
        for &corner in &self.points {
            if (corner.y > point.y) != (previous.y > point.y) {
                let along = (point.y - corner.y) / (previous.y - corner.y);
                if point.x < corner.x + along * (previous.x - corner.x) {
                    is_inside = !is_inside;
                }
            }
            previous = corner;
        }
        is_inside
    }

    /// Whether it takes this item: it goes around its middle.
    pub fn takes(&self, item: BoardRect) -> bool {
        self.encloses(item.center())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lasso(points: &[(f64, f64)]) -> Lasso {
        let mut lasso = Lasso::default();
        for &(x, y) in points {
            lasso.draw_to(BoardPoint::new(x, y));
        }
        lasso
    }

    #[test]
    fn a_loop_takes_what_it_goes_around_and_nothing_in_its_dent() {
        // The shape of a U: what stands between its arms is outside.
        let u = lasso(&[
            (0., 0.),
            (3., 0.),
            (3., 7.),
            (7., 7.),
            (7., 0.),
            (10., 0.),
            (10., 10.),
            (0., 10.),
        ]);
        assert!(u.encloses(BoardPoint::new(1.5, 3.0)));
        assert!(u.encloses(BoardPoint::new(5.0, 8.5)));
        assert!(!u.encloses(BoardPoint::new(5.0, 3.0)));
        assert!(!u.encloses(BoardPoint::new(11.0, 3.0)));
    }

    #[test]
    fn a_line_of_no_or_two_points_takes_nothing() {
        assert!(!Lasso::default().encloses(BoardPoint::default()));
        assert!(!lasso(&[(0., 0.), (5., 5.)]).encloses(BoardPoint::new(2.0, 2.0)));
    }
}
