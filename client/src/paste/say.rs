//! What is said about something that was not taken.

use crate::i18n::{Locale, language::filled, td_string};
use samtavle_shared::{limits::MAX_PASTED_NOTES, paste::TooMuch};

pub(super) fn too_much(locale: Locale, what: TooMuch) -> String {
    match what {
        TooMuch::Text => td_string!(locale, paste.too_much).to_owned(),
        TooMuch::Notes { count } => {
            let values = [count.to_string(), MAX_PASTED_NOTES.to_string()];
            let words = td_string!(locale, paste.too_many);
            filled(words, &[("count", &values[0]), ("most", &values[1])])
        }
        TooMuch::Note { number } => filled(
            td_string!(locale, paste.note_too_long),
            &[("number", &number.to_string())],
        ),
    }
}
