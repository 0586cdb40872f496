//! Of a habit: what it gave us, what happens if we stop, and that it is broken.

use super::read_words;
use crate::schema::{BROKEN, GAVE, STOPS};
use crate::{
    board::{Change, text_edit::shortened},
    ids::NoteId,
    limits::MAX_ANSWER_UTF16,
};
use yrs::{MapRef, ReadTxn};

/// Between who stops and from when, in one register: two ceremonies never mix. It is no letter that
/// anybody types.
const BETWEEN: char = '\u{1f}';

/// What is asked about a habit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HabitQuestion {
    /// What did it give us?
    Gave,
    /// What happens if we stop?
    Stops,
}

/// What a group said when it broke a habit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Who stops.
    pub who: String,
    /// From when.
    pub from: String,
}

/// What is said about a habit; empty where nothing was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HabitAnswers {
    /// What it gave us.
    pub gave: String,
    /// What happens if we stop.
    pub stops: String,
    /// Who stops, and from when, if it is broken.
    pub broken: Option<Broken>,
}

impl HabitQuestion {
    /// Both, in the order in which they are asked.
    pub const ALL: [Self; 2] = [Self::Gave, Self::Stops];

    /// The name of its field in the document.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Gave => GAVE,
            Self::Stops => STOPS,
        }
    }
}

impl HabitAnswers {
    pub(super) fn read<T: ReadTxn>(txn: &T, map: &MapRef) -> Self {
        let read = |field| read_words(txn, map, field);
        Self {
            gave: read(HabitQuestion::Gave.field()),
            stops: read(HabitQuestion::Stops.field()),
            broken: Broken::read(&read(BROKEN)),
        }
    }

    /// The answer to one of the questions; empty when there is none.
    pub fn answer(&self, question: HabitQuestion) -> &str {
        match question {
            HabitQuestion::Gave => &self.gave,
            HabitQuestion::Stops => &self.stops,
        }
    }

    pub(super) fn answered(&self) -> [(HabitQuestion, &str); 2] {
        HabitQuestion::ALL.map(|question| (question, self.answer(question)))
    }
}

impl Broken {
    fn spelled(who: &str, from: &str) -> String {
        let mut text = String::from(short_answer(who));
        text.push(BETWEEN);
        text.push_str(short_answer(from));
        text
    }

    fn read(text: &str) -> Option<Self> {
        let (who, from) = text.split_once(BETWEEN)?;
        Some(Self {
            who: who.into(),
            from: from.into(),
        })
    }
}

impl Change<'_> {
    /// Answers a question about a habit; an empty answer takes the former one away.
    pub fn answer_habit(&mut self, id: &NoteId, question: HabitQuestion, answer: &str) {
        if let Some(map) = self.note_map(id) {
            self.set_words(&map, question.field(), short_answer(answer));
        }
    }

    /// Marks a habit as broken: who stops, and from when. The server's to do, after the ceremony.
    pub fn break_habit(&mut self, id: &NoteId, who: &str, from: &str) {
        if let Some(map) = self.note_map(id) {
            self.set_words(&map, BROKEN, &Broken::spelled(who, from));
        }
    }

    /// Takes it back that a habit is broken.
    pub fn mend_habit(&mut self, id: &NoteId) {
        if let Some(map) = self.note_map(id) {
            self.set_words(&map, BROKEN, "");
        }
    }
}

/// As much of an answer as a board keeps.
pub(super) fn short_answer(answer: &str) -> &str {
    shortened(answer, MAX_ANSWER_UTF16)
}
