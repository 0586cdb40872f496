//! The words that the screens share: what the board asks, and why the server said no.

use crate::{
    i18n::{Locale, td_string},
    replica::Replica,
};
use samtavle_shared::{
    board::{NoteKind, Template},
    wire::CloseCode,
};

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

/// Why the server said no, for a person.
pub(crate) fn words_of_refusal(locale: Locale, replica: Replica, code: CloseCode) -> &'static str {
    match code {
        CloseCode::WrongKey if !replica.has_whole_link() => td_string!(locale, error.link_cut),
        CloseCode::WrongKey => td_string!(locale, error.close_wrong_key),
        CloseCode::NoSuchBoard => td_string!(locale, error.close_no_board),
        CloseCode::Restart => td_string!(locale, error.close_restart),
        CloseCode::Rubbish => td_string!(locale, error.close_rubbish),
        CloseCode::Resync => td_string!(locale, error.close_resync),
        CloseCode::Refused => td_string!(locale, error.close_refused),
        CloseCode::TooLarge => td_string!(locale, error.close_too_large),
        CloseCode::TooMany => td_string!(locale, error.close_too_many),
        CloseCode::Removed => td_string!(locale, error.close_removed),
        CloseCode::NotLetIn => td_string!(locale, error.close_not_let_in),
        CloseCode::OtherVersion => td_string!(locale, error.close_other_version),
    }
}

/// Whether the link is at fault: another one, or the code, opens what this one did not.
pub(crate) const fn wants_another_link(code: CloseCode) -> bool {
    matches!(code, CloseCode::WrongKey | CloseCode::NoSuchBoard)
}
