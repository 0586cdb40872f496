//! The thread on the wall: lines between what is on the page, under the notes, with a word where it
//! covers nothing.

use super::{WallRect, measure};
use crate::{
    geometry::{BoardPoint, BoardRect, Size},
    layout::{NOTE_FONT, Route, advance::advance_em, route},
};

/// A word's letters, em of the notes' letters.
const WORD: f64 = measure::FOOT_TEXT;
/// Air around a word, em of the notes' letters.
const AIR: f64 = 0.25;
/// Where along the line a word may stand, the best first.
const PLACES: [f64; 7] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

/// A line between two things, in units of a desk note at 100 %: draw it scaled by font / 17.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WallLink {
    /// Its way.
    pub route: Route,
    /// The middle of its word; `None`: there is no room for it.
    pub words: Option<BoardPoint>,
}

/// The line from one thing to another. `covered`: notes and titles that no word may stand on; all in
/// screen pixels, with letters of `font` pixels.
pub fn wall_link(
    (from, to): (WallRect, WallRect),
    words: &str,
    covered: &[WallRect],
    font: f64,
) -> Option<WallLink> {
    let scale = NOTE_FONT / font;
    let scaled = |rect: WallRect| {
        BoardRect::at(
            BoardPoint::new(rect.left * scale, rect.top * scale),
            Size::new(rect.width * scale, rect.height * scale),
        )
    };
    let route = route(scaled(from), scaled(to))?;
    let letters: f64 = words.chars().map(advance_em).sum();
    let size = Size::new(
        (letters * WORD * 1.06 + 2.0 * AIR) * NOTE_FONT,
        (WORD * 1.2 + 2.0 * AIR) * NOTE_FONT,
    );
    let is_free = |middle: &BoardPoint| {
        let corner = BoardPoint::new(middle.x - size.width / 2.0, middle.y - size.height / 2.0);
        let word = BoardRect::at(corner, size);
        corner.x >= 0.0
            && corner.y >= 0.0
            && !covered.iter().any(|&rect| scaled(rect).overlaps(word))
    };
    let words = PLACES.into_iter().map(|part| route.at(part)).find(is_free);
    Some(WallLink { route, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(left: f64, top: f64) -> WallRect {
        WallRect {
            left,
            top,
            width: 340.0,
            height: 200.0,
        }
    }

    #[test]
    fn a_word_stands_on_the_line_where_nothing_is_covered() {
        let ends = (note(0.0, 0.0), note(1_000.0, 0.0));
        let link = wall_link(ends, "svarer på", &[ends.0, ends.1], 34.0).unwrap();
        assert_eq!(link.words, Some(link.route.middle()));
        // Something lies in the middle: the word goes beside it.
        let between = WallRect {
            left: 600.0,
            top: 0.0,
            width: 120.0,
            height: 200.0,
        };
        let link = wall_link(ends, "svarer på", &[ends.0, ends.1, between], 34.0).unwrap();
        assert!(link.words.is_some_and(|words| words != link.route.middle()));
    }

    #[test]
    fn without_room_there_is_a_line_and_no_word() {
        let ends = (note(0.0, 0.0), note(360.0, 0.0));
        let link = wall_link(ends, "svarer på", &[ends.0, ends.1], 34.0).unwrap();
        assert_eq!(link.words, None);
    }
}
