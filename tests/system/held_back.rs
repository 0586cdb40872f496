//! What a lock holds back is never called saved, stays with its writer, and comes by itself.

use samtavle_shared::{
    session::{Command, Locks},
    wire::{RefusalCode, Role},
};
use samtavle_tests::{people::Person, server::Server};

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
