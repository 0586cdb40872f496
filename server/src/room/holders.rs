//! Who may write under which Yjs client id: whoever first wrote under it, and nobody else, for as long as there is
//! the board. So nobody writes in another's name, nor takes the clocks that another's page will write under.
//!
//! ```text
//! nobody's yet   the sender's, once it is taken; but of what is handed over only what its page says is its own
//! the sender's   it may come
//! another's      what is new is left out, and the sender is told; the rest of the update comes
//! the server's   the same, for everybody; but what it wrote when the board was opened before may be handed over
//! ```
//! A page of ours is somebody by its device; a standard client is whoever has its key.
//!
//! After a loss others hand over what somebody wrote. Whoever shows that the room has lost something (`proof.rs`)
//! may do that in the name of those who are not here; who is here hands over their own.

use super::{Dialect, Peer, PeerId, People, Room, Turn, tell};
use crate::{
    access::keys::KeyHash,
    room::{document::Document, proof::Proof},
};
use samtavle_shared::{
    guard::without_news_of,
    ids::{BoardId, PersonId},
    limits::MAX_OWN_CLIENTS,
    session::{Event, Session},
    wire::ServerMessage,
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// As whom a page says that it writes, the newest last.
#[derive(Default)]
pub(super) struct Declared {
    clients: BTreeSet<u64>,
    order: VecDeque<u64>,
}

impl Declared {
    /// As a page says when it comes.
    pub(super) fn by(dialect: &Dialect) -> Self {
        let mut declared = Self::default();
        if let Dialect::Ours {
            client, wrote_as, ..
        } = dialect
        {
            for client in wrote_as.iter().rev().chain([client]) {
                declared.add(*client);
            }
        }
        declared
    }

    /// All of them.
    pub(super) fn all(&self) -> Vec<u64> {
        self.order.iter().copied().collect()
    }

    /// One more.
    pub(super) fn add(&mut self, client: u64) {
        if self.clients.insert(client) {
            self.order.push_back(client);
        }
        if self.order.len() > MAX_OWN_CLIENTS
            && let Some(oldest) = self.order.pop_front()
        {
            self.clients.remove(&oldest);
        }
    }

    /// Whether it said so of this one.
    pub(super) fn has(&self, client: u64) -> bool {
        self.clients.contains(&client)
    }
}

/// What holds the ids of those who are nobody in the session.
pub(super) fn tag_of(board: &BoardId, key: &KeyHash) -> String {
    let hash = Sha256::new()
        .chain_update(b"samtavle writes")
        .chain_update([0])
        .chain_update(board.as_str())
        .chain_update([0])
        .chain_update(key.0)
        .finalize();
    let bits = hash.first_chunk().copied().unwrap_or_default();
    PersonId::from_random(bits).to_string()
}

/// Whether a client id is the sender's, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// Nobody has written under it.
    Nobody,
    /// The sender.
    Sender,
    /// Somebody else.
    Another,
    /// The server itself.
    Server,
}

pub(super) fn holder_of(session: &Session, sender: &Peer, client: u64) -> Holder {
    let is = |is_theirs| {
        if is_theirs {
            Holder::Sender
        } else {
            Holder::Another
        }
    };
    if session.is_own(client) {
        Holder::Server
    } else if let Some(person) = session.writer_as(client) {
        is(sender.person.as_ref() == Some(person))
    } else if let Some(tag) = session.held_by(client) {
        is(sender.person.is_none() && sender.tag == tag)
    } else {
        Holder::Nobody
    }
}

/// Whether the sender may not write under this id what the room does not have.
pub(super) fn is_foreign(
    document: &Document,
    session: &Session,
    peers: &BTreeMap<PeerId, Peer>,
    sender: &Peer,
    client: u64,
) -> bool {
    if document.client() == client {
        return true;
    }
    let is_here = || {
        let holds = |peer: &Peer| holder_of(session, peer, client) == Holder::Sender;
        peers.values().any(holds)
    };
    match holder_of(session, sender, client) {
        Holder::Nobody | Holder::Sender => false,
        Holder::Another => sender.proof == Proof::None || is_here(),
        Holder::Server => sender.proof == Proof::None && !sender.receipts.hands_over(),
    }
}

/// Whether what this client id brings is the sender's own.
pub(super) fn is_theirs(
    session: &Session,
    people: &People,
    (peer, sender): (PeerId, &Peer),
    client: u64,
) -> bool {
    match holder_of(session, sender, client) {
        Holder::Sender => true,
        Holder::Another | Holder::Server => false,
        Holder::Nobody => {
            sender.declared.has(client)
                || !sender.receipts.hands_over()
                || people.shows_as(peer, client)
        }
    }
}

impl Room {
    /// What is left of an update without what it brings under these ids. `None`: nothing.
    pub(super) fn without(&self, update: &[u8], foreign: &[u64]) -> Option<Vec<u8>> {
        let known = foreign
            .iter()
            .map(|client| (*client, self.document.clock_of(*client)));
        // It was admitted once already.
        without_news_of(update, &known.collect()).ok().flatten()
    }

    /// Those ids hold whoever wrote under them first: the sender, as far as nobody does yet.
    pub(super) fn holds(&mut self, peer: PeerId, clients: &[u64]) -> Vec<Event> {
        let mut events = Vec::new();
        for client in clients {
            let Some(sender) = self.peers.get(&peer) else {
                break;
            };
            let session = &self.workshop.session;
            if holder_of(session, sender, *client) != Holder::Nobody || !self.is_of(peer, *client) {
                continue;
            }
            let event = match &sender.person {
                Some(person) => Event::WritesAs(*client, person.clone()),
                None => Event::Holds(*client, sender.tag.clone()),
            };
            if let Event::WritesAs(client, person) = &event {
                self.document.belongs(*client, person);
            }
            self.workshop.session.apply(event.clone());
            events.push(event);
        }
        events
    }

    /// Whether what this client id brings is the sender's own.
    pub(super) fn is_of(&self, peer: PeerId, client: u64) -> bool {
        let Some(sender) = self.peers.get(&peer) else {
            return false;
        };
        let session = &self.workshop.session;
        is_theirs(session, &self.people, (peer, sender), client)
    }

    /// A page tells as whom it writes. It hears which of these are others'.
    pub(super) fn declares(&mut self, peer: PeerId, clients: Vec<u64>, turn: &mut Turn) {
        let Some(sender) = self.peers.get_mut(&peer) else {
            return;
        };
        let clients: Vec<u64> = clients.into_iter().take(MAX_OWN_CLIENTS).collect();
        for client in &clients {
            sender.declared.add(*client);
        }
        self.tell_of_others(peer, &clients, turn);
        self.claims(peer, clients, turn);
    }

    /// A page that says it writes as another takes a new id: it hears of it before it writes.
    pub(super) fn tell_of_others(&self, peer: PeerId, declared: &[u64], turn: &mut Turn) {
        let Some(sender) = self.peers.get(&peer) else {
            return;
        };
        let (document, session) = (&self.document, &self.workshop.session);
        let is_anothers = |client: &u64| {
            let holder = holder_of(session, sender, *client);
            document.client() == *client || matches!(holder, Holder::Another | Holder::Server)
        };
        let clients: Vec<u64> = declared.iter().copied().filter(is_anothers).collect();
        if !clients.is_empty() && sender.entrance.dialect != Dialect::Standard {
            turn.effects
                .push(tell(peer, &ServerMessage::NotYours { clients }));
        }
    }

    /// What the server writes bears ids that nobody else may write under.
    pub(super) fn writes_itself(&mut self, clients: &[u64], turn: &mut Turn) {
        let mut events = Vec::new();
        for client in clients {
            if !self.workshop.session.is_own(*client) {
                let event = Event::Own(*client);
                self.workshop.session.apply(event.clone());
                events.push(event);
            }
        }
        self.happened(&events, turn);
    }
}
