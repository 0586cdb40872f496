//! All of it at once, beside many honest people: `ROUNDS=60 ./tests/run attacks all_at_once` plays a minute of it with a
//! hundred people on the server that ships.

use crate::memory::{head, pours, upgraded};
use samtavle_shared::{limits::MAX_FRAME_BYTES, session::Command, wire::Frame};
use samtavle_tests::{
    honest::Honest,
    people::Person,
    server::Server,
    table::Table,
    wire::{PATIENCE, Socket},
};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};
use tokio::{net::TcpStream, time::sleep};

const MIB: u64 = 1024 * 1024;
/// What the whole server may take.
const MOST_MIB: u64 = 512;

/// How long it goes on, and whether somebody asked for it.
fn rounds() -> (Duration, bool) {
    let asked = std::env::var("ROUNDS").ok();
    let seconds = asked.as_ref().and_then(|rounds| rounds.parse().ok());
    (Duration::from_secs(seconds.unwrap_or(4)), asked.is_some())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_attacks_at_once_take_little_memory_and_keep_nobody_waiting() {
    let (length, is_long) = rounds();
    let server = Server::start().await;
    let theirs = server.board("Nattbuss").await;
    let elsewhere = server.board("Fritidsklubb").await;
    // A hundred people: fifty pairs, each of whom writes something now and then.
    let (pairs, between) = if is_long { (25, 400) } else { (2, 50) };
    let tables: Vec<&Table> = (0..pairs).flat_map(|_| [&theirs, &elsewhere]).collect();
    let honest = Honest::at_pace(&tables, Duration::from_millis(between)).await;
    let before = server.memory();
    let most = AtomicU64::new(before);
    let measured = honest
        .beside(async {
            let until = Instant::now() + length;
            let many = if is_long { 4_000 } else { 300 };
            tokio::join!(
                Box::pin(never_ending(&theirs, until)),
                Box::pin(silent(&theirs, many, until)),
                Box::pin(long_hellos(&theirs, until)),
                Box::pin(costly(&server, until)),
                Box::pin(floods(&theirs, until)),
                Box::pin(fills(&theirs, until)),
                Box::pin(watches(&server, &most, until)),
            );
        })
        .await;
    let most = most.load(Ordering::Relaxed) / MIB;
    let (quiet, attacked) = (measured.quiet.all(), measured.attacked.all());
    println!("all at once: quiet {quiet}; attacked {attacked}");
    println!("/health: {}", measured.attacked.health);
    println!("memory: before {} MiB, at most {most} MiB", before / MIB);
    assert!(most <= MOST_MIB, "{most} MiB");
    if is_long {
        // On a machine that is not busy with anything else; else no more than three times what it is without them.
        let most = Duration::from_millis(200).max(3 * quiet.p99());
        assert!(attacked.p99() < most, "{attacked}");
        sleep(Duration::from_secs(10)).await; // what is free goes back to the system by and by
        println!("memory ten seconds later: {} MiB", server.memory() / MIB);
    } else {
        assert!(attacked.longest() < Duration::from_secs(5), "{attacked}");
    }
}

async fn watches(server: &Server, most: &AtomicU64, until: Instant) {
    while Instant::now() < until {
        most.fetch_max(server.memory(), Ordering::Relaxed);
        sleep(Duration::from_millis(100)).await;
    }
}

/// Messages that are begun and never end.
async fn never_ending(table: &Table, until: Instant) {
    let mut held = Vec::new();
    for _ in 0..60 {
        let mut stream = upgraded(table).await;
        let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, &head(MAX_FRAME_BYTES)).await;
        held.push(tokio::spawn(async move {
            pours(&mut stream, MAX_FRAME_BYTES - 64 * 1024).await;
            while Instant::now() < until {
                let _ = stream.try_write(b"xxxx");
                sleep(Duration::from_millis(200)).await;
            }
        }));
    }
    for one in held {
        let _ = one.await;
    }
}

/// Connections that say nothing.
async fn silent(table: &Table, count: usize, until: Instant) {
    let mut held = Vec::new();
    while Instant::now() < until {
        held.clear();
        for _ in 0..count {
            if let Ok(stream) = TcpStream::connect(&table.address).await {
                held.push(stream);
            }
        }
        let rest = until.saturating_duration_since(Instant::now());
        sleep(rest.min(Duration::from_secs(5))).await;
    }
}

/// Hellos of four megabytes.
async fn long_hellos(table: &Table, until: Instant) {
    let long = vec![b'x'; MAX_FRAME_BYTES - 1];
    while Instant::now() < until {
        if let Some(mut socket) = Socket::try_open(&table.socket_url()).await {
            socket.send(&long).await;
            let _ = tokio::time::timeout(PATIENCE, socket.next()).await;
        }
        sleep(Duration::from_millis(100)).await;
    }
}

/// Boards of their own, of long notes, on which everybody is disturbed.
async fn costly(server: &Server, until: Instant) {
    let board = server.board("Eget").await;
    let eva = board.join("Eva").await;
    for number in 0..60 {
        eva.writes(&format!("{number} ord som går igjen ").repeat(400))
            .await;
    }
    while Instant::now() < until && eva.state().closed.is_none() {
        eva.asks(Command::DisturbMe { by_card: false });
        eva.writes("mer").await;
        sleep(Duration::from_millis(20)).await;
    }
}

/// One participant who says who they are, again and again, by many pages.
async fn floods(table: &Table, until: Instant) {
    let eva = table.join("Eva").await;
    let mut pages: Vec<Person> = Vec::new();
    for _ in 0..5 {
        pages.push(eva.opens_another_page().await);
    }
    let mut number = 0;
    while Instant::now() < until {
        for page in &pages {
            number += 1;
            page.asks(Command::Introduce {
                name: format!("Eva {number}"),
                voices: Vec::new(),
            });
        }
        sleep(Duration::from_millis(5)).await;
    }
}

/// One who fills the board with what it does not know.
async fn fills(table: &Table, until: Instant) {
    let eva = table.join("Eva").await;
    let rubbish = vec![0xff; 200 * 1024];
    let mut number = 0;
    while Instant::now() < until {
        number += 1;
        eva.writes(&"x".repeat(9_000)).await;
        if number % 20 == 0 {
            let mut socket = table.socket().await;
            socket.hello(&table.participant, number, "").await;
            socket.send(&Frame::Update(&rubbish).write()).await;
        }
        sleep(Duration::from_millis(20)).await;
    }
}
