//! What people type or paste to open a board: a code from the wall, a link from a message, or half of one.

use super::{
    Address, Page, is_whole,
    letters::{decoded, opens},
};

/// Fewest and most letters and digits of what may be a join code; which codes there are, knows the server.
const CODE_LETTERS: std::ops::RangeInclusive<usize> = 4..=60;

/// Where a text leads that somebody typed or pasted to open a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A join code, to exchange at the server.
    Code(String),
    /// A page of this site.
    Page(Address),
    /// A board of this site; the key has not come along, or not all of it.
    NoKey(Address),
    /// A page of another site.
    Elsewhere {
        /// Its host, to say it.
        host: String,
    },
    /// A link to here, but to no board.
    NoBoard,
    /// Neither a code nor a link.
    Nothing,
}

/// Reads what was typed or pasted; `host` is ours, with its port, and `base` the path of our front page.
pub fn read_typed(typed: &str, host: &str, base: &str) -> Destination {
    let typed = typed.trim_matches(|letter: char| opens(letter) || letter == '>');
    if let Some(link) = from(typed, &["https://", "http://"]) {
        return read_link(link, host, base);
    }
    if let Some(path) = typed.strip_prefix('/') {
        return read_path(path, base);
    }
    if typed.contains('/') {
        return read_link(from(typed, &[host]).unwrap_or(typed), host, base);
    }
    read_code(typed).map_or(Destination::Nothing, Destination::Code)
}

/// A link from its host on. One that a filter has wrapped into one of its own has ours inside.
fn read_link(link: &str, host: &str, base: &str) -> Destination {
    let end = link.find(|letter: char| "/?#".contains(letter) || letter.is_whitespace());
    let (place, path) = link.split_at(end.unwrap_or(link.len()));
    if place.eq_ignore_ascii_case(host) {
        return read_path(path.trim_start_matches('/'), base);
    }
    let plain = decoded(path);
    match from(&plain, &[&["://", host, "/"].concat()]) {
        Some(wrapped) => read_path(wrapped, base),
        None => Destination::Elsewhere {
            host: place.to_owned(),
        },
    }
}

/// Somebody may leave the path out that a proxy put before it.
fn read_path(path: &str, base: &str) -> Destination {
    let below = path
        .strip_prefix(base.trim_start_matches('/'))
        .unwrap_or(path);
    match Address::read(below) {
        Some(Address {
            page: Page::Join { code },
            ..
        }) => Destination::Code(code),
        Some(address) => match address.key().map(is_whole) {
            Some(true) => Destination::Page(address),
            Some(false) => Destination::NoKey(address),
            None => Destination::NoBoard,
        },
        None => Destination::NoBoard,
    }
}

/// What comes after the first of these words, which may be in other words; large and small letters are the same.
fn from<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let small = text.to_ascii_lowercase();
    let found = words.iter().filter_map(|word| {
        let at = small.find(&word.to_ascii_lowercase())?;
        // A host is where the link begins, a scheme is before it.
        Some((
            at,
            if word.contains("://") {
                at + word.len()
            } else {
                at
            },
        ))
    });
    found.min().map(|(_, begin)| &text[begin..])
}

/// Reads a join code as people type it and links carry it, small or large, with dashes, spaces or a full stop.
/// `None`: it cannot be one.
pub fn read_code(text: &str) -> Option<String> {
    let plain = decoded(text);
    let plain = plain.split(['?', '#', '&', '/']).next().unwrap_or_default();
    let plain = plain.trim_matches(|letter: char| !letter.is_alphanumeric());
    let mut code = String::new();
    let mut letters = 0;
    for letter in plain.chars().map(western) {
        if letter.is_alphanumeric() {
            code.extend(letter.to_uppercase());
            letters += 1;
        } else if !is_between_words(letter) {
            return None;
        } else if !code.ends_with('-') {
            code.push('-');
        }
    }
    CODE_LETTERS.contains(&letters).then_some(code)
}

/// What may stand between the words of a code, of which phones make long dashes.
fn is_between_words(letter: char) -> bool {
    letter.is_whitespace()
        || "-_.,+\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}".contains(letter)
}

/// The digits of Arabic, Persian and wide keyboards.
fn western(letter: char) -> char {
    for zero in ['\u{660}', '\u{6f0}', '\u{ff10}'] {
        let above = u32::from(letter).wrapping_sub(u32::from(zero));
        if let Some(digit) = char::from_digit(above, 10) {
            return digit;
        }
    }
    letter
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdefghjk";
    const KEY: &str = "ab-de_GHIJKLMNOPQRSTU9";
    const HOST: &str = "samtavle.example:8080";

    #[test]
    fn a_code_may_be_typed_as_people_do() {
        for typed in [
            "FJELL-LAKS-27",
            "fjell laks 27",
            "Fjell-Laks-27.",
            " fjell–laks–27 ",
            "fjell_laks_27",
            "«FJELL-LAKS-27»",
            "fjell, laks, 27",
            "FJELL-LAKS-27?utm_source=a",
            "FJELL%20LAKS%2027",
            "FJELL\u{2011}LAKS\u{2011}27)",
            "fjell laks ٢٧",
            "FJELL+LAKS+27",
        ] {
            assert_eq!(
                read_code(typed).as_deref(),
                Some("FJELL-LAKS-27"),
                "{typed}"
            );
        }
        assert_eq!(read_code("fjelllaks27").as_deref(), Some("FJELLLAKS27"));
        for typed in [
            "",
            "abc",
            ".",
            "javascript:alert(1)",
            "a".repeat(61).as_str(),
            "fjell@laks.27",
        ] {
            assert_eq!(read_code(typed), None, "{typed}");
        }
    }

    #[track_caller]
    fn leads(typed: &str, expected: &Destination) {
        assert_eq!(read_typed(typed, HOST, "/"), *expected, "{typed}");
    }

    #[test]
    fn a_link_to_here_opens_its_page_however_it_was_copied() {
        let page = |path: String| Destination::Page(Address::read(&path).unwrap());
        let board = page(format!("board/{ID}#{KEY}"));
        for typed in [
            format!("https://{HOST}/board/{ID}#{KEY}"),
            format!("HTTP://Samtavle.example:8080/board/{ID}#{KEY}"),
            format!("{HOST}/board/{ID}#{KEY}"),
            format!("/board/{ID}#{KEY}"),
            format!("//board/{ID}#{KEY}"),
            format!("<https://{HOST}/board/{ID}#{KEY}>."),
            format!("Bli med: https://{HOST}/board/{ID}%23{KEY}. Vi ses"),
            format!("Bli med på {HOST}/board/{ID}#{KEY}"),
            format!(
                "https://filter.example/?url=https%3A%2F%2F{HOST}%2Fboard%2F{ID}%23{KEY}&data=05%7C02"
            ),
        ] {
            leads(&typed, &board);
        }
        leads(
            &format!("https://{HOST}/wall/{ID}?theme=dark#{KEY}"),
            &page(format!("wall/{ID}?theme=dark#{KEY}")),
        );
        leads(
            &format!("https://{HOST}/join/fjell-laks-27."),
            &Destination::Code("FJELL-LAKS-27".into()),
        );
        leads(
            "  fjell laks 27.\n",
            &Destination::Code("FJELL-LAKS-27".into()),
        );
        for typed in [
            "https://samtavle.example/verktoy/tavle/board/{}",
            "/verktoy/tavle/board/{}",
            "/board/{}",
        ] {
            let typed = typed.replace("{}", &format!("{ID}#{KEY}"));
            assert_eq!(
                read_typed(&typed, "samtavle.example", "/verktoy/tavle/"),
                board,
                "{typed}"
            );
        }
    }

    #[test]
    fn a_link_that_leads_to_no_board_is_told_apart_from_one_to_elsewhere() {
        let cut = Destination::NoKey(Address::read(&format!("board/{ID}#abc")).unwrap());
        leads(&format!("https://{HOST}/board/{ID}#abc"), &cut);
        leads(&format!("https://{HOST}/"), &Destination::NoBoard);
        leads("//evil.example/board/a#b", &Destination::NoBoard);
        let elsewhere = Destination::Elsewhere {
            host: "other.example".into(),
        };
        leads(
            &format!("https://other.example/board/{ID}#{KEY}"),
            &elsewhere,
        );
        for typed in ["javascript:alert(1)", "", "abc", "<>"] {
            leads(typed, &Destination::Nothing);
        }
    }
}
