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
    /// A voice: a perspective that a person speaks from, such as `patient`.
    VoiceId,
    /// Somebody who takes part: made by the server of a board and a browser's secret for it. It tells
    /// nothing about the person, and is never in the document.
    PersonId,
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
}
