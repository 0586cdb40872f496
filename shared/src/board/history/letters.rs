//! Whose step each letter of a text came by, and which step took letters away: so that a step is taken
//! back letter by letter, whatever others write in between.
//!
//! ```text
//! others' "Vi venter" · step 3 wrote "Ja, " · step 4 took "venter" away
//!
//!   4 units, by 3   3 units   ("venter", away by 4)
//! ```
//! Letters that one took away oneself stay in their place among the others, unseen; those that others took
//! away are gone. All counts are UTF-16 units. Pure: it knows no document.

use super::StepId;
use crate::board::{
    TextEdit,
    text_edit::{utf16_len, words_within},
};

/// What somebody else does to a text, from its beginning on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// So many units stay.
    Pass(u32),
    /// So many go.
    Erase(u32),
    /// So many come.
    Write(u32),
}

/// Letters side by side that have the same story.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    /// The step that wrote them; `None`: somebody else, or a step that nobody can take back any more.
    by: Option<StepId>,
    /// They were put back when this step was taken back, which had taken them away.
    back: Option<StepId>,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// They are seen: so many units.
    Seen(u32),
    /// They are not: this step took them away, or its being taken back did.
    Away {
        words: String,
        step: StepId,
        how: Away,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Away {
    /// By the step.
    Done,
    /// The step wrote them, and was taken back.
    Undone,
}

/// The letters of one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters(Vec<Run>);

impl Letters {
    /// A text of which nothing is known but its length.
    pub(super) fn unknown(units: u32) -> Self {
        let mut letters = Self::default();
        letters.insert_seen(0, None, units);
        letters
    }

    /// How long the text is.
    pub(super) fn units(&self) -> u32 {
        self.0.iter().map(Run::units).sum()
    }

    /// The person here takes `removed` away at `at`, and puts so many units in its place. `None`: as part of
    /// no step.
    pub(super) fn edit(&mut self, step: Option<StepId>, at: u32, removed: &str, inserted: u32) {
        let mut place = self.cut(at);
        let mut from = 0;
        let mut left = utf16_len(removed);
        while left > 0 && place < self.0.len() {
            let units = self.0[place].units();
            if units == 0 {
                place += 1;
                continue;
            }
            let taken = units.min(left);
            self.split(place, taken);
            let words = words_within(removed, from, taken);
            from += taken;
            left -= taken;
            match step {
                // What a step wrote and took away again leaves nothing to take back.
                Some(step) if self.0[place].by != Some(step) => {
                    self.0[place].state = State::Away {
                        words,
                        step,
                        how: Away::Done,
                    };
                    place += 1;
                }
                _ => {
                    self.0.remove(place);
                }
            }
        }
        self.insert_seen(place, step, inserted);
        self.join();
    }

    /// Somebody else edits it.
    pub(super) fn hear(&mut self, heard: &[Heard]) {
        let mut place = 0;
        for step in heard {
            match *step {
                Heard::Pass(units) => place = self.pass(place, units),
                Heard::Erase(units) => self.erase(place, units),
                Heard::Write(units) => {
                    self.insert_seen(place, None, units);
                    place += 1;
                }
            }
        }
        self.join();
    }

    /// What takes a step back in a text that says `text` now, edit by edit. What is left of its letters
    /// goes, and what it took away comes back to its place.
    pub(super) fn take_back(&mut self, step: StepId, text: &str) -> Vec<TextEdit> {
        self.turn(text, |run| match &run.state {
            State::Seen(_) if run.by == Some(step) => Turn::Goes(step, Away::Undone),
            State::Away {
                step: by,
                how: Away::Done,
                ..
            } if *by == step => {
                run.back = Some(step);
                Turn::Comes
            }
            _ => Turn::Stays,
        })
    }

    /// What does a step again that was taken back.
    pub(super) fn do_again(&mut self, step: StepId, text: &str) -> Vec<TextEdit> {
        self.turn(text, |run| match &run.state {
            State::Seen(_) if run.back == Some(step) => {
                run.back = None;
                Turn::Goes(step, Away::Done)
            }
            State::Away {
                step: by,
                how: Away::Undone,
                ..
            } if *by == step => Turn::Comes,
            _ => Turn::Stays,
        })
    }

    /// Whether something is left of a step, done or taken back.
    pub(super) fn holds(&self, step: StepId) -> bool {
        self.0.iter().any(|run| {
            let is_away_by = matches!(run.state, State::Away { step: by, .. } if by == step);
            let is_seen = matches!(run.state, State::Seen(_));
            is_away_by || (is_seen && (run.by == Some(step) || run.back == Some(step)))
        })
    }

    /// A step can't be taken back or done again any more.
    pub(super) fn forget(&mut self, step: StepId) {
        for run in &mut self.0 {
            run.by = run.by.filter(|by| *by != step);
            run.back = run.back.filter(|back| *back != step);
        }
        let is_kept = |run: &Run| !matches!(run.state, State::Away { step: by, .. } if by == step);
        self.0.retain(is_kept);
        self.join();
    }

    /// Whether no step has anything in it.
    pub(super) fn is_plain(&self) -> bool {
        self.0.iter().all(|run| {
            run.by.is_none() && run.back.is_none() && matches!(run.state, State::Seen(_))
        })
    }

    fn turn(&mut self, text: &str, what: impl Fn(&mut Run) -> Turn) -> Vec<TextEdit> {
        let mut edits: Vec<TextEdit> = Vec::new();
        let (mut at, mut read) = (0, 0);
        for run in &mut self.0 {
            let units = run.units();
            match (what(run), &run.state) {
                (Turn::Goes(step, how), State::Seen(_)) => {
                    remove(&mut edits, at, units);
                    let words = words_within(text, read, units);
                    run.state = State::Away { words, step, how };
                }
                (Turn::Comes, State::Away { words, .. }) => {
                    insert(&mut edits, at, words);
                    let units = utf16_len(words);
                    at += units;
                    run.state = State::Seen(units);
                }
                _ => at += units,
            }
            read += units;
        }
        self.join();
        edits
    }

    /// Goes over so many units that are seen; gives the place behind them.
    fn pass(&mut self, from: usize, units: u32) -> usize {
        let mut left = units;
        let mut place = from;
        while left > 0 && place < self.0.len() {
            let here = self.0[place].units();
            if here > left {
                self.split(place, left);
            }
            left -= here.min(left);
            place += 1;
        }
        place
    }

    /// The place of an offset, in front of what is away there.
    fn cut(&mut self, at: u32) -> usize {
        self.pass(0, at)
    }

    fn erase(&mut self, from: usize, units: u32) {
        let mut left = units;
        let mut place = from;
        while left > 0 && place < self.0.len() {
            let here = self.0[place].units();
            if here == 0 {
                place += 1;
                continue;
            }
            self.split(place, left.min(here));
            left -= left.min(here);
            self.0.remove(place);
        }
    }

    /// Cuts a run that is seen, so that it has so many units.
    fn split(&mut self, place: usize, at: u32) {
        let run = &mut self.0[place];
        if let State::Seen(units) = &mut run.state
            && at < *units
        {
            let rest = State::Seen(*units - at);
            *units = at;
            let rest = Run {
                by: run.by,
                back: run.back,
                state: rest,
            };
            self.0.insert(place + 1, rest);
        }
    }

    fn insert_seen(&mut self, place: usize, by: Option<StepId>, units: u32) {
        if units > 0 {
            let run = Run {
                by,
                back: None,
                state: State::Seen(units),
            };
            self.0.insert(place.min(self.0.len()), run);
        }
    }

    /// Makes one run of neighbours with the same story: texts are typed letter by letter.
    fn join(&mut self) {
        for run in std::mem::take(&mut self.0) {
            match (self.0.last_mut(), &run.state) {
                (
                    Some(Run {
                        by,
                        back,
                        state: State::Seen(units),
                    }),
                    State::Seen(more),
                ) if (*by, *back) == (run.by, run.back) => *units += more,
                _ => self.0.push(run),
            }
        }
    }
}

/// What becomes of a run.
enum Turn {
    /// It goes, for this reason.
    Goes(StepId, Away),
    /// It comes back.
    Comes,
    /// It is as it was.
    Stays,
}

impl Run {
    fn units(&self) -> u32 {
        match &self.state {
            State::Seen(units) => *units,
            State::Away { .. } => 0,
        }
    }
}

fn remove(edits: &mut Vec<TextEdit>, at: u32, units: u32) {
    match edits.last_mut() {
        Some(last) if last.insert.is_empty() && last.at == at => last.remove += units,
        _ => edits.push(TextEdit {
            at,
            remove: units,
            insert: String::new(),
        }),
    }
}

fn insert(edits: &mut Vec<TextEdit>, at: u32, words: &str) {
    match edits.last_mut() {
        Some(last) if last.at + last.inserted_len() == at => last.insert.push_str(words),
        _ => edits.push(TextEdit {
            at,
            remove: 0,
            insert: words.into(),
        }),
    }
}

#[cfg(test)]
mod tests;
