//! Points, vectors, sizes and rectangles of the two spaces.
//!
//! *Board units* are CSS pixels at 100 %; y grows downwards. *Screen pixels* are CSS pixels from
//! the top left corner of the view.

use crate::limits::MAX_BOARD_COORDINATE;
use serde::{Deserialize, Serialize};
use std::ops::{Add, Mul, Neg, Sub};

/// A place on the board, in board units. Travels as `[x, y]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct BoardPoint {
    /// To the right.
    pub x: f64,
    /// How far below the origin.
    pub y: f64,
}

/// A way on the board, in board units. Travels as `[x, y]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct BoardVector {
    /// To the right.
    pub x: f64,
    /// How far down; negative: up.
    pub y: f64,
}

/// A place in the view, in screen pixels from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScreenPoint {
    /// To the right.
    pub x: f64,
    /// How far below the top of the view.
    pub y: f64,
}

/// A way in the view, in screen pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScreenVector {
    /// To the right.
    pub x: f64,
    /// How far down; negative: up.
    pub y: f64,
}

/// Width and height, in the units of the space where it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Along x.
    pub width: f64,
    /// Along y.
    pub height: f64,
}

/// An upright rectangle on the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BoardRect {
    /// The top left corner.
    pub min: BoardPoint,
    /// The bottom right corner, never left of or above `min`.
    pub max: BoardPoint,
}

macro_rules! plane {
    ($point:ident, $vector:ident) => {
        impl $point {
            /// The point at these coordinates.
            pub const fn new(x: f64, y: f64) -> Self {
                Self { x, y }
            }
        }

        impl $vector {
            /// The vector with these coordinates.
            pub const fn new(x: f64, y: f64) -> Self {
                Self { x, y }
            }

            /// How long it is.
            pub fn length(self) -> f64 {
                self.x.hypot(self.y)
            }
        }

        impl From<[f64; 2]> for $point {
            fn from([x, y]: [f64; 2]) -> Self {
                Self { x, y }
            }
        }

        impl From<$point> for [f64; 2] {
            fn from(point: $point) -> Self {
                [point.x, point.y]
            }
        }

        impl From<[f64; 2]> for $vector {
            fn from([x, y]: [f64; 2]) -> Self {
                Self { x, y }
            }
        }

        impl From<$vector> for [f64; 2] {
            fn from(vector: $vector) -> Self {
                [vector.x, vector.y]
            }
        }

        impl Add<$vector> for $point {
            type Output = Self;
            fn add(self, way: $vector) -> Self {
                Self::new(self.x + way.x, self.y + way.y)
            }
        }

        impl Sub<$vector> for $point {
            type Output = Self;
            fn sub(self, way: $vector) -> Self {
                Self::new(self.x - way.x, self.y - way.y)
            }
        }

        impl Sub for $point {
            type Output = $vector;
            fn sub(self, from: Self) -> $vector {
                $vector::new(self.x - from.x, self.y - from.y)
            }
        }

        impl Add for $vector {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self::new(self.x + other.x, self.y + other.y)
            }
        }

        impl Mul<f64> for $vector {
            type Output = Self;
            fn mul(self, by: f64) -> Self {
                Self::new(self.x * by, self.y * by)
            }
        }

        impl Neg for $vector {
            type Output = Self;
            fn neg(self) -> Self {
                Self::new(-self.x, -self.y)
            }
        }
    };
}

plane!(BoardPoint, BoardVector);
plane!(ScreenPoint, ScreenVector);

impl BoardPoint {
    /// The nearest point with whole coordinates: half the bytes in the document, and crisp text.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self::new(self.x.round(), self.y.round())
    }

    /// The nearest point that is on the board: beyond, nothing may lie.
    #[must_use]
    pub fn on_board(self) -> Self {
        let within = |number: f64| number.clamp(-MAX_BOARD_COORDINATE, MAX_BOARD_COORDINATE);
        Self::new(within(self.x), within(self.y))
    }

    /// Whether it is a place on the board.
    pub fn is_on_board(self) -> bool {
        self.x.abs() <= MAX_BOARD_COORDINATE && self.y.abs() <= MAX_BOARD_COORDINATE
    }
}

impl Size {
    /// The size with these measures.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }
}

impl BoardRect {
    /// The rectangle with this top left corner and size.
    pub fn at(min: BoardPoint, size: Size) -> Self {
        Self {
            min,
            max: BoardPoint::new(min.x + size.width, min.y + size.height),
        }
    }

    /// The rectangle with these two opposite corners.
    pub fn between(a: BoardPoint, b: BoardPoint) -> Self {
        Self {
            min: BoardPoint::new(a.x.min(b.x), a.y.min(b.y)),
            max: BoardPoint::new(a.x.max(b.x), a.y.max(b.y)),
        }
    }

    /// The smallest rectangle around all of these; `None` around nothing.
    pub fn around(rects: impl IntoIterator<Item = Self>) -> Option<Self> {
        rects.into_iter().reduce(Self::union)
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            min: BoardPoint::new(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: BoardPoint::new(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }

    /// Along x.
    pub fn width(self) -> f64 {
        self.max.x - self.min.x
    }

    /// Along y.
    pub fn height(self) -> f64 {
        self.max.y - self.min.y
    }

    /// Width times height.
    pub fn area(self) -> f64 {
        self.width() * self.height()
    }

    /// Width and height.
    pub fn size(self) -> Size {
        Size::new(self.width(), self.height())
    }

    /// The point in the middle.
    pub fn center(self) -> BoardPoint {
        BoardPoint::new(
            f64::midpoint(self.min.x, self.max.x),
            f64::midpoint(self.min.y, self.max.y),
        )
    }

    /// Whether the point lies in it or on its edge.
    pub fn contains(self, point: BoardPoint) -> bool {
        (self.min.x..=self.max.x).contains(&point.x) && (self.min.y..=self.max.y).contains(&point.y)
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(self, other: Self) -> bool {
        self.min.x < other.max.x
            && other.min.x < self.max.x
            && self.min.y < other.max.y
            && other.min.y < self.max.y
    }

    /// The area that the two share.
    pub fn shared_area(self, other: Self) -> f64 {
        let width = self.max.x.min(other.max.x) - self.min.x.max(other.min.x);
        let height = self.max.y.min(other.max.y) - self.min.y.max(other.min.y);
        width.max(0.0) * height.max(0.0)
    }

    /// The same rectangle with this much more on each side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self {
            min: BoardPoint::new(self.min.x - by, self.min.y - by),
            max: BoardPoint::new(self.max.x + by, self.max.y + by),
        }
    }

    /// The same rectangle, elsewhere.
    #[must_use]
    pub fn moved(self, by: BoardVector) -> Self {
        Self {
            min: self.min + by,
            max: self.max + by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_that_touch_do_not_overlap() {
        let left = BoardRect::at(BoardPoint::new(0.0, 0.0), Size::new(10.0, 10.0));
        assert!(!left.overlaps(left.moved(BoardVector::new(10.0, 0.0))));
        assert!(left.overlaps(left.moved(BoardVector::new(9.0, 0.0))));
    }

    #[test]
    fn the_shared_area_is_that_of_the_common_part() {
        let rect = BoardRect::at(BoardPoint::new(0.0, 0.0), Size::new(10.0, 10.0));
        assert!((rect.shared_area(rect.moved(BoardVector::new(6.0, 5.0))) - 20.0).abs() < 1e-9);
        assert!(
            rect.shared_area(rect.moved(BoardVector::new(20.0, 0.0)))
                .abs()
                < 1e-9
        );
    }

    #[test]
    fn a_point_travels_as_a_pair() {
        let json = serde_json::to_string(&BoardPoint::new(1.0, -2.5)).unwrap();
        assert_eq!(json, "[1.0,-2.5]");
        assert_eq!(
            serde_json::from_str::<BoardPoint>("[1,-2.5]").unwrap(),
            BoardPoint::new(1.0, -2.5)
        );
    }
}
