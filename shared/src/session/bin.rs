//! The bin: notes that somebody took off the board. Facilitators see who took which off and when, as far as the
//! board tells, and bring back one, some or all; whose note another took off is told, and brings it back.
//!
//! ```text
//! the room sees what updates do ─► Event::Thrown ─┬─► LeadView::thrown ─┬─► Command::BringBack
//!                                                 └─► OwnView::thrown ──┘        └─► Edit::BringBack
//! ```

use super::{Event, Session, SweptThing};
use crate::{
    board::{Kept, ThingId},
    ids::{NoteId, PersonId},
};
use serde::{Deserialize, Serialize};

/// So many notes are in the bin; then the oldest is forgotten. They are kept for a day
/// ([`crate::limits::KEEP_THROWN_MS`]).
pub const MAX_THROWN: usize = 300;
/// Most bytes that are kept of notes that are no longer in the document: ours stay in it.
const MAX_KEPT_BYTES: usize = 512 * 1024;

/// A note that was taken off the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thrown {
    /// The note, when it went, and what it was if it was taken out of the document.
    pub note: SweptThing,
    /// Who took it off; `None`: nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// Who wrote it; `None`: nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<PersonId>,
    /// When, milliseconds since 1970 by the session's clock.
    pub at: u64,
}

/// A note in the bin, as somebody may see it. Its words are in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThrownView {
    /// The note that was taken off.
    pub note: NoteId,
    /// Who took it off; empty on anonymous boards, of those who gave no name, and where nobody knows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Their number; 0 on anonymous boards, and where nobody knows.
    #[serde(default)]
    pub number: u32,
    /// When, milliseconds since 1970 by the session's clock.
    pub at: u64,
    /// What it said, if it is no longer in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

impl Thrown {
    /// Which note.
    pub fn id(&self) -> Option<&NoteId> {
        match &self.note.thing {
            ThingId::Note(id) => Some(id),
            _ => None,
        }
    }
}

impl Session {
    /// What is in the bin, oldest first.
    pub fn bin(&self) -> &[Thrown] {
        &self.bin
    }

    /// Who wrote a note, as far as is known.
    pub fn writer_of(&self, note: &NoteId) -> Option<&PersonId> {
        self.wrote.get(note)
    }

    /// Whether somebody took off what another wrote, who is told so.
    pub(super) fn is_another_s(&self, thrown: &Thrown, writer: &PersonId) -> bool {
        let of = thrown.of.as_ref().map(|of| self.hand(of));
        of == Some(writer) && thrown.by.as_ref() != Some(writer)
    }

    pub(super) fn take_thrown(&mut self, thrown: Vec<Thrown>) {
        for one in thrown {
            self.bin.retain(|other| other.note.thing != one.note.thing);
            self.bin.push(one);
        }
        let too_many = self.bin.len().saturating_sub(MAX_THROWN);
        self.bin.drain(..too_many);
        let bytes = |one: &Thrown| one.note.was.as_ref().map_or(0, Kept::bytes);
        let mut kept: usize = self.bin.iter().map(bytes).sum();
        self.bin.retain(|one| {
            let bytes = bytes(one);
            let stays = bytes == 0 || kept <= MAX_KEPT_BYTES;
            kept -= if stays { 0 } else { bytes };
            stays
        });
    }

    pub(super) fn take_fetched(&mut self, notes: &[NoteId]) {
        let is_fetched = |one: &Thrown| one.id().is_some_and(|id| notes.contains(id));
        self.bin.retain(|one| !is_fetched(one));
    }

    /// Whose own view an event of the bin changes.
    pub fn told_of<'a>(&'a self, event: &'a Event) -> Vec<&'a PersonId> {
        match event {
            Event::Thrown(thrown) => {
                let writers = thrown.iter().filter_map(|one| one.of.as_ref());
                writers.map(|writer| self.hand(writer)).collect()
            }
            Event::Fetched(notes) => {
                let writers = notes.iter().filter_map(|note| self.wrote.get(note));
                writers.map(|writer| self.hand(writer)).collect()
            }
            _ => Vec::new(),
        }
    }
}
