//! Steering: who may what, when somebody was quicker, locks, and sending somebody away.

use samtavle_shared::{
    board::Made,
    geometry::{BoardPoint, BoardRect, Size},
    ids::ClusterId,
    session::{Command, Followers, Locks, NextStep, PhaseId, Refusal},
    wire::{ClientMessage, CloseCode, Frame, RefusalCode, Role},
};
use samtavle_tests::{server::Server, wire::Incoming};

#[tokio::test]
async fn what_is_not_theirs_or_too_late_is_declined_in_words() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let siv = board.join_as("Siv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let wall = board.join_as("wall", Role::Wall).await;

    let begin = || Command::Next {
        from: None,
        step: NextStep::Begin,
    };
    kari.may_not(begin(), Refusal::NotYours).await;
    wall.may_not(Command::SetAside, Refusal::NotYours).await;
    // Two facilitators in the same moment: one phase, not two.
    let (one, other) = (liv.asks(begin()), siv.asks(begin()));
    liv.until("an answer", |state| {
        state.answers.iter().any(|answer| answer.0 == one)
    })
    .await;
    siv.until("an answer", |state| {
        state.answers.iter().any(|answer| answer.0 == other)
    })
    .await;
    let of = |person: &samtavle_tests::people::Person, id| {
        let state = person.state();
        state
            .answers
            .iter()
            .find(|answer| answer.0 == id)
            .map(|answer| answer.1)
    };
    let mut answers = [of(&liv, one).unwrap(), of(&siv, other).unwrap()];
    answers.sort_by_key(Option::is_some);
    assert_eq!(answers, [None, Some(Refusal::TooLate)]);
    kari.is_in_phase(1).await;
    // Twice, for a past phase, and for a phase that there is not.
    liv.may_not(begin(), Refusal::TooLate).await;
    let back = |from, to| Command::GoTo {
        from,
        to: PhaseId(to),
    };
    liv.may_not(back(None, 2), Refusal::TooLate).await;
    liv.may_not(back(Some(PhaseId(1)), 99), Refusal::Unknown)
        .await;
    liv.does(Command::Pause).await;
    siv.may_not(Command::Pause, Refusal::Already).await;
    kari.may_not(Command::EndTurn, Refusal::TooLate).await;

    // Facilitation is handed over, and taken back with the key.
    let person = kari.person().await;
    liv.does(Command::HandOver { person }).await;
    kari.until("the lead", |state| {
        state.own.leads && state.lead.people.len() == 3
    })
    .await;
    liv.may_not(Command::Resume, Refusal::NotYours).await;
    kari.does(Command::Resume).await;
    liv.does(Command::TakeLead).await;
    liv.does(Command::Pause).await;
}

#[tokio::test]
async fn a_locked_board_keeps_what_comes_for_later() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let free = kari.writes("free").await;
    let kept = kari.writes("in the cluster").await;
    let cluster = ClusterId::from("cluster");
    {
        let state = kari.state();
        let mut change = state.board.change(Made::Here);
        change.add_cluster(
            &cluster,
            "Buss",
            samtavle_shared::geometry::BoardPoint::default(),
        );
        change.join_cluster(&kept, &cluster);
    }
    kari.sends_changes().await;
    liv.until("the cluster", |state| {
        state.board.view().cluster_of(&kept).is_some()
    })
    .await;

    // A cluster: its notes stay as they are, others do not.
    let mut locks = Locks::default();
    locks.clusters.insert(cluster.clone());
    liv.does(Command::Lock { locks }).await;
    kari.adds_to(&free, "!").await;
    liv.sees("free!").await;
    let ola = board.join("Ola").await;
    ola.adds_to(&kept, " and more").await;
    let refused = |code| {
        move |state: &samtavle_tests::seen::State| {
            state.refused.iter().any(|refused| refused.0 == code)
        }
    };
    ola.until("a refusal", refused(RefusalCode::Locked)).await;
    liv.adds_to(&kept, "?").await;
    kari.sees("in the cluster?").await;

    // The whole board; who facilitates may.
    let locks = Locks {
        board: true,
        ..Locks::default()
    };
    liv.does(Command::Lock { locks }).await;
    kari.writes("held back").await;
    kari.writes("held back, too").await;
    kari.until("a refusal", refused(RefusalCode::Locked)).await;
    liv.writes("by the facilitator").await;
    kari.sees("by the facilitator").await;
    assert!(
        !liv.state()
            .texts()
            .iter()
            .any(|text| text.starts_with("held back"))
    );
    assert!(kari.state().closed.is_none() && ola.state().closed.is_none());

    liv.does(Command::Lock {
        locks: Locks::default(),
    })
    .await;
    for text in ["held back", "held back, too"] {
        liv.sees(text).await;
    }
    liv.until("what Ola wrote", |state| {
        state.texts().iter().any(|text| text.contains("and more"))
    })
    .await;
}

#[tokio::test]
async fn who_is_removed_is_taken_back_and_cannot_return() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let troll = board.join("Troll").await;
    let good = kari.writes("the bus").await;
    troll.sees("the bus").await;
    troll.adds_to(&good, " is for idiots").await;
    troll.writes("nonsense").await;
    liv.goes_on().await;
    troll.drafts("more nonsense").await;
    liv.does(Command::Reveal).await;
    troll.sees("more nonsense").await;
    liv.sees("the bus is for idiots").await;
    liv.does(Command::StartSilence).await;
    troll.drafts("nonsense in waiting").await;
    kari.adds_to(&good, ", says Kari").await;
    liv.sees("the bus is for idiots, says Kari").await;

    let person = troll.person().await;
    let kari_is = kari.person().await;
    kari.may_not(
        Command::Remove {
            person: person.clone(),
        },
        Refusal::NotYours,
    )
    .await;
    let own = liv.person().await;
    liv.may_not(Command::Remove { person: own }, Refusal::LastFacilitator)
        .await;
    liv.does(Command::Remove {
        person: person.clone(),
    })
    .await;

    assert_eq!(troll.is_closed().await, Some(CloseCode::Removed));
    for person in [&liv, &kari] {
        person.sees_only(&["the bus, says Kari"]).await;
        person
            .until("no drafts", |state| state.session.drafts == 0)
            .await;
    }
    troll.comes_back().await;
    assert_eq!(troll.is_closed().await, Some(CloseCode::Removed));
    liv.until("who is here", |state| {
        state.lead.people.iter().all(|known| known.person != person)
            && state
                .lead
                .people
                .iter()
                .any(|known| known.person == kari_is)
    })
    .await;

    server.kill().await;
    server.start_again().await;
    troll.comes_back().await;
    assert_eq!(troll.is_closed().await, Some(CloseCode::Removed));
    let fresh = board.join("Fresh").await;
    fresh.sees_only(&["the bus, says Kari"]).await;
}

#[tokio::test]
async fn a_command_that_cannot_be_read_harms_nobody() {
    let server = Server::start().await;
    let board = server.board("").await;
    let mut socket = board.socket().await;
    socket.hello(&board.facilitator, 7, "device").await;
    let ours = |json: &str| samtavle_shared::wire::Frame::Ours(json).write();
    socket
        .send(&ours(
            r#"{"type":"command","id":5,"command":{"do":"dance"}}"#,
        ))
        .await;
    let declined = r#"{"type":"declined","id":5,"refusal":"malformed"}"#;
    loop {
        let Incoming::Frame(frame) = socket.next().await else {
            panic!("it stays open")
        };
        if samtavle_tests::session::holds(&frame, declined) {
            break;
        }
    }
    socket.send(&ours(r#"{"type":"nonsense"}"#)).await;
    assert_eq!(socket.closes().await.0, Some(CloseCode::Rubbish));
}

#[tokio::test]
async fn who_calls_is_followed_and_nobody_else_is() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let siv = board.join_as("Siv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let rect = |x: f64| {
        let corner = BoardPoint::new(x, 0.0);
        BoardRect::at(corner, Size::new(800.0, 600.0))
    };
    let looks = |person: &samtavle_tests::people::Person, x: f64| {
        let message = ClientMessage::Look { rect: rect(x) };
        person.sends(Frame::Ours(&message.to_json()).write());
    };
    looks(&liv, 1.0); // nobody follows yet
    liv.does(Command::GatherHere { rect: rect(2.0) }).await;
    kari.until("she is to follow", |state| {
        state.session.follows == Some(Followers::Everybody)
    })
    .await;
    liv.until("she is followed", |state| state.own.followed_by.is_some())
        .await;
    looks(&siv, 3.0);
    looks(&kari, 4.0);
    looks(&liv, f64::MAX);
    looks(&liv, 5.0);
    for person in [&kari, &siv] {
        person
            .until("what Liv sees", |state| state.look == Some(rect(5.0)))
            .await;
    }
    let late = board.join("Late").await;
    late.until("what Liv sees", |state| state.look == Some(rect(5.0)))
        .await;
    assert_eq!(liv.state().look, None, "she knows what she sees");
    liv.does(Command::StopGathering).await;
    kari.until("she need not follow", |state| {
        state.session.follows.is_none()
    })
    .await;
    liv.may_not(Command::StopGathering, Refusal::Already).await;
}
