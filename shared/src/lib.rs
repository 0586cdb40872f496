//! Everything of Samtavle that is pure: no clock, no input or output, no randomness of its own.
//!
//! `geometry` ← [`board`] ← [`layout`]; `wire` and `guard` know the frames and the schema, and no
//! Yrs. The server folds a room from these, the client draws them.

pub mod address;
pub mod board;
pub mod direction;
pub mod geometry;
pub mod guard;
pub mod ids;
pub mod insight;
pub mod kept_words;
pub mod language;
pub mod layout;
pub mod lib0;
pub mod limits;
pub mod news;
pub mod paste;
pub mod qr;
pub mod role;
pub mod schema;
pub mod session;
pub mod sorting;
pub mod standing;
pub mod wire;
