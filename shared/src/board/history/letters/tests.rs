//! Letters of one text under the hands of several, against a page on which they are seen.

use super::*;
use proptest::prelude::*;

/// A text, and whose its letters are: its own are digits, the person's here are small, others' large.
struct Page {
    text: String,
    letters: Letters,
    done: Vec<StepId>,
    undone: Vec<StepId>,
    next: u32,
}

fn edit(at: u32, remove: u32, insert: &str) -> TextEdit {
    TextEdit {
        at,
        remove,
        insert: insert.into(),
    }
}

impl Page {
    fn saying(text: &str) -> Self {
        Self {
            text: text.into(),
            letters: Letters::unknown(utf16_len(text)),
            done: Vec::new(),
            undone: Vec::new(),
            next: 0,
        }
    }

    fn within(&self, edit: &TextEdit) -> TextEdit {
        let at = edit.at.min(utf16_len(&self.text));
        let remove = edit.remove.min(utf16_len(&self.text) - at);
        TextEdit {
            at,
            remove,
            insert: edit.insert.clone(),
        }
    }

    fn writes_on(&mut self, edit: &TextEdit) {
        let edit = self.within(edit);
        let removed = words_within(&self.text, edit.at, edit.remove);
        let step = self.done.last().copied();
        self.letters
            .edit(step, edit.at, &removed, edit.inserted_len());
        self.text = edit.apply_to(&self.text);
        for step in std::mem::take(&mut self.undone) {
            self.letters.forget(step);
        }
    }

    fn writes(&mut self, edit: &TextEdit) {
        self.done.push(StepId(self.next));
        self.next += 1;
        self.writes_on(edit);
    }

    fn hears(&mut self, edit: &TextEdit) {
        let edit = self.within(edit);
        self.letters.hear(&[
            Heard::Pass(edit.at),
            Heard::Erase(edit.remove),
            Heard::Write(edit.inserted_len()),
        ]);
        self.text = edit.apply_to(&self.text);
    }

    fn does(&mut self, edits: Vec<TextEdit>) {
        for edit in edits {
            self.text = edit.apply_to(&self.text);
        }
        assert_eq!(self.letters.units(), utf16_len(&self.text));
    }

    fn takes_back(&mut self) {
        let Some(step) = self.done.pop() else { return };
        let edits = self.letters.take_back(step, &self.text);
        self.does(edits);
        self.undone.push(step);
    }

    fn does_again(&mut self) {
        let Some(step) = self.undone.pop() else {
            return;
        };
        let edits = self.letters.do_again(step, &self.text);
        self.does(edits);
        self.done.push(step);
    }

    fn of(&self, holds: fn(&char) -> bool) -> String {
        self.text.chars().filter(holds).collect()
    }
}

#[test]
fn what_is_typed_and_erased_is_taken_back_step_by_step() {
    let mut page = Page::saying("");
    page.writes(&edit(0, 0, "abc"));
    page.writes(&edit(2, 1, ""));
    page.writes(&edit(2, 0, "d"));
    assert_eq!(page.text, "abd");
    for after in ["ab", "abc", ""] {
        page.takes_back();
        assert_eq!(page.text, after);
    }
    for after in ["abc", "ab", "abd"] {
        page.does_again();
        assert_eq!(page.text, after);
    }
}

#[test]
fn letters_that_others_wrote_among_ones_own_stay() {
    let mut page = Page::saying("");
    page.writes(&edit(0, 0, "ventetid"));
    page.hears(&edit(5, 0, "LANG"));
    page.hears(&edit(0, 2, ""));
    page.takes_back();
    assert_eq!(page.text, "LANG");
    page.does_again();
    assert_eq!(page.text, "nteLANGtid", "what others erased stays away");
}

#[test]
fn words_that_were_erased_come_back_to_their_place() {
    let mut page = Page::saying("0123456789");
    page.writes(&edit(3, 4, "x"));
    page.hears(&edit(0, 2, "A👍"));
    page.hears(&edit(99, 0, "B"));
    page.takes_back();
    assert_eq!(page.text, "A👍23456789B");
    page.does_again();
    assert_eq!(page.text, "A👍2x789B");
}

#[test]
fn a_step_is_taken_back_whatever_came_after_it() {
    let mut page = Page::saying("0");
    page.writes(&edit(1, 0, "ab"));
    let first = page.done[0];
    page.writes(&edit(2, 0, "c"));
    let edits = page.letters.take_back(first, &page.text);
    page.does(edits);
    assert_eq!(page.text, "0c");
    assert!(page.letters.take_back(first, &page.text).is_empty());
    page.letters.forget(first);
    assert!(!page.letters.holds(first) && page.letters.holds(page.done[1]));
}

#[derive(Clone, Debug)]
enum Deed {
    Writes(u32, u32, String),
    WritesOn(u32, u32, String),
    Hears(u32, u32, String),
    TakesBack,
    DoesAgain,
}

fn deeds(most_erased: u32) -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (0..30u32, 0..5u32, "[a-zæ👍]{0,3}").prop_map(|(at, off, on)| Deed::Writes(at, off, on)),
        2 => (0..30u32, 0..5u32, "[a-zæ👍]{0,3}").prop_map(|(at, off, on)| Deed::WritesOn(at, off, on)),
        3 => (0..30u32, 0..=most_erased, "[A-Z]{0,3}").prop_map(|(at, off, on)| Deed::Hears(at, off, on)),
        3 => Just(Deed::TakesBack),
        2 => Just(Deed::DoesAgain),
    ];
    proptest::collection::vec(deed, 1..40)
}

/// No edit begins or ends within a letter of two units.
fn whole(text: &str, at: u32, off: u32, on: &str) -> TextEdit {
    let starts: Vec<u32> = text
        .chars()
        .scan(0, |before, letter| {
            let start = *before;
            *before += letter.len_utf16() as u32;
            Some(start)
        })
        .chain([utf16_len(text)])
        .collect();
    let start = starts
        .iter()
        .rev()
        .find(|start| **start <= at)
        .copied()
        .unwrap_or(0);
    let end = starts
        .iter()
        .rev()
        .find(|start| **start <= at + off)
        .copied()
        .unwrap_or(0);
    edit(start, end - start, on)
}

fn play(page: &mut Page, deed: &Deed) {
    match deed {
        Deed::Writes(at, off, on) => page.writes(&whole(&page.text, *at, *off, on)),
        Deed::WritesOn(at, off, on) => page.writes_on(&whole(&page.text, *at, *off, on)),
        Deed::Hears(at, off, on) => page.hears(&whole(&page.text, *at, *off, on)),
        Deed::TakesBack => page.takes_back(),
        Deed::DoesAgain => page.does_again(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn alone_every_step_back_is_the_text_before_and_every_step_again_the_text_after(
        edits in proptest::collection::vec((0..30u32, 0..6u32, "[a-zæ👍]{0,4}"), 1..12),
    ) {
        let mut page = Page::saying("0123456789");
        let mut texts = vec![page.text.clone()];
        for (at, off, on) in &edits {
            page.writes(&whole(&page.text, *at, *off, on));
            texts.push(page.text.clone());
        }
        for before in texts.iter().rev().skip(1) {
            page.takes_back();
            prop_assert_eq!(&page.text, before);
        }
        for after in texts.iter().skip(1) {
            page.does_again();
            prop_assert_eq!(&page.text, after);
        }
    }

    #[test]
    fn no_letter_of_others_goes_and_none_comes_that_they_erased(all in deeds(4)) {
        let mut page = Page::saying("0123456789");
        for deed in &all {
            let before = page.of(char::is_ascii_uppercase);
            play(&mut page, deed);
            prop_assert_eq!(page.letters.units(), utf16_len(&page.text));
            if matches!(deed, Deed::TakesBack) {
                // Those that the step had erased come back; none goes.
                let after = page.of(char::is_ascii_uppercase);
                let mut left = after.chars();
                prop_assert!(before.chars().all(|letter| left.any(|other| other == letter)));
            }
        }
    }

    #[test]
    fn when_all_is_taken_back_all_that_others_wrote_is_there_and_nothing_of_ones_own(all in deeds(0)) {
        let mut page = Page::saying("0123456789");
        let mut theirs = Vec::new();
        // Others only write here; a step is begun before anything is written on.
        page.writes(&edit(0, 0, ""));
        for deed in &all {
            if let Deed::Hears(_, _, on) = deed {
                theirs.extend(on.chars());
            }
            if page.done.is_empty() && matches!(deed, Deed::WritesOn(..)) {
                continue;
            }
            play(&mut page, deed);
        }
        while !page.done.is_empty() {
            page.takes_back();
        }
        prop_assert_eq!(page.of(char::is_ascii_digit), "0123456789");
        let mut found: Vec<char> = page.of(char::is_ascii_uppercase).chars().collect();
        found.sort_unstable();
        theirs.sort_unstable();
        prop_assert_eq!(&found, &theirs);
        prop_assert_eq!(page.text.chars().count(), 10 + found.len());
        for step in std::mem::take(&mut page.undone) {
            page.letters.forget(step);
        }
        prop_assert!(page.letters.is_plain());
    }
}
