//! The door: shut, or opened to one after another. Who waits before it is told nothing of the board.

use samtavle_shared::{
    session::{Command, Door, Showing},
    wire::{ClientMessage, CloseCode, Frame, Role},
};
use samtavle_tests::{line::Line, people::Way, server::Server, session::holds, wire::Socket};

#[tokio::test]
async fn nobody_new_comes_in_by_any_way_when_the_door_is_shut() {
    let mut server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    lead.does(Command::SetDoor { door: Door::Shut }).await;
    for again in [false, true] {
        if again {
            server.stop().await;
            server.start_again().await;
        }
        let mut socket = board.socket().await;
        socket.hello(&board.participant, 11, "a new device").await;
        assert_eq!(
            socket.closes_or_says_welcome().await,
            Err(Some(CloseCode::NotLetIn))
        );
        let mut socket = board.socket().await;
        socket.hello(&board.participant, 11, "").await;
        assert_eq!(
            socket.closes_or_says_welcome().await,
            Err(Some(CloseCode::NotLetIn))
        );
        let mut standard = Socket::open(&board.yjs_url(&board.participant)).await;
        assert_eq!(
            standard.closes_or_greets().await,
            Err(Some(CloseCode::NotLetIn))
        );
        let mut line = Line::open(&board, &board.participant, 12).await.unwrap();
        assert_eq!(line.ends().await, CloseCode::NotLetIn.number());
        kari.comes_back().await;
        assert!(kari.state().is_synced, "who has been here");
    }
    lead.comes_back().await;
    lead.does(Command::SetDoor { door: Door::Open }).await;
    board
        .join("Ola")
        .await
        .until("all of the board", |state| state.is_synced)
        .await;
}

#[tokio::test]
async fn latecomers_wait_are_told_nothing_and_come_in_one_by_one() {
    let server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let wall = board.join_as("wall", Role::Wall).await;
    let kari = board.join("Kari").await;
    kari.writes("Bussen kommer ikke").await;
    kari.is_saved().await;
    lead.does(Command::SetDoor { door: Door::Ask }).await;

    let late = board.join("Late").await;
    assert!(late.state().is_waiting);
    let later = board.join_by(Way::Http, "Later").await;
    assert!(later.state().is_waiting);
    // What they send meanwhile is heard by nobody.
    late.writes("Hei").await;
    late.sends(b"no frame".to_vec());
    lead.until("two who wait", |state| state.lead.waiting.len() == 2)
        .await;
    let numbers: Vec<u32> = lead
        .state()
        .lead
        .waiting
        .iter()
        .map(|one| one.number)
        .collect();
    let people = lead.state().session.people;
    assert_eq!(people, 2, "who waits is not here");
    kari.may_not(
        Command::LetIn { number: numbers[0] },
        samtavle_shared::session::Refusal::NotYours,
    )
    .await;
    assert!(
        !holds(&late.state().heard, "Bussen"),
        "not a byte of the board"
    );
    assert!(!holds(&wall.state().heard, "waiting"));

    // They say who they are, as often as they like, and that is all that is heard of them.
    late.sends(knock(&"x".repeat(5_000)));
    late.sends(knock("\u{202e}Ole"));
    late.sends(knock("  Ola\n\u{202e}Nordmann\u{2066} "));
    lead.until("a name without signs that nobody sees", |state| {
        state.lead.waiting[0].name == "Ola Nordmann"
    })
    .await;
    assert_eq!(lead.state().lead.waiting[1].name, "");
    for other in [&kari, &wall] {
        assert!(!holds(&other.state().heard, "Nordmann"));
    }

    lead.does(Command::LetIn { number: numbers[0] }).await;
    late.sees("Bussen kommer ikke").await;
    lead.sees("Hei").await;
    lead.does(Command::TurnAway { number: numbers[1] }).await;
    assert_eq!(later.is_closed().await, Some(CloseCode::NotLetIn));
    assert!(!holds(&later.state().heard, "Bussen"));
    lead.until("nobody who waits", |state| state.lead.waiting.is_empty())
        .await;

    late.vanishes();
    late.comes_back().await;
    assert!(late.state().is_synced, "once let in is let in");
    let mut standard = Socket::open(&board.yjs_url(&board.participant)).await;
    assert_eq!(
        standard.closes_or_greets().await,
        Err(Some(CloseCode::NotLetIn))
    );
}

/// Who waits says who they are.
fn knock(name: &str) -> Vec<u8> {
    let name = name.to_owned();
    Frame::Ours(&ClientMessage::Knocks { name }.to_json()).write()
}

#[tokio::test]
async fn an_anonymous_board_does_not_ask_who_is_at_the_door() {
    let server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let showing = Showing::Anonymous;
    lead.does(Command::Show { showing }).await;
    lead.does(Command::SetDoor { door: Door::Ask }).await;
    let late = board.join("Late").await;
    late.sends(knock("Ola Nordmann"));
    let late_too = board.join("Late, too").await;
    lead.until("two who wait", |state| state.lead.waiting.len() == 2)
        .await;
    assert!(
        lead.state()
            .lead
            .waiting
            .iter()
            .all(|one| one.name.is_empty())
    );
    for one in [&late, &late_too] {
        assert!(holds(&one.state().heard, r#""names":false"#));
    }
}

#[tokio::test]
async fn a_crowd_at_the_door_keeps_nobody_from_leading() {
    let server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    lead.does(Command::SetDoor { door: Door::Ask }).await;
    let mut crowd = Vec::new();
    for one in 0..110_u64 {
        let mut socket = board.socket().await;
        socket
            .hello(&board.participant, one, &format!("device {one}"))
            .await;
        crowd.push(socket);
    }
    lead.until("a full doorstep", |state| state.lead.waiting.len() == 100)
        .await;
    assert_eq!(
        crowd[109].closes_or_says_welcome().await,
        Err(Some(CloseCode::TooMany))
    );
    lead.does(Command::SetDoor { door: Door::Shut }).await;
    lead.until("nobody who waits", |state| state.lead.waiting.is_empty())
        .await;
    assert_eq!(
        crowd[0].closes_or_says_welcome().await,
        Err(Some(CloseCode::NotLetIn))
    );
    lead.writes("Vi går videre").await;
    lead.is_saved().await;
}
