//! The line to the server ([`super::line`]): says hello, syncs, sends, hears, and connects again for ever.
//!
//! ```text
//! Idle ─► Connecting ─► Greeted ──(server's sync step 1 answered)──► Live
//!   ▲                      │                                          │
//!   └──── wait, 0.3 s to 5 s ◄──── closed, silent, offline ◄──────────┘
//! ```
//! Until the server's state vector is answered no single update is sent: the answer holds all that
//! the server lacks, whatever happened meanwhile, after a minute or after a week.

use super::{
    Replica, Ticket, clients,
    line::{self, Ear, Heard, Line, Way, Ways},
    mine::{self, Mine, SendState},
    random::device_secret,
    session::Waits,
    set_if_new, timer,
};
use crate::{browser::storage, site};
use leptos::prelude::*;
use samtavle_shared::{
    address::Page,
    board::Made,
    guard::{by_owner, pieces},
    limits::HAND_OVER_PIECE_BYTES,
    standing::{self, Came, Standing, Whole},
    wire::{
        ClientMessage, CloseCode, Frame, RefusalCode, Role, SaveTrouble, ServerMessage,
        message::PROTOCOL,
    },
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// How things stand with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Not connected yet since the page was opened.
    Opening,
    /// Connected, and all that was written here is on the server's disk.
    Saved,
    /// Connected; something is on its way.
    Saving,
    /// Connected, and the server cannot write just now: what is written here reaches the others and is not saved.
    Unsaving(SaveTrouble),
    /// Connected; something that was written here waits for a lock to go, for room, or to be made shorter.
    HeldBack,
    /// Connected; something that was written here the server did not take, and it is kept here.
    Kept,
    /// Not connected, trying again; all that was written here is on the server.
    Away,
    /// Not connected, trying again; something waits here to be sent.
    Unsent,
    /// The server has said no, and trying again would not help.
    Refused(CloseCode),
}

impl Connection {
    /// Whether the server is there just now.
    pub const fn is_up(self) -> bool {
        matches!(
            self,
            Self::Saved | Self::Saving | Self::Unsaving(_) | Self::HeldBack | Self::Kept
        )
    }

    /// Why there is no way to the board any more; `None` where there is one, or will be one again.
    pub fn shut_out(self) -> Option<CloseCode> {
        match self {
            Self::Refused(
                code @ (CloseCode::WrongKey
                | CloseCode::NoSuchBoard
                | CloseCode::Removed
                | CloseCode::NotLetIn),
            ) => Some(code),
            _ => None,
        }
    }
}

/// The first wait after a loss, in milliseconds: a restarted server is back in less than a second.
const FIRST_WAIT_MS: u32 = 300;
/// The longest wait, in milliseconds.
const LONGEST_WAIT_MS: u32 = 5_000;
/// The server speaks at least every ten seconds; after this silence the line is dead.
const SILENCE_MS: f64 = 25_000.0;
/// How long the server has to answer, in milliseconds: on a slow network with losses it takes some seconds.
const ANSWER_MS: u32 = 6_000;
/// How often we look for silence, and renew our presence (it is forgotten after thirty seconds).
const PULSE_MS: u32 = 10_000;
/// A WebSocket that takes longer to open is held up by a proxy, if plain HTTP gets through.
const OPENING_MS: u32 = 4_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Connecting,
    Greeted,
    Live,
    Over,
}

pub(super) struct Link {
    phase: Cell<Phase>,
    line: RefCell<Option<Line>>,
    ways: Ways,
    /// Document frames since hello.
    sent: Cell<u64>,
    saved: Cell<u64>,
    /// The first document frame since hello that is held back.
    held_from: Cell<Option<u64>>,
    /// What was handed over last, and the first and the last frame of it; nothing once it went up apart.
    handed: RefCell<Option<(u64, u64, Vec<u8>)>>,
    /// Something was changed here that no server has confirmed.
    unsent: Cell<bool>,
    wait_ms: Cell<u32>,
    heard_at: Cell<f64>,
    refused: Cell<Option<CloseCode>>,
    /// Why the server cannot write, as it said last on this line.
    trouble: Cell<Option<SaveTrouble>>,
    /// The server was asked for a word, and has some time left to answer.
    is_asked: Cell<bool>,
    /// What of `unsent` this tab has written down last.
    told_unsent: Cell<bool>,
    /// Counts lines, so that a late word of an old one is not taken for the new one's.
    round: Cell<u64>,
}

impl Link {
    pub(super) fn new() -> Self {
        Self {
            phase: Cell::new(Phase::Idle),
            line: RefCell::new(None),
            ways: Ways::remembered(),
            sent: Cell::new(0),
            saved: Cell::new(0),
            held_from: Cell::new(None),
            handed: RefCell::default(),
            unsent: Cell::new(false),
            wait_ms: Cell::new(FIRST_WAIT_MS),
            heard_at: Cell::new(0.0),
            refused: Cell::new(None),
            trouble: Cell::new(None),
            is_asked: Cell::new(false),
            told_unsent: Cell::new(false),
            round: Cell::new(0),
        }
    }

    pub(super) fn is_live(&self) -> bool {
        self.phase.get() == Phase::Live
    }

    /// The number of the newest document frame; `None` while there is no socket to count on.
    pub(super) fn frames_sent(&self) -> Option<u64> {
        self.is_live().then(|| self.sent.get())
    }

    pub(super) fn send_update(&self, update: &[u8]) {
        self.unsent.set(true);
        if self.is_live() {
            self.send_document(&Frame::Update(update));
        }
    }

    pub(super) fn send_awareness(&self, presence: &[u8]) {
        self.send(&Frame::Awareness(presence));
    }

    /// A message of ours; it is not counted as a document frame.
    pub(super) fn send_ours(&self, frame: &Frame<'_>) {
        self.send(frame);
    }

    /// All that the server lacks; what is large in pieces, the last of which says that it was all.
    fn hand_over(&self, missing: &[u8]) {
        // What was held back before is among it.
        self.held_from.set(None);
        let pieces = match pieces(missing, HAND_OVER_PIECE_BYTES) {
            Ok(pieces) => pieces,
            Err(error) => {
                leptos::logging::warn!("what is handed over could not be cut: {error}");
                vec![missing.to_vec()]
            }
        };
        let first = self.sent.get() + 1;
        self.send_pieces(&pieces);
        *self.handed.borrow_mut() = Some((first, self.sent.get(), missing.to_vec()));
    }

    fn send_pieces(&self, pieces: &[Vec<u8>]) {
        if let Some((last, former)) = pieces.split_last() {
            for piece in former {
                self.send_document(&Frame::Update(piece));
            }
            self.send_document(&Frame::SyncStep2(last));
        }
    }

    /// Something that was handed over is held back, and with it all that came in the same frame: once more, each
    /// thing by itself, for each bears an id of its own.
    fn hand_over_apart(&self, held_back: u64) {
        let is_of_it =
            |(first, last, _): &mut (u64, u64, Vec<u8>)| (*first..=*last).contains(&held_back);
        let Some((.., missing)) = self.handed.borrow_mut().take_if(is_of_it) else {
            return;
        };
        match by_owner(&missing, None, |part| Some(part.client)) {
            Ok(pieces) if pieces.len() > 1 => {
                let pieces: Vec<Vec<u8>> = pieces.into_iter().map(|(_, piece)| piece).collect();
                self.send_pieces(&pieces);
            }
            Ok(_) => {}
            Err(error) => {
                leptos::logging::warn!("what is handed over could not be taken apart: {error}");
            }
        }
    }

    fn send_document(&self, frame: &Frame<'_>) {
        self.sent.set(self.sent.get() + 1);
        self.send(frame);
    }

    fn send(&self, frame: &Frame<'_>) {
        // Nothing goes before hello.
        if let (Phase::Greeted | Phase::Live, Some(line)) =
            (self.phase.get(), self.line.borrow().as_ref())
        {
            line.send(&frame.write());
        }
    }

    /// Whether everything that was changed here is on the server's disk.
    pub(super) fn is_all_saved(&self) -> bool {
        self.standing().is_all_saved()
    }

    fn hang_up(&self) {
        let line = self.line.borrow_mut().take();
        if let Some(line) = line {
            line.hang_up();
        }
    }

    /// The numbers that the chip and the rows are told from.
    pub(super) fn standing(&self) -> Standing {
        Standing {
            line: match self.phase.get() {
                Phase::Live => standing::Line::Up,
                _ if self.round.get() <= 1 => standing::Line::Opening,
                _ => standing::Line::Away,
            },
            sent: self.sent.get(),
            saved: self.saved.get(),
            held_from: self.held_from.get(),
            is_unsent: self.unsent.get(),
        }
    }

    /// `worst`: the worst that is said of anything that was written here.
    fn connection(&self, worst: Came) -> Connection {
        if let Some(code) = self.refused.get() {
            return Connection::Refused(code);
        }
        if let (Phase::Live, Some(trouble)) = (self.phase.get(), self.trouble.get()) {
            return Connection::Unsaving(trouble);
        }
        match self.standing().whole(worst) {
            Whole::Opening => Connection::Opening,
            Whole::Saved => Connection::Saved,
            Whole::Saving => Connection::Saving,
            Whole::HeldBack => Connection::HeldBack,
            Whole::Kept => Connection::Kept,
            Whole::Away => Connection::Away,
            Whole::Unsent => Connection::Unsent,
        }
    }
}

impl Replica {
    pub(super) fn connect(self) {
        let link = &self.inner().link;
        if !self.has_whole_link() {
            link.refused.set(Some(CloseCode::WrongKey));
            self.refresh_connection();
            return;
        }
        let is_unsent = remembers_unsent(&self.inner().ticket);
        link.unsent.set(is_unsent);
        link.told_unsent.set(is_unsent);
        self.dial();
        self.listen_to_the_browser();
        self.pulse();
    }

    fn dial(self) {
        let inner = self.inner();
        let link = &inner.link;
        if link.phase.get() != Phase::Idle {
            return;
        }
        link.round.set(link.round.get() + 1);
        let round = link.round.get();
        link.ways.begin();
        let ear: Ear = Rc::new(move |heard| {
            if self.inner().link.round.get() != round {
                return;
            }
            match heard {
                Heard::Open => self.say_hello(),
                Heard::Frame(bytes) => self.hear(&bytes),
                Heard::HeldBack => self.inner().link.ways.held_back(),
                Heard::Closed(code) => self.line_ended(code.and_then(CloseCode::read)),
            }
        });
        let Some(dialled) = Line::dial(link.ways.now(), &inner.ticket.board, ear) else {
            leptos::logging::warn!("no line: the browser will not");
            self.try_again_later();
            return;
        };
        link.phase.set(Phase::Connecting);
        link.heard_at.set(timer::now_ms());
        *link.line.borrow_mut() = Some(dialled);
        if link.ways.now() == Way::Socket {
            timer::after(OPENING_MS, move || self.doubt_the_socket(round));
        }
    }

    /// A WebSocket takes long. On a slow network so does all else; a proxy holds up only this.
    fn doubt_the_socket(self, round: u64) {
        let is_held_up = move || {
            let link = &self.inner().link;
            link.round.get() == round && link.phase.get() != Phase::Idle && !link.ways.is_welcomed()
        };
        if is_held_up() {
            leptos::task::spawn_local(async move {
                if line::answers().await && is_held_up() {
                    self.inner().link.ways.take(Way::Stream);
                    self.dial_anew();
                }
            });
        }
    }

    /// The line ended by itself. Without a reason it may be a proxy's doing.
    fn line_ended(self, code: Option<CloseCode>) {
        let may_be_a_proxy = code.is_none() && self.inner().link.ways.broke();
        self.lost(code);
        if may_be_a_proxy {
            leptos::task::spawn_local(async move {
                if line::answers().await && self.inner().link.ways.strike() {
                    leptos::logging::log!("no WebSocket gets through: going on over HTTP");
                    self.dial_anew();
                }
            });
        }
    }

    /// Leaves the line that there is, if any, for another way.
    pub(super) fn dial_anew(self) {
        if self.inner().link.phase.get() != Phase::Idle {
            self.lost(None);
        }
        self.dial();
    }

    /// Soon, and then ever more seldom, it is tried whether a WebSocket gets through again: what looked like a proxy
    /// was perhaps a server that stopped a few times.
    fn look_for_a_socket(self, round: u64, wait_ms: u32) {
        timer::after(wait_ms, move || {
            let is_current = move || self.inner().link.round.get() == round;
            if is_current() {
                self.look_for_a_socket(round, line::next_probe(wait_ms));
                line::probe(move || {
                    if is_current() {
                        self.inner().link.ways.take(Way::Socket);
                        self.dial_anew();
                    }
                });
            }
        });
    }

    fn say_hello(self) {
        let inner = self.inner();
        let hello = ClientMessage::Hello {
            protocol: PROTOCOL,
            key: self.key.get_untracked(),
            client: inner.page,
            device: device_secret(inner.ticket.board.as_str()),
            screen: inner.ticket.screen,
            wrote_as: Vec::new(), // told with what is handed over
            knows: remembered_word(&inner.ticket),
        };
        inner.link.sent.set(0);
        inner.link.saved.set(0);
        inner.link.held_from.set(None);
        inner.link.handed.take();
        inner.link.trouble.set(None);
        inner.link.phase.set(Phase::Greeted);
        if let Some(line) = inner.link.line.borrow().as_ref() {
            line.hello(Frame::Ours(&hello.to_json()).write());
        }
    }

    fn hear(self, bytes: &[u8]) {
        let inner = self.inner();
        inner.link.heard_at.set(timer::now_ms());
        let frame = match Frame::read(bytes) {
            Ok(frame) => frame,
            Err(error) => {
                leptos::logging::warn!("the server sent what is no frame: {error}");
                return;
            }
        };
        match frame {
            Frame::SyncStep1(theirs) => self.hand_over(theirs),
            Frame::SyncStep2(update) => {
                self.take_update(update);
                inner.has_caught_up.set(true);
                self.state.is_open.set(true);
            }
            Frame::Update(update) => self.take_update(update),
            Frame::Awareness(presence) => self.hear_presence(presence),
            Frame::QueryAwareness => self.send_presence(),
            Frame::Ours(json) => match serde_json::from_str(json) {
                Ok(message) => self.hear_message(message),
                Err(error) => leptos::logging::warn!("a message of a later server: {error}"),
            },
            Frame::Denied(reason) => leptos::logging::warn!("denied: {reason}"),
        }
    }

    fn take_update(self, update: &[u8]) {
        if let Err(error) = self.inner().board.apply(update, Made::Elsewhere) {
            // The line is in order, so this is a fault of ours or the server's: a sync mends a gap.
            leptos::logging::warn!("an update from the server: {error}");
            self.say_what_we_have();
        }
        self.pump();
    }

    fn say_what_we_have(self) {
        let inner = self.inner();
        inner
            .link
            .send(&Frame::SyncStep1(&inner.board.state_vector()));
    }

    /// Answers the server's state vector: from here on the line is live.
    fn hand_over(self, theirs: &[u8]) {
        let inner = self.inner();
        let Ok(missing) = inner.board.missing_from(theirs) else {
            leptos::logging::warn!("the server's state vector does not decode");
            return;
        };
        if self.role.get_untracked().is_some_and(Role::may_write) {
            self.tell_ids_in(&missing);
            inner.link.hand_over(&missing);
            let frame = inner.link.sent.get();
            let board = inner.board.view();
            self.mine.update(|mine| {
                mine::handed_over(mine, frame, |note| board.note(note).is_some());
            });
        }
        inner.link.phase.set(Phase::Live);
        inner.link.wait_ms.set(FIRST_WAIT_MS);
        self.send_presence();
        self.send_errands();
        self.refresh_connection();
    }

    fn hear_message(self, message: ServerMessage) {
        match message {
            ServerMessage::Welcome { role, code, .. } => {
                let link = &self.inner().link;
                link.ways.welcomed();
                if link.ways.now() != Way::Socket {
                    self.look_for_a_socket(link.round.get(), line::FIRST_PROBE_MS);
                }
                remember_role(&self.ticket(), role);
                set_if_new(self.role, Some(role));
                set_if_new(self.code, Some(code));
                set_if_new(self.waits_outside, false);
                self.show_what_was_kept();
                self.say_what_we_have();
            }
            ServerMessage::Waiting { names } => {
                self.inner().link.ways.welcomed();
                set_if_new(self.is_asked_who, names);
                set_if_new(self.waits_outside, true);
            }
            ServerMessage::LeadKey { key } => self.comes_by(key),
            ServerMessage::Code { code } => set_if_new(self.code, Some(code)),
            ServerMessage::Saved { frames } => self.heard_saved(frames),
            ServerMessage::Refused { code, frame } => {
                leptos::logging::warn!("refused: {code:?}");
                match code {
                    RefusalCode::OtherVersion => {
                        self.inner().link.refused.set(Some(CloseCode::OtherVersion));
                    }
                    RefusalCode::Locked => {
                        set_if_new(self.session.waits, None);
                        self.is_held_back(frame);
                    }
                    RefusalCode::TooLarge if frame.is_some() => {
                        set_if_new(self.session.waits, Some(Waits::ToBeShorter));
                        self.is_held_back(frame);
                    }
                    RefusalCode::Full => self.is_held_back(frame),
                    RefusalCode::PutBack => {
                        self.session.put_back.update(|count| *count += 1);
                    }
                    RefusalCode::NotSaved => self.mine.update(|mine| mine::not_taken(mine, frame)),
                    _ => {}
                }
            }
            ServerMessage::Full { what, whose } => {
                set_if_new(self.session.waits, Some(Waits::ForRoom(what, whose)));
            }
            ServerMessage::Saving { trouble } => {
                self.inner().link.trouble.set(trouble);
                if trouble.is_none() {
                    self.send_what_was_held_back();
                }
            }
            ServerMessage::Session { mut view } => {
                remember_word(&self.inner().ticket, &std::mem::take(&mut view.knows));
                self.hear_session(*view);
            }
            ServerMessage::NotYours { clients } => {
                self.ids_are_taken(&clients);
            }
            ServerMessage::Own { view } => self.hear_own(*view),
            ServerMessage::Lead { view } => set_if_new(self.session.lead, *view),
            ServerMessage::Look { rect } => self.session.look.set(Some(rect)),
            ServerMessage::Done { id } => self.hear_answer(id, None),
            ServerMessage::Declined { id, refusal } => self.hear_answer(id, Some(refusal)),
        }
        self.refresh_connection();
    }

    /// What this frame carried is held back, and what comes after it. It is asked for when it may come.
    fn is_held_back(self, frame: Option<u64>) {
        let link = &self.inner().link;
        let frame = frame.unwrap_or_else(|| link.sent.get());
        let first = link.held_from.get().map_or(frame, |first| first.min(frame));
        link.held_from.set(Some(first));
        link.unsent.set(true);
        link.hand_over_apart(frame);
    }

    fn heard_saved(self, frames: u64) {
        let inner = self.inner();
        inner.link.saved.set(frames);
        if inner.link.is_all_saved() {
            inner.link.unsent.set(false);
            clients::all_is_settled(&inner.ticket.board);
            inner.hands.are_settled();
            set_if_new(self.session.waits, None);
        }
        if self
            .mine
            .try_update_untracked(|mine| mine::saved(mine, frames))
            == Some(true)
        {
            self.mine.notify();
            mine::keep(&inner.ticket.board, &self.mine.get_untracked());
        }
        let waits = |mine: &Vec<Mine>| mine.iter().any(|mine| mine.state != SendState::Saved);
        if inner.link.is_all_saved() && self.mine.with_untracked(waits) {
            // Another tab may have heard of its own meanwhile.
            let kept = mine::load(&inner.ticket.board);
            self.mine.update(|mine| mine::take_in(mine, kept, true));
        }
    }

    /// The keys of facilitators were called back, and this is the new one. The address of the page holds it from now on.
    fn comes_by(self, key: String) {
        forget_role(&self.ticket());
        let mut address = site::address();
        if let Page::Board { key: kept, .. } = &mut address.page {
            kept.clone_from(&key);
        }
        self.key.set(key);
        if let Some(role) = self.role.get_untracked() {
            remember_role(&self.ticket(), role);
        }
        site::rewrite(&address);
    }

    /// Says who waits at the door, where that is asked.
    pub(crate) fn knocks(self, name: &str) {
        if self.waits_outside.get_untracked() {
            let name = name.to_owned();
            let message = ClientMessage::Knocks { name };
            (self.inner().link).send_ours(&Frame::Ours(&message.to_json()));
        }
    }

    fn lost(self, code: Option<CloseCode>) {
        let inner = self.inner();
        let link = &inner.link;
        link.hang_up();
        if link.phase.get() == Phase::Over {
            return;
        }
        link.unsent
            .set(link.unsent.get() || link.saved.get() < link.sent.get());
        link.phase.set(Phase::Idle);
        inner.hands.rest();
        self.mine.update(|mine| mine::lost_socket(mine));
        self.forget_people();
        set_if_new(self.waits_outside, false);
        if code == Some(CloseCode::WrongKey) {
            forget_role(&self.ticket());
        }
        match code.filter(|code| !code.can_come_back()) {
            Some(code) => {
                link.refused.set(Some(code));
                link.phase.set(Phase::Over);
            }
            None => self.try_again_later(),
        }
        self.refresh_connection();
    }

    fn try_again_later(self) {
        let inner = self.inner();
        let wait = inner.link.wait_ms.get();
        inner.link.wait_ms.set((wait * 3 / 2).min(LONGEST_WAIT_MS));
        // A room of three hundred must not come back in the same moment.
        let jitter = (js_sys::Math::random() * f64::from(wait) / 2.0) as u32;
        timer::after(wait + jitter, move || self.dial());
    }

    /// The network is back, or the phone was unlocked: why wait?
    fn try_again_now(self) {
        self.inner().link.wait_ms.set(FIRST_WAIT_MS);
        self.look_for_silence();
        self.ask_for_a_word();
        self.dial();
    }

    /// After a sleep or in another network the line may be dead without having said so.
    fn ask_for_a_word(self) {
        let inner = self.inner();
        let link = &inner.link;
        let asked_at = timer::now_ms();
        if !link.is_live() || link.is_asked.replace(true) {
            return;
        }
        self.say_what_we_have();
        let round = link.round.get();
        timer::after(ANSWER_MS, move || {
            let inner = self.inner();
            inner.link.is_asked.set(false);
            let is_same = inner.link.round.get() == round && inner.link.is_live();
            if is_same && inner.link.heard_at.get() < asked_at {
                self.lost(None);
            }
        });
    }

    fn listen_to_the_browser(self) {
        let online = window_event_listener(leptos::ev::online, move |_| self.try_again_now());
        let offline = window_event_listener(leptos::ev::offline, move |_| self.lost(None));
        let visible = window_event_listener_untyped("focus", move |_| self.try_again_now());
        let shown = window_event_listener_untyped("pageshow", move |_| self.try_again_now());
        let seen = window_event_listener_untyped("visibilitychange", move |_| {
            self.notice_sleep();
            self.try_again_now();
        });
        let woken = window_event_listener_untyped("resume", move |_| self.try_again_now());
        let other_tab = window_event_listener(leptos::ev::storage, move |event| {
            if let Some(key) = event.key() {
                self.hear_of_another_tab(&key);
            }
        });
        on_cleanup(move || {
            seen.remove();
            woken.remove();
            other_tab.remove();
            online.remove();
            offline.remove();
            visible.remove();
            shown.remove();
        });
    }

    fn pulse(self) {
        timer::after(PULSE_MS, move || {
            if self.inner().link.phase.get() == Phase::Over {
                return;
            }
            self.look_for_silence();
            self.send_presence();
            self.pulse();
        });
    }

    fn look_for_silence(self) {
        let inner = self.inner();
        let link = &inner.link;
        let is_up = matches!(
            link.phase.get(),
            Phase::Connecting | Phase::Greeted | Phase::Live
        );
        // A clock that was set back tells nothing of the silence, either.
        let silent_ms = timer::now_ms() - link.heard_at.get();
        if is_up && !(-SILENCE_MS..=SILENCE_MS).contains(&silent_ms) {
            link.ways.held_back();
            self.lost(None);
        }
    }

    pub(super) fn refresh_connection(self) {
        let inner = self.inner();
        // Another tab may have something unsent when this one has nothing: each tells of its own.
        let is_unsent = inner.link.unsent.get();
        if inner.link.told_unsent.replace(is_unsent) != is_unsent {
            remember_unsent(&inner.ticket, is_unsent);
        }
        set_if_new(self.standing, inner.link.standing());
        let worst = self.worst_of_mine();
        let connection = inner.link.connection(worst);
        set_if_new(self.shut_out, connection.shut_out());
        set_if_new(self.connection, connection);
    }
}

fn role_key(ticket: &Ticket) -> String {
    format!("samtavle.role.{}.{}", ticket.board, ticket.key)
}

/// The role that this key had at an earlier visit: without a network we must know it, too.
pub(super) fn remembered_role(ticket: &Ticket) -> Option<Role> {
    Role::read(&storage::read(&role_key(ticket))?)
}

fn remember_role(ticket: &Ticket, role: Role) {
    storage::write(&role_key(ticket), role.name());
}

fn word_key(ticket: &Ticket) -> String {
    format!("samtavle.knows.{}", ticket.board)
}

/// The newest word that the server gave of how much it had written down.
fn remembered_word(ticket: &Ticket) -> String {
    storage::read(&word_key(ticket)).unwrap_or_default()
}

fn remember_word(ticket: &Ticket, word: &str) {
    if !word.is_empty() {
        storage::write(&word_key(ticket), word);
    }
}

/// The key opens nothing any more: with it the board is not shown from what is kept here, either.
fn forget_role(ticket: &Ticket) {
    storage::remove(&role_key(ticket));
}

fn unsent_key(ticket: &Ticket) -> String {
    format!("samtavle.unsent.{}", ticket.board)
}

fn remembers_unsent(ticket: &Ticket) -> bool {
    storage::read(&unsent_key(ticket)).is_some()
}

/// Whether something waits here is remembered over a reload, so that a page opened without a network
/// does not say "saved" of what is not.
fn remember_unsent(ticket: &Ticket, unsent: bool) {
    if unsent {
        storage::write(&unsent_key(ticket), "1");
    } else {
        storage::remove(&unsent_key(ticket));
    }
}
