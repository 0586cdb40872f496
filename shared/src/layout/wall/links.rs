//! The thread on the wall: lines between what is on the page, each of which can be followed with the eye, with a word
//! where it covers nothing. Straight across where nothing lies between; in the lanes between notes where they are
//! full; and none where there is no way: it would be a hook that says nothing.

use super::{WallRect, lanes::Lanes, measure};
use crate::{
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    layout::{NOTE_FONT, Route, advance::advance_em, clear_route::clear_route_if_seen},
};

/// A word's letters, em of the notes' letters.
const WORD: f64 = measure::FOOT_TEXT;
/// Air around a word, em of the notes' letters.
const AIR: f64 = 0.25;
/// How long and how wide an arrowhead in a lane is, board units: it has less room than on the desk.
const HEAD: Size = Size::new(9.5, 10.0);

/// How a line goes.
#[derive(Clone, Debug, PartialEq)]
pub enum WallWay {
    /// Across what is free.
    Curve(Route),
    /// Along lanes: its corners, from an edge to the arrow's tip.
    Lanes(Vec<BoardPoint>),
}

/// A line between two things, in units of a desk note at 100 %: draw it scaled by font / 17.
#[derive(Clone, Debug, PartialEq)]
pub struct WallLink {
    /// Its way.
    pub way: WallWay,
    /// The middle of its word; `None`: there is no room for it.
    pub words: Option<BoardPoint>,
}

impl WallWay {
    /// The arrowhead: its tip, and the two corners behind.
    pub fn head(&self) -> [BoardPoint; 3] {
        match self {
            Self::Curve(route) => route.head(),
            Self::Lanes(corners) => {
                let [.., before, tip] = corners.as_slice() else {
                    return [BoardPoint::default(); 3];
                };
                let way = *tip - *before;
                let way = way * (1.0 / way.length().max(f64::MIN_POSITIVE));
                let side = BoardVector::new(-way.y, way.x) * (HEAD.height / 2.0);
                let back = *tip + way * -HEAD.width;
                [*tip, back + side, back + side * -1.0]
            }
        }
    }
}

/// The lines between pairs of things, each with what it says; `None` where no line could be followed. `covered`: notes and
/// titles that no line and no word may stand on; `room`: width and height of what is seen; all in screen pixels, with letters
/// of `font` pixels.
pub fn wall_links(
    pairs: &[((WallRect, WallRect), &str)],
    covered: &[WallRect],
    room: (f64, f64),
    font: f64,
) -> Vec<Option<WallLink>> {
    if pairs.is_empty() {
        return Vec::new();
    }
    let scale = NOTE_FONT / font;
    let scaled = |rect: WallRect| {
        BoardRect::at(
            BoardPoint::new(rect.left * scale, rect.top * scale),
            Size::new(rect.width * scale, rect.height * scale),
        )
    };
    let covered: Vec<BoardRect> = covered.iter().map(|&rect| scaled(rect)).collect();
    let bounds = BoardRect::at(
        BoardPoint::default(),
        Size::new(room.0 * scale, room.1 * scale),
    );
    let mut lanes = Lanes::between(covered.clone(), bounds);
    let pairs = pairs.iter();
    pairs
        .map(|&((from, to), words)| {
            let way = way(&mut lanes, (scaled(from), scaled(to)), &covered, bounds)?;
            let words = place_for_words(&way, words, &covered, bounds);
            Some(WallLink { way, words })
        })
        .collect()
}

fn way(
    lanes: &mut Lanes,
    (from, to): (BoardRect, BoardRect),
    covered: &[BoardRect],
    bounds: BoardRect,
) -> Option<WallWay> {
    // What is within an end, or around it, is not in its way.
    let between: Vec<BoardRect> = covered
        .iter()
        .copied()
        .filter(|rect| !rect.overlaps(from) && !rect.overlaps(to))
        .collect();
    let curve = clear_route_if_seen(from, to, &between, bounds);
    if let Some((route, true)) = curve {
        return Some(WallWay::Curve(route));
    }
    let is_one_within_the_other = from.overlaps(to);
    let in_lanes = (!is_one_within_the_other)
        .then(|| lanes.way(from, to))
        .flatten();
    in_lanes
        .map(WallWay::Lanes)
        .or_else(|| curve.map(|(route, _)| WallWay::Curve(route)))
}

/// The middle of a word where it covers nothing.
fn place_for_words(
    way: &WallWay,
    words: &str,
    covered: &[BoardRect],
    bounds: BoardRect,
) -> Option<BoardPoint> {
    let letters: f64 = words.chars().map(advance_em).sum();
    let size = Size::new(
        (letters * WORD * 1.06 + 2.0 * AIR) * NOTE_FONT,
        (WORD * 1.2 + 2.0 * AIR) * NOTE_FONT,
    );
    let around = |middle: &BoardPoint| {
        let corner = BoardPoint::new(middle.x - size.width / 2.0, middle.y - size.height / 2.0);
        BoardRect::at(corner, size)
    };
    let is_on_the_wall = |middle: &BoardPoint| {
        let word = around(middle);
        bounds.contains(word.min) && bounds.contains(word.max)
    };
    match way {
        WallWay::Curve(route) => route.place_for_words(size, covered).filter(is_on_the_wall),
        WallWay::Lanes(corners) => {
            let middles = corners.windows(2).map(|pair| {
                let [a, b] = [pair[0], pair[1]];
                BoardPoint::new(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y))
            });
            let is_free = |middle: &BoardPoint| {
                let word = around(middle);
                is_on_the_wall(middle) && !covered.iter().any(|rect| rect.overlaps(word))
            };
            let mut middles = middles;
            middles.find(is_free)
        }
    }
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

    fn one(ends: (WallRect, WallRect), covered: &[WallRect], room: (f64, f64)) -> WallLink {
        let links = wall_links(&[(ends, "svarer på")], covered, room, 34.0);
        links.into_iter().flatten().next().expect("a line")
    }

    #[test]
    fn a_word_stands_on_the_line_where_nothing_is_covered() {
        let ends = (note(0.0, 0.0), note(1_000.0, 0.0));
        let link = one(ends, &[ends.0, ends.1], ROOM);
        let WallWay::Curve(route) = link.way else {
            panic!("nothing lies between: {link:?}");
        };
        assert_eq!(link.words, Some(route.middle()));
        // Something lies in the middle: line and word go round it.
        let between = WallRect {
            left: 600.0,
            top: 0.0,
            width: 120.0,
            height: 200.0,
        };
        let link = one(ends, &[ends.0, ends.1, between], ROOM);
        let hidden = BoardRect::at(BoardPoint::new(300.0, 0.0), Size::new(60.0, 100.0));
        let word = link.words.expect("there is room above and below");
        assert!(!hidden.contains(word), "{word:?}");
    }

    #[test]
    fn neighbours_have_a_line_that_is_seen_and_no_word_without_room() {
        let column = [0, 1, 2].map(|place| note(20.0, 20.0 + f64::from(place) * 217.0));
        let link = one((column[0], column[1]), &column, (380.0, 700.0));
        let WallWay::Lanes(corners) = &link.way else {
            panic!("it goes along their side: {link:?}");
        };
        assert_eq!(corners.len(), 4);
        assert_eq!(link.words, None);
        let head = link.way.head();
        assert!((head[0] - corners[3]).length() < 1e-9);
    }

    #[test]
    fn what_lies_in_the_other_has_no_line() {
        let frame = WallRect {
            left: 0.0,
            top: 0.0,
            width: 900.0,
            height: 600.0,
        };
        let inner = note(40.0, 120.0);
        assert_eq!(
            wall_links(&[((frame, inner), "svarer på")], &[inner], ROOM, 34.0),
            [None]
        );
    }
}
