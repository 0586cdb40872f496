//! What "saved" means: whatever happens to the server, it is there afterwards.

use samtavle_tests::{server::Server, typing::Typing};
use std::time::Duration;

#[tokio::test]
async fn what_was_saved_survives_a_kill() {
    let mut server = Server::start().await;
    let board = server.board("Buss").await;
    let kari = board.join("Kari").await;
    kari.writes("The bus does not come").await;
    kari.is_saved().await;

    server.kill().await;
    server.start_again().await;

    let fresh = board.join("Fresh").await;
    fresh.sees_only(&["The bus does not come"]).await;
    assert_eq!(fresh.state().board.view().title(), "Buss");
}

#[tokio::test]
async fn killed_again_and_again_in_the_middle_of_typing_nothing_that_was_saved_is_lost() {
    let seed = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(rand::random::<u64>);
    println!("SEED={seed}");
    let mut chance = <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(seed);
    let mut server = Server::start_with(&["--checkpoint-every", "40"]).await;
    let board = server.board("").await;
    let mut typing = Typing::at(&board).await;
    for _ in 0..8 {
        typing.until_a_kill(&mut server, 20..250, &mut chance).await;
        typing.nothing_is_lost(&mut server, &board).await;
    }
    let saved = typing.saved.len();
    assert!(
        saved > 20,
        "only {saved} notes were saved: nothing was tested"
    );
}

#[tokio::test]
async fn clients_hand_back_what_the_server_did_not_have_time_to_write() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    server.kill().await;
    kari.writes("never reached the server").await;
    server.start_again().await;
    kari.comes_back().await;
    kari.is_saved().await;
    board
        .join("Fresh")
        .await
        .sees_only(&["never reached the server"])
        .await;
}

#[tokio::test]
async fn a_board_that_everybody_left_is_put_away_and_opens_again() {
    let server = Server::start_with(&["--unload-after", "0", "--checkpoint-every", "5"]).await;
    let board = server.board("").await;
    let mut texts = Vec::new();
    for round in 0..3 {
        let kari = board.join("Kari").await;
        for number in 0..7 {
            texts.push(format!("note {round}.{number}"));
            kari.writes(texts.last().unwrap()).await;
        }
        kari.is_saved().await;
        drop(kari);
        while server.get("/health").await.json()["boards"] != 0 {
            tokio::time::sleep(Duration::from_millis(20)).await; // asks again
        }
        let fresh = board.join("Fresh").await;
        fresh
            .sees_only(&texts.iter().map(String::as_str).collect::<Vec<_>>())
            .await;
    }
}

#[tokio::test]
async fn boards_do_not_see_each_other() {
    let server = Server::start().await;
    let (one, other) = (server.board("one").await, server.board("other").await);
    let (kari, ola) = (one.join("Kari").await, other.join("Ola").await);
    kari.writes("for the one").await;
    ola.writes("for the other").await;
    kari.is_saved().await;
    ola.is_saved().await;
    kari.sees_only(&["for the one"]).await;
    ola.sees_only(&["for the other"]).await;
}
