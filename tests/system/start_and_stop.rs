//! Starting where it cannot, and stopping without a loss.

use samtavle_shared::wire::{CloseCode, Role};
use samtavle_tests::server::{Server, run};
use std::{
    fs,
    path::Path,
    process::Output,
    time::{Duration, Instant},
};

/// It ended with an error of one clear line.
fn is_refused(run: &Output, words: &[&str]) {
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(!run.status.success(), "it started");
    assert_eq!(
        said.trim_end().lines().count(),
        1,
        "more than a line: {said}"
    );
    for word in words {
        assert!(said.contains(word), "nothing of {word:?} in: {said}");
    }
}

/// Every file of a folder with its bytes.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

async fn run_on(folder: &Path) -> Output {
    run(&[
        "--listen",
        "127.0.0.1:0",
        "--data",
        folder.to_str().unwrap(),
    ])
    .await
}

#[tokio::test]
async fn a_wrong_option_is_one_clear_line() {
    is_refused(&run(&["--lisen", "127.0.0.1:0"]).await, &["--lisen"]);
    is_refused(
        &run(&["--listen", "nowhere"]).await,
        &["--listen", "nowhere"],
    );
    is_refused(&run(&["--log", "loud"]).await, &["--log", "loud"]);
    is_refused(&run(&["--log-format", "xml"]).await, &["xml"]);
    is_refused(
        &run(&["--config", "/nothing/here.toml"]).await,
        &["/nothing/here.toml"],
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("samtavle.toml");
    fs::write(&file, "lisen = 1\n").unwrap();
    is_refused(
        &run(&["--config", file.to_str().unwrap()]).await,
        &["lisen"],
    );
}

#[tokio::test]
async fn help_explains_every_option() {
    let help = run(&["--help"]).await;
    assert!(help.status.success());
    let help = String::from_utf8(help.stdout).unwrap();
    for option in [
        "--listen",
        "--data",
        "--config",
        "--public-url",
        "--addresses",
        "--log",
        "--log-format",
        "--unload-after",
    ] {
        assert!(help.contains(option), "{option}");
    }
    assert!(
        help.contains("SAMTAVLE_LISTEN"),
        "the environment is named, too"
    );
}

#[tokio::test]
async fn a_port_in_use_is_one_clear_line_and_touches_nothing() {
    let server = Server::start().await;
    let folder = tempfile::tempdir().unwrap();
    let refused = run(&[
        "--listen",
        server.address(),
        "--data",
        folder.path().to_str().unwrap(),
    ])
    .await;
    is_refused(&refused, &[server.address(), "in use"]);
    assert!(contents(folder.path()).is_empty());
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_is_one_clear_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, "").unwrap();
    is_refused(&run_on(&file.join("data")).await, &["a-file"]);
    is_refused(
        &run_on(Path::new("/proc/samtavle")).await,
        &["/proc/samtavle"],
    );
}

#[tokio::test]
async fn two_servers_do_not_share_a_data_folder() {
    let server = Server::start().await;
    let board = server.board("").await;
    is_refused(&run_on(server.folder()).await, &["another server"]);
    let kari = board.join("Kari").await;
    kari.writes("the first one carries on").await;
    kari.is_saved().await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("samtavle.db"),
        "my shopping list\n".repeat(100),
    )
    .unwrap();
    let before = contents(folder.path());
    is_refused(&run_on(folder.path()).await, &["damaged", "samtavle.db"]);
    assert_eq!(contents(folder.path()), before);
}

/// A folder with a board and some notes, after a clean stop.
async fn stopped_server() -> Server {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    for number in 0..200 {
        kari.writes(&format!("note {number} {}", "and what it says ".repeat(10)))
            .await;
    }
    kari.is_saved().await;
    server.stop().await;
    server
}

#[tokio::test]
async fn a_damaged_database_is_left_alone() {
    let server = stopped_server().await;
    let mut bytes = fs::read(server.database()).unwrap();
    let middle = bytes.len() / 2;
    for byte in &mut bytes[middle..middle + 16_384] {
        *byte = 0xA5;
    }
    fs::write(server.database(), &bytes).unwrap();
    is_refused(&run_on(server.folder()).await, &["damaged", "samtavle.db"]);
    assert!(
        fs::read(server.database()).unwrap() == bytes,
        "the file was changed"
    );
    assert!(!server.folder().join("samtavle.db-wal").exists());

    // Cut short, as by a full disk.
    fs::write(server.database(), &bytes[..middle]).unwrap();
    is_refused(&run_on(server.folder()).await, &["damaged", "samtavle.db"]);
    assert!(
        fs::read(server.database()).unwrap() == bytes[..middle],
        "the file was changed"
    );
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let server = stopped_server().await;
    let mut bytes = fs::read(server.database()).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes()); // PRAGMA user_version
    fs::write(server.database(), &bytes).unwrap();
    let before = contents(server.folder());
    is_refused(&run_on(server.folder()).await, &["version 99", "newer"]);
    assert!(contents(server.folder()) == before, "something was changed");
}

#[tokio::test]
async fn a_server_that_is_stopped_sends_people_away_with_all_on_disk() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
    for number in 0..50 {
        kari.writes(&format!("note {number}")).await;
    }
    ola.until("all of it", |state| state.texts().len() == 50)
        .await;

    let began = Instant::now();
    let status = server.stop().await;
    assert!(status.success(), "{status}");
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(kari.is_closed().await, Some(CloseCode::Restart));
    assert_eq!(ola.is_closed().await, Some(CloseCode::Restart));
    assert!(
        !server.folder().join("samtavle.db-wal").exists(),
        "one file holds everything"
    );

    server.start_again().await;
    let fresh = board.join("Fresh").await;
    assert_eq!(
        fresh.state().texts().len(),
        50,
        "what the others had seen is on disk"
    );
}

#[tokio::test]
async fn stopping_does_not_wait_for_those_who_do_not_listen() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let mut idle = board.socket().await; // never says hello
    let mut silent = board.socket().await;
    silent.hello(&board.participant, 1, "").await;
    let began = Instant::now();
    assert!(server.stop().await.success());
    assert!(
        began.elapsed() < Duration::from_secs(12),
        "{:?}",
        began.elapsed()
    );
    idle.closes().await;
    silent.closes().await;
}

#[tokio::test]
async fn options_come_from_the_environment_and_the_file_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("samtavle.toml");
    fs::write(&file, "public_url = \"https://tavle.example.org\"\n").unwrap();
    let server = Server::start_with(&["--config", file.to_str().unwrap()]).await;
    let made = server
        .post("/api/boards", &serde_json::json!({}))
        .await
        .json();
    assert!(
        made["links"]["wall"]
            .as_str()
            .unwrap()
            .starts_with("https://tavle.example.org/wall/"),
        "{made}"
    );
}

#[tokio::test]
async fn nothing_of_people_is_in_the_log() {
    let mut server = Server::start_with(&["--log", "trace"]).await;
    let board = server.board("Tittelen er hemmelig").await;
    let kari = board.join("Kari Nordmann").await;
    let wall = board.join_as("wall", Role::Wall).await;
    kari.points_at(1.0, 2.0).await;
    kari.writes("Jeg er redd for bussen").await;
    kari.is_saved().await;
    wall.writes("Veggen skriver").await;
    wall.until("a refusal", |state| !state.refused.is_empty())
        .await;
    let mut guesser = board.socket().await;
    guesser.hello("en-hemmelig-nokkel", 1, "").await;
    guesser.closes().await;
    let joined = server
        .post("/api/join", &serde_json::json!({ "code": board.code }))
        .await
        .json();
    server.stop().await;

    let log = server.log();
    assert!(log.contains(&board.id), "it does say what it does: {log}");
    let key = joined["key"].as_str().unwrap();
    for secret in [
        "hemmelig",
        "Kari",
        "redd",
        "Veggen",
        "127.0.0.1",
        &board.code,
        &board.facilitator,
        &board.participant,
        &board.wall,
        key,
    ] {
        assert!(!log.contains(secret), "{secret:?} is in the log: {log}");
    }
}

#[tokio::test]
async fn a_log_for_machines_is_one_object_a_line() {
    let mut server = Server::start_with(&["--log-format", "json"]).await;
    server.board("").await;
    server.stop().await;
    let log = server.log();
    assert!(log.lines().count() >= 3, "{log}");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(
            line["level"].is_string() && line["target"].is_string(),
            "{line}"
        );
    }
}
