//! The rest that the keys have when a field has gone, and the words that letters join.

use crate::replica::Replica;
use samtavle_shared::kept_words::{Kept, Pile, Rest};

/// A rest, and the words that letters join.
pub(super) struct Resting {
    pub(super) rest: Rest,
    pub(super) kept: Kept,
    /// Where in the words, UTF-16 units.
    pub(super) caret: u32,
}

impl Resting {
    /// The field with these words goes now.
    pub(super) fn begin(kept: Kept, caret: u32) -> Self {
        Self {
            rest: Rest::begin(Replica::now_ms()),
            kept,
            caret,
        }
    }

    /// The words as they stand in the card by now.
    pub(super) fn catch_up(&mut self, pile: &Pile) {
        let in_card = pile.get(&self.kept.id);
        if let Some(kept) = in_card.filter(|kept| kept.text != self.kept.text) {
            self.kept = kept.clone();
            self.caret = u32::MAX;
        }
    }

    /// The words with one letter more, and where the caret is then.
    pub(super) fn joined_by(&self, letter: &str) -> (Kept, u32) {
        let units: Vec<u16> = self.kept.text.encode_utf16().collect();
        let at = (self.caret as usize).min(units.len());
        let mut text = String::from_utf16_lossy(&units[..at]);
        text.push_str(letter);
        text.push_str(&String::from_utf16_lossy(&units[at..]));
        let caret = at as u32 + letter.encode_utf16().count() as u32;
        let kept = Kept {
            text,
            ..self.kept.clone()
        };
        (kept, caret)
    }
}
