//! Throws broken updates at the guard and a real document behind it, as a room would.
//!
//! ```text
//! mutate_guard --inputs 10000000 --seed 1
//! ```
//!
//! Each input is an honest update, a hostile one or a forged one, mostly with its bytes broken. What
//! the guard admits, the document takes; then nothing may be pending, and every so often guard and
//! document must agree and the document must open again. A refusal is fine, a panic or a crash is a
//! defect of the guard: it let something pass that Yrs does not bear.
//!
//! Inputs come in batches with a seed each. A panic prints the updates that led to it. A crash ends
//! the process; the file of each thread then names its batch, and `--batch SEED` plays it again,
//! printing each input before it is tried. `--replay FILE` gives a room the updates of a file.

mod dice;
mod forge;
mod mutations;
mod room;

use dice::Dice;
use forge::Forge;
use room::{Defect, Look, Outcome, Room};
use samtavle_shared::limits::MAX_FRAME_BYTES;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const HONEST: &str = include_str!("../../../../shared/src/guard/tests/honest_yjs.jsonl");
const HOSTILE: &str = include_str!("../../../data/hostile/updates.jsonl");

/// How many inputs share a seed: few enough to play again in a blink.
const BATCH_INPUTS: u64 = 2_000;

/// How many admitted updates a room takes before it is emptied: rooms stay small, and so quick.
const ROOM_UPDATES: usize = 40;

/// Every how many admissions a room is looked at, besides at its end.
const ADMISSIONS_PER_LOOK: u64 = 16;

/// Honest and hostile updates, in the order in which a room gets them.
struct Corpus {
    stories: Vec<Vec<Vec<u8>>>,
}

/// What became of the inputs.
#[derive(Debug, Default)]
struct Count {
    inputs: u64,
    admitted: u64,
    known: u64,
    refused: BTreeMap<&'static str, u64>,
    looks: u64,
    /// Rooms that said something else when they were opened again.
    differing: u64,
}

impl Count {
    fn add(&mut self, outcome: Outcome) {
        self.inputs += 1;
        match outcome {
            Outcome::Admitted => self.admitted += 1,
            Outcome::Known => self.known += 1,
            Outcome::Refused(code) => *self.refused.entry(code).or_default() += 1,
        }
    }

    fn look(&mut self, room: &Room) -> Result<(), Defect> {
        self.looks += 1;
        if room.inspect()? == Look::Differs {
            self.differing += 1;
        }
        Ok(())
    }

    fn merge(&mut self, other: Self) {
        self.inputs += other.inputs;
        self.admitted += other.admitted;
        self.known += other.known;
        self.looks += other.looks;
        self.differing += other.differing;
        for (code, count) in other.refused {
            *self.refused.entry(code).or_default() += count;
        }
    }
}

impl Corpus {
    fn read() -> Option<Self> {
        let mut stories = Vec::new();
        for line in HONEST.lines().chain(HOSTILE.lines()) {
            let story: serde_json::Value = serde_json::from_str(line).ok()?;
            let updates = story["updates"].as_array()?.iter();
            let updates: Option<Vec<_>> = updates.map(|update| unhex(update.as_str()?)).collect();
            stories.push(updates?);
        }
        Some(Self { stories })
    }
}

fn unhex(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok())
        .collect()
}

/// Whether each input is printed before it is tried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Telling {
    Quiet,
    EachInput,
}

/// Plays one batch.
fn play(seed: u64, corpus: &Corpus, telling: Telling) -> Result<Count, Defect> {
    let mut dice = Dice::of(seed);
    let mut count = Count::default();
    while count.inputs < BATCH_INPUTS {
        let story = dice
            .pick(&corpus.stories)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let start = if dice.one_in(2) {
            0
        } else {
            dice.below(story.len().min(12))
        };
        play_room(&mut dice, story, start, telling, &mut count)?;
    }
    Ok(count)
}

/// Fills one room, and looks at it.
fn play_room(
    dice: &mut Dice,
    story: &[Vec<u8>],
    start: usize,
    telling: Telling,
    count: &mut Count,
) -> Result<(), Defect> {
    let mut room = Room::new();
    let mut forge = Forge::default();
    // The beginning of the story as it was, then broken pieces between whole ones.
    for update in &story[..start] {
        try_input(&mut room, update, telling, count)?;
    }
    let mut next = start;
    let only_forged = dice.one_in(2);
    let ends_at = count.admitted + ROOM_UPDATES as u64;
    let inputs_at_most = count.inputs + 4 * ROOM_UPDATES as u64;
    while count.admitted < ends_at && count.inputs < inputs_at_most {
        let whole = story.get(next).filter(|_| !only_forged);
        if let Some(update) = whole
            && dice.one_in(3)
        {
            next += 1;
            try_input(&mut room, update, telling, count)?;
            continue;
        }
        let (mut update, known_then) = match whole {
            Some(update) if dice.one_in(2) => (update.clone(), None),
            _ => {
                let (update, known_then) = forge.update(&room.guard, dice);
                (update, Some(known_then))
            }
        };
        if known_then.is_none() || dice.one_in(3) {
            let other = dice.pick(story).map(Vec::as_slice).unwrap_or_default();
            mutations::mutate(&mut update, other, dice);
        }
        update.truncate(MAX_FRAME_BYTES);
        let before = count.admitted;
        try_input(&mut room, &update, telling, count)?;
        if count.admitted > before {
            forge = known_then.unwrap_or(forge);
        }
    }
    count.look(&room)
}

fn try_input(
    room: &mut Room,
    update: &[u8],
    telling: Telling,
    count: &mut Count,
) -> Result<(), Defect> {
    if telling == Telling::EachInput {
        let hex: String = update
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        println!("{hex}");
    }
    let outcome = room.take(update)?;
    count.add(outcome);
    if telling == Telling::EachInput {
        println!("  {outcome:?}");
    }
    if outcome == Outcome::Admitted && count.admitted.is_multiple_of(ADMISSIONS_PER_LOOK) {
        count.look(room)?;
    }
    Ok(())
}

/// Plays so many inputs on all cores.
fn play_all(inputs: u64, seed: u64, threads: u64, corpus: &Corpus) -> Result<Count, (u64, Defect)> {
    let batches = inputs.div_ceil(BATCH_INPUTS);
    let next = AtomicU64::new(0);
    let work = |number: u64| {
        let file = std::env::temp_dir().join(format!("mutate_guard-{seed}-{number}"));
        let mut count = Count::default();
        loop {
            let batch = next.fetch_add(1, Ordering::Relaxed);
            if batch >= batches {
                // Nothing crashed; the file is of no use any more, and may be gone already.
                let _ = std::fs::remove_file(&file);
                return Ok(count);
            }
            let batch_seed = Dice::of(seed ^ batch.wrapping_mul(0xd6e8_feb8_6659_fd93)).next();
            // Without the file a crash would only be harder to find.
            let _ = std::fs::write(&file, format!("--batch {batch_seed}\n"));
            count.merge(
                play(batch_seed, corpus, Telling::Quiet).map_err(|what| (batch_seed, what))?,
            );
        }
    };
    let mut all = Count::default();
    let results: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|number| scope.spawn(move || work(number)))
            .collect();
        workers
            .into_iter()
            .map(std::thread::ScopedJoinHandle::join)
            .collect()
    });
    for result in results {
        match result {
            Ok(counted) => all.merge(counted?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    Ok(all)
}

fn option(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)?.parse().ok()
}

/// Gives a room the updates of a file, one a line in hex, and looks at it after each.
fn replay(file: &str) -> ExitCode {
    let Ok(lines) = std::fs::read_to_string(file) else {
        eprintln!("{file} can't be read");
        return ExitCode::FAILURE;
    };
    let mut room = Room::new();
    for update in lines.lines().filter_map(unhex) {
        let outcome = room.take(&update);
        match outcome.and_then(|outcome| room.inspect().map(|_| outcome)) {
            Ok(outcome) => println!("{outcome:?}"),
            Err(defect) => {
                eprintln!("{defect}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn main() -> ExitCode {
    if let Some(file) = std::env::args()
        .skip_while(|argument| argument != "--replay")
        .nth(1)
    {
        return replay(&file);
    }
    let Some(corpus) = Corpus::read() else {
        eprintln!("the recorded updates can't be read");
        return ExitCode::FAILURE;
    };
    if let Some(batch) = option("--batch") {
        return match play(batch, &corpus, Telling::EachInput) {
            Ok(count) => {
                println!("{count:?}");
                ExitCode::SUCCESS
            }
            Err(defect) => {
                eprintln!("{}", defect.shrunk());
                ExitCode::FAILURE
            }
        };
    }
    let (inputs, seed) = (
        option("--inputs").unwrap_or(100_000),
        option("--seed").unwrap_or(1),
    );
    let threads = option("--threads").unwrap_or(2);
    let started = Instant::now();
    match play_all(inputs, seed, threads, &corpus) {
        Ok(count) => {
            let seconds = started.elapsed().as_secs_f64();
            println!("seed {seed}, {seconds:.0} s: {count:#?}");
            ExitCode::SUCCESS
        }
        Err((batch, defect)) => {
            eprintln!("seed {seed}, --batch {batch}: {}", defect.shrunk());
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_broken_updates_break_nothing() {
        let corpus = Corpus::read().unwrap();
        let count = play_all(100_000, 20_261_124, 2, &corpus);
        let count = count.unwrap_or_else(|(batch, defect)| panic!("--batch {batch}: {defect}"));
        // It is only worth something when much gets in and much does not.
        assert!(count.admitted > count.inputs / 20, "{count:?}");
        assert!(count.refused.len() >= 5, "{count:?}");
        assert!(count.differing < count.looks / 50, "{count:?}");
    }
}
