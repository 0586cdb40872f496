//! Join codes: `FJELL-LAKS-ELG-427`, to be read from a wall and typed on a phone.
//!
//! Three short words and three digits: twelve thousand million of them. How seldom a guesser finds one is worked out from the numbers
//! here and in [`super::limits`], by a test that SECURITY.md must agree with. A code does not live long ([`Life`]).

use super::{
    keys::{NoRandomness, random_bytes},
    words::WORDS,
};
use samtavle_shared::address;
use std::{fmt, sync::LazyLock};

/// Words of a code.
const WORDS_IN_A_CODE: usize = 3;
/// The longest word of a new code: on a phone each letter is a press.
const LONGEST_WORD: usize = 6;
/// Digits of a new code run from 100 to 999.
const NUMBERS: u32 = 900;
/// How long a code lives with which nobody has come in yet: a board is prepared and its link sent weeks before.
const UNUSED_DAYS: i64 = 30;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// Of which a new code is made.
static SHORT_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let is_short = |word: &&str| word.len() <= LONGEST_WORD;
    WORDS.iter().copied().filter(is_short).collect()
});

/// A join code, spelled as we show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct JoinCode(String);

impl JoinCode {
    /// A new code. Whether it is free is for the database to say.
    pub(crate) fn random() -> Result<Self, NoRandomness> {
        loop {
            let dice = random_bytes::<16>()?;
            let roll = |at: usize, sides: usize| {
                let number =
                    u32::from_be_bytes([dice[at], dice[at + 1], dice[at + 2], dice[at + 3]]);
                number as usize % sides // 2^32 is so much more than 239 that the rest is even enough
            };
            let word = |at: usize| SHORT_WORDS[roll(at, SHORT_WORDS.len())];
            let letters = [word(0), word(4), word(8)];
            // One that means another without its dashes is no good to type.
            if words_in(&letters.concat()).len() == 1 {
                let number = 100 + roll(12, NUMBERS as usize);
                return Ok(Self(format!("{}-{number}", letters.join("-"))));
            }
        }
    }

    /// The code that somebody means: small letters, spaces, dashes of any kind or none are all the same.
    /// `None` if it cannot be a code at all. Those of former versions have two words and two digits.
    pub(crate) fn typed(text: &str) -> Option<Self> {
        let typed = address::read_code(text)?;
        let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        let letters = plain.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let digits = &plain[letters.len()..];
        let words = match digits.len() {
            2 => 2,
            3 => WORDS_IN_A_CODE,
            _ => return None,
        };
        let ways = words_in(letters).into_iter();
        let mut ways = ways.filter(|way| way.len() == words);
        let first = ways.next()?;
        // The dashes tell, where there are any.
        let way = std::iter::once(first.clone())
            .chain(ways)
            .find(|way| typed.starts_with(&way.join("-")))
            .unwrap_or(first);
        Some(Self(format!("{}-{digits}", way.join("-"))))
    }

    /// A code as it stands in the database.
    pub(crate) fn kept(text: String) -> Self {
        Self(text)
    }

    /// The spelling that we show and keep.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JoinCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How many codes there are.
#[cfg(test)]
pub(crate) fn codes() -> u64 {
    (SHORT_WORDS.len() as u64).pow(3) * u64::from(NUMBERS)
}

/// All ways in which letters are words of ours, up to three.
fn words_in(letters: &str) -> Vec<Vec<&'static str>> {
    fn more(rest: &str, way: &mut Vec<&'static str>, ways: &mut Vec<Vec<&'static str>>) {
        if rest.is_empty() {
            ways.push(way.clone());
        } else if way.len() < WORDS_IN_A_CODE {
            for word in WORDS {
                if let Some(rest) = rest.strip_prefix(word) {
                    way.push(word);
                    more(rest, way, ways);
                    way.pop();
                }
            }
        }
    }
    let mut ways = Vec::new();
    more(letters, &mut Vec::new(), &mut ways);
    ways
}

/// How long a code opens its board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    /// After the last time that somebody took part.
    pub(crate) hours: u32,
    /// The present, milliseconds since 1970.
    pub(crate) now: i64,
}

impl Life {
    /// Whether the code of a board is over, that was made at `made` and where somebody took part at `sat` the last time.
    pub(crate) fn is_over(self, made: i64, sat: Option<i64>) -> bool {
        let end = match sat {
            Some(sat) => sat.saturating_add(i64::from(self.hours).saturating_mul(HOUR_MS)),
            None => made.saturating_add(UNUSED_DAYS * 24 * HOUR_MS),
        };
        self.now > end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_at_least_two_hundred_words_sorted_and_easy_to_type() {
        assert!(WORDS.len() >= 200);
        assert!(WORDS.is_sorted_by(|one, next| one < next));
        assert!(
            WORDS
                .iter()
                .all(|word| word.bytes().all(|letter| letter.is_ascii_uppercase()))
        );
    }

    #[test]
    fn a_code_of_former_versions_is_understood_without_its_dashes() {
        let mut joined: Vec<String> = WORDS
            .iter()
            .flat_map(|first| WORDS.iter().map(move |second| format!("{first}{second}")))
            .collect();
        joined.sort();
        assert!(joined.is_sorted_by(|one, next| one < next), "twins");
        assert_eq!(
            JoinCode::typed("fjelllaks27"),
            Some(JoinCode::kept("FJELL-LAKS-27".to_owned()))
        );
    }

    #[test]
    fn words_that_can_be_read_in_two_ways_are_told_apart_by_their_dashes_and_never_given() {
        assert_eq!(words_in("FLOMAUREKORN").len(), 2);
        for code in ["FLO-MAUR-EKORN-427", "FLOM-AURE-KORN-427"] {
            assert_eq!(JoinCode::typed(code), Some(JoinCode::kept(code.to_owned())));
        }
    }

    #[test]
    fn a_new_code_is_short_enough_to_type() {
        for _ in 0..100 {
            let code = JoinCode::random().unwrap();
            assert!(code.as_str().len() <= 24, "{code}");
            assert_eq!(code.as_str().split('-').count(), 4);
        }
        assert_eq!(codes(), SHORT_WORDS.len().pow(3) as u64 * 900);
    }

    #[test]
    fn a_code_lives_for_some_hours_after_the_last_sitting_and_a_month_before_the_first() {
        let at = |hours: i64| Life {
            hours: 12,
            now: hours * HOUR_MS,
        };
        assert!(!at(12).is_over(0, Some(0)));
        assert!(at(13).is_over(0, Some(0)));
        assert!(!at(13).is_over(0, Some(2 * HOUR_MS)), "they sat again");
        assert!(!at(24 * 30).is_over(0, None));
        assert!(at(24 * 31).is_over(0, None));
    }

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        let code = JoinCode::random().unwrap();
        let shown = code.to_string();
        for typed in [
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace('-', ""),
            format!("  {shown}\n"),
            format!("{shown}."),
            format!("{shown}?utm_source=mail"),
        ] {
            assert_eq!(JoinCode::typed(&typed), Some(code.clone()), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in [
            "",
            "27",
            "FJELL-27",
            "FJELL-LAKS",
            "FJELL-LAKS-2",
            "HEST-BANAN-27",
            "FJELL-LAKS-427",
            "FJELL-LAKS-ELG-27",
            "FJELL-LAKS-ELG-4271",
            "ÆØÅ-ÆØÅ-27",
            "🦆",
        ] {
            assert_eq!(JoinCode::typed(typed), None, "{typed:?}");
        }
    }
}
