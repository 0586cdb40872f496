//! Of a plan: who tries it, by when, how we will know, and what came of it.

use super::{habit::short_answer, read_words};
use crate::schema::{HOW, LEARNT, STATE, WHEN, WHO};
use crate::{
    board::{Change, document::read_string},
    ids::NoteId,
};
use yrs::{MapRef, ReadTxn};

/// How far a plan has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlanState {
    /// Nobody has begun.
    #[default]
    ToTry,
    /// Somebody is at it.
    Trying,
    /// It was tried, and it worked.
    Worked,
    /// It was tried, and it did not work: we know more than before.
    DidNotWork,
}

/// A field of a plan that is words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanField {
    /// Who tries it.
    Who,
    /// By when.
    When,
    /// How we will know.
    How,
    /// What was learnt.
    Learnt,
}

/// What is said about a plan; empty where nothing was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanFields {
    /// Who tries it.
    pub who: String,
    /// By when, in their own words.
    pub when: String,
    /// How we will know.
    pub how: String,
    /// How far it has come.
    pub state: PlanState,
    /// What was learnt.
    pub learnt: String,
}

impl PlanState {
    /// All of them, in the order in which they come.
    pub const ALL: [Self; 4] = [Self::ToTry, Self::Trying, Self::Worked, Self::DidNotWork];

    /// As it stands in the document; also its name in styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ToTry => "to-try",
            Self::Trying => "trying",
            Self::Worked => "worked",
            Self::DidNotWork => "did-not-work",
        }
    }

    /// Reads a state; what is unknown counts as not begun.
    pub fn read(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == name)
            .unwrap_or_default()
    }
}

impl PlanField {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 4] = [Self::Who, Self::When, Self::How, Self::Learnt];

    /// Its name in the document.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Who => WHO,
            Self::When => WHEN,
            Self::How => HOW,
            Self::Learnt => LEARNT,
        }
    }
}

impl PlanFields {
    pub(super) fn read<T: ReadTxn>(txn: &T, map: &MapRef) -> Self {
        let read = |field: PlanField| read_words(txn, map, field.field());
        Self {
            who: read(PlanField::Who),
            when: read(PlanField::When),
            how: read(PlanField::How),
            state: read_string(txn, map, STATE)
                .map_or_else(PlanState::default, |name| PlanState::read(&name)),
            learnt: read(PlanField::Learnt),
        }
    }

    /// What one of its fields says; empty when it says nothing.
    pub fn words(&self, field: PlanField) -> &str {
        match field {
            PlanField::Who => &self.who,
            PlanField::When => &self.when,
            PlanField::How => &self.how,
            PlanField::Learnt => &self.learnt,
        }
    }

    pub(super) fn filled_in(&self) -> [(PlanField, &str); 4] {
        PlanField::ALL.map(|field| (field, self.words(field)))
    }
}

impl Change<'_> {
    /// Fills in a field of a plan; nothing in it takes the former words away.
    pub fn plan_field(&mut self, id: &NoteId, field: PlanField, words: &str) {
        if let Some(map) = self.note_map(id) {
            self.set_words(&map, field.field(), short_answer(words));
        }
    }

    /// Says how far a plan has come.
    pub fn set_plan_state(&mut self, id: &NoteId, state: PlanState) {
        if let Some(map) = self.note_map(id) {
            self.set_words(&map, STATE, state.name());
        }
    }
}
