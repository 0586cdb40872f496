//! Updates of the document as they come from sockets: who may make them, what is locked, and how they are
//! settled. Whose doing they were is in `writers.rs`.

use super::{
    Dialect, Peer, PeerId, Room, Turn,
    holders::{Holder, holder_of, is_foreign, is_theirs},
    rights::PutRight,
    send, tell,
    terms::Why,
    withheld::OnHidden,
    writers::{Came, Doing},
};
use crate::{
    clock::Now,
    log::Seq,
    room::{
        document::{Document, Taken, Untaken},
        proof::Proof,
    },
};
use bytes::Bytes;
use samtavle_shared::{
    board::{ItemId, Said},
    guard::{Authors, Permission, Rejection, Root, Says, Sender, Touched},
    ids::{BoardId, ClusterId, LinkId, NoteId, PersonId, VoiceId},
    session::{Locks, Session},
    wire::{CloseCode, Frame, RefusalCode, Role, ServerMessage},
};
use std::borrow::Cow;

/// What is left out of an update.
const NOT_YOURS: Why = (
    RefusalCode::NotYours,
    "some of it is under the client id of somebody else",
);
/// Something may not be changed just now.
const LOCKED: Why = (RefusalCode::Locked, "it is locked");

/// It waits until its sender may make the room work so much again.
const BUSY: Why = (RefusalCode::NotSaved, "it is much to merge, and waits");
/// Steps of merging that are nobody's burden.
const FEW_STEPS: u64 = 10_000;
/// There is no room for it.
const FULL: Why = (RefusalCode::Full, "there is no room for it");

/// With it something would be longer than may be.
const TOO_LONG: Why = (RefusalCode::TooLarge, "it is too long");

/// How an update comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coming {
    /// As it is made; or as a piece of what is handed over.
    Alone,
    /// As all that its sender had and the room lacked, or the last piece of it.
    HandedOver,
}

/// What is to be remembered of an update before the document takes it.
struct Before {
    doing: Doing,
    /// Others' client ids, under which it brings what the room does not have.
    foreign: Vec<u64>,
    /// Whether its sender facilitates: nothing is locked for them.
    leads: bool,
    /// How much it is to merge.
    steps: u64,
    /// Whose work that is.
    whose_steps: PersonId,
    /// What its sender may not do.
    put_right: PutRight,
    /// What the board itself said of notes of which the update says something in its name.
    said: Vec<(NoteId, Said)>,
    /// What it says on hidden notes.
    on_hidden: OnHidden,
}

impl Room {
    pub(super) fn update(&mut self, peer: PeerId, update: &[u8], coming: Coming, turn: &mut Turn) {
        let Some(sender) = self.peers.get_mut(&peer) else {
            return;
        };
        let frame = sender.receipts.frame();
        if self.cannot_hold(peer, frame, turn) {
            return;
        }
        let Some(sender) = self.peers.get(&peer) else {
            return;
        };
        let held_back = sender.held_back;
        let mut before = Before {
            doing: Doing::default(),
            foreign: Vec::new(),
            leads: false,
            steps: 0,
            // Standard clients are nobody, all together.
            whose_steps: sender.person.clone().unwrap_or_else(|| PersonId::from("")),
            put_right: PutRight::default(),
            said: Vec::new(),
            on_hidden: OnHidden::default(),
        };
        let mut taken = self.take_if_allowed(peer, update, turn.now, &mut before);
        let mut is_left_out = false;
        let mut update = Cow::Borrowed(update);
        if let Err(Untaken::Refused(Rejection::NotYours)) = taken {
            is_left_out = true;
            tracing::info!(target: "samtavle::room", board = %self.board, clients = before.foreign.len(), "what is under others' client ids was left out");
            self.ask_those_who_hold(peer, &before.foreign, turn);
            let rest = self.without(&update, &before.foreign);
            taken = match &rest {
                Some(rest) => self.take_if_allowed(peer, rest, turn.now, &mut before),
                None => Ok(Taken::Nothing),
            };
            update = rest.unwrap_or_default().into();
        }
        if taken.is_ok() && before.steps > FEW_STEPS {
            let allowances = &mut self.workshop.allowances;
            allowances.merged(&before.whose_steps, before.steps, turn.now.steady);
        }
        // There may be room turn.now for what had none.
        let deletes = before.doing.deletes();
        match taken {
            Ok(taken @ (Taken::News | Taken::Part(_))) => {
                // Of a part its sender must hear, too: it is sent to all.
                let (bytes, sender) = match taken {
                    Taken::Part(bytes) => (bytes, None),
                    _ => (Bytes::copy_from_slice(&update), Some(peer)),
                };
                let is_part = sender.is_none();
                let came = &Came::of(sender, std::mem::take(&mut before.on_hidden));
                let doing = std::mem::take(&mut before.doing);
                let Ok(held) = self.took(peer, &bytes, came, doing, turn) else {
                    return self.make_again(turn);
                };
                let put_right = std::mem::take(&mut before.put_right).with_notes(held);
                let mut done = self.put_right(peer, frame, put_right, turn);
                if is_part && done.is_ok() {
                    tracing::info!(target: "samtavle::room", board = %self.board, notes = before.said.len(), "what only the board itself says was put aside");
                    done = self.change(None, turn, |board| {
                        for (note, said) in &before.said {
                            board.say_again(note, said);
                        }
                    });
                }
                if done.is_err() {
                    return self.make_again(turn);
                }
            }
            Ok(Taken::Nothing) => {}
            // It builds on what was left out, and may come when whoever wrote that has handed it over.
            Err(Untaken::Refused(Rejection::Gap)) if is_left_out => {
                return self.hold_back(peer, frame, NOT_YOURS, turn);
            }
            // It builds on what is held back already, and comes with it.
            Err(Untaken::Refused(Rejection::Gap)) if let Some(why) = held_back => {
                // It may be what makes it fit.
                if why != LOCKED {
                    self.room_may_be_free(turn.now);
                }
                return self.hold_back(peer, frame, why, turn);
            }
            Err(Untaken::Refused(Rejection::TooLarge(limit)))
                if limit.is_passed_by_people() && self.speaks_ours(peer) =>
            {
                tracing::info!(target: "samtavle::room", board = %self.board, %limit, "an update is too long");
                return self.hold_back(peer, frame, TOO_LONG, turn);
            }
            Err(Untaken::Refused(Rejection::Busy)) => {
                self.hold_back(peer, frame, BUSY, turn);
                return self.room_may_be_free(turn.now);
            }
            Err(Untaken::Refused(Rejection::Full(what, whose))) => {
                tracing::info!(target: "samtavle::room", board = %self.board, ?what, ?whose, "there is no room for an update");
                if self.speaks_ours(peer) {
                    turn.effects
                        .push(tell(peer, &ServerMessage::Full { what, whose }));
                }
                return self.hold_back(peer, frame, FULL, turn);
            }
            Err(Untaken::Refused(Rejection::Gap)) => {
                // No offence: it has more than it sent. Ask for all of it.
                self.settle_later(peer);
                return self.ask_for_all(&[peer], turn);
            }
            Err(Untaken::Refused(rejection)) => {
                let code = refusal_code_of(rejection);
                tracing::info!(target: "samtavle::room", board = %self.board, ?code, %rejection, "an update was refused");
                match code {
                    RefusalCode::Locked => return self.hold_back(peer, frame, LOCKED, turn),
                    RefusalCode::MayNotWrite => {
                        self.refuse(peer, code, &rejection.to_string(), Some(frame), turn);
                    }
                    _ => {
                        self.refuse(peer, code, &rejection.to_string(), Some(frame), turn);
                        return self.close(peer, close_code_of(code), turn.now.steady, turn);
                    }
                }
            }
            Err(Untaken::Poisoned(why)) => {
                tracing::error!(target: "samtavle::room", board = %self.board, %why, "an update passed the guard and broke the document; it is not logged, and the document is made again");
                let words = "the update cannot be applied";
                self.refuse(peer, RefusalCode::NotOfTheSchema, words, Some(frame), turn);
                self.close(peer, CloseCode::Refused, turn.now.steady, turn);
                return self.make_again(turn);
            }
        }
        if is_left_out {
            let (code, words) = NOT_YOURS;
            self.refuse(peer, code, words, Some(frame), turn);
        }
        if before.leads || deletes || coming == Coming::HandedOver {
            self.room_may_be_free(turn.now);
        }
        self.settle(peer, coming, turn);
    }

    /// Takes an update to the document, if its sender may.
    fn take_if_allowed(
        &mut self,
        peer: PeerId,
        update: &[u8],
        now: Now,
        before: &mut Before,
    ) -> Result<Taken, Untaken> {
        let allowances = &mut self.workshop.allowances;
        let steps_left = allowances.steps_left(&before.whose_steps, now.steady);
        let Some(sender) = self.peers.get(&peer) else {
            return Ok(Taken::Nothing);
        };
        if !sender.entrance.role.may_write() {
            return self.document.take_update(update, Permission::ReadOnly);
        }
        let (session, peers) = (&self.workshop.session, &self.peers);
        let leads = match &sender.person {
            Some(person) => session.leads(person),
            None => sender.entrance.role == Role::Facilitator,
        };
        let people = &self.people;
        let is_theirs = |client| is_theirs(session, people, (peer, sender), client);
        let whose = match &sender.person {
            _ if leads => Sender::Lead,
            Some(person) => Sender::Person(person, &is_theirs),
            None => Sender::Nobody,
        };
        let locks = session.locks();
        let rights = session.rights();
        let authors = Speakers {
            session,
            sender,
            board: &self.board,
        };
        let permission = Permission::Write(self.workshop.naming());
        self.document
            .take_unless(whose, &authors, update, permission, |board, brought| {
                let is_foreign = |client: &u64| is_foreign(board, session, peers, sender, *client);
                before.foreign = brought.writers.iter().copied().filter(is_foreign).collect();
                if !before.foreign.is_empty() {
                    return Err(Rejection::NotYours);
                }
                if !leads && is_locked(board, locks, &brought.touched) {
                    return Err(Rejection::Locked);
                }
                if !leads && brought.steps > FEW_STEPS && brought.steps > steps_left {
                    return Err(Rejection::Busy);
                }
                before.steps = brought.steps;
                let notes = brought.notes_aside.iter();
                before.said = notes
                    .map(|note| (note.clone(), board.read(|view| view.said_of(note))))
                    .collect();
                if !leads {
                    before.put_right = PutRight::before(board, rights, &brought.touched);
                }
                let had = || board.state_vector();
                before.on_hidden = OnHidden::in_update(session, &brought.touched, had);
                before.doing = Doing::of(board, brought, leads);
                before.leads = leads;
                Ok(())
            })
    }

    /// It may not come just now. Its sender keeps it, and is asked for it when it may; until then neither
    /// this frame nor any after it is settled.
    pub(super) fn hold_back(&mut self, peer: PeerId, frame: u64, why: Why, turn: &mut Turn) {
        if let Some(sender) = self.peers.get_mut(&peer) {
            // What builds on it waits as under a lock, unless its sender can make it fit.
            let can_be_made_to_fit = why == FULL || why == TOO_LONG;
            sender.held_back = Some(if can_be_made_to_fit { why } else { LOCKED });
        }
        self.settle_later(peer);
        let (code, words) = why;
        self.refuse(peer, code, words, Some(frame), turn);
    }

    /// What the newest frame says comes again with all that its sender has.
    fn settle_later(&mut self, peer: PeerId) {
        if let Some(sender) = self.peers.get_mut(&peer) {
            sender.receipts.missed();
        }
    }

    /// Asks people for all that they have and the room lacks.
    pub(super) fn ask_for_all(&mut self, whom: &[PeerId], turn: &mut Turn) {
        let step_1 = Frame::SyncStep1(&self.document.state_vector()).write();
        for id in whom {
            if let Some(peer) = self.peers.get_mut(id) {
                peer.receipts.asks();
                turn.effects.push(send(*id, step_1.clone()));
            }
        }
    }

    /// Whoever wrote something that another hands over after a loss, and is here, hands it over themselves.
    fn ask_those_who_hold(&mut self, peer: PeerId, clients: &[u64], turn: &mut Turn) {
        if !self
            .peers
            .get(&peer)
            .is_some_and(|sender| sender.proof == Proof::OfALoss)
        {
            return;
        }
        let session = &self.workshop.session;
        let holds = |other: &Peer| {
            let holds = |client: &u64| holder_of(session, other, *client) == Holder::Sender;
            !other.receipts.hands_over() && clients.iter().any(holds)
        };
        let whom = self.peers_where(|_, other| holds(other));
        self.ask_for_all(&whom, turn);
    }

    /// The newest frame of a peer is settled with the newest record.
    fn settle(&mut self, peer: PeerId, coming: Coming, turn: &mut Turn) {
        let (last, on_disk) = (self.last, self.on_disk);
        if let Some(sender) = self.peers.get_mut(&peer) {
            if coming == Coming::HandedOver {
                sender.receipts.handed_over();
            }
            sender.receipts.waits_for(last);
            tell_receipts(peer, sender, on_disk, turn);
        }
    }

    pub(super) fn tell_saved(&mut self, seq: Seq, turn: &mut Turn) {
        self.on_disk = self.on_disk.max(seq);
        for (peer, sender) in &mut self.peers {
            tell_receipts(*peer, sender, self.on_disk, turn);
        }
    }
}

/// Whether something of this may not be changed just now: all of it, or a cluster with its notes.
fn is_locked(board: &Document, locks: &Locks, touched: &[Touched]) -> bool {
    let holds = |cluster: &str| locks.clusters.contains(&ClusterId::from(cluster));
    let holds_end = |end: &ItemId| match end {
        ItemId::Note(note) => locks.hold(board.cluster_of(note).as_ref()),
        ItemId::Cluster(cluster) => locks.clusters.contains(cluster),
    };
    let is_held = |thing: &Touched| match thing.root {
        Root::Clusters => holds(&thing.id),
        Root::Notes => {
            let from = board.cluster_of(&NoteId::from(&*thing.id));
            locks.hold(from.as_ref()) || thing.joins.iter().any(|joined| holds(joined))
        }
        Root::Links => {
            let link = LinkId::from(&*thing.id);
            let ends = board
                .read(|view| view.link(&link))
                .map(|link| [link.from, link.to]);
            let mut given = thing.joins.iter().filter_map(|end| ItemId::read(end));
            ends.iter().flatten().any(holds_end) || given.any(|end| holds_end(&end))
        }
        _ => false,
    };
    locks.board || (!locks.clusters.is_empty() && touched.iter().any(is_held))
}

/// Who may speak as whom: by one's own name and nobody else's, as a voice that the board has.
struct Speakers<'a> {
    session: &'a Session,
    sender: &'a Peer,
    board: &'a BoardId,
}

impl Authors for Speakers<'_> {
    fn may_speak(&self, client: u64, says: Says, words: &str) -> bool {
        match says {
            Says::Voice => self.session.has_voice(&VoiceId::from(words)),
            Says::Name => {
                let holder = self.session.writer_as(client).cloned();
                let own = || match &self.sender.entrance.dialect {
                    Dialect::Ours { .. } => self.sender.entrance.person(self.board),
                    Dialect::Standard => None,
                };
                self.session
                    .may_be_called(holder.or_else(own).as_ref(), words)
            }
        }
    }
}

fn refusal_code_of(rejection: Rejection) -> RefusalCode {
    match rejection {
        Rejection::Malformed(_) | Rejection::Gap => RefusalCode::Malformed,
        Rejection::TooLarge(_) => RefusalCode::TooLarge,
        Rejection::UnknownRoot | Rejection::NotOfTheSchema(_) => RefusalCode::NotOfTheSchema,
        Rejection::MayNotWrite => RefusalCode::MayNotWrite,
        Rejection::Busy => RefusalCode::NotSaved,
        Rejection::Full(..) => RefusalCode::Full,
        Rejection::NotYours => RefusalCode::NotYours,
        Rejection::Locked => RefusalCode::Locked,
    }
}

fn close_code_of(code: RefusalCode) -> CloseCode {
    match code {
        RefusalCode::TooLarge => CloseCode::TooLarge,
        _ => CloseCode::Refused,
    }
}

fn tell_receipts(peer: PeerId, sender: &mut Peer, on_disk: Seq, turn: &mut Turn) {
    if let Some(frames) = sender.receipts.on_disk(on_disk)
        && sender.entrance.dialect != Dialect::Standard
    {
        turn.effects
            .push(tell(peer, &ServerMessage::Saved { frames }));
    }
}
