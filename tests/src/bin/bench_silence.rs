//! What silent writing costs: 300 people each write their draft anew once a second, as a page does while
//! somebody types. Starts the real server (`SAMTAVLE_BIN`, else what cargo builds), and prints how long it
//! takes until a draft is on disk, what the server used, and what came down to each socket.
//!
//! ```text
//! cargo run --release -p samtavle-tests --bin bench_silence [PEOPLE]
//! ```

#[allow(dead_code, reason = "its memory is not asked for here")]
#[path = "bench_room/process.rs"]
mod process;

use samtavle_shared::{ids::NoteId, session::Command, wire::Role};
use samtavle_tests::{people::Person, server::Server, session::draft};
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// What is counted.
const ROUNDS: u32 = 20;
/// Each writes once in so long.
const EVERY: Duration = Duration::from_secs(1);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let asked = std::env::args().nth(1);
    let count: usize = asked.and_then(|count| count.parse().ok()).unwrap_or(300);
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let mut people = Vec::new();
    for number in 0..count {
        people.push(board.join(&format!("Person {number}")).await);
    }
    liv.does(Command::StartSilence).await;
    tokio::time::sleep(Duration::from_secs(2)).await; // all are in, and quiet

    let pid = server.pid().to_string();
    let (cpu, began) = (process::cpu_time(&pid)?, Instant::now());
    let bytes = |people: &[Person]| -> usize {
        people.iter().map(|person| person.state().heard.len()).sum()
    };
    let heard = bytes(&people);
    let waits = people
        .iter()
        .enumerate()
        .map(|(number, person)| async move {
            let note = NoteId::from(format!("draft-{number}").as_str());
            tokio::time::sleep(EVERY.mul_f64(number as f64 / count as f64)).await; // people are not in step
            let mut took = Vec::new();
            for round in 0..ROUNDS {
                let asked = Instant::now();
                person
                    .does(draft(&note, &format!("what it is about, {round} times")))
                    .await;
                took.push(asked.elapsed());
                tokio::time::sleep(EVERY.saturating_sub(asked.elapsed())).await;
            }
            took
        });
    let mut took: Vec<Duration> = futures_util::future::join_all(waits).await.concat();
    took.sort();
    let window = began.elapsed().as_secs_f64();
    let used = process::cpu_time(&pid)?.saturating_sub(cpu).as_secs_f64();
    let down = (bytes(&people) - heard) as f64 / window / count as f64;
    println!(
        "{count} people, a draft each second: done p50 {:.1} ms, p99 {:.1} ms; server {:.0} % of a core; {:.1} KB/s down to each",
        took[took.len() / 2].as_secs_f64() * 1e3,
        took[took.len() * 99 / 100].as_secs_f64() * 1e3,
        used / window * 100.0,
        down / 1e3,
    );
    Ok(())
}
