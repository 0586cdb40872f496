//! How long an edit takes from one screen to the others, in a room where everybody points.
//!
//! Starts the real server (`SAMTAVLE_BIN`, else what cargo builds), fills one room with 20, 100 and
//! 300 sockets on the loopback, all with a moving cursor at 10 Hz and ten of them writing twice a
//! second for twenty seconds, and prints a table. The load runs in one thread of this program, on
//! the same machine, so what it takes to read the frames is part of what is measured.
//!
//! ```text
//! cargo run --release -p samtavle-tests --bin bench_room [SOCKETS …]
//! ```

mod meter;
mod person;
mod process;

use meter::Meter;
use person::Part;
use samtavle_shared::session::Showing;
use samtavle_tests::server::Server;
use std::{error::Error, fmt::Write as _, rc::Rc, time::Duration};
use tokio::task::LocalSet;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// As in the budget of docs/benchmarks.md.
const ROOMS: [usize; 3] = [20, 100, 300];
/// How many of a room write.
const WRITERS: usize = 10;
/// All sockets are in and quiet before anything is counted.
const WARM_UP: Duration = Duration::from_secs(3);
/// What is counted.
const WINDOW: Duration = Duration::from_secs(20);
/// Time for the last edits to arrive.
const COOL_DOWN: Duration = Duration::from_secs(2);

fn main() -> Outcome<()> {
    let asked: Vec<usize> = std::env::args()
        .skip(1)
        .map(|word| word.parse())
        .collect::<Result<_, _>>()?;
    let rooms = if asked.is_empty() {
        ROOMS.to_vec()
    } else {
        asked
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    println!(
        "all cursors at 10 Hz, {WRITERS} writers twice a second, {} s",
        WINDOW.as_secs()
    );
    println!(
        "{:>8} {:>10} {:>10} {:>10} {:>10} {:>9} {:>9} {:>10} {:>9} {:>8}",
        "sockets",
        "edit p50",
        "edit p99",
        "saved p50",
        "saved p99",
        "server",
        "load",
        "memory",
        "frames",
        "heard"
    );
    for sockets in rooms {
        let line = LocalSet::new().block_on(&runtime, measure(sockets))?;
        println!("{line}");
    }
    Ok(())
}

/// One room of so many, on a server of its own.
async fn measure(sockets: usize) -> Outcome<String> {
    let server = Server::start().await;
    let board = server.board("A full room").await;
    // Where names are shown, cursors are, too.
    board.shows(Showing::Named).await;
    let meter = Rc::new(Meter::new(WRITERS.min(sockets)));
    let mut people = Vec::with_capacity(sockets);
    for number in 0..sockets {
        let part = if number < WRITERS {
            Part::Writes(number)
        } else {
            Part::Points
        };
        people.push(person::join(&board, part, Rc::clone(&meter)).await?);
    }

    tokio::time::sleep(WARM_UP).await;
    let process = server.pid().to_string();
    let (server_before, load_before) = (process::cpu_time(&process)?, process::cpu_time("self")?);
    meter.begin();
    tokio::time::sleep(WINDOW).await;
    meter.end();
    let busy = |before: Duration, after: Duration| {
        100.0 * after.saturating_sub(before).as_secs_f64() / WINDOW.as_secs_f64()
    };
    let server_cpu = busy(server_before, process::cpu_time(&process)?);
    let load_cpu = busy(load_before, process::cpu_time("self")?);
    let memory = process::memory_mb(&process)?;
    tokio::time::sleep(COOL_DOWN).await;
    let lost = people.iter().filter(|person| person.is_finished()).count();
    for person in people {
        person.abort();
    }

    let edit = |percent: f64| meter.edit_ms(percent);
    let saved = |percent: f64| meter.saved_ms(percent);
    let mut line = format!(
        "{sockets:>8} {:>7.1} ms {:>7.1} ms {:>7.1} ms {:>7.1} ms {server_cpu:>7.0} % {load_cpu:>7.0} % {memory:>7.1} MB {:>7.1}/s {:>6.1} %",
        edit(50.0),
        edit(99.0),
        saved(50.0),
        saved(99.0),
        meter.frames_in() as f64 / sockets as f64 / WINDOW.as_secs_f64(),
        100.0 * meter.heard_share(sockets),
    );
    if lost > 0 {
        write!(line, "   {lost} sockets were closed")?;
    }
    Ok(line)
}
