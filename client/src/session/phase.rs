//! What the present phase asks, in the language of the page.

use crate::{i18n::Locale, replica::Replica, session::prompt::first_kind};
use leptos::prelude::*;
use samtavle_shared::{board::NoteKind, session::Phase};

/// What a phase is called.
pub(crate) fn title_of(locale: Locale, phase: &Phase) -> String {
    Replica::words(&phase.title, locale)
}

/// A sentence that helps to begin.
pub(crate) fn prompt_of(locale: Locale, phase: &Phase) -> String {
    Replica::words(&phase.prompt, locale)
}

/// The kind that is asked for first: by the phase, else by the template.
pub(crate) fn kind_asked_for(replica: Replica) -> NoteKind {
    let phase = replica.session.phase().get_untracked();
    let asked = phase.and_then(|phase| phase.kinds.first().copied());
    let template = replica.state.template.get_untracked();
    asked.unwrap_or_else(|| template.map_or(NoteKind::Problem, first_kind))
}
