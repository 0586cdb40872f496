//! A board, as somebody gets to it.

use crate::{people::Person, ways::Way, wire::Socket};
use samtavle_shared::{
    session::{Command, Showing},
    wire::Role,
};
use serde_json::Value;

/// A board, and how to get to it: the table that people sit down at.
#[derive(Clone, Debug)]
pub struct Table {
    /// `127.0.0.1:PORT`.
    pub address: String,
    /// The board's id.
    pub id: String,
    /// The join code.
    pub code: String,
    /// The facilitator's key.
    pub facilitator: String,
    /// A participant's key.
    pub participant: String,
    /// The wall's key.
    pub wall: String,
}

impl Table {
    /// From the server's answer to making a board.
    pub fn of(address: &str, made: &Value) -> Self {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Self {
            address: address.to_owned(),
            id: text(&made["id"]),
            code: text(&made["code"]),
            facilitator: text(&made["keys"]["facilitator"]),
            participant: text(&made["keys"]["participant"]),
            wall: text(&made["keys"]["wall"]),
        }
    }

    /// The same board at another server, which has a copy of it.
    #[must_use]
    pub fn at(&self, address: &str) -> Self {
        Self {
            address: address.to_owned(),
            ..self.clone()
        }
    }

    /// The same board, for who has this key to take part or to show it.
    #[must_use]
    pub fn by(&self, key: &str) -> Self {
        Self {
            participant: key.to_owned(),
            wall: key.to_owned(),
            ..self.clone()
        }
    }

    /// Somebody sits down, if the board can be opened.
    pub async fn tries_to_join(&self, name: &str) -> Option<Person> {
        let person = self.join(name).await;
        let is_there = person.state().is_synced;
        is_there.then_some(person)
    }

    /// A facilitator comes by and has it show so much of who writes.
    pub async fn shows(&self, showing: Showing) {
        let passing = self.join_as("", Role::Facilitator).await;
        passing.does(Command::Show { showing }).await;
    }

    /// The address of our socket.
    pub fn socket_url(&self) -> String {
        format!("ws://{}/socket/{}", self.address, self.id)
    }

    /// The address for standard clients.
    pub fn yjs_url(&self, key: &str) -> String {
        format!("ws://{}/yjs/{}?key={key}", self.address, self.id)
    }

    /// The key of a role.
    pub fn key(&self, role: Role) -> &str {
        match role {
            Role::Facilitator => &self.facilitator,
            Role::Participant => &self.participant,
            Role::Wall => &self.wall,
        }
    }

    /// Somebody sits down as a participant.
    pub async fn join(&self, name: &str) -> Person {
        self.join_as(name, Role::Participant).await
    }

    /// Somebody sits down; they have all of the board when this returns.
    pub async fn join_as(&self, name: &str, role: Role) -> Person {
        let person = Person::new(self.clone(), name, role);
        person.comes_back().await;
        person
    }

    /// Somebody sits down as a participant, by this way.
    pub async fn join_by(&self, way: Way, name: &str) -> Person {
        let mut person = Person::new(self.clone(), name, Role::Participant);
        person.takes(way);
        person.comes_back().await;
        person
    }

    /// A socket of somebody who does not keep to the protocol.
    pub async fn socket(&self) -> Socket {
        Socket::open(&self.socket_url()).await
    }
}
