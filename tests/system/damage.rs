//! Disks that change what was written: it is found when it is read, set aside, said in the log and in `/health`, and
//! never served as if it were what people wrote.

use rand::RngExt as _;
use samtavle_tests::{
    server::{Server, run},
    table::Table,
};
use std::{fs, path::Path, process::Output};

fn chance() -> rand::rngs::StdRng {
    let seed = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(rand::random::<u64>);
    println!("SEED={seed}");
    <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(seed)
}

/// How often something random is done: some times in the suite, `ROUNDS` times when somebody has the time.
fn rounds(few: usize) -> usize {
    let rounds = std::env::var("ROUNDS").ok();
    rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

/// A board with notes, of which the words are known.
async fn board_with_notes(server: &Server, count: usize) -> (Table, Vec<String>) {
    let board = server.board("Buss").await;
    let kari = board.join("Kari").await;
    for number in 0..count {
        kari.writes(&format!("note {number:03}, which says something"))
            .await;
        if number % 10 == 0 {
            kari.is_saved().await; // so that there is more than one commit
        }
    }
    kari.is_saved().await;
    let texts = kari.state().texts();
    (board, texts)
}

fn copy_of(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    copy
}

fn flip(file: &Path, at: usize, bit: usize) {
    let mut bytes = fs::read(file).unwrap();
    bytes[at] ^= 1 << bit;
    fs::write(file, bytes).unwrap();
}

async fn verify(folder: &Path) -> (Option<i32>, String) {
    let Output { status, stdout, .. } = run(&["verify", "--data", folder.to_str().unwrap()]).await;
    (status.code(), String::from_utf8(stdout).unwrap())
}

#[tokio::test]
async fn a_changed_note_is_set_aside_said_and_never_served() {
    let mut server = Server::start().await;
    let (board, texts) = board_with_notes(&server, 40).await;
    server.stop().await;
    assert_eq!(verify(server.folder()).await.0, Some(0));

    let bytes = fs::read(server.database()).unwrap();
    let words = b"note 017, which";
    // In its record, and in the checkpoint that was made at the end.
    for at in 0..bytes.len() - words.len() {
        if bytes[at..].starts_with(words) {
            flip(&server.database(), at + 6, 1);
        }
    }
    let (code, said) = verify(server.folder()).await;
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains(&board.id) && said.contains("is damaged"),
        "{said}"
    );

    server.start_again().await;
    let fresh = board.join("Fresh").await;
    let there = fresh.state().texts();
    assert!(there.iter().all(|text| texts.contains(text)), "{there:?}");
    let health = server.get("/health").await.json();
    assert_eq!(health["damage"]["set_aside"]["record"], 1, "{health}");
    assert_eq!(health["damage"]["set_aside"]["checkpoint"], 1, "{health}");
    assert!(server.log().contains("it is not as it was written"));
    // What came after it is held by the gap; what is written from now on is not.
    fresh.writes("afterwards").await;
    fresh.is_saved().await;
    server.kill().await;
    server.start_again().await;
    board.join("Last").await.sees("afterwards").await;
    let health = server.get("/health").await.json();
    assert_eq!(health["damage"]["set_aside"]["record"], 1, "{health}");
}

/// One bit anywhere: the server says so, or all that people wrote is there.
#[tokio::test]
async fn one_flipped_bit_in_the_database_is_never_served_in_silence() {
    let mut chance = chance();
    let mut server = Server::start_with(&["--checkpoint-every", "25"]).await;
    let (board, texts) = board_with_notes(&server, 60).await;
    server.stop().await;
    let size = fs::read(server.database()).unwrap().len();
    let mut found = 0;
    for _ in 0..rounds(12) {
        let copy = copy_of(server.folder());
        let (at, bit) = (chance.random_range(0..size), chance.random_range(0..8));
        flip(&copy.path().join("samtavle.db"), at, bit);
        let (code, _) = verify(copy.path()).await;
        let starts = [
            "--listen",
            "127.0.0.1:0",
            "--data",
            copy.path().to_str().unwrap(),
        ];
        let Some(harmed) = Server::try_start_in(copy.path()).await else {
            let refused = run(&starts).await;
            let said = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert!(
                said.contains("damaged") || said.contains("version"),
                "{at}.{bit}: {said}"
            );
            found += 1;
            continue;
        };
        let table = board.at(harmed.address());
        let there = match table.tries_to_join("Fresh").await {
            Some(fresh) => fresh.state().texts(),
            None => Vec::new(),
        };
        let health = harmed.get("/health").await.json();
        if there != texts {
            let is_said =
                !health["damage"].is_null() || harmed.log().contains("ERROR") || code == Some(3);
            assert!(
                is_said,
                "{at}.{bit}: {} notes, {health}, {code:?}",
                there.len()
            );
            let is_true = there.iter().all(|text| texts.contains(text));
            assert!(is_true, "{at}.{bit}: {there:?}");
            found += 1;
        }
    }
    println!("found: {found}");
}

#[tokio::test]
async fn a_harmed_write_ahead_log_is_noticed_said_and_kept() {
    let mut chance = chance();
    let mut server = Server::start().await;
    let (board, texts) = board_with_notes(&server, 60).await;
    server.kill().await;
    let size = fs::read(server.folder().join("samtavle.db-wal"))
        .unwrap()
        .len();
    for _ in 0..rounds(4) {
        let copy = copy_of(server.folder());
        let wal = copy.path().join("samtavle.db-wal");
        // Behind the first commit, so that there is something left; before the last, so that something is lost.
        let (at, bit) = (
            chance.random_range(32..size - 4096),
            chance.random_range(0..8),
        );
        flip(&wal, at, bit);
        let harmed_bytes = fs::read(&wal).unwrap();
        let (code, said) = verify(copy.path()).await;
        let Some(harmed) = Server::try_start_in(copy.path()).await else {
            let (code, _) = verify(copy.path()).await;
            assert_ne!(code, Some(0), "{at}.{bit}: refused, and nothing wrong");
            continue;
        };
        let health = harmed.get("/health").await.json();
        assert_eq!(code, Some(3), "{at}.{bit}: {said}");
        assert!(
            health["damage"]["missing"].as_u64() > Some(0),
            "{at}.{bit}: {health}"
        );
        let kept = health["damage"]["files"][0].as_str().unwrap().to_owned();
        assert_eq!(fs::read(copy.path().join(kept)).unwrap(), harmed_bytes);
        assert!(
            harmed.log().contains("not in the database"),
            "{}",
            harmed.log()
        );
        // Whoever still has it hands it back.
        let table = board.at(harmed.address());
        if let Some(fresh) = table.tries_to_join("Fresh").await {
            let there = fresh.state().texts();
            assert!(there.iter().all(|text| texts.contains(text)));
        }
    }
}
