//! A standard JavaScript client (`yjs` and `y-websocket` from npm, in node) at the same board.

use samtavle_shared::session::Showing;
use samtavle_tests::{server::Server, table::Table};
use std::{path::PathBuf, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

/// A guest in node: it does what it is told, a line at a time, and says what it sees.
struct Guest {
    orders: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    /// What it said and nobody has waited for.
    said: Vec<String>,
    _node: Child,
}

impl Guest {
    /// Starts one at a board, with a key.
    async fn join(board: &Table, key: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("node");
        install(&folder).await;
        let mut node = Command::new("node")
            .arg(folder.join("guest.mjs"))
            .args([&format!("ws://{}/yjs", board.address), &board.id, key])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node is installed");
        let orders = node.stdin.take().unwrap();
        let lines = BufReader::new(node.stdout.take().unwrap()).lines();
        Self {
            orders,
            lines,
            said: Vec::new(),
            _node: node,
        }
    }

    async fn does(&mut self, order: &str) {
        self.orders
            .write_all(format!("{order}\n").as_bytes())
            .await
            .unwrap();
    }

    /// Waits until it says exactly this, or has said it since somebody waited for it.
    async fn says(&mut self, expected: &str) {
        let heard = timeout(samtavle_tests::wire::PATIENCE, async {
            loop {
                if let Some(at) = self.said.iter().position(|line| line == expected) {
                    self.said.remove(at);
                    return;
                }
                let line = self.lines.next_line().await.unwrap();
                self.said
                    .push(line.unwrap_or_else(|| panic!("it ended, after {:?}", self.said)));
            }
        });
        assert!(
            heard.await.is_ok(),
            "it did not say {expected:?} but {:?}",
            self.said
        );
    }
}

async fn install(folder: &PathBuf) {
    static INSTALLED: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
    INSTALLED
        .get_or_init(async || {
            if !folder.join("node_modules/y-websocket").exists() {
                let mut npm = Command::new("npm");
                npm.args(["ci", "--silent", "--no-audit", "--no-fund"])
                    .current_dir(folder);
                assert!(npm.status().await.expect("npm is installed").success());
            }
        })
        .await;
}

#[tokio::test]
async fn a_standard_client_makes_edits_and_sees_notes_and_cursors() {
    let server = Server::start().await;
    let board = server.board("Buss").await;
    board.shows(Showing::Named).await;
    let kari = board.join("Kari").await;
    let ours = kari.writes("The bus").await;
    let mut guest = Guest::join(&board, &board.participant).await;
    guest.says("connected").await;
    guest.says("note: The bus").await;

    guest.does("write Made by the guest").await;
    kari.sees("Made by the guest").await;
    guest.does(&format!("edit {ours}  never comes 🚌")).await;
    kari.sees("The bus never comes 🚌").await;
    kari.adds_to(&ours, "!").await;
    guest.says("note: The bus never comes 🚌!").await;

    kari.points_at(3.0, 4.0).await;
    guest.says("cursor: Kari 3,4").await;
    guest.does("point 7 8").await;
    kari.until("the guest's cursor", |state| {
        state.named("Guest").next().is_some()
    })
    .await;
    drop(guest);
    kari.until("the guest to go", |state| state.here.len() <= 1)
        .await;
    board
        .join("Fresh")
        .await
        .sees_only(&["Made by the guest", "The bus never comes 🚌!"])
        .await;
}

#[tokio::test]
async fn a_standard_client_with_a_wall_key_sees_and_may_not_write() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let mut guest = Guest::join(&board, &board.wall).await;
    guest.says("connected").await;
    guest.does("write by the wall").await;
    guest.says("denied").await;
    kari.writes("by Kari").await;
    guest.says("note: by Kari").await;
    kari.sees_only(&["by Kari"]).await;
}

#[tokio::test]
async fn a_standard_client_with_a_wrong_key_is_denied() {
    let server = Server::start().await;
    let board = server.board("").await;
    let mut guest = Guest::join(&board, "wrong").await;
    guest.says("denied").await;
}

#[tokio::test]
async fn a_standard_client_comes_back_by_itself_with_what_it_wrote_meanwhile() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let mut guest = Guest::join(&board, &board.participant).await;
    guest.says("connected").await;
    server.kill().await;
    guest.says("disconnected").await;
    guest.does("write while it was away").await;
    server.start_again().await;
    guest.says("connected").await;
    board.join("Fresh").await.sees("while it was away").await;
}
