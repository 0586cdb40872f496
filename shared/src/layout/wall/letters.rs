//! Words that stand alone on the wall: as large as the room allows.

use crate::layout::wrap;

/// Bold letters are wider than those in the table.
const BOLD: f64 = 1.06;
/// Sizes from large to small differ by this factor.
const STEP: f64 = 0.94;

/// The largest letters, between `smallest` and `largest`, in which bold words fit a box with lines of
/// `line` em and no word broken; the smallest when none do. All in the same unit as the box.
pub fn largest_letters(
    text: &str,
    (width, height): (f64, f64),
    line: f64,
    (smallest, largest): (f64, f64),
) -> f64 {
    let mut size = largest;
    while size > smallest {
        let font = size * BOLD;
        let lines = wrap(text, font, width).len() as f64;
        let breaks_a_word = text
            .split_whitespace()
            .any(|word| wrap(word, font, width).len() > 1);
        if lines * line * size <= height && !breaks_a_word {
            return size;
        }
        size *= STEP;
    }
    smallest
}

/// Bold words that are too many even in the `smallest` letters, in parts that fit the box one after the other; all in one
/// part when they fit.
pub fn text_pages(text: &str, (width, height): (f64, f64), line: f64, smallest: f64) -> Vec<&str> {
    let on_page = (height / (line * smallest)).floor().max(1.0) as usize;
    let mut pages = Vec::new();
    let (mut from, mut until, mut count) = (0, 0, 0);
    // A browser may need a line more than we count on.
    let on_page = if on_page > 4 { on_page - 1 } else { on_page };
    for line in wrap(text, smallest * BOLD, width) {
        let start = text[until..].find(line).map_or(until, |at| until + at);
        if count == on_page {
            pages.push(text[from..until].trim_end());
            (from, count) = (start, 0);
        }
        until = start + line.len();
        count += 1;
    }
    pages.push(text[from..].trim_end());
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: (f64, f64) = (1_600.0, 500.0);

    #[test]
    fn few_words_are_as_large_as_they_may_be() {
        let size = largest_letters("Stem nå", BOX, 1.1, (40.0, 160.0));
        assert!((size - 160.0).abs() < 1e-9);
    }

    #[test]
    fn many_words_fit_and_a_book_is_in_the_smallest() {
        let text = "Jeg fikk tre telefonnumre, og ingen av dem svarte. ".repeat(4);
        let size = largest_letters(&text, BOX, 1.2, (32.0, 160.0));
        assert!((40.0..120.0).contains(&size), "{size}");
        let lines = wrap(&text, size * BOLD, BOX.0).len() as f64;
        assert!(lines * 1.2 * size <= BOX.1);
        let book = largest_letters(&text.repeat(40), BOX, 1.2, (32.0, 160.0));
        assert!((book - 32.0).abs() < 1e-9);
    }

    #[test]
    fn a_book_is_shown_in_parts_and_nothing_of_it_is_lost() {
        let book = "Jeg fikk tre telefonnumre, og ingen av dem svarte.\n".repeat(60);
        let pages = text_pages(&book, BOX, 1.15, 24.0);
        assert!(pages.len() > 2, "{}", pages.len());
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(words(&pages.join(" ")), words(&book));
        assert_eq!(
            text_pages("Ingen svarte.", BOX, 1.15, 24.0),
            ["Ingen svarte."]
        );
    }

    #[test]
    fn a_long_word_is_made_smaller_and_not_broken() {
        let word = "Menneskerettighetsorganisasjonsmedlem";
        let size = largest_letters(word, (800.0, 900.0), 1.1, (20.0, 160.0));
        assert!(size < 60.0, "{size}");
        assert_eq!(wrap(word, size * BOLD, 800.0).len(), 1);
    }
}
