//! A line over plain HTTP, request by request, for tests that lose some of them.

use crate::{
    server::Answer,
    table::Table,
    wire::{PATIENCE, Past},
};
use samtavle_shared::{
    lib0::Writer,
    wire::{ClientMessage, Frame, Screen, ServerMessage, message::PROTOCOL},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    time::timeout,
};

/// An open line.
pub struct Line {
    table: Table,
    /// What the server calls it.
    pub token: String,
    /// Bytes that were sent and answered.
    pub at: u64,
    /// The last frame that came.
    pub got: u64,
}

/// What came down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Down {
    /// A frame with its number.
    Frame(u64, Vec<u8>),
    /// The line has ended, and why.
    Closed(u16),
}

/// An event stream that is being read.
pub struct Stream(BufReader<TcpStream>);

impl Line {
    /// Says hello.
    ///
    /// # Errors
    /// The code, if it is refused.
    pub async fn open(table: &Table, key: &str, client: u64) -> Result<Self, u64> {
        let device = format!("{:032x}", rand::random::<u128>());
        let opened = Self::try_open(table, key, client, &device, &Past::default()).await;
        opened.expect("the server answers")
    }

    /// Says hello as this device; `None`: nobody answers.
    pub async fn try_open(
        table: &Table,
        key: &str,
        client: u64,
        device: &str,
        past: &Past,
    ) -> Option<Result<Self, u64>> {
        let hello = ClientMessage::Hello {
            protocol: PROTOCOL,
            key: key.to_owned(),
            client,
            device: device.to_owned(),
            screen: Screen::Phone,
            wrote_as: past.wrote_as.clone(),
            knows: past.knows.clone(),
        };
        let frame = Frame::Ours(&hello.to_json()).write();
        let path = ["/line/", &table.id].concat();
        let answer = try_request(&table.address, "POST", &path, &frame).await?;
        let answer = answer.json();
        Some(match answer["line"].as_str() {
            Some(token) => Ok(Self {
                table: table.clone(),
                token: token.to_owned(),
                at: 0,
                got: 0,
            }),
            None => Err(answer["close"].as_u64().expect("a line or a reason")),
        })
    }

    fn path(&self) -> String {
        ["/line/", &self.table.id, "/", &self.token].concat()
    }

    /// Sends bytes as if so many had been sent before.
    pub async fn sends_at(&self, at: u64, bytes: &[u8]) -> Answer {
        let path = format!("{}?at={at}&got={}", self.path(), self.got);
        request(&self.table.address, "POST", &path, bytes).await
    }

    /// Sends frames.
    pub async fn sends(&mut self, frames: &[Vec<u8>]) {
        let answer = self.sends_at(self.at, &row(frames)).await;
        self.at = answer.json()["at"].as_u64().expect("how far it has come");
    }

    /// The same; `None`: nobody answers, or the server knows of no such line any more.
    pub async fn try_sends(&mut self, frames: &[Vec<u8>]) -> Option<()> {
        let path = format!("{}?at={}&got={}", self.path(), self.at, self.got);
        let answer = try_request(&self.table.address, "POST", &path, &row(frames)).await?;
        self.at = (answer.status == 200).then(|| answer.json()["at"].as_u64())??;
        Some(())
    }

    /// Reads until it ends; gives the code.
    pub async fn ends(&mut self) -> u16 {
        loop {
            for down in self.polls().await {
                if let Down::Closed(code) = down {
                    return code;
                }
            }
        }
    }

    /// What is there, in one answer.
    pub async fn polls(&mut self) -> Vec<Down> {
        self.try_polls().await.expect("the server answers")
    }

    /// The same; `None`: nobody answers.
    pub async fn try_polls(&mut self) -> Option<Vec<Down>> {
        let path = format!("{}?from={}&poll=1", self.path(), self.got);
        let answer = try_request(&self.table.address, "GET", &path, b"").await?;
        let text = answer.text();
        let mut came = Vec::new();
        let mut event = Event::default();
        for line in text.lines() {
            came.extend(event.read(line));
        }
        self.note(&came);
        Some(came)
    }

    /// Opens the event stream after `from`.
    pub async fn listens_from(&self, from: u64) -> Stream {
        let mut stream = TcpStream::connect(&self.table.address).await.unwrap();
        let head = format!(
            "GET {}?from={from} HTTP/1.1\r\nhost: {}\r\n\r\n",
            self.path(),
            self.table.address
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        Stream(BufReader::new(stream))
    }

    /// Polls until there is a message of ours that fits; gives all that came, this one last.
    pub async fn until(&mut self, fits: impl Fn(&ServerMessage) -> bool) -> Vec<Down> {
        let mut all = Vec::new();
        let waited = timeout(PATIENCE, async {
            loop {
                let came = self.polls().await;
                let found = came
                    .iter()
                    .any(|down| message(down).is_some_and(|ours| fits(&ours)));
                all.extend(came);
                if found {
                    return;
                }
            }
        });
        assert!(
            waited.await.is_ok(),
            "it did not come: {} frames did",
            all.len()
        );
        all
    }

    fn note(&mut self, came: &[Down]) {
        for down in came {
            if let Down::Frame(number, _) = down {
                self.got = *number;
            }
        }
    }
}

impl Stream {
    /// The next that comes.
    pub async fn next(&mut self) -> Down {
        let mut event = Event::default();
        loop {
            let mut line = String::new();
            let read = timeout(PATIENCE, self.0.read_line(&mut line)).await;
            assert!(
                read.expect("something comes").unwrap() > 0,
                "the stream has ended"
            );
            if let Some(down) = event.read(line.trim_end()) {
                return down;
            }
        }
    }
}

/// A message of ours, if it is one.
pub fn message(down: &Down) -> Option<ServerMessage> {
    match down {
        Down::Frame(_, bytes) => match Frame::read(bytes) {
            Ok(Frame::Ours(json)) => serde_json::from_str(json).ok(),
            _ => None,
        },
        Down::Closed(_) => None,
    }
}

/// Frames, each after its length.
pub fn row(frames: &[Vec<u8>]) -> Vec<u8> {
    let mut row = Writer::new();
    for frame in frames {
        row.write_var_bytes(frame);
    }
    row.into_bytes()
}

#[derive(Default)]
struct Event {
    id: u64,
    is_close: bool,
}

impl Event {
    fn read(&mut self, line: &str) -> Option<Down> {
        let (name, value) = line.split_once(": ")?;
        match name {
            "id" => self.id = value.parse().unwrap(),
            "event" => self.is_close = value == "close",
            "data" if self.is_close => return Some(Down::Closed(value.parse().unwrap())),
            "data" => return Some(Down::Frame(self.id, unpacked(value))),
            _ => {}
        }
        None
    }
}

fn unpacked(base64: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_usize, 0);
    for letter in base64.bytes() {
        let Some(value) = LETTERS.iter().position(|its| *its == letter) else {
            continue;
        };
        (bits, count) = (bits << 6 | value, count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

async fn request(address: &str, method: &str, path: &str, body: &[u8]) -> Answer {
    let answer = try_request(address, method, path, body).await;
    answer.expect("the server listens")
}

/// `None`: nobody listens, or it went away before it had answered.
async fn try_request(address: &str, method: &str, path: &str, body: &[u8]) -> Option<Answer> {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(head.as_bytes()).await.ok()?;
    // Who refuses a large body need not read it.
    let _ = stream.write_all(body).await;
    let mut bytes = Vec::new();
    let read = timeout(PATIENCE * 2, stream.read_to_end(&mut bytes)).await;
    let _ = read.expect("an answer"); // one that broke off has said what it has said
    (!bytes.is_empty()).then(|| Answer::read(&bytes))
}
