//! The thread on the wall: lines between what is on the page, under the notes, with a word where it
//! covers nothing.

use super::{WallRect, measure};
use crate::{
    geometry::{BoardPoint, BoardRect, Size},
    layout::{NOTE_FONT, Route, advance::advance_em, clear_route},
};

/// A word's letters, em of the notes' letters.
const WORD: f64 = measure::FOOT_TEXT;
/// Air around a word, em of the notes' letters.
const AIR: f64 = 0.25;

/// A line between two things, in units of a desk note at 100 %: draw it scaled by font / 17.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WallLink {
    /// Its way.
    pub route: Route,
    /// The middle of its word; `None`: there is no room for it.
    pub words: Option<BoardPoint>,
}

/// The line from one thing to another. `covered`: notes and titles that no word may stand on; `room`: width and height of
/// what is seen; all in screen pixels, with letters of `font` pixels.
pub fn wall_link(
    (from, to): (WallRect, WallRect),
    words: &str,
    covered: &[WallRect],
    room: (f64, f64),
    font: f64,
) -> Option<WallLink> {
    let scale = NOTE_FONT / font;
    let scaled = |rect: WallRect| {
        BoardRect::at(
            BoardPoint::new(rect.left * scale, rect.top * scale),
            Size::new(rect.width * scale, rect.height * scale),
        )
    };
    let covered: Vec<BoardRect> = covered.iter().map(|&rect| scaled(rect)).collect();
    let ends = (scaled(from), scaled(to));
    let bounds = BoardRect::at(
        BoardPoint::default(),
        Size::new(room.0 * scale, room.1 * scale),
    );
    // What is within an end, or around it, is not in its way.
    let between: Vec<BoardRect> = covered
        .iter()
        .copied()
        .filter(|rect| !rect.overlaps(ends.0) && !rect.overlaps(ends.1))
        .collect();
    let route = clear_route(ends.0, ends.1, &between, Some(bounds))?;
    let letters: f64 = words.chars().map(advance_em).sum();
    let size = Size::new(
        (letters * WORD * 1.06 + 2.0 * AIR) * NOTE_FONT,
        (WORD * 1.2 + 2.0 * AIR) * NOTE_FONT,
    );
    let is_on_the_wall = |middle: &BoardPoint| {
        let corner = BoardPoint::new(middle.x - size.width / 2.0, middle.y - size.height / 2.0);
        let word = BoardRect::at(corner, size);
        bounds.contains(word.min) && bounds.contains(word.max)
    };
    let words = route.place_for_words(size, &covered).filter(is_on_the_wall);
    Some(WallLink { route, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: (f64, f64) = (1_760.0, 700.0);

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
        let link = wall_link(ends, "svarer på", &[ends.0, ends.1], ROOM, 34.0).unwrap();
        assert_eq!(link.words, Some(link.route.middle()));
        // Something lies in the middle: line and word go round it.
        let between = WallRect {
            left: 600.0,
            top: 0.0,
            width: 120.0,
            height: 200.0,
        };
        let link = wall_link(ends, "svarer på", &[ends.0, ends.1, between], ROOM, 34.0).unwrap();
        let hidden = BoardRect::at(BoardPoint::new(300.0, 0.0), Size::new(60.0, 100.0));
        let word = link.words.expect("there is room above and below");
        assert!(!hidden.contains(word), "{word:?}");
    }

    #[test]
    fn without_room_there_is_a_line_and_no_word() {
        let ends = (note(0.0, 0.0), note(360.0, 0.0));
        let link = wall_link(ends, "svarer på", &[ends.0, ends.1], (700.0, 200.0), 34.0).unwrap();
        assert_eq!(link.words, None);
    }
}
