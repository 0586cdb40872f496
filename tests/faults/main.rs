//! What disks, kills, power and clocks do to a board. Everything runs against the real binary; the faults come from a
//! library that is loaded below it (`shim.c`).
//!
//! `ROUNDS` says how long each of them goes on; `SEED` plays a run again (each prints its own).
//!
//! * [`shim`]: a disk and a clock that fail when they are told to
//! * [`disk`]: full, broken, lying
//! * [`power`]: what was not synced is gone
//! * [`clock`]: somebody sets it
//! * [`histories`]: people of all kinds at once, with restarts, undo and bad moments

#![allow(clippy::unwrap_used, reason = "in a test a panic is how it fails")]

mod clock;
mod disk;
mod histories;
mod power;
mod shim;

use rand::{SeedableRng as _, rngs::StdRng};

/// How often something is done: a few times in the suite, `ROUNDS` times when somebody has the time.
fn rounds(few: usize) -> usize {
    number("ROUNDS").map_or(few, |rounds| rounds as usize)
}

/// Chance that can be had again.
fn chance() -> StdRng {
    let seed = number("SEED").unwrap_or_else(rand::random::<u64>);
    println!("SEED={seed}");
    StdRng::seed_from_u64(seed)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
