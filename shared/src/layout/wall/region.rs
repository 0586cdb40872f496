//! How large a cluster is with so many columns of such a width. All measures in em of the notes'
//! letters; `assets/styles/wall.css` draws with the same numbers.

use super::{
    Paper, PlacedNote, PlacedRegion, PlacedTitle, WallRect, Words,
    fit::Plan,
    lines::Spelled,
    titles::{SURE, Title},
};
use crate::layout::wrap;
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
    /// The same for the cluster behind which most voices stand.
    pub const TITLE_OF_MOST: f64 = 1.75;
    /// The same for a title that is too long for them.
    pub const SMALL_TITLE: f64 = 1.05;
    /// A title's lines, of its letters.
    pub const TITLE_LINE: f64 = 1.2;
    /// The count below a title, and the air below that.
    pub const COUNT: f64 = 1.7;
    /// A sheet of paper has room for so many lines.
    pub const PAPER_LINES: f64 = 3.0;
    /// A wider word in a note, and in a title, may be broken: even the widest column has no room for it.
    pub const LONGEST_WORD: f64 = 15.0;
    /// In a title.
    pub const LONGEST_TITLE_WORD: f64 = 17.0;
    /// More lines than this are cut with an ellipsis, if they cannot have longer lines: with the longest title
    /// above it a note of so many lines is as high as the wall.
    pub const MOST_LINES: usize = 12;
    /// A text that is longer even with such lines is folded: a wall is no place for a page of text. It is whole
    /// when it is shown alone.
    pub const WIDEST_TEXT: f64 = 36.0;
    /// What is folded anyhow leaves room for the others: so many lines of it, the last of which says that there is more.
    pub const FOLDED_LINES: usize = 6;
    /// A title of more lines has a wider frame or smaller letters.
    pub const MOST_TITLE_LINES: usize = 4;
    /// In large letters.
    pub const MOST_LINES_OF_MOST: usize = 3;
    /// In small ones. What has more even on the whole width is cut: no person can write so much at once, ten can.
    pub const MOST_LINES_OF_SMALL: usize = 8;
    /// A title's letters are bolder than those in the table, and so wider.
    pub const BOLD: f64 = 1.045;
    /// The narrowest and the widest column, frame to frame.
    pub const COLUMN: std::ops::RangeInclusive<f64> = 11.5..=20.0;
}
use measure::{
    BOLD, COLUMN, COUNT, FOLDED_LINES, FOOT, FOOT_LINE, FOOT_TEXT, GAP, LINE, LONGEST_WORD, MARK,
    MOST_LINES, NOTE_ENDS, NOTE_GAP, NOTE_SIDE, PAD, PAPER_LINES, WIDEST_TEXT,
};

/// A cluster to be shown, or the notes that are in none.
#[derive(Clone, Debug, PartialEq)]
pub struct WallRegion<'a> {
    /// By which it is known when the wall is laid out again.
    pub name: &'a str,
    /// What stands over it. Without a title there is no frame either: the notes lie on the wall.
    pub title: &'a str,
    /// The title's letters, em of the notes': [`measure::TITLE`], or [`measure::TITLE_OF_MOST`].
    pub title_em: f64,
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

/// How many lines of a note are seen whose text has so much room, em, and whether that is not all of it: the last of
/// them then says so.
pub fn seen_lines(text: &str, room: f64) -> (usize, bool) {
    let lines = |width: f64| wrap(text, 1.0, width).len();
    let here = lines(room.max(1.0));
    if here <= MOST_LINES {
        (here, false)
    } else if lines(WIDEST_TEXT) > MOST_LINES {
        (FOLDED_LINES, true)
    } else {
        (MOST_LINES, true)
    }
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
    /// By region: texts and feet of its notes.
    spelled: Vec<Vec<(Spelled<'a>, Spelled<'a>)>>,
    /// By region: the longest word of its notes, em.
    longest: Vec<f64>,
    titles: Vec<Title<'a>>,
    /// By region, columns of the area, columns of the region, whether words may be broken.
    sizes: HashMap<(usize, usize, usize, Words), Sizes>,
}

/// A region's measures in a certain number of columns.
struct Sizes {
    head: f64,
    title: PlacedTitle,
    is_title_whole: bool,
    /// So many notes are side by side.
    across: usize,
    /// Whether no word is broken and no text is cut that need not be.
    is_whole: bool,
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

/// The longest word of a region's notes, em.
fn longest(region: &WallRegion<'_>, notes: &[(Spelled<'_>, Spelled<'_>)]) -> f64 {
    let note = |(note, (text, foot)): (&WallNote<'_>, &(Spelled<'_>, Spelled<'_>))| {
        let marks = MARK * f64::from(note.marks);
        let foot = foot.longest(FOOT_TEXT * BOLD, LONGEST_WORD - marks) + marks;
        text.longest(1.0, LONGEST_WORD).max(foot)
    };
    region.notes.iter().zip(notes).map(note).fold(0.0, f64::max)
}

impl<'a> Measured<'a> {
    pub(super) fn of(regions: &'a [&'a WallRegion<'a>], width: f64, paper: Paper) -> Self {
        let spelled: Vec<Vec<_>> = regions
            .iter()
            .map(|region| {
                let notes = region.notes.iter();
                notes
                    .map(|note| (Spelled::of(note.text), Spelled::of(note.foot)))
                    .collect()
            })
            .collect();
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
                .zip(&spelled)
                .map(|(region, notes)| longest(region, notes))
                .collect(),
            titles: regions
                .iter()
                .map(|region| Title::of(region.title, region.title_em, width))
                .collect(),
            spelled,
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

    /// More notes than this are on no page so high.
    pub(super) fn most_notes(&self, height: f64) -> usize {
        let lowest = LINE + NOTE_ENDS + FOOT + NOTE_GAP;
        self.most_columns() * ((height + NOTE_GAP) / lowest).ceil().max(1.0) as usize
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

    /// Whether it may be so: no word is longer than a line, title and notes are whole; where words may be broken, the title.
    pub(super) fn holds_words(&mut self, region: usize, columns: usize, span: usize) -> bool {
        let may_break = self.words == Words::Broken;
        let sizes = self.sizes(region, columns, span);
        sizes.is_title_whole && (may_break || sizes.is_whole)
    }

    fn pad(&self, region: usize) -> f64 {
        if self.regions[region].title.is_empty() {
            0.0
        } else {
            PAD
        }
    }

    fn sizes(&mut self, region: usize, columns: usize, span: usize) -> &Sizes {
        let key = (region, columns, span, self.words);
        if !self.sizes.contains_key(&key) {
            let sizes = self.measure(region, columns, span);
            self.sizes.insert(key, sizes);
        }
        &self.sizes[&key]
    }

    /// One note in each column, or fewer beside each other when a long word or a long text needs more.
    fn measure(&self, region: usize, columns: usize, span: usize) -> Sizes {
        let frame = self.column(columns) * span as f64 - GAP;
        let content = self.regions[region];
        let room = frame - 2.0 * PAD;
        let title = self.titles[region].placed(room);
        let head = if content.title.is_empty() {
            0.0
        } else {
            title.height() + COUNT
        };
        let is_title_whole = self.titles[region].is_whole(room);
        let beside = |across: usize, is_whole: bool| Sizes {
            head,
            title,
            is_title_whole,
            across,
            is_whole,
            notes: Vec::new(),
        };
        for across in (1..=span).rev() {
            let width = self.note_width(region, frame, across) - 2.0 * NOTE_SIDE;
            let may_break = self.words == Words::Broken;
            if !may_break && self.longest[region] > width * SURE {
                continue;
            }
            if let Some(notes) = self.notes(region, width, self.words) {
                let notes = Sizes {
                    notes,
                    ..beside(across, true)
                };
                return notes;
            }
        }
        let width = self.note_width(region, frame, span) - 2.0 * NOTE_SIDE;
        let notes = self.notes(region, width, Words::Broken);
        Sizes {
            notes: notes.unwrap_or_default(),
            ..beside(span, false)
        }
    }

    /// How high a region's notes are when their texts have so much room; `None` when one would be cut that
    /// need not be.
    fn notes(&self, region: usize, room: f64, words: Words) -> Option<Vec<f64>> {
        let mut heights = Vec::with_capacity(self.regions[region].notes.len());
        let notes = self.regions[region].notes.iter();
        for (note, (text, foot)) in notes.zip(&self.spelled[region]) {
            let lines = text.lines(1.0, room);
            let is_cut = lines > MOST_LINES;
            let is_long = is_cut && text.lines(1.0, WIDEST_TEXT) > MOST_LINES;
            if is_cut && !is_long && words == Words::Whole {
                return None;
            }
            let most = if is_long { FOLDED_LINES } else { MOST_LINES };
            let beside = room - MARK * f64::from(note.marks);
            let foot = foot.lines(FOOT_TEXT * BOLD, beside).min(MOST_LINES);
            heights.push(
                LINE * (lines.min(most) as f64).max(self.least_lines)
                    + NOTE_ENDS
                    + FOOT
                    + FOOT_LINE * (foot as f64 - 1.0).max(0.0),
            );
        }
        Some(heights)
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
            let across = self.sizes(piece.region, plan.columns, spot.span).across;
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
            let title = sizes.title;
            placed.push(PlacedRegion {
                region: piece.region,
                title,
                frame,
                notes,
            });
        }
        placed
    }
}
