//! People: their colours and initials. Names are optional, and so is knowing who somebody is.

use crate::i18n::{Locale, language::filled, t_string, td_string, use_i18n};
use leptos::prelude::*;
use samtavle_shared::wire::Presence;

/// The colours that people are given, as they stand in presence (`user.color`). White reads on each;
/// the same as `--person-0` to `--person-7` in the styles.
pub(crate) const PERSON_COLORS: [&str; 8] = [
    "#1f4e8c", "#8f2f10", "#0a5a45", "#4b3399", "#7a2358", "#6b5100", "#00596b", "#5e554a",
];

/// Which of [`PERSON_COLORS`] somebody has. Another client's own colour becomes one of ours, chosen by
/// its client id, so that every name stays readable and nothing foreign reaches a style.
pub(crate) fn person_color(color: &str, client: u64) -> usize {
    PERSON_COLORS
        .iter()
        .position(|known| known.eq_ignore_ascii_case(color))
        .unwrap_or((client % PERSON_COLORS.len() as u64) as usize)
}

/// The class that sets `--person` to one of the colours.
pub(crate) fn person_class(number: usize) -> &'static str {
    const CLASSES: [&str; 8] = [
        "person-0", "person-1", "person-2", "person-3", "person-4", "person-5", "person-6",
        "person-7",
    ];
    CLASSES[number % CLASSES.len()]
}

/// What somebody is called on the screen: their name, or «Person 7», which they are called everywhere. Whoever has
/// no number (another program) is a guest, with one that is the same on all screens as long as they are here.
pub(crate) fn shown_name(locale: Locale, name: &str, number: u32, client: u64) -> String {
    let name = name.trim();
    if !name.is_empty() {
        return name.to_owned();
    }
    let (words, number) = match number {
        0 => (
            td_string!(locale, people.guest),
            (client % 99 + 1).to_string(),
        ),
        number => (td_string!(locale, people.person), number.to_string()),
    };
    filled(words, &[("number", &number)])
}

/// «Person 7»: what somebody is called who gave no name.
pub(crate) fn nameless(locale: Locale, number: u32) -> String {
    shown_name(locale, "", number, 0)
}

/// The same for a sign that tells of nobody in particular.
pub(crate) fn writer_name(locale: Locale, presence: &Presence, client: u64) -> String {
    if presence.is_nameless {
        td_string!(locale, people.somebody).to_owned()
    } else {
        shown_name(locale, &presence.user.name, presence.number, client)
    }
}

/// One or two letters for a name: of its first and its last word.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// Somebody who is here.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// What they call themselves; may be empty.
    pub(crate) name: String,
    /// Their number in the session; 0: they have none.
    pub(crate) number: u32,
    /// Which of [`PERSON_COLORS`] they have.
    pub(crate) color: usize,
}

/// Somebody's round mark: the initials, or for who gave no name their number: a colour alone tells nobody apart.
#[component]
pub(crate) fn Avatar(
    /// Who it is.
    person: Person,
) -> impl IntoView {
    let i18n = use_i18n();
    let letters = match (initials(&person.name), person.number) {
        (letters, _) if !letters.is_empty() => letters,
        (_, 0) => "•".to_owned(),
        (_, number) => number.to_string(),
    };
    let (name, number) = (person.name, person.number);
    let label = move || {
        if name.is_empty() && number == 0 {
            t_string!(i18n, people.somebody).to_owned()
        } else {
            shown_name(i18n.get_locale(), &name, number, 0)
        }
    };
    view! {
        // The letters are drawn by the styles: they are no words of the button that a face stands in.
        <span
            class=["avatar ", person_class(person.color)].concat()
            role="img"
            aria-label=label
            data-letters=letters
        ></span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        for (name, letters) in [
            ("Anne Olsen", "AO"),
            ("kari", "K"),
            ("Ida Marie Berg", "IB"),
            ("  ", ""),
            ("åse ødegård", "ÅØ"),
        ] {
            assert_eq!(initials(name), letters);
        }
    }

    #[test]
    fn a_colour_that_is_not_ours_becomes_one_of_ours() {
        assert_eq!(person_color("#0A5A45", 99), 2);
        assert_eq!(person_color("url(http://elsewhere)", 11), 3);
    }
}
