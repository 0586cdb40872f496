//! Updates of the document as they come from sockets: who may make them, what is locked, and how they are
//! settled.

use super::{Dialect, Effect, Peer, PeerId, Room, send, tell};
use crate::{
    clock::Now,
    log::{Kind, Seq},
    room::document::{Document, Taken, Untaken},
};
use bytes::Bytes;
use samtavle_shared::{
    guard::{How, Permission, Rejection, Root, Touched},
    ids::{ClusterId, NoteId},
    session::Locks,
    wire::{CloseCode, Frame, RefusalCode, Role, ServerMessage},
};

impl Room {
    pub(super) fn update(
        &mut self,
        peer: PeerId,
        update: &[u8],
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let Some(sender) = self.peers.get_mut(&peer) else {
            return;
        };
        let frame = sender.receipts.frame();
        if self.cannot_hold(peer, frame, effects) {
            return;
        }
        let Some(sender) = self.peers.get(&peer) else {
            return;
        };
        let is_held_back = sender.is_held_back;
        let person = sender.person.clone();
        let mut added = Vec::new();
        match self.take(peer, update, &mut added) {
            Ok(Taken::News) => {
                let bytes = Bytes::copy_from_slice(update);
                self.append(Kind::Update, bytes.clone(), person.clone(), now, effects);
                self.waiting.push(Some(peer), bytes);
                if let Some(person) = person {
                    self.wrote(added, &person, now, effects);
                }
            }
            Ok(Taken::Nothing) => {}
            // It builds on what is held back already, and comes with it.
            Err(Untaken::Refused(Rejection::Gap)) if is_held_back => {
                self.refuse(
                    peer,
                    RefusalCode::Locked,
                    "it is locked",
                    Some(frame),
                    effects,
                );
            }
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
                match code {
                    RefusalCode::Locked => self.hold_back(peer),
                    RefusalCode::MayNotWrite | RefusalCode::MayNotName => {}
                    _ => return self.close(peer, close_code_of(code), now.steady, effects),
                }
            }
            Err(Untaken::Poisoned(why)) => {
                tracing::error!(target: "samtavle::room", board = %self.board, %why, "an update passed the guard and broke the document; it is not logged, and the document is made again");
                let words = "the update cannot be applied";
                self.refuse(
                    peer,
                    RefusalCode::NotOfTheSchema,
                    words,
                    Some(frame),
                    effects,
                );
                self.close(peer, CloseCode::Refused, now.steady, effects);
                effects.push(Effect::Rebuild);
                return;
            }
        }
        self.settle(peer, effects);
    }

    /// Takes an update to the document, if its sender may; `added` are the notes that it brings.
    fn take(
        &mut self,
        peer: PeerId,
        update: &[u8],
        added: &mut Vec<NoteId>,
    ) -> Result<Taken, Untaken> {
        let Some(sender) = self.peers.get(&peer) else {
            return Ok(Taken::Nothing);
        };
        if !sender.entrance.role.may_write() {
            return self.document.take(update, Permission::ReadOnly);
        }
        let session = &self.workshop.session;
        let leads = match &sender.person {
            Some(person) => session.leads(person),
            None => sender.entrance.role == Role::Facilitator,
        };
        let locks = session.locks();
        let permission = Permission::Write(self.workshop.naming());
        self.document
            .take_unless(update, permission, |board, touched| {
                if !leads && is_locked(board, locks, touched) {
                    return Err(Rejection::Locked);
                }
                let new = |thing: &&Touched| thing.root == Root::Notes && thing.how == How::Added;
                added.extend(
                    touched
                        .iter()
                        .filter(new)
                        .map(|note| NoteId::from(&*note.id)),
                );
                Ok(())
            })
    }

    pub(super) fn hold_back(&mut self, peer: PeerId) {
        if let Some(peer) = self.peers.get_mut(&peer) {
            peer.is_held_back = true;
        }
    }

    /// The newest frame of a peer is settled with the newest record.
    fn settle(&mut self, peer: PeerId, effects: &mut Vec<Effect>) {
        let (last, on_disk) = (self.last, self.on_disk);
        if let Some(sender) = self.peers.get_mut(&peer) {
            sender.receipts.waits_for(last);
            tell_receipts(peer, sender, on_disk, effects);
        }
    }

    pub(super) fn tell_saved(&mut self, seq: Seq, effects: &mut Vec<Effect>) {
        self.on_disk = self.on_disk.max(seq);
        for (peer, sender) in &mut self.peers {
            tell_receipts(*peer, sender, self.on_disk, effects);
        }
    }
}

/// Whether something of this may not be changed just now: all of it, or a cluster with its notes.
fn is_locked(board: &Document, locks: &Locks, touched: &[Touched]) -> bool {
    let holds = |cluster: &str| locks.clusters.contains(&ClusterId::from(cluster));
    let is_held = |thing: &Touched| match thing.root {
        Root::Clusters => holds(&thing.id),
        Root::Notes => {
            let from = board.cluster_of(&NoteId::from(&*thing.id));
            locks.hold(from.as_ref()) || thing.joins.as_deref().is_some_and(holds)
        }
        _ => false,
    };
    locks.board || (!locks.clusters.is_empty() && touched.iter().any(is_held))
}

fn refusal_code_of(rejection: Rejection) -> RefusalCode {
    match rejection {
        Rejection::Malformed(_) | Rejection::Gap => RefusalCode::Malformed,
        Rejection::TooLarge(_) => RefusalCode::TooLarge,
        Rejection::UnknownRoot | Rejection::NotOfTheSchema(_) | Rejection::BoardsToSay => {
            RefusalCode::NotOfTheSchema
        }
        Rejection::MayNotWrite => RefusalCode::MayNotWrite,
        Rejection::MayNotName => RefusalCode::MayNotName,
        Rejection::Locked => RefusalCode::Locked,
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
