//! Bringing back what somebody took off the board.

use super::Decision;
use crate::{
    ids::{NoteId, PersonId},
    session::{Edit, Event, MAX_THROWN, Outcome, Refusal, Session, Showing, Thrown, ThrownView},
};

/// So much of a note is told that is no longer in the document: enough to know it again.
const FEW_LETTERS: usize = 160;
/// Of so many of their own notes somebody is told that another took them off.
const MAX_TOLD: usize = 40;

impl Session {
    /// Facilitators bring back what they like, others what they wrote themselves.
    pub(super) fn bring_back(&self, who: &PersonId, notes: &[NoteId]) -> Decision {
        if notes.len() > MAX_THROWN {
            return Err(Refusal::Malformed);
        }
        let leads = self.leads(who);
        if self.locks.board && !leads {
            return Err(Refusal::Locked);
        }
        let may = |one: &&Thrown| {
            let of = one.of.as_ref().map(|of| self.hand(of));
            leads || of == Some(who)
        };
        let asked = |one: &&Thrown| one.id().is_some_and(|id| notes.contains(id));
        let found: Vec<&Thrown> = self.bin.iter().filter(asked).filter(may).collect();
        if found.is_empty() {
            let is_there = self.bin.iter().any(|one| asked(&one));
            return Err(if is_there {
                Refusal::NotYours
            } else {
                Refusal::TooLate
            });
        }
        let fetched = found.iter().filter_map(|one| one.id().cloned()).collect();
        let things = found.iter().map(|one| one.note.clone()).collect();
        Ok(Outcome {
            events: vec![Event::Fetched(fetched)],
            edits: vec![Edit::BringBack(things)],
        })
    }

    /// How a note in the bin is shown. `words`: what it said, if the document has it no more.
    pub fn thrown_view(&self, thrown: &Thrown, words: Option<&str>) -> Option<ThrownView> {
        let who = thrown.by.as_ref().and_then(|by| self.people.get(by));
        // Where notes tell no name, who took their own off would tell by it that they wrote it.
        let is_own = thrown.of.as_ref().map(|of| self.hand(of)) == thrown.by.as_ref();
        let may_tell = match self.showing {
            Showing::Anonymous => false,
            Showing::Voices => !is_own,
            Showing::Named => true,
        };
        let who = who.filter(|_| may_tell);
        Some(ThrownView {
            note: thrown.id()?.clone(),
            name: who.map_or_else(String::new, |person| person.name.clone()),
            number: who.map_or(0, |person| person.number),
            at: thrown.at,
            words: words.map(|words| words.chars().take(FEW_LETTERS).collect()),
        })
    }

    /// Somebody's own notes that others took off, oldest first.
    pub(super) fn thrown_of(&self, who: &PersonId) -> Vec<ThrownView> {
        let theirs = self.bin.iter().rev();
        let theirs = theirs.filter(|thrown| self.is_another_s(thrown, who));
        let mut told: Vec<ThrownView> = theirs
            .filter_map(|thrown| self.thrown_view(thrown, None))
            .take(MAX_TOLD)
            .collect();
        told.reverse();
        told
    }
}
