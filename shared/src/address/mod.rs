//! Addresses of the site, as people and their programs hand them on: a mail program writes `%23` for `#`, a list of
//! links ends each with a full stop, a campaign puts `?utm_source=…` before the key, a letter breaks the line in the
//! middle of it. Whatever was done to a link, it is read as the page that it was made for.
//!
//! Where the page lies on its host is for the caller to take off: here an address begins behind the front page's path.

mod letters;
mod typed;

pub use typed::{Destination, read_code, read_typed};

use crate::ids::BoardId;
use letters::{decoded, run};
use std::fmt;

/// Letters of a key, as the server makes them: 128 bits in base64url.
pub const KEY_LETTERS: usize = 22;

/// Letters of a board's id ([`BoardId::from_random`]).
const ID_LETTERS: usize = 20;

/// What an address may ask of its page: a group's QR code, and how a wall is to look.
const WISHES: [&str; 3] = ["group", "theme", "lang"];

/// A page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The front page.
    Home,
    /// Goes to the board that a code stands for.
    Join {
        /// In capitals, with dashes where something stood between.
        code: String,
    },
    /// A board on a desk or a phone.
    Board {
        /// The board that opens.
        id: BoardId,
        /// Empty where the address has lost it; see [`is_whole`].
        key: String,
    },
    /// A board on a wall.
    Wall {
        /// The board that the wall shows.
        id: BoardId,
        /// As for a board.
        key: String,
    },
}

/// A page, and what its address asks of it. Written out, it is the address as we make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Which page.
    pub page: Page,
    /// `group=2`, or empty: what of the rest is ours.
    pub wishes: String,
}

impl Address {
    /// Reads what stands behind the front page's path: `board/abc?group=2#key`. `None`: there is no such page.
    ///
    /// ```
    /// use samtavle_shared::address::Address;
    /// let rewritten = "board/0123456789abcdefghjk?utm_source=mail%23abcdefghijklmnopqrstuv.";
    /// let address = Address::read(rewritten).unwrap();
    /// assert_eq!(address.to_string(), "board/0123456789abcdefghjk#abcdefghijklmnopqrstuv");
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let plain = decoded(text);
        let mut pieces = plain.split('#');
        let path = pieces.next().unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default();
        let mut parts = path
            .split('/')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let page = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Page::Home,
            (Some(name), Some(rest), None) => page_of(name, rest, pieces)?,
            _ => return None,
        };
        let wishes = wishes_in(&plain);
        Some(Self { page, wishes })
    }

    /// The key in it, if its page has one.
    pub fn key(&self) -> Option<&str> {
        match &self.page {
            Page::Board { key, .. } | Page::Wall { key, .. } => Some(key),
            Page::Home | Page::Join { .. } => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.page {
            Page::Home => {}
            Page::Join { code } => write!(formatter, "join/{code}")?,
            Page::Board { id, .. } => write!(formatter, "board/{id}")?,
            Page::Wall { id, .. } => write!(formatter, "wall/{id}")?,
        }
        if !self.wishes.is_empty() {
            write!(formatter, "?{}", self.wishes)?;
        }
        match self.key() {
            Some(key) if !key.is_empty() => write!(formatter, "#{key}"),
            _ => Ok(()),
        }
    }
}

/// Whether a key may open something: one that was cut off on its way opens nothing.
pub fn is_whole(key: &str) -> bool {
    key.len() == KEY_LETTERS && key.chars().all(is_of_key)
}

/// What an address asks of its page: `wish("?group=2", "group")` is `2`.
pub fn wish<'a>(search: &'a str, name: &str) -> Option<&'a str> {
    let pairs = search.trim_start_matches('?').split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(its, value)| (its == name && !value.is_empty()).then_some(value))
}

fn page_of<'a>(name: &str, rest: &str, fragments: impl Iterator<Item = &'a str>) -> Option<Page> {
    if name.eq_ignore_ascii_case("join") {
        return read_code(rest).map(|code| Page::Join { code });
    }
    let id = run(rest, ID_LETTERS, |letter| letter.is_ascii_alphanumeric());
    if id.is_empty() {
        return None;
    }
    let id = BoardId::from(&*id);
    let key = key_in(fragments);
    if name.eq_ignore_ascii_case("board") {
        Some(Page::Board { id, key })
    } else if name.eq_ignore_ascii_case("wall") {
        Some(Page::Wall { id, key })
    } else {
        None
    }
}

/// The first that is whole, else the first that there is: other programs have fragments of their own.
fn key_in<'a>(fragments: impl Iterator<Item = &'a str>) -> String {
    let mut first = String::new();
    for fragment in fragments {
        let mut key = run(fragment, KEY_LETTERS, is_of_key);
        // What marks a link in a text (`_link_`) may be letters of a key, too.
        if key.len() > KEY_LETTERS && key[KEY_LETTERS..].bytes().all(|mark| b"-_".contains(&mark)) {
            key.truncate(KEY_LETTERS);
        }
        if is_whole(&key) {
            return key;
        }
        if first.is_empty() {
            first = key;
        }
    }
    first
}

/// What of it is ours, each once.
fn wishes_in(plain: &str) -> String {
    let pairs = plain
        .split(['?', '&', '#', ';'])
        .filter_map(|pair| pair.split_once('='));
    let mut wishes = String::new();
    for (name, value) in pairs {
        let end = value.find(|letter: char| !letter.is_ascii_alphanumeric());
        let value = &value[..end.unwrap_or(value.len())];
        if WISHES.contains(&name) && !value.is_empty() && wish(&wishes, name).is_none() {
            if !wishes.is_empty() {
                wishes.push('&');
            }
            wishes.extend([name, "=", value]);
        }
    }
    wishes
}

const fn is_of_key(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdefghjk";
    const KEY: &str = "ab-de_GHIJKLMNOPQRSTU9";

    #[track_caller]
    fn reads(text: &str, expected: &str) {
        let read = Address::read(text).map(|address| address.to_string());
        assert_eq!(read.as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn a_link_that_a_program_has_rewritten_is_what_it_was() {
        for after in [
            "#{KEY}",
            "%23{KEY}",
            "%2523{KEY}",
            "%23{KEY}.",
            "#{KEY}.",
            "#{KEY},",
            "#{KEY})",
            "#{KEY}]",
            "#{KEY}>",
            "#{KEY}%3E",
            "#{KEY}\"",
            "#{KEY}%22",
            "#{KEY}»",
            "#{KEY}”",
            "#{KEY}…",
            "#{KEY};",
            "#{KEY}).",
            "#{KEY}%20",
            "#{KEY} ",
            "#{KEY}%0A",
            "#{KEY}%C2%A0",
            "#%20{KEY}",
            "#<{KEY}>",
            "#{KEY}_",
            "#{KEY}%20og%20koden%20er",
            "#{KEY}?utm_source=a",
            "#{KEY}&fbclid=b",
            "?utm_source=a&fbclid=IwAR0#{KEY}",
            "?utm_source=a%23b#{KEY}",
            "?utm_source=a%23{KEY}",
            "%3Futm_source%3Da%23{KEY}",
            "%20#{KEY}",
            "%23{KEY}?utm_source=a",
            "%23{KEY}#:~:text=a",
            ".#{KEY}",
            "/#{KEY}",
            "#{KEY}/",
        ] {
            let after = after.replace("{KEY}", KEY);
            reads(&format!("board/{ID}{after}"), &format!("board/{ID}#{KEY}"));
            reads(&format!("/Wall//{ID}{after}"), &format!("wall/{ID}#{KEY}"));
        }
        let all = format!("board%2F{ID}%23{KEY}");
        reads(&all, &format!("board/{ID}#{KEY}"));
    }

    #[test]
    fn a_line_break_in_the_middle_is_closed() {
        let (one, other) = KEY.split_at(9);
        for gap in [
            "%20",
            "\n",
            "\r\n ",
            "%0D%0A",
            "=\r\n",
            "=%0A",
            "\u{200b}",
            "%C2%AD",
            "%E2%80%8B",
        ] {
            reads(
                &format!("board/{ID}#{one}{gap}{other}."),
                &format!("board/{ID}#{KEY}"),
            );
            let (before, after) = ID.split_at(7);
            reads(
                &format!("board/{before}{gap}{after}%23{KEY}"),
                &format!("board/{ID}#{KEY}"),
            );
        }
    }

    #[test]
    fn what_is_asked_of_the_page_stays_and_what_others_put_there_goes() {
        reads(
            &format!("board/{ID}?utm_source=a&group=2&fbclid=b#{KEY}"),
            &format!("board/{ID}?group=2#{KEY}"),
        );
        reads(
            &format!("wall/{ID}?theme=dark&amp;lang=nn&amp;x=y%23{KEY}?group=3"),
            &format!("wall/{ID}?theme=dark&lang=nn&group=3#{KEY}"),
        );
        reads(
            "join/FJELL-LAKS-27?group=2&group=3.",
            "join/FJELL-LAKS-27?group=2",
        );
        assert_eq!(wish("?utm=1&group=2", "group"), Some("2"));
        assert_eq!(wish("?group=", "group"), None);
    }

    #[test]
    fn a_key_that_was_lost_or_cut_is_not_whole() {
        for (text, key) in [
            ("board/abc", ""),
            ("board/abc#", ""),
            ("board/abc.", ""),
            ("board/abc#?utm=1", ""),
            ("board/abc#ab.", "ab"),
        ] {
            let address = Address::read(text).unwrap();
            assert_eq!(address.key(), Some(key), "{text}");
            assert!(!is_whole(key));
        }
        assert!(is_whole(KEY) && !is_whole(&KEY[1..]) && !is_whole("ææææææææææææææææææææææ"));
    }

    #[test]
    fn what_is_no_page_is_none() {
        for text in [
            "board",
            "board/",
            "board/a/b",
            "boards/a",
            "board/%20",
            "join",
            "join/ab",
            "api/boards",
            "site/a",
            "board/?",
        ] {
            assert_eq!(Address::read(text), None, "{text}");
        }
        for text in ["", "/", "?utm_source=a", "#"] {
            reads(text, "");
        }
    }
}
