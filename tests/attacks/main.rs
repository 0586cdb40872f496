//! What one person, or a stranger, can do to a board and its people: each attack that worked once, and what stands
//! against it now. Everything runs against the real binary and real sockets, bounded in count and time.
//!
//! `ROUNDS` makes them longer; `SEED` plays a run again. SECURITY.md names the test for each of its statements.

#![allow(clippy::unwrap_used, reason = "in a test a panic is how it fails")]

mod all_at_once;
mod authorship;
mod client_ids;
mod codes;
mod doors;
mod hidden;
mod locks;
mod memory;
mod one_key;
mod records;
mod removed;
mod seats;
mod smaller;
mod stalls;
mod unmask;
