//! Whose each letter of a text is, and who erased it: for taking back what one person did.

use super::Doer;
use samtavle_shared::board::TextEdit;

/// One letter, from the moment that somebody wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Letter {
    sign: char,
    by: Doer,
    erased_by: Option<Doer>,
}

/// One step of an edit, in UTF-16 units of what could be seen before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So many letters stay.
    Pass(u32),
    /// So many go.
    Erase(u32),
    /// These come.
    Write(String),
}

/// All letters of a text, those that were erased as well, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters(Vec<Letter>);

impl Letters {
    /// Somebody edits it, from its beginning on.
    pub(super) fn take_steps(&mut self, steps: &[Step], doer: Doer) {
        let mut place = 0;
        for step in steps {
            place = match step {
                Step::Pass(units) => self.pass(place, *units, |_| {}),
                Step::Erase(units) => {
                    self.pass(place, *units, |letter| letter.erased_by = Some(doer))
                }
                Step::Write(text) => self.insert(place, text, doer),
            };
        }
    }

    /// The text says this now. When it did not before, the smallest edit that makes it so is somebody's
    /// doing; when what was theirs was just taken back, it is settled.
    pub(super) fn become_text(&mut self, text: &str, doer: Doer) {
        let before: String = self.visible().map(|letter| letter.sign).collect();
        let edit = TextEdit::between(&before, text, None);
        if !edit.is_empty() {
            let steps = [
                Step::Pass(edit.at),
                Step::Erase(edit.remove),
                Step::Write(edit.insert),
            ];
            self.take_steps(&steps, doer);
        }
    }

    /// What was theirs is taken back: letters that they erased and that were put back are those again.
    pub(super) fn settle_as(&mut self, text: &str) -> bool {
        let is_settled = self.restored() == text;
        if is_settled {
            for letter in &mut self.0 {
                let erased = letter.erased_by.or(Some(Doer::Others));
                letter.erased_by = erased.filter(|_| !letter.stays());
            }
        }
        is_settled
    }

    /// Goes over so many units of what can be seen; gives the place behind them.
    fn pass(&mut self, from: usize, units: u32, mut see: impl FnMut(&mut Letter)) -> usize {
        let mut left = units;
        let mut place = from;
        while left > 0 && place < self.0.len() {
            let letter = &mut self.0[place];
            if letter.erased_by.is_none() {
                left = left.saturating_sub(letter.sign.len_utf16() as u32);
                see(letter);
            }
            place += 1;
        }
        place
    }

    /// Puts letters here; gives the place behind them. Where the same letters were erased by the same
    /// side right here, or were written by it, it is these that come back: somebody has undone it.
    fn insert(&mut self, place: usize, text: &str, doer: Doer) -> usize {
        let new: Vec<char> = text.chars().collect();
        if new.is_empty() {
            return place;
        }
        let is_erased = |letter: &Letter| match letter.erased_by {
            Some(eraser) => eraser == doer || letter.by == doer,
            None => false,
        };
        let first = self.0[..place]
            .iter()
            .rposition(|letter| !is_erased(letter))
            .map_or(0, |before| before + 1);
        let end = self.0[place..]
            .iter()
            .position(|letter| !is_erased(letter))
            .map_or(self.0.len(), |after| place + after);
        let says_it = |start: &usize| {
            let there = self.0[*start..start + new.len()].iter();
            there.map(|letter| letter.sign).eq(new.iter().copied())
        };
        let back = (first..(end + 1).saturating_sub(new.len())).find(says_it);
        if let Some(start) = back {
            let end = start + new.len();
            for letter in &mut self.0[start..end] {
                letter.erased_by = None;
            }
            return end.max(place);
        }
        let end = place + new.len();
        let new = new.into_iter().map(|sign| Letter {
            sign,
            by: doer,
            erased_by: None,
        });
        self.0.splice(place..place, new);
        end
    }

    /// What it says now.
    pub(super) fn says(&self, text: &str) -> bool {
        self.visible().map(|letter| letter.sign).eq(text.chars())
    }

    fn visible(&self) -> impl Iterator<Item = &Letter> {
        self.0.iter().filter(|letter| letter.erased_by.is_none())
    }

    /// Whether others' letters are left when all of theirs is taken back. A space says nothing.
    pub(super) fn has_others(&self) -> bool {
        self.0
            .iter()
            .any(|letter| letter.stays() && !letter.sign.is_whitespace())
    }

    /// The text when all of theirs is taken back.
    pub(super) fn restored(&self) -> String {
        let stay = self.0.iter().filter(|letter| letter.stays());
        stay.map(|letter| letter.sign).collect()
    }

    /// The edits that make it so, to be made one after the other.
    pub(super) fn edits(&self) -> Vec<TextEdit> {
        let mut edits: Vec<TextEdit> = Vec::new();
        let mut at = 0;
        let mut goes_on = false;
        for letter in &self.0 {
            let units = letter.sign.len_utf16() as u32;
            match (letter.erased_by.is_none(), letter.stays()) {
                (false, false) => continue,
                (true, true) => {
                    at += units;
                    goes_on = false;
                    continue;
                }
                _ => {}
            }
            if !goes_on {
                edits.push(TextEdit {
                    at,
                    ..TextEdit::default()
                });
                goes_on = true;
            }
            let Some(edit) = edits.last_mut() else {
                continue;
            };
            if letter.stays() {
                edit.insert.push(letter.sign);
                at += units;
            } else {
                edit.remove += units;
            }
        }
        edits
    }
}

impl Letter {
    /// Whether it is there when all of theirs is taken back.
    fn stays(self) -> bool {
        self.by == Doer::Others && self.erased_by != Some(Doer::Others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Doer::{Others, Them};

    fn told(story: &[(Doer, &str)]) -> Letters {
        let mut letters = Letters::default();
        for (doer, text) in story {
            letters.become_text(text, *doer);
        }
        letters
    }

    fn restored(story: &[(Doer, &str)]) -> String {
        let letters = told(story);
        let mut now: Vec<u16> = story.last().unwrap().1.encode_utf16().collect();
        for edit in letters.edits() {
            let (at, remove) = (edit.at as usize, edit.remove as usize);
            now.splice(at..at + remove, edit.insert.encode_utf16());
        }
        let by_edits = String::from_utf16(&now).unwrap();
        assert_eq!(by_edits, letters.restored());
        by_edits
    }

    #[test]
    fn their_letters_go_and_those_that_they_erased_come_back() {
        assert_eq!(
            restored(&[(Others, "Vi venter"), (Them, "Vi x venter")]),
            "Vi venter"
        );
        assert_eq!(
            restored(&[(Others, "Vi venter"), (Them, "Vi er")]),
            "Vi venter"
        );
        assert_eq!(restored(&[(Others, "Vi 👍"), (Them, "tull")]), "Vi 👍");
        assert_eq!(
            restored(&[(Them, "tull"), (Others, "tull og ja")]),
            " og ja"
        );
        assert_eq!(
            restored(&[
                (Others, "abc"),
                (Them, "aXbc"),
                (Others, "aXYbc"),
                (Them, "aY")
            ]),
            "aYbc"
        );
    }

    #[test]
    fn what_others_erased_stays_away() {
        assert_eq!(
            restored(&[(Others, "ab"), (Them, "aXb"), (Others, "aX")]),
            "a"
        );
        assert_eq!(restored(&[(Others, "ab"), (Others, "a"), (Them, "")]), "a");
    }

    #[test]
    fn who_undoes_an_erasure_does_not_make_the_letters_theirs() {
        assert_eq!(
            restored(&[(Them, "tull"), (Others, ""), (Others, "tull")]),
            ""
        );
        assert_eq!(restored(&[(Others, "ja"), (Them, ""), (Them, "ja")]), "ja");
        assert_eq!(restored(&[(Others, "ja"), (Others, ""), (Them, "ja")]), "");
    }

    #[test]
    fn only_others_letters_are_words_of_others() {
        assert!(!told(&[(Them, "tull"), (Others, "tull ")]).has_others());
        assert!(told(&[(Them, "tull"), (Others, "tulla")]).has_others());
        assert!(told(&[(Others, "ja"), (Them, "")]).has_others());
    }
}
