//! What scenes ask of the board: its notes, who has not been heard, what things and people are called.

use crate::{
    i18n::{Locale, td_string},
    notes::cluster_title,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::Note,
    ids::{NoteId, VoiceId},
    session::{Item, Showing},
};

/// All notes that are seen on the board, the oldest first; follows the board.
pub(super) fn all_notes(replica: Replica) -> Vec<Note> {
    let mut notes: Vec<Note> = replica
        .state
        .note_ids()
        .iter()
        .filter_map(|id| note(replica, id))
        .collect();
    samtavle_shared::sorting::sort_by(&mut notes, |a, b| {
        a.at.total_cmp(&b.at).then_with(|| a.id.cmp(&b.id))
    });
    notes
}

/// A note as it is now, untracked.
pub(super) fn note(replica: Replica, id: &NoteId) -> Option<Note> {
    let signals = replica.state.note(id)?;
    Some(signals.note.get_untracked())
}

/// Whose voice it is, as it stands at the foot of a note; nothing when nobody said.
pub(super) fn said_by(replica: Replica, locale: Locale, note: &Note) -> String {
    if note.by.is_none() && note.voice.is_none() {
        return String::new();
    }
    let voice = || replica.session.voice_name(note.voice.as_ref()?, locale);
    note.by
        .clone()
        .or_else(|| voice().map(|name| in_a_sentence(&name)))
        .unwrap_or_default()
}

/// A name in the middle of a sentence: «pårørende», but «NAV» as it is.
pub(super) fn in_a_sentence(name: &str) -> String {
    crate::session::voice::in_a_sentence(name)
}

/// The voices that have written nothing, in a phase and where voices are shown; none as long as no voice
/// has written.
pub(super) fn unheard_voices(replica: Replica) -> Vec<VoiceId> {
    let heard = replica.state.notes_by_voice();
    if heard.is_empty() {
        return Vec::new();
    }
    replica.session.shared.with(|view| {
        if view.showing == Showing::Anonymous || view.stage.phase().is_none() {
            return Vec::new();
        }
        let voices = view.voices.iter().map(|known| &known.voice.id);
        voices
            .filter(|voice| !heard.contains_key(*voice))
            .cloned()
            .collect()
    })
}

/// A note or a cluster by its words; nothing when it is gone.
pub(super) fn item_title(replica: Replica, locale: Locale, item: &Item) -> Option<String> {
    match item {
        Item::Cluster(id) => {
            let shape = replica.state.awaited_cluster(id)?;
            Some(shape.with(|shape| cluster_title(locale, &shape.cluster.title)))
        }
        Item::Note(id) => {
            let signals = replica.state.awaited_note(id)?;
            let text = signals
                .note
                .with_untracked(|note| note.text.trim().to_owned());
            Some(if text.is_empty() {
                td_string!(locale, note.without_text).to_owned()
            } else {
                text
            })
        }
    }
}

/// A voice by its name; one that is no longer in the list by its own id.
pub(super) fn voice_name(replica: Replica, locale: Locale, voice: &VoiceId) -> String {
    let name = replica.session.voice_name(voice, locale);
    name.unwrap_or_else(|| voice.as_str().to_owned())
}
