//! Where things go and how large they are. Pure: the width of a letter comes from a table, not from
//! a browser, so that server, tests, tiles and walls agree.

mod cluster;
mod note;
mod place;
mod wall;
pub mod advance;

pub use cluster::{cluster_frame, column_count, grid, next_place, CLUSTER_BOTTOM, CLUSTER_SIDE, CLUSTER_TOP, GAP};
pub use note::{note_size, wrap, NOTE_FONT, NOTE_LINE, NOTE_MIN_HEIGHT, NOTE_PADDING, NOTE_WIDTH};
pub use place::{free_place, free_places};
pub use wall::{FONT_STEPS, PlacedNote, PlacedRegion, WallArea, WallPage, WallRect, WallRegion, measure, wall_pages};
