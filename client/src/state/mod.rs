//! The board as signals: a note has its own, so that moving one note draws one note anew.

mod board;
mod cluster;

pub use board::BoardState;
pub use cluster::ClusterShape;
