//! What a person has and has seen, and their socket's life.

use crate::wire::{Incoming, Socket};
use samtavle_shared::{
    board::{Board, BoardChange, Made},
    geometry::BoardRect,
    guard::{Fill, Share, pieces},
    limits::HAND_OVER_PIECE_BYTES,
    session::{LeadView, OwnView, Refusal, SharedView},
    wire::{CloseCode, Frame, Presence, PresenceEntry, RefusalCode, SaveTrouble, ServerMessage},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};
use tokio::sync::{Notify, mpsc};

/// What a person has and has seen.
pub(crate) struct Seen {
    state: Mutex<State>,
    pub(crate) news: Notify,
}

/// What a person has and has seen, at one moment.
pub struct State {
    /// Their replica.
    pub board: Board,
    /// What the server said first.
    pub welcome: Option<ServerMessage>,
    /// The newest of how the session stands, for all.
    pub session: SharedView,
    /// The same for this person.
    pub own: OwnView,
    /// The same for facilitators.
    pub lead: LeadView,
    /// Answers to commands, in their order.
    pub answers: Vec<(u32, Option<Refusal>)>,
    /// Document frames sent on this socket.
    pub sent: u64,
    /// Document frames that the server says are on disk.
    pub saved: u64,
    /// Client ids that are another's, as the server says.
    pub not_mine: Vec<u64>,
    /// The newest word of how much the server had written down.
    pub knows: String,
    /// What was refused.
    pub refused: Vec<(RefusalCode, Option<u64>)>,
    /// What there was no room for.
    pub full: Vec<(Fill, Share)>,
    /// Why the server cannot save, as it said last.
    pub trouble: Option<SaveTrouble>,
    /// What is told of the others, by the id that the server gave it: the clock and the state.
    pub here: BTreeMap<u64, (u64, String)>,
    /// The code that the socket was closed with; `None` in it: it broke.
    pub closed: Option<Option<CloseCode>>,
    /// How often they came, with one socket after another.
    pub comings: u32,
    /// What the facilitator sees whom one may follow, as told last.
    pub look: Option<BoardRect>,
    /// The join code, as the server said it last.
    pub code: String,
    /// The new key for facilitators, if they were handed one.
    pub lead_key: String,
    /// Somebody must let them in first.
    pub is_waiting: bool,
    /// Has the server's answer to "this is what I have" come?
    pub is_synced: bool,
    /// Every byte that ever came, on all of their sockets.
    pub heard: Vec<u8>,
    /// Where in it each frame ends, and when it came.
    pub heard_frames: Vec<(usize, Instant)>,
    /// Update frames that came.
    pub update_frames: u64,
    pub(crate) presence_clock: u64,
}

impl Seen {
    /// Nothing yet, for somebody who will write as this client.
    pub(crate) fn nothing(client: u64) -> Self {
        let state = State {
            board: Board::new(client),
            welcome: None,
            session: SharedView::default(),
            own: OwnView::default(),
            lead: LeadView::default(),
            answers: Vec::new(),
            sent: 0,
            saved: 0,
            not_mine: Vec::new(),
            knows: String::new(),
            refused: Vec::new(),
            full: Vec::new(),
            trouble: None,
            look: None,
            here: BTreeMap::new(),
            closed: None,
            code: String::new(),
            lead_key: String::new(),
            is_waiting: false,
            comings: 0,
            is_synced: false,
            heard: Vec::new(),
            heard_frames: Vec::new(),
            update_frames: 0,
            presence_clock: 0,
        };
        Self {
            state: Mutex::new(state),
            news: Notify::new(),
        }
    }

    pub(crate) fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Every frame that ever came, and when.
    pub fn frames(&self) -> Vec<(Vec<u8>, Instant)> {
        let starts = std::iter::once(0).chain(self.heard_frames.iter().map(|(end, _)| *end));
        let ends = self.heard_frames.iter();
        let frame = |(start, (end, at)): (usize, &(usize, Instant))| {
            (self.heard[start..*end].to_vec(), *at)
        };
        starts.zip(ends).map(frame).collect()
    }

    /// What the notes say, in alphabetical order.
    pub fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = self
            .board
            .view()
            .notes()
            .into_iter()
            .map(|note| note.text)
            .collect();
        texts.sort();
        texts
    }

    /// What is told of everybody else.
    pub fn others(&self) -> impl Iterator<Item = Presence> {
        let states = self.here.values().map(|(_, state)| Presence::read(state));
        states.flatten()
    }

    /// What those show who are called that.
    pub fn named(&self, name: &str) -> impl Iterator<Item = Presence> {
        self.others().filter(move |its| its.user.name == name)
    }
}

/// A socket's life: frames out, frames in.
pub(crate) async fn live(
    mut socket: Socket,
    mut queue: mpsc::UnboundedReceiver<Vec<u8>>,
    frames: mpsc::UnboundedSender<Vec<u8>>,
    seen: Arc<Seen>,
) {
    loop {
        tokio::select! {
            Some(frame) = queue.recv() => {
                socket.send(&frame).await;
            }
            incoming = socket.next() => {
                match incoming {
                    Incoming::Frame(frame) => {
                        for answer in take_frame(&seen, &frame) {
                            // The receiver is in this loop.
                            let _ = frames.send(answer);
                        }
                    }
                    Incoming::Closed(code) => return take_closed(&seen, CloseCode::read(code)),
                    Incoming::Broken => return take_closed(&seen, None),
                }
            }
        }
    }
}

/// A frame has come; gives the answers.
pub(crate) fn take_frame(seen: &Seen, frame: &[u8]) -> Vec<Vec<u8>> {
    let answers = {
        let mut state = seen.locked();
        state.heard.extend_from_slice(frame);
        let end = state.heard.len();
        state.heard_frames.push((end, Instant::now()));
        take(&mut state, frame)
    };
    seen.news.notify_waiters();
    answers
}

/// The way to the server has ended; `None`: without a code.
pub(crate) fn take_closed(seen: &Seen, code: Option<CloseCode>) {
    seen.locked().closed = Some(code);
    seen.news.notify_waiters();
}

/// What the server lacks, as frames: in pieces if it is large, as our own client does.
pub fn hands_over(missing: &[u8]) -> Vec<Vec<u8>> {
    let pieces = pieces(missing, HAND_OVER_PIECE_BYTES).expect("an update");
    let (last, former) = pieces.split_last().expect("a piece");
    let former = former.iter().map(|piece| Frame::Update(piece).write());
    former
        .chain(std::iter::once(Frame::SyncStep2(last).write()))
        .collect()
}

/// Takes a frame; gives the answers.
fn take(state: &mut State, frame: &[u8]) -> Vec<Vec<u8>> {
    match Frame::read(frame).expect("the server sends frames") {
        Frame::SyncStep1(theirs) => {
            let missing = state.board.missing_from(theirs).expect("a state vector");
            let frames = hands_over(&missing);
            state.sent += frames.len() as u64;
            return frames;
        }
        Frame::SyncStep2(update) => {
            state
                .board
                .apply(update, Made::Elsewhere)
                .expect("an update without a gap");
            state.is_synced = true;
        }
        Frame::Update(update) => {
            state.update_frames += 1;
            state
                .board
                .apply(update, Made::Elsewhere)
                .expect("an update without a gap");
        }
        Frame::Awareness(content) => {
            for entry in PresenceEntry::read_all(content).expect("presence") {
                if entry.state == "null" {
                    state.here.remove(&entry.client);
                } else {
                    state
                        .here
                        .insert(entry.client, (entry.clock, entry.state.to_owned()));
                }
            }
        }
        Frame::Denied(_) | Frame::QueryAwareness => {}
        Frame::Ours(json) => match serde_json::from_str(json).expect("a message that we know") {
            ServerMessage::Saved { frames } => {
                assert!(frames <= state.sent, "saved {frames} of {}", state.sent);
                state.saved = frames;
            }
            ServerMessage::Refused { code, frame } => state.refused.push((code, frame)),
            ServerMessage::Full { what, whose } => state.full.push((what, whose)),
            welcome @ ServerMessage::Welcome { .. } => {
                if let ServerMessage::Welcome { code, .. } = &welcome {
                    state.code.clone_from(code);
                }
                state.welcome = Some(welcome);
                if std::mem::take(&mut state.is_waiting) {
                    // What was said before was said to a shut door.
                    return vec![Frame::SyncStep1(&state.board.state_vector()).write()];
                }
            }
            ServerMessage::Waiting { .. } => state.is_waiting = true,
            ServerMessage::LeadKey { key } => state.lead_key = key,
            ServerMessage::Code { code } => state.code = code,
            ServerMessage::Session { view } => {
                if !view.knows.is_empty() {
                    state.knows.clone_from(&view.knows);
                }
                state.session = *view;
            }
            ServerMessage::NotYours { clients } => state.not_mine.extend(clients),
            ServerMessage::Own { view } => state.own = *view,
            ServerMessage::Lead { view } => state.lead = *view,
            ServerMessage::Saving { trouble } => state.trouble = trouble,
            ServerMessage::Look { rect } => state.look = Some(rect),
            ServerMessage::Done { id } => state.answers.push((id, None)),
            ServerMessage::Declined { id, refusal } => state.answers.push((id, Some(refusal))),
        },
    }
    let _: Vec<BoardChange> = state.board.take_changes();
    Vec::new()
}
