//! How many lines a text has, for many widths: its words are measured once. It is what `layout::wrap` breaks, counted.

use crate::layout::{
    note::SLACK,
    pieces::{Piece, Widths, pieces},
};

/// A text, with what a line does not part measured.
#[derive(Clone, Debug)]
pub(super) struct Spelled<'a> {
    text: &'a str,
    /// By paragraph; places are those in the text.
    paragraphs: Vec<Vec<Piece>>,
}

impl<'a> Spelled<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut from = 0;
        let paragraphs = text.split('\n').map(|paragraph| {
            let moved = |piece: Piece| Piece {
                from: from + piece.from,
                until: from + piece.until,
                next: from + piece.next,
                ..piece
            };
            let found = pieces(paragraph.trim_end_matches('\r'))
                .map(moved)
                .collect();
            from += paragraph.len() + 1;
            found
        });
        Self {
            paragraphs: paragraphs.collect(),
            text,
        }
    }

    /// The widest word that is no wider than `most`, em of letters of this size.
    pub(super) fn longest(&self, font: f64, most: f64) -> f64 {
        let widths = self
            .paragraphs
            .iter()
            .flatten()
            .map(|piece| piece.width * font);
        widths.filter(|width| *width <= most).fold(0.0, f64::max)
    }

    /// How many lines it has in letters of `font` and a box of `width`.
    pub(super) fn lines(&self, font: f64, width: f64) -> usize {
        let room = width * SLACK / font;
        let lines = |paragraph: &Vec<Piece>| self.lines_of(paragraph, room);
        self.paragraphs.iter().map(lines).sum()
    }

    fn lines_of(&self, paragraph: &[Piece], room: f64) -> usize {
        let (mut lines, mut width, mut is_begun) = (1, 0.0, false);
        for piece in paragraph {
            if is_begun && width + piece.width > room && piece.width > 0.0 {
                lines += 1;
                width = 0.0;
                is_begun = false;
            }
            if piece.width > room {
                let mut widths = Widths::default();
                for (at, letter) in self.text[piece.from..piece.until].char_indices() {
                    let wide = widths.of(letter);
                    if width + wide > room && wide > 0.0 && (at > 0 || is_begun) {
                        lines += 1;
                        width = 0.0;
                    }
                    width += wide;
                }
            } else {
                width += piece.width;
            }
            width += piece.spaces;
            is_begun = true;
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::wrap;
    use proptest::prelude::*;

    #[test]
    fn the_longest_word_is_one_that_a_line_can_hold() {
        let text = Spelled::of("en Hjemmesykepleietjenesten to");
        assert!((text.longest(1.0, 15.0) - 12.053).abs() < 1e-6);
        assert!(text.longest(1.0, 10.0) < 2.0);
    }

    proptest! {
        #[test]
        fn it_counts_what_wrap_breaks(
            text in "[a-zA-Zæøå0-9👍漢е\u{301}\u{200d}\u{ad} \t\r\n()?/.«–-]{0,120}",
            width in 0.4..40.0f64,
        ) {
            let lines = Spelled::of(&text).lines(1.0, width);
            prop_assert_eq!(lines, wrap(&text, 1.0, width).len());
        }
    }
}
