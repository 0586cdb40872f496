//! Where a field goes away under somebody's hands, its words stay and the keys rest. One way for every field; what is
//! decided is decided in [`samtavle_shared::kept_words`].
//!
//! ```text
//! field ─► watch ──(deleted, hidden, locked, shown, sent out)──► page: the pile ─► card: read, change, post, copy, throw away
//!                        ├─► words: a sentence, seen and heard          ▲
//!                        └─► keys: no shortcuts until there is a pause ─┘ (letters join the words)
//! ```
//! - [`watch`]: what a field says of itself, and what is done when it goes
//! - [`standing`]: how what is written on stands
//! - [`card`]: where the words are; [`actions`]: what is done with them
//! - [`state`], [`pile`]: what the page and the device have of it; [`begin`]: from when on
//! - [`keys`], [`resting`]: the rest
//! - [`words`]: the sentences

mod actions;
pub(super) mod begin;
mod card;
mod keys;
pub(super) mod pile;
mod resting;
mod standing;
pub(super) mod state;
mod watch;
mod words;

pub(crate) use card::KeptWords;
pub(crate) use standing::{note_closed, shut_out};
pub(crate) use watch::{Offer, Watch, watch};
