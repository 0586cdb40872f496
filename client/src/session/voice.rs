//! As whom I write: one of my voices, or none. Kept on the device for each board.

use super::{
    page::page,
    remembered::{self, Chosen, remember_voice},
};
use crate::{
    i18n::{Locale, language::filled, td_string},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::ids::VoiceId;

/// The voice that I write with now: one of my own, or none.
pub(crate) fn speaking_as(replica: Replica) -> RwSignal<Option<VoiceId>> {
    page(replica).speaking_as
}

/// Writes with this voice from now on.
pub(crate) fn speak_as(replica: Replica, voice: Option<VoiceId>) {
    remember_voice(replica, voice.as_ref());
    speaking_as(replica).set(voice);
}

/// Whoever takes a voice writes with it; a voice that is given up is no longer written with.
pub(super) fn follow_own_voices(replica: Replica) {
    let chosen = speaking_as(replica);
    let own = replica
        .session
        .own_part(|own| own.person.as_ref().map(|_| own.voices.clone()));
    Effect::new(move || {
        let Some(own) = own.get() else { return };
        let now = chosen.get_untracked();
        let next = match remembered::voice(replica) {
            Chosen::None => None,
            Chosen::One(kept) if own.contains(&kept) => Some(kept),
            Chosen::One(_) | Chosen::Nothing => own.first().cloned(),
        };
        if now != next {
            chosen.set(next);
        }
    });
}

/// The voices of the board, to choose from.
pub(super) fn voices_here(replica: Replica) -> Memo<Vec<VoiceId>> {
    replica.session.part(|view| {
        let voices = view.voices.iter();
        voices.map(|known| known.voice.id.clone()).collect()
    })
}

/// «som pårørende».
pub(crate) fn as_voice(replica: Replica, locale: Locale, voice: &VoiceId) -> String {
    let name = replica.session.voice_name(voice, locale);
    let name = in_a_sentence(&name.unwrap_or_default());
    filled(td_string!(locale, session.as_voice), &[("voice", &name)])
}

/// A name in the middle of a sentence: «Pårørende» has a small letter there, «NAV» has not.
pub(crate) fn in_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            let rest = &name[first.len_utf8()..];
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_a_sentence;

    #[test]
    fn a_voice_has_a_small_letter_in_a_sentence_unless_it_is_an_abbreviation() {
        for (name, shown) in [
            ("Pårørende", "pårørende"),
            ("Ærlig", "ærlig"),
            ("NAV", "NAV"),
            ("A", "A"),
            ("", ""),
        ] {
            assert_eq!(in_a_sentence(name), shown);
        }
    }
}
