//! What a room decides: bytes of people in, effects out. It knows no socket, disk or clock, so each
//! rule is a unit test. `task.rs` does what it says.
//!
//! ```text
//! frame ─► guard ─► Yrs ─► Append (log) ─► … on disk ─► Saved to its sender
//!                     └──► waits for the tick ─► one frame to all others
//! ```

use super::{
    PeerId,
    document::{Document, Taken, Untaken},
    fanout::{self, Pace, Waiting},
    presence::People,
    receipts::Receipts,
    terms::{Class, Dialect, Effect, Entrance, Input},
};
use crate::{
    clock::Now,
    log::{Kind, Record, Seq},
};
use bytes::Bytes;
use samtavle_shared::{
    guard::{Naming, Permission, Rejection},
    ids::BoardId,
    wire::{CloseCode, Frame, RefusalCode, Role, ServerMessage},
};
use std::collections::BTreeMap;

/// A board that is open.
pub(crate) struct Room {
    board: BoardId,
    document: Document,
    /// The newest record: handed to the log, maybe not on disk yet.
    last: Seq,
    on_disk: Seq,
    peers: BTreeMap<PeerId, Peer>,
    people: People,
    waiting: Waiting,
    document_pace: Pace,
    presence_pace: Pace,
    session_is_news: bool,
    session_told_at: u64,
}

/// The session is told at least this often, so that for a client of ours silence means a dead line.
const SESSION_EVERY_MS: u64 = 10_000;

/// Somebody's socket, from the moment that its key was right.
struct Peer {
    entrance: Entrance,
    stage: Stage,
    receipts: Receipts,
    /// The Yjs client that its presence is bound to.
    client: Option<u64>,
}

/// How far a peer's document has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It has not said what it has: changes would leave gaps in it.
    Joining,
    /// It was sent all it lacked, and gets every change.
    Live,
}

impl Room {
    /// A room as the log tells it.
    pub(crate) fn new(board: BoardId, document: Document, last: Seq) -> Self {
        Self {
            board,
            document,
            last,
            on_disk: last,
            peers: BTreeMap::new(),
            people: People::default(),
            waiting: Waiting::default(),
            document_pace: Pace::default(),
            presence_pace: Pace::default(),
            session_is_news: false,
            session_told_at: 0,
        }
    }

    /// Is nobody here?
    pub(crate) fn is_empty(&self) -> bool {
        self.peers.is_empty()
    }

    /// The newest record.
    pub(crate) fn last(&self) -> Seq {
        self.last
    }

    /// Is every record on disk?
    pub(crate) fn is_settled(&self) -> bool {
        self.on_disk == self.last
    }

    /// All of the document, for a checkpoint after `last`.
    pub(crate) fn whole(&mut self) -> Bytes {
        self.document.whole()
    }

    /// Takes a document that was made again from the log, where `last` is the newest record.
    pub(crate) fn restore(&mut self, document: Document) {
        self.document = document;
    }

    /// When to send the next `Tick`; `None`: not needed.
    pub(crate) fn wakes_at(&self) -> Option<u64> {
        let document = (!self.waiting.is_empty()).then(|| self.document_pace.earliest());
        let presence =
            (self.people.has_news() || self.session_is_news).then(|| self.presence_pace.earliest());
        let session_due =
            (self.session_told_at + SESSION_EVERY_MS).max(self.presence_pace.earliest());
        let session = self.has_ours().then_some(session_due);
        [document, presence, session, self.people.next_expiry()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Decides.
    pub(crate) fn handle(&mut self, input: Input, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Enter(peer, entrance) => self.enter(peer, entrance, now, &mut effects),
            Input::Frame(peer, bytes) => self.frame(peer, &bytes, now, &mut effects),
            Input::Leave(peer) => self.forget(peer),
            Input::OnDisk(seq) => self.tell_saved(seq, &mut effects),
            Input::Tick => {
                self.people.expire(now.steady);
                self.session_is_news |= now.steady >= self.session_told_at + SESSION_EVERY_MS;
            }
        }
        if effects.last() != Some(&Effect::Rebuild) {
            self.send_what_is_due(now.steady, &mut effects);
        }
        effects
    }

    /// Everything that waits for a tick goes out now, before the room ends.
    pub(crate) fn flush(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.send_document(&mut effects);
        effects
    }

    fn enter(&mut self, peer: PeerId, entrance: Entrance, now: Now, effects: &mut Vec<Effect>) {
        let mut client = None;
        if let Dialect::Ours {
            client: own,
            device,
        } = &entrance.dialect
        {
            client = self.claim(*own, device, peer);
            let welcome = ServerMessage::Welcome {
                role: entrance.role,
                code: entrance.code.clone(),
                now: now.wall.unsigned_abs(),
            };
            effects.push(tell(peer, &welcome));
        }
        effects.push(send(
            peer,
            Frame::SyncStep1(&self.document.state_vector()).write(),
        ));
        if let Some(everybody) = self.people.everybody() {
            effects.push(Effect::Send {
                to: vec![peer],
                frame: Frame::Awareness(&everybody).write().into(),
                class: Class::Presence,
            });
        }
        self.peers.insert(
            peer,
            Peer {
                entrance,
                stage: Stage::Joining,
                receipts: Receipts::default(),
                client,
            },
        );
        self.session_is_news = true;
    }

    /// The client that a socket of ours is bound to: its own, unless another socket has it. A socket of
    /// the same device hands it over: the network changed, and the old one has not noticed yet.
    fn claim(&mut self, client: u64, device: &str, peer: PeerId) -> Option<u64> {
        let Some(holder) = self.people.peer_of(client) else {
            return Some(client);
        };
        match self.peers.get_mut(&holder) {
            None => Some(client),
            Some(other) => match &other.entrance.dialect {
                Dialect::Ours { device: its, .. } if its == device && !device.is_empty() => {
                    other.client = None;
                    self.people.hand_over(client, peer);
                    Some(client)
                }
                _ => None,
            },
        }
    }

    fn frame(&mut self, peer: PeerId, bytes: &[u8], now: Now, effects: &mut Vec<Effect>) {
        if !self.peers.contains_key(&peer) {
            return; // closed already; this was on its way
        }
        match Frame::read(bytes) {
            Ok(Frame::SyncStep1(theirs)) => self.answer_sync(peer, theirs, effects),
            Ok(Frame::SyncStep2(update) | Frame::Update(update)) => {
                self.update(peer, update, now, effects);
            }
            Ok(Frame::Awareness(content)) => self.presence(peer, content, now, effects),
            Ok(Frame::QueryAwareness) => {
                let everybody = self.people.everybody().unwrap_or_else(|| vec![0]);
                effects.push(send(peer, Frame::Awareness(&everybody).write()));
            }
            Ok(Frame::Ours(_) | Frame::Denied(_)) => {
                self.refuse(
                    peer,
                    RefusalCode::Malformed,
                    "this is not for clients to say",
                    None,
                    effects,
                );
                self.close(peer, CloseCode::Rubbish, effects);
            }
            Err(error) => {
                tracing::info!(target: "samtavle::room", board = %self.board, %error, "a socket sent rubbish");
                self.refuse(
                    peer,
                    RefusalCode::Malformed,
                    "this is no frame",
                    None,
                    effects,
                );
                self.close(peer, CloseCode::Rubbish, effects);
            }
        }
    }

    fn answer_sync(&mut self, peer: PeerId, theirs: &[u8], effects: &mut Vec<Effect>) {
        let Some(missing) = self.document.missing_from(theirs) else {
            self.refuse(
                peer,
                RefusalCode::Malformed,
                "this is no state vector",
                None,
                effects,
            );
            self.close(peer, CloseCode::Rubbish, effects);
            return;
        };
        effects.push(Effect::Send {
            to: vec![peer],
            frame: Frame::SyncStep2(&missing).write().into(),
            class: Class::State,
        });
        if let Some(peer) = self.peers.get_mut(&peer) {
            peer.stage = Stage::Live;
        }
    }

    fn update(&mut self, peer: PeerId, update: &[u8], now: Now, effects: &mut Vec<Effect>) {
        let Some(sender) = self.peers.get_mut(&peer) else {
            return;
        };
        let frame = sender.receipts.frame();
        let permission = permission_of(sender.entrance.role);
        match self.document.take(update, permission) {
            Ok(Taken::News) => {
                let bytes = Bytes::copy_from_slice(update);
                self.last += 1;
                effects.push(Effect::Append(Record {
                    seq: self.last,
                    kind: Kind::Update,
                    bytes: bytes.clone(),
                    at: now.wall,
                    person: None,
                }));
                self.waiting.push(peer, bytes);
            }
            Ok(Taken::Nothing) => {}
            Err(Untaken::Refused(Rejection::Gap)) => {
                // No offence: it has more than it sent. Ask for all of it.
                effects.push(send(
                    peer,
                    Frame::SyncStep1(&self.document.state_vector()).write(),
                ));
            }
            Err(Untaken::Refused(rejection)) => {
                let code = refusal_code_of(rejection);
                tracing::info!(target: "samtavle::room", board = %self.board, ?code, %rejection, "an update was refused");
                self.refuse(peer, code, &rejection.to_string(), Some(frame), effects);
                if code != RefusalCode::MayNotWrite {
                    self.close(peer, close_code_of(code), effects);
                    return;
                }
            }
            Err(Untaken::Poisoned(why)) => {
                tracing::error!(target: "samtavle::room", board = %self.board, %why, "an update passed the guard and broke the document; it is not logged, and the document is made again");
                self.refuse(
                    peer,
                    RefusalCode::NotOfTheSchema,
                    "the update cannot be applied",
                    Some(frame),
                    effects,
                );
                self.close(peer, CloseCode::Refused, effects);
                effects.push(Effect::Rebuild);
                return;
            }
        }
        self.settle(peer, effects);
    }

    /// The newest frame of a peer is settled with the newest record.
    fn settle(&mut self, peer: PeerId, effects: &mut Vec<Effect>) {
        let (last, on_disk) = (self.last, self.on_disk);
        if let Some(sender) = self.peers.get_mut(&peer) {
            sender.receipts.waits_for(last);
            tell_receipts(peer, sender, on_disk, effects);
        }
    }

    fn tell_saved(&mut self, seq: Seq, effects: &mut Vec<Effect>) {
        self.on_disk = self.on_disk.max(seq);
        for (peer, sender) in &mut self.peers {
            tell_receipts(*peer, sender, self.on_disk, effects);
        }
    }

    fn presence(&mut self, peer: PeerId, content: &[u8], now: Now, effects: &mut Vec<Effect>) {
        let Some(sender) = self.peers.get_mut(&peer) else {
            return;
        };
        if let Ok(client) = self.people.take(peer, sender.client, content, now.steady) {
            sender.client = client;
        } else {
            self.refuse(
                peer,
                RefusalCode::Malformed,
                "this is no presence",
                None,
                effects,
            );
            self.close(peer, CloseCode::Rubbish, effects);
        }
    }

    fn refuse(
        &self,
        peer: PeerId,
        code: RefusalCode,
        words: &str,
        frame: Option<u64>,
        effects: &mut Vec<Effect>,
    ) {
        match self.peers.get(&peer).map(|peer| &peer.entrance.dialect) {
            Some(Dialect::Ours { .. }) => {
                effects.push(tell(peer, &ServerMessage::Refused { code, frame }));
            }
            Some(Dialect::Standard) => effects.push(send(peer, Frame::Denied(words).write())),
            None => {}
        }
    }

    fn close(&mut self, peer: PeerId, code: CloseCode, effects: &mut Vec<Effect>) {
        self.forget(peer);
        effects.push(Effect::Close(peer, code));
    }

    fn forget(&mut self, peer: PeerId) {
        if let Some(gone) = self.peers.remove(&peer) {
            self.people.leave(peer, gone.client);
            self.session_is_news = true;
        }
    }

    fn has_ours(&self) -> bool {
        let is_ours = |peer: &Peer| peer.entrance.dialect != Dialect::Standard;
        self.peers.values().any(is_ours)
    }
}

fn permission_of(role: Role) -> Permission {
    if role.may_write() {
        Permission::Write(Naming::Names)
    } else {
        Permission::ReadOnly
    }
}

fn refusal_code_of(rejection: Rejection) -> RefusalCode {
    match rejection {
        Rejection::Malformed(_) | Rejection::Gap => RefusalCode::Malformed,
        Rejection::TooLarge(_) => RefusalCode::TooLarge,
        Rejection::UnknownRoot | Rejection::NotOfTheSchema(_) | Rejection::BoardsToSay => {
            RefusalCode::NotOfTheSchema
        }
        Rejection::MayNotWrite | Rejection::MayNotName | Rejection::Locked => {
            RefusalCode::MayNotWrite
        }
    }
}

fn close_code_of(code: RefusalCode) -> CloseCode {
    match code {
        RefusalCode::TooLarge => CloseCode::TooLarge,
        _ => CloseCode::Refused,
    }
}

fn tell_receipts(peer: PeerId, sender: &mut Peer, on_disk: Seq, effects: &mut Vec<Effect>) {
    if let Some(frames) = sender.receipts.on_disk(on_disk)
        && sender.entrance.dialect != Dialect::Standard
    {
        effects.push(tell(peer, &ServerMessage::Saved { frames }));
    }
}

fn tell(peer: PeerId, message: &ServerMessage) -> Effect {
    send(peer, Frame::Ours(&message.to_json()).write())
}

fn send(peer: PeerId, frame: Vec<u8>) -> Effect {
    Effect::Send {
        to: vec![peer],
        frame: frame.into(),
        class: Class::Document,
    }
}

#[path = "telling.rs"]
mod telling;

#[cfg(test)]
#[path = "room_tests.rs"]
mod tests;
