//! The ways in which somebody's page gets to the server, and a page's life on each.

use crate::{
    line::{Down, Line},
    seen::{Seen, live, take_closed, take_frame},
    table::Table,
    wire::{PATIENCE, Past, Socket},
};
use samtavle_shared::wire::{CloseCode, Role};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// Between two looks when nothing came.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// How somebody's page gets to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Our own socket.
    Socket,
    /// Plain HTTP.
    Http,
    /// A standard Yjs client's socket: it hears of nothing but the document, not even what is saved.
    Standard,
}

/// A way that is open.
pub(crate) enum Wire {
    Socket(Socket),
    Line(Line),
}

/// Opens it, trying until the server answers.
pub(crate) async fn open(
    way: Way,
    table: &Table,
    role: Role,
    client: u64,
    device: &str,
    past: &Past,
) -> Wire {
    let began = Instant::now();
    let key = table.key(role);
    loop {
        let opened = match way {
            Way::Socket => match Socket::try_open(&table.socket_url()).await {
                Some(mut socket) => {
                    socket.hello_again(key, client, device, past.clone()).await;
                    Some(Wire::Socket(socket))
                }
                None => None,
            },
            Way::Standard => Socket::try_open(&table.yjs_url(key))
                .await
                .map(Wire::Socket),
            Way::Http => Line::try_open(table, key, client, device, past)
                .await
                .map(|line| Wire::Line(line.expect("the key is right"))),
        };
        if let Some(wire) = opened {
            return wire;
        }
        assert!(began.elapsed() < PATIENCE, "nobody answers");
        tokio::task::yield_now().await;
    }
}

impl Wire {
    /// Frames out, frames in, until it ends.
    pub(crate) async fn live(
        self,
        queue: mpsc::UnboundedReceiver<Vec<u8>>,
        frames: mpsc::UnboundedSender<Vec<u8>>,
        seen: Arc<Seen>,
    ) {
        match self {
            Self::Socket(socket) => live(socket, queue, frames, seen).await,
            Self::Line(line) => live_by_requests(line, queue, frames, seen).await,
        }
    }
}

async fn live_by_requests(
    mut line: Line,
    mut queue: mpsc::UnboundedReceiver<Vec<u8>>,
    frames: mpsc::UnboundedSender<Vec<u8>>,
    seen: Arc<Seen>,
) {
    loop {
        let mut out = Vec::new();
        while let Ok(frame) = queue.try_recv() {
            out.push(frame);
        }
        if !out.is_empty() && line.try_sends(&out).await.is_none() {
            return take_closed(&seen, None);
        }
        let Some(came) = line.try_polls().await else {
            return take_closed(&seen, None);
        };
        let is_quiet = came.is_empty();
        for down in came {
            match down {
                Down::Frame(_, frame) => {
                    for answer in take_frame(&seen, &frame) {
                        // The receiver is in this loop.
                        let _ = frames.send(answer);
                    }
                }
                Down::Closed(code) => return take_closed(&seen, CloseCode::read(code)),
            }
        }
        if is_quiet {
            tokio::time::sleep(LOOK_AGAIN).await; // asks again
        }
    }
}
