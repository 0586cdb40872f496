//! What somebody who has the floor is called, on every screen.

use super::voice::in_a_sentence;
use crate::{
    i18n::Locale,
    parts::{people::nameless, words::isolated},
    replica::Replica,
};
use samtavle_shared::session::Speaker;

/// A name, «Person 7», or «Person 7, ungdom»: the same number as in the list of people.
pub(crate) fn speaker_name(replica: Replica, locale: Locale, speaker: &Speaker) -> String {
    if let Some(name) = speaker.name.as_ref().filter(|name| !name.is_empty()) {
        return name.clone();
    }
    let person = nameless(locale, speaker.number);
    let voice = speaker.voice.as_ref();
    match voice.and_then(|voice| replica.session.voice_name(voice, locale)) {
        Some(voice) => [&*person, ", ", &isolated(&in_a_sentence(&voice))].concat(),
        None => person,
    }
}
