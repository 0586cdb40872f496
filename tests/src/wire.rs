//! A socket as bytes: for those who do not keep to the protocol, and below those who do.

use futures_util::{SinkExt as _, StreamExt as _};
use samtavle_shared::wire::{
    ClientMessage, CloseCode, Frame, Screen, ServerMessage, message::PROTOCOL,
};
use std::time::Duration;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, protocol::WebSocketConfig},
};

/// How long a test waits for what it wants to see: far over what a slow machine needs.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What a page tells of earlier ones when it says hello.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// As whom pages of its browser wrote.
    pub wrote_as: Vec<u64>,
    /// The newest word of how much the server had written down.
    pub knows: String,
}

/// A connection to a board.
pub struct Socket {
    inner: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A frame.
    Frame(Vec<u8>),
    /// The server closed it and said why.
    Closed(u16),
    /// It broke.
    Broken,
}

impl Socket {
    /// Connects; `None`: nobody answers.
    pub async fn try_open(url: &str) -> Option<Self> {
        let inner = connect_async(url).await.ok()?.0;
        Some(Self { inner })
    }

    /// Connects; a test fails where nobody answers.
    pub async fn open(url: &str) -> Self {
        Self::try_open(url)
            .await
            .unwrap_or_else(|| panic!("nobody answers at {url}"))
    }

    /// Connects with a small receive buffer, for one who reads slowly.
    pub async fn open_narrow(url: &str) -> Self {
        let address = url.trim_start_matches("ws://").split('/').next().unwrap();
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = socket.connect(address.parse().unwrap()).await.unwrap();
        let config = WebSocketConfig::default();
        let (inner, _) = tokio_tungstenite::client_async_with_config(
            url,
            MaybeTlsStream::Plain(stream),
            Some(config),
        )
        .await
        .unwrap();
        Self { inner }
    }

    /// Sends a frame; `false`: the connection is broken.
    pub async fn send(&mut self, frame: &[u8]) -> bool {
        self.inner
            .send(Message::Binary(frame.to_vec().into()))
            .await
            .is_ok()
    }

    /// Sends a text message, which is no frame of ours.
    pub async fn send_text(&mut self, text: &str) {
        self.inner.send(Message::Text(text.into())).await.unwrap();
    }

    /// Says hello.
    pub async fn hello(&mut self, key: &str, client: u64, device: &str) {
        self.hello_again(key, client, device, Past::default()).await;
    }

    /// Says hello as a page of a browser that was here before.
    pub async fn hello_again(&mut self, key: &str, client: u64, device: &str, past: Past) {
        let hello = ClientMessage::Hello {
            protocol: PROTOCOL,
            key: key.to_owned(),
            client,
            device: device.to_owned(),
            screen: Screen::Desk,
            wrote_as: past.wrote_as,
            knows: past.knows,
        };
        self.send(&Frame::Ours(&hello.to_json()).write()).await;
    }

    /// What comes next. It can be given up and asked again.
    pub async fn next(&mut self) -> Incoming {
        loop {
            match self.inner.next().await {
                Some(Ok(Message::Binary(bytes))) => return Incoming::Frame(bytes.to_vec()),
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Incoming::Closed(frame.code.into());
                }
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Incoming::Broken,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next message of ours.
    pub async fn says(&mut self) -> ServerMessage {
        loop {
            match self.next().await {
                Incoming::Frame(bytes) => {
                    if let Ok(Frame::Ours(json)) = Frame::read(&bytes) {
                        return serde_json::from_str(json).expect("a message that we know");
                    }
                }
                over => panic!("the socket has ended: {over:?}"),
            }
        }
    }

    /// Reads until the server says welcome.
    ///
    /// # Errors
    /// The code that it is closed with instead.
    pub async fn closes_or_says_welcome(&mut self) -> Result<(), Option<CloseCode>> {
        self.closes_or_says(|frame| match frame {
            Frame::Ours(json) => json.contains(r#""type":"welcome""#),
            _ => false,
        })
        .await
    }

    /// Reads until the server says what it has.
    ///
    /// # Errors
    /// The code that it is closed with instead.
    pub async fn closes_or_greets(&mut self) -> Result<(), Option<CloseCode>> {
        self.closes_or_says(|frame| matches!(frame, Frame::SyncStep1(_)))
            .await
    }

    async fn closes_or_says(
        &mut self,
        is_it: impl Fn(&Frame<'_>) -> bool,
    ) -> Result<(), Option<CloseCode>> {
        let heard = timeout(PATIENCE, async {
            loop {
                match self.next().await {
                    Incoming::Frame(bytes) => {
                        if Frame::read(&bytes).is_ok_and(|frame| is_it(&frame)) {
                            return Ok(());
                        }
                    }
                    Incoming::Closed(code) => return Err(CloseCode::read(code)),
                    Incoming::Broken => return Err(None),
                }
            }
        });
        heard.await.expect("a word, or an end")
    }

    /// Reads until it is closed; gives the code and every message of ours that came before.
    pub async fn closes(&mut self) -> (Option<CloseCode>, Vec<ServerMessage>) {
        let mut said = Vec::new();
        loop {
            match timeout(PATIENCE, self.next())
                .await
                .expect("the socket is closed")
            {
                Incoming::Frame(bytes) => {
                    if let Ok(Frame::Ours(json)) = Frame::read(&bytes) {
                        said.push(serde_json::from_str(json).expect("a message that we know"));
                    }
                }
                Incoming::Closed(code) => return (CloseCode::read(code), said),
                Incoming::Broken => return (None, said),
            }
        }
    }

    /// Ends it without a word, as a lost network does.
    pub fn vanish(self) {
        drop(self.inner);
    }
}
