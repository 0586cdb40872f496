//! A room: what is decided on one board that is open, without any input or output. Bytes of people come in, effects go out; it
//! knows no socket, disk or clock, so each rule is a unit test. The task of [`crate::rooms`] does what it says.
//!
//! ```text
//! frame ─► guard ─► Yrs ─► Append (log) ─► … on disk ─► Saved to its sender
//!                     └──► waits for the tick ─► one frame to all others
//! ```
//!
//! * [`terms`]: what a room is told, and what it says is to be done
//! * [`document`]: the guard and the board, which the server changes, too; [`presence`]: who is here; [`fanout`]: when what goes out;
//!   [`receipts`]: what is on disk; `saving`: a disk that takes nothing
//! * [`workshop`]: its session; [`facts`]: what the session is told of the board; [`script`]: templates and cards
//! * `updates`, `edits`: what people change, and what the server changes; `views`, `telling`: who is shown what
//! * `holders`: who may write under which Yjs client id; [`proof`]: how a page shows that something was lost
//! * [`gone`]: when what was taken off the board goes for good; [`take_back`]: takes back what one person did;
//!   `sweeping`: who removes or copies many notes of others at once

mod allowance;
pub(crate) mod document;
mod doors;
mod edits;
mod facts;
mod fanout;
mod gone;
mod holders;
pub(crate) mod opened;
mod presence;
mod proof;
mod receipts;
mod rights;
mod saving;
mod script;
mod session;
mod sweeping;
pub(crate) mod take_back;
mod telling;
pub(crate) mod terms;
mod unsaved;
mod updates;
mod views;
mod withheld;
pub(crate) mod workshop;
mod writers;

pub(crate) use script::cards;

use crate::{
    access::{costly::Costly, devices::person_of},
    clock::{Now, SessionClock},
    log::Seq,
};
use bytes::Bytes;
use document::Document;
use doors::Doors;
use fanout::{Pace, Waiting};
use gone::Gone;
use holders::{Declared, tag_of};
use opened::Opened;
use presence::{People, Telling};
use proof::Proof;
use receipts::Receipts;
use samtavle_shared::{
    ids::{BoardId, PersonId},
    session::Refusal,
    wire::{ClientMessage, CloseCode, Frame, RefusalCode, Role, ServerMessage},
};
use saving::Saving;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};
use sweeping::Sweeping;
use terms::{Class, Dialect, Effect, Entrance, Input, PeerId, Turn, Why};
use unsaved::Unsaved;
use updates::Coming;
use views::Views;
use workshop::Workshop;

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
    unsaved: Unsaved,
    /// The document is broken, and is made again from the log.
    is_being_made_again: bool,
    document_pace: Pace,
    presence_pace: Pace,
    workshop: Workshop,
    views: Views,
    gone: Gone,
    saving: Saving,
    sweeping: Sweeping,
    doors: Doors,
}

/// Somebody's socket, from the moment that its key was right.
struct Peer {
    entrance: Entrance,
    stage: Stage,
    receipts: Receipts,
    /// Who it is in the session; walls and standard clients are nobody.
    person: Option<PersonId>,
    /// What stands for its key where it is nobody.
    tag: String,
    /// As whom it says that it writes.
    declared: Declared,
    /// Whether it has shown that the room has lost something.
    proof: Proof,
    /// It has something that may not come just now, and this is why.
    held_back: Option<Why>,
    /// It was told how the session stands.
    was_told: bool,
    /// It was told what facilitators see, and still facilitates.
    sees_lead: bool,
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
    /// A room as the log tells it. `chance` is random, `costly` is of all boards.
    pub(crate) fn new(
        board: BoardId,
        opened: Opened,
        clock: SessionClock,
        chance: u64,
        costly: Arc<Costly>,
        now: Now,
    ) -> Self {
        let last = opened.last;
        let clock = clock.begin(now, opened.story.clock_ahead());
        let workshop = Workshop::new(opened.story, clock, chance, last, costly);
        let mut people = People::default();
        people.tell(Telling::on(workshop.session.showing()), now.steady);
        Self {
            board,
            document: opened.document,
            last,
            on_disk: last,
            workshop,
            views: Views::default(),
            gone: Gone::default(),
            saving: Saving::default(),
            sweeping: Sweeping::default(),
            doors: Doors::default(),
            peers: BTreeMap::new(),
            people,
            waiting: Waiting::default(),
            unsaved: Unsaved::default(),
            is_being_made_again: false,
            document_pace: Pace::default(),
            presence_pace: Pace::default(),
        }
    }

    /// Is nobody here?
    pub(crate) fn is_empty(&self) -> bool {
        self.peers.is_empty() && self.doors.is_empty()
    }

    /// Whether somebody is here to take part: who prepares a board alone does not.
    pub(crate) fn somebody_takes_part(&self) -> bool {
        let takes_part = |peer: &Peer| peer.entrance.role == Role::Participant;
        self.peers.values().any(takes_part)
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

    /// Takes what was made again from the log, where `last` is the newest record.
    pub(crate) fn restore(&mut self, opened: Opened) {
        self.document = opened.document;
        self.is_being_made_again = false;
        self.workshop.restore(opened.story);
        self.views.all_changed();
    }

    /// When to send the next `Tick`; `None`: not needed.
    pub(crate) fn wakes_at(&self) -> Option<u64> {
        let document = (!self.waiting.is_empty()).then(|| self.document_pace.earliest());
        let presence = (self.people.has_news()).then(|| self.presence_pace.earliest());
        let views = (self.has_ours()).then(|| self.views.wakes_at(self.peers.len()));
        let workshop = self.workshop.wakes_at(self.on_disk);
        [
            document,
            presence,
            views,
            workshop,
            self.unsaved.wakes_at(),
            self.people.next_expiry(),
            self.gone.wakes_at(self.last),
            self.sweeping.wakes_at(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// What follows from this input, in the order in which it is to be done.
    pub(crate) fn handle(&mut self, input: Input, now: Now) -> Vec<Effect> {
        let mut turn = Turn::at(now);
        self.withhold_what_is_hidden(&mut turn);
        match input {
            Input::Enter(peer, entrance) => {
                self.is_at_the_door(peer, entrance, &mut turn);
            }
            Input::Frame(peer, bytes) => self.frame(peer, &bytes, &mut turn),
            Input::Leave(peer) => self.forget(peer, now.steady),
            Input::OnDisk(seq) => {
                self.tell_saved(seq, &mut turn);
                self.let_out(&mut turn);
                self.answer_commands(&mut turn);
            }
            Input::Saving(trouble) => self.saving_changed(trouble, &mut turn),
            Input::Recalled(recalling, done) => {
                self.called_back(&recalling, done, &mut turn);
            }
            Input::TakenBack(person, update) => {
                self.taken_back(&person, update.as_ref(), &mut turn);
            }
            Input::NamesGone(showing) => self.names_are_gone(showing, &mut turn),
            Input::Tick => {
                self.people.expire(now.steady);
                self.look_at_turns(&mut turn);
                self.look_at_the_clock(&mut turn);
                self.look_at_those_held_back(&mut turn);
                self.answer_commands(&mut turn);
                self.look_at_sweeps(&mut turn);
                self.clear_away(&mut turn);
            }
        }
        if turn.effects.last() != Some(&Effect::Rebuild) {
            self.let_out(&mut turn);
            self.send_what_is_due(&mut turn);
            if self.unsaved.has_changes() {
                // Some wait for views that went out just now.
                self.let_out(&mut turn);
            }
        }
        turn.effects
    }

    /// Everything that waits for a tick goes out now, before the room ends.
    pub(crate) fn flush(&mut self, now: Now) -> Vec<Effect> {
        let mut turn = Turn::at(now);
        self.send_document(&mut turn);
        turn.effects
    }

    fn enter(&mut self, peer: PeerId, entrance: Entrance, turn: &mut Turn) {
        let mut person = None;
        if let Dialect::Ours {
            client: own,
            device,
            ..
        } = &entrance.dialect
        {
            person = person_of(&self.board, device);
            if entrance.role == Role::Wall {
                self.is_shown_on(person.take());
            }
            if let Some(person) = &person
                && let Err(code) = self.arrives(person, entrance.role, turn)
            {
                turn.effects.push(Effect::Close(peer, code));
                return;
            }
            self.take_over(*own, device, peer);
            let number = person
                .as_ref()
                .map_or(0, |person| self.workshop.session.number_of(person));
            self.people.comes(peer, *own, number);
            let welcome = ServerMessage::Welcome {
                role: entrance.role,
                code: self.code(),
                now: self.workshop.clock.at(turn.now),
            };
            turn.effects.push(tell(peer, &welcome));
            self.tell_trouble(peer, turn);
        }
        turn.effects.push(send(
            peer,
            Frame::SyncStep1(&self.document.state_vector()).write(),
        ));
        if let Some(others) = self.people.others(peer) {
            turn.effects.push(Effect::Send {
                to: vec![peer],
                frame: Frame::Awareness(&others).write().into(),
                class: Class::Presence,
            });
        }
        let knows = match &entrance.dialect {
            Dialect::Ours { knows, .. } => &**knows,
            Dialect::Standard => "",
        };
        let proof = self.workshop.proofs.proof_in(knows, self.last);
        if proof == Proof::OfALoss {
            tracing::warn!(target: "samtavle::room", board = %self.board, "a page knows of records that the log does not hold");
        }
        let declared = Declared::by(&entrance.dialect);
        let clients = declared.all();
        self.peers.insert(
            peer,
            Peer {
                tag: tag_of(&self.board, &entrance.key),
                declared,
                proof,
                entrance,
                stage: Stage::Joining,
                receipts: Receipts::of_one_who_is_asked(),
                person,
                held_back: None,
                was_told: false,
                sees_lead: false,
            },
        );
        self.views.expects();
        self.tell_of_others(peer, &clients, turn);
        self.claims(peer, clients, turn);
    }

    /// The document can no longer be trusted.
    fn make_again(&mut self, turn: &mut Turn) {
        self.is_being_made_again = true;
        turn.effects.push(Effect::Rebuild);
    }

    /// A page that says hello again shows itself at its new socket: the network changed, and the old one has
    /// not noticed yet.
    fn take_over(&mut self, page: u64, device: &str, peer: PeerId) {
        let is_same = |other: &Peer| match &other.entrance.dialect {
            Dialect::Ours {
                client,
                device: its,
                ..
            } => *client == page && its == device && !device.is_empty(),
            Dialect::Standard => false,
        };
        for former in self.peers_where(|_, other| is_same(other)) {
            self.people.hand_over(former, peer);
        }
    }

    fn frame(&mut self, peer: PeerId, bytes: &[u8], turn: &mut Turn) {
        if !self.peers.contains_key(&peer) {
            return self.knocks(peer, bytes);
        }
        match Frame::read(bytes) {
            Ok(Frame::SyncStep1(theirs)) => self.answer_sync(peer, theirs, turn),
            Ok(Frame::SyncStep2(update)) => {
                self.update(peer, update, Coming::HandedOver, turn);
            }
            Ok(Frame::Update(update)) => self.update(peer, update, Coming::Alone, turn),
            Ok(Frame::Awareness(content)) => self.presence(peer, content, turn),
            Ok(Frame::QueryAwareness) => {
                let others = self.people.others(peer).unwrap_or_else(|| vec![0]);
                turn.effects
                    .push(send(peer, Frame::Awareness(&others).write()));
            }
            Ok(Frame::Ours(json)) if self.speaks_ours(peer) => {
                self.message(peer, json, turn);
            }
            Ok(Frame::Ours(_) | Frame::Denied(_)) => {
                self.rubbish(peer, "this is not for clients to say", turn);
            }
            Err(error) => {
                tracing::info!(target: "samtavle::room", board = %self.board, %error, "a socket sent rubbish");
                self.rubbish(peer, "this is no frame", turn);
            }
        }
    }

    /// One of our own messages. A command that is of a later version is declined, and harms nobody.
    fn message(&mut self, peer: PeerId, json: &str, turn: &mut Turn) {
        #[derive(Deserialize)]
        struct Asked {
            id: u32,
        }
        match serde_json::from_str(json) {
            Ok(ClientMessage::Command { id, command }) => {
                self.command(peer, id, *command, turn);
            }
            Ok(ClientMessage::Knocks { .. }) => {} // it was let in meanwhile
            Ok(ClientMessage::Seen { notes }) => self.saw(peer, notes),
            Ok(ClientMessage::Look { rect }) => self.looks(peer, rect, turn),
            Ok(ClientMessage::WritesAs { clients }) => self.declares(peer, clients, turn),
            Ok(ClientMessage::Hello { .. }) => {
                self.rubbish(peer, "hello is said once", turn);
            }
            Err(error) => match serde_json::from_str(json) {
                Ok(Asked { id }) => {
                    tracing::info!(target: "samtavle::room", board = %self.board, %error, "a command that cannot be read");
                    let refusal = Refusal::Malformed;
                    turn.effects
                        .push(tell(peer, &ServerMessage::Declined { id, refusal }));
                }
                Err(_) => self.rubbish(peer, "this is no message", turn),
            },
        }
    }

    fn answer_sync(&mut self, peer: PeerId, theirs: &[u8], turn: &mut Turn) {
        if self.unsaved.has_changes() {
            self.unsaved.asks(peer, theirs, turn.now);
        } else {
            self.answer(peer, theirs, turn);
        }
    }

    /// Sends somebody what they lack: from here on they get every change.
    fn answer(&mut self, peer: PeerId, theirs: &[u8], turn: &mut Turn) {
        let Some(mut pieces) = self.document.missing_from(theirs) else {
            self.rubbish(peer, "this is no state vector", turn);
            return;
        };
        let last = pieces.pop().unwrap_or_default();
        for piece in pieces {
            turn.effects.push(Effect::Send {
                to: vec![peer],
                frame: Frame::Update(&piece).write().into(),
                class: Class::Piece,
            });
        }
        turn.effects.push(Effect::Send {
            to: vec![peer],
            frame: Frame::SyncStep2(&last).write().into(),
            class: Class::State,
        });
        if let Some(peer) = self.peers.get_mut(&peer) {
            peer.stage = Stage::Live;
        }
    }

    fn presence(&mut self, peer: PeerId, content: &[u8], turn: &mut Turn) {
        if self
            .people
            .take_presence(peer, content, turn.now.steady)
            .is_err()
        {
            self.rubbish(peer, "this is no presence", turn);
        }
    }

    fn refuse(
        &self,
        peer: PeerId,
        code: RefusalCode,
        words: &str,
        frame: Option<u64>,
        turn: &mut Turn,
    ) {
        match self.peers.get(&peer).map(|peer| &peer.entrance.dialect) {
            Some(Dialect::Ours { .. }) => {
                turn.effects
                    .push(tell(peer, &ServerMessage::Refused { code, frame }));
            }
            Some(Dialect::Standard) => turn.effects.push(send(peer, Frame::Denied(words).write())),
            None => {}
        }
    }

    /// Tells a standard client why it is about to be sent away.
    fn refuse_words(&self, peer: PeerId, words: &str, turn: &mut Turn) {
        if !self.speaks_ours(peer) {
            turn.effects.push(send(peer, Frame::Denied(words).write()));
        }
    }

    fn rubbish(&mut self, peer: PeerId, words: &str, turn: &mut Turn) {
        self.refuse(peer, RefusalCode::Malformed, words, None, turn);
        self.close(peer, CloseCode::Rubbish, turn.now.steady, turn);
    }

    fn close(&mut self, peer: PeerId, code: CloseCode, steady: u64, turn: &mut Turn) {
        self.forget(peer, steady);
        turn.effects.push(Effect::Close(peer, code));
    }

    fn forget(&mut self, peer: PeerId, steady: u64) {
        self.unsaved.forget(peer);
        self.sweeping.forgets(peer);
        if self.doors.forget(peer) {
            self.views.count_changed();
        }
        if let Some(gone) = self.peers.remove(&peer) {
            self.people.leave(peer);
            self.has_left(&gone, steady);
            self.views.count_changed();
        }
    }

    fn speaks_ours(&self, peer: PeerId) -> bool {
        let peer = self.peers.get(&peer);
        peer.is_some_and(|peer| peer.entrance.dialect != Dialect::Standard)
    }

    fn has_ours(&self) -> bool {
        let is_ours = |peer: &Peer| peer.entrance.dialect != Dialect::Standard;
        self.peers.values().any(is_ours) || !self.doors.is_empty()
    }
}

fn tell(peer: PeerId, message: &ServerMessage) -> Effect {
    send(peer, Frame::Ours(&message.to_json()).write())
}

fn decline(peer: PeerId, id: u32, refusal: Refusal, turn: &mut Turn) {
    turn.effects
        .push(tell(peer, &ServerMessage::Declined { id, refusal }));
}

fn send(peer: PeerId, frame: Vec<u8>) -> Effect {
    Effect::Send {
        to: vec![peer],
        frame: frame.into(),
        class: Class::Document,
    }
}

#[cfg(test)]
#[path = "room_tests.rs"]
mod tests;
