//! Photos: in pieces over bad networks, nothing twice, nothing lost, and nothing in them of where they
//! were taken.

use samtavle_tests::{
    server::{Answer, Server},
    table::Table,
};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const PHOTO: &str = "00112233445566778899aabbccddeeff";
const PIECE: usize = 256 * 1024;

/// What a phone writes into its files.
const PLACE: &[u8] = b"Exif\0\0MM\0*GPSLatitude 59.91";
/// A file of another kind behind the picture.
const ZIP: &[u8] = b"PK\x03\x04 GPSLatitude of a film";

/// Like a phone's: Exif with a place, then the picture, as much noise as makes `size` bytes or some more, and something
/// behind it.
fn photo(size: usize) -> Vec<u8> {
    // A noisy pixel takes 0.85 bytes.
    let edge = (1.3 * size as f64).sqrt().ceil() as u16;
    let mut seed = 7_u32;
    let noise: Vec<u8> = (0..3 * usize::from(edge) * usize::from(edge))
        .map(|_| {
            seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            (seed >> 16) as u8
        })
        .collect();
    let mut picture = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut picture, 85);
    let profile = b"a profile of colours";
    encoder.add_app_segment(1, PLACE.to_vec()).unwrap();
    encoder.add_icc_profile(profile).unwrap();
    encoder
        .encode(&noise, edge, edge, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    assert!(picture.len() >= size, "{} of {size}", picture.len());
    [&picture, ZIP].concat()
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|part| part == what)
}

fn path(table: &Table, photo: &str) -> String {
    format!("/api/boards/{}/photos/{photo}", table.id)
}

/// Somebody who sends a photo.
struct Sender<'a> {
    server: &'a Server,
    path: String,
    key: String,
    device: &'static str,
    length: usize,
}

impl<'a> Sender<'a> {
    fn new(server: &'a Server, table: &Table, photo: &[u8]) -> Self {
        Self {
            server,
            path: path(table, PHOTO),
            key: format!("Bearer {}", table.participant),
            device: "kari",
            length: photo.len(),
        }
    }

    async fn sends(&self, at: usize, bytes: &[u8]) -> Answer {
        let (at, length) = (at.to_string(), self.length.to_string());
        let headers = [
            ("authorization", &*self.key),
            ("samtavle-device", self.device),
            ("upload-offset", &at),
            ("upload-length", &length),
        ];
        self.server
            .request("PATCH", &self.path, &headers, bytes)
            .await
    }

    async fn asks(&self) -> Answer {
        let headers = [("authorization", &*self.key)];
        self.server.request("HEAD", &self.path, &headers, b"").await
    }

    async fn gets(&self) -> Answer {
        let headers = [("authorization", &*self.key)];
        self.server.request("GET", &self.path, &headers, b"").await
    }

    /// From here to the end.
    async fn goes_on(&self, from: usize, photo: &[u8]) {
        for (number, piece) in photo[from..].chunks(PIECE).enumerate() {
            let answer = self.sends(from + number * PIECE, piece).await;
            assert_eq!(answer.status, 204, "{}", answer.text());
        }
    }
}

fn offset(answer: &Answer) -> Option<usize> {
    answer.header("upload-offset")?.parse().ok()
}

fn is_refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.json()["error"], code);
}

#[tokio::test]
async fn a_photo_comes_in_pieces_and_goes_on_after_a_broken_connection_and_after_kill_9() {
    let mut server = Server::start().await;
    let table = server.board("Tavle").await;
    let photo = photo(700_000);
    let sender = Sender::new(&server, &table, &photo);
    assert_eq!(sender.asks().await.status, 404, "nothing of it yet");

    let first = sender.sends(0, &photo[..PIECE]).await;
    assert_eq!((first.status, offset(&first)), (204, Some(PIECE)));
    // In the middle of the second piece the network goes.
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!(
        "PATCH {} HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\nsamtavle-device: kari\r\n\
         upload-offset: {PIECE}\r\nupload-length: {}\r\ncontent-length: {PIECE}\r\n\r\n",
        sender.path, sender.key, sender.length
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
        .write_all(&photo[PIECE..PIECE + 1_000])
        .await
        .unwrap();
    drop(stream);

    let stay = sender.asks().await;
    assert_eq!((stay.status, offset(&stay)), (200, Some(PIECE)));
    assert_eq!(
        stay.header("upload-length"),
        Some(&*photo.len().to_string())
    );
    assert_eq!(sender.gets().await.status, 404, "not whole yet");

    let (path, key) = (sender.path.clone(), sender.key.clone());
    server.kill().await;
    server.start_again().await;
    let sender = Sender {
        server: &server,
        path,
        key,
        device: "kari",
        length: photo.len(),
    };
    assert_eq!(offset(&sender.asks().await), Some(PIECE));
    sender.goes_on(PIECE, &photo).await;
    assert_eq!(offset(&sender.asks().await), Some(photo.len()));

    let got = sender.gets().await;
    assert_eq!(got.status, 200);
    assert_eq!(got.header("content-type"), Some("image/jpeg"));
    assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
    let cache = got.header("cache-control").unwrap();
    assert!(
        cache.contains("private") && cache.contains("immutable"),
        "{cache}"
    );
    for hidden in [&b"GPS"[..], b"Exif", b"ICC_PROFILE", b"PK\x03\x04"] {
        assert!(has(&photo, hidden) && !has(&got.body, hidden));
    }
    assert!(got.body.starts_with(&[0xff, 0xd8, 0xff]));
    assert!(got.body.ends_with(&[0xff, 0xd9]));
    assert!(got.body.len() > photo.len() / 2, "the picture is there");

    let path = sender.path.clone();
    server.kill().await;
    server.start_again().await;
    let headers = [
        ("authorization", &*format!("Bearer {}", table.wall)),
        ("host", "x"),
    ];
    let again = server.request("GET", &path, &headers, b"").await;
    assert_eq!((again.status, again.body), (200, got.body));
}

#[tokio::test]
async fn what_is_sent_twice_adds_nothing_and_what_is_missing_is_asked_for() {
    let server = Server::start().await;
    let table = server.board("Tavle").await;
    let photo = photo(300_000);
    let sender = Sender::new(&server, &table, &photo);
    let early = sender.sends(1_000, &photo[1_000..2_000]).await;
    is_refused(&early, 409, "offset");
    assert_eq!(offset(&early), Some(0));

    for _ in 0..2 {
        let answer = sender.sends(0, &photo[..100_000]).await;
        assert_eq!((answer.status, offset(&answer)), (204, Some(100_000)));
    }
    let answer = sender.sends(50_000, &photo[50_000..150_000]).await;
    assert_eq!(offset(&answer), Some(150_000), "half of it was there");
    let gap = sender.sends(200_000, &photo[200_000..210_000]).await;
    is_refused(&gap, 409, "offset");
    assert_eq!(offset(&gap), Some(150_000));
    sender.goes_on(150_000, &photo).await;
    let again = sender.sends(150_000, &photo[150_000..]).await;
    assert_eq!((again.status, offset(&again)), (204, Some(photo.len())));
    assert!(sender.gets().await.body.len() > 150_000);
}

#[tokio::test]
async fn a_piece_that_is_sent_by_two_requests_at_once_comes_once() {
    let server = Server::start().await;
    let table = server.board("Tavle").await;
    let photo = photo(120_000);
    let sender = Sender::new(&server, &table, &photo);
    let half = &photo[..60_000];
    let answers = tokio::join!(
        sender.sends(0, half),
        sender.sends(0, half),
        sender.sends(0, half),
    );
    for answer in [answers.0, answers.1, answers.2] {
        assert_eq!((answer.status, offset(&answer)), (204, Some(60_000)));
    }
    sender.goes_on(60_000, &photo).await;
    assert_eq!(sender.gets().await.status, 200);
}

#[tokio::test]
async fn only_who_has_a_key_of_the_board_gets_there_and_a_wall_only_looks() {
    let server = Server::start().await;
    let table = server.board("Tavle").await;
    let other = server.board("En annen").await;
    let photo = photo(5_000);
    let whole = Sender::new(&server, &table, &photo);
    whole.goes_on(0, &photo).await;

    let wrong = Sender {
        key: format!("Bearer {}", other.participant),
        ..Sender::new(&server, &table, &photo)
    };
    is_refused(&wrong.sends(0, &photo).await, 401, "wrong-key");
    is_refused(&wrong.gets().await, 401, "wrong-key");
    let nobody = server.get(&whole.path).await;
    is_refused(&nobody, 401, "wrong-key");

    let wall = Sender {
        key: format!("Bearer {}", table.wall),
        ..Sender::new(&server, &table, &photo)
    };
    is_refused(&wall.sends(0, &photo).await, 403, "not-allowed");
    assert_eq!(wall.gets().await.status, 200);

    let there = Sender {
        path: path(&other, PHOTO),
        key: wrong.key.clone(),
        ..Sender::new(&server, &table, &photo)
    };
    is_refused(&there.gets().await, 404, "no-such-photo");
    let stranger = Sender {
        device: "per",
        ..Sender::new(&server, &table, &photo)
    };
    is_refused(&stranger.sends(0, &photo).await, 403, "not-yours");
}

#[tokio::test]
async fn what_is_too_large_is_refused_at_once_and_what_is_no_picture_is_thrown_away() {
    let server = Server::start().await;
    let table = server.board("Tavle").await;
    let photo = photo(5_000);
    let sender = Sender::new(&server, &table, &photo);

    // A photo of 100 MB: only said, never sent.
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!(
        "PATCH {} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: {}\r\n\
         upload-offset: 0\r\nupload-length: 100000000\r\ncontent-length: 100000000\r\n\r\n",
        sender.path, sender.key
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 12];
    let read = stream.read_exact(&mut answer);
    tokio::time::timeout(Duration::from_secs(5), read)
        .await
        .expect("at once")
        .unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");

    let giant = Sender {
        length: 4 << 20,
        ..Sender::new(&server, &table, &photo)
    };
    is_refused(&giant.sends(0, &photo).await, 413, "too-large");
    let piece = Sender {
        length: 1 << 20,
        ..Sender::new(&server, &table, &photo)
    };
    is_refused(&piece.sends(0, &vec![0; PIECE + 1]).await, 413, "too-large");
    is_refused(&sender.sends(9_999, &photo).await, 400, "bad-request");

    for strange in [
        &b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..],
        b"GIF89a",
        &photo[..4_000],
    ] {
        let sender = Sender::new(&server, &table, strange);
        is_refused(&sender.sends(0, strange).await, 415, "not-a-photo");
        assert_eq!(sender.asks().await.status, 404, "nothing of it is kept");
    }
    sender.goes_on(0, &photo).await;
    let other = Sender {
        length: photo.len() + 1,
        ..Sender::new(&server, &table, &photo)
    };
    is_refused(&other.sends(0, &photo).await, 409, "length");
    for name in ["", "x", "..%2f..%2fetc", &PHOTO.to_uppercase()] {
        let headers = [("authorization", &*sender.key)];
        let answer = server
            .request("GET", &path(&table, name), &headers, b"")
            .await;
        assert_eq!(answer.status, 404, "{name}");
    }
}

#[tokio::test]
async fn under_a_path_of_a_proxy_it_is_the_same() {
    let server = Server::start_with(&["--base-path", "/verktoy/samtavle"]).await;
    let table = server.board("Tavle").await;
    let photo = photo(5_000);
    let sender = Sender {
        path: ["/verktoy/samtavle", &path(&table, PHOTO)].concat(),
        ..Sender::new(&server, &table, &photo)
    };
    sender.goes_on(0, &photo).await;
    assert_eq!(sender.gets().await.status, 200);
}

#[tokio::test]
async fn one_device_has_only_so_many_under_way_and_so_much_in_ten_minutes() {
    let server = Server::start().await;
    let table = server.board("Tavle").await;
    let photo = photo(5_000);
    let begins = async |number: usize| {
        let sender = Sender {
            path: path(&table, &format!("{number:032x}")),
            ..Sender::new(&server, &table, &photo)
        };
        sender.sends(0, &photo[..1_000]).await
    };
    for number in 0..16 {
        assert_eq!(begins(number).await.status, 204);
    }
    let refused = begins(16).await;
    is_refused(&refused, 429, "too-many");
    assert!(refused.header("retry-after").is_some());
    // What was begun can be brought to its end, and makes room.
    let sender = Sender {
        path: path(&table, &format!("{:032x}", 0)),
        ..Sender::new(&server, &table, &photo)
    };
    sender.goes_on(1_000, &photo).await;
    assert_eq!(begins(17).await.status, 204);
}
