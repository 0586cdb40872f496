//! The front page: make a board, open one, and the boards that this browser remembers.

pub mod recent;
