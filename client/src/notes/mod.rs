//! What desk and phone say of a note besides its words, and do with it: the same on both.
//!
//! - [`speaker`]: who speaks, how it is marked, and all of that for who listens
//! - [`links`]: the thread problem, habit, idea, plan: in words, made and taken away
//! - [`details`]: what a habit and a plan are asked, and how a note was said back
//! - [`reactions`]: what readers say back with a press
//! - [`undo`]: one step back and one forth, and what is said of it
//! - [`thrown`]: others took my notes off the board, and the way back
//! - [`answer`]: a note for another one, written in a sheet
//! - [`clusters`]: making, merging and splitting clusters, and stacks
//! - [`way`]: what goes aside for a cluster that grows
//! - [`whole`]: what lies far away, and what lies on one spot

mod answer;
pub(crate) mod clusters;
mod details;
mod field;
pub(crate) mod links;
pub(crate) mod reactions;
mod speaker;
pub(crate) mod thrown;
pub(crate) mod undo;
pub(crate) mod way;
pub(crate) mod whole;

pub(crate) use answer::{AnswerSheet, Answering, answer_name};
pub(crate) use details::{NoteDetails, has_details};
pub(crate) use speaker::{description, more_line, speaker, voice_count};

use crate::{
    i18n::{Locale, language::filled, td_string},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{BoardChange, Lived, Verdict},
    ids::{ClusterId, NoteId},
};

/// A cluster's title, or words for one that has none.
pub(crate) fn cluster_title(locale: Locale, title: &str) -> String {
    match title.trim() {
        "" => td_string!(locale, cluster.untitled).to_owned(),
        title => title.to_owned(),
    }
}

/// The title of a cluster that may be gone, or words for one that has none; followed.
pub(crate) fn title_of(replica: Replica, locale: Locale, cluster: &ClusterId) -> String {
    let shape = replica.state.cluster(cluster);
    let title = shape.map(|shape| shape.with(|shape| shape.cluster.title.clone()));
    cluster_title(locale, &title.unwrap_or_default())
}

/// What the writer would rather have had said; `None`: they said yes to it.
pub(crate) fn rather_said(locale: Locale, verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Confirmed => None,
        Verdict::Corrected(text) => Some(filled(
            td_string!(locale, note.restated_corrected),
            &[("text", text)],
        )),
    }
}

/// Says *I live with this* of one's own note, or no longer.
pub(crate) fn toggle_lived(replica: Replica, note: &NoteId) {
    let Some(signals) = replica.state.note(note) else {
        return;
    };
    let lived = if signals.note.with_untracked(|note| note.lived) {
        Lived::No
    } else {
        Lived::Yes
    };
    replica.step_of(&BoardChange::Note(note.clone()), |change| {
        change.set_lived(note, lived);
    });
}

/// Notes that their writers live with come first, in the order that they had.
pub(crate) fn lived_first(replica: Replica, notes: Vec<NoteId>) -> Vec<NoteId> {
    let is_lived = |id: &NoteId| {
        let signals = replica.state.note(id);
        signals.is_some_and(|signals| signals.note.with_untracked(|note| note.lived))
    };
    let (mut first, rest): (Vec<NoteId>, Vec<NoteId>) = notes.into_iter().partition(is_lived);
    first.extend(rest);
    first
}
