//! Somebody sets the server's clock: the time of a phase goes on as it was, also in the next server.

use crate::shim::Faults;
use samtavle_shared::{
    session::{Command, Locks, NextStep},
    wire::Role,
};
use samtavle_tests::{people::Person, server::Server};

const AN_HOUR_MS: i64 = 3_600_000;

/// Milliseconds left, as a view tells that comes from now on.
async fn left(person: &Person) -> u64 {
    for board in [true, false] {
        let locks = Locks {
            board,
            ..Locks::default()
        };
        person.does(Command::Lock { locks }).await;
        person
            .until("a newer view", |state| state.session.locks.board == board)
            .await;
    }
    let state = person.state();
    let timer = state.session.stage.timer().expect("a phase");
    timer.left(state.session.now)
}

#[tokio::test]
async fn a_clock_that_jumps_by_an_hour_moves_no_phase() {
    let faults = Faults::none();
    let mut server = Server::start_within(&[], faults.environment()).await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    assert_eq!(liv.goes_on().await, NextStep::Begin);
    let before = left(&liv).await;
    for off in [AN_HOUR_MS, -AN_HOUR_MS, 0] {
        faults.clock_is_off_by(off);
        let now = left(&liv).await;
        assert!(
            now <= before && before - now < 90_000,
            "{off}: {before} {now}"
        );
    }
    faults.clock_is_off_by(AN_HOUR_MS);
    left(&liv).await;
    server.kill().await;
    server.start_again().await;
    liv.comes_back().await;
    let now = left(&liv).await;
    assert!(now <= before && before - now < 120_000, "{before} {now}");
}
