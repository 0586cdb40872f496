//! Photos: pictures of paper notes and flip charts, sent in pieces by phones with bad networks.
//!
//! Sending is in the manner of tus and of the IETF draft *Resumable Uploads for HTTP*: a request says
//! at which byte it begins, and the answer how far the row of bytes has come; what was sent twice adds
//! nothing. Fewer words, for we have one kind of sender: it makes the id (random, 128 bits), so there
//! is nothing to create first, and none of the drafts' negotiation.
//!
//! ```text
//! PATCH piece ─► rates ─► keeping (one at a time for a photo) ─► log::photos: fsync ─► 204 offset
//!                                 └─ the last piece ─► picture: is it one? decode it and encode it anew
//!                                    (one at a time for the server) ─► log::photos: whole
//! ```
//!
//! * [`keeping`]: what becomes of a piece
//! * [`picture`]: JPEG, PNG and WebP: is it one, how large, and the same picture as another file
//! * [`rates`]: how much somebody may send
//!
//! `http::photos` is the outside of it, `log::photos` the disk.

mod keeping;
mod picture;
mod rates;

pub(crate) use keeping::{Photos, Piece, Unkept, Whole};
