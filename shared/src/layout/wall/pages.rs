//! Dealing out notes to pages, when one page cannot hold all of them.

use super::{
    Words,
    fit::{Plan, Spot, best, fits},
    region::{Measured, Piece},
};

/// A cluster goes on over a page's end only when this many notes of it come before: a single note
/// under a title says little.
const FEWEST_BEFORE_BREAK: usize = 3;

/// One plan a page, in the order of the regions and of the notes in them; no more than `most` pages.
pub(super) fn deal(measured: &mut Measured<'_>, height: f64, most: usize) -> Vec<Plan> {
    let mut pages = Vec::new();
    let mut page: Vec<Piece> = Vec::new();
    let mut waiting: Vec<Piece> = measured.whole();
    waiting.reverse();
    while let Some(piece) = waiting.pop() {
        let count = notes_that_fit(measured, &page, piece, height);
        let all = piece.until - piece.from;
        if count == Some(all) {
            page.push(piece);
            continue;
        }
        let part = count.filter(|&count| count >= FEWEST_BEFORE_BREAK.min(all) || page.is_empty());
        match part {
            // On a page of its own a piece gets at least one note, whatever the screen.
            Some(count) => page.push(Piece {
                until: piece.from + count.max(1),
                ..piece
            }),
            None if page.is_empty() => page.push(Piece {
                until: piece.from + all.min(1),
                ..piece
            }),
            None => {}
        }
        let dealt = page
            .last()
            .filter(|last| last.region == piece.region)
            .map_or(piece.from, |last| last.until);
        if dealt < piece.until {
            waiting.push(Piece {
                from: dealt,
                ..piece
            });
        }
        finish(measured, &mut page, height, &mut pages);
        if pages.len() >= most {
            return pages;
        }
    }
    finish(measured, &mut page, height, &mut pages);
    pages
}

/// How many of a piece's notes fit on the page with what is on it; `None` when not even its title.
fn notes_that_fit(
    measured: &mut Measured<'_>,
    page: &[Piece],
    piece: Piece,
    height: f64,
) -> Option<usize> {
    // Of a large cluster no more is looked at than a page can ever hold.
    let most = (piece.until - piece.from).min(measured.most_notes(height));
    let mut fit_with = |count: usize| {
        let mut pieces = page.to_vec();
        pieces.push(Piece {
            until: piece.from + count,
            ..piece
        });
        fits(measured, &pieces, height)
    };
    if fit_with(most) {
        return Some(most);
    }
    if !fit_with(most.min(1)) {
        return None;
    }
    // So many fit, and so many do not.
    let (mut fitting, mut too_many) = (1, most);
    while too_many - fitting > 1 {
        let middle = usize::midpoint(fitting, too_many);
        if fit_with(middle) {
            fitting = middle;
        } else {
            too_many = middle;
        }
    }
    Some(fitting)
}

fn finish(measured: &mut Measured<'_>, page: &mut Vec<Piece>, height: f64, pages: &mut Vec<Plan>) {
    let pieces = std::mem::take(page);
    if let Some(&first) = pieces.first() {
        let whole = best(measured, &pieces, Words::Whole, height);
        let plan = whole.or_else(|| best(measured, &pieces, Words::Broken, height));
        pages.push(plan.unwrap_or_else(|| {
            // Only on a screen too small for one note: it is shown as far as there is room.
            let spot = Spot {
                piece: first,
                column: 0,
                span: 1,
                top: 0.0,
            };
            Plan {
                words: Words::Broken,
                columns: 1,
                spots: vec![spot],
            }
        }));
    }
}
