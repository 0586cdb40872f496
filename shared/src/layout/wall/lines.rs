//! How many lines a text has, for many widths: its words are measured once. It is what `layout::wrap` breaks, counted.

use crate::layout::{advance::advance_em, note::SLACK};

/// A text, with its words measured.
#[derive(Clone, Debug)]
pub(super) struct Spelled<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    /// From here to there in the text, and how wide, em.
    Word(usize, usize, f64),
    /// How wide, em.
    Spaces(f64),
    End,
}

impl<'a> Spelled<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut pieces = Vec::with_capacity(text.len() / 3 + 2);
        let mut from = 0;
        for paragraph in text.split('\n') {
            spell(paragraph.trim_end_matches('\r'), from, &mut pieces);
            pieces.push(Piece::End);
            from += paragraph.len() + 1;
        }
        Self { text, pieces }
    }

    /// The widest word that is no wider than `most`, em of letters of this size.
    pub(super) fn longest(&self, font: f64, most: f64) -> f64 {
        let widths = self.pieces.iter().map(|piece| match *piece {
            Piece::Word(_, _, width) if width * font <= most => width * font,
            _ => 0.0,
        });
        widths.fold(0.0, f64::max)
    }

    /// How many lines it has in letters of `font` and a box of `width`.
    pub(super) fn lines(&self, font: f64, width: f64) -> usize {
        let room = width * SLACK / font;
        let mut lines = 0;
        let mut line = Line::default();
        for piece in &self.pieces {
            match *piece {
                Piece::Spaces(width) => {
                    line.width += width;
                    line.has_space = true;
                    line.is_begun = true;
                }
                Piece::Word(_, _, width) if line.width + width <= room => {
                    line.width += width;
                    line.is_begun = true;
                }
                Piece::Word(from, until, _) => {
                    if line.has_space {
                        lines += 1;
                        line = Line::default();
                    }
                    lines += line.break_word(&self.text[from..until], room);
                }
                Piece::End => {
                    lines += 1;
                    line = Line::default();
                }
            }
        }
        lines
    }
}

#[derive(Default)]
struct Line {
    width: f64,
    has_space: bool,
    is_begun: bool,
}

impl Line {
    /// Letter by letter: gives how many lines were filled.
    fn break_word(&mut self, word: &str, room: f64) -> usize {
        let mut filled = 0;
        for letter in word.chars() {
            let width = advance_em(letter);
            if self.width + width > room && self.is_begun {
                filled += 1;
                self.width = 0.0;
            }
            self.width += width;
            self.is_begun = true;
        }
        filled
    }
}

fn spell(paragraph: &str, from: usize, pieces: &mut Vec<Piece>) {
    let (mut word, mut spaces): (Option<(usize, f64)>, f64) = (None, 0.0);
    for (at, letter) in paragraph.char_indices() {
        let width = advance_em(letter);
        if letter == ' ' {
            if let Some((start, width)) = word.take() {
                pieces.push(Piece::Word(from + start, from + at, width));
            }
            spaces += width;
        } else {
            if spaces > 0.0 {
                pieces.push(Piece::Spaces(spaces));
                spaces = 0.0;
            }
            let (start, before) = word.unwrap_or((at, 0.0));
            word = Some((start, before + width));
        }
    }
    if let Some((start, width)) = word {
        pieces.push(Piece::Word(from + start, from + paragraph.len(), width));
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
            text in "[a-zA-Zæøå👍 \r\n-]{0,120}",
            width in 0.4..40.0f64,
        ) {
            let lines = Spelled::of(&text).lines(1.0, width);
            prop_assert_eq!(lines, wrap(&text, 1.0, width).len());
        }
    }
}
