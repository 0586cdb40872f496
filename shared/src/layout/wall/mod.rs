//! The wall's picture: clusters laid out to fill a screen that nobody touches.
//!
//! The screen is cut into even columns. Each cluster takes as many of them as it needs to be no
//! higher than the others, and goes where the columns are lowest so far, in the clusters' order. The
//! letters are as large as they can be; when even the smallest are too large for all notes, the
//! notes are dealt out to pages. Everything is counted in em of the notes' letters, and becomes
//! pixels at the end.

mod columns;
mod fit;
mod letters;
mod links;
mod pages;
mod region;

pub use columns::{ColumnCard, ColumnPages, column_pages};
pub use letters::largest_letters;
pub use links::{WallLink, wall_link};
pub use region::{WallNote, WallRegion, measure};

use fit::Plan;
use region::Measured;

/// Sizes of the notes' letters that are tried, largest first, in 1/1080 of the screen's height. 32
/// is 13 arc minutes at eight metres from a picture 2.7 m wide; below 20 nobody reads it from there.
pub const FONT_STEPS: [f64; 9] = [40.0, 36.0, 32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0];

/// The part of the screen that is free for clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WallArea {
    /// Screen pixels.
    pub width: f64,
    /// Screen pixels.
    pub height: f64,
    /// Pixels for 1/1080 of the whole screen's height.
    pub unit: f64,
}

/// A rectangle in the wall's area, screen pixels from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WallRect {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// Along x.
    pub width: f64,
    /// Along y.
    pub height: f64,
}

/// What is seen at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct WallPage {
    /// Size of the notes' letters, screen pixels.
    pub font: f64,
    /// The clusters on it, in their order.
    pub regions: Vec<PlacedRegion>,
}

/// A cluster, or a part of it, on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedRegion {
    /// Which of the regions that were given.
    pub region: usize,
    /// Its frame.
    pub frame: WallRect,
    /// Its notes, in reading order.
    pub notes: Vec<PlacedNote>,
}

/// A note on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedNote {
    /// Which of the region's notes.
    pub note: usize,
    /// Its paper.
    pub rect: WallRect,
}

/// Lays out all regions: on one page with the largest letters that fit, else on several with the
/// smallest. Every note is on exactly one page; nothing overlaps, and nothing is outside the area.
///
/// ```
/// use samtavle_shared::layout::{WallArea, WallRegion, wall_pages};
/// let region = WallRegion {
///     title: "Ingen eier overgangen",
///     notes: vec!["Ingen av dem svarte.".into()],
/// };
/// let area = WallArea { width: 1760.0, height: 640.0, unit: 1.0 };
/// assert_eq!(wall_pages(&[region], area).len(), 1);
/// ```
pub fn wall_pages(regions: &[WallRegion<'_>], area: WallArea) -> Vec<WallPage> {
    let regions: Vec<&WallRegion<'_>> = regions.iter().collect();
    let is_nothing = regions.is_empty() || area.width < 1.0 || area.height < 1.0;
    if is_nothing {
        return Vec::new();
    }
    for step in FONT_STEPS {
        let font = step * area.unit;
        let (width, height) = (area.width / font, area.height / font);
        if !region::could_fit(&regions, width, height) {
            continue;
        }
        let mut measured = Measured::of(&regions, width);
        let all = measured.whole();
        if let Some(plan) = fit::best(&mut measured, &all, height) {
            return vec![page_of(&mut measured, &plan, font, area)];
        }
    }
    let font = FONT_STEPS[FONT_STEPS.len() - 1] * area.unit;
    let mut measured = Measured::of(&regions, area.width / font);
    pages::deal(&mut measured, area.height / font)
        .iter()
        .map(|plan| page_of(&mut measured, plan, font, area))
        .collect()
}

fn page_of(measured: &mut Measured<'_>, plan: &Plan, font: f64, area: WallArea) -> WallPage {
    let regions = measured
        .place(plan)
        .into_iter()
        .map(|placed| PlacedRegion {
            region: placed.region,
            frame: in_pixels(placed.frame, font, area),
            notes: placed
                .notes
                .into_iter()
                .map(|note| PlacedNote {
                    note: note.note,
                    rect: in_pixels(note.rect, font, area),
                })
                .collect(),
        })
        .collect();
    WallPage { font, regions }
}

/// What a screen too small for a single note would leave outside is cut at its edge.
fn in_pixels(rect: WallRect, font: f64, area: WallArea) -> WallRect {
    let left = (rect.left * font).min(area.width);
    let top = (rect.top * font).min(area.height);
    WallRect {
        left,
        top,
        width: (rect.width * font).min(area.width - left),
        height: (rect.height * font).min(area.height - top),
    }
}

#[cfg(test)]
mod tests;
