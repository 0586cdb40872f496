//! The session: how a mixed group is led through a workshop. A pure state machine over ids; it knows
//! no document, no clock and no randomness.

pub mod mix;
pub mod tally;
pub mod turns;
