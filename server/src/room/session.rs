//! The session in a room: people come in, command, and are answered once it is on disk.
//!
//! ```text
//! command ─► Session::handle ─► edits (the document; edits.rs) ─► events (one record) ─► … on disk ─► done
//!                   └─► declined, at once                             └─► views that changed (views.rs)
//! ```

use super::{
    Class, Effect, Peer, PeerId, Room, Turn, allowance::Asker, decline, tell, views::send_to,
};
use crate::{
    clock::Now,
    log::{Kind, Record},
    room::{document::new_client, facts::World, presence::Telling, terms::Caller},
};
use bytes::Bytes;
use samtavle_shared::{
    geometry::BoardRect,
    ids::{NoteId, PersonId},
    limits::MAX_ID_BYTES,
    session::{Actor, Command, Event, Outcome, Refusal, Showing, Timer, can_be_looked_at},
    wire::{CloseCode, Role, ServerMessage},
};
use std::{collections::BTreeSet, sync::Arc};

/// Most notes of which a room remembers that one person, or all together, have seen them: it is soft
/// state that makes disturbances better, and nothing else.
const MAX_SEEN_BY_ONE: usize = 2_000;
const MAX_SEEN: usize = 200_000;
/// How long somebody may be away before the round of turns goes on without them: a phone that was
/// locked, a server that started again.
const TURNS_WAIT_MS: u64 = 15_000;
/// A machine's clock is set evenly by small steps now and then; more than this is a jump.
const CLOCK_WAS_SET_MS: u64 = 2_000;
/// How long a facilitator's changes gather before those who are held back are asked again.
const HELD_BACK_WAIT_MS: u64 = 1_000;

impl Room {
    /// Somebody comes in; `Err`: they may not.
    pub(super) fn arrives(
        &mut self,
        person: &PersonId,
        role: Role,
        turn: &mut Turn,
    ) -> Result<(), CloseCode> {
        let mut arrival = self.workshop.session.arrive(person, role);
        if arrival == Err(Refusal::TooMany)
            && let Some(forgotten) =
                (self.workshop.session).who_may_be_forgotten(&self.workshop.here)
        {
            self.workshop.session.apply(forgotten.clone());
            self.happened(&[forgotten], turn);
            arrival = self.workshop.session.arrive(person, role);
        }
        let arrival = arrival.map_err(|refusal| match refusal {
            Refusal::Removed => CloseCode::Removed,
            _ => CloseCode::TooMany,
        })?;
        if let Some(event) = arrival {
            self.workshop.session.apply(event.clone());
            self.happened(&[event], turn);
        }
        if self.workshop.here.insert(person.clone()) {
            self.somebody_came_or_went(turn.now.steady);
        }
        Ok(())
    }

    /// The last socket of a person may have gone.
    pub(super) fn has_left(&mut self, gone: &Peer, steady: u64) {
        let Some(person) = &gone.person else { return };
        let is_here = |peer: &Peer| peer.person.as_ref() == Some(person);
        if !self.peers.values().any(is_here) && self.workshop.here.remove(person) {
            self.views.forgets(person);
            self.somebody_came_or_went(steady);
        }
    }

    fn somebody_came_or_went(&mut self, steady: u64) {
        let look_at = &mut self.workshop.turns_look_at;
        look_at.get_or_insert(steady + TURNS_WAIT_MS);
    }

    /// Somebody asks the session for something.
    pub(super) fn command(&mut self, peer: PeerId, id: u32, command: Command, turn: &mut Turn) {
        let Some(sender) = self.peers.get(&peer) else {
            return;
        };
        let role = sender.entrance.role;
        let caller = Arc::clone(&sender.entrance.caller);
        let Some(person) = sender.person.clone() else {
            return decline(peer, id, Refusal::NotYours, turn);
        };
        let leads = self.workshop.session.leads(&person);
        let allowances = &mut self.workshop.allowances;
        let asker = Asker {
            person: &person,
            leads,
            address: caller.address,
        };
        let may = allowances.take_command(asker, command.is_costly(), turn.now.steady);
        if may.is_err() {
            return decline(peer, id, Refusal::TooOften, turn);
        }
        if leads && self.door_command(peer, id, &command, turn).is_some() {
            return self.views.hurry();
        }
        let is_urgent = command.is_urgent();
        match self.decide(command, &Actor { person, role }, &caller, turn.now) {
            Err(refusal) => decline(peer, id, refusal, turn),
            Ok(outcome) => self.carry_out(peer, id, outcome, turn),
        }
        if is_urgent {
            self.views.hurry();
        }
    }

    fn decide(
        &mut self,
        command: Command,
        actor: &Actor,
        caller: &Caller,
        now: Now,
    ) -> Result<Outcome, Refusal> {
        let workshop = &mut self.workshop;
        let seed = workshop.next_seed();
        let world = World {
            document: &self.document,
            now: workshop.clock.at(now),
            seed,
            here: &workshop.here,
            seen: &workshop.seen,
            kept: &workshop.kept,
            caller,
        };
        let outcome = workshop.session.decide(command, actor, &world)?;
        // What the server itself changes is shown when it is on disk: that may be long from now.
        if self.saving.is_stuck() && outcome.changes_the_board() {
            return Err(Refusal::NotSaved);
        }
        for event in &outcome.events {
            // Whoever wrote for them may do so no longer, and is told that.
            if let Event::Person(id, _) = event {
                self.views.affects(workshop.session.hand(id));
            }
            workshop.session.apply(event.clone());
        }
        Ok(outcome)
    }

    fn carry_out(&mut self, peer: PeerId, id: u32, outcome: Outcome, turn: &mut Turn) {
        let who = self.peers.get(&peer).and_then(|peer| peer.person.clone());
        let Ok(later) = self.make(outcome.edits, who.as_ref(), turn) else {
            // The session in memory is ahead of the log now: both are made again from it.
            decline(peer, id, Refusal::Nothing, turn);
            return self.make_again(turn);
        };
        self.happened(&outcome.events, turn);
        self.workshop.answers.push_back((self.last, peer, id));
        self.answer_commands(turn);
        let last = self.last;
        for person in later.to_take_back {
            self.workshop.to_take_back.push_back((last, person));
        }
        // After the records that it holds.
        turn.effects
            .extend(later.checkpoints.into_iter().map(Effect::Checkpoint));
    }

    /// Writes down what happened, in one record, so that it is on disk whole or not at all; and does what
    /// follows from it.
    pub(super) fn happened(&mut self, events: &[Event], turn: &mut Turn) {
        if events.is_empty() {
            return;
        }
        let mut written = Vec::new();
        if let Some(script) = self.workshop.unwritten.take() {
            written.push(Event::Phases(script.phases));
            written.push(Event::Voices(script.voices));
        }
        if !std::mem::replace(&mut self.workshop.is_opening_written, true) {
            for event in self.workshop.proofs.begin(new_client) {
                self.workshop.proofs.take_event(&event, self.last + 1);
                written.push(event);
            }
        }
        written.extend(events.iter().cloned());
        // JSON can hold every event: their keys are strings.
        let bytes = serde_json::to_vec(&written).unwrap_or_default();
        // Before the record: who is told that it is done can rely on it.
        self.bar_the_removed(events, turn);
        self.append(Kind::Session, bytes.into(), None, turn);
        for event in events {
            self.follows_from(event, turn);
            let session = &self.workshop.session;
            self.views.note(event, |person| session.hand(person));
            for person in session.told_of(event) {
                self.views.affects(person);
            }
        }
    }

    fn follows_from(&mut self, event: &Event, turn: &mut Turn) {
        match event {
            Event::Person(id, person) if person.is_removed => {
                self.document.is_removed(id);
                let theirs = self.peers_where(|_, peer| peer.person.as_ref() == Some(id));
                let mut keys = BTreeSet::new();
                for peer in theirs {
                    keys.extend(self.peers.get(&peer).map(|peer| peer.entrance.key));
                    self.close(peer, CloseCode::Removed, turn.now.steady, turn);
                }
                self.sends_away_who_came_by(&keys, turn);
            }
            Event::Person(..) => {
                self.ask_those_held_back(turn);
                self.somebody_came_or_went(turn.now.steady);
            }
            Event::Locks(_) => self.ask_those_held_back(turn),
            Event::Hidden(note, true) => self.hides(note, turn),
            Event::Hidden(note, false) => _ = self.workshop.traces.remove(note),
            Event::Followed(_) => self.workshop.look = None,
            Event::Door(_) => self.door_changed(turn),
            Event::Showing(showing) => {
                self.people.tell(Telling::on(*showing), turn.now.steady);
                let is_less = self.workshop.session.names_to_forget().is_some();
                self.workshop.names_go_after = is_less.then_some(self.last);
            }
            _ => {}
        }
    }

    /// Somebody who facilitates has changed the board: what is in a locked cluster may be out of it.
    pub(super) fn look_at_those_held_back(&mut self, turn: &mut Turn) {
        if (self.workshop.held_back_look_at).is_some_and(|at| turn.now.steady >= at) {
            self.workshop.held_back_look_at = None;
            self.ask_those_held_back(turn);
        }
    }

    /// Something went: what there was no room for is asked for again.
    pub(super) fn room_may_be_free(&mut self, now: Now) {
        if self.peers.values().any(|peer| peer.held_back.is_some()) {
            let look_at = &mut self.workshop.held_back_look_at;
            look_at.get_or_insert(now.steady + HELD_BACK_WAIT_MS);
        }
    }

    /// What was held back is asked for again: if it still may not come, it is refused
    /// once more.
    pub(super) fn ask_those_held_back(&mut self, turn: &mut Turn) {
        let mut held_back = Vec::new();
        for (id, peer) in &mut self.peers {
            if peer.held_back.take().is_some() {
                held_back.push(*id);
            }
        }
        self.ask_for_all(&held_back, turn);
    }

    /// These were in front of somebody long enough to be read.
    pub(super) fn saw(&mut self, peer: PeerId, notes: Vec<NoteId>) {
        let Some(person) = self.peers.get(&peer).and_then(|peer| peer.person.clone()) else {
            return;
        };
        let workshop = &mut self.workshop;
        let seen = workshop.seen.entry(person).or_default();
        let room = (MAX_SEEN_BY_ONE.saturating_sub(seen.len()))
            .min(MAX_SEEN.saturating_sub(workshop.seen_in_all));
        let before = seen.len();
        let short = notes
            .into_iter()
            .filter(|note| note.as_str().len() <= MAX_ID_BYTES);
        seen.extend(short.take(room));
        workshop.seen_in_all += seen.len() - before;
    }

    /// Whoever is followed sees another part of the board. It is told, and nowhere written down.
    pub(super) fn looks(&mut self, peer: PeerId, rect: BoardRect, turn: &mut Turn) {
        let person = self.peers.get(&peer).and_then(|peer| peer.person.as_ref());
        let is_followed = person.is_some_and(|one| self.workshop.session.is_followed(one));
        if !is_followed || !can_be_looked_at(rect) {
            return;
        }
        self.workshop.look = Some(rect);
        let to = self.peers_where(|id, other| id != peer && other.is_ours() && other.was_told);
        send_to(to, &ServerMessage::Look { rect }, Class::Presence, turn);
    }

    /// Tells those whose commands are on disk, and lets what waited for it begin.
    pub(super) fn answer_commands(&mut self, turn: &mut Turn) {
        let on_disk = self.on_disk;
        let naming = self.workshop.naming();
        let workshop = &mut self.workshop;
        while let Some((_, peer, id)) = workshop.answers.pop_front_if(|(seq, ..)| *seq <= on_disk) {
            if self.peers.contains_key(&peer) {
                turn.effects.push(tell(peer, &ServerMessage::Done { id }));
            }
        }
        while let Some((_, person)) = workshop
            .to_take_back
            .pop_front_if(|(seq, _)| *seq <= on_disk)
        {
            turn.effects.push(Effect::TakeBack(person, naming));
        }
        if workshop.names_go_after.is_some_and(|seq| seq <= on_disk) {
            workshop.names_go_after = None;
            let showing = workshop.session.names_to_forget();
            turn.effects.extend(showing.map(Effect::ForgetNames));
        }
    }

    /// What is on disk tells no more of who wrote than this shows.
    pub(super) fn names_are_gone(&mut self, showing: Showing, turn: &mut Turn) {
        // Else it was set anew meanwhile, and is looked at by itself.
        let session = &mut self.workshop.session;
        if session.names_to_forget() == Some(showing) {
            let mut events = vec![Event::NamesGone(showing)];
            if showing == Showing::Anonymous {
                // Boards of former versions knew them still.
                events.extend(session.forgotten_names());
            }
            for event in &events {
                session.apply(event.clone());
            }
            self.happened(&events, turn);
        }
    }

    /// All that somebody did who was removed is undone by this update, if by any.
    pub(super) fn taken_back(
        &mut self,
        person: &PersonId,
        update: Option<&Bytes>,
        turn: &mut Turn,
    ) {
        if let Some(update) = update
            && self.take_own(update, turn).is_err()
        {
            return self.make_again(turn);
        }
        self.room_may_be_free(turn.now);
        let event = Event::TakenBack(person.clone());
        self.workshop.session.apply(event.clone());
        self.happened(&[event], turn);
        self.forgets_hidden_of(person, turn);
    }

    /// Somebody has set the machine's clock while the time of a phase runs: the session's goes on evenly, also
    /// in the next server.
    pub(super) fn look_at_the_clock(&mut self, turn: &mut Turn) {
        let workshop = &mut self.workshop;
        let runs = matches!(workshop.session.stage().timer(), Some(Timer::Runs { .. }));
        let ahead = workshop.clock.ahead(turn.now);
        if runs && ahead.abs_diff(workshop.session.clock_ahead()) >= CLOCK_WAS_SET_MS {
            let event = Event::ClockAhead(ahead);
            workshop.session.apply(event.clone());
            self.happened(&[event], turn);
        }
    }

    /// The round of turns goes on with those who are here.
    pub(super) fn look_at_turns(&mut self, turn: &mut Turn) {
        let workshop = &mut self.workshop;
        if workshop.turns_look_at.is_none_or(|at| turn.now.steady < at) {
            return;
        }
        workshop.turns_look_at = None;
        if let Some(event) = workshop
            .session
            .turns_with(&workshop.here, workshop.clock.at(turn.now))
        {
            workshop.session.apply(event.clone());
            self.happened(&[event], turn);
        }
    }

    /// Writes a record.
    pub(super) fn append(
        &mut self,
        kind: Kind,
        bytes: Bytes,
        person: Option<PersonId>,
        turn: &mut Turn,
    ) {
        self.last += 1;
        turn.effects.push(Effect::Append(Record {
            seq: self.last,
            kind,
            bytes,
            at: turn.now.wall,
            person,
        }));
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
