//! What is read on the wall next: *lived* first, then whoever has been heard least. Without a name.

use super::{Decision, events};
use crate::{
    ids::{NoteId, PersonId},
    session::{Event, Facts, Item, KnownNote, Refusal, Scene, Session},
};
use std::collections::{BTreeMap, BTreeSet};

impl Session {
    /// A note whose writer is not known counts as one of somebody who was never heard.
    pub(super) fn read_next(&self, facts: &dyn Facts) -> Decision {
        let mut times: BTreeMap<&PersonId, usize> = BTreeMap::new();
        for writer in self.read.iter().filter_map(|note| self.wrote.get(note)) {
            *times.entry(writer).or_default() += 1;
        }
        let kinds = self.phase().map_or(&[][..], |phase| &phase.kinds);
        let heard = |note: &KnownNote| {
            self.wrote
                .get(&note.id)
                .and_then(|writer| times.get(writer).copied())
                .unwrap_or_default()
        };
        let read: BTreeSet<&NoteId> = self.read.iter().collect();
        let notes = facts.notes();
        let next = notes
            .iter()
            .filter(|note| {
                !note.text.trim().is_empty()
                    && !self.hidden.contains(&note.id)
                    && !read.contains(&note.id)
            })
            .min_by_key(|note| {
                let is_of_the_phase = kinds.contains(&note.kind);
                (!is_of_the_phase, !note.lived, heard(note), &note.id)
            })
            .ok_or(Refusal::Nothing)?;
        Ok(events(vec![
            Event::Read(next.id.clone()),
            Event::Scene(Some(Scene::Spotlight(Item::Note(next.id.clone())))),
        ]))
    }
}
