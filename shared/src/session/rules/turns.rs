//! The round: whose turn it is.

use super::{Decision, event, takes_part};
use crate::{
    ids::PersonId,
    session::{Event, Facts, Refusal, Session, mix, turns::Turns},
};
use std::collections::BTreeSet;

/// How many seconds each may be given in a round.
const SECONDS: std::ops::RangeInclusive<u16> = 10..=1_800;

fn check(seconds: Option<u16>) -> Result<(), Refusal> {
    let is_sound = seconds.is_none_or(|seconds| SECONDS.contains(&seconds));
    is_sound.then_some(()).ok_or(Refusal::Malformed)
}

impl Session {
    pub(super) fn start_turns(&self, seconds: Option<u16>, facts: &dyn Facts) -> Decision {
        check(seconds)?;
        let people = self.speakers(facts.here());
        if people.is_empty() {
            return Err(Refusal::Nothing);
        }
        let turns = Turns::start(&people, facts.seed());
        let turns = turns.timed(seconds, facts.now());
        Ok(event(Event::Turns(Some(turns))))
    }

    pub(super) fn time_turns(&self, seconds: Option<u16>, facts: &dyn Facts) -> Decision {
        check(seconds)?;
        let turns = self.turns.clone().ok_or(Refusal::TooLate)?;
        let turns = turns.timed(seconds, facts.now());
        Ok(event(Event::Turns(Some(turns))))
    }

    fn speakers(&self, here: &BTreeSet<PersonId>) -> Vec<mix::Person> {
        self.people
            .iter()
            .filter(|(id, person)| takes_part(id, person, here))
            .map(|(id, person)| mix::Person {
                id: id.clone(),
                voices: person.voices.clone(),
            })
            .collect()
    }

    /// The present speaker has spoken: they say so, or a facilitator does.
    pub(super) fn end_turn(&self, who: &PersonId, facts: &dyn Facts) -> Decision {
        let mut turns = self.turns_of(who)?;
        turns.done(&self.speakers(facts.here()));
        turns.wind(facts.now());
        Ok(event(Event::Turns(Some(turns))))
    }

    pub(super) fn pass_turn(&self, who: &PersonId, facts: &dyn Facts) -> Decision {
        let mut turns = self.turns_of(who)?;
        turns.pass(&self.speakers(facts.here()));
        turns.wind(facts.now());
        Ok(event(Event::Turns(Some(turns))))
    }

    fn turns_of(&self, who: &PersonId) -> Result<Turns, Refusal> {
        let turns = self.turns.clone().ok_or(Refusal::TooLate)?;
        let present = turns.present().ok_or(Refusal::TooLate)?;
        if self.hand(&present.person) != who && !self.leads(who) {
            return Err(Refusal::NotYours);
        }
        Ok(turns)
    }

    /// The round goes on without those who were sent away.
    pub(super) fn turns_without(
        &self,
        gone: &BTreeSet<PersonId>,
        facts: &dyn Facts,
    ) -> Option<Event> {
        let mut turns = self.turns.clone()?;
        let mut people = self.speakers(facts.here());
        people.retain(|person| !gone.contains(&person.id));
        let before = turns.present().cloned();
        turns.refresh(&people);
        if turns.present() != before.as_ref() {
            turns.wind(facts.now());
        }
        Some(Event::Turns(Some(turns)))
    }

    /// Somebody came or went: the round goes on with those who are here. `None`: it stands as it stood.
    /// `now`: milliseconds since 1970 by the server's clock.
    pub fn turns_with(&self, here: &BTreeSet<PersonId>, now: u64) -> Option<Event> {
        let turns = self.turns.as_ref()?;
        let mut then = turns.clone();
        then.refresh(&self.speakers(here));
        if then.present() != turns.present() {
            then.wind(now);
        }
        (then != *turns).then_some(Event::Turns(Some(then)))
    }
}
