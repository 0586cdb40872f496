//! Say it back: each gets a note of another group to restate; its writer confirms or corrects.

use super::{Decision, event, events};
use crate::{
    ids::{NoteId, PersonId},
    limits::MAX_RESTATEMENT_UTF16,
    session::{
        Edit, Event, Facts, KnownNote, Locks, Outcome, Person, Refusal, Restating, Session,
        Verdict, mix::Dice,
    },
};
use std::collections::BTreeMap;

/// Most notes that are looked at for each person: among so many there is one for everybody.
const MOST_LOOKED_AT: usize = 2_000;

impl Session {
    /// Notes whose writer is known and here, so that there is somebody to confirm; of another group
    /// before another voice, lived ones first, each to as few as possible. Nobody gets what they typed
    /// for another: who typed it answers for it, too.
    pub(super) fn start_say_back(&self, facts: &dyn Facts) -> Decision {
        let notes = facts.notes();
        let candidates: Vec<(&KnownNote, &PersonId)> = notes
            .iter()
            .filter(|note| !note.text.trim().is_empty() && !self.hidden.contains(&note.id))
            .filter_map(|note| Some((note, self.wrote.get(&note.id)?)))
            .filter(|(_, writer)| {
                facts.here().contains(self.hand(writer)) && !self.is_removed(writer)
            })
            .take(MOST_LOOKED_AT)
            .collect();
        let mut given: BTreeMap<&NoteId, usize> = BTreeMap::new();
        let mut dice = Dice::new(facts.seed());
        let mut outcome = events(self.clearing());
        outcome.events.push(Event::SaidBack(Vec::new()));
        for (who, me) in self.who_says_back(facts) {
            let best = candidates
                .iter()
                .filter(|(_, writer)| self.hand(writer) != self.hand(who))
                .min_by_key(|(note, writer)| {
                    let times = given.get(&note.id).copied().unwrap_or_default();
                    (times, self.nearness(me, writer), !note.lived, &note.id)
                });
            if let Some((note, writer)) = best {
                *given.entry(&note.id).or_default() += 1;
                let restating = Restating {
                    note: note.id.clone(),
                    number: dice.below(1 << 31) as u32,
                    writer: (*writer).clone(),
                    text: String::new(),
                    verdict: None,
                };
                outcome
                    .events
                    .push(Event::Restating(who.clone(), Some(restating)));
            }
        }
        if given.is_empty() {
            return Err(Refusal::Nothing);
        }
        Ok(outcome)
    }

    /// All who are here but those who lead, and those for whom they write: people without a device have something
    /// to say back, too.
    fn who_says_back<'a>(
        &'a self,
        facts: &'a dyn Facts,
    ) -> impl Iterator<Item = (&'a PersonId, &'a Person)> {
        facts.here().iter().flat_map(|who| {
            let own = self.people.get_key_value(who);
            let own = own.filter(|(_, me)| !me.is_removed && !me.leads());
            own.into_iter().chain(self.paper_people(who))
        })
    }

    /// 0: another group; 1: another voice; 2: the same.
    fn nearness(&self, me: &Person, writer: &PersonId) -> u8 {
        let Some(writer) = self.people.get(writer) else {
            return 2;
        };
        let shares_voice = writer.voices.iter().any(|voice| me.voices.contains(voice));
        match (me.group, writer.group) {
            (Some(mine), Some(theirs)) if mine != theirs => 0,
            _ if !shares_voice => 1,
            _ => 2,
        }
    }

    fn clearing(&self) -> Vec<Event> {
        self.restating
            .keys()
            .map(|who| Event::Restating(who.clone(), None))
            .collect()
    }

    /// What was said and answered is there to be read aloud.
    pub(super) fn end_say_back(&self) -> Outcome {
        let mut outcome = events(self.clearing());
        if !self.restating.is_empty() {
            let answered = self.restating.values();
            let answered = answered.filter(|one| one.verdict.is_some());
            let mut notes: Vec<NoteId> = answered.map(|one| one.note.clone()).collect();
            // Their order among people would lead to who said what.
            notes.sort();
            notes.dedup();
            outcome.events.push(Event::SaidBack(notes));
        }
        outcome
    }

    /// Nobody has to say something back. What they have said already is not shown.
    pub(super) fn skip_say_back(&self, who: &PersonId, for_whom: Option<&PersonId>) -> Decision {
        let who = &self.counts_for(who, for_whom)?;
        let mine = self.restating.get(who).ok_or(Refusal::TooLate)?;
        if mine.verdict.is_some() {
            return Err(Refusal::TooLate);
        }
        Ok(event(Event::Restating(who.clone(), None)))
    }

    pub(super) fn restate(
        &self,
        who: &PersonId,
        for_whom: Option<&PersonId>,
        note: &NoteId,
        text: String,
    ) -> Decision {
        let who = &self.counts_for(who, for_whom)?;
        let mine = self.restating.get(who).ok_or(Refusal::TooLate)?;
        if mine.note != *note {
            return Err(Refusal::Unknown);
        }
        if mine.verdict.is_some() {
            return Err(Refusal::TooLate);
        }
        check(&text)?;
        let restating = Restating {
            text,
            ..mine.clone()
        };
        Ok(event(Event::Restating(who.clone(), Some(restating))))
    }

    pub(super) fn judge(
        &self,
        who: &PersonId,
        note: &NoteId,
        by: u32,
        verdict: Verdict,
        facts: &dyn Facts,
    ) -> Decision {
        if let Verdict::Corrected(text) = &verdict {
            check(text)?;
        }
        let is_meant = |(_, one): &(&PersonId, &Restating)| {
            one.number == by && one.note == *note && !one.text.is_empty()
        };
        let meant = self.restating.iter().find(is_meant);
        let (restater, theirs) = meant.ok_or(Refusal::Unknown)?;
        if self.hand(&theirs.writer) != who {
            return Err(Refusal::NotYours);
        }
        if theirs.verdict.is_some() {
            return Err(Refusal::TooLate);
        }
        // What is said stands on the note.
        if !self.leads(who) && self.locks != Locks::default() {
            let known = facts.notes().into_iter().find(|known| known.id == *note);
            if self
                .locks
                .hold(known.and_then(|known| known.cluster).as_ref())
            {
                return Err(Refusal::Locked);
            }
        }
        let restating = Restating {
            verdict: Some(verdict),
            ..theirs.clone()
        };
        Ok(Outcome {
            edits: vec![Edit::Restate {
                note: note.clone(),
                restating: restating.clone(),
            }],
            ..event(Event::Restating(restater.clone(), Some(restating)))
        })
    }
}

fn check(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() || text.encode_utf16().count() > MAX_RESTATEMENT_UTF16 {
        return Err(Refusal::Malformed);
    }
    Ok(())
}
