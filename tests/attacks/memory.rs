//! Memory: what is sent in part, or waits, is little, whoever sends it, and is given back.

use samtavle_shared::{limits::MAX_FRAME_BYTES, wire::Frame};
use samtavle_tests::{
    honest::Honest,
    server::Server,
    table::Table,
    wire::{PATIENCE, Socket},
};
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

const MIB: u64 = 1024 * 1024;

/// A connection that has asked to become a WebSocket.
pub(crate) async fn upgraded(table: &Table) -> TcpStream {
    let mut stream = TcpStream::connect(&table.address).await.unwrap();
    let head = format!(
        "GET /socket/{} HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        table.id, table.address
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 1024];
    let read = stream.read(&mut answer).await.unwrap();
    assert!(String::from_utf8_lossy(&answer[..read]).starts_with("HTTP/1.1 101"));
    stream
}

/// The head of a masked binary frame of this length.
pub(crate) fn head(length: usize) -> Vec<u8> {
    let mut head = vec![0x82, 0x80 | 0x7f];
    head.extend((length as u64).to_be_bytes());
    head.extend([0; 4]);
    head
}

/// Sends as much as the server reads of it within a moment, and holds on.
pub(crate) async fn pours(stream: &mut TcpStream, bytes: usize) {
    let piece = vec![b'x'; 64 * 1024];
    let pour = async {
        for _ in 0..bytes / piece.len() {
            if stream.write_all(&piece).await.is_err() {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(2), pour).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_never_end_take_little_memory_with_a_key_and_without() {
    let server = Server::start().await;
    let table = server.board("Nattbuss").await;
    let honest = Honest::at(&[&table]).await;
    let before = server.memory();
    let measured = honest
        .beside(async {
            let mut all = JoinSet::new();
            for number in 0..80_u64 {
                let table = table.clone();
                all.spawn(async move {
                    let mut stream = upgraded(&table).await;
                    if number % 2 == 0 {
                        // Somebody with a key: their hello first.
                        let hello = hello(&table, number);
                        stream.write_all(&hello).await.unwrap();
                    }
                    stream.write_all(&head(MAX_FRAME_BYTES)).await.unwrap();
                    pours(&mut stream, MAX_FRAME_BYTES - 64 * 1024).await;
                    stream
                });
            }
            let mut held: Vec<TcpStream> = all.join_all().await;
            let mut most = server.memory();
            let began = Instant::now();
            while began.elapsed() < Duration::from_secs(4) {
                for stream in &mut held {
                    let _ = stream.try_write(b"xxxxxxxx"); // on and on
                }
                tokio::time::sleep(Duration::from_millis(100)).await; // an attack, not a wait
                most = most.max(server.memory());
            }
            most
        })
        .await;
    measured.says("messages that never end");
    let grown = measured.attack.saturating_sub(before) / MIB;
    println!("memory: before {} MiB, grown by {grown} MiB", before / MIB);
    assert!(grown < 100, "{grown} MiB");
    measured.stays_quick(0);
}

fn hello(table: &Table, client: u64) -> Vec<u8> {
    use samtavle_shared::wire::{ClientMessage, Screen, message::PROTOCOL};
    let hello = ClientMessage::Hello {
        protocol: PROTOCOL,
        key: table.participant.clone(),
        client: client + 1,
        device: format!("{client:032x}"),
        screen: Screen::Desk,
        wrote_as: Vec::new(),
        knows: String::new(),
    };
    let frame = Frame::Ours(&hello.to_json()).write();
    let mut bytes = vec![0x82, 0x80 | 0x7e];
    bytes.extend(u16::try_from(frame.len()).unwrap().to_be_bytes());
    bytes.extend([0; 4]);
    bytes.extend(frame);
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hello_is_short() {
    let server = Server::start().await;
    let table = server.board("Nattbuss").await;
    let mut socket = Socket::open(&table.socket_url()).await;
    socket.send(&vec![b'x'; 100 * 1024]).await;
    let (code, _) = socket.closes().await;
    assert_eq!(code, Some(samtavle_shared::wire::CloseCode::TooLarge));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_is_let_go_in_seconds() {
    let server = Server::start().await;
    let table = server.board("Nattbuss").await;
    let began = Instant::now();
    let mut silent = TcpStream::connect(&table.address).await.unwrap();
    let mut upgraded = upgraded(&table).await;
    let mut rest = Vec::new();
    for stream in [&mut silent, &mut upgraded] {
        let ended = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut rest)).await;
        assert!(
            ended.is_ok(),
            "it is still open after {:?}",
            began.elapsed()
        );
    }
    assert!(began.elapsed() < Duration::from_secs(15));
}
