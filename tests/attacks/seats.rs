//! Places: whoever takes all of them with one key, or with none, shuts nobody out.

use samtavle_shared::wire::Role;
use samtavle_tests::{
    server::Server,
    table::Table,
    wire::{PATIENCE, Socket},
};
use tokio::{net::TcpStream, task::JoinSet, time::timeout};

/// So many sockets that say hello, and nothing more.
async fn takes_seats(table: &Table, count: u64) -> Vec<Socket> {
    let mut all = JoinSet::new();
    for one in 0..20 {
        let table = table.clone();
        all.spawn(async move {
            let mut seats = Vec::new();
            for number in 0..count / 20 {
                let number = one * 1_000 + number + 1;
                let mut socket = table.socket().await;
                let device = format!("{:032x}", number % 7);
                socket.hello(&table.participant, number, &device).await;
                let welcome = timeout(PATIENCE, socket.next()).await;
                welcome.expect("an answer to hello");
                seats.push(socket);
            }
            seats
        });
    }
    all.join_all().await.into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_all_seats_of_a_board_shuts_nobody_out() {
    let server = Server::start().await;
    let table = server.board("Nattbuss").await;
    let kari = table.join("Kari").await;
    kari.writes("before").await;
    let seats = takes_seats(&table, 1_460).await;
    for (name, role) in [
        ("Leder", Role::Facilitator),
        ("Veggen", Role::Wall),
        ("Ola", Role::Participant),
    ] {
        let came = timeout(PATIENCE, comes(&table, name, role)).await;
        assert!(came.is_ok(), "{name} does not get in");
    }
    // Who was here, and did something, stays.
    kari.writes("after").await;
    kari.is_saved().await;
    assert_eq!(kari.state().closed, None);
    drop(seats);
}

/// They try until they are in.
async fn comes(table: &Table, name: &str, role: Role) {
    loop {
        let person = table.join_as(name, role).await;
        if person.state().is_synced {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await; // as our page does
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_connects_thousands_of_times_and_says_nothing_shuts_nobody_out() {
    let server = Server::start().await;
    let table = server.board("Nattbuss").await;
    let mut silent = Vec::new();
    for _ in 0..4_100 {
        match timeout(PATIENCE / 10, TcpStream::connect(&table.address)).await {
            Ok(Ok(stream)) => silent.push(stream),
            _ => break,
        }
    }
    assert!(silent.len() >= 4_000, "{}", silent.len());
    let came = timeout(PATIENCE, comes(&table, "Ola", Role::Participant)).await;
    assert!(came.is_ok(), "Ola does not get in");
    assert_eq!(server.get("/health").await.status, 200);
}
