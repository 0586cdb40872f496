//! As whom I write: one of my voices, or none. Kept on the device for each board.

use super::page::page;
use crate::{browser::storage, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::ids::VoiceId;

/// The voice that I write with now: one of my own, or none.
pub(crate) fn speaking_as(replica: Replica) -> RwSignal<Option<VoiceId>> {
    page(replica).speaking_as
}

/// Writes with this voice from now on.
pub(crate) fn speak_as(replica: Replica, voice: Option<VoiceId>) {
    storage::write(&key(replica), voice.as_ref().map_or("", VoiceId::as_str));
    speaking_as(replica).set(voice);
}

fn key(replica: Replica) -> String {
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
pub(super) fn kept(replica: Replica) -> Chosen {
    match storage::read(&key(replica)) {
        None => Chosen::Nothing,
        Some(kept) if kept.is_empty() => Chosen::None,
        Some(kept) => Chosen::One(VoiceId::from(&*kept)),
    }
}

/// Whoever takes a voice writes with it; a voice that is given up is no longer written with.
pub(super) fn follow_own_voices(replica: Replica, chosen: RwSignal<Option<VoiceId>>) {
    let own = replica
        .session
        .own_part(|own| own.person.as_ref().map(|_| own.voices.clone()));
    Effect::new(move || {
        let Some(own) = own.get() else { return };
        let now = chosen.get_untracked();
        let next = match kept(replica) {
            Chosen::None => None,
            Chosen::One(kept) if own.contains(&kept) => Some(kept),
            Chosen::One(_) | Chosen::Nothing => own.first().cloned(),
        };
        if now != next {
            chosen.set(next);
        }
    });
}
