//! One edit of a text: so many letters away here, these in their place.
//!
//! Offsets and lengths are in UTF-16 code units, as Yjs and the browser's text fields count. An
//! edit never cuts a surrogate pair in two.

/// Replaces `remove` units from `at` on by `insert`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextEdit {
    /// UTF-16 units before the edit.
    pub at: u32,
    /// UTF-16 units taken away.
    pub remove: u32,
    /// What comes in their place.
    pub insert: String,
}

impl TextEdit {
    /// The smallest edit that makes `after` of `before`: what they share at the start and the end
    /// stays. `caret` (UTF-16 units, in `after`) says which of several equal letters was typed: an
    /// l after the ll of `fjell` rather than before it.
    pub fn between(before: &str, after: &str, caret: Option<u32>) -> Self {
        let old: Vec<u16> = before.encode_utf16().collect();
        let new: Vec<u16> = after.encode_utf16().collect();
        let most = old.len().min(new.len());

        let same_end = |limit: usize| {
            old.iter()
                .rev()
                .zip(new.iter().rev())
                .take(limit)
                .take_while(|(a, b)| a == b)
                .count()
        };
        let same_start = |limit: usize| {
            old.iter()
                .zip(&new)
                .take(limit)
                .take_while(|(a, b)| a == b)
                .count()
        };
        // What stands after the caret was not typed now, so it belongs to the common end first.
        let after_caret = caret.map_or(0, |caret| new.len().saturating_sub(caret as usize));
        let mut end = same_end(most.min(after_caret));
        let mut start = same_start(most - end);
        if caret.is_none() || end == after_caret.min(most) {
            end += old[start..old.len() - end]
                .iter()
                .rev()
                .zip(new[start..new.len() - end].iter().rev())
                .take_while(|(a, b)| a == b)
                .count();
        } else {
            start = same_start(most);
            end = same_end(most - start);
        }

        if start > 0 && is_high(old[start - 1]) {
            start -= 1;
        }
        if end > 0 && is_low(old[old.len() - end]) {
            end -= 1;
        }
        Self {
            at: start as u32,
            remove: (old.len() - end - start) as u32,
            insert: String::from_utf16_lossy(&new[start..new.len() - end]),
        }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.remove == 0 && self.insert.is_empty()
    }

    /// UTF-16 units that it brings.
    pub fn inserted_len(&self) -> u32 {
        utf16_len(&self.insert)
    }

    /// The text after the edit.
    pub fn apply_to(&self, text: &str) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        let at = (self.at as usize).min(units.len());
        let until = (at + self.remove as usize).min(units.len());
        let mut after = units[..at].to_vec();
        after.extend(self.insert.encode_utf16());
        after.extend(&units[until..]);
        String::from_utf16_lossy(&after)
    }

    /// Where a caret goes that stood at `offset` before this edit of somebody else's. Letters that
    /// come in right at the caret push it only when they stand before it.
    pub fn carry(&self, offset: u32) -> u32 {
        if offset <= self.at {
            offset
        } else if offset >= self.at + self.remove {
            offset - self.remove + self.inserted_len()
        } else {
            self.at
        }
    }

    /// The same edit for a text that somebody else's edit has meanwhile changed: what an input
    /// method composed against the old text joins the new one. Letters of theirs that it would
    /// have removed with ours stay (nobody's letters are lost).
    #[must_use]
    pub fn after(&self, theirs: &Self) -> Self {
        let our_end = self.at + self.remove;
        let their_end = theirs.at + theirs.remove;
        if !theirs.insert.is_empty() && self.at < theirs.at && theirs.at < our_end {
            // Their letters came in the middle of what we replace: replace only up to them.
            return Self {
                at: self.at,
                remove: theirs.at - self.at,
                insert: self.insert.clone(),
            };
        }
        let start = if self.remove > 0 && theirs.at <= self.at {
            // Behind their letters, so that ours removes none of them.
            self.at.max(their_end) - theirs.remove + theirs.inserted_len()
        } else {
            theirs.carry(self.at)
        };
        let end = theirs.carry(our_end).max(start);
        Self {
            at: start,
            remove: end - start,
            insert: self.insert.clone(),
        }
    }
}

/// How long a text is in UTF-16 units.
pub(crate) fn utf16_len(text: &str) -> u32 {
    text.chars().map(char::len_utf16).sum::<usize>() as u32
}

/// The offset, or the one before it when it would cut a surrogate pair.
pub(super) fn whole_letter(text: &str, offset: u32) -> u32 {
    let mut before = 0;
    for letter in text.chars() {
        let after = before + letter.len_utf16() as u32;
        if after > offset {
            return before;
        }
        before = after;
    }
    before
}

/// So many UTF-16 units of a text.
pub(super) fn words_within(text: &str, from: u32, units: u32) -> String {
    let all = text.encode_utf16().skip(from as usize).take(units as usize);
    char::decode_utf16(all)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

/// As much of a text as fits in so many UTF-16 units; no letter is cut.
pub(super) fn shortened(text: &str, most: usize) -> &str {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > most {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit(at: u32, remove: u32, insert: &str) -> TextEdit {
        TextEdit {
            at,
            remove,
            insert: insert.into(),
        }
    }

    #[test]
    fn the_smallest_edit_is_found() {
        let between = |a, b| TextEdit::between(a, b, None);
        assert_eq!(between("abc", "abxc"), edit(2, 0, "x"));
        assert_eq!(between("abc", "ac"), edit(1, 1, ""));
        assert_eq!(between("å være", "å være ærlig"), edit(6, 0, " ærlig"));
        assert_eq!(between("same", "same"), edit(4, 0, ""));
    }

    #[test]
    fn the_caret_tells_which_of_equal_letters_was_typed() {
        assert_eq!(TextEdit::between("fjel", "fjell", Some(4)), edit(3, 0, "l"));
        assert_eq!(TextEdit::between("fjel", "fjell", Some(5)), edit(4, 0, "l"));
        assert_eq!(TextEdit::between("aaaa", "aaa", Some(1)), edit(1, 1, ""));
    }

    #[test]
    fn a_pair_of_surrogates_is_never_cut() {
        // 👍 and 👎 share their first unit.
        assert_eq!(TextEdit::between("a👍b", "a👎b", None), edit(1, 2, "👎"));
    }

    #[test]
    fn a_composition_keeps_what_others_wrote_meanwhile() {
        let ours = edit(4, 3, "日本");
        let theirs = edit(0, 0, "Hei ");
        assert_eq!(
            ours.after(&theirs).apply_to("Hei abcdefgh"),
            "Hei abcd日本h"
        );
        let inside = edit(5, 0, "XY");
        assert!(
            ours.after(&inside)
                .apply_to(&inside.apply_to("abcdefgh"))
                .contains("XY")
        );
    }

    proptest! {
        #[test]
        fn an_edit_makes_the_new_text_of_the_old(
            before in "[abæ👍 ]{0,12}", after in "[abæ👍 ]{0,12}", caret in proptest::option::of(0..14u32),
        ) {
            prop_assert_eq!(TextEdit::between(&before, &after, caret).apply_to(&before), after);
        }

        #[test]
        fn letters_of_others_survive_an_edit_made_without_them(
            text in "[a-z]{0,12}", at in 0..12u32, remove in 0..6u32, ours in "[A-M]{0,3}",
            their_at in 0..12u32, theirs in "[N-Z]{1,3}",
        ) {
            let len = text.len() as u32;
            let ours = edit(at.min(len), remove.min(len - at.min(len)), &ours);
            let theirs = edit(their_at.min(len), 0, &theirs);
            let both = ours.after(&theirs).apply_to(&theirs.apply_to(&text));
            prop_assert!(both.contains(&theirs.insert), "{} lost from {}", theirs.insert, both);
            prop_assert!(both.contains(&ours.insert), "{} lost from {}", ours.insert, both);
        }
    }
}
