//! Photos of paper notes and flip charts: kept by the server, named by the board.
//!
//! * [`api`]: the address of a photo, and what a request for it says
//! * [`load`]: a photo as a page shows it: fetched once, also when it comes later than its place
//! * [`show`]: a photo in a dialog, the mark on a note that was cut from one, and the cut itself
//!
//! What was taken in this browser, [`page`]:
//! ```text
//! choose ─► shrink (small, upright, nothing left of what the camera wrote) ─► keep (on the device)
//!   └─► send (in the background, piece by piece) ─► lay (the whole picture on the board)
//!   └─► cut (rectangles and words become notes)       mine: the list, how far each has come
//! ```

pub(crate) mod api;
mod choose;
mod cut;
mod desk;
mod keep;
mod lay;
pub(crate) mod load;
mod mark;
mod mine;
mod page;
mod picture;
mod send;
pub(crate) mod show;
mod shrink;

pub(crate) use choose::ChoosePicture;
pub(crate) use cut::CutSheet;
pub(crate) use desk::{PictureDialogs, PictureTool, open_list, take};
pub(crate) use mine::MyPictures;
pub(crate) use page::begin;
