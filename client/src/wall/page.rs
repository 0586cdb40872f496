//! A page of the wall: everything on it with its name and place.

use super::contents::Content;
use samtavle_shared::{
    ids::{ClusterId, NoteId},
    layout::{DigestPage, DigestWhat, PlacedRegion, PlacedTitle, WallPage, WallRect},
};
use std::collections::HashMap;

/// A page with everything's name and place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    /// Size of the notes' letters, pixels.
    pub(super) font: f64,
    /// In their order.
    pub(super) regions: Vec<Region>,
    /// By note, from the corner of its region.
    pub(super) places: HashMap<NoteId, WallRect>,
    /// Of a digest: what stands in each row.
    pub(super) lines: Vec<Line>,
}

/// A row of a digest.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// What it says.
    pub(super) what: LineWhat,
    /// Where it is.
    pub(super) rect: WallRect,
}

/// What stands in a row of a digest.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LineWhat {
    /// A cluster's title, and how many notes are in it.
    Head {
        /// What it is called.
        title: String,
        /// How many notes are in it.
        count: usize,
        /// It stood at the top of others of its notes already.
        is_continued: bool,
    },
    /// A note's first words.
    Note(NoteId),
    /// The rest of the cluster is on the next page.
    GoesOn,
}

/// A cluster on a page; `None` holds the notes that are in none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Region {
    pub(super) cluster: Option<ClusterId>,
    pub(super) title: String,
    /// Its letters as they are wished for, em of the notes'.
    pub(super) title_em: f64,
    /// How it is drawn.
    pub(super) placed: PlacedTitle,
    /// How many notes are in it, here and on other pages.
    pub(super) count: usize,
    /// Whether it stands here with its counts alone.
    pub(super) is_summed: bool,
    /// How many voices stand behind it; 0 where they are not shown.
    pub(super) voices: usize,
    pub(super) frame: WallRect,
    pub(super) notes: Vec<NoteId>,
}

/// A page of places, with what is in them.
pub(super) fn named(page: WallPage, contents: &[Content]) -> Page {
    let mut places = HashMap::new();
    let regions = page.regions.into_iter().map(|placed: PlacedRegion| {
        let content = &contents[placed.region];
        let notes = placed.notes.iter().map(|note| {
            let id = content.notes[note.note].id.clone();
            let rect = WallRect {
                left: note.rect.left - placed.frame.left,
                top: note.rect.top - placed.frame.top,
                ..note.rect
            };
            places.insert(id.clone(), rect);
            id
        });
        Region {
            cluster: content.cluster.clone(),
            title: content.title.clone(),
            title_em: content.title_em,
            placed: placed.title,
            count: content.count,
            is_summed: content.is_summed,
            voices: content.voices,
            notes: notes.collect(),
            frame: placed.frame,
        }
    });
    let regions = regions.collect();
    Page {
        font: page.font,
        regions,
        places,
        lines: Vec::new(),
    }
}

/// A page of a digest, with what is in it.
pub(super) fn digested(page: DigestPage, contents: &[Content]) -> Page {
    let line = |row: samtavle_shared::layout::DigestRow| {
        let content = contents.get(row.region)?;
        let what = match row.what {
            DigestWhat::Head { is_continued } => LineWhat::Head {
                title: content.title.clone(),
                count: content.count,
                is_continued,
            },
            DigestWhat::Note(note) => LineWhat::Note(content.notes.get(note)?.id.clone()),
            DigestWhat::GoesOn => LineWhat::GoesOn,
        };
        Some(Line {
            what,
            rect: row.rect,
        })
    };
    Page {
        font: page.font,
        lines: page.rows.into_iter().filter_map(line).collect(),
        ..Page::default()
    }
}
