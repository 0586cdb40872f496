//! A whole workshop that the server does not know (an older backup) is handed over, however large it is,
//! over a socket and over plain HTTP; and comes down again.

use samtavle_shared::{
    board::{Board, Made, NewNote, NoteKind},
    geometry::BoardPoint,
    ids::NoteId,
    limits::MAX_FRAME_BYTES,
    wire::{Frame, ServerMessage},
};
use samtavle_tests::{
    line::{Down, Line, message},
    people::{Person, hands_over},
    server::Server,
    table::Table,
    wire::{PATIENCE, Socket},
};
use std::time::{Duration, Instant};

const NOTES: usize = 18_000;
/// On two cores that others use, too, with a server that is not optimised.
const LONG_ENOUGH: Duration = Duration::from_mins(2);

fn text_of(number: usize) -> String {
    format!(
        "{number}: Vi venter på svar, og ingen vet hvem som skal gi det. Så ringer vi igjen på mandag, og da er det stengt, og vi begynner forfra."
    )
}

/// A workshop of so many notes by many writers.
fn workshop() -> Board {
    let board = Board::new(rand::random::<u64>() >> 11);
    let writers: Vec<Board> = (0..30)
        .map(|_| Board::new(rand::random::<u64>() >> 11))
        .collect();
    for number in 0..NOTES {
        let writer = &writers[number % writers.len()];
        let note = NewNote::new(
            NoteId::from_random(rand::random()),
            NoteKind::Idea,
            BoardPoint::new(number as f64, 0.0),
            text_of(number),
            0.0,
        );
        writer.change(Made::Here).add_note(note);
    }
    for writer in &writers {
        board.apply(&writer.whole(), Made::Before).unwrap();
    }
    board
}

/// Somebody comes who knows nothing, and gets all of it.
async fn comes_down(table: &Table) {
    let fresh = tokio::time::timeout(LONG_ENOUGH, table.join("Fresh"));
    let fresh = fresh.await.expect("all of the board, in time");
    assert_eq!(fresh.state().board.view().notes().len(), NOTES);
}

async fn has_all(person: &Person) {
    let began = Instant::now();
    loop {
        {
            let state = person.state();
            assert_eq!(state.closed, None);
            if state.saved == state.sent {
                return;
            }
        }
        assert!(began.elapsed() < LONG_ENOUGH, "it takes too long");
        tokio::time::sleep(Duration::from_millis(20)).await; // looks again
    }
}

#[tokio::test]
async fn a_large_workshop_is_handed_over_on_a_socket_after_an_older_backup() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let copy = server.is_copied().await;
    let kari = board.join("Kari").await;
    let whole = workshop().whole();
    assert!(whole.len() > MAX_FRAME_BYTES, "{}", whole.len());
    kari.state().board.apply(&whole, Made::Before).unwrap();
    server.is_set_back_to(&copy).await;
    kari.comes_back().await;
    has_all(&kari).await;
    assert!(kari.state().refused.is_empty());
    comes_down(&board).await;
    // Who has it all is asked for nothing of it again.
    kari.comes_back().await;
    has_all(&kari).await;
    assert_eq!(kari.state().sent, 1);

    // A standard client gets what there is, too.
    let mut standard = Socket::open(&board.yjs_url(&board.participant)).await;
    standard.send(&Frame::SyncStep1(&[0]).write()).await;
    let theirs = Board::new(1);
    let began = Instant::now();
    while theirs.view().notes().len() < NOTES {
        assert!(began.elapsed() < LONG_ENOUGH, "it takes too long");
        let next = tokio::time::timeout(PATIENCE, standard.next()).await;
        if let samtavle_tests::wire::Incoming::Frame(frame) = next.expect("a frame")
            && let Ok(Frame::Update(update) | Frame::SyncStep2(update)) = Frame::read(&frame)
        {
            theirs.apply(update, Made::Elsewhere).unwrap();
            theirs.take_updates();
        }
    }
}

#[tokio::test]
async fn a_large_workshop_is_handed_over_over_plain_http() {
    let server = Server::start().await;
    let board = server.board("").await;
    let theirs = workshop();
    let client = theirs.client();
    let mut line = Line::open(&board, &board.participant, client)
        .await
        .unwrap();
    let came = line
        .until(|ours| matches!(ours, ServerMessage::Welcome { .. }))
        .await;
    let asked = came.iter().find_map(|down| match down {
        Down::Frame(_, bytes) => match Frame::read(bytes) {
            Ok(Frame::SyncStep1(vector)) => Some(vector.to_vec()),
            _ => None,
        },
        Down::Closed(_) => None,
    });
    let missing = theirs
        .missing_from(&asked.unwrap_or_else(|| vec![0]))
        .unwrap();
    let frames = hands_over(&missing);
    let all = frames.len() as u64;
    assert!(frames.iter().all(|frame| frame.len() < 512 * 1024));
    let began = Instant::now();
    // As our client does: one request after the other, each with a piece of the row.
    for frame in frames {
        line.sends(&[frame]).await;
    }
    let mut saved = 0;
    while saved < all {
        assert!(began.elapsed() < LONG_ENOUGH, "it takes too long");
        for down in line.polls().await {
            if let Some(ServerMessage::Saved { frames }) = message(&down) {
                saved = frames;
            }
        }
    }
    comes_down(&board).await;

    // And down the same way.
    let mut line = Line::open(&board, &board.participant, 5).await.unwrap();
    line.sends(&[Frame::SyncStep1(&[0]).write()]).await;
    let fresh = Board::new(5);
    while fresh.view().notes().len() < NOTES {
        assert!(began.elapsed() < 2 * LONG_ENOUGH, "it takes too long");
        for down in line.polls().await {
            if let Down::Frame(_, bytes) = &down
                && let Ok(Frame::Update(update) | Frame::SyncStep2(update)) = Frame::read(bytes)
            {
                fresh.apply(update, Made::Elsewhere).unwrap();
                fresh.take_updates();
            }
        }
    }
}
