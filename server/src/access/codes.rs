//! Join codes: `FJELL-LAKS-27`, to be read from a wall and typed on a phone.
//!
//! Two words and two digits: 251² × 90 = 5.6 million codes. With a hundred boards open, and the
//! limits on wrong tries in [`super::limits`], guessing one takes an address some thirty hours.

use super::{
    keys::{NoRandomness, random_bytes},
    words::WORDS,
};
use samtavle_shared::address;
use std::fmt;

/// A join code, spelled as we show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct JoinCode(String);

impl JoinCode {
    /// A new code. Whether it is free is for the database to say.
    pub(crate) fn random() -> Result<Self, NoRandomness> {
        let dice = random_bytes::<12>()?;
        let roll = |at: usize, sides: usize| {
            let number = u32::from_be_bytes([dice[at], dice[at + 1], dice[at + 2], dice[at + 3]]);
            number as usize % sides // 2^32 is so much more than 251 that the rest is even enough
        };
        Ok(Self(format!(
            "{}-{}-{}",
            WORDS[roll(0, WORDS.len())],
            WORDS[roll(4, WORDS.len())],
            10 + roll(8, 90)
        )))
    }

    /// The code that somebody means: small letters, spaces, dashes of any kind or none are all the same.
    /// `None` if it cannot be a code at all.
    pub(crate) fn typed(text: &str) -> Option<Self> {
        let plain: String = address::read_code(text)?
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let digits_at = plain.len().checked_sub(2)?;
        let (letters, digits) = plain.split_at(digits_at);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        WORDS.iter().find_map(|first| {
            let second = letters.strip_prefix(first)?;
            WORDS
                .binary_search(&second)
                .ok()
                .map(|_| Self(format!("{first}-{second}-{digits}")))
        })
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
    fn no_two_codes_are_the_same_when_the_dashes_are_left_out() {
        let mut joined: Vec<String> = WORDS
            .iter()
            .flat_map(|first| WORDS.iter().map(move |second| format!("{first}{second}")))
            .collect();
        joined.sort();
        let before = joined.len();
        let twins: Vec<_> = joined
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0].clone())
            .collect();
        joined.dedup();
        assert_eq!(joined.len(), before, "{twins:?}");
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
            "ÆØÅ-ÆØÅ-27",
            "🦆",
        ] {
            assert_eq!(JoinCode::typed(typed), None, "{typed:?}");
        }
    }
}
