//! The overview of a wall: a card for each cluster, in even rows that fill the room, in the largest letters in which all
//! titles stand whole. Few clusters are not small at the top of an empty wall.

use super::{
    FONT_STEPS, WallArea, WallRect,
    region::measure::{COUNT, GAP, PAD},
    titles::{PlacedTitle, Title},
};

/// Larger letters than on other pages: there is nothing else to be read.
const LARGER: [f64; 2] = [96.0, 80.0];
/// From this size down a long title may have smaller letters than the others.
const SMALLER_FROM: f64 = 42.0;
/// So many cards and fewer: those of a last row that is not full share its width. So they do where it is not half full.
const FEW: usize = 8;
/// In so much room, em, «120 lapper · 4 stemmer» is one line; in less it is one more of such a height.
const COUNT_ROOM: f64 = 10.5;
const COUNT_LINE: f64 = 1.2;
/// A card's width is best so many times its height.
const SHAPE: f64 = 1.9;
/// A place that stays empty is as bad as so much of another shape.
const EMPTY: f64 = 0.6;

/// All cards.
#[derive(Clone, Debug, PartialEq)]
pub struct OverviewPage {
    /// Size of the letters, screen pixels.
    pub font: f64,
    /// In the order of the titles.
    pub cards: Vec<OverviewCard>,
}

/// Where one stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverviewCard {
    /// Its frame.
    pub frame: WallRect,
    /// Its title.
    pub title: PlacedTitle,
}

/// Cards for titles, each with its letters in em of the notes'; `None` when there is no room for all of them.
pub fn overview_page(titles: &[(&str, f64)], area: WallArea) -> Option<OverviewPage> {
    for step in LARGER.into_iter().chain(FONT_STEPS) {
        let font = step * area.unit;
        let (width, height) = (area.width / font, area.height / font);
        let measured: Vec<(Title<'_>, Option<Title<'_>>)> = titles
            .iter()
            .map(|(title, em)| {
                let title = Title::of(title, *em, width);
                let smaller = (step <= SMALLER_FROM).then(|| title.smaller(width));
                (title, smaller)
            })
            .collect();
        let mut best: Option<(f64, Vec<OverviewCard>)> = None;
        for columns in 1..=measured.len() {
            let Some(cards) = cards(&measured, columns, (width, height)) else {
                continue;
            };
            let first = cards[0].frame;
            let empty = measured.len().next_multiple_of(columns) - measured.len();
            let badness = (first.width / first.height / SHAPE).ln().abs()
                + EMPTY * empty as f64 / measured.len() as f64;
            if best.as_ref().is_none_or(|(least, _)| badness < *least) {
                best = Some((badness, cards));
            }
        }
        if let Some((_, mut cards)) = best {
            for card in &mut cards {
                let frame = &mut card.frame;
                for length in [
                    &mut frame.left,
                    &mut frame.top,
                    &mut frame.width,
                    &mut frame.height,
                ] {
                    *length *= font;
                }
            }
            return Some(OverviewPage { font, cards });
        }
    }
    None
}

/// In so many columns, em; `None` when they are too high or too narrow.
fn cards(
    titles: &[(Title<'_>, Option<Title<'_>>)],
    columns: usize,
    (width, height): (f64, f64),
) -> Option<Vec<OverviewCard>> {
    let rows = titles.len().div_ceil(columns);
    let mut cards = Vec::with_capacity(titles.len());
    let mut needs = Vec::with_capacity(rows);
    for row in titles.chunks(columns) {
        let shares = titles.len() <= FEW || 2 * row.len() <= columns;
        let across = if shares { row.len() } else { columns };
        let card = (width + GAP) / across as f64 - GAP;
        let room = card - 2.0 * PAD;
        let count = if room < COUNT_ROOM {
            COUNT + COUNT_LINE
        } else {
            COUNT
        };
        let mut need = 0.0_f64;
        if room < 1.0 {
            return None;
        }
        for (place, (title, smaller)) in row.iter().enumerate() {
            let smaller = smaller.as_ref();
            let mut ways = std::iter::once(title).chain(smaller);
            let title = ways.find(|title| title.is_whole(room))?.placed(room);
            need = need.max(title.height() + count + 2.0 * PAD);
            let frame = WallRect {
                left: place as f64 * (card + GAP),
                width: card,
                ..WallRect::default()
            };
            cards.push(OverviewCard { frame, title });
        }
        needs.push(need);
    }
    let needed: f64 = needs.iter().sum::<f64>() + GAP * (rows as f64 - 1.0);
    if needed > height {
        return None;
    }
    // What is left is shared: low rows first, so that all are as even as they can be.
    let share = even_height(&needs, height - GAP * (rows as f64 - 1.0));
    let mut top = 0.0;
    for (row, need) in cards.chunks_mut(columns).zip(needs) {
        for card in &mut *row {
            card.frame.top = top;
            card.frame.height = need.max(share);
        }
        top += need.max(share) + GAP;
    }
    Some(cards)
}

/// So high is each row that needs less, when all together fill `height`.
fn even_height(needs: &[f64], height: f64) -> f64 {
    let mut highest: Vec<f64> = needs.to_vec();
    crate::sorting::sort_by(&mut highest, |a, b| b.total_cmp(a));
    let mut left = height;
    let mut count = highest.len();
    for need in highest {
        let share = left / count as f64;
        if need <= share {
            return share;
        }
        left -= need;
        count -= 1;
        if count == 0 {
            break;
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            measure,
            tests::{HALL, SMALL},
        },
        *,
    };
    use proptest::prelude::*;

    fn titled<'a>(titles: &[&'a str]) -> Vec<(&'a str, f64)> {
        titles
            .iter()
            .map(|title| (*title, measure::TITLE))
            .collect()
    }

    #[test]
    fn few_clusters_fill_the_wall() {
        let names = [
            "Nettene er verst",
            "Medisinene",
            "Ingen eier overgangen",
            "Uten klynge",
        ];
        for area in [HALL, SMALL] {
            for count in 1..=names.len() {
                let page = overview_page(&titled(&names[..count]), area).unwrap();
                assert!(page.font >= 42.0 * area.unit, "{count}: {}", page.font);
                let covered: f64 = page
                    .cards
                    .iter()
                    .map(|card| card.frame.width * card.frame.height)
                    .sum();
                assert!(
                    covered > 0.85 * area.width * area.height,
                    "{count}: {covered}"
                );
            }
        }
    }

    #[test]
    fn the_longest_title_that_a_person_may_write_stands_whole_among_others() {
        let long =
            "Ingen eier overgangen fra sykehuset til kommunen, og ingen vet hvem som skal ringe "
                .repeat(3);
        let long: String = long.chars().take(crate::limits::MAX_TITLE_UTF16).collect();
        let titles = [
            &*long,
            "Nettene",
            "Medisinene",
            "Vaner vi må slutte med",
            "Uten klynge",
        ];
        for area in [HALL, SMALL] {
            let page = overview_page(&titled(&titles), area).unwrap();
            let card = page.cards[0];
            let room = card.frame.width / page.font - 2.0 * PAD;
            let lines = crate::layout::wrap(&long, card.title.em * measure::BOLD, room).len();
            assert_eq!(card.title.lines, lines, "{card:?}");
        }
    }

    proptest! {
        #[test]
        fn cards_are_inside_and_apart_and_hold_their_titles(
            titles in proptest::collection::vec("[A-Za-zæøå]{1,14}( [a-zæøå]{1,14}){0,12}", 1..40),
            is_small in any::<bool>(),
        ) {
            let area = if is_small { SMALL } else { HALL };
            let titles: Vec<(&str, f64)> = titles.iter().map(|title| (title.as_str(), measure::TITLE)).collect();
            let Some(page) = overview_page(&titles, area) else {
                prop_assert!(titles.len() > 4, "some have room");
                return Ok(());
            };
            prop_assert_eq!(page.cards.len(), titles.len());
            for (at, card) in page.cards.iter().enumerate() {
                let frame = card.frame;
                prop_assert!(frame.left >= 0.0 && frame.top >= 0.0);
                prop_assert!(frame.left + frame.width <= area.width + 1e-6);
                prop_assert!(frame.top + frame.height <= area.height + 1e-6);
                let needed = (card.title.height() + COUNT + 2.0 * PAD) * page.font;
                prop_assert!(needed <= frame.height + 1e-6, "{} in {}", needed, frame.height);
                for other in &page.cards[at + 1..] {
                    let other = other.frame;
                    let is_apart = frame.left + frame.width <= other.left + 1e-6
                        || other.left + other.width <= frame.left + 1e-6
                        || frame.top + frame.height <= other.top + 1e-6
                        || other.top + other.height <= frame.top + 1e-6;
                    prop_assert!(is_apart);
                }
            }
        }
    }
}
