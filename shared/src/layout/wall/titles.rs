//! A cluster's title: large where it is short; where it is long its letters are a step smaller, so that it stands whole.

use super::{
    lines::Spelled,
    region::measure::{
        BOLD, LONGEST_TITLE_WORD, MOST_LINES_OF_MOST, MOST_LINES_OF_SMALL, MOST_TITLE_LINES, PAD,
        SMALL_TITLE, TITLE, TITLE_LINE,
    },
};

/// Letters as the browser sets them are up to some percent wider than our table of advances says, for the wall's
/// are bolder: a long word has its line for sure in so much of it.
pub(super) const SURE: f64 = 0.95;

/// How a title is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlacedTitle {
    /// Its letters, em of the notes'.
    pub em: f64,
    /// So many lines of it are seen.
    pub lines: usize,
}

/// A title, measured.
#[derive(Clone, Debug)]
pub(super) struct Title<'a> {
    words: Spelled<'a>,
    em: f64,
    /// How many lines it has on the whole width.
    least_lines: usize,
}

impl<'a> Title<'a> {
    /// The title in letters of `em`, or of the next step in which half of a wall of such a `width` holds it.
    pub(super) fn of(text: &'a str, em: f64, width: f64) -> Self {
        let words = Spelled::of(text);
        let is_too_long = |em: f64| {
            let half = (width / 2.0 - 2.0 * PAD).max(1.0);
            words.lines(em * BOLD, half) > most_lines(em)
        };
        let smaller = [TITLE, SMALL_TITLE].into_iter().filter(|step| *step < em);
        let steps = std::iter::once(em).chain(smaller);
        let em = steps
            .into_iter()
            .find(|&step| !is_too_long(step))
            .unwrap_or(SMALL_TITLE);
        let least_lines = words.lines(em * BOLD, (width - 2.0 * PAD).max(1.0));
        Self {
            words,
            em,
            least_lines,
        }
    }

    /// The same in the smallest letters that a title may have, on a wall of such a `width`.
    pub(super) fn smaller(&self, width: f64) -> Self {
        let room = (width - 2.0 * PAD).max(1.0);
        Self {
            words: self.words.clone(),
            em: SMALL_TITLE,
            least_lines: self.words.lines(SMALL_TITLE * BOLD, room),
        }
    }

    /// How it is drawn in so much room.
    pub(super) fn placed(&self, room: f64) -> PlacedTitle {
        let most = most_lines(self.em).max(MOST_LINES_OF_SMALL);
        PlacedTitle {
            em: self.em,
            lines: self.words.lines(self.em * BOLD, room).min(most),
        }
    }

    /// Whether it stands whole there, and in no more lines than are read at a glance; or, where the whole width is too
    /// narrow for that, as well as it can.
    pub(super) fn is_whole(&self, room: f64) -> bool {
        let lines = self.words.lines(self.em * BOLD, room);
        lines <= most_lines(self.em).max(self.least_lines) && self.holds_its_words(room)
    }

    /// Whether no word of it is longer than a line.
    fn holds_its_words(&self, room: f64) -> bool {
        self.words.longest(self.em * BOLD, LONGEST_TITLE_WORD) <= room * SURE
    }
}

impl PlacedTitle {
    /// How high it is, em of the notes' letters.
    pub(super) fn height(self) -> f64 {
        TITLE_LINE * self.em * self.lines as f64
    }
}

/// So many lines are read at a glance.
fn most_lines(em: f64) -> usize {
    if em > TITLE {
        MOST_LINES_OF_MOST
    } else if em < TITLE {
        MOST_LINES_OF_SMALL
    } else {
        MOST_TITLE_LINES
    }
}
