//! Who speaks in a note, and what else stands at its foot.

use super::{links, reactions};
use crate::{
    i18n::{Locale, language::filled, td_string},
    parts::{kinds::kind_name, words::listed},
    replica::Replica,
    session::voice::in_a_sentence,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{ItemId, Note, NoteKind, PlanState},
    ids::{NoteId, VoiceId},
    layout::has_more,
};

/// Who speaks: a name where names are shown, else the voice, else what kind of note it is.
pub(crate) fn speaker(replica: Replica, locale: Locale, note: &Note) -> String {
    let voice = || replica.session.voice_name(note.voice.as_ref()?, locale);
    note.by
        .clone()
        .or_else(|| voice().map(|name| in_a_sentence(&name)))
        .unwrap_or_else(|| kind_name(locale, note.kind).to_owned())
}

/// What a plan's state is called.
pub(super) fn state_name(locale: Locale, state: PlanState) -> &'static str {
    match state {
        PlanState::ToTry => td_string!(locale, note.state_to_try),
        PlanState::Trying => td_string!(locale, note.state_trying),
        PlanState::Worked => td_string!(locale, note.state_worked),
        PlanState::DidNotWork => td_string!(locale, note.state_did_not_work),
    }
}

/// The line above the foot: of a plan «Amina og Per · uke 49 · prøves nå», of a broken habit who stops
/// and from when. `shared::layout` has room for it.
pub(crate) fn more_line(locale: Locale, note: &Note) -> Option<String> {
    if !has_more(note) {
        return None;
    }
    if note.kind == NoteKind::Plan {
        let plan = &note.plan;
        let parts = [&*plan.who, &*plan.when, state_name(locale, plan.state)];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        return Some(listed(parts, " · "));
    }
    let broken = note.habit.broken.as_ref()?;
    let values = [("who", &*broken.who), ("from", &*broken.from)];
    Some(filled(td_string!(locale, note.broken), &values))
}

/// What the foot and the lines say, for who listens: «, fra pårørende, lever med dette, svarer på: …».
pub(crate) fn description(replica: Replica, locale: Locale, note: &Note) -> String {
    let mut words = String::new();
    let mut add = |part: &str| {
        words.push_str(", ");
        words.push_str(part);
    };
    if note.by.is_some() || note.voice.is_some() {
        let who = speaker(replica, locale, note);
        add(&filled(
            td_string!(locale, note.said_by),
            &[("voice", &who)],
        ));
    }
    if note.lived {
        add(td_string!(locale, note.lived_mark));
    }
    if note.cut.is_some() {
        add(td_string!(locale, photo.cut_mark));
    }
    if let Some(more) = more_line(locale, note) {
        add(&more);
    }
    if !note.restated.is_empty() {
        add(td_string!(locale, note.restated_mark));
    }
    if let Some(reactions) = reactions::in_words(locale, note)
        && !replica.session.is_silent().get()
    {
        add(&reactions);
    }
    for line in links::in_words(replica, locale, &ItemId::Note(note.id.clone())) {
        add(&line.words);
    }
    words
}

/// How many different voices speak in these notes.
pub(crate) fn voice_count(replica: Replica, notes: &[NoteId]) -> usize {
    let mut voices: Vec<VoiceId> = Vec::new();
    for id in notes {
        let voice = replica
            .state
            .note(id)
            .and_then(|signals| signals.note.with_untracked(|note| note.voice.clone()));
        voices.extend(voice.filter(|voice| !voices.contains(voice)));
    }
    voices.len()
}
