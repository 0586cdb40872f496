//! Which language this person reads: their own choice, else their browser's.

use super::{
    choice::{Choice, choice_row},
    storage,
};
use crate::i18n::{Locale, text};
use leptos::prelude::*;
use std::cell::Cell;

const KEY: &str = "samtavle.language";

thread_local! {
    /// The language of this page: the one source that all texts follow.
    static LANGUAGE: Cell<Option<RwSignal<Locale>>> = const { Cell::new(None) };
}

/// The language, for [`t_string!`](crate::i18n::t_string): get it with [`use_i18n`].
///
/// The library's own context would bring ICU's locale matching along: 20 KB of the first visit, to
/// choose between two languages.
#[derive(Clone, Copy)]
pub(crate) struct I18n(RwSignal<Locale>);

impl I18n {
    /// The language now; what reads it runs again when it changes.
    pub(crate) fn get_locale(self) -> Locale {
        self.0.get()
    }

    /// The language now.
    pub(crate) fn get_locale_untracked(self) -> Locale {
        self.0.get_untracked()
    }
}

/// Sets the language of the page; call once, at the top of the app, before any text.
pub(crate) fn provide_language() {
    let chosen = RwSignal::new(remembered().unwrap_or_else(of_browser));
    LANGUAGE.set(Some(chosen));
    Effect::new(move || {
        if let Some(page) = document().document_element() {
            let _ = page.set_attribute("lang", tag(chosen.get()));
        }
    });
}

/// Changes the language, and remembers it.
pub(crate) fn choose_language(locale: Locale) {
    storage::write(KEY, tag(locale));
    use_i18n().0.set(locale);
}

/// The same language in the session's own terms.
pub(crate) const fn session_language(locale: Locale) -> samtavle_shared::session::Language {
    match locale {
        Locale::nb => samtavle_shared::session::Language::Nb,
        Locale::en => samtavle_shared::session::Language::En,
    }
}

/// The language of the page.
pub(crate) fn use_i18n() -> I18n {
    I18n(
        LANGUAGE
            .get()
            .unwrap_or_else(|| RwSignal::new(Locale::default())),
    )
}

/// What [`text!`](crate::i18n::text) becomes: a text that follows the language. All of them are one type, so that the
/// machinery of a text in a view is compiled once and not once for each.
pub(crate) fn text(
    words: fn(Locale) -> &'static str,
) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let i18n = use_i18n();
    move || words(i18n.get_locale())
}

/// Puts words into a text: each `{name}` in it becomes its value. A name that has none stays as it is.
///
/// `filled(t_string!(i18n, people.came), &[("name", &name)])`
pub(crate) fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut full = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        full.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            let &(_, value) = values.iter().find(|&&(known, _)| known == name)?;
            Some((value, after))
        });
        if let Some((value, after)) = value {
            full.push_str(value);
            rest = after;
        } else {
            full.push('{');
            rest = after;
        }
    }
    full.push_str(rest);
    full
}

/// Chooses the words for one or for several, and puts `{count}` into them. Enough for Norwegian and English.
///
/// `counted(count, t_string!(i18n, note.count_1), t_string!(i18n, note.count_n))`
pub(crate) fn counted(count: usize, one: &str, other: &str) -> String {
    filled(
        if count == 1 { one } else { other },
        &[("count", &count.to_string())],
    )
}

const fn tag(locale: Locale) -> &'static str {
    match locale {
        Locale::nb => "nb",
        Locale::en => "en",
    }
}

fn remembered() -> Option<Locale> {
    of_tag(&storage::read(KEY)?)
}

fn of_browser() -> Locale {
    let languages = window().navigator().languages();
    languages
        .iter()
        .find_map(|language| of_tag(&language.as_string()?))
        .unwrap_or(Locale::en)
}

/// Whoever reads Nynorsk, Danish or Swedish reads Bokmål more easily than English.
fn of_tag(tag: &str) -> Option<Locale> {
    match tag.split('-').next()? {
        "nb" | "nn" | "no" | "da" | "sv" => Some(Locale::nb),
        "en" => Some(Locale::en),
        _ => None,
    }
}

/// Chooses the language.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let I18n(chosen) = use_i18n();
    // A language is called what its own readers call it.
    let choices = [(Locale::nb, "Norsk"), (Locale::en, "English")].map(|(value, name)| Choice {
        value,
        label: name.into(),
        icon: None,
    });
    choice_row(
        text!(common.language).into(),
        choices.into(),
        chosen.into(),
        UnsyncCallback::new(move |(locale,)| {
            storage::write(KEY, tag(locale));
            chosen.set(locale);
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn values_take_the_place_of_their_names() {
        assert_eq!(
            filled(
                "{name} la til: {text}",
                &[("name", "Kari"), ("text", "{name}")]
            ),
            "Kari la til: {name}"
        );
        assert_eq!(
            filled("100 % { og {mer}", &[("name", "Kari")]),
            "100 % { og {mer}"
        );
        assert_eq!(counted(1, "{count} lapp", "{count} lapper"), "1 lapp");
        assert_eq!(counted(0, "{count} lapp", "{count} lapper"), "0 lapper");
    }

    #[test]
    fn both_languages_have_the_same_texts_with_the_same_names_in_them() {
        let [nb, en] = [
            include_str!("../../../assets/locales/nb.json"),
            include_str!("../../../assets/locales/en.json"),
        ]
        .map(|file| {
            let groups: BTreeMap<String, BTreeMap<String, String>> =
                serde_json::from_str(file).unwrap();
            groups
                .iter()
                .flat_map(|(group, texts)| {
                    texts
                        .iter()
                        .map(move |(key, text)| (format!("{group}.{key}"), names_in(text)))
                })
                .collect::<BTreeMap<_, _>>()
        });
        assert_eq!(nb, en);
    }

    fn names_in(text: &str) -> BTreeSet<String> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
            .collect()
    }

    #[test]
    fn scandinavians_get_norwegian() {
        for (tag, locale) in [
            ("nb-NO", Some(Locale::nb)),
            ("sv", Some(Locale::nb)),
            ("en-GB", Some(Locale::en)),
            ("de", None),
            ("", None),
        ] {
            assert_eq!(of_tag(tag), locale, "{tag}");
        }
    }
}
