//! Columns side by side, each with cards from the top, dealt to pages: plans by their state.

use super::{FONT_STEPS, WallArea, measure};
use crate::layout::wrap;
use std::ops::Range;

/// Between columns, em of the cards' letters.
const GAP: f64 = 0.75;
/// A column's head with the air below it, em.
const HEAD: f64 = 2.6;
/// A column is not narrower, em: more of its words would be broken.
const NARROWEST: f64 = 10.0;
/// What is empty gives the others so much of its width, but keeps room for its head, em.
const EMPTY: f64 = 0.6;
const NARROWEST_EMPTY: f64 = 8.0;
/// Letters of what stands under a card's words, em: as large as at a note's foot.
const SMALL: f64 = measure::FOOT_TEXT;
/// Its lines, em.
const SMALL_LINE: f64 = 1.15;
/// Between the words and what stands under them, em.
const BETWEEN: f64 = 0.35;

/// A card: its words, and lines in smaller letters under them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnCard {
    /// What it says.
    pub text: String,
    /// What stands under that, a paragraph each.
    pub under: Vec<String>,
}

/// How columns are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnPages {
    /// Size of the cards' letters, screen pixels.
    pub font: f64,
    /// How wide each column is, as parts of the whole.
    pub parts: Vec<f64>,
    /// For each page, which cards of each column.
    pub pages: Vec<Vec<Range<usize>>>,
}

/// Deals the cards out: with the largest letters in which all are on one page, else with the smallest
/// on several. Each card is on exactly one page.
pub fn column_pages(columns: &[Vec<ColumnCard>], area: WallArea) -> ColumnPages {
    let mut dealt = ColumnPages {
        font: 0.0,
        parts: Vec::new(),
        pages: Vec::new(),
    };
    let smallest = FONT_STEPS[FONT_STEPS.len() - 1];
    for step in FONT_STEPS {
        let (filled, empty) = widths(columns, area.width / (step * area.unit));
        if (filled < NARROWEST || empty < NARROWEST_EMPTY) && step > smallest {
            continue;
        }
        dealt = deal(columns, area, step * area.unit);
        if dealt.pages.len() == 1 {
            break;
        }
    }
    dealt
}

/// How wide a column with cards is, and one without, em.
fn widths(columns: &[Vec<ColumnCard>], width: f64) -> (f64, f64) {
    let parts: f64 = columns.iter().map(|cards| part(cards)).sum();
    let between = GAP * (columns.len().max(1) as f64 - 1.0);
    let filled = (width - between) / parts.max(EMPTY);
    (filled, filled * EMPTY)
}

fn part(cards: &[ColumnCard]) -> f64 {
    if cards.is_empty() { EMPTY } else { 1.0 }
}

fn deal(columns: &[Vec<ColumnCard>], area: WallArea, font: f64) -> ColumnPages {
    let (column, _) = widths(columns, area.width / font);
    let room = area.height / font - HEAD;
    let by_column: Vec<Vec<Range<usize>>> = columns
        .iter()
        .map(|cards| deal_column(cards, column - 2.0 * measure::NOTE_SIDE, room))
        .collect();
    let pages = by_column.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let pages = (0..pages).map(|page| {
        let ranges = by_column.iter().zip(columns);
        let range = |(ranges, cards): (&Vec<Range<usize>>, &Vec<ColumnCard>)| {
            let none = cards.len()..cards.len();
            ranges.get(page).cloned().unwrap_or(none)
        };
        ranges.map(range).collect()
    });
    ColumnPages {
        font,
        parts: columns.iter().map(|cards| part(cards)).collect(),
        pages: pages.collect(),
    }
}

/// At least one card a page, whatever the screen.
fn deal_column(cards: &[ColumnCard], width: f64, room: f64) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let (mut from, mut used) = (0, 0.0);
    for (at, card) in cards.iter().enumerate() {
        let height = height(card, width);
        if at > from && used + height > room {
            pages.push(from..at);
            (from, used) = (at, 0.0);
        }
        used += height + measure::NOTE_GAP;
    }
    if from < cards.len() {
        pages.push(from..cards.len());
    }
    pages
}

fn height(card: &ColumnCard, width: f64) -> f64 {
    let lines = |text: &str, font| wrap(text, font, width).len() as f64;
    let under: f64 = card
        .under
        .iter()
        .map(|text| lines(text, SMALL) * SMALL_LINE)
        .sum();
    let between = if card.under.is_empty() { 0.0 } else { BETWEEN };
    lines(&card.text, 1.0).min(measure::MOST_LINES as f64) * measure::LINE
        + between
        + under
        + measure::NOTE_ENDS
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: WallArea = WallArea {
        width: 1_760.0,
        height: 640.0,
        unit: 1.0,
    };

    fn cards(count: usize) -> Vec<ColumnCard> {
        (0..count)
            .map(|number| ColumnCard {
                text: format!("Plan {number}: ringe hjem dagen etter"),
                under: vec!["Amina og Per · uke 49".to_owned()],
            })
            .collect()
    }

    #[test]
    fn a_few_are_on_one_page_in_large_letters() {
        let dealt = column_pages(&[cards(2), cards(1), vec![], cards(1)], AREA);
        assert_eq!(dealt.pages, [vec![0..2, 0..1, 0..0, 0..1]]);
        assert!(dealt.font >= 32.0);
    }

    #[test]
    fn what_is_empty_leaves_its_room_to_the_others() {
        let one = column_pages(&[cards(3), vec![], vec![], vec![]], AREA);
        let all = column_pages(&[cards(3), cards(1), cards(1), cards(1)], AREA);
        assert!(one.font > all.font, "{} {}", one.font, all.font);
        assert_eq!(one.parts, [1.0, EMPTY, EMPTY, EMPTY]);
    }

    #[test]
    fn many_are_dealt_to_pages_each_once() {
        let columns = [cards(40), cards(3), vec![], cards(11)];
        let dealt = column_pages(&columns, AREA);
        assert!(dealt.pages.len() > 1);
        for (column, cards) in columns.iter().enumerate() {
            let seen: Vec<usize> = dealt
                .pages
                .iter()
                .flat_map(|page| page[column].clone())
                .collect();
            assert_eq!(seen, (0..cards.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_one_empty_page() {
        assert_eq!(column_pages(&[vec![], vec![]], AREA).pages.len(), 1);
    }
}
