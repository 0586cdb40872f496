//! The result of a round of dot votes: what all agree on, where the voices differ, and nobody's ballot.
//!
//! [`check_ballot`] as it comes in, [`outcome`] or [`outcomes`] when the round is closed. What may be
//! shown by voice is decided in `disclosure`; everything else (order, agreement, verdict) is computed from
//! what is shown, so it can tell no more.

mod agreement;
mod ballot;
mod disclosure;
mod item;
mod outcome;
#[cfg(test)]
mod tests;

pub use agreement::Verdict;
pub use ballot::{Ballot, BallotFault, check_ballot};
pub use disclosure::MIN_VOTERS;
pub use item::{Item, NotAnItem};
pub use outcome::{ItemOutcome, Outcome, Outcomes, VoiceDots, VoiceFigure, outcome, outcomes};
