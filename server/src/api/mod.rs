//! What is asked and answered as JSON.
//!
//! * [`boards`]: making a board; [`keys`]: more keys for one; [`join`]: from a code to a key
//! * [`photos`]: photos of paper, in pieces; [`cards`]: the deck
//! * [`health`]: can it serve? [`check`]: what the self-check of somebody's network asks

pub(crate) mod boards;
pub(crate) mod cards;
pub(crate) mod check;
pub(crate) mod health;
pub(crate) mod join;
pub(crate) mod keys;
pub(crate) mod photos;
