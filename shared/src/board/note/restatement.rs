//! *Say it back*: another group's wording of a note, confirmed or corrected by its writer. Both
//! wordings stay on the note.
//!
//! In the document: one plain array of strings, three for each restatement, `[wording, verdict,
//! correction, …]`, the oldest first. The server alone writes it, so nothing is lost by its being
//! one value.

use crate::schema::RESTATED;
use crate::{
    board::{Change, text_edit::shortened},
    ids::NoteId,
    limits::{MAX_RESTATEMENT_UTF16, MAX_RESTATEMENTS_PER_NOTE},
};
use std::sync::Arc;
use yrs::{Any, Map, MapRef, Out, ReadTxn};

const CONFIRMED: &str = "confirmed";
const CORRECTED: &str = "corrected";
/// Strings for one restatement.
const STRINGS: usize = 3;

/// How others said what a note says, and what its writer answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restatement {
    /// In their words.
    pub text: String,
    /// The writer's answer.
    pub verdict: Verdict,
}

/// What the writer of a note answered to its restatement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes, that is what I mean.
    Confirmed,
    /// Not quite; it is like this.
    Corrected(String),
}

impl Change<'_> {
    /// Adds a restatement to a note. The server's to do, once its writer has answered. A note that
    /// has all that a note can hold stays as it is.
    pub fn restate(&mut self, id: &NoteId, restatement: &Restatement) {
        let Some(map) = self.note_map(id) else { return };
        let before = strings(self.txn(), &map);
        if before.len() + STRINGS > MAX_RESTATEMENTS_PER_NOTE * STRINGS {
            return;
        }
        let (verdict, correction) = match &restatement.verdict {
            Verdict::Confirmed => (CONFIRMED, ""),
            Verdict::Corrected(text) => (CORRECTED, text.as_str()),
        };
        let added = [&*restatement.text, verdict, correction]
            .map(|text| Any::from(shortened(text, MAX_RESTATEMENT_UTF16)));
        if before.chunks_exact(STRINGS).any(|three| three == added) {
            return; // the server does it again after it died in between
        }
        // What is there stays to the letter, also a verdict of a later version.
        let all: Vec<Any> = before.iter().cloned().chain(added).collect();
        self.set_any(&map, RESTATED, Any::Array(all.into()));
    }
}

/// All restatements of a note that can be read.
pub(super) fn read_all<T: ReadTxn>(txn: &T, map: &MapRef) -> Vec<Restatement> {
    strings(txn, map)
        .chunks_exact(STRINGS)
        .filter_map(|three| match three {
            [
                Any::String(text),
                Any::String(verdict),
                Any::String(correction),
            ] => {
                let verdict = match &**verdict {
                    CONFIRMED => Verdict::Confirmed,
                    CORRECTED => Verdict::Corrected(correction.to_string()),
                    _ => return None,
                };
                Some(Restatement {
                    text: text.to_string(),
                    verdict,
                })
            }
            _ => None,
        })
        .collect()
}

fn strings<T: ReadTxn>(txn: &T, map: &MapRef) -> Arc<[Any]> {
    match map.get(txn, RESTATED) {
        Some(Out::Any(Any::Array(strings))) => strings,
        _ => Arc::default(),
    }
}
