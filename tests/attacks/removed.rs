//! Somebody was sent away, and comes back by every way that there is: their link, another device, a key that was put by, the
//! code, a standard client, plain HTTP, a photo's address.

use samtavle_shared::{
    session::Command,
    wire::{CloseCode, Role},
};
use samtavle_tests::{
    line::Line,
    people::{Person, Table, Way},
    server::{Answer, Server},
    session::holds,
    wire::Socket,
};
use serde_json::json;

/// A key of one's own for the code, as whoever has seen the wall gets it.
async fn key_for(server: &Server, code: &str, role: &str) -> Option<String> {
    let answer = server
        .post("/api/join", &json!({ "code": code, "role": role }))
        .await;
    (answer.status == 200).then(|| answer.json()["key"].as_str().unwrap().to_owned())
}

/// Does a new device get in by this key, by any way?
async fn gets_in(board: &Table, key: &str) -> bool {
    let mut socket = board.socket().await;
    socket.hello(key, 11, "a new device").await;
    let by_socket = socket.closes_or_says_welcome().await;
    let mut standard = Socket::open(&board.yjs_url(key)).await;
    let by_yjs = standard.closes_or_greets().await;
    let by_http = Line::open(board, key, 12).await.map_err(|code| code as u16);
    let ways = [by_socket.is_ok(), by_yjs.is_ok(), by_http.is_ok()];
    assert!(ways.iter().all(|way| *way == ways[0]), "{ways:?}");
    ways[0]
}

async fn sends_away(lead: &Person, whom: &Person) {
    let person = whom.person().await;
    lead.does(Command::Remove { person }).await;
    assert_eq!(whom.is_closed().await, Some(CloseCode::Removed));
}

async fn photo(server: &Server, board: &Table, method: &str, key: &str, device: &str) -> Answer {
    let path = format!(
        "/api/boards/{}/photos/{}",
        board.id, "0123456789abcdef0123456789abcdef"
    );
    let authorization = ["Bearer ", key].concat();
    let headers = [
        ("authorization", &*authorization),
        ("samtavle-device", device),
        ("upload-offset", "0"),
        ("upload-length", "40"),
    ];
    server.request(method, &path, &headers, b"no picture").await
}

#[tokio::test]
async fn who_is_sent_away_loses_their_key_and_every_key_that_they_put_by() {
    let server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let own = key_for(&server, &board.code, "participant").await.unwrap();
    let put_by = key_for(&server, &board.code, "participant").await.unwrap();
    let wall = key_for(&server, &board.code, "wall").await.unwrap();
    let others = key_for(&server, &board.code, "participant").await.unwrap();
    let kari = board.by(&others).join("Kari").await;
    let troll = board.by(&own).join("Troll").await;
    assert_eq!(
        photo(&server, &board, "PATCH", &own, troll.device())
            .await
            .status,
        204
    );

    sends_away(&lead, &troll).await;
    for key in [&own, &put_by, &wall] {
        assert!(!gets_in(&board, key).await, "a key of the code");
        let shown = photo(&server, &board, "GET", key, "a new device").await;
        assert_eq!(shown.status, 401, "{}", shown.text());
    }
    // A link that many share goes on, but not for that device; nor does any way of it.
    assert!(gets_in(&board, &board.participant).await);
    for way in [Way::Socket, Way::Http] {
        let mut socket = board.socket().await;
        socket.hello(&board.participant, 13, troll.device()).await;
        assert_eq!(
            socket.closes_or_says_welcome().await,
            Err(Some(CloseCode::Removed)),
            "{way:?}"
        );
    }
    let sent = photo(&server, &board, "PATCH", &board.participant, troll.device()).await;
    assert_eq!(sent.status, 401);

    // Whoever else had a key for the code is still there, and comes again.
    kari.vanishes();
    kari.comes_back().await;
    assert!(kari.state().is_synced);
}

#[tokio::test]
async fn a_new_link_stops_the_old_one_at_once_and_who_is_there_stays() {
    let mut server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let wall = board.join_as("wall", Role::Wall).await;
    let kari = board.join("Kari").await;
    let away = board.join("Away").await;
    away.vanishes();
    let troll = board.join("Troll").await;
    let own = key_for(&server, &board.code, "participant").await.unwrap();
    let hidden_wall = key_for(&server, &board.code, "wall").await.unwrap();
    sends_away(&lead, &troll).await;
    let mut ear = Socket::open(&board.yjs_url(&board.participant)).await;
    ear.closes_or_greets().await.unwrap();

    kari.may_not(
        Command::NewLink,
        samtavle_shared::session::Refusal::NotYours,
    )
    .await;
    lead.does(Command::NewLink).await;
    assert_eq!(ear.closes().await.0, Some(CloseCode::WrongKey));
    let old = &board.code;
    let code = lead.state().code.clone();
    assert_ne!(&code, old);
    for one in [&kari, &wall] {
        one.until("the new code", |state| state.code == code).await;
        assert_eq!(one.state().closed, None, "who is there stays");
    }
    for again in [false, true] {
        if again {
            server.stop().await;
            server.start_again().await;
        }
        assert_eq!(key_for(&server, old, "participant").await, None);
        for key in [&board.participant, &own, &hidden_wall] {
            assert!(!gets_in(&board, key).await);
            assert_eq!(
                photo(&server, &board, "GET", key, "a new device")
                    .await
                    .status,
                401
            );
        }
        let shown = photo(&server, &board, "GET", &board.participant, kari.device()).await;
        assert_eq!(shown.status, 404, "hers to ask for; it is not there");
        for one in [&kari, &away, &wall, &lead] {
            one.comes_back().await;
            assert!(one.state().is_synced, "{}", one.name);
            assert_eq!(one.state().code, code);
        }
        let new = key_for(&server, &code, "participant").await.unwrap();
        assert!(gets_in(&board, &new).await);
        let mut socket = board.socket().await;
        socket.hello(&new, 14, troll.device()).await;
        assert_eq!(
            socket.closes_or_says_welcome().await,
            Err(Some(CloseCode::Removed))
        );
    }
}

#[tokio::test]
async fn a_new_code_leaves_links_as_they_are() {
    let server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    lead.does(Command::NewCode).await;
    assert_eq!(key_for(&server, &board.code, "participant").await, None);
    let code = lead.state().code.clone();
    assert!(key_for(&server, &code, "participant").await.is_some());
    assert!(gets_in(&board, &board.participant).await);
}

#[tokio::test]
async fn a_new_link_for_facilitators_stops_the_old_one_at_once_and_who_leads_goes_on() {
    let mut server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let per = board.join_as("Per", Role::Facilitator).await;
    let away = board.join_as("Away", Role::Facilitator).await;
    away.vanishes();
    let ola = board.join("Ola").await;
    // She has photographed the link over somebody's shoulder.
    let kari = board.join("Kari").await;
    let person = ola.person().await;
    liv.does(Command::Share { person }).await;
    ola.until("that he leads", |state| state.own.leads).await;
    let not_yours = samtavle_shared::session::Refusal::NotYours;
    for without_the_key in [&kari, &ola] {
        without_the_key
            .may_not(Command::NewLeadLink, not_yours)
            .await;
    }
    let mut ear = Socket::open(&board.yjs_url(&board.facilitator)).await;
    ear.closes_or_greets().await.unwrap();

    liv.does(Command::NewLeadLink).await;
    assert_eq!(ear.closes().await.0, Some(CloseCode::WrongKey));
    liv.until("the new key", |state| !state.lead_key.is_empty())
        .await;
    let key = liv.state().lead_key.clone();
    per.until("the same key", |state| state.lead_key == key)
        .await;
    for one in [&liv, &per, &ola, &kari] {
        assert_eq!(one.state().closed, None, "{} stays", one.name);
    }
    assert!(
        gets_in(&board, &board.participant).await,
        "nobody else's link"
    );
    for again in [false, true] {
        if again {
            server.stop().await;
            server.start_again().await;
        }
        assert!(!gets_in(&board, &board.facilitator).await);
        // Who takes part stays so, and does not lead by it.
        let mut socket = board.socket().await;
        socket.hello(&board.facilitator, 13, kari.device()).await;
        assert_eq!(
            socket.closes_or_says_welcome().await,
            Err(Some(CloseCode::WrongKey))
        );
        assert_eq!(
            gives_a_key(&server, &board, &board.facilitator, "").await,
            401
        );
        assert_eq!(
            gives_a_key(&server, &board, &board.facilitator, kari.device()).await,
            401
        );
        assert_eq!(
            gives_a_key(&server, &board, &board.facilitator, liv.device()).await,
            201
        );
        assert_eq!(gives_a_key(&server, &board, &key, "").await, 201);
        for one in [&liv, &per, &away] {
            one.comes_back().await;
            one.until("that they lead", |state| state.own.leads).await;
        }
        let mut socket = board.socket().await;
        socket.hello(&key, 15, "a new device of Liv's").await;
        assert_eq!(socket.closes_or_says_welcome().await, Ok(()));
    }
    for one in [&kari, &ola] {
        one.comes_back().await;
        assert!(
            !holds(&one.state().heard, &key),
            "{} was told the key",
            one.name
        );
    }
    // A facilitator who is sent away loses that one, too.
    sends_away(&liv, &per).await;
    let mut socket = board.socket().await;
    socket.hello(&key, 17, per.device()).await;
    assert_eq!(
        socket.closes_or_says_welcome().await,
        Err(Some(CloseCode::Removed))
    );
}

/// What is answered to who asks for one more key.
async fn gives_a_key(server: &Server, board: &Table, key: &str, device: &str) -> u16 {
    let authorization = ["Bearer ", key].concat();
    let headers = [
        ("authorization", &*authorization),
        ("content-type", "application/json"),
        ("samtavle-device", device),
    ];
    let path = format!("/api/boards/{}/keys", board.id);
    let wish = json!({ "role": "wall" }).to_string();
    let answer = server
        .request("POST", &path, &headers, wish.as_bytes())
        .await;
    answer.status
}
