//! Where things go and how large they are. Pure: the width of a letter comes from a table, not from
//! a browser, so that server, tests, tiles and walls agree.

pub mod advance;
mod bulk;
mod cluster;
mod give_way;
mod note;
mod pieces;
mod pile;
mod place;
mod route;
mod wall;
mod whole;

pub use bulk::{Bulk, bulk_of, most_of, without_far};
pub use cluster::{
    CLUSTER_BOTTOM, CLUSTER_SIDE, CLUSTER_TOP, GAP, cluster_frame, collapsed_frame, column_count,
    grid, next_place,
};
pub use give_way::{Body, give_way};
pub use note::{
    MOST_MORE_LINES, NOTE_FONT, NOTE_LINE, NOTE_MIN_HEIGHT, NOTE_MORE, NOTE_MORE_LINE,
    NOTE_PADDING, NOTE_WIDTH, has_more, more_lines, note_size, size_of, wrap,
};
pub use pile::{piles, spread_out};
pub use place::{free_block, free_place, free_places, free_places_in, places_near};
pub use route::{Route, route};
pub use wall::{
    ColumnCard, ColumnPages, FONT_STEPS, PlacedNote, PlacedRegion, Strip, WallArea,
    WallArrangement, WallLink, WallNote, WallPage, WallRect, WallRegion, column_pages,
    largest_letters, measure, strip, wall_link, wall_pages, wall_pages_after,
};
pub use whole::{Faraway, Lying, Thing, Whole, fetched};
