//! Codes: guessed from one address or from a thousand, and used long after.

use samtavle_shared::wire::{Role, ServerMessage};
use samtavle_tests::{
    people::Table,
    server::{Answer, Server},
    wire::PATIENCE,
};
use serde_json::json;
use std::{sync::Arc, time::Instant};

/// Somebody at this address says a code.
async fn says(server: &Server, address: &str, code: &str) -> Answer {
    let headers = [
        ("content-type", "application/json"),
        ("x-forwarded-for", address),
    ];
    let body = json!({ "code": code, "browser": address });
    let body = body.to_string();
    server
        .request("POST", "/api/join", &headers, body.as_bytes())
        .await
}

/// A code that a board might have.
fn guess(number: u32) -> String {
    let words = ["ALM", "BEKK", "DAL", "ELG", "FALK", "GRAN", "HARE", "KATT"];
    let word = |at: u32| words[(number / at % 8) as usize];
    format!(
        "{}-{}-{}-{}",
        word(1),
        word(8),
        word(64),
        100 + number % 900
    )
}

#[tokio::test]
async fn who_guesses_from_hundreds_of_networks_is_told_of_no_more_than_six_hundred_codes() {
    let server = Arc::new(Server::start_with(&["--addresses", "proxy"]).await);
    let board = server.board("Fremmed").await;
    let mut guessers = Vec::new();
    for network in 0..200_u32 {
        let server = Arc::clone(&server);
        guessers.push(tokio::spawn(async move {
            let mut told = 0;
            for try_number in 0..6 {
                let address = format!("10.{}.{}.7", network / 250, network % 250);
                let answer = says(&server, &address, &guess(network * 6 + try_number)).await;
                assert!([404, 429].contains(&answer.status), "{}", answer.text());
                told += u32::from(answer.status == 404);
            }
            told
        }));
    }
    let mut told = 0;
    for guesser in guessers {
        told += guesser.await.unwrap();
    }
    // The last few are for those who have guessed nothing yet; and one more comes every thirty seconds.
    assert!((560..=602).contains(&told), "{told}");
    let is_told = async |network: u32| {
        let address = format!("10.{}.{}.7", 100 + network / 250, network % 250);
        says(&server, &address, &guess(network)).await.status == 404
    };
    let mut last = 0;
    while is_told(last).await {
        last += 1;
    }
    assert!(told + last <= 602, "{told} and {last}");
    let right = says(&server, "192.0.2.1", &board.code).await;
    assert_eq!(
        right.status, 429,
        "to refuse only wrong codes would tell them"
    );
    assert!(right.header("retry-after").is_some());

    // Where the board's own people sit, nobody waits for a guesser.
    let _lead = board.join_as("Liv", Role::Facilitator).await;
    assert_eq!(says(&server, "127.0.0.99", &board.code).await.status, 200);
    assert_eq!(says(&server, "127.0.0.98", &guess(1)).await.status, 429);
    assert_eq!(
        says(&server, "127.0.0.98", "FJEL-LAKS-ELG-427")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_hall_in_which_many_mistype_gets_in_beside_its_guessers() {
    let server = Server::start_with(&["--addresses", "proxy"]).await;
    let board = server.board("Sal").await;
    for person in 0..200 {
        let browser = format!("browser {person}");
        let says = async |code: &str| {
            let headers = [
                ("content-type", "application/json"),
                ("x-forwarded-for", "192.0.2.1"),
            ];
            let body = json!({ "code": code, "browser": browser }).to_string();
            server
                .request("POST", "/api/join", &headers, body.as_bytes())
                .await
                .status
        };
        let slip = board
            .code
            .replacen(|letter: char| letter.is_ascii_uppercase(), "", 1);
        assert_ne!(says(&slip).await, 429, "person {person}");
        assert_eq!(says(&board.code).await, 200, "person {person}");
    }
}

#[tokio::test]
async fn a_code_that_is_over_opens_nothing_and_one_of_a_former_version_does_until_then() {
    let mut server = Server::start_with(&["--code-hours", "0"]).await;
    let board = server.board("Gammel").await;
    server.stop().await;
    let database = rusqlite::Connection::open(server.database()).unwrap();
    database
        .execute("UPDATE boards SET code = 'FJELL-LAKS-27'", [])
        .unwrap();
    drop(database);
    server.start_again().await;
    let join = async |code: &str| {
        server
            .post("/api/join", &json!({ "code": code }))
            .await
            .status
    };
    assert_eq!(join("fjell laks 27").await, 200, "nobody has sat there yet");

    let kari = board.join("Kari").await;
    let began = Instant::now();
    while join("fjell laks 27").await != 404 {
        assert!(began.elapsed() < PATIENCE, "the code lives on");
    }
    drop(kari);
    assert_eq!(join("fjell laks 27").await, 404);
    assert_eq!(code_said_to(&board).await, "");
}

/// The code that the server tells who comes in.
async fn code_said_to(board: &Table) -> String {
    let mut socket = board.socket().await;
    socket.hello(&board.facilitator, 7, "device").await;
    loop {
        let said = tokio::time::timeout(PATIENCE, socket.says()).await;
        if let ServerMessage::Welcome { code, .. } = said.expect("welcome") {
            return code;
        }
    }
}
