//! How the board's picture lies in its frame: how near, and which part of it is seen.

use samtavle_shared::geometry::{BoardPoint, BoardRect, Size};

/// At least as near as this one can look, as often as the picture fits in its frame.
const NEAREST: f64 = 4.0;

/// A picture in a frame in which it can be scrolled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// How large the frame is, pixels.
    pub(super) frame: Size,
    /// What the picture shows in all.
    pub(super) around: BoardRect,
    /// How often as large as the frame the picture is.
    pub(super) nearness: f64,
}

impl Sight {
    /// Pixels to a board unit when the whole picture fits.
    fn fitting(self) -> f64 {
        let across = self.frame.width / self.around.width().max(1.0);
        across.min(self.frame.height / self.around.height().max(1.0))
    }

    /// Pixels to a board unit as it lies now.
    pub(super) fn scale(self) -> f64 {
        self.fitting() * self.nearness
    }

    /// The nearest that one can look: a note as large as on a desk.
    pub(super) fn nearest(self) -> f64 {
        (1.0 / self.fitting()).max(NEAREST)
    }

    /// The same picture so near that this part fills the frame.
    pub(super) fn looking_at(self, part: BoardRect) -> Self {
        let across = self.frame.width / part.width().max(1.0);
        let scale = across.min(self.frame.height / part.height().max(1.0));
        let nearness = (scale / self.fitting()).clamp(1.0, self.nearest());
        Self { nearness, ..self }
    }

    /// Pixels to a board unit, and where in the picture the board's corner is, pixels.
    fn lies(self) -> (f64, f64, f64) {
        let scale = self.fitting() * self.nearness;
        let spare =
            |frame: f64, around: f64| (frame * self.nearness - scale * around).max(0.0) / 2.0;
        (
            scale,
            spare(self.frame.width, self.around.width()),
            spare(self.frame.height, self.around.height()),
        )
    }

    /// How far the frame is scrolled when this point is in its middle, pixels.
    pub(super) fn scrolled_to(self, middle: BoardPoint) -> (f64, f64) {
        let (scale, left, top) = self.lies();
        (
            left + (middle.x - self.around.min.x) * scale - self.frame.width / 2.0,
            top + (middle.y - self.around.min.y) * scale - self.frame.height / 2.0,
        )
    }

    /// Which part of the board is seen when the frame is scrolled so far, pixels.
    pub(super) fn part_seen(self, (across, down): (f64, f64)) -> BoardRect {
        let (scale, left, top) = self.lies();
        let corner = BoardPoint::new(
            self.around.min.x + (across - left) / scale,
            self.around.min.y + (down - top) / scale,
        );
        let size = Size::new(self.frame.width / scale, self.frame.height / scale);
        BoardRect::at(corner, size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone() -> Sight {
        Sight {
            frame: Size::new(360.0, 300.0),
            around: BoardRect::at(BoardPoint::new(-500.0, 100.0), Size::new(4000.0, 1500.0)),
            nearness: 1.0,
        }
    }

    #[test]
    fn what_is_looked_at_is_seen_whole_and_in_the_middle() {
        let part = BoardRect::at(BoardPoint::new(1000.0, 600.0), Size::new(700.0, 400.0));
        let sight = phone().looking_at(part);
        let seen = sight.part_seen(sight.scrolled_to(part.center()));
        assert!((seen.center().x - part.center().x).abs() < 1e-6, "{seen:?}");
        assert!((seen.center().y - part.center().y).abs() < 1e-6, "{seen:?}");
        assert!(seen.min.x <= part.min.x && seen.max.x >= part.max.x);
        assert!(seen.min.y <= part.min.y && seen.max.y >= part.max.y);
    }

    #[test]
    fn looking_again_at_what_is_seen_changes_nothing() {
        let sight = Sight {
            nearness: 3.0,
            ..phone()
        };
        let seen = sight.part_seen((200.0, 150.0));
        let again = sight.looking_at(seen);
        assert!((again.nearness - 3.0).abs() < 1e-9);
        let (across, down) = again.scrolled_to(seen.center());
        assert!((across - 200.0).abs() < 1e-6 && (down - 150.0).abs() < 1e-6);
    }

    #[test]
    fn nobody_looks_at_a_speck_nor_from_outside() {
        let speck = BoardRect::at(BoardPoint::default(), Size::new(1.0, 1.0));
        let all = phone().around.grown(9_000.0);
        assert!((phone().looking_at(speck).nearness - phone().nearest()).abs() < 1e-9);
        assert!((phone().looking_at(all).nearness - 1.0).abs() < 1e-9);
    }
}
