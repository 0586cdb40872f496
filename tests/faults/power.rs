//! The power goes: what was not synced is gone, or there in part.

use crate::{chance, rounds, shim::Faults};
use rand::RngExt as _;
use samtavle_tests::{people::all_see_the_same, server::Server};
use std::time::Duration;

#[tokio::test]
async fn power_that_goes_takes_nothing_with_it_that_was_saved() {
    let mut chance = chance();
    let faults = Faults::of_power();
    let often = ["--checkpoint-every", "30"];
    let mut server = Server::start_within(&often, faults.environment()).await;
    let board = server.board("").await;
    let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
    let (mut saved, mut harmed) = (Vec::new(), 0);

    for round in 0..rounds(6) {
        let pause = Duration::from_millis(chance.random_range(60..300));
        let kill = async {
            tokio::time::sleep(pause).await; // the moment is the random choice
            server.kill().await;
        };
        let (of_kari, of_ola, ()) = tokio::join!(
            kari.types_until_the_end(round),
            ola.types_until_the_end(round),
            kill
        );
        saved.extend(of_kari);
        saved.extend(of_ola);
        harmed += faults.lose_power(&mut chance);

        server.start_again().await;
        // Nobody has handed anything back yet.
        let fresh = board.join("Fresh").await;
        let there = fresh.state().texts();
        for text in &saved {
            assert!(
                there.contains(text),
                "{text} was saved and is lost in round {round}; the server: {}",
                server.log()
            );
        }
        kari.comes_back().await;
        ola.comes_back().await;
        all_see_the_same(&[&kari, &ola, &fresh]).await;
    }
    assert!(saved.len() > 10, "only {} notes were saved", saved.len());
    assert!(harmed > 0, "each end came after a sync: nothing was tested");
}
