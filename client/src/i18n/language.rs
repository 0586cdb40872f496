//! Which language this page speaks: the person's own choice, else their browser's. A wall has nobody to choose: it speaks
//! as its board does.

use super::{Locale, td_string};
use crate::browser::storage;
use js_sys::{Intl::PluralRules, Object};
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use samtavle_shared::{direction::isolated, language::Language};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;

const KEY: &str = "samtavle.language";

thread_local! {
    /// The language of this page: the one source that all texts follow.
    static LANGUAGE: Cell<Option<RwSignal<Locale>>> = const { Cell::new(None) };
}

/// The language, for [`t_string!`](crate::i18n::t_string): get it with [`use_i18n`].
///
/// The library's own context would bring ICU's locale matching along: 20 KB of the first visit, to
/// choose between three languages.
#[derive(Clone, Copy)]
pub(crate) struct I18n(RwSignal<Locale>);

impl I18n {
    /// The language now; what reads it runs again when it changes.
    pub(crate) fn get_locale(self) -> Locale {
        self.0.get()
    }

    /// The language, as it is chosen.
    pub(crate) fn chosen(self) -> RwSignal<Locale> {
        self.0
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
            let _ = page.set_attribute("lang", chosen.get().as_str());
        }
    });
}

/// Changes the language, and remembers it.
pub(crate) fn choose_language(locale: Locale) {
    storage::write(KEY, locale.as_str());
    use_i18n().0.set(locale);
}

/// Has the page speak as its board does, for where nobody chooses; `?lang=nn` in the address goes before.
pub(crate) fn speak_as_the_board(board: Signal<Option<Language>>) {
    let chosen = use_i18n().0;
    let search = window().location().search().unwrap_or_default();
    let of_address = (search.trim_start_matches('?').split('&'))
        .find_map(|part| of_tag(part.strip_prefix("lang=")?));
    Effect::new(move || {
        let wanted = of_address.or_else(|| board.get().map(locale_of));
        if let Some(wanted) = wanted.filter(|wanted| *wanted != chosen.get_untracked()) {
            chosen.set(wanted);
        }
    });
}

/// The same language in the session's own terms. One that its words are not written in reads English.
pub(crate) fn session_language(locale: Locale) -> Language {
    Language::read(locale.as_str()).unwrap_or(Language::En)
}

impl From<Locale> for Language {
    fn from(locale: Locale) -> Self {
        session_language(locale)
    }
}

/// The same language in the page's terms.
pub(crate) fn locale_of(language: Language) -> Locale {
    of_tag(language.tag()).unwrap_or_default()
}

/// All languages in the order in which they are offered, each called what its own readers call it.
pub(crate) fn languages() -> impl Iterator<Item = (Locale, &'static str)> {
    Locale::get_all()
        .iter()
        .map(|&locale| (locale, td_string!(locale, common.this_language)))
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

/// Puts words into a text: each `{name}` in it becomes its value, kept apart from the text where it runs the other
/// way. A name that has none stays as it is.
///
/// `filled(t_string!(i18n, home.recent_wall), &[("title", &title)])`
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
            full.push_str(&isolated(value));
            rest = after;
        } else {
            full.push('{');
            rest = after;
        }
    }
    full.push_str(rest);
    full
}

/// Chooses the words for one or for several as the page's language does, and puts `{count}` into them.
///
/// `counted(count, t_string!(i18n, note.count_1), t_string!(i18n, note.count_n))`
pub(crate) fn counted(count: usize, one: &str, other: &str) -> String {
    let locale = use_i18n().get_locale();
    filled(
        if is_one(count, locale) { one } else { other },
        &[("count", &number(count, locale))],
    )
}

/// A number as this language writes it: "1 234" or "1,234".
pub(crate) fn number(count: usize, locale: Locale) -> String {
    if count < 1_000 {
        return count.to_string();
    }
    js_sys::Number::from(count as f64)
        .to_locale_string(locale.as_str())
        .into()
}

/// Whether a language speaks of so many as of one; the browser knows it of every language (CLDR).
fn is_one(count: usize, locale: Locale) -> bool {
    if cfg!(not(target_arch = "wasm32")) {
        return count == 1; // the tests have no browser to ask
    }
    thread_local! {
        static RULES: RefCell<Option<(Locale, PluralRules)>> = const { RefCell::new(None) };
    }
    RULES.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|(of, _)| *of != locale) {
            let tags = [JsValue::from_str(locale.as_str())].into_iter().collect();
            *kept = Some((locale, PluralRules::new(&tags, &Object::new())));
        }
        kept.as_ref()
            .is_some_and(|(_, rules)| rules.select(count as f64) == "one")
    })
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

/// Whoever reads Danish, Swedish or a Sami language reads Bokmål more easily than English.
fn of_tag(tag: &str) -> Option<Locale> {
    match tag.split('-').next()? {
        "no" | "da" | "sv" | "se" | "sma" | "smj" | "smn" | "sms" => Some(Locale::nb),
        language => Locale::get_all()
            .iter()
            .copied()
            .find(|locale| locale.as_str() == language),
    }
}

/// A moment as a clock shows it here: «13:05». `at`: milliseconds since 1970.
pub(crate) fn clock_time(at: f64) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at));
    let two = |number: u32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    [&*two(date.get_hours()), ":", &*two(date.get_minutes())].concat()
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
        assert_eq!(
            filled("{name} er her.", &[("name", "علي (NAV)")]),
            "\u{2068}علي (NAV)\u{2069} er her.",
            "what runs the other way stands apart"
        );
        assert_eq!(counted(1, "{count} lapp", "{count} lapper"), "1 lapp");
        assert_eq!(counted(0, "{count} lapp", "{count} lapper"), "0 lapper");
    }

    #[test]
    fn scandinavians_get_norwegian_and_who_reads_nynorsk_gets_nynorsk() {
        for (tag, locale) in [
            ("nb-NO", Some(Locale::nb)),
            ("no", Some(Locale::nb)),
            ("se-NO", Some(Locale::nb)),
            ("smj", Some(Locale::nb)),
            ("nn-NO", Some(Locale::nn)),
            ("nn", Some(Locale::nn)),
            ("sv", Some(Locale::nb)),
            ("en-GB", Some(Locale::en)),
            ("de", None),
            ("", None),
        ] {
            assert_eq!(of_tag(tag), locale, "{tag}");
        }
    }

    #[test]
    fn each_language_of_the_page_has_its_words_in_the_session() {
        let offered: Vec<Language> = languages()
            .map(|(locale, _)| session_language(locale))
            .collect();
        assert_eq!(offered, Language::ALL);
        assert!(languages().all(|(locale, _)| locale_of(session_language(locale)) == locale));
    }
}
