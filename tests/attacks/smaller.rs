//! What is tried at the rim: from another site's page, under no name or two, with frames that are too large, and with letters
//! that nobody sees.

use samtavle_shared::{
    limits::MAX_FRAME_BYTES,
    session::Command,
    wire::{CloseCode, Role},
};
use samtavle_tests::server::{Answer, Server};
use serde_json::json;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const JSON: (&str, &str) = ("content-type", "application/json");
const EVIL: (&str, &str) = ("origin", "https://evil.example");

/// The head of the answer to these bytes.
async fn answer_to(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes));
    read.await.expect("an answer").unwrap();
    String::from_utf8_lossy(&bytes)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn a_request_names_one_host() {
    let server = Server::start().await;
    let close = "connection: close\r\n\r\n";
    for (head, status) in [
        ("GET /health HTTP/1.1\r\n", "400"),
        ("GET /health HTTP/1.1\r\nhost: a\r\nhost: b\r\n", "400"),
        ("GET /health HTTP/1.1\r\nhost: a\r\nhost: a\r\n", "400"),
        ("GET /health HTTP/1.1\r\nhost: a b\r\n", "400"),
        ("GET /health HTTP/1.1\r\nhost: tavle.example\r\n", "200"),
        ("GET /health HTTP/1.0\r\n", "200"),
    ] {
        let answer = answer_to(&server, &[head, close].concat()).await;
        assert!(answer.contains(status), "{head:?}: {answer}");
    }
}

#[tokio::test]
async fn another_sites_page_makes_no_board_opens_no_socket_and_no_line() {
    let server = Server::start().await;
    let board = server.board("Ungdom og buss").await;
    let post = async |path: &str, headers: &[(&str, &str)], body: &str| -> Answer {
        server.request("POST", path, headers, body.as_bytes()).await
    };
    assert_eq!(post("/api/boards", &[JSON], "{}").await.status, 201);
    for headers in [
        &[][..],
        &[("content-type", "text/plain")],
        &[("content-type", "application/x-www-form-urlencoded")],
    ] {
        assert_eq!(post("/api/boards", headers, "").await.status, 415);
        assert_eq!(post("/api/boards", headers, "{}").await.status, 415);
    }
    assert_eq!(post("/api/boards", &[JSON, EVIL], "{}").await.status, 403);
    let code = json!({ "code": board.code }).to_string();
    assert_eq!(post("/api/join", &[JSON, EVIL], &code).await.status, 403);
    assert_eq!(
        post(&["/line/", &board.id].concat(), &[EVIL], "")
            .await
            .status,
        403
    );
    let socket = format!("/socket/{}", board.id);
    let standard = format!("/yjs/{}?key={}", board.id, board.participant);
    for path in [&socket, &standard] {
        let ours = ["http://", server.address()].concat();
        for (origin, status) in [(EVIL.1, 403), ("null", 403), (&*ours, 101)] {
            let mut headers = vec![
                ("upgrade", "websocket"),
                ("sec-websocket-version", "13"),
                ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
                ("origin", origin),
            ];
            headers.push(("host", server.address()));
            let head: String = headers
                .iter()
                .map(|(name, value)| [name, ": ", value, "\r\n"].concat())
                .collect();
            let request = format!("GET {path} HTTP/1.1\r\nconnection: upgrade\r\n{head}\r\n");
            let mut stream = TcpStream::connect(server.address()).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut first = [0; 12];
            stream.read_exact(&mut first).await.unwrap();
            let line = String::from_utf8_lossy(&first).into_owned();
            assert!(
                line.contains(&status.to_string()),
                "{path} from {origin}: {line}"
            );
        }
    }
}

#[tokio::test]
async fn what_holds_a_key_is_kept_by_nobody_and_pages_talk_to_this_host_only() {
    let server = Server::start().await;
    let made = server.post("/api/boards", &json!({})).await;
    let board = made.json();
    let joined = server
        .post("/api/join", &json!({ "code": board["code"] }))
        .await;
    let bearer = format!("Bearer {}", board["keys"]["facilitator"].as_str().unwrap());
    let path = format!("/api/boards/{}/keys", board["id"].as_str().unwrap());
    let headers = [JSON, ("authorization", &*bearer)];
    let given = server
        .request("POST", &path, &headers, br#"{"role":"wall"}"#)
        .await;
    for answer in [&made, &joined, &given] {
        assert!(answer.status < 300, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let policy = answer.header("content-security-policy").unwrap();
        let connect = policy
            .split(';')
            .find(|part| part.trim().starts_with("connect-src"));
        let address = server.address();
        let expected = format!("connect-src 'self' ws://{address} wss://{address}");
        assert_eq!(connect.map(str::trim), Some(&*expected));
    }
}

#[tokio::test]
async fn a_frame_that_is_too_large_is_told_so() {
    let server = Server::start().await;
    let board = server.board("Stort").await;
    for bytes in [MAX_FRAME_BYTES + 1, 3 * MAX_FRAME_BYTES] {
        let mut socket = board.socket().await;
        socket.hello(&board.participant, 7, "device").await;
        socket.closes_or_says_welcome().await.unwrap();
        socket.send(&vec![0; bytes]).await;
        assert_eq!(
            socket.closes().await.0,
            Some(CloseCode::TooLarge),
            "{bytes}"
        );
    }
}

#[tokio::test]
async fn names_and_titles_hold_no_letters_that_nobody_sees_and_texts_keep_them() {
    let server = Server::start().await;
    let hidden = "\u{202e}\u{2066}\u{7}";
    let title = format!("Ungdom{hidden} og buss");
    let board = server.board(&title).await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join(&format!("Ka{hidden}ri")).await;
    kari.introduces_as(&[]).await;
    let text = format!("Bussen{hidden} kommer ikke");
    kari.writes(&text).await;
    lead.sees(&text).await;
    assert_eq!(lead.state().board.view().title(), "Ungdom og buss");
    lead.until("Kari's name", |state| {
        state.lead.people.iter().any(|person| person.name == "Kari")
    })
    .await;
    let wish = samtavle_shared::session::RoundWish {
        title: format!("Hva{hidden} nå?"),
        on: samtavle_shared::session::RoundOn::Notes,
        among: samtavle_shared::session::Among::All,
        dots: 3,
        most_on_one: 3,
        order: samtavle_shared::session::RoundOrder::default(),
    };
    lead.does(Command::OpenRound { wish }).await;
    kari.until("the round", |state| {
        state
            .session
            .round
            .as_ref()
            .is_some_and(|round| round.title == "Hva nå?")
    })
    .await;
}
