//! Names of things: random, made by whoever makes the thing, and never made again.

use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// A new id from 96 random bits, which the caller brings (this crate has no randomness).
            pub fn from_random(bits: [u8; 12]) -> Self {
                Self(spell(bits).into())
            }

            /// The id as it stands in the document and in addresses.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<Arc<str>> for $name {
            fn from(text: Arc<str>) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )+};
}

ids! {
    /// One workshop's board.
    BoardId,
    /// A note on a board.
    NoteId,
    /// A cluster on a board.
    ClusterId,
    /// A link from one item to another.
    LinkId,
    /// A picture on a board.
    ImageId,
    /// A reaction to a note: random, and known to the device that made it.
    ReactionId,
    /// A voice: a perspective that a person speaks from, such as `patient`.
    VoiceId,
    /// Somebody who takes part: made by the server of a board and a browser's secret for it. It tells
    /// nothing about the person, and is never in the document.
    PersonId,
}

/// A stored photo: 128 random bits, made by the browser that sends it. A picture on the board and a
/// note that was cut from the photo name it; the photo itself may come later.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhotoId(Arc<str>);

impl PhotoId {
    /// Letters of a spelled id.
    pub const LETTERS: usize = 32;

    /// A new id from random bits, which the caller brings.
    pub fn from_random(bits: [u8; 16]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let halves = bits.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let letters: String = halves
            .map(|half| DIGITS[usize::from(half)] as char)
            .collect();
        Self(letters.into())
    }

    /// Reads a spelled id: 32 small hexadecimal digits; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let is_digit = |letter: u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(&letter);
        (text.len() == Self::LETTERS && text.bytes().all(is_digit)).then(|| Self(text.into()))
    }

    /// The id as it stands in the document and in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhotoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PhotoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhotoId({})", self.0)
    }
}

/// Lower case and digits without the look-alikes i, l, o and u (Crockford's base 32): safe in an
/// address, and readable to someone who must type it.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn spell(bits: [u8; 12]) -> String {
    let mut number = u128::from_be_bytes({
        let mut wide = [0; 16];
        wide[4..].copy_from_slice(&bits);
        wide
    });
    let mut letters = [0; 20];
    for letter in letters.iter_mut().rev() {
        *letter = LETTERS[(number & 31) as usize];
        number >>= 5;
    }
    letters.iter().map(|&letter| letter as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_twenty_letters_and_tells_all_bits_apart() {
        assert_eq!(
            NoteId::from_random([0; 12]).as_str(),
            "00000000000000000000"
        );
        assert_eq!(
            NoteId::from_random([255; 12]).as_str(),
            "1zzzzzzzzzzzzzzzzzzz"
        );
        let mut bits = [0; 12];
        bits[11] = 1;
        assert_eq!(NoteId::from_random(bits).as_str(), "00000000000000000001");
    }

    #[test]
    fn a_photo_is_named_by_32_digits_and_nothing_else() {
        let id = PhotoId::from_random([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255]);
        assert_eq!(id.as_str(), "000102030405060708090a0b0c0d0eff");
        assert_eq!(PhotoId::read(id.as_str()), Some(id.clone()));
        for text in [
            "",
            &id.as_str()[1..],
            &id.as_str().to_uppercase(),
            "../../../../../../etc/passwd/....",
        ] {
            assert_eq!(PhotoId::read(text), None, "{text}");
        }
    }
}
