//! What carries somebody's frames between their page and a room.
//!
//! * [`serving`]: one person's line, whatever carries it: a [`socket`] on a [`websocket`] with its [`meter`], or a [`line`] over plain HTTP

pub(crate) mod line;
mod meter;
mod serving;
pub(crate) mod socket;
pub(crate) mod websocket;
