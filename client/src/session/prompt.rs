//! What the board asks: for a kind of note, and of a workshop at its beginning.

use crate::i18n::{Locale, td_string};
use samtavle_shared::board::{NoteKind, Template};

/// The question for a kind of note, and a sentence that helps to begin.
pub(crate) fn prompt_of_kind(locale: Locale, kind: NoteKind) -> (&'static str, &'static str) {
    match kind {
        NoteKind::Problem | NoteKind::Other => (
            td_string!(locale, phone.prompt_problem),
            td_string!(locale, phone.prompt_problem_hint),
        ),
        NoteKind::Habit => (
            td_string!(locale, phone.prompt_habit),
            td_string!(locale, phone.prompt_habit_hint),
        ),
        NoteKind::Idea => (
            td_string!(locale, phone.prompt_idea),
            td_string!(locale, phone.prompt_idea_hint),
        ),
        NoteKind::Plan => (
            td_string!(locale, phone.prompt_plan),
            td_string!(locale, phone.prompt_plan_hint),
        ),
    }
}

/// The kind that a workshop begins with.
pub(crate) const fn first_kind(template: Template) -> NoteKind {
    match template {
        Template::HabitBreak => NoteKind::Habit,
        _ => NoteKind::Problem,
    }
}

/// What a workshop asks at its beginning; a blank one asks nothing.
pub(crate) fn prompt_of_template(
    locale: Locale,
    template: Template,
) -> Option<(&'static str, &'static str)> {
    (template != Template::Blank).then(|| prompt_of_kind(locale, first_kind(template)))
}
