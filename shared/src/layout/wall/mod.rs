//! The wall's picture: clusters laid out to fill a screen that nobody touches.
//!
//! The screen is cut into even columns. Each cluster takes as many of them as it needs to be no
//! higher than the others, and goes where the columns are lowest so far, in the clusters' order. The
//! letters are as large as they can be; when even the smallest are too large for all notes, the
//! notes are dealt out to pages. What has a place keeps it while all fits. Everything is counted in em of
//! the notes' letters, and becomes pixels at the end.

mod columns;
mod digest;
mod filled;
mod fit;
mod lanes;
mod letters;
mod lines;
mod links;
mod overview;
mod pages;
mod programme;
mod region;
mod results;
mod strip;
mod titles;

pub use columns::{ColumnCard, ColumnPages, column_pages};
pub use digest::{DigestPage, DigestRegion, DigestRow, DigestWhat, digest_columns, digest_page};
pub use filled::filled_page;
pub use letters::{largest_letters, text_pages};
pub use links::{WallLink, WallWay, wall_links};
pub use overview::{OverviewCard, OverviewPage, overview_page};
pub use programme::{Opening, Programme, Showable, Turn, Turning, page_stays};
pub use region::{WallNote, WallRegion, measure, seen_lines};
pub use results::ResultRows;
pub use strip::{Strip, strip};
pub use titles::PlacedTitle;

use fit::Plan;
use region::Measured;

/// Sizes of the notes' letters that are tried, largest first, in 1/1080 of the screen's height.
/// docs/wall.md says how the smallest was computed: at eight metres its capitals are ten arc minutes high.
pub const FONT_STEPS: [f64; 10] = [64.0, 56.0, 48.0, 42.0, 36.0, 32.0, 30.0, 28.0, 26.0, 24.0];

/// From this size on notes are as high as a sheet of paper, however little they say, and all that is forced
/// to move gets some air: there is room enough.
const ROOMY: f64 = 32.0;
/// What is laid out anew because it no longer fits leaves this part of the height for what comes next.
const HEADROOM: f64 = 0.12;
/// So much larger letters are a reason to lay out anew what would fit as it is.
const MUCH_LARGER: f64 = 1.3;

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
    /// Its title.
    pub title: PlacedTitle,
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

/// How a wall was laid out, so that what has a place keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WallArrangement {
    /// Names of the regions, in their order.
    order: Vec<String>,
    /// Where they are, if all are on one page.
    kept: Option<Kept>,
}

/// The one page as it was.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    size: Size,
    columns: usize,
    /// First column and how many, in the order of the regions.
    spots: Vec<(usize, usize)>,
    notes: usize,
    area: WallArea,
}

/// How large the letters are, in 1/1080 of the screen's height, and how much paper is around them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Size {
    step: f64,
    paper: Paper,
    words: Words,
}

/// Whether a note is at least as high as a sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paper {
    Roomy,
    Tight,
}

/// Whether a word that is longer than a line may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Words {
    Whole,
    Broken,
}

fn is_nothing(regions: &[WallRegion<'_>], area: WallArea) -> bool {
    regions.is_empty() || area.width < 1.0 || area.height < 1.0
}

/// How many pages all would take, looked at no further than to `most`.
pub fn page_count(regions: &[WallRegion<'_>], area: WallArea, most: usize) -> usize {
    if is_nothing(regions, area) {
        return 0;
    }
    let ordered: Vec<&WallRegion<'_>> = regions.iter().collect();
    let font = FONT_STEPS[FONT_STEPS.len() - 1] * area.unit;
    let mut measured = Measured::of(&ordered, area.width / font, Paper::Tight);
    pages::deal(&mut measured, area.height / font, most).len()
}

/// Lays out all regions on one page with the largest letters that fit, after it was laid out before: regions keep their columns
/// and the letters their size as long as all fits, and new regions go where there is room. When it no longer does, all are
/// laid out anew in the order in which they are given. Gives the arrangement for the next time; `None` when it takes more than
/// a page. Nothing overlaps, and nothing is outside the area.
///
/// ```
/// use samtavle_shared::layout::{WallArea, WallArrangement, WallRegion, measure, wall_page_after};
/// let region = WallRegion {
///     name: "a",
///     title: "Ingen eier overgangen",
///     title_em: measure::TITLE,
///     notes: vec!["Ingen av dem svarte.".into()],
/// };
/// let area = WallArea { width: 1760.0, height: 640.0, unit: 1.0 };
/// assert!(wall_page_after(&WallArrangement::default(), &[region], area).is_some());
/// ```
pub fn wall_page_after(
    before: &WallArrangement,
    regions: &[WallRegion<'_>],
    area: WallArea,
) -> Option<(WallPage, WallArrangement)> {
    if is_nothing(regions, area) {
        return None;
    }
    let notes: usize = regions.iter().map(|region| region.notes.len()).sum();
    let kept = before.kept.as_ref();
    let same = kept.filter(|_| !is_one_gone(before, regions));
    let same = same.and_then(|kept| Some((kept, keep(before, kept, regions, area)?)));
    if let Some((kept, (order, plan))) = same {
        let may_be_larger = notes < kept.notes || area != kept.area;
        // A word that was broken while there was no other way is made whole as soon as there is one.
        let breaks_words = kept.size.words == Words::Broken;
        let is_stuck = (may_be_larger || breaks_words)
            && largest(regions, area, 0.0).is_some_and(|(size, _)| {
                size.step > kept.size.step * MUCH_LARGER
                    || (breaks_words && size.words == Words::Whole)
            });
        if !is_stuck {
            return Some(one_page(regions, &order, kept.size, &plan, area));
        }
    }
    let headroom = if kept.is_some() { HEADROOM } else { 0.0 };
    let order: Vec<usize> = (0..regions.len()).collect();
    let (size, plan) = largest(regions, area, headroom)?;
    Some(one_page(regions, &order, size, &plan, area))
}

fn names(regions: &[&WallRegion<'_>]) -> Vec<String> {
    let names = regions.iter().map(|region| region.name.to_owned());
    names.collect()
}

fn is_one_gone(before: &WallArrangement, regions: &[WallRegion<'_>]) -> bool {
    let is_there = |name: &String| regions.iter().any(|region| region.name == *name);
    !before.order.iter().all(is_there)
}

/// Those that had a place in the order that they had, then the new ones.
fn order_after(before: &WallArrangement, regions: &[WallRegion<'_>]) -> Vec<usize> {
    let place = |name: &String| regions.iter().position(|region| region.name == *name);
    let mut order: Vec<usize> = before.order.iter().filter_map(place).collect();
    for region in 0..regions.len() {
        if !order.contains(&region) {
            order.push(region);
        }
    }
    order
}

/// All as it was, with what is new where there is room; `None` when something must move.
fn keep(
    before: &WallArrangement,
    kept: &Kept,
    regions: &[WallRegion<'_>],
    area: WallArea,
) -> Option<(Vec<usize>, Plan)> {
    let order = order_after(before, regions);
    let ordered: Vec<&WallRegion<'_>> = order.iter().map(|&region| &regions[region]).collect();
    let font = kept.size.step * area.unit;
    let mut measured = Measured::of(&ordered, area.width / font, kept.size.paper);
    let plan = fit::again(
        &mut measured,
        (kept.columns, &kept.spots),
        kept.size.words,
        area.height / font,
    )?;
    Some((order, plan))
}

/// The largest letters with which all are on one page: whole words first, then broken ones.
fn largest(regions: &[WallRegion<'_>], area: WallArea, headroom: f64) -> Option<(Size, Plan)> {
    let ordered: Vec<&WallRegion<'_>> = regions.iter().collect();
    let sizes = [Words::Whole, Words::Broken].into_iter().flat_map(|words| {
        let steps = FONT_STEPS.into_iter().flat_map(|step| {
            let papers: &[Paper] = match () {
                () if step > ROOMY => &[Paper::Roomy],
                () if step < ROOMY => &[Paper::Tight],
                () => &[Paper::Roomy, Paper::Tight],
            };
            papers.iter().map(move |&paper| (step, paper))
        });
        steps.map(move |(step, paper)| Size { step, paper, words })
    });
    for size in sizes.filter(|size| size.words == Words::Whole || size.step <= ROOMY) {
        let font = size.step * area.unit;
        let air = if size.step > ROOMY { headroom } else { 0.0 };
        let (width, height) = (area.width / font, area.height * (1.0 - air) / font);
        if !region::could_fit(&ordered, width, height) {
            continue;
        }
        let mut measured = Measured::of(&ordered, width, size.paper);
        let all = measured.whole();
        if let Some(plan) = fit::best(&mut measured, &all, size.words, height) {
            return Some((size, plan));
        }
    }
    None
}

fn one_page(
    regions: &[WallRegion<'_>],
    order: &[usize],
    size: Size,
    plan: &Plan,
    area: WallArea,
) -> (WallPage, WallArrangement) {
    let ordered: Vec<&WallRegion<'_>> = order.iter().map(|&region| &regions[region]).collect();
    let font = size.step * area.unit;
    let mut measured = Measured::of(&ordered, area.width / font, size.paper);
    let page = page_of(&mut measured, order, plan, font, area);
    let arrangement = WallArrangement {
        order: names(&ordered),
        kept: Some(Kept {
            size,
            columns: plan.columns,
            spots: plan
                .spots
                .iter()
                .map(|spot| (spot.column, spot.span))
                .collect(),
            notes: regions.iter().map(|region| region.notes.len()).sum(),
            area,
        }),
    };
    (page, arrangement)
}

fn page_of(
    measured: &mut Measured<'_>,
    order: &[usize],
    plan: &Plan,
    font: f64,
    area: WallArea,
) -> WallPage {
    let regions = measured
        .place(plan)
        .into_iter()
        .map(|placed| PlacedRegion {
            region: order[placed.region],
            title: placed.title,
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
#[cfg(test)]
mod words_tests;
