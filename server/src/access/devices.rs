//! Devices: a browser keeps a random secret for each board, and the server only ever a hash of it. Who
//! somebody is in a session follows from it; it tells nothing about them, and nothing of it is in the
//! document.

use samtavle_shared::ids::{BoardId, PersonId};
use sha2::{Digest as _, Sha256};

/// Who writes from this device on this board; nobody in particular when it has no secret.
pub(crate) fn person_of(board: &BoardId, device: &str) -> Option<PersonId> {
    if device.is_empty() {
        return None;
    }
    let hash = Sha256::new()
        .chain_update(b"samtavle person")
        .chain_update([0])
        .chain_update(board.as_str())
        .chain_update([0])
        .chain_update(device)
        .finalize();
    hash.first_chunk().copied().map(PersonId::from_random)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_one_person_on_a_board_and_another_on_the_next() {
        let (one, other) = (BoardId::from("one"), BoardId::from("other"));
        let person = person_of(&one, "secret").unwrap();
        assert_eq!(person_of(&one, "secret"), Some(person.clone()));
        assert_ne!(person_of(&one, "secrets"), Some(person.clone()));
        assert_ne!(person_of(&other, "secret"), Some(person.clone()));
        assert!(!person.as_str().contains("secret"));
        assert_eq!(person_of(&one, ""), None);
    }
}
