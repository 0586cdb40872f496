//! The outer interface, which others script against.

use samtavle_tests::server::{Answer, Server};
use serde_json::{Value, json};

fn is_error(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    let error = answer.json();
    assert_eq!(error["error"], code, "{error}");
    let message = error["message"].as_str().expect("a message");
    assert!(
        message.ends_with(['.', '?']) && message.contains(' '),
        "no ordinary sentence: {message}"
    );
}

#[tokio::test]
async fn a_board_is_made_with_all_that_is_needed_to_get_there() {
    let server = Server::start().await;
    let made = server
        .post(
            "/api/boards",
            &json!({ "title": "Buss", "template": "habit-break", "language": "nn" }),
        )
        .await;
    assert_eq!(made.status, 201);
    let made = made.json();
    let id = made["id"].as_str().unwrap();
    for (role, page) in [
        ("facilitator", "board"),
        ("participant", "board"),
        ("wall", "wall"),
    ] {
        let key = made["keys"][role].as_str().unwrap();
        assert!(key.len() >= 22);
        assert_eq!(
            made["links"][role],
            format!("http://{}/{page}/{id}#{key}", server.address())
        );
    }
    let code: Vec<&str> = made["code"].as_str().unwrap().split('-').collect();
    assert_eq!(code.len(), 4, "{code:?}");
}

#[tokio::test]
async fn title_and_template_may_be_left_out() {
    let server = Server::start().await;
    assert_eq!(server.post("/api/boards", &json!({})).await.status, 201);
    assert_eq!(
        server
            .request(
                "POST",
                "/api/boards",
                &[("content-type", "application/json")],
                b""
            )
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn links_begin_as_the_browser_or_the_proxy_says() {
    let server = Server::start().await;
    let headers = [
        ("content-type", "application/json"),
        ("host", "127.0.0.1:8080"),
        ("x-forwarded-host", "tavle.example.org"),
        ("x-forwarded-proto", "https"),
    ];
    let made = server
        .request("POST", "/api/boards", &headers, b"{}")
        .await
        .json();
    assert!(
        made["links"]["wall"]
            .as_str()
            .unwrap()
            .starts_with("https://tavle.example.org/wall/"),
        "{made}"
    );
}

#[tokio::test]
async fn what_is_no_sensible_board_is_refused_in_words() {
    let server = Server::start().await;
    let post = async |body: Value| server.post("/api/boards", &body).await;
    is_error(
        &post(json!({ "template": "karaoke" })).await,
        400,
        "unknown-template",
    );
    is_error(
        &post(json!({ "language": "tlh" })).await,
        400,
        "unknown-language",
    );
    is_error(
        &post(json!({ "title": "x".repeat(201) })).await,
        400,
        "long-title",
    );
    is_error(&post(json!({ "title": 7 })).await, 400, "bad-request");
    is_error(&post(json!(["title"])).await, 400, "bad-request");
    is_error(
        &post(json!({ "title": "x".repeat(50_000) })).await,
        413,
        "too-large",
    );
    let raw = async |kind: &str, body: &[u8]| {
        server
            .request("POST", "/api/boards", &[("content-type", kind)], body)
            .await
    };
    is_error(
        &raw("application/json", b"{\"title\":").await,
        400,
        "bad-request",
    );
    is_error(
        &raw("application/json", &[0xff, 0xfe]).await,
        400,
        "bad-request",
    );
    is_error(&raw("text/plain", b"{}").await, 415, "not-json");
    is_error(&server.get("/api/boards").await, 405, "wrong-method");
    is_error(&server.get("/api/nothing").await, 404, "not-found");
}

#[tokio::test]
async fn a_code_opens_the_board_however_it_is_typed() {
    let server = Server::start().await;
    let mut board = server.board("").await;
    for code in [
        board.code.clone(),
        board.code.to_lowercase().replace('-', " "),
        board.code.replace('-', ""),
    ] {
        let joined = server.post("/api/join", &json!({ "code": code })).await;
        assert_eq!(joined.status, 200, "{code}: {}", joined.text());
        let joined = joined.json();
        assert_eq!(joined["board"], board.id);
        let key = joined["key"].as_str().unwrap().to_owned();
        assert_eq!(
            joined["link"],
            format!("http://{}/board/{}#{key}", server.address(), board.id)
        );
        assert_ne!(key, board.participant, "each gets a key of their own");
        board.participant = key;
        let kari = board.join("Kari").await;
        kari.writes("hello").await;
        kari.is_saved().await;
    }
}

#[tokio::test]
async fn who_guesses_codes_is_stopped_and_says_so() {
    let server = Server::start().await;
    let board = server.board("").await;
    let guess = async |code: &str| server.post("/api/join", &json!({ "code": code })).await;
    is_error(&guess("FJELL-FJELL-99").await, 404, "wrong-code");
    is_error(&guess("no code at all").await, 404, "wrong-code");
    is_error(
        &server.post("/api/join", &json!({})).await,
        400,
        "bad-request",
    );
    let mut last = guess("FJELL-FJELL-98").await;
    for _ in 0..100 {
        last = guess("FJELL-FJELL-98").await;
    }
    is_error(&last, 429, "too-many");
    is_error(&guess(&board.code).await, 429, "too-many"); // or refusing would tell nothing
}

#[tokio::test]
async fn a_whole_workshop_gets_in_from_one_address() {
    let server = Server::start().await;
    let board = server.board("").await;
    for person in 0..300 {
        let joined = server
            .post("/api/join", &json!({ "code": board.code }))
            .await;
        assert_eq!(joined.status, 200, "person {person}: {}", joined.text());
    }
}

#[tokio::test]
async fn a_facilitator_gives_out_keys_and_nobody_else_does() {
    let server = Server::start().await;
    let mut board = server.board("").await;
    let path = format!("/api/boards/{}/keys", board.id);
    let ask = async |path: &str, key: &str, role: &str| {
        let bearer = format!("Bearer {key}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        server
            .request(
                "POST",
                path,
                &headers,
                json!({ "role": role }).to_string().as_bytes(),
            )
            .await
    };

    let given = ask(&path, &board.facilitator, "participant").await;
    assert_eq!(given.status, 201, "{}", given.text());
    let given = given.json();
    let key = given["key"].as_str().unwrap().to_owned();
    assert_eq!(
        given["link"],
        format!("http://{}/board/{}#{key}", server.address(), board.id)
    );
    let wall = ask(&path, &board.facilitator, "wall").await.json();
    assert!(wall["link"].as_str().unwrap().contains("/wall/"));

    is_error(
        &ask(&path, &board.participant, "participant").await,
        403,
        "not-allowed",
    );
    is_error(&ask(&path, "wrong", "participant").await, 401, "wrong-key");
    is_error(
        &server.post(&path, &json!({ "role": "wall" })).await,
        401,
        "wrong-key",
    );
    is_error(
        &ask(&path, &board.facilitator, "facilitator").await,
        400,
        "bad-request",
    );
    is_error(
        &ask(&path, &board.facilitator, "king").await,
        400,
        "bad-request",
    );
    is_error(
        &ask("/api/boards/nothere/keys", &board.facilitator, "wall").await,
        404,
        "no-such-board",
    );

    board.participant = key;
    board.join("Kari").await;
}

#[tokio::test]
async fn only_hashes_of_keys_are_on_disk() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    server.stop().await;
    let database = std::fs::read(server.database()).unwrap();
    for key in [&board.facilitator, &board.participant, &board.wall] {
        assert!(
            !database
                .windows(key.len())
                .any(|bytes| bytes == key.as_bytes())
        );
    }
}

#[tokio::test]
async fn health_answers_while_it_can_serve() {
    let server = Server::start().await;
    let health = server.get("/health").await;
    assert_eq!(health.status, 200);
    assert_eq!(health.json()["status"], "ok");
}

#[tokio::test]
async fn every_answer_is_secured_and_says_how_long_it_may_be_kept() {
    let server = Server::start().await;
    for path in ["/", "/health", "/nothing", "/board/abc"] {
        let answer = server.get(path).await;
        let policy = answer.header("content-security-policy").unwrap();
        for part in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            answer.header("referrer-policy"),
            Some("no-referrer"),
            "{path}"
        );
        assert!(answer.header("cache-control").is_some(), "{path}");
    }
}

#[tokio::test]
async fn the_site_is_packed_and_kept_and_its_worker_asked_for_each_time() {
    let server = Server::start().await;
    let home = server.get("/").await;
    if home.status == 503 {
        assert!(home.text().contains("built without its client"));
        return; // this binary has no site to test
    }
    for path in [
        "/board/abc",
        "/wall/abc",
        "/join/FJELL-LAKS-27",
        "/worker.js",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
    }
    let tag = home.header("etag").unwrap();
    let again = server
        .request("GET", "/", &[("if-none-match", tag)], b"")
        .await;
    assert_eq!((again.status, again.body.len()), (304, 0));

    let page = home.text();
    let script = page
        .split('"')
        .find(|part| part.starts_with("./site/start-"))
        .expect("a hashed script");
    let script = server.get(&script[1..]).await;
    assert_eq!(
        script.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(
        server
            .request("GET", "/nothing", &[("accept", "text/html")], b"")
            .await
            .status,
        404
    );
    is_error(
        &server.request("POST", "/", &[], b"").await,
        405,
        "wrong-method",
    );
}
