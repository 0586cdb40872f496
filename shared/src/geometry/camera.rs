//! Where the view stands over the board and how near.

use super::{BoardPoint, BoardRect, BoardVector, ScreenPoint, ScreenVector, Size};
use crate::limits::MAX_BOARD_COORDINATE;

/// So far out, 10,000 notes in their usual spread fit a laptop's screen.
pub const MIN_SCALE: f64 = 0.02;
/// So near, one note fills a laptop's screen.
pub const MAX_SCALE: f64 = 4.0;
/// So far past the end of the board one can look, board units: a wide view at its smallest.
const BEYOND: f64 = 200_000.0;

/// The view over the board: which board point is in its top left corner, and how many screen
/// pixels a board unit takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    origin: BoardPoint,
    scale: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            origin: BoardPoint::default(),
            scale: 1.0,
        }
    }
}

impl Camera {
    /// A camera with this board point in its top left corner.
    pub fn new(origin: BoardPoint, scale: f64) -> Self {
        let scale = if scale.is_finite() { scale } else { 1.0 };
        Self {
            origin: BoardPoint::new(within(origin.x), within(origin.y)),
            scale: scale.clamp(MIN_SCALE, MAX_SCALE),
        }
    }

    /// The board point in the top left corner.
    pub fn origin(self) -> BoardPoint {
        self.origin
    }

    /// Screen pixels a board unit; 1 is 100 %.
    pub fn scale(self) -> f64 {
        self.scale
    }

    /// What lies under this place of the view.
    pub fn board_from_screen(self, point: ScreenPoint) -> BoardPoint {
        BoardPoint::new(
            self.origin.x + point.x / self.scale,
            self.origin.y + point.y / self.scale,
        )
    }

    /// Where in the view this board point is.
    pub fn screen_from_board(self, point: BoardPoint) -> ScreenPoint {
        ScreenPoint::new(
            (point.x - self.origin.x) * self.scale,
            (point.y - self.origin.y) * self.scale,
        )
    }

    /// A way in the view, on the board.
    pub fn board_vector(self, way: ScreenVector) -> BoardVector {
        BoardVector::new(way.x / self.scale, way.y / self.scale)
    }

    /// The part of the board that a view of this size (screen pixels) shows.
    pub fn visible(self, view: Size) -> BoardRect {
        BoardRect::at(
            self.origin,
            Size::new(view.width / self.scale, view.height / self.scale),
        )
    }

    /// Moved so that what was under the finger stays under it when it goes this way.
    #[must_use]
    pub fn panned(self, way: ScreenVector) -> Self {
        Self::new(self.origin - self.board_vector(way), self.scale)
    }

    /// Nearer (factor above 1) or farther, while the board point under `at` stays there.
    #[must_use]
    pub fn zoomed(self, factor: f64, at: ScreenPoint) -> Self {
        let fixed = self.board_from_screen(at);
        let scale = (self.scale * factor).clamp(MIN_SCALE, MAX_SCALE);
        Self::new(
            BoardPoint::new(fixed.x - at.x / scale, fixed.y - at.y / scale),
            scale,
        )
    }

    /// Two fingers: the board points that were under them stay under them as far as one scale can.
    #[must_use]
    pub fn pinched(self, before: [ScreenPoint; 2], after: [ScreenPoint; 2]) -> Self {
        let middle = |[a, b]: [ScreenPoint; 2]| {
            ScreenPoint::new(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y))
        };
        let spread = |[a, b]: [ScreenPoint; 2]| (a - b).length().max(1.0);
        self.panned(middle(after) - middle(before))
            .zoomed(spread(after) / spread(before), middle(after))
    }

    /// Shows the whole rectangle in the middle of the view, with a margin (screen pixels), and not
    /// nearer than 100 %.
    pub fn fitting(rect: BoardRect, view: Size, margin: f64) -> Self {
        Self::filled_by(rect, view, margin, 1.0)
    }

    /// The same, and not nearer than `nearest`.
    pub fn filled_by(rect: BoardRect, view: Size, margin: f64, nearest: f64) -> Self {
        let room = Size::new(
            (view.width - 2.0 * margin).max(1.0),
            (view.height - 2.0 * margin).max(1.0),
        );
        let scale = (room.width / rect.width().max(1.0))
            .min(room.height / rect.height().max(1.0))
            .clamp(MIN_SCALE, nearest.clamp(MIN_SCALE, MAX_SCALE));
        let center = rect.center();
        Self::new(
            BoardPoint::new(
                center.x - view.width / scale / 2.0,
                center.y - view.height / scale / 2.0,
            ),
            scale,
        )
    }
}

/// No farther than there is anything to see: beyond, numbers lose the pixels.
fn within(coordinate: f64) -> f64 {
    if coordinate.is_finite() {
        coordinate.clamp(
            -MAX_BOARD_COORDINATE - BEYOND,
            MAX_BOARD_COORDINATE + BEYOND,
        )
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn camera() -> impl Strategy<Value = Camera> {
        (-1e5..1e5f64, -1e5..1e5f64, MIN_SCALE..MAX_SCALE)
            .prop_map(|(x, y, scale)| Camera::new(BoardPoint::new(x, y), scale))
    }

    fn place() -> impl Strategy<Value = ScreenPoint> {
        (0.0..2000.0f64, 0.0..2000.0f64).prop_map(|(x, y)| ScreenPoint::new(x, y))
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_place(camera in camera(), at in place()) {
            let back = camera.screen_from_board(camera.board_from_screen(at));
            prop_assert!((back - at).length() < 1e-3);
        }

        #[test]
        fn what_is_under_the_cursor_stays_there_while_zooming(
            camera in camera(), at in place(), factor in 0.1..10.0f64,
        ) {
            let under = camera.board_from_screen(at);
            let moved = camera.zoomed(factor, at).screen_from_board(under);
            prop_assert!((moved - at).length() < 1e-3);
        }

        #[test]
        fn a_fitted_rectangle_is_wholly_in_view(
            x in -1e4..1e4f64, y in -1e4..1e4f64, width in 1.0..2e4f64, height in 1.0..1e4f64,
        ) {
            let rect = BoardRect::at(BoardPoint::new(x, y), Size::new(width, height));
            let view = Size::new(1440.0, 900.0);
            let seen = Camera::fitting(rect, view, 40.0).visible(view).grown(1e-6);
            prop_assert!(seen.contains(rect.min) && seen.contains(rect.max));
        }
    }

    #[test]
    fn nobody_looks_past_the_end_of_the_board() {
        let far = Camera::default().panned(ScreenVector::new(-1e12, 1e300));
        assert!(far.origin().x <= MAX_BOARD_COORDINATE + BEYOND);
        assert!(far.origin().y >= -MAX_BOARD_COORDINATE - BEYOND);
        let back = far
            .panned(ScreenVector::new(1e300, 0.0))
            .panned(ScreenVector::new(f64::NAN, 0.0));
        assert!(back.origin().x.is_finite() && back.scale().is_finite());
    }

    #[test]
    fn fingers_that_part_bring_the_board_nearer() {
        let before = [
            ScreenPoint::new(100.0, 100.0),
            ScreenPoint::new(200.0, 100.0),
        ];
        let after = [
            ScreenPoint::new(50.0, 100.0),
            ScreenPoint::new(250.0, 100.0),
        ];
        let camera = Camera::default().pinched(before, after);
        assert!((camera.scale() - 2.0).abs() < 1e-9);
        let under = Camera::default().board_from_screen(before[0]);
        assert!((camera.screen_from_board(under) - after[0]).length() < 1e-9);
    }
}
