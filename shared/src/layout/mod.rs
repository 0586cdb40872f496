//! Where things go and how large they are. Pure: the width of a letter comes from a table, not from
//! a browser, so that server, tests, tiles and walls agree.

pub mod advance;
mod bar;
mod bulk;
mod clear_route;
mod cluster;
mod give_way;
mod note;
mod pieces;
mod pile;
mod place;
mod route;
mod wall;
mod whole;

pub use bar::{BarRoom, bar_place};
pub use bulk::{Bulk, bulk_of, most_of, without_far};
pub use clear_route::clear_route;
pub use cluster::{
    CLUSTER_BOTTOM, CLUSTER_SIDE, CLUSTER_TOP, GAP, cluster_frame, collapsed_frame, column_count,
    grid, next_place,
};
pub use give_way::{Body, give_way};
pub use note::{
    FOLDED_LINES, MOST_MORE_LINES, MOST_NOTE_LINES, NOTE_FONT, NOTE_LINE, NOTE_MIN_HEIGHT,
    NOTE_MORE, NOTE_MORE_LINE, NOTE_PADDING, NOTE_WIDTH, has_more, is_folded, more_lines,
    note_size, size_of, wrap,
};
pub use pile::{piles, spread_out};
pub use place::{free_block, free_place, free_places, free_places_in, places_near};
pub use route::{Route, route};
pub use wall::{
    ColumnCard, ColumnPages, DigestPage, DigestRegion, DigestRow, DigestWhat, FONT_STEPS, Opening,
    OverviewCard, OverviewPage, PlacedNote, PlacedRegion, PlacedTitle, Programme, ResultRows,
    Showable, Strip, Turn, Turning, WallArea, WallArrangement, WallLink, WallNote, WallPage,
    WallRect, WallRegion, WallWay, column_pages, digest_columns, digest_page, filled_page,
    largest_letters, measure, overview_page, page_count, page_stays, seen_lines, strip, text_pages,
    wall_links, wall_page_after,
};
pub use whole::{Faraway, Lying, Thing, Whole, fetched};
