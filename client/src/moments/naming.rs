//! What people, voices and things are called in the moments.

use super::{MomentState, thoughts};
use crate::{
    i18n::{Locale, language::filled, td_string},
    notes::cluster_title,
    parts::{
        kinds::{KindMark, kind_name, note_class},
        words::written_as,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    ids::{NoteId, VoiceId},
    session::Item,
};

/// A voice within a sentence: «pårørende», but «NAV» as it is.
pub(super) fn in_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            let mut words: String = first.to_lowercase().collect();
            words.push(second);
            words.push_str(letters.as_str());
            words
        }
        _ => name.to_owned(),
    }
}

/// A voice by its name; one that is no longer in the list by its own id.
pub(super) fn voice_name(replica: Replica, locale: Locale, voice: &VoiceId) -> String {
    replica
        .session
        .voice_name(voice, locale)
        .unwrap_or_else(|| voice.as_str().to_owned())
}

/// «fra pårørende», or «fra en annen».
pub(super) fn from_voice(replica: Replica, locale: Locale, voice: Option<&VoiceId>) -> String {
    match voice.and_then(|voice| replica.session.voice_name(voice, locale)) {
        Some(name) => filled(
            td_string!(locale, moment.of_voice),
            &[("voice", &in_a_sentence(&name))],
        ),
        None => td_string!(locale, moment.of_somebody).to_owned(),
    }
}

/// A note's kind and words: on the board, or a draft of one's own; untracked.
pub(super) fn words_of(replica: Replica, note: &NoteId) -> Option<(NoteKind, String)> {
    if let Some(note) = thoughts::note(replica, note) {
        return Some((note.kind, note.text));
    }
    let session = replica.session;
    let find = |drafts: &[samtavle_shared::session::DraftNote]| {
        drafts
            .iter()
            .find(|draft| draft.note == *note)
            .map(|draft| (NoteKind::read(&draft.kind), draft.text.clone()))
    };
    session
        .unsent_drafts
        .with_untracked(|drafts| find(drafts))
        .or_else(|| session.own.with_untracked(|own| find(&own.drafts)))
}

/// What may be voted on, by its words.
pub(super) fn item_title(replica: Replica, locale: Locale, item: &Item) -> String {
    match item {
        Item::Cluster(id) => {
            let title = replica
                .state
                .awaited_cluster(id)
                .map(|shape| shape.with(|shape| cluster_title(locale, &shape.cluster.title)));
            title.unwrap_or_else(|| gone(replica, locale))
        }
        Item::Note(id) => note_title(replica, locale, id),
    }
}

/// A note by its words.
pub(super) fn note_title(replica: Replica, locale: Locale, note: &NoteId) -> String {
    let text = replica
        .state
        .awaited_note(note)
        .map(|signals| signals.note.with(|note| note.text.trim().to_owned()));
    match text {
        Some(text) if !text.is_empty() => text,
        Some(_) => td_string!(locale, note.without_text).to_owned(),
        None => gone(replica, locale),
    }
}

/// What stands for words that are not on the board: nothing as long as the board itself has not come.
fn gone(replica: Replica, locale: Locale) -> String {
    let words = td_string!(locale, moment.gone);
    if replica.state.is_open.get() {
        words
    } else {
        ""
    }
    .to_owned()
}

/// A note as a quotation: its paper, its words large, and whose voice it is.
#[component]
#[allow(
    clippy::needless_pass_by_value,
    reason = "properties of a component are its own"
)]
pub(super) fn Quote(
    moments: MomentState,
    note: NoteId,
    /// Before the words of a screen reader and the eye: whose it is; nothing: its voice.
    #[prop(optional, into)]
    whose: Option<String>,
) -> impl IntoView {
    let replica = moments.replica;
    let i18n = crate::i18n::use_i18n();
    // It may have been seen for the first time here.
    replica.saw(&note);
    let voice = {
        let note = note.clone();
        move || {
            replica
                .state
                .awaited_note(&note)?
                .note
                .with_untracked(|note| note.voice.clone())
        }
    };
    // As it is when it is quoted, or when it comes.
    let words = Memo::new(move |known: Option<&Option<(NoteKind, String)>>| {
        known.cloned().flatten().or_else(|| {
            replica.state.moved.track();
            words_of(replica, &note)
        })
    });
    let kind = move || {
        words
            .read()
            .as_ref()
            .map_or(NoteKind::Other, |(kind, _)| *kind)
    };
    let text = move || {
        let text = words.get().map(|(_, text)| text);
        text.filter(|text| !text.is_empty())
            .unwrap_or_else(|| gone(replica, i18n.get_locale()))
    };
    view! {
        <figure class=move || ["moment__paper ", note_class(kind())].concat()>
            <blockquote class="moment__quote" {..written_as(text)}></blockquote>
            <figcaption class="moment__whose">
                {move || view! { <KindMark kind=kind()/> }}
                <span class="visually-hidden">{move || kind_name(i18n.get_locale(), kind())} ", "</span>
                <span dir="auto">
                    {move || match &whose {
                        Some(whose) => whose.clone(),
                        None => from_voice(replica, i18n.get_locale(), voice().as_ref()),
                    }}
                </span>
            </figcaption>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::in_a_sentence;

    #[test]
    fn a_voice_in_a_sentence_begins_small_but_a_shortening_stays() {
        assert_eq!(in_a_sentence("Pårørende"), "pårørende");
        assert_eq!(in_a_sentence("Ås-folk"), "ås-folk");
        assert_eq!(in_a_sentence("NAV-ansatt"), "NAV-ansatt");
        assert_eq!(in_a_sentence("X"), "X");
        assert_eq!(in_a_sentence(""), "");
    }
}
