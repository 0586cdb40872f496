//! The power goes: what was not synced is gone, or there in part.

use crate::{chance, rounds, shim::Faults};
use samtavle_tests::{server::Server, typing::Typing};

#[tokio::test]
async fn power_that_goes_takes_nothing_with_it_that_was_saved() {
    let mut chance = chance();
    let faults = Faults::of_power();
    let often = ["--checkpoint-every", "30"];
    let mut server = Server::start_within(&often, faults.environment()).await;
    let board = server.board("").await;
    let mut typing = Typing::at(&board).await;
    let mut harmed = 0;
    for _ in 0..rounds(6) {
        typing.until_a_kill(&mut server, 60..300, &mut chance).await;
        harmed += faults.lose_power(&mut chance);
        typing.nothing_is_lost(&mut server, &board).await;
    }
    let saved = typing.saved.len();
    assert!(saved > 10, "only {saved} notes were saved");
    assert!(harmed > 0, "each end came after a sync: nothing was tested");
}
