//! How what I write comes to the board: at once, or later with all others'.

use super::{scribe::voice_now, voice::speaking_as};
use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::{ids::VoiceId, session::Writing};

/// How what I write comes to the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coming {
    /// At once.
    AtOnce,
    /// With all others', when the facilitator shows them.
    WithAll,
    /// After the others': the voice that I write with is shown last.
    Last,
}

/// How what I write for myself comes to the board; follows the session and the voice that I choose.
pub(crate) fn coming(replica: Replica) -> Coming {
    coming_as(replica, speaking_as(replica).get().as_ref())
}

/// The same for the one for whom I write now.
pub(crate) fn coming_now(replica: Replica) -> Coming {
    coming_as(replica, voice_now(replica).as_ref())
}

fn coming_as(replica: Replica, voice: Option<&VoiceId>) -> Coming {
    replica.session.shared.with(|view| {
        let mut voices = view.voices.iter();
        if voices.any(|known| known.voice.is_last && Some(&known.voice.id) == voice) {
            Coming::Last
        } else if view.writing == Writing::Silent {
            Coming::WithAll
        } else {
            Coming::AtOnce
        }
    })
}
