//! The line over plain HTTP: the same frames and promises, whatever happens to its requests.

use samtavle_shared::{
    board::{Board, Made, NewNote, NoteKind},
    geometry::BoardPoint,
    ids::NoteId,
    limits::MAX_FRAME_BYTES,
    wire::{CloseCode, Frame, ServerMessage},
};
use samtavle_tests::{
    line::{Down, Line, message, row},
    server::Server,
};

/// Somebody who writes over HTTP.
struct Liv {
    line: Line,
    board: Board,
}

impl Liv {
    async fn comes(table: &samtavle_tests::table::Table) -> Self {
        let client = u64::from(rand::random::<u32>());
        let line = Line::open(table, &table.participant, client).await.unwrap();
        Self {
            line,
            board: Board::new(client),
        }
    }

    /// A note as the frame that would carry it.
    fn note(&self, text: &str) -> Vec<u8> {
        let id = NoteId::from_random(rand::random());
        let note = NewNote::new(id, NoteKind::Problem, BoardPoint::new(0.0, 0.0), text, 0.0);
        self.board.change(Made::Here).add_note(note);
        let updates = self.board.take_updates();
        Frame::Update(&updates[0].bytes).write()
    }

    async fn is_saved(&mut self, count: u64) -> Vec<Down> {
        self.line
            .until(|message| matches!(message, ServerMessage::Saved { frames } if *frames >= count))
            .await
    }
}

#[tokio::test]
async fn what_is_written_over_http_is_saved_and_seen_by_those_on_sockets() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let mut liv = Liv::comes(&board).await;
    let came = liv.line.polls().await;
    assert!(
        matches!(message(&came[0]), Some(ServerMessage::Welcome { .. })),
        "{came:?}"
    );

    let (one, two) = (liv.note("The bus does not come"), liv.note("Nobody asked"));
    let has = Frame::SyncStep1(&Board::new(1).state_vector()).write();
    liv.line.sends(&[has, one, two]).await;
    liv.is_saved(2).await;
    kari.sees_only(&["Nobody asked", "The bus does not come"])
        .await;

    kari.writes("I was not told").await;
    let is_update = |down: &Down| matches!(down, Down::Frame(_, bytes) if matches!(Frame::read(bytes), Ok(Frame::Update(_))));
    loop {
        let came = liv.line.polls().await;
        if came.iter().any(is_update) {
            break;
        }
        assert!(!matches!(came.last(), Some(Down::Closed(_))), "{came:?}");
    }
}

#[tokio::test]
async fn a_request_whose_answer_was_lost_is_sent_again_and_nothing_comes_twice() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let mut liv = Liv::comes(&board).await;
    let (one, two) = (liv.note("The bus does not come"), liv.note("Nobody asked"));

    let first = row(std::slice::from_ref(&one));
    liv.line.sends_at(0, &first).await; // …and the answer is lost
    liv.line.sends(&[one, two]).await;
    liv.is_saved(2).await;
    // A third of it, alone, and again: nothing is new in it.
    assert_eq!(liv.line.sends_at(0, &first).await.json()["at"], liv.line.at);
    liv.line.sends(&[]).await;
    kari.sees_only(&["Nobody asked", "The bus does not come"])
        .await;
    let came = liv
        .line
        .until(|message| matches!(message, ServerMessage::Session { .. }))
        .await;
    let counts = came
        .iter()
        .filter_map(message)
        .filter_map(|message| match message {
            ServerMessage::Saved { frames } => Some(frames),
            _ => None,
        });
    assert!(
        counts.max().unwrap_or(2) <= 2,
        "a frame that came twice would be counted"
    );
}

#[tokio::test]
async fn a_stream_that_was_dropped_goes_on_where_it_was() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = Liv::comes(&board).await;
    let mut stream = liv.line.listens_from(0).await;
    let first = stream.next().await;
    let second = stream.next().await;
    assert!(matches!(
        (&first, &second),
        (Down::Frame(1, _), Down::Frame(2, _))
    ));
    drop(stream); // the second got lost on the way

    let mut again = liv.line.listens_from(1).await;
    assert_eq!(again.next().await, second);
    // Who comes later takes over; the numbers go on.
    let mut third = liv.line.listens_from(2).await;
    let kari = board.join("Kari").await;
    kari.writes("The bus does not come").await;
    assert!(matches!(third.next().await, Down::Frame(3, _)));
}

#[tokio::test]
async fn who_asks_for_what_is_not_there_is_told_to_sync_again() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = Liv::comes(&board).await;
    let mut stream = liv.line.listens_from(99).await;
    assert_eq!(
        stream.next().await,
        Down::Closed(CloseCode::Resync.number())
    );
}

#[tokio::test]
async fn a_wrong_key_a_wrong_token_and_a_gap_are_refused() {
    let server = Server::start().await;
    let board = server.board("").await;
    let other = server.board("").await;
    assert_eq!(Line::open(&board, "wrong", 1).await.err(), Some(4401));
    let mut line = Line::open(&board, &board.participant, 1).await.unwrap();
    assert_eq!(line.sends_at(7, b"x").await.status, 409);
    let token = std::mem::replace(&mut line.token, "0".repeat(32));
    assert_eq!(line.sends_at(0, b"").await.status, 404);
    let elsewhere = ["/line/", &other.id, "/", &token, "?from=0"].concat();
    assert_eq!(
        server.get(&elsewhere).await.status,
        404,
        "a token is one board's"
    );
    assert_eq!(
        server.get(&["/line/", &board.id].concat()).await.status,
        405
    );
}

#[tokio::test]
async fn what_is_too_large_is_refused_and_the_line_ends_with_its_code() {
    let server = Server::start().await;
    let board = server.board("").await;
    let mut liv = Liv::comes(&board).await;
    let answer = liv.line.sends_at(0, &vec![0; 2 * 1024 * 1024]).await;
    assert_eq!(answer.status, 413);
    // A frame that says that it is over the limit.
    let mut head = samtavle_shared::lib0::Writer::new();
    head.write_var_u64(MAX_FRAME_BYTES as u64 + 1);
    liv.line.sends_at(0, &head.into_bytes()).await;
    loop {
        let came = liv.line.polls().await;
        if let Some(Down::Closed(code)) = came.last() {
            assert_eq!(*code, CloseCode::TooLarge.number());
            break;
        }
        assert!(!came.is_empty());
    }
}

#[tokio::test]
async fn a_large_frame_comes_in_pieces() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let mut liv = Liv::comes(&board).await;
    let text = "æ".repeat(9_000);
    let frames = [liv.note(&text)];
    let row = row(&frames);
    for piece in row.chunks(1_000) {
        let answer = liv.line.sends_at(liv.line.at, piece).await;
        liv.line.at = answer.json()["at"].as_u64().unwrap();
    }
    liv.is_saved(1).await;
    kari.sees_only(&[&text]).await;
}

#[tokio::test]
async fn a_server_that_stops_says_so_on_the_stream() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = Liv::comes(&board).await;
    let mut stream = liv.line.listens_from(0).await;
    stream.next().await;
    server.ask_to_stop().await;
    loop {
        match stream.next().await {
            Down::Frame(..) => {}
            Down::Closed(code) => {
                assert_eq!(code, CloseCode::Restart.number());
                break;
            }
        }
    }
    assert!(server.stop().await.success());
}

#[tokio::test]
async fn under_a_path_all_is_found_and_links_have_it() {
    let server = Server::start_with(&["--base-path", "/verktoy/samtavle"]).await;
    let made = server
        .post("/verktoy/samtavle/api/boards", &serde_json::json!({}))
        .await
        .json();
    let link = made["links"]["wall"].as_str().unwrap();
    assert!(link.contains("/verktoy/samtavle/wall/"), "{link}");
    // A proxy may take it off as well.
    assert_eq!(server.get("/health").await.status, 200);
    let without_slash = server.get("/verktoy/samtavle").await;
    assert_eq!(without_slash.header("location"), Some("/verktoy/samtavle/"));
}
