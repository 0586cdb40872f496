//! Which language this person reads: their own choice, else their browser's.

use super::{
    choice::{Choice, choice_row},
    storage,
};
use crate::i18n::{Locale, t_string, use_i18n};
use leptos::prelude::*;

const KEY: &str = "samtavle.language";

/// The chosen language: the source that the texts follow.
#[derive(Clone, Copy)]
struct Language(RwSignal<Locale>);

/// Sets the language of the page; call once, at the top of the app, before any text.
pub(crate) fn provide_language() {
    let chosen = RwSignal::new(remembered().unwrap_or_else(of_browser));
    provide_context(Language(chosen));
    provide_context(leptos_i18n::context::init_i18n_subcontext::<Locale>(Some(
        chosen.into(),
    )));
    Effect::new(move || {
        if let Some(page) = document().document_element() {
            let _ = page.set_attribute("lang", tag(chosen.get()));
        }
    });
}

/// Changes the language, and remembers it.
pub(crate) fn choose_language(locale: Locale) {
    storage::write(KEY, tag(locale));
    if let Some(Language(chosen)) = use_context() {
        chosen.set(locale);
    }
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
    let i18n = use_i18n();
    let Some(Language(chosen)) = use_context() else {
        return ().into_any();
    };
    // A language is called what its own readers call it.
    let choices = [(Locale::nb, "Norsk"), (Locale::en, "English")].map(|(value, name)| Choice {
        value,
        label: name.into(),
        icon: None,
    });
    choice_row(
        (move || t_string!(i18n, common.language)).into(),
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
