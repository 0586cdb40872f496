//! What a process takes of the machine, from /proc.

use crate::Outcome;
use std::{fs, time::Duration};

/// Linux counts a process's time in hundredths of a second, on every machine that Rust runs on.
const TICK: Duration = Duration::from_millis(10);

/// Processor time of a process (its number, or `self`) since it started.
pub(crate) fn cpu_time(process: &str) -> Outcome<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in parentheses may hold spaces; user and system time are the 12th and 13th after it.
    let after_name = stat
        .rsplit_once(") ")
        .ok_or("an unknown form of /proc/…/stat")?
        .1;
    let ticks: u32 = after_name
        .split(' ')
        .skip(11)
        .take(2)
        .map(str::parse::<u32>)
        .sum::<Result<_, _>>()?;
    Ok(TICK * ticks)
}

/// What a process holds in memory now.
pub(crate) fn memory_mb(process: &str) -> Outcome<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}
