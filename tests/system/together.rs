//! Several people at one board.

use samtavle_shared::session::Showing;
use samtavle_shared::wire::{Role, ServerMessage};
use samtavle_tests::{people::all_see_the_same, server::Server};

#[tokio::test]
async fn what_one_writes_the_others_see() {
    let server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let kari = board.join("Kari").await;
    let ola = board.join_as("Ola", Role::Facilitator).await;
    let wall = board.join_as("wall", Role::Wall).await;

    kari.writes("The bus does not come").await;
    ola.writes("Nobody answers the phone").await;

    for person in [&kari, &ola, &wall] {
        person
            .sees_only(&["Nobody answers the phone", "The bus does not come"])
            .await;
        assert_eq!(person.state().board.view().title(), "Ungdom og buss");
    }
}

#[tokio::test]
async fn people_who_write_in_the_same_note_lose_no_letter() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let ola = board.join("Ola").await;
    let note = kari.writes("").await;
    ola.sees("").await;

    for _ in 0..50 {
        kari.adds_to(&note, "k").await;
        ola.adds_to(&note, "ø").await;
    }

    let everything =
        |text: &str| text.matches('k').count() == 50 && text.matches('ø').count() == 50;
    for person in [&kari, &ola] {
        person
            .until("all letters", |state| {
                state.texts().first().is_some_and(|text| everything(text))
            })
            .await;
    }
    all_see_the_same(&[&kari, &ola]).await;
}

#[tokio::test]
async fn who_comes_late_gets_all_of_it() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let gone = kari.writes("second thoughts").await;
    for number in 0..100 {
        kari.writes(&format!("note {number}")).await;
    }
    kari.deletes(&gone).await;
    kari.is_saved().await;

    let late = board.join("Late").await;
    assert_eq!(late.state().texts().len(), 100);
    all_see_the_same(&[&kari, &late]).await;
}

#[tokio::test]
async fn who_worked_without_the_network_catches_up_and_hands_over() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let ola = board.join("Ola").await;

    kari.vanishes();
    kari.writes("written on the bus").await;
    ola.writes("written meanwhile").await;
    ola.is_saved().await;
    kari.comes_back().await;

    for person in [&kari, &ola] {
        person
            .sees_only(&["written meanwhile", "written on the bus"])
            .await;
    }
    kari.is_saved().await;
}

#[tokio::test]
async fn each_sees_where_the_others_point_until_they_go() {
    let server = Server::start().await;
    let board = server.board("").await;
    board.shows(Showing::Named).await;
    let kari = board.join("Kari").await;
    let ola = board.join("Ola").await;

    kari.points_at(10.0, 20.0).await;
    ola.sees_cursor("Kari", 10.0, 20.0).await;
    let late = board.join("Late").await;
    late.sees_cursor("Kari", 10.0, 20.0).await;

    kari.vanishes();
    ola.misses("Kari").await;
    late.misses("Kari").await;
}

#[tokio::test]
async fn nobody_moves_anothers_cursor() {
    let server = Server::start().await;
    let board = server.board("").await;
    board.shows(Showing::Named).await;
    let kari = board.join("Kari").await;
    let ola = board.join("Ola").await;
    let prankster = board.join("Prankster").await;

    kari.points_at(1.0, 1.0).await;
    ola.sees_cursor("Kari", 1.0, 1.0).await;
    for _ in 0..5 {
        prankster
            .shows(kari.client, r#"{"cursor":[666,666]}"#)
            .await;
        prankster.shows(kari.client, "null").await;
    }
    prankster.points_at(2.0, 2.0).await;

    // What the prankster says of themself comes after what they said of Kari.
    ola.sees_cursor("Prankster", 2.0, 2.0).await;
    ola.sees_cursor("Kari", 1.0, 1.0).await;
}

#[tokio::test]
async fn who_comes_back_on_another_network_is_seen_before_the_old_socket_dies() {
    let server = Server::start().await;
    let board = server.board("").await;
    board.shows(Showing::Named).await;
    let ola = board.join("Ola").await;
    let mut old = board.socket().await;
    old.hello(&board.participant, 77, "the device").await;
    let mut stranger = board.socket().await;
    stranger
        .hello(&board.participant, 77, "another device")
        .await;
    let mut new = board.socket().await;

    let shows = |clock: u64, state: &str| {
        use samtavle_shared::wire::{Frame, PresenceEntry};
        let entry = PresenceEntry {
            client: 77,
            clock,
            state,
        };
        Frame::Awareness(&PresenceEntry::write_all([entry].into_iter())).write()
    };
    old.send(&shows(1, r#"{"cursor":[1,1]}"#)).await;
    ola.sees_cursor("", 1.0, 1.0).await;
    new.hello(&board.participant, 77, "the device").await;
    new.send(&shows(2, r#"{"cursor":[2,2]}"#)).await;
    ola.sees_cursor("", 2.0, 2.0).await;

    old.vanish(); // takes nothing with it
    new.send(&shows(3, r#"{"cursor":[3,3]}"#)).await;
    ola.sees_cursor("", 3.0, 3.0).await;
}

#[tokio::test]
async fn everybody_knows_how_many_are_here_walls_not_counted() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let _wall = board.join_as("wall", Role::Wall).await;
    let ola = board.join("Ola").await;

    for person in [&kari, &ola] {
        person
            .until("two people", |state| state.session.people == 2)
            .await;
    }
    ola.vanishes();
    kari.until("one", |state| state.session.people == 1).await;

    let welcome = kari.state().welcome.clone();
    let Some(ServerMessage::Welcome { role, code, now }) = welcome else {
        panic!("{welcome:?}")
    };
    assert_eq!((role, code), (Role::Participant, board.code.clone()));
    assert!(now > 1_700_000_000_000);
}

#[tokio::test]
async fn many_changes_at_once_come_in_few_frames() {
    let server = Server::start().await;
    let board = server.board("").await;
    let mut writers = Vec::new();
    for number in 0..5 {
        writers.push(board.join(&format!("writer {number}")).await);
    }
    let reader = board.join("Reader").await;

    for number in 0..100 {
        for writer in &writers {
            writer.writes(&format!("note {number}")).await;
        }
    }

    reader
        .until("500 notes", |state| state.texts().len() == 500)
        .await;
    let frames = reader.state().update_frames;
    assert!(frames < 250, "500 changes came in {frames} frames");
}

#[tokio::test]
async fn a_large_board_comes_whole_to_who_comes_late() {
    let server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    let long = "ord ".repeat(2_000);
    for _ in 0..150 {
        kari.writes(&long).await;
    }
    kari.is_saved().await;
    // 1.2 MB, in many fragments; and changes go on behind it.
    let late = board.join("Late").await;
    assert_eq!(late.state().texts().len(), 150);
    kari.writes("the last").await;
    late.sees("the last").await;
}
