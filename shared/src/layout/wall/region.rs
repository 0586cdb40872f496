//! How large a cluster is with so many columns of such a width. All measures in em of the notes'
//! letters; `assets/styles/wall.css` draws with the same numbers.

use super::{Paper, PlacedNote, PlacedRegion, WallRect, Words, fit::Plan};
use crate::layout::{advance::advance_em, wrap};
use std::collections::HashMap;

/// The numbers that layout and styles share, in em of the notes' letters.
pub mod measure {
    /// From a frame to what is in it.
    pub const PAD: f64 = 1.0;
    /// Between frames.
    pub const GAP: f64 = 0.75;
    /// Between notes.
    pub const NOTE_GAP: f64 = 0.5;
    /// Left and right of a note's text.
    pub const NOTE_SIDE: f64 = 0.75;
    /// Above a note's text, and below its foot.
    pub const NOTE_ENDS: f64 = 1.0;
    /// From line to line.
    pub const LINE: f64 = 1.24;
    /// The mark's line below the text.
    pub const FOOT: f64 = 1.15;
    /// Letters beside the mark: 0.8, but no smaller than 13 px, which are so many on the smallest wall.
    pub const FOOT_TEXT: f64 = 0.92;
    /// Each more line of them.
    pub const FOOT_LINE: f64 = 1.1;
    /// A mark with the air beside it.
    pub const MARK: f64 = 1.2;
    /// A title's letters.
    pub const TITLE: f64 = 1.35;
    /// A title's lines.
    pub const TITLE_LINE: f64 = 1.62;
    /// The count below a title, and the air below that.
    pub const COUNT: f64 = 1.7;
    /// A sheet of paper has room for so many lines.
    pub const PAPER_LINES: f64 = 3.0;
    /// A wider word in a note, and in a title, may be broken: even the widest column has no room for it.
    pub const LONGEST_WORD: f64 = 15.0;
    /// In a title.
    pub const LONGEST_TITLE_WORD: f64 = 17.0;
    /// More lines than this are cut with an ellipsis: a wall is no place for a page of text.
    pub const MOST_LINES: usize = 12;
    /// The same for a title.
    pub const MOST_TITLE_LINES: usize = 4;
    /// A title's letters are bolder than those in the table, and so wider.
    pub const BOLD: f64 = 1.045;
    /// The narrowest and the widest column, frame to frame.
    pub const COLUMN: std::ops::RangeInclusive<f64> = 11.5..=20.0;
}
use measure::{
    BOLD, COLUMN, COUNT, FOOT, FOOT_LINE, FOOT_TEXT, GAP, LINE, LONGEST_TITLE_WORD, LONGEST_WORD,
    MARK, MOST_LINES, MOST_TITLE_LINES, NOTE_ENDS, NOTE_GAP, NOTE_SIDE, PAD, PAPER_LINES, TITLE,
    TITLE_LINE,
};

/// A cluster to be shown, or the notes that are in none.
#[derive(Clone, Debug, PartialEq)]
pub struct WallRegion<'a> {
    /// By which it is known when the wall is laid out again.
    pub name: &'a str,
    /// What stands over it. Without a title there is no frame either: the notes lie on the wall.
    pub title: &'a str,
    /// Its notes, in reading order.
    pub notes: Vec<WallNote<'a>>,
}

/// A note to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallNote<'a> {
    /// What it says.
    pub text: &'a str,
    /// What stands at its foot beside the marks: whose voice it is.
    pub foot: &'a str,
    /// How many marks stand there.
    pub marks: u8,
}

impl<'a> From<&'a str> for WallNote<'a> {
    fn from(text: &'a str) -> Self {
        Self {
            text,
            foot: "",
            marks: 1,
        }
    }
}

/// Some of a region's notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) region: usize,
    pub(super) from: usize,
    pub(super) until: usize,
}

/// Regions over an area of a certain width, with what was measured so far.
pub(super) struct Measured<'a> {
    regions: &'a [&'a WallRegion<'a>],
    /// Of the area, em.
    width: f64,
    /// A note is at least so many lines high.
    least_lines: f64,
    /// Whether words may be broken in what is measured now.
    pub(super) words: Words,
    /// By region.
    longest: Vec<Longest>,
    /// By region, columns of the area, columns of the region, whether words may be broken.
    sizes: HashMap<(usize, usize, usize, Words), Sizes>,
}

/// A region's measures in a certain number of columns.
struct Sizes {
    head: f64,
    title_lines: usize,
    /// So many notes are side by side.
    across: usize,
    notes: Vec<f64>,
}

/// Whether all this could be on a screen of that size: a cheap look before the exact one.
pub(super) fn could_fit(regions: &[&WallRegion<'_>], width: f64, height: f64) -> bool {
    const SHORT_LINE: usize = 24; // letters in a wide column: an estimate that is rather too low
    let note = |note: &WallNote<'_>| {
        NOTE_ENDS + FOOT + LINE * (1 + note.text.len() / SHORT_LINE).min(MOST_LINES) as f64
    };
    let notes = regions.iter().flat_map(|region| &region.notes);
    let needed: f64 = notes.map(note).sum::<f64>() * (COLUMN.start() - GAP - 2.0 * PAD);
    needed <= width * height
}

/// Letters as the browser sets them are up to some percent wider than our table of advances says, for the wall's
/// are bolder: a long word has its line for sure in so much of it.
const SURE: f64 = 0.95;

/// The longest words of a region, em, and how many lines its title has on the whole width.
struct Longest {
    in_notes: f64,
    in_title: f64,
    title_lines: usize,
}

impl Longest {
    fn of(region: &WallRegion<'_>, width: f64) -> Self {
        let longest = |text: &str, font: f64, most: f64| {
            let words = text.split_whitespace();
            words
                .map(|word| word.chars().map(advance_em).sum::<f64>() * font)
                .filter(|&width| width <= most)
                .fold(0.0, f64::max)
        };
        let note = |note: &WallNote<'_>| {
            let marks = MARK * f64::from(note.marks);
            let foot = longest(note.foot, FOOT_TEXT * BOLD, LONGEST_WORD - marks) + marks;
            longest(note.text, 1.0, LONGEST_WORD).max(foot)
        };
        Self {
            in_notes: region.notes.iter().map(note).fold(0.0, f64::max),
            in_title: longest(region.title, TITLE * BOLD, LONGEST_TITLE_WORD),
            title_lines: wrap(region.title, TITLE * BOLD, width - 2.0 * PAD).len(),
        }
    }
}

impl<'a> Measured<'a> {
    pub(super) fn of(regions: &'a [&'a WallRegion<'a>], width: f64, paper: Paper) -> Self {
        Self {
            regions,
            width,
            words: Words::Whole,
            least_lines: match paper {
                Paper::Roomy => PAPER_LINES,
                Paper::Tight => 1.0,
            },
            longest: regions
                .iter()
                .map(|region| Longest::of(region, width))
                .collect(),
            sizes: HashMap::new(),
        }
    }

    /// Every region with all of its notes.
    pub(super) fn whole(&self) -> Vec<Piece> {
        self.regions
            .iter()
            .enumerate()
            .map(|(region, content)| Piece {
                region,
                from: 0,
                until: content.notes.len(),
            })
            .collect()
    }

    /// How many columns the area can have.
    pub(super) fn most_columns(&self) -> usize {
        (((self.width + GAP) / COLUMN.start()).floor() as usize).max(1)
    }

    /// From frame to frame.
    pub(super) fn column(&self, columns: usize) -> f64 {
        ((self.width + GAP) / columns as f64).min(*COLUMN.end())
    }

    /// The height of a piece when it is `span` of `columns` wide.
    pub(super) fn height(&mut self, piece: Piece, columns: usize, span: usize) -> f64 {
        let pad = self.pad(piece.region);
        let sizes = self.sizes(piece.region, columns, span);
        let rows: f64 = sizes.notes[piece.from..piece.until]
            .chunks(sizes.across)
            .map(|row| NOTE_GAP + row.iter().copied().fold(0.0, f64::max))
            .sum();
        sizes.head + (rows - NOTE_GAP).max(0.0) + 2.0 * pad
    }

    /// Whether it may be so: no word is longer than a line, and the title is whole, or words may be broken.
    pub(super) fn holds_words(&mut self, region: usize, columns: usize, span: usize) -> bool {
        if self.words == Words::Broken {
            return true;
        }
        let longest = &self.longest[region];
        let most_lines = longest.title_lines.max(MOST_TITLE_LINES);
        let frame = self.column(columns) * span as f64 - GAP;
        longest.in_title <= (frame - 2.0 * PAD) * SURE
            && self.notes_hold_words(region, frame, 1)
            && self.sizes(region, columns, span).title_lines <= most_lines
    }

    fn notes_hold_words(&self, region: usize, frame: f64, across: usize) -> bool {
        let room = self.note_width(region, frame, across) - 2.0 * NOTE_SIDE;
        self.longest[region].in_notes <= room * SURE
    }

    /// How many notes are side by side in a frame of `span` columns: one in each, or fewer when a long word
    /// needs more than a column.
    fn across(&self, region: usize, frame: f64, span: usize) -> usize {
        if self.words == Words::Broken {
            return span;
        }
        let holds = |&across: &usize| self.notes_hold_words(region, frame, across);
        (1..=span).rev().find(holds).unwrap_or(span)
    }

    fn pad(&self, region: usize) -> f64 {
        if self.regions[region].title.is_empty() {
            0.0
        } else {
            PAD
        }
    }

    fn sizes(&mut self, region: usize, columns: usize, span: usize) -> &Sizes {
        let frame_width = self.column(columns) * span as f64 - GAP;
        let across = self.across(region, frame_width, span);
        let note_width = self.note_width(region, frame_width, across);
        let least_lines = self.least_lines;
        let content = self.regions[region];
        self.sizes
            .entry((region, columns, span, self.words))
            .or_insert_with(|| {
                let lines = |text: &str, font: f64, width: f64, most: usize| {
                    wrap(text, font, width).len().min(most) as f64
                };
                let room = frame_width - 2.0 * PAD;
                let title_lines = wrap(content.title, TITLE * BOLD, room).len();
                let head = if content.title.is_empty() {
                    0.0
                } else {
                    TITLE_LINE * title_lines.min(MOST_TITLE_LINES) as f64 + COUNT
                };
                let room = note_width - 2.0 * NOTE_SIDE;
                let note = |note: &WallNote<'_>| {
                    let beside = room - MARK * f64::from(note.marks);
                    let foot = lines(note.foot, FOOT_TEXT * BOLD, beside, MOST_LINES);
                    LINE * lines(note.text, 1.0, room, MOST_LINES).max(least_lines)
                        + NOTE_ENDS
                        + FOOT
                        + FOOT_LINE * (foot - 1.0).max(0.0)
                };
                Sizes {
                    head,
                    title_lines,
                    across,
                    notes: content.notes.iter().map(note).collect(),
                }
            })
    }

    fn note_width(&self, region: usize, frame: f64, across: usize) -> f64 {
        (frame - 2.0 * self.pad(region) - (across - 1) as f64 * NOTE_GAP) / across as f64
    }

    /// Where everything of a plan is, em.
    pub(super) fn place(&mut self, plan: &Plan) -> Vec<PlacedRegion> {
        self.words = plan.words;
        let column = self.column(plan.columns);
        let mut placed = Vec::with_capacity(plan.spots.len());
        for spot in &plan.spots {
            let piece = spot.piece;
            let pad = self.pad(piece.region);
            let height = self.height(piece, plan.columns, spot.span);
            let frame = WallRect {
                left: spot.column as f64 * column,
                top: spot.top,
                width: spot.span as f64 * column - GAP,
                height,
            };
            let across = self.across(piece.region, frame.width, spot.span);
            let note_width = self.note_width(piece.region, frame.width, across);
            let sizes = self.sizes(piece.region, plan.columns, spot.span);
            let mut notes = Vec::with_capacity(piece.until - piece.from);
            let mut top = frame.top + pad + sizes.head;
            for row in (piece.from..piece.until).collect::<Vec<_>>().chunks(across) {
                let height = row
                    .iter()
                    .map(|&note| sizes.notes[note])
                    .fold(0.0, f64::max);
                notes.extend(row.iter().enumerate().map(|(place, &note)| PlacedNote {
                    note,
                    rect: WallRect {
                        left: frame.left + pad + place as f64 * (note_width + NOTE_GAP),
                        top,
                        width: note_width,
                        height,
                    },
                }));
                top += height + NOTE_GAP;
            }
            placed.push(PlacedRegion {
                region: piece.region,
                frame,
                notes,
            });
        }
        placed
    }
}
