//! Taking part in a session, on phone and desk alike.
//!
//! - [`post`]: a note comes to the board, or waits as a draft; [`voice`]: as whom I write
//! - [`hour`]: the bar of segments, 55 parts looking and 5 solving; [`timer`]: the time left
//! - [`group`]: names and colours of groups
//!
//! What the session is stands in `replica.session`; what is kept here is this page's own.

pub(crate) mod group;
pub(crate) mod hour;
mod page;
pub(crate) mod post;
pub(crate) mod timer;
pub(crate) mod voice;

pub(crate) use page::begin;
