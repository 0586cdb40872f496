//! Who else is here, and what they see of us.

use super::{Replica, timer};
use leptos::prelude::*;
use samtavle_shared::{
    ids::NoteId,
    wire::{Presence, PresenceEntry, Screen},
};
use std::cell::{Cell, RefCell};

/// Our own presence goes out at most this often: smooth to the eye when the others' cursors glide.
const EVERY_MS: u32 = 80;

/// Somebody else who is here.
#[derive(Clone)]
pub struct Person {
    /// By which id the server tells of them: nobody's in the document.
    pub client: u64,
    /// What they show of themselves.
    pub presence: ArcRwSignal<Presence>,
}

impl PartialEq for Person {
    fn eq(&self, other: &Self) -> bool {
        self.client == other.client
    }
}

/// Somebody else who has a caret in a note.
#[derive(Clone, Debug, PartialEq)]
pub struct Writer {
    /// By which id the server tells of them.
    pub client: u64,
    /// In which note.
    pub note: NoteId,
}

pub(super) struct OwnPresence {
    presence: RefCell<Presence>,
    clock: Cell<u64>,
    is_due: Cell<bool>,
}

impl OwnPresence {
    pub(super) fn new(screen: Screen) -> Self {
        let presence = Presence {
            screen,
            ..Presence::default()
        };
        Self {
            presence: RefCell::new(presence),
            clock: Cell::new(0),
            is_due: Cell::new(false),
        }
    }

    pub(super) fn edit(&self, edit: impl FnOnce(&mut Presence)) {
        edit(&mut self.presence.borrow_mut());
    }

    /// The content of an awareness frame with the newest state.
    pub(super) fn next_frame(&self, client: u64) -> Vec<u8> {
        self.clock.set(self.clock.get() + 1);
        let state = self.presence.borrow().to_json();
        let entry = PresenceEntry {
            client,
            clock: self.clock.get(),
            state: &state,
        };
        PresenceEntry::write_all([entry].into_iter())
    }
}

impl Replica {
    pub(super) fn send_presence_soon(self) {
        let inner = self.inner();
        if inner.presence.is_due.replace(true) {
            return;
        }
        timer::after(EVERY_MS, move || {
            let inner = self.inner();
            inner.presence.is_due.set(false);
            self.send_presence();
        });
    }

    pub(super) fn send_presence(self) {
        let inner = self.inner();
        if inner.link.is_live() {
            inner
                .link
                .send_awareness(&inner.presence.next_frame(inner.page));
        }
    }

    /// Takes an awareness frame from the server.
    pub(super) fn hear_presence(self, bytes: &[u8]) {
        let Ok(entries) = PresenceEntry::read_all(bytes) else {
            return;
        };
        for entry in &entries {
            match Presence::read(entry.state) {
                Some(presence) => self.person_is_here(entry.client, presence),
                None => self.person_left(entry.client),
            }
        }
    }

    fn person_is_here(self, client: u64, presence: Presence) {
        let drag = presence
            .drag
            .as_ref()
            .map(|drag| (drag.notes.as_slice(), drag.by));
        self.state.set_lift(Some(client), drag);
        let writes_in = presence.caret.as_ref().map(|caret| caret.note.clone());
        let known = self.people.with_untracked(|people| {
            people
                .iter()
                .find(|person| person.client == client)
                .map(|person| person.presence.clone())
        });
        match known {
            Some(signal) => {
                if signal.with_untracked(|now| *now != presence) {
                    signal.set(presence);
                }
            }
            None => self.people.update(|people| {
                people.push(Person {
                    client,
                    presence: ArcRwSignal::new(presence),
                });
                samtavle_shared::sorting::sort_by(people, |a, b| a.client.cmp(&b.client)); // the same order at every look
            }),
        }
        self.writes_in(client, writes_in.as_ref()); // whoever looks for them finds them
    }

    fn writes_in(self, client: u64, note: Option<&NoteId>) {
        let before = self.writers.with_untracked(|writers| {
            writers
                .iter()
                .find(|writer| writer.client == client)
                .map(|writer| writer.note.clone())
        });
        if before.as_ref() == note {
            return;
        }
        self.writers.update(|writers| {
            writers.retain(|writer| writer.client != client);
            writers.extend(note.map(|note| Writer {
                client,
                note: note.clone(),
            }));
        });
    }

    fn person_left(self, client: u64) {
        self.state.set_lift(Some(client), None);
        self.writes_in(client, None);
        if self
            .people
            .with_untracked(|people| people.iter().any(|person| person.client == client))
        {
            self.people
                .update(|people| people.retain(|person| person.client != client));
        }
    }

    /// Without a server we know of nobody.
    pub(super) fn forget_people(self) {
        let clients: Vec<u64> = self
            .people
            .with_untracked(|people| people.iter().map(|person| person.client).collect());
        for client in clients {
            self.person_left(client);
        }
    }
}
