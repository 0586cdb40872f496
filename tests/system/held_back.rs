//! What a lock holds back, or is too long, is never called saved, stays with its writer, and comes by itself.

use samtavle_shared::{
    board::{NewNote, NoteKind, TextEdit},
    geometry::BoardPoint,
    ids::NoteId,
    limits::{MAX_NOTE_TEXT_UTF16, MAX_SHARED_TEXT_UTF16},
    session::{Command, Locks},
    wire::{RefusalCode, Role},
};
use samtavle_tests::{people::Person, seen::State, server::Server};

async fn locks(lead: &Person, board: bool) {
    let locks = Locks {
        board,
        ..Locks::default()
    };
    lead.does(Command::Lock { locks }).await;
}

async fn is_held_back(person: &Person) {
    person
        .until("to be told that it is locked", |state| {
            let codes = state.refused.iter().map(|(code, _)| *code);
            codes.eq([RefusalCode::Locked])
        })
        .await;
}

#[tokio::test]
async fn what_a_lock_holds_back_is_not_saved_and_comes_when_it_opens() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    kari.writes("før").await;
    kari.is_saved().await;
    let before = kari.state().saved;
    locks(&liv, true).await;
    kari.writes("mens den er låst").await;
    is_held_back(&kari).await;
    // Something else comes on disk: it says nothing of hers.
    liv.writes("den som leder, kan").await;
    liv.is_saved().await;
    kari.sees("den som leder, kan").await;
    assert_eq!(kari.state().saved, before);

    // Her page is loaded again, twice, once over a server that starts again.
    let kari = kari.reloads().await;
    is_held_back(&kari).await;
    assert_eq!(kari.state().saved, 0);
    server.kill().await;
    server.start_again().await;
    liv.comes_back().await;
    let kari = kari.reloads().await;
    is_held_back(&kari).await;
    assert_eq!(kari.state().saved, 0);

    locks(&liv, false).await;
    liv.sees("mens den er låst").await;
    kari.is_saved().await;
    server.kill().await;
    server.start_again().await;
    let fresh = board.join("Fresh").await;
    fresh
        .sees_only(&["den som leder, kan", "før", "mens den er låst"])
        .await;
}

/// Pastes the most that one person may write, at the front of a note.
async fn pastes_a_full_note(person: &Person, note: &NoteId) {
    let edit = TextEdit {
        at: 0,
        remove: 0,
        insert: "å".repeat(MAX_NOTE_TEXT_UTF16),
    };
    person
        .writes_apart(note, |change| {
            change.write_note(note, &edit);
        })
        .await;
}

#[tokio::test]
async fn what_is_too_long_waits_closes_nothing_and_comes_when_it_is_shorter() {
    let server = Server::start().await;
    let board = server.board("").await;
    let (ola, kari) = (board.join("Ola").await, board.join("Kari").await);
    let note = ola.writes("Felles").await;
    ola.is_saved().await;
    kari.sees("Felles").await;
    let letters_in = |state: &State| {
        let note = state.board.view().note(&note).expect("it is there");
        note.text.encode_utf16().count()
    };

    // Many paste into the same note at the same time, and hers is the one too many.
    kari.vanishes();
    for _ in 0..MAX_SHARED_TEXT_UTF16 / MAX_NOTE_TEXT_UTF16 - 1 {
        pastes_a_full_note(&ola, &note).await;
    }
    ola.is_saved().await;
    pastes_a_full_note(&kari, &note).await;
    kari.comes_back().await;
    kari.until("to be told that it is too long", |state| {
        let codes = state.refused.iter().map(|(code, _)| *code);
        codes.eq([RefusalCode::TooLarge])
    })
    .await;
    assert_eq!(kari.state().closed, None);

    // What else she writes comes; what she writes on in it waits with it, and says why.
    let elsewhere = NewNote::new(
        NoteId::from_random(rand::random()),
        NoteKind::Idea,
        BoardPoint::new(900.0, 0.0),
        "Noe annet",
        0.0,
    );
    kari.posts(elsewhere).await;
    ola.sees("Noe annet").await;
    let without_hers = MAX_SHARED_TEXT_UTF16 - MAX_NOTE_TEXT_UTF16 + 6;
    assert_eq!(letters_in(&ola.state()), without_hers);
    let (saved, sent) = {
        let state = kari.state();
        (state.saved, state.sent)
    };
    assert!(saved < sent);

    // She makes hers shorter, and all of it comes.
    let shorter = TextEdit {
        at: 0,
        remove: 100,
        insert: String::new(),
    };
    kari.writes_apart(&note, |change| {
        change.write_note(&note, &shorter);
    })
    .await;
    kari.is_saved().await;
    assert_eq!(kari.state().closed, None);
    let all = MAX_SHARED_TEXT_UTF16 + 6 - 100;
    ola.until("all of it", |state| letters_in(state) == all)
        .await;
}
