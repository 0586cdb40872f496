//! Texts in the language of the page. `assets/locales` has them; the compiler checks that each exists.
//!
//! - [`text!`]`(desk.undo)`: a text that follows the language, for a child, an attribute or a `label`.
//! - [`t_string!`]`(i18n, desk.undo)` with [`use_i18n`]: the words now, to be filled or counted
//!   ([`language::filled`], [`language::counted`]).
//! - [`td_string!`]`(locale, desk.undo)`: the words in a language that is at hand.

pub(crate) use language::{I18n, use_i18n};
pub(crate) use texts::i18n::{Locale, td_string};

/// A text that follows the language: `text!(desk.undo)`.
macro_rules! text {
    ($($key:ident).+) => {
        $crate::i18n::language::text(|locale: $crate::i18n::Locale| $crate::i18n::td_string!(locale, $($key).+))
    };
}
pub(crate) use text;

/// The words in the language of the page: `t_string!(i18n, desk.undo)`.
macro_rules! t_string {
    ($i18n:expr, $($key:ident).+) => {
        $crate::i18n::td_string!($i18n.get_locale(), $($key).+)
    };
}
pub(crate) use t_string;

pub(crate) mod language;
// Its successor, code made by a build script, would add ICU's whole data generator to the build.
#[expect(deprecated)]
mod texts;

#[cfg(test)]
mod tests;
