//! The door of a room: who may still come in, who waits to be let in, and what becomes of keys that are called back.
//!
//! ```text
//! enter ─► known, or the door is open ─► comes in        new link ─► Recall (the log) ─► Recalled ─► who stays is
//!      └─► waits ─► let in, or turned away                           told the code, the others are sent away
//! ```

use super::{Dialect, Effect, Entrance, Peer, PeerId, Room, Turn, decline, send, tell};
use crate::{
    access::{
        devices::person_of,
        keys::{Key, KeyHash},
    },
    log::{LogError, Recall, Recalled},
    room::terms::Recalling,
};
use samtavle_shared::{
    ids::PersonId,
    session::{Command, Door, Event, Refusal, Showing, WaitingView, tidy_name},
    wire::{ClientMessage, CloseCode, Frame, Role, ServerMessage},
};
use std::collections::{BTreeMap, BTreeSet};

/// Most who wait at a door: as many come late to the largest hall, and a facilitator need see no more.
const MAX_WAITING: usize = 100;

/// Longest message in which somebody says who they are.
const MAX_KNOCK_BYTES: usize = 1024;

/// What a room knows of its door.
#[derive(Default)]
pub(super) struct Doors {
    waiting: BTreeMap<PeerId, Waiter>,
    /// Numbers of those who wait are not used again.
    last_number: u32,
    turned_away: BTreeSet<PersonId>,
    /// The board's code, as it was told last; empty: it is over.
    code: Option<String>,
    /// Codes that went with keys that were called back: who was let by with one may have been looked up before that.
    former_codes: BTreeSet<String>,
    /// Devices that have shown walls here.
    walls: BTreeSet<PersonId>,
    /// The key by which facilitators come, once those of before were called back.
    lead: Option<KeyHash>,
}

struct Waiter {
    entrance: Entrance,
    number: u32,
    name: String,
    since: u64,
}

enum Admission {
    ComesIn,
    Waits,
    IsNotLetIn,
}

impl Doors {
    /// Does nobody wait?
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The socket has gone.
    pub(super) fn forget(&mut self, peer: PeerId) -> bool {
        self.waiting.remove(&peer).is_some()
    }

    /// Those who wait, the first first.
    pub(super) fn waiting(&self) -> Vec<WaitingView> {
        let view = |waiter: &Waiter| WaitingView {
            number: waiter.number,
            name: waiter.name.clone(),
            since: waiter.since,
        };
        let mut waiting: Vec<_> = self.waiting.values().map(view).collect();
        waiting.sort_by_key(|waiting| waiting.number);
        waiting
    }

    /// Those who are told now and then that they still wait.
    pub(super) fn waiting_peers(&self) -> Vec<PeerId> {
        self.waiting.keys().copied().collect()
    }

    fn peer_of(&self, number: u32) -> Option<PeerId> {
        let found = self
            .waiting
            .iter()
            .find(|(_, waiter)| waiter.number == number);
        found.map(|(peer, _)| *peer)
    }
}

impl Room {
    /// Somebody with a right key is at the door.
    pub(super) fn is_at_the_door(&mut self, peer: PeerId, entrance: Entrance, turn: &mut Turn) {
        let is_former_lead = entrance.role == Role::Facilitator
            && self.doors.lead.is_some_and(|key| key != entrance.key)
            && !(entrance.person(&self.board))
                .is_some_and(|person| self.workshop.session.has_lead_key(&person));
        if is_former_lead || self.doors.former_codes.contains(&entrance.code) {
            // Their key was looked up before it was called back.
            turn.effects.push(Effect::Close(peer, CloseCode::Restart));
            return;
        }
        self.learns_code(&entrance.code, turn);
        match self.admission(&entrance) {
            Admission::ComesIn => self.enter(peer, entrance, turn),
            Admission::Waits if self.doors.waiting.len() >= MAX_WAITING => {
                turn.effects.push(Effect::Close(peer, CloseCode::TooMany));
            }
            Admission::Waits => {
                turn.effects.push(tell(peer, &self.waits()));
                self.doors.last_number += 1;
                let waiter = Waiter {
                    entrance,
                    number: self.doors.last_number,
                    name: String::new(),
                    since: self.workshop.clock.at(turn.now),
                };
                self.doors.waiting.insert(peer, waiter);
                self.views.hurry();
                self.views.count_changed();
            }
            Admission::IsNotLetIn => shut_out(peer, &entrance, CloseCode::NotLetIn, turn),
        }
    }

    /// What is told to who waits.
    pub(super) fn waits(&self) -> ServerMessage {
        let names = self.workshop.session.showing() != Showing::Anonymous;
        ServerMessage::Waiting { names }
    }

    /// Who waits says who they are; nothing else of theirs is heard.
    pub(super) fn knocks(&mut self, peer: PeerId, bytes: &[u8]) {
        let Some(waiter) = self.doors.waiting.get_mut(&peer) else {
            return; // closed already; this was on its way
        };
        if let Ok(Frame::Ours(json)) = Frame::read(bytes)
            && json.len() <= MAX_KNOCK_BYTES
            && let Ok(ClientMessage::Knocks { name }) = serde_json::from_str(json)
            && self.workshop.session.showing() != Showing::Anonymous
        {
            waiter.name = tidy_name(&name);
            self.views.count_changed();
        }
    }

    fn admission(&self, entrance: &Entrance) -> Admission {
        let session = &self.workshop.session;
        let door = session.door();
        if door == Door::Open || entrance.role != Role::Participant {
            return Admission::ComesIn;
        }
        let Some(person) = entrance.person(&self.board) else {
            return Admission::IsNotLetIn;
        };
        if session.knows(&person) {
            Admission::ComesIn
        } else if door == Door::Ask && !self.doors.turned_away.contains(&person) {
            Admission::Waits
        } else {
            Admission::IsNotLetIn
        }
    }

    /// Commands that are about keys and sockets. `Some`: it was one.
    pub(super) fn door_command(
        &mut self,
        peer: PeerId,
        id: u32,
        command: &Command,
        turn: &mut Turn,
    ) -> Option<()> {
        match command {
            Command::NewLink => self.call_back(Recalled::All, Some((peer, id)), turn),
            Command::NewLeadLink => {
                let has_one = |sender: &Peer| sender.entrance.role == Role::Facilitator;
                if self.peers.get(&peer).is_some_and(has_one) {
                    self.call_back(Recalled::Lead, Some((peer, id)), turn);
                } else {
                    decline(peer, id, Refusal::NotYours, turn);
                }
            }
            Command::NewCode => self.call_back(Recalled::None, Some((peer, id)), turn),
            Command::LetIn { number } | Command::TurnAway { number } => {
                let waiter = self.doors.peer_of(*number);
                let Some((at, waiter)) =
                    waiter.and_then(|at| Some((at, self.doors.waiting.remove(&at)?)))
                else {
                    decline(peer, id, Refusal::TooLate, turn);
                    return Some(());
                };
                if matches!(command, Command::LetIn { .. }) {
                    self.enter(at, waiter.entrance, turn);
                } else {
                    let person = waiter.entrance.person(&self.board);
                    self.doors.turned_away.extend(person);
                    shut_out(at, &waiter.entrance, CloseCode::NotLetIn, turn);
                }
                self.views.count_changed();
                self.workshop.answers.push_back((self.last, peer, id));
                self.answer_commands(turn);
            }
            _ => return None,
        }
        Some(())
    }

    /// The door was set: those who wait come in, or do not.
    pub(super) fn door_changed(&mut self, turn: &mut Turn) {
        self.doors.turned_away.clear();
        let door = self.workshop.session.door();
        if door == Door::Ask {
            return;
        }
        for (peer, waiter) in std::mem::take(&mut self.doors.waiting) {
            match door {
                Door::Open => self.enter(peer, waiter.entrance, turn),
                Door::Ask | Door::Shut => {
                    shut_out(peer, &waiter.entrance, CloseCode::NotLetIn, turn);
                }
            }
        }
    }

    /// Those who were sent away among these events: no key lets them in, and those that were given for the code open
    /// nothing any more for who has not been here.
    pub(super) fn bar_the_removed(&self, events: &[Event], turn: &mut Turn) {
        let removed = events.iter().filter_map(|event| match event {
            Event::Person(id, person) if person.is_removed && person.scribe.is_none() => Some(id),
            _ => None,
        });
        let removed: Vec<PersonId> = removed.cloned().collect();
        if !removed.is_empty() {
            let recall = Recall {
                removed,
                ..self.recall(Recalled::Own)
            };
            turn.effects.push(Effect::Recall(Recalling {
                recall,
                answer: None,
                lead: None,
            }));
        }
    }

    /// Somebody with these keys was sent away: so are all who came by the same and are nobody in particular.
    pub(super) fn sends_away_who_came_by(&mut self, keys: &BTreeSet<KeyHash>, turn: &mut Turn) {
        let is_nobody = |_, peer: &Peer| {
            peer.person.is_none()
                && peer.entrance.role == Role::Participant
                && keys.contains(&peer.entrance.key)
        };
        for peer in self.peers_where(is_nobody) {
            self.close(peer, CloseCode::Removed, turn.now.steady, turn);
        }
    }

    fn call_back(&mut self, keys: Recalled, answer: Option<(PeerId, u32)>, turn: &mut Turn) {
        let recall = self.recall(keys);
        turn.effects.push(Effect::Recall(Recalling {
            recall,
            answer,
            lead: None,
        }));
    }

    fn recall(&self, keys: Recalled) -> Recall {
        let walls = self.peers.values().filter(|peer| peer.shows_a_wall());
        let session = &self.workshop.session;
        if keys == Recalled::Lead {
            return Recall {
                keys,
                but: Vec::new(),
                stays: session.those_with_a_lead_key().cloned().collect(),
                removed: Vec::new(),
                code: None,
                lead: None,
            };
        }
        let people = session.those_who_may_come_back();
        let walls_of = self
            .doors
            .walls
            .iter()
            .filter(|wall| !session.is_removed(wall));
        Recall {
            keys,
            but: walls.map(|peer| peer.entrance.key).collect(),
            stays: people.chain(walls_of).cloned().collect(),
            removed: Vec::new(),
            code: None,
            lead: None,
        }
    }

    /// Keys were called back, or could not be.
    pub(super) fn called_back(
        &mut self,
        recalling: &Recalling,
        done: Result<(), LogError>,
        turn: &mut Turn,
    ) {
        if let Err(error) = done {
            tracing::error!(target: "samtavle::room", board = %self.board, %error, "keys were not called back");
            if let Some((peer, id)) = recalling.answer {
                decline(peer, id, Refusal::NotSaved, turn);
            }
            return;
        }
        let recall = &recalling.recall;
        if let Some(code) = &recall.code {
            let former = self.doors.code.replace(code.to_string());
            if recall.keys == Recalled::All {
                self.doors.former_codes.extend(former);
            }
            self.tell_code(turn);
        }
        if recall.keys == Recalled::All {
            self.send_away_who_does_not_stay(recall, turn);
        }
        if let Some(key) = &recalling.lead {
            self.leads_by_another_key(key, turn);
        }
        if let Some((peer, id)) = recalling.answer {
            turn.effects.push(tell(peer, &ServerMessage::Done { id }));
        }
    }

    /// Facilitators who are here are handed the new key; who came by an old one as nobody in particular is sent away.
    fn leads_by_another_key(&mut self, key: &Key, turn: &mut Turn) {
        self.doors.lead = Some(key.hash());
        let leads = self.peers_where(|_, peer| peer.entrance.role == Role::Facilitator);
        for peer in leads {
            let session = &self.workshop.session;
            let person = self.peers.get(&peer).and_then(|peer| peer.person.as_ref());
            if person.is_some_and(|person| session.has_lead_key(person)) {
                let key = key.as_str().to_owned();
                turn.effects
                    .push(tell(peer, &ServerMessage::LeadKey { key }));
            } else {
                self.refuse_words(peer, "This link is not valid any more.", turn);
                self.close(peer, CloseCode::WrongKey, turn.now.steady, turn);
            }
        }
    }

    fn send_away_who_does_not_stay(&mut self, recall: &Recall, turn: &mut Turn) {
        let board = &self.board;
        let stays = |peer: &Peer| {
            let entrance = &peer.entrance;
            let person = entrance.person(board);
            entrance.role == Role::Facilitator
                || person.is_some_and(|person| recall.stays.contains(&person))
                || entrance.role == Role::Wall && recall.but.contains(&entrance.key)
        };
        for peer in self.peers_where(|_, peer| !stays(peer)) {
            self.refuse_words(peer, "This link is not valid any more.", turn);
            self.close(peer, CloseCode::WrongKey, turn.now.steady, turn);
        }
        for (peer, waiter) in std::mem::take(&mut self.doors.waiting) {
            shut_out(peer, &waiter.entrance, CloseCode::WrongKey, turn);
        }
        self.views.count_changed();
    }

    /// The code, as whoever comes in was told by the log.
    fn learns_code(&mut self, code: &str, turn: &mut Turn) {
        if self.doors.code.as_deref() != Some(code) {
            self.doors.code = Some(code.to_owned());
            self.tell_code(turn);
        }
    }

    fn tell_code(&self, turn: &mut Turn) {
        let code = self.doors.code.clone().unwrap_or_default();
        let message = ServerMessage::Code { code };
        let ours = self.peers_where(|_, peer| peer.entrance.dialect != Dialect::Standard);
        turn.effects
            .extend(ours.into_iter().map(|peer| tell(peer, &message)));
    }

    /// The code that is told to who comes in.
    pub(super) fn code(&self) -> String {
        self.doors.code.clone().unwrap_or_default()
    }

    /// A device shows a wall here.
    pub(super) fn is_shown_on(&mut self, wall: Option<PersonId>) {
        self.doors.walls.extend(wall);
    }

    /// How many walls show the board.
    pub(super) fn walls(&self) -> u32 {
        let walls = self.peers.values().filter(|peer| peer.shows_a_wall());
        u32::try_from(walls.count()).unwrap_or(u32::MAX)
    }
}

impl Peer {
    fn shows_a_wall(&self) -> bool {
        self.entrance.role == Role::Wall
    }
}

impl Entrance {
    /// Who it is, by their device.
    pub(super) fn person(&self, board: &samtavle_shared::ids::BoardId) -> Option<PersonId> {
        match &self.dialect {
            Dialect::Ours { device, .. } => person_of(board, device),
            Dialect::Standard => None,
        }
    }
}

/// Closes the socket of somebody who has not come in.
fn shut_out(peer: PeerId, entrance: &Entrance, code: CloseCode, turn: &mut Turn) {
    if entrance.dialect == Dialect::Standard {
        let words = "Nobody more is let in.";
        turn.effects.push(send(peer, Frame::Denied(words).write()));
    }
    turn.effects.push(Effect::Close(peer, code));
}
