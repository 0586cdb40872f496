//! What each is shown of the session, and when: what all may see, what one may see of their own, what
//! facilitators see besides. Only what changed is sent, what is the same for all encoded once; the first
//! after quiet as soon as what it tells is on disk.

use super::{Class, Dialect, Effect, Peer, PeerId, Room, Turn};
use crate::room::document::new_client;
use samtavle_shared::{
    ids::PersonId,
    session::{Event, LeadView, SharedView},
    wire::{Frame, Role, ServerMessage},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{BuildHasher, RandomState},
};

/// Shortest time between two views to the same socket.
const SHORTEST_TICK_MS: u64 = 125;
/// Longest that a mere count (how many drafts, how many here) may wait: 300 people in silence write
/// several a second.
const LONGEST_TICK_MS: u64 = 1_000;
/// All are told how the session stands at least this often: for a client of ours silence means a dead line.
const EVERY_MS: u64 = 10_000;

/// What was told to whom.
pub(super) struct Views {
    shared: SharedView,
    /// To each who facilitates.
    lead: BTreeMap<PersonId, LeadView>,
    /// Of what each person was told of their own, a hash.
    own: BTreeMap<PersonId, u64>,
    hasher: RandomState,
    /// What is told to all may have changed.
    is_news: bool,
    /// It is more than a count.
    is_urgent: bool,
    /// Whose own view may have changed.
    affected: Affected,
    /// Somebody has come who was told nothing yet.
    is_expected: bool,
    told_at: u64,
    told_all_at: u64,
    own_told_at: u64,
}

/// Whose own view may have changed.
enum Affected {
    These(BTreeSet<PersonId>),
    Everybody,
}

impl Default for Views {
    fn default() -> Self {
        Self {
            shared: SharedView::default(),
            lead: BTreeMap::new(),
            own: BTreeMap::new(),
            hasher: RandomState::new(),
            is_news: false,
            is_urgent: false,
            affected: Affected::These(BTreeSet::new()),
            is_expected: false,
            told_at: 0,
            told_all_at: 0,
            own_told_at: 0,
        }
    }
}

impl Affected {
    fn is_nobody(&self) -> bool {
        matches!(self, Self::These(these) if these.is_empty())
    }

    fn includes(&self, person: &PersonId) -> bool {
        match self {
            Self::These(these) => these.contains(person),
            Self::Everybody => true,
        }
    }
}

impl Views {
    /// Something happened: the views of some have changed.
    /// `hand`: whose device somebody is shown on.
    pub(super) fn note<'a>(
        &mut self,
        event: &'a Event,
        hand: impl Fn(&'a PersonId) -> &'a PersonId,
    ) {
        if matches!(
            event,
            Event::Wrote(..)
                | Event::WritesAs(..)
                | Event::Holds(..)
                | Event::Own(_)
                | Event::Secret(_)
                | Event::Opened(_)
                | Event::TakenBack(_)
                | Event::ClockAhead(_)
        ) {
            return; // in no view
        }
        self.is_news = true;
        match event {
            Event::Draft(_, Some(draft)) => self.affects(hand(&draft.by)),
            Event::Person(id, _)
            | Event::Disturbed(id, _)
            | Event::SetAside(id)
            | Event::Ballot(_, id, _) => self.affects(hand(id)),
            // A draft that is one no more: whose it was, the event does not say.
            Event::Draft(_, None)
            | Event::Revealed(_)
            | Event::Restating(..)
            | Event::Turns(_)
            | Event::Followed(_)
            | Event::Round(_) => self.affected = Affected::Everybody,
            _ => {}
        }
    }

    /// Their own view may have changed.
    pub(super) fn affects(&mut self, person: &PersonId) {
        if let Affected::These(these) = &mut self.affected {
            these.insert(person.clone());
        }
    }

    /// How many are here has changed, or what the room itself tells.
    pub(super) fn count_changed(&mut self) {
        self.is_news = true;
    }

    /// Somebody came: they are told everything.
    pub(super) fn expects(&mut self) {
        self.is_news = true;
        self.is_expected = true;
    }

    /// What changed is more than a count.
    pub(super) fn hurry(&mut self) {
        self.is_urgent = true;
    }

    /// Somebody is not here any more.
    pub(super) fn forgets(&mut self, person: &PersonId) {
        self.own.remove(person);
    }

    /// Everything may have changed.
    pub(super) fn all_changed(&mut self) {
        self.is_news = true;
        self.is_urgent = true;
        self.affected = Affected::Everybody;
    }

    fn shared_is_due_at(&self, peers: usize) -> u64 {
        let tick = if self.is_urgent || self.is_expected {
            SHORTEST_TICK_MS
        } else {
            (peers as u64 * 3).clamp(SHORTEST_TICK_MS, LONGEST_TICK_MS)
        };
        let next = self.told_all_at + EVERY_MS;
        if self.is_news {
            next.min(self.told_at + tick)
        } else {
            next
        }
    }

    /// When something is to be sent, in a room of so many sockets.
    pub(super) fn wakes_at(&self, peers: usize) -> u64 {
        let shared = self.shared_is_due_at(peers);
        if self.affected.is_nobody() {
            shared
        } else {
            shared.min(self.own_told_at + SHORTEST_TICK_MS)
        }
    }
}

impl Room {
    /// Sends the views that are due.
    pub(super) fn send_views(&mut self, turn: &mut Turn) {
        let peers = self.peers.len();
        if turn.now.steady < self.views.wakes_at(peers) {
            return;
        }
        let shared_is_due = turn.now.steady >= self.views.shared_is_due_at(peers);
        let mut views = Turn::at(turn.now);
        if shared_is_due {
            // The notes of a reveal are there before the reveal is played.
            self.send_document(turn);
            self.send_shared(&mut views);
            self.send_lead(&mut views);
            self.views.is_news = false;
            self.views.is_urgent = false;
            self.views.told_at = turn.now.steady;
        }
        self.send_own(shared_is_due, &mut views);
        self.views.own_told_at = turn.now.steady;
        self.show_when_saved(views.effects, shared_is_due, turn);
    }

    fn send_shared(&mut self, turn: &mut Turn) {
        let clock = self.workshop.clock;
        let view = SharedView {
            clock_speed: clock.speed(),
            template: self.document.template(),
            people: u32::try_from(self.people_here()).unwrap_or(u32::MAX),
            taking_part: u32::try_from(self.people_taking_part()).unwrap_or(u32::MAX),
            ..self.workshop.session.shared_view()
        };
        let has_changed = view != self.views.shared;
        let is_time = turn.now.steady >= self.views.told_all_at + EVERY_MS;
        if has_changed || is_time {
            self.views.told_all_at = turn.now.steady;
        }
        let to = self
            .peers_where(|_, peer| peer.is_ours() && (has_changed || is_time || !peer.was_told));
        let is_urgent = self.views.is_urgent && has_changed;
        self.views.shared = view.clone();
        let view = Box::new(SharedView {
            now: clock.at(turn.now),
            knows: (self.workshop.proofs)
                .word(self.on_disk, new_client())
                .unwrap_or_default(),
            ..view
        });
        // A count that a slow socket misses comes again with the next; a new phase must come.
        let class = if is_urgent {
            Class::Document
        } else {
            Class::Presence
        };
        send_to(to, &ServerMessage::Session { view }, class, turn);
        if let Some(rect) = self.workshop.look {
            let new = self.peers_where(|_, peer| peer.is_ours() && !peer.was_told);
            send_to(new, &ServerMessage::Look { rect }, Class::Presence, turn);
        }
        if is_time {
            // To those who wait at the door silence means a dead line, too.
            let waiting = self.doors.waiting_peers();
            send_to(waiting, &self.waits(), Class::Presence, turn);
        }
    }

    /// Persons, with or without a device, and those who are nobody in particular; walls not counted.
    fn people_here(&self) -> usize {
        let is_somebody = |peer: &&Peer| peer.person.is_none() && peer.entrance.role != Role::Wall;
        self.people_taking_part() + self.peers.values().filter(is_somebody).count()
    }

    /// Persons, with or without a device.
    fn people_taking_part(&self) -> usize {
        let here = &self.workshop.here;
        here.len() + self.workshop.session.paper_people_here(here)
    }

    /// They see the same, but for what they did themselves to others' work.
    fn send_lead(&mut self, turn: &mut Turn) {
        let session = &self.workshop.session;
        let mut leading: BTreeMap<PersonId, Vec<PeerId>> = BTreeMap::new();
        for (id, peer) in self.peers.iter().filter(|(_, peer)| peer.is_ours()) {
            if let Some(person) = peer.person.as_ref().filter(|person| session.leads(person)) {
                leading.entry(person.clone()).or_default().push(*id);
            }
        }
        let at = self.workshop.clock.at(turn.now);
        let all = (!leading.is_empty()).then(|| LeadView {
            waiting: self.doors.waiting(),
            walls: self.walls(),
            ..session.lead_view(&self.workshop.here)
        });
        let former = std::mem::take(&mut self.views.lead);
        for (person, peers) in &leading {
            let Some(all) = &all else { continue };
            let view = self.lead_view_for(all, person, at);
            let has_changed = former.get(person) != Some(&view);
            let to = peers
                .iter()
                .copied()
                .filter(|id| has_changed || self.peers.get(id).is_some_and(|peer| !peer.sees_lead));
            let message = ServerMessage::Lead {
                view: Box::new(view.clone()),
            };
            send_to(to.collect(), &message, Class::Document, turn);
            self.views.lead.insert(person.clone(), view);
        }
        let leading: BTreeSet<PeerId> = leading.into_values().flatten().collect();
        for (id, peer) in &mut self.peers {
            peer.sees_lead = leading.contains(id);
        }
    }

    /// To those whose own view changed; and to newcomers, once they know how it stands for all.
    fn send_own(&mut self, with_newcomers: bool, turn: &mut Turn) {
        let nobody = Affected::These(BTreeSet::new());
        let affected = std::mem::replace(&mut self.views.affected, nobody);
        let is_expected = with_newcomers && std::mem::take(&mut self.views.is_expected);
        if affected.is_nobody() && !is_expected {
            return;
        }
        let mut sockets: BTreeMap<PersonId, Vec<PeerId>> = BTreeMap::new();
        for (id, peer) in &self.peers {
            let Some(person) = &peer.person else { continue };
            if affected.includes(person) || is_expected && !peer.was_told {
                sockets.entry(person.clone()).or_default().push(*id);
            }
        }
        let is_new =
            |id: &PeerId| is_expected && self.peers.get(id).is_some_and(|peer| !peer.was_told);
        for (person, peers) in sockets {
            let view = Box::new(self.workshop.session.own_view(&person));
            let json = ServerMessage::Own { view }.to_json();
            let hash = self.views.hasher.hash_one(&json);
            let has_changed = self.views.own.insert(person, hash) != Some(hash);
            let to: Vec<PeerId> = peers
                .into_iter()
                .filter(|id| has_changed || is_new(id))
                .collect();
            if !to.is_empty() {
                turn.effects.push(Effect::Send {
                    to,
                    frame: Frame::Ours(&json).write().into(),
                    class: Class::Document,
                });
            }
        }
        if is_expected {
            for peer in self.peers.values_mut() {
                peer.was_told = true;
            }
        }
    }
}

impl Peer {
    pub(super) fn is_ours(&self) -> bool {
        self.entrance.dialect != Dialect::Standard
    }
}

pub(super) fn send_to(to: Vec<PeerId>, message: &ServerMessage, class: Class, turn: &mut Turn) {
    if !to.is_empty() {
        turn.effects.push(Effect::Send {
            to,
            frame: Frame::Ours(&message.to_json()).write().into(),
            class,
        });
    }
}
