//! Copies of the database: whole, or refused; and files that are taken away from under the server.

use samtavle_tests::{
    disk,
    server::{Server, run},
    table::Table,
};
use serde_json::Value;
use std::{fs, path::Path, process::Output};

fn words(run: &Output) -> String {
    [&*run.stdout, &*run.stderr]
        .map(String::from_utf8_lossy)
        .concat()
}

async fn starts_on(folder: &Path, more: &[&str]) -> Output {
    let folder = folder.to_str().unwrap();
    run(&[&["--listen", "127.0.0.1:0", "--data", folder], more].concat()).await
}

async fn board_with(server: &Server, text: &str) -> Table {
    let board = server.board("Buss").await;
    let kari = board.join("Kari").await;
    kari.writes(text).await;
    kari.is_saved().await;
    board
}

#[tokio::test]
async fn a_copy_of_the_one_file_of_a_running_server_is_refused_and_says_what_to_do() {
    let server = Server::start().await;
    let board = board_with(&server, "lies in the write-ahead log").await;
    let copy = tempfile::tempdir().unwrap();
    let file = copy.path().join("samtavle.db");
    fs::copy(server.database(), &file).unwrap();
    let before = fs::read(&file).unwrap();
    for task in [&[][..], &["verify"], &["backup", "/nowhere/file"]] {
        let refused = starts_with_task(copy.path(), task).await;
        let said = words(&refused);
        assert!(!refused.status.success(), "{said}");
        assert!(
            said.contains("samtavle backup") && said.contains("not whole"),
            "{said}"
        );
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    }
    assert!(fs::read(&file).unwrap() == before, "the copy was changed");
    // Without the head it cannot be known whether it is whole.
    fs::copy(wal_of(server.folder()), wal_of(copy.path())).unwrap();
    let said = words(&starts_on(copy.path(), &[]).await);
    assert!(said.contains("samtavle.db-head is missing"), "{said}");
    // All files of a server that was killed are whole.
    fs::copy(
        server.folder().join("samtavle.db-head"),
        copy.path().join("samtavle.db-head"),
    )
    .unwrap();
    let copied = Server::start_in(copy.path(), &[]).await;
    let there = board.at(copied.address()).join("Fresh").await;
    there.sees_only(&["lies in the write-ahead log"]).await;
}

async fn starts_with_task(folder: &Path, task: &[&str]) -> Output {
    let folder = folder.to_str().unwrap();
    match task {
        [] => starts_on(Path::new(folder), &[]).await,
        task => run(&[task, &["--data", folder]].concat()).await,
    }
}

#[tokio::test]
async fn what_is_there_of_a_copy_is_opened_when_it_is_asked_for() {
    let server = Server::start().await;
    board_with(&server, "lies in the write-ahead log").await;
    let copy = tempfile::tempdir().unwrap();
    fs::copy(server.database(), copy.path().join("samtavle.db")).unwrap();
    let mut copied = Server::start_in(copy.path(), &["--open-anyway"]).await;
    assert!(copied.log().contains("not whole"), "{}", copied.log());
    copied.stop().await;
    assert!(
        starts_with_task(copy.path(), &["verify"])
            .await
            .status
            .success()
    );
}

#[tokio::test]
async fn a_backup_of_a_running_server_is_whole_checked_and_takes_no_files_place() {
    let mut server = Server::start().await;
    let board = board_with(&server, "before the backup").await;
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("boards.db");
    let backup = ["backup", file.to_str().unwrap(), "--data"];
    let made = run(&[&backup[..], &[server.folder().to_str().unwrap()]].concat()).await;
    assert!(made.status.success(), "{}", words(&made));
    assert!(words(&made).contains("boards: 1"), "{}", words(&made));
    assert_eq!(
        fs::read_dir(elsewhere.path()).unwrap().count(),
        1,
        "one file"
    );
    let again = run(&[&backup[..], &[server.folder().to_str().unwrap()]].concat()).await;
    assert!(!again.status.success() && words(&again).contains("is there already"));

    let kari = board.join("Kari").await;
    kari.writes("after the backup").await;
    kari.is_saved().await;
    drop(kari);

    // In a folder of its own, and in the old one of a server that was killed.
    let fresh = tempfile::tempdir().unwrap();
    fs::copy(&file, fresh.path().join("samtavle.db")).unwrap();
    let restored = Server::start_in(fresh.path(), &[]).await;
    let reader = board.at(restored.address()).join("Reader").await;
    reader.sees_only(&["before the backup"]).await;
    let health: Value = restored.get("/health").await.json();
    assert_eq!(health["damage"], Value::Null, "{health}");

    server.kill().await;
    fs::copy(&file, server.database()).unwrap();
    server.start_again().await;
    let reader = board.join("Reader").await;
    reader.sees_only(&["before the backup"]).await;
    let health: Value = server.get("/health").await.json();
    assert_eq!(health["status"], "ok", "{health}");
}

#[tokio::test]
async fn a_backup_that_cannot_be_written_leaves_nothing() {
    let server = Server::start().await;
    board_with(&server, "a note").await;
    let data = server.folder().to_str().unwrap();
    let refused = run(&["backup", "/nowhere/boards.db", "--data", data]).await;
    assert!(!refused.status.success());
    assert!(
        words(&refused).contains("/nowhere/boards.db"),
        "{}",
        words(&refused)
    );
    let Some(disk) = disk::SmallDisk::mount("64k") else {
        return;
    };
    let file = disk.folder().join("boards.db");
    let refused = run(&["backup", file.to_str().unwrap(), "--data", data]).await;
    assert!(!refused.status.success(), "{}", words(&refused));
    assert_eq!(fs::read_dir(disk.folder()).unwrap().count(), 0);
}

fn wal_of(folder: &Path) -> std::path::PathBuf {
    folder.join("samtavle.db-wal")
}

#[tokio::test]
async fn a_write_ahead_log_that_vanishes_is_noticed_before_the_next_saved() {
    let mut server = Server::start().await;
    let board = board_with(&server, "before").await;
    for is_replaced in [false, true] {
        fs::remove_file(wal_of(server.folder())).unwrap();
        if is_replaced {
            fs::write(wal_of(server.folder()), "somebody's own").unwrap();
        }
        let kari = board.join("Kari").await;
        let text = format!("after, replaced: {is_replaced}");
        kari.writes(&text).await;
        kari.is_saved().await;
        drop(kari);
        assert!(
            server.log().contains("is called saved before"),
            "{}",
            server.log()
        );
        server.kill().await;
        server.start_again().await;
        let fresh = board.join("Fresh").await;
        fresh.sees("before").await;
        fresh.sees(&text).await;
    }
}

#[tokio::test]
async fn a_database_that_vanishes_is_written_anew_before_the_next_saved() {
    let mut server = Server::start().await;
    let board = board_with(&server, "before").await;
    fs::remove_file(server.database()).unwrap();
    let kari = board.join("Kari").await;
    kari.writes("after").await;
    kari.is_saved().await;
    drop(kari);
    server.kill().await;
    server.start_again().await;
    let fresh = board.join("Fresh").await;
    fresh.sees_only(&["after", "before"]).await;
}

#[tokio::test]
async fn a_database_that_is_replaced_is_left_alone_and_nothing_is_called_saved() {
    let mut server = Server::start().await;
    let board = board_with(&server, "before").await;
    let other = tempfile::tempdir().unwrap();
    let moved = other.path().join("samtavle.db");
    fs::copy(server.database(), &moved).unwrap();
    let replacement = fs::read(&moved).unwrap();
    fs::rename(&moved, server.database()).unwrap_or_else(|_| {
        fs::remove_file(server.database()).unwrap();
        fs::copy(&moved, server.database()).unwrap();
    });
    let kari = board.join("Kari").await;
    kari.writes("nowhere to go").await;
    kari.until("what is wrong", |state| state.trouble.is_some())
        .await;
    {
        let state = kari.state();
        assert_ne!(state.saved, state.sent);
    }
    let health: Value = server.get("/health").await.json();
    assert_eq!(health["saving"], "failed", "{health}");
    server.stop().await;
    assert!(
        fs::read(server.database()).unwrap() == replacement,
        "it was changed"
    );
}
