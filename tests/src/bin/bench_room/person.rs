//! One socket in the room: points all the time, writes or not, and reads what comes.

use crate::{Outcome, meter::Meter};
use futures_util::{SinkExt, StreamExt};
use samtavle_shared::{
    board::{Board, Made, NewNote, NoteKind, TextEdit},
    geometry::BoardPoint,
    ids::NoteId,
    wire::{
        ClientMessage, Frame, Presence, PresenceEntry, Screen, ServerMessage, message::PROTOCOL,
        presence::User,
    },
};
use samtavle_tests::people::Table;
use std::{rc::Rc, time::Duration};
use tokio::{
    net::TcpStream,
    task::JoinHandle,
    time::{Instant, interval_at},
};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

/// A hand that moves, as often as our own client tells of it.
const POINTS_EVERY: Duration = Duration::from_millis(100);
const WRITES_EVERY: Duration = Duration::from_millis(500);
/// `@`, two digits for the writer, five for the edit: found again in any update that carries it,
/// merged with others or not.
const TOKEN_LENGTH: usize = 8;

/// What somebody does in the room.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// Moves the cursor.
    Points,
    /// That, and writes, as the writer of this number.
    Writes(usize),
}

struct Person {
    socket: WebSocketStream<TcpStream>,
    board: Board,
    part: Part,
    meter: Rc<Meter>,
    /// The note that a writer writes on.
    note: NoteId,
    written: u32,
    clock: u64,
    /// Document frames sent; `edits` has the edit that each of them carried.
    edits: Vec<Option<usize>>,
    saved: usize,
    /// The next edit to hear of each writer.
    next: [usize; 100],
}

/// Comes in, and goes on in a task of its own until it is aborted or the socket ends.
pub(crate) async fn join(table: &Table, part: Part, meter: Rc<Meter>) -> Outcome<JoinHandle<()>> {
    let stream = TcpStream::connect(table.address.as_str()).await?;
    stream.set_nodelay(true)?;
    let url = format!("ws://{}/socket/{}", table.address, table.id);
    let (mut socket, _) = client_async(url, stream).await?;
    let client = u64::from(rand::random::<u32>());
    let hello = ClientMessage::Hello {
        protocol: PROTOCOL,
        key: table.participant.clone(),
        client,
        device: format!("bench-{client}"),
        screen: Screen::Desk,
        wrote_as: Vec::new(),
        knows: String::new(),
    };
    socket
        .send(Message::binary(Frame::Ours(&hello.to_json()).write()))
        .await?;
    let person = Person {
        socket,
        board: Board::new(client),
        part,
        meter,
        note: NoteId::from(format!("note-{client}").as_str()),
        written: 0,
        clock: 0,
        edits: Vec::new(),
        saved: 0,
        next: [0; 100],
    };
    Ok(tokio::task::spawn_local(async move {
        if let Err(error) = person.live().await {
            eprintln!("a socket ended: {error}");
        }
    }))
}

impl Person {
    async fn live(mut self) -> Outcome<()> {
        // Not all in the same moment.
        let start = |every: Duration| Instant::now() + every.mul_f64(rand::random());
        let mut points = interval_at(start(POINTS_EVERY), POINTS_EVERY);
        let mut writes = interval_at(
            start(WRITES_EVERY) + Duration::from_millis(500),
            WRITES_EVERY,
        );
        loop {
            tokio::select! {
                message = self.socket.next() => match message.ok_or("closed without a word")?? {
                    Message::Binary(bytes) => self.hear(&bytes).await?,
                    Message::Close(why) => return Err(format!("closed: {why:?}").into()),
                    _ => {}
                },
                _ = points.tick() => self.point().await?,
                _ = writes.tick() => if let Part::Writes(writer) = self.part {
                    self.write(writer).await?;
                },
            }
        }
    }

    async fn hear(&mut self, bytes: &[u8]) -> Outcome<()> {
        self.meter.counts_frame();
        match Frame::read(bytes)? {
            Frame::SyncStep1(theirs) => {
                let missing = self.board.missing_from(theirs)?;
                self.send_document(&Frame::SyncStep2(&missing), None)
                    .await?;
            }
            Frame::SyncStep2(update) | Frame::Update(update) => self.find_edits(update),
            Frame::Ours(json) => match serde_json::from_str(json)? {
                ServerMessage::Welcome { .. } => {
                    let state = self.board.state_vector();
                    self.socket
                        .send(Message::binary(Frame::SyncStep1(&state).write()))
                        .await?;
                }
                ServerMessage::Saved { frames } => self.hear_saved(frames as usize),
                ServerMessage::Refused { code, .. } => {
                    return Err(format!("refused: {code:?}").into());
                }
                ServerMessage::Full { .. }
                | ServerMessage::Session { .. }
                | ServerMessage::Own { .. }
                | ServerMessage::Lead { .. }
                | ServerMessage::Saving { .. }
                | ServerMessage::Done { .. }
                | ServerMessage::NotYours { .. }
                | ServerMessage::Waiting { .. }
                | ServerMessage::LeadKey { .. }
                | ServerMessage::Code { .. }
                | ServerMessage::Look { .. }
                | ServerMessage::Declined { .. } => {}
            },
            Frame::Awareness(_) | Frame::QueryAwareness => {}
            Frame::Denied(reason) => return Err(reason.into()),
        }
        Ok(())
    }

    fn find_edits(&mut self, update: &[u8]) {
        let mut rest = update;
        while let Some(at) = rest.iter().position(|&byte| byte == b'@') {
            rest = &rest[at..];
            if let Some((writer, number)) = rest.get(..TOKEN_LENGTH).and_then(read_token) {
                let is_own = matches!(self.part, Part::Writes(own) if own == writer);
                if !is_own && number >= self.next[writer] {
                    self.next[writer] = number + 1;
                    self.meter.hears(writer, number);
                }
            }
            rest = &rest[1..];
        }
    }

    fn hear_saved(&mut self, frames: usize) {
        let Part::Writes(writer) = self.part else {
            return;
        };
        for &edit in self.edits[..frames.min(self.edits.len())]
            .iter()
            .skip(self.saved)
        {
            if let Some(number) = edit {
                self.meter.is_saved(writer, number);
            }
        }
        self.saved = self.saved.max(frames);
    }

    async fn point(&mut self) -> Outcome<()> {
        self.clock += 1;
        let angle = self.clock as f64 / 10.0;
        let presence = Presence {
            user: User {
                name: "Kari Nordmann".into(),
                color: "#0A5A45".into(),
            },
            cursor: Some(BoardPoint::new(
                (600.0 + 300.0 * angle.cos()).round(),
                (400.0 + 300.0 * angle.sin()).round(),
            )),
            ..Presence::default()
        }
        .to_json();
        let entry = PresenceEntry {
            client: self.board.client(),
            clock: self.clock,
            state: &presence,
        };
        let bytes = PresenceEntry::write_all([entry].into_iter());
        Ok(self
            .socket
            .send(Message::binary(Frame::Awareness(&bytes).write()))
            .await?)
    }

    /// Adds a word with its number to the writer's note.
    async fn write(&mut self, writer: usize) -> Outcome<()> {
        if self.edits.is_empty() {
            return Ok(()); // the server has not asked yet
        }
        let number = self.meter.sends(writer);
        let token = format!("@{writer:02}{number:05}");
        let mut change = self.board.change(Made::Here);
        if self.written == 0 {
            let pos = BoardPoint::new(200.0 * writer as f64, 0.0);
            let note = NewNote::new(self.note.clone(), NoteKind::Problem, pos, "", 0.0);
            change.add_note(note);
        }
        change.write_note(
            &self.note,
            &TextEdit {
                at: self.written,
                remove: 0,
                insert: token,
            },
        );
        drop(change);
        self.written += TOKEN_LENGTH as u32;
        for update in self.board.take_updates() {
            self.send_document(&Frame::Update(&update.bytes), Some(number))
                .await?;
        }
        self.board.take_changes();
        Ok(())
    }

    async fn send_document(&mut self, frame: &Frame<'_>, edit: Option<usize>) -> Outcome<()> {
        self.edits.push(edit);
        Ok(self.socket.send(Message::binary(frame.write())).await?)
    }
}

fn read_token(token: &[u8]) -> Option<(usize, usize)> {
    let digits = std::str::from_utf8(&token[1..]).ok()?;
    Some((
        digits.get(..2)?.parse().ok()?,
        digits.get(2..)?.parse().ok()?,
    ))
}
