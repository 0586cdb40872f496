//! What one person did to others' work at once, and a facilitator's way back.

use super::Decision;
use crate::{
    board::ThingId,
    session::{
        Edit, Event, Facts, Outcome, Refusal, Session, Showing, Sweep, SweepId, SweepView, Swept,
    },
};

impl Session {
    pub(super) fn undo_sweep(&self, id: SweepId, facts: &dyn Facts) -> Decision {
        let mut living = self.sweeps(facts.now());
        let sweep = living
            .find(|sweep| sweep.id == id)
            .ok_or(Refusal::TooLate)?;
        let things = sweep.things.iter();
        let edit = match sweep.did {
            Swept::Removed => Edit::BringBack(things.cloned().collect()),
            Swept::Copied => Edit::TakeOff(things.map(|one| one.thing.clone()).collect()),
        };
        Ok(Outcome {
            events: vec![Event::SweepUndone(id)],
            edits: vec![edit],
        })
    }

    /// What facilitators are told of one, where so many notes can still be put right.
    pub fn sweep_view(&self, sweep: &Sweep, notes: u32) -> SweepView {
        let who = sweep.by.as_ref().and_then(|by| self.people.get(by));
        let who = who.filter(|_| self.showing != Showing::Anonymous);
        SweepView {
            id: sweep.id,
            did: sweep.did,
            name: who.map_or_else(String::new, |person| person.name.clone()),
            number: who.map_or(0, |person| person.number),
            notes,
        }
    }
}

impl Sweep {
    /// Of its things, those for which this holds that are notes.
    pub fn count(&self, counts: impl Fn(&super::super::SweptThing) -> bool) -> u32 {
        let notes = self
            .things
            .iter()
            .filter(|one| matches!(one.thing, ThingId::Note(_)));
        u32::try_from(notes.filter(|one| counts(one)).count()).unwrap_or(u32::MAX)
    }
}
