//! A strip of the newest notes, side by side: as many as can be read whole.

use super::{FONT_STEPS, WallArea, measure};
use crate::layout::wrap;

/// The largest letters in it, 1/1080 of the screen's height: what is above it is larger.
const LARGEST: f64 = 36.0;

/// How a strip is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Strip {
    /// How many notes are side by side.
    pub count: usize,
    /// Size of their letters, screen pixels.
    pub font: f64,
    /// Width of a note, screen pixels.
    pub width: f64,
    /// From one note's left edge to the next one's, screen pixels.
    pub step: f64,
    /// So many lines there is room for.
    pub lines: usize,
}

/// As many of the texts, from the first on, as are whole beside each other, with the largest letters in which they
/// are; one at least, which is cut if it must be.
pub fn strip(texts: &[&str], area: WallArea) -> Strip {
    let mut found = Strip::default();
    for count in (1..=texts.len()).rev() {
        for step in FONT_STEPS.into_iter().filter(|&step| step <= LARGEST) {
            let font = step * area.unit;
            let gap = measure::NOTE_GAP;
            let width = ((area.width / font + gap) / count as f64 - gap).max(1.0);
            let room = width - 2.0 * measure::NOTE_SIDE;
            let high = area.height / font - measure::NOTE_ENDS - measure::FOOT;
            found = Strip {
                count,
                font,
                width: width * font,
                step: (width + gap) * font,
                lines: (high / measure::LINE).floor().max(1.0) as usize,
            };
            let is_whole = |text: &&str| {
                wrap(text, 1.0, room).len() <= found.lines
                    && text
                        .split_whitespace()
                        .all(|word| wrap(word, 1.0, room).len() == 1)
            };
            if texts[..count].iter().all(is_whole) {
                return found;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: WallArea = WallArea {
        width: 1_760.0,
        height: 210.0,
        unit: 1.0,
    };

    #[test]
    fn short_notes_are_side_by_side_in_large_letters() {
        let strip = strip(&["Ingen ringte.", "Jeg nikket.", "Natta var verst."], AREA);
        assert_eq!(strip.count, 3);
        assert!((strip.font - LARGEST).abs() < 1e-9);
        assert!(2.0 * strip.step + strip.width <= AREA.width + 1e-6);
    }

    #[test]
    fn a_long_note_has_more_room_and_a_book_is_cut() {
        let long = "Jeg ringte tre ganger, og måtte fortelle det hele på nytt. ".repeat(6);
        let found = strip(&[&long, "Ingen ringte.", "Jeg nikket."], AREA);
        assert!(found.count < 3);
        assert!(wrap(&long, 1.0, found.width / found.font - 1.5).len() <= found.lines);
        let book = long.repeat(20);
        let found = strip(&[&book, "Ingen ringte."], AREA);
        assert_eq!(found.count, 1);
        assert!(found.lines as f64 * measure::LINE * found.font < AREA.height);
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(strip(&[], AREA).count, 0);
    }
}
