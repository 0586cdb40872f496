//! What somebody was writing when the field went away under their hands: a note was deleted, a cluster dissolved,
//! the board locked, the drafts shown.
//!
//! ```text
//! field closes ─► why_closed ─► in_danger ─► Pile (kept on the device, posted or thrown away by its writer)
//!                                     └────► Rest (what is typed on is no shortcut, and joins the words)
//! ```
//! - [`closing`]: why it closed, and which of its words stand nowhere else
//! - [`pile`]: the words that are kept
//! - [`rest`]: the keys, until the person has seen what happened
//!
//! The clock is passed in, the fields and the words for a person are the screen's.

pub mod closing;
pub mod pile;
pub mod rest;

pub use closing::{Access, Standing, Thing, Why, in_danger};
pub use pile::{Kept, Pile, Place};
pub use rest::{Chord, Heard, Rest};
