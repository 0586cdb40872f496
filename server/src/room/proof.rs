//! How a page shows that the room has lost something: a disk lost it, or an older backup is in its place.
//!
//! Now and then the server tells all pages a word that only it can make: how far its log had come. A page that comes
//! with a word of what the log does not hold shows by it that the log once held more; and nobody who merely says so is
//! believed. Records are counted for each time that the board was opened, for after a loss they are counted on from
//! where they were.

use crate::log::Seq;
use samtavle_shared::session::Event;
use sha2::{Digest as _, Sha256};

/// What a page has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// That the room has all that the page has seen; or the page says nothing of it.
    None,
    /// That the room has lost something.
    OfALoss,
}

/// What words are made with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Proofs {
    /// Nobody but the server knows it.
    secret: Option<String>,
    /// Each time that it was opened: a random number, and the record that tells of it.
    openings: Vec<(u64, Seq)>,
}

impl Proofs {
    /// Takes an event of the log, in this record.
    pub(super) fn take_event(&mut self, event: &Event, seq: Seq) {
        match event {
            Event::Secret(secret) => _ = self.secret.get_or_insert_with(|| secret.clone()),
            Event::Opened(opening) => self.openings.push((*opening, seq)),
            _ => {}
        }
    }

    /// What is to be written at the first record of an opening.
    pub(super) fn begin(&self, random: impl Fn() -> u64) -> Vec<Event> {
        let secret = || Event::Secret(format!("{:016x}{:016x}", random(), random()));
        let first = self.secret.is_none().then(secret);
        first.into_iter().chain([Event::Opened(random())]).collect()
    }

    /// The word that the log holds the records up to this one.
    pub(super) fn word(&self, seq: Seq, random: u64) -> Option<String> {
        let (opening, _) = self.openings.last()?;
        let secret = self.secret.as_ref()?;
        let [pad, seal] = made(secret, random, (*opening, seq));
        let hidden = ((u128::from(*opening) << 64) | u128::from(seq)) ^ pad;
        Some(format!("{random:016x}{hidden:032x}{:016x}", seal as u64))
    }

    /// What this word shows, `last` being the newest record that the log holds.
    pub(super) fn proof_in(&self, word: &str, last: Seq) -> Proof {
        if self.shows_a_loss(word, last) {
            Proof::OfALoss
        } else {
            Proof::None
        }
    }

    /// Whether this word says of records that the log does not hold, `last` being its newest.
    fn shows_a_loss(&self, word: &str, last: Seq) -> bool {
        self.read(word).is_some_and(|(opening, seq)| {
            let place = self.openings.iter().position(|(its, _)| *its == opening);
            let Some(place) = place else { return true };
            let next = self.openings.get(place + 1);
            seq > next.map_or(last, |(_, first)| first - 1)
        })
    }

    fn read(&self, word: &str) -> Option<(u64, Seq)> {
        const LETTERS: usize = 16 + 32 + 16;
        let secret = self.secret.as_ref()?;
        if word.len() != LETTERS || !word.bytes().all(|letter| letter.is_ascii_hexdigit()) {
            return None;
        }
        let random = u64::from_str_radix(&word[..16], 16).ok()?;
        let hidden = u128::from_str_radix(&word[16..48], 16).ok()?;
        let its_seal = u64::from_str_radix(&word[48..], 16).ok()?;
        let [pad, _] = made(secret, random, (0, 0));
        let plain = hidden ^ pad;
        let said = ((plain >> 64) as u64, plain as u64);
        let [_, seal] = made(secret, random, said);
        (seal as u64 == its_seal).then_some(said)
    }
}

/// What hides a word, and what seals it.
fn made(secret: &str, random: u64, (opening, seq): (u64, Seq)) -> [u128; 2] {
    let hash = |what: &[u8], said: [u64; 2]| {
        let hash = Sha256::new()
            .chain_update(what)
            .chain_update(secret)
            .chain_update(random.to_be_bytes())
            .chain_update(said[0].to_be_bytes())
            .chain_update(said[1].to_be_bytes())
            .finalize();
        u128::from_be_bytes(hash.first_chunk().copied().unwrap_or_default())
    };
    [hash(b"pad", [0, 0]), hash(b"seal", [opening, seq])]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(proofs: &mut Proofs, opening: u64, seq: Seq) {
        let random = || opening;
        for event in proofs.begin(random) {
            proofs.take_event(&event, seq);
        }
    }

    #[test]
    fn a_word_of_what_the_log_does_not_hold_shows_a_loss_and_no_other_does() {
        let mut proofs = Proofs::default();
        assert_eq!(proofs.word(1, 7), None);
        opened(&mut proofs, 5, 3);
        let backup = proofs.clone();
        let [early, late] = [proofs.word(10, 7).unwrap(), proofs.word(20, 8).unwrap()];
        opened(&mut proofs, 6, 21);
        let later = proofs.word(30, 9).unwrap();
        for word in [&early, &late, &later] {
            assert!(!proofs.shows_a_loss(word, 30));
        }
        // An older backup, and what is written on after it.
        let mut proofs = backup;
        assert!(!proofs.shows_a_loss(&early, 12));
        assert!(proofs.shows_a_loss(&late, 12) && proofs.shows_a_loss(&later, 12));
        opened(&mut proofs, 9, 13);
        assert!(!proofs.shows_a_loss(&early, 400));
        assert!(proofs.shows_a_loss(&late, 400) && proofs.shows_a_loss(&later, 400));

        let forged = format!("{}0", &late[..63]);
        for word in ["", "0", &forged, &late.replace('a', "å"), &"f".repeat(64)] {
            assert!(*word == late || !proofs.shows_a_loss(word, 12), "{word}");
        }
        let mut other = Proofs::default();
        opened(&mut other, 77, 3);
        assert!(!other.shows_a_loss(&late, 1), "of another board");
    }
}
