//! People without a device, for whom this browser writes. One that was made here is kept here until the
//! server knows of them, so that one can write for somebody without a network, too.

use super::{Replica, Sent, random};
use crate::browser::storage;
use leptos::prelude::*;
use samtavle_shared::{
    ids::{BoardId, PersonId, ReactionId},
    session::{Command, OwnView, PaperView, paper_person},
};

impl Replica {
    /// A new id for somebody without a device.
    pub fn new_paper_person() -> PersonId {
        paper_person(random::bits())
    }

    /// A new reaction's id.
    pub fn new_reaction_id() -> ReactionId {
        ReactionId::from_random(random::bits())
    }

    /// Writes for somebody, or says anew who that is: known here at once, and told.
    pub fn write_for(self, person: PaperView) {
        self.session.unsent_people.update(|people| {
            people.retain(|one| one.person != person.person);
            people.push(person.clone());
        });
        self.keep_people();
        if self.inner().link.is_live() {
            self.tell_of(person);
        }
    }

    /// One was made by mistake, and has said nothing.
    pub fn no_longer_for(self, person: &PersonId) {
        self.forget_unsent(|one| one.person == *person);
        self.command(Command::NoLongerFor {
            person: person.clone(),
        });
    }

    /// The line is live: who was made here meanwhile is told before what they say.
    pub(super) fn tell_of_people(self) {
        for person in self.session.unsent_people.get_untracked() {
            self.tell_of(person);
        }
    }

    fn tell_of(self, person: PaperView) {
        let PaperView {
            person,
            name,
            voices,
            ..
        } = person;
        let sent = Sent::Person(person.clone());
        let command = Command::WriteFor {
            person,
            name,
            voices,
        };
        self.send_command(command, sent);
    }

    /// The server does not take them: nobody can be written for who is not there.
    pub(super) fn is_declined(self, person: &PersonId) {
        self.forget_unsent(|one| one.person == *person);
    }

    /// Whom the server knows is not kept here.
    pub(super) fn knows_people(self, view: &OwnView) {
        self.forget_unsent(|one| {
            let mut known = view.paper.iter();
            known.any(|known| {
                known.person == one.person && known.name == one.name && known.voices == one.voices
            })
        });
    }

    fn forget_unsent(self, is_over: impl Fn(&PaperView) -> bool) {
        let people = self.session.unsent_people;
        if people.with_untracked(|people| people.iter().any(&is_over)) {
            people.update(|people| people.retain(|one| !is_over(one)));
            self.keep_people();
        }
    }

    fn keep_people(self) {
        let people = self
            .session
            .unsent_people
            .with_untracked(serde_json::to_string);
        if let Ok(json) = people {
            storage::write(&key(&self.inner().ticket.board), &json);
        }
    }
}

fn key(board: &BoardId) -> String {
    ["samtavle.people.", board.as_str()].concat()
}

/// Who was made here and is not known to the server yet.
pub(super) fn kept(board: &BoardId) -> Vec<PaperView> {
    storage::read(&key(board))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}
