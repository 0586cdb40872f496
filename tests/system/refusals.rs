//! Bad input: a clear refusal on that socket, and nobody else notices.

use samtavle_shared::{
    board::{Board, Made, NewNote, NoteKind, TextEdit},
    geometry::BoardPoint,
    ids::NoteId,
    limits::MAX_FRAME_BYTES,
    wire::{CloseCode, Frame, RefusalCode, Role, ServerMessage},
};
use samtavle_tests::{
    people::{Person, all_see_the_same},
    server::Server,
    table::Table,
    wire::{Incoming, PATIENCE, Socket},
};
use std::{fs, path::Path};

/// A board with two honest people, who work on whatever happens.
struct Scene {
    server: Server,
    board: Table,
    kari: Person,
    ola: Person,
    notes: usize,
}

impl Scene {
    async fn new() -> Self {
        let server = Server::start().await;
        let board = server.board("").await;
        let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
        Self {
            server,
            board,
            kari,
            ola,
            notes: 0,
        }
    }

    /// A socket that has said hello.
    async fn stranger(&self) -> Socket {
        let mut socket = self.board.socket().await;
        socket
            .hello(&self.board.participant, rand::random::<u64>() >> 11, "")
            .await;
        socket
    }

    /// The honest ones are still connected, and reach each other and the disk.
    async fn carries_on(&mut self) {
        self.notes += 1;
        let text = format!("still here {}", self.notes);
        self.kari.writes(&text).await;
        self.ola.sees(&text).await;
        self.kari.is_saved().await;
        assert_eq!(
            all_see_the_same(&[&self.kari, &self.ola]).await.len(),
            self.notes
        );
    }

    /// The same after a restart, for people who know nothing yet.
    async fn opens_again(&mut self) {
        self.server.kill().await;
        self.server.start_again().await;
        let fresh = self.board.join("Fresh").await;
        assert_eq!(fresh.state().texts().len(), self.notes);
        self.kari.comes_back().await;
        self.ola.comes_back().await;
        self.carries_on().await;
    }
}

fn has_refusal(said: &[ServerMessage], code: RefusalCode) -> bool {
    said.iter()
        .any(|message| matches!(message, ServerMessage::Refused { code: its, .. } if *its == code))
}

#[tokio::test]
async fn rubbish_closes_its_socket_and_no_other() {
    let mut scene = Scene::new().await;
    let rubbish: [&[u8]; 7] = [
        b"",
        b"hello there",
        &[0],
        &[0, 2],
        &[0, 0, 5, 255, 255, 255, 255, 15],
        &[255; 100],
        &[1, 3, 1, 1, 1],
    ];
    for bytes in rubbish {
        let mut socket = scene.stranger().await;
        socket.send(bytes).await;
        let (code, said) = socket.closes().await;
        assert_eq!(code, Some(CloseCode::Rubbish), "{bytes:?}");
        assert!(
            has_refusal(&said, RefusalCode::Malformed),
            "{bytes:?}: {said:?}"
        );
        scene.carries_on().await;
    }
    let mut socket = scene.stranger().await;
    socket.send_text("hello").await;
    assert_eq!(socket.closes().await.0, Some(CloseCode::Rubbish));
    scene.opens_again().await;
}

#[tokio::test]
async fn rubbish_instead_of_hello_is_refused() {
    let scene = Scene::new().await;
    for bytes in [
        &b"rubbish"[..],
        &Frame::SyncStep1(&[0]).write(),
        &Frame::Ours("{\"type\":\"hi\"}").write(),
    ] {
        let mut socket = scene.board.socket().await;
        socket.send(bytes).await;
        assert_eq!(
            socket.closes().await.0,
            Some(CloseCode::Rubbish),
            "{bytes:?}"
        );
    }
}

#[tokio::test]
async fn an_oversized_frame_is_refused() {
    let mut scene = Scene::new().await;
    for bytes in [MAX_FRAME_BYTES + 1, 3 * MAX_FRAME_BYTES] {
        let mut socket = scene.stranger().await;
        let sending = async {
            socket.send(&vec![0; bytes]).await;
            socket.closes().await
        };
        let (code, _) = sending.await;
        // Far over the limit the server need not read on to hear itself say why.
        let is_told = code == Some(CloseCode::TooLarge);
        assert!(is_told || bytes > 2 * MAX_FRAME_BYTES, "{bytes}: {code:?}");
        scene.carries_on().await;
    }
}

#[tokio::test]
async fn a_wrong_key_and_an_unknown_board_are_told_apart() {
    let scene = Scene::new().await;
    for key in ["", "wrong", &scene.board.id] {
        let mut socket = scene.board.socket().await;
        socket.hello(key, 1, "").await;
        let (code, said) = socket.closes().await;
        assert_eq!(code, Some(CloseCode::WrongKey), "{key}");
        assert!(has_refusal(&said, RefusalCode::WrongKey), "{said:?}");
    }
    let nowhere = format!("ws://{}/socket/nowhere", scene.server.address());
    let mut socket = Socket::open(&nowhere).await;
    socket.hello(&scene.board.participant, 1, "").await;
    let (code, said) = socket.closes().await;
    assert_eq!(code, Some(CloseCode::NoSuchBoard));
    assert!(has_refusal(&said, RefusalCode::NoSuchBoard), "{said:?}");

    // A key of one board opens no other.
    let other = scene.server.board("").await;
    let mut socket = other.socket().await;
    socket.hello(&scene.board.facilitator, 1, "").await;
    assert_eq!(socket.closes().await.0, Some(CloseCode::WrongKey));
}

#[tokio::test]
async fn a_standard_client_is_denied_with_the_reason() {
    let scene = Scene::new().await;
    let nowhere = format!("ws://{}/yjs/nowhere?key=x", scene.server.address());
    let no_key = format!("ws://{}/yjs/{}", scene.server.address(), scene.board.id);
    for (url, close) in [
        (scene.board.yjs_url("wrong"), CloseCode::WrongKey),
        (no_key, CloseCode::WrongKey),
        (nowhere, CloseCode::NoSuchBoard),
    ] {
        let mut socket = Socket::open(&url).await;
        let Incoming::Frame(frame) = socket.next().await else {
            panic!("a frame first")
        };
        let Ok(Frame::Denied(reason)) = Frame::read(&frame) else {
            panic!("a denial")
        };
        assert!(reason.ends_with('.'), "{reason}");
        assert_eq!(socket.closes().await.0, Some(close));
    }
}

#[tokio::test]
async fn a_client_of_another_version_is_told_to_load_again() {
    let scene = Scene::new().await;
    let mut socket = scene.board.socket().await;
    let hello =
        r#"{"type":"hello","protocol":99,"key":"k","client":1,"device":"d","screen":"desk"}"#;
    socket.send(&Frame::Ours(hello).write()).await;
    assert_eq!(socket.closes().await.0, Some(CloseCode::OtherVersion));
}

#[tokio::test]
async fn a_wall_may_not_write_and_stays() {
    let mut scene = Scene::new().await;
    let wall = scene.board.join_as("wall", Role::Wall).await;
    wall.writes("the wall has something to say").await;
    wall.until("a refusal", |state| !state.refused.is_empty())
        .await;
    assert_eq!(wall.state().refused[0].0, RefusalCode::MayNotWrite);
    wall.is_saved().await; // its frames are settled, though nothing of them is taken

    scene.carries_on().await;
    wall.sees("still here 1").await;
    assert_eq!(wall.state().closed, None);
    assert_eq!(scene.ola.state().texts(), ["still here 1"]);
    scene.opens_again().await;
}

/// The second of two changes, and the board of whoever made both.
fn change_with_a_gap() -> (Vec<u8>, Board) {
    let board = Board::new(rand::random::<u64>() >> 11);
    let id = NoteId::from_random(rand::random());
    let pos = BoardPoint::new(0.0, 0.0);
    let note = NewNote::new(id.clone(), NoteKind::Idea, pos, "before", 0.0);
    board.change(Made::Here).add_note(note);
    let edit = TextEdit {
        at: 6,
        remove: 0,
        insert: " and after".to_owned(),
    };
    board.change(Made::Here).write_note(&id, &edit);
    let second = board.take_updates().pop().unwrap().bytes;
    (second, board)
}

#[tokio::test]
async fn a_change_with_a_gap_is_no_offence_and_the_server_asks_for_all() {
    let mut scene = Scene::new().await;
    let (second, theirs) = change_with_a_gap();
    let mut socket = scene.stranger().await;
    let step_1 = Frame::SyncStep1(&theirs.state_vector()).write();
    socket.send(&step_1).await;
    socket.send(&Frame::Update(&second).write()).await;

    // Its first question comes when one enters, the second for the gap.
    let mut questions = 0;
    while questions < 2 {
        let next = tokio::time::timeout(PATIENCE, socket.next())
            .await
            .expect("the server asks again");
        let Incoming::Frame(frame) = next else {
            panic!("{next:?}")
        };
        if let Ok(Frame::SyncStep1(ours)) = Frame::read(&frame) {
            questions += 1;
            if questions == 2 {
                socket
                    .send(&Frame::SyncStep2(&theirs.missing_from(ours).unwrap()).write())
                    .await;
            }
        }
    }
    scene.ola.sees("before and after").await;
    scene.notes += 1;
    scene.carries_on().await;
    scene.opens_again().await;
}

/// One case of tests/data/hostile.
struct Case {
    updates: Vec<Vec<u8>>,
}

fn hostile_cases() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hostile/updates.jsonl");
    let bytes = |hex: &str| {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    };
    fs::read_to_string(file)
        .unwrap()
        .lines()
        .map(|line| {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            let updates = case["updates"]
                .as_array()
                .unwrap()
                .iter()
                .map(|hex| bytes(hex.as_str().unwrap()));
            Case {
                updates: updates.collect(),
            }
        })
        .collect()
}

#[tokio::test]
async fn what_crashes_yrs_ends_as_a_refusal_and_the_board_stays_open_for_everyone() {
    let mut scene = Scene::new().await;
    let cases = hostile_cases();
    assert!(cases.len() >= 4, "the cases are there");
    for case in &cases {
        let mut socket = scene.stranger().await;
        let mut is_refused = false;
        for update in &case.updates {
            socket.send(&Frame::Update(update).write()).await;
        }
        // Either it is closed, or the last it hears is the question for what lies in the gap.
        let mut questions = 0;
        while !is_refused && questions < 2 {
            match tokio::time::timeout(PATIENCE, socket.next())
                .await
                .expect("an answer")
            {
                Incoming::Frame(frame) => match Frame::read(&frame) {
                    Ok(Frame::SyncStep1(_)) => questions += 1,
                    Ok(Frame::Ours(json)) => is_refused |= json.contains("refused"),
                    _ => {}
                },
                Incoming::Closed(_) | Incoming::Broken => is_refused = true,
            }
        }
        drop(socket);
        scene.carries_on().await;
    }
    scene.opens_again().await;
}

#[tokio::test]
async fn hostile_updates_of_a_standard_client_are_refused_too() {
    let mut scene = Scene::new().await;
    for case in hostile_cases() {
        let mut socket = Socket::open(&scene.board.yjs_url(&scene.board.participant)).await;
        for update in &case.updates {
            socket.send(&Frame::Update(update).write()).await;
        }
        scene.carries_on().await;
    }
    scene.opens_again().await;
}

#[tokio::test]
async fn who_reads_too_slowly_is_closed_and_can_sync_again() {
    let mut scene = Scene::new().await;
    let mut slow = Socket::open_narrow(&scene.board.socket_url()).await;
    slow.hello(&scene.board.participant, 5, "").await;
    slow.send(&Frame::SyncStep1(&[0]).write()).await;

    // Texts over many frames, far more than its queue and the network between hold; it reads nothing.
    let long = "å".repeat(30_000);
    let mut written = 0;
    let mut bytes = 0;
    while bytes < 14 * 1024 * 1024 {
        scene.kari.writes(&long).await;
        scene.kari.is_saved().await;
        written += 1;
        bytes += long.len();
    }
    let (code, _) = slow.closes().await;
    assert!(matches!(code, Some(CloseCode::Resync) | None), "{code:?}");

    // Nobody else waited for it, and it gets everything when it comes back.
    scene
        .ola
        .until("all of it", |state| state.texts().len() == written)
        .await;
    let again = scene.board.join("Slow").await;
    assert_eq!(
        again.state().texts().len(),
        written,
        "{:?} {}",
        again.state().closed,
        again.state().is_synced
    );
    scene.notes = written;
    scene.carries_on().await;
}
