//! The keys rest: who was writing when their field went away types on for a moment, and what they type is meant
//! for no shortcut. It lasts until they have paused, or pressed somewhere, or gone on with Tab.
//!
//! ```
//! use samtavle_shared::kept_words::rest::{Chord, Heard, PAUSE_MS, Rest};
//!
//! let mut rest = Rest::begin(0.0);
//! assert_eq!(rest.hears("v", Chord::Plain, 200.0), Heard::Letter, "meant for the field");
//! assert_eq!(rest.hears("v", Chord::Plain, 200.0 + PAUSE_MS), Heard::Passes, "a shortcut again");
//! ```

/// So long without a key, and the person has seen what happened, milliseconds.
pub const PAUSE_MS: f64 = 1_500.0;

/// What is held down with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chord {
    /// Nothing that makes it a command; Shift, or what makes other letters of keys.
    Plain,
    /// Control, or the command key.
    Command,
    /// Alt: the browser's own.
    Alt,
}

/// What becomes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is whosever it is at other times.
    Passes,
    /// Nothing comes of it.
    Held,
    /// Nothing comes of it as a shortcut; it is a letter, and joins the words.
    Letter,
}

/// The rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rest {
    /// When the last key was, or the field went away.
    since: f64,
    is_over: bool,
}

impl Rest {
    /// The field goes away now, milliseconds by any clock.
    #[must_use]
    pub fn begin(now: f64) -> Self {
        Self {
            since: now,
            is_over: false,
        }
    }

    /// The person has pressed somewhere, or goes on in another way.
    pub fn end(&mut self) {
        self.is_over = true;
    }

    /// Whether keys are what they are at other times. A clock that was set back does not hold them.
    #[must_use]
    pub fn is_over(&self, now: f64) -> bool {
        self.is_over || !(0.0..PAUSE_MS).contains(&(now - self.since))
    }

    /// A key goes down outside any field.
    pub fn hears(&mut self, key: &str, chord: Chord, now: f64) -> Heard {
        if self.is_over(now) {
            self.is_over = true;
            return Heard::Passes;
        }
        let heard = meant(key, chord);
        match (heard, key) {
            // Going on to the next thing on the page is no writing.
            (_, "Tab") => self.is_over = true,
            (Heard::Held | Heard::Letter, _) => self.since = now,
            (Heard::Passes, _) => {}
        }
        heard
    }
}

fn meant(key: &str, chord: Chord) -> Heard {
    let mut letters = key.chars();
    let is_letter = letters.next().is_some() && letters.next().is_none();
    match (chord, key) {
        (Chord::Plain, _) if is_letter => Heard::Letter,
        (
            Chord::Plain | Chord::Command,
            "Enter" | "Backspace" | "Delete" | "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown"
            | "Home" | "End" | "PageUp" | "PageDown" | "Dead",
        )
        | (Chord::Plain, "F2") => Heard::Held,
        // What changes the board, or what is chosen on it. Copying, finding, reloading are the browser's.
        (Chord::Command, _) if is_letter && "adgvxyz".contains(&*key.to_lowercase()) => Heard::Held,
        _ => Heard::Passes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resting() -> Rest {
        Rest::begin(1_000.0)
    }

    #[test]
    fn letters_join_the_words_and_what_edits_a_text_does_nothing() {
        let mut rest = resting();
        for letter in ["v", "V", "å", "1", " ", "?", "ж", "字"] {
            assert_eq!(
                rest.hears(letter, Chord::Plain, 1_100.0),
                Heard::Letter,
                "{letter}"
            );
        }
        for key in ["Enter", "Delete", "Backspace", "ArrowLeft", "F2"] {
            assert_eq!(rest.hears(key, Chord::Plain, 1_200.0), Heard::Held, "{key}");
        }
        for key in ["z", "Z", "a", "d", "v", "Backspace"] {
            assert_eq!(
                rest.hears(key, Chord::Command, 1_300.0),
                Heard::Held,
                "{key}"
            );
        }
    }

    #[test]
    fn what_is_the_browsers_or_a_helping_devices_passes() {
        let mut rest = resting();
        for (key, chord) in [
            ("c", Chord::Command),
            ("r", Chord::Command),
            ("+", Chord::Command),
            ("ArrowLeft", Chord::Alt),
            ("Escape", Chord::Plain),
            ("F5", Chord::Plain),
            ("Control", Chord::Command),
            ("Insert", Chord::Plain),
            ("Unidentified", Chord::Plain),
        ] {
            assert_eq!(rest.hears(key, chord, 1_100.0), Heard::Passes, "{key}");
        }
        assert!(!rest.is_over(1_200.0), "and the rest goes on");
    }

    #[test]
    fn it_lasts_as_long_as_there_is_no_pause() {
        let mut rest = resting();
        for number in 1..40 {
            let now = 1_000.0 + f64::from(number) * (PAUSE_MS - 1.0);
            assert_eq!(rest.hears("e", Chord::Plain, now), Heard::Letter);
        }
        let last = 1_000.0 + 39.0 * (PAUSE_MS - 1.0);
        assert_eq!(
            rest.hears("e", Chord::Plain, last + PAUSE_MS),
            Heard::Passes
        );
        assert_eq!(
            rest.hears("e", Chord::Plain, last + PAUSE_MS + 1.0),
            Heard::Passes,
            "and it does not begin again by itself"
        );
    }

    #[test]
    fn a_press_or_tab_ends_it() {
        let mut rest = resting();
        rest.end();
        assert_eq!(rest.hears("v", Chord::Plain, 1_001.0), Heard::Passes);
        let mut rest = resting();
        assert_eq!(rest.hears("Tab", Chord::Plain, 1_001.0), Heard::Passes);
        assert_eq!(rest.hears("Enter", Chord::Plain, 1_002.0), Heard::Passes);
    }

    #[test]
    fn a_clock_that_was_set_back_holds_no_key() {
        let mut rest = resting();
        assert_eq!(rest.hears("v", Chord::Plain, 0.0), Heard::Passes);
    }
}
