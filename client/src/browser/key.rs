//! Which letter a key stands for where it is a shortcut.
//!
//! Where the keyboard writes Latin letters, the letter counts, wherever its key is (AZERTY, Dvorak). Where it writes
//! others (Cyrillic, Greek, Arabic, Hebrew, Thai), none of ours can be written, and the key's place counts: «м» is where
//! a Latin keyboard has «v».

use std::borrow::Cow;

/// What a key that an input method took says it is.
const TAKEN: &str = "Process";

/// What a key stands for, of its `key` (what it writes, or its name) and its `code` (its place).
pub(crate) fn letter<'k>(key: &'k str, code: &str, with_shift: bool) -> Cow<'k, str> {
    if let Some(letter) = at_place(code, with_shift).filter(|_| is_foreign(key)) {
        return Cow::Owned(letter.to_string());
    }
    // Caps Lock changes what is written, not what the key is for.
    match key.as_bytes() {
        [b'A'..=b'Z'] if !with_shift => Cow::Owned(key.to_ascii_lowercase()),
        _ => Cow::Borrowed(key),
    }
}

/// [`letter`] of a key that went down.
pub(crate) fn letter_of(event: &web_sys::KeyboardEvent) -> String {
    letter(&event.key(), &event.code(), event.shift_key()).into_owned()
}

/// Whether a key writes nothing that a Latin keyboard writes. One of an Arabic keyboard writes two letters: «لا».
fn is_foreign(key: &str) -> bool {
    key == TAKEN || !key.is_empty() && key.chars().all(|letter| !is_of_latin_keyboards(letter))
}

/// Letters of all languages that are written in Latin, accents, and the signs beside them.
fn is_of_latin_keyboards(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{036F}'
            | '\u{1D00}'..='\u{1EFF}'
            | '\u{2000}'..='\u{2BFF}'
            | '\u{2C60}'..='\u{2C7F}'
            | '\u{A700}'..='\u{A7FF}'
            | '\u{AB30}'..='\u{AB6F}'
    )
}

/// What a Latin keyboard has in a place.
fn at_place(code: &str, with_shift: bool) -> Option<char> {
    if let Some(letter) = code.strip_prefix("Key") {
        let letter = letter.chars().next()?;
        return Some(if with_shift {
            letter
        } else {
            letter.to_ascii_lowercase()
        });
    }
    if let Some(figure) = code.strip_prefix("Digit").filter(|_| !with_shift) {
        return figure.chars().next();
    }
    Some(match (code, with_shift) {
        ("Minus", false) => '-',
        ("Equal", false) => '=',
        ("Equal", true) => '+',
        ("Slash", false) => '/',
        ("Slash", true) => '?',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn where_the_keyboard_is_not_latin_the_place_counts() {
        for (key, code, place) in [
            ("м", "KeyV", "v"),
            ("ω", "KeyV", "v"),
            ("ر", "KeyV", "v"),
            ("ה", "KeyV", "v"),
            ("อ", "KeyV", "v"),
            ("を", "Digit0", "0"),
            ("لا", "KeyB", "b"),
            ("١", "Digit1", "1"),
            ("ๅ", "Digit1", "1"),
            ("ช", "Equal", "="),
            ("Process", "KeyP", "p"),
        ] {
            assert_eq!(letter(key, code, false), place, "{key} on {code}");
        }
        assert_eq!(letter("П", "KeyG", true), "G");
        assert_eq!(letter("؟", "Slash", true), "?");
    }

    #[test]
    fn where_it_is_latin_the_letter_counts() {
        for (key, code) in [
            ("a", "KeyQ"), // AZERTY
            ("k", "KeyV"), // Dvorak
            ("z", "KeyY"), // QWERTZ
            ("å", "BracketLeft"),
            ("é", "Digit2"),
            ("ı", "KeyI"),        // Turkish
            ("ư", "BracketLeft"), // Vietnamese
            ("€", "KeyE"),
            ("/", "KeyQ"),   // Hebrew has it there
            ("?", "Digit7"), // Cyrillic has it there
        ] {
            assert_eq!(letter(key, code, false), key, "{key} on {code}");
        }
    }

    #[test]
    fn a_name_stays_a_name() {
        for key in ["Enter", "ArrowLeft", "Dead", "Unidentified", " ", ""] {
            assert_eq!(letter(key, "KeyV", false), key);
        }
    }

    #[test]
    fn caps_lock_is_not_shift() {
        assert_eq!(letter("P", "KeyP", false), "p");
        assert_eq!(letter("P", "KeyP", true), "P");
        assert_eq!(letter("М", "KeyV", false), "v");
    }
}
