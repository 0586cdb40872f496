//! Photos of paper notes and flip charts: kept by the server, named by the board.
//!
//! * [`api`]: the address of a photo, and what a request for it says
//! * [`load`]: a photo as a page shows it: fetched once, also when it comes later than its place
//! * [`show`]: a photo in a dialog, the mark on a note that was cut from one, and the cut itself

#![allow(dead_code, reason = "until all views show photos")]

pub(crate) mod api;
pub(crate) mod load;
pub(crate) mod show;
