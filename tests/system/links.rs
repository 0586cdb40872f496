//! Links as they come out of mail programs, and what of them the server lets anybody know.

use samtavle_shared::wire::Role;
use samtavle_tests::server::Server;
use serde_json::json;

#[tokio::test]
async fn a_link_that_was_rewritten_on_its_way_gets_its_page_or_is_sent_on_to_it() {
    let server = Server::start().await;
    let board = server.board("").await;
    let (id, key) = (&board.id, &board.participant);
    let whole = server.get(&format!("/board/{id}")).await;
    for path in [
        format!("/board/{id}%23{key}"),
        format!("/board/{id}%2523{key}."),
        format!("/board/{id}?utm_source=mail&fbclid=abc"),
        format!("/board/{id}%20"),
        format!("/join/{}.", board.code),
        format!("/join/{}?utm_source=mail", board.code),
    ] {
        let answer = server.get(&path).await;
        assert_eq!(answer.status, whole.status, "{path}");
        assert_eq!(answer.header("etag"), whole.header("etag"), "{path}");
        assert!(!answer.text().contains(key.as_str()), "{path}");
    }
    for (path, there) in [
        (format!("/board/{id}/"), format!("../../board/{id}")),
        (
            format!("/board/{id}%23{key}/"),
            format!("../../board/{id}#{key}"),
        ),
        (
            format!("/Wall/{id}%23{key}?utm_source=a&theme=dark"),
            format!("../wall/{id}?theme=dark#{key}"),
        ),
        (
            format!("/board%2F{id}%23{key}"),
            format!("board/{id}#{key}"),
        ),
        (
            format!("/{}", board.code.to_lowercase()),
            format!("join/{}", board.code),
        ),
    ] {
        let answer = server.get(&path).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (302, Some(&*there)),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(
            answer.header("referrer-policy"),
            Some("no-referrer"),
            "{path}"
        );
    }
    assert_eq!(server.get("/board/a/b").await.status, 404);
    assert_eq!(
        server
            .request("POST", &format!("/board/{id}/"), &[], b"")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn under_a_path_a_link_is_sent_on_within_that_path() {
    let server = Server::start_with(&["--base-path", "/verktoy/samtavle"]).await;
    let answer = server
        .get("/verktoy/samtavle/board/0123456789abcdefghjk/")
        .await;
    assert_eq!(
        answer.header("location"),
        Some("../../board/0123456789abcdefghjk")
    );
}

#[tokio::test]
async fn a_key_that_came_as_a_part_of_the_path_is_in_no_line_of_the_log() {
    let mut server = Server::start_with(&["--log", "trace"]).await;
    let board = server.board("").await;
    for path in [
        "/board/{id}%23{key}",
        "/board/{id}%23{key}/",
        "/nothing/{key}",
        "/api/{key}",
    ] {
        let path = path
            .replace("{id}", &board.id)
            .replace("{key}", &board.participant);
        server
            .request("GET", &path, &[("accept", "text/html")], b"")
            .await;
        let answer = server.request("POST", &path, &[], b"").await;
        assert!(!answer.text().contains(&board.participant));
    }
    server.stop().await;
    let log = server.log();
    assert!(log.contains("a board was made"), "{log}");
    assert!(!log.contains(&board.participant), "{log}");
}

#[tokio::test]
async fn a_code_is_exchanged_for_a_walls_key_too_and_never_for_a_facilitators() {
    let server = Server::start().await;
    let mut board = server.board("").await;
    let ask = async |role: &str| {
        let wish = json!({ "code": format!("{}.", board.code.to_lowercase()), "role": role });
        server.post("/api/join", &wish).await
    };
    let wall = ask("wall").await.json();
    let key = wall["key"].as_str().unwrap().to_owned();
    assert_eq!(
        wall["link"],
        format!("http://{}/wall/{}#{key}", server.address(), board.id)
    );
    assert_eq!(ask("facilitator").await.status, 400);
    assert_eq!(ask("participant").await.status, 200);
    board.wall = key;
    let shown = board.join_as("the wall", Role::Wall).await;
    let kari = board.join("Kari").await;
    kari.writes("Bussen kommer ikke").await;
    kari.is_saved().await;
    shown.sees("Bussen kommer ikke").await;
}
