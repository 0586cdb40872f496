//! Keys: 128 random bits in the fragment of a link. The server keeps their SHA-256 only, so a
//! stolen database opens no board. (A hash without salt or stretching is enough: nobody can try
//! 2^128 keys.)

use data_encoding::BASE64URL_NOPAD;
use samtavle_shared::ids::BoardId;
use sha2::{Digest, Sha256};
use std::fmt;

/// A key as its holder has it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Key(String);

/// What the server keeps of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct KeyHash(pub(crate) [u8; 32]);

/// The machine gives no random bytes; nothing can be made without.
#[derive(Debug, thiserror::Error)]
#[error("the machine gives no random bytes: {0}")]
pub(crate) struct NoRandomness(getrandom::Error);

impl Key {
    /// A new key.
    pub(crate) fn random() -> Result<Self, NoRandomness> {
        Ok(Self(BASE64URL_NOPAD.encode(&random_bytes::<16>()?)))
    }

    /// The text that goes into a link.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What to keep of it.
    pub(crate) fn hash(&self) -> KeyHash {
        KeyHash::of(&self.0)
    }
}

/// A key must never reach a log.
impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

impl KeyHash {
    /// The hash of what somebody says is their key.
    pub(crate) fn of(key: &str) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }
}

/// A new board's id. It opens nothing by itself.
pub(crate) fn random_board_id() -> Result<BoardId, NoRandomness> {
    Ok(BoardId::from_random(random_bytes()?))
}

/// The board id in an address that somebody asked for. What cannot be one becomes the id of no board,
/// so that nothing a stranger makes up gets into logs.
pub(crate) fn board_id_of(text: &str) -> BoardId {
    let is_plain = text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    BoardId::from(if is_plain { text } else { "" })
}

/// Random bytes of the machine.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtavle_shared::address;

    #[test]
    fn keys_differ_and_fit_a_link() {
        let (one, other) = (Key::random().unwrap(), Key::random().unwrap());
        assert_ne!(one, other);
        assert!(address::is_whole(one.as_str()));
    }

    #[test]
    fn a_key_is_not_in_what_is_logged() {
        let key = Key::random().unwrap();
        assert!(!format!("{key:?}").contains(key.as_str()));
    }
}
