//! *Say it back*: each gets a note of another group to say in their own words; its writer confirms or
//! corrects. Both wordings stay on the note.

use crate::ids::{NoteId, PersonId};
use serde::{Deserialize, Serialize};

/// What one person was given to say back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restating {
    /// Whose words they say back.
    pub note: NoteId,
    /// By which the writer judges it: random, for its place among the others would lead to who says it.
    #[serde(default)]
    pub number: u32,
    /// Who wrote it; only they can confirm.
    pub writer: PersonId,
    /// How they said it; empty: not yet.
    pub text: String,
    /// What its writer said to that.
    pub verdict: Option<Verdict>,
}

/// What the writer of a note says to a restatement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// "Yes, that is what I meant."
    Confirmed,
    /// "Not quite:" and how it was meant.
    Corrected(String),
}
