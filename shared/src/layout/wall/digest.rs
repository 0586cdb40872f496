//! The digest of a wall that is very full: each note in a line with its first words, under its cluster's title, in
//! columns; what does not fit is on the next page. So everybody's note is seen in some form within minutes.

use super::{FONT_STEPS, WallArea, WallRect};

/// From line to line, em of the notes' letters.
const ROW: f64 = 1.34;
/// A title with the air above it, em.
const HEAD: f64 = 2.1;
/// Between columns, em.
const GAP: f64 = 1.2;
/// A column is not narrower, em: some twenty-two letters of a note.
const NARROWEST: f64 = 12.0;
/// Nor are there fewer of them: a line is not read across the whole wall.
const FEWEST: usize = 3;
/// As long as it takes no more pages, lines are longer instead.
const FEW_PAGES: usize = 4;

/// A cluster, or the notes that are in none, as far as the digest must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigestRegion {
    /// Whether a title stands over it.
    pub has_title: bool,
    /// How many notes are in it.
    pub notes: usize,
}

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestWhat {
    /// The title of the region.
    Head {
        /// It stood at the top of notes before these already.
        is_continued: bool,
    },
    /// Which of its notes.
    Note(usize),
    /// The rest of the region is on the next page.
    GoesOn,
}

/// A row of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DigestRow {
    /// Of which region.
    pub region: usize,
    /// What it says.
    pub what: DigestWhat,
    /// Where it is.
    pub rect: WallRect,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DigestPage {
    /// Size of the letters, screen pixels.
    pub font: f64,
    /// In reading order: down the columns.
    pub rows: Vec<DigestRow>,
    /// Region and note with which the next page begins; `None` after the last.
    pub next: Option<(usize, usize)>,
}

/// In how many columns all of it stands, and how many pages that takes: wide columns while the pages are few.
pub fn digest_columns(regions: &[DigestRegion], area: WallArea) -> (usize, usize) {
    let font = FONT_STEPS[FONT_STEPS.len() - 1] * area.unit;
    let most = ((area.width / font + GAP) / (NARROWEST + GAP)).floor() as usize;
    let most = most.max(1);
    let mut found = (most, 1);
    for columns in FEWEST.min(most)..=most {
        let (mut pages, mut from) = (0, Some((0, 0)));
        while let Some(start) = from {
            from = digest_page(regions, start, columns, area).next;
            pages += 1;
        }
        found = (columns, pages.max(1));
        if pages <= FEW_PAGES {
            break;
        }
    }
    found
}

/// The page that begins with this region and note. Each has at least one note, whatever the screen.
pub fn digest_page(
    regions: &[DigestRegion],
    from: (usize, usize),
    columns: usize,
    area: WallArea,
) -> DigestPage {
    let font = FONT_STEPS[FONT_STEPS.len() - 1] * area.unit;
    let columns = columns.max(1);
    let mut page = Writing {
        rows: Vec::new(),
        column: 0,
        columns,
        top: 0.0,
        room: (area.height / font).max(HEAD + 2.0 * ROW),
        width: (area.width / font + GAP) / columns as f64 - GAP,
        font,
    };
    let (mut region, mut note) = from;
    while let Some(content) = regions.get(region) {
        let is_first = note == 0;
        if note >= content.notes && !(is_first && content.has_title) {
            (region, note) = (region + 1, 0);
            continue;
        }
        // A title has a note below it.
        let head = if content.has_title { HEAD } else { 0.0 };
        let below = match content.notes - note {
            0 => 0.0,
            1 => ROW,
            _ if page.is_last_column() => 2.0 * ROW, // it must be able to say that it goes on
            _ => ROW,
        };
        let least = head + below;
        if !page.has_room(least) && !page.next_column() {
            return page.ends(Some((region, note)));
        }
        if content.has_title {
            let is_continued = !is_first;
            page.write(region, DigestWhat::Head { is_continued }, HEAD);
        }
        while note < content.notes {
            let is_last_row = page.is_last_column() && !page.has_room(2.0 * ROW);
            let is_last_note = note + 1 == content.notes;
            if is_last_row && !is_last_note && page.has_notes() {
                if page.has_room(ROW) {
                    page.write(region, DigestWhat::GoesOn, ROW);
                }
                return page.ends(Some((region, note)));
            }
            if !page.has_room(ROW) {
                break;
            }
            page.write(region, DigestWhat::Note(note), ROW);
            note += 1;
        }
        if note >= content.notes {
            (region, note) = (region + 1, 0);
        } else if !page.next_column() {
            return page.ends(Some((region, note)));
        }
    }
    page.ends(None)
}

/// A page that is being filled.
struct Writing {
    rows: Vec<DigestRow>,
    column: usize,
    columns: usize,
    /// How far the column is filled, em.
    top: f64,
    /// How high it is, em.
    room: f64,
    /// How wide, em.
    width: f64,
    /// Pixels an em.
    font: f64,
}

impl Writing {
    fn has_room(&self, height: f64) -> bool {
        self.top + height <= self.room + 1e-9
    }

    fn is_last_column(&self) -> bool {
        self.column + 1 == self.columns
    }

    fn has_notes(&self) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|row| matches!(row.what, DigestWhat::Note(_)))
    }

    /// False at the end of the page.
    fn next_column(&mut self) -> bool {
        let has_one = !self.is_last_column();
        if has_one {
            self.column += 1;
            self.top = 0.0;
        }
        has_one
    }

    fn write(&mut self, region: usize, what: DigestWhat, height: f64) {
        let left = self.column as f64 * (self.width + GAP);
        self.rows.push(DigestRow {
            region,
            what,
            rect: WallRect {
                left: left * self.font,
                top: self.top * self.font,
                width: self.width * self.font,
                height: height * self.font,
            },
        });
        self.top += height;
    }

    fn ends(self, next: Option<(usize, usize)>) -> DigestPage {
        DigestPage {
            font: self.font,
            rows: self.rows,
            next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{HALL, SMALL},
        *,
    };
    use proptest::prelude::*;

    fn regions() -> impl Strategy<Value = Vec<DigestRegion>> {
        let region = (any::<bool>(), 0..90_usize)
            .prop_map(|(has_title, notes)| DigestRegion { has_title, notes });
        proptest::collection::vec(region, 1..24)
    }

    fn all_pages(regions: &[DigestRegion], columns: usize, area: WallArea) -> Vec<DigestPage> {
        let (mut pages, mut from) = (Vec::new(), Some((0, 0)));
        while let Some(start) = from {
            let page = digest_page(regions, start, columns, area);
            assert_ne!(page.next, Some(start), "it goes on");
            from = page.next;
            pages.push(page);
        }
        pages
    }

    proptest! {
        #[test]
        fn every_note_is_on_exactly_one_page_in_its_order(regions in regions(), columns in 1..6_usize) {
            let mut seen = Vec::new();
            for page in all_pages(&regions, columns, HALL) {
                let notes = page.rows.iter().filter_map(|row| match row.what {
                    DigestWhat::Note(note) => Some((row.region, note)),
                    _ => None,
                });
                seen.extend(notes);
            }
            let all: Vec<_> = regions
                .iter()
                .enumerate()
                .flat_map(|(region, content)| (0..content.notes).map(move |note| (region, note)))
                .collect();
            prop_assert_eq!(seen, all);
        }

        #[test]
        fn nothing_is_outside_nor_over_another_and_no_title_stands_alone(regions in regions(), columns in 1..6_usize) {
            for page in all_pages(&regions, columns, HALL) {
                for (at, row) in page.rows.iter().enumerate() {
                    prop_assert!(row.rect.top + row.rect.height <= HALL.height + 1e-6);
                    prop_assert!(row.rect.left + row.rect.width <= HALL.width + 1e-6);
                    let next = page.rows.get(at + 1);
                    if let Some(next) = next.filter(|next| next.rect.left <= row.rect.left) {
                        prop_assert!(next.rect.top >= row.rect.top + row.rect.height - 1e-6);
                    }
                    let has_notes = regions[row.region].notes > 0;
                    if has_notes && matches!(row.what, DigestWhat::Head { .. }) {
                        let is_its = next.is_some_and(|next| {
                            next.region == row.region && matches!(next.what, DigestWhat::Note(_))
                        });
                        prop_assert!(is_its, "{:?} then {:?}", row, next);
                    }
                }
            }
        }

        #[test]
        fn a_cluster_that_goes_on_says_so(regions in regions(), columns in 1..6_usize) {
            for page in all_pages(&regions, columns, HALL) {
                if let Some((region, note)) = page.next.filter(|(_, note)| *note > 0) {
                    let last = page.rows.last().map(|row| (row.region, row.what));
                    prop_assert_eq!(last, Some((region, DigestWhat::GoesOn)), "{}", note);
                }
            }
        }
    }

    #[test]
    fn a_thousand_notes_are_a_dozen_pages() {
        let regions = [DigestRegion {
            has_title: true,
            notes: 50,
        }; 20];
        for area in [HALL, SMALL] {
            let (_, pages) = digest_columns(&regions, area);
            assert!(pages <= 13, "{pages}");
        }
    }
}
