//! Who may do what: keys and what they open, codes for typing, and limits on trying.
//!
//! * [`keys`]: random keys of 128 bits, of which only hashes are kept
//! * [`roles`]: what a key opens
//! * [`devices`]: who somebody is in a session
//! * [`codes`]: join codes that can be read out loud
//! * [`bucket`]: how often, in one value; [`costly`]: what costs much, of one network, on all boards
//! * [`limits`]: how often an address may try, make and send
//! * [`places`]: connections, lines and seats, of which there are so many

pub(crate) mod bucket;
pub(crate) mod codes;
pub(crate) mod costly;
pub(crate) mod devices;
pub(crate) mod keys;
pub(crate) mod limits;
pub(crate) mod places;
pub(crate) mod roles;
mod words;
