//! What this device remembers of a person on a board: as whom and for whom they write, and what they posted before
//! the client was there.

use crate::{browser::storage, replica::Replica};
use samtavle_shared::ids::{NoteId, PersonId, VoiceId};
use serde::{Deserialize, Serialize};

fn voice_key(replica: Replica) -> String {
    ["samtavle.voice.", replica.ticket().board.as_str()].concat()
}

/// What was chosen on this device.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Chosen {
    /// Nothing yet.
    Nothing,
    /// None of my voices.
    None,
    /// One of them.
    One(VoiceId),
}

impl Chosen {
    pub(super) fn voice(self) -> Option<VoiceId> {
        match self {
            Self::One(voice) => Some(voice),
            Self::Nothing | Self::None => None,
        }
    }
}

/// What was chosen on this device for this board.
pub(super) fn voice(replica: Replica) -> Chosen {
    match storage::read(&voice_key(replica)) {
        None => Chosen::Nothing,
        Some(kept) if kept.is_empty() => Chosen::None,
        Some(kept) => Chosen::One(VoiceId::from(&*kept)),
    }
}

/// Remembers as whom this person writes; none: without a voice.
pub(super) fn remember_voice(replica: Replica, voice: Option<&VoiceId>) {
    storage::write(&voice_key(replica), voice.map_or("", VoiceId::as_str));
}

fn whom_key(replica: Replica) -> String {
    ["samtavle.for.", replica.ticket().board.as_str()].concat()
}

/// For whom was written on this device.
pub(super) fn whom(replica: Replica) -> Option<PersonId> {
    storage::read(&whom_key(replica))
        .filter(|id| !id.is_empty())
        .map(|id| PersonId::from(&*id))
}

/// Remembers for whom is written; none: for oneself.
pub(super) fn remember_whom(replica: Replica, person: Option<&PersonId>) {
    let key = whom_key(replica);
    match person {
        Some(person) => storage::write(&key, person.as_str()),
        None => storage::remove(&key),
    }
}

/// One of those that were posted before the client was there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// The note's id.
    pub(crate) id: NoteId,
    /// What it speaks of; empty for what the session asks for, which the shell did not know.
    #[serde(default)]
    pub(super) kind: String,
    /// What it says.
    pub(crate) text: String,
}

fn posted_key(replica: Replica) -> String {
    ["samtavle.posted.", replica.ticket().board.as_str()].concat()
}

/// What was posted before the client was there, and is not known to be safe.
pub(super) fn posted(replica: Replica) -> Vec<Waiting> {
    storage::read(&posted_key(replica))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// Remembers these of what was posted.
pub(super) fn remember_posted(replica: Replica, all: &[Waiting]) {
    if all.is_empty() {
        storage::remove(&posted_key(replica));
    } else if let Ok(json) = serde_json::to_string(all) {
        storage::write(&posted_key(replica), &json);
    }
}
