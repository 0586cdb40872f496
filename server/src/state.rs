//! What all answers share.

use crate::{
    access::{codes::Life, keys::KeyHash, limits::Doorkeeper},
    clock,
    config::Settings,
    log::{Log, Shown},
    memory::Memory,
    photos::Photos,
    rooms::Registry,
};
use samtavle_shared::ids::PersonId;
use std::sync::Arc;

/// How the server was started, and what it keeps.
pub(crate) struct AppState {
    /// How the server was started.
    pub(crate) settings: Settings,
    /// Where boards are kept.
    pub(crate) log: Arc<dyn Log>,
    /// Photos of paper.
    pub(crate) photos: Arc<Photos>,
    /// Limits on those who have no key yet.
    pub(crate) doorkeeper: Doorkeeper,
    /// The boards that are open.
    pub(crate) rooms: Arc<Registry>,
    /// Memory for what has come in part.
    pub(crate) memory: Memory,
    /// The same for bodies of requests: who has one may still need some of the other.
    pub(crate) bodies: Memory,
}

impl AppState {
    /// How long codes live, now.
    pub(crate) fn life_of_codes(&self) -> Life {
        self.settings.life_of_codes(clock::now().wall)
    }

    /// What somebody shows at a board's door.
    pub(crate) fn shown(&self, key: &str, person: Option<PersonId>) -> Shown {
        Shown {
            key: KeyHash::of(key),
            person,
            life: self.life_of_codes(),
        }
    }
}
