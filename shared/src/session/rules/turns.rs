//! The round: whose turn it is.

use super::{Decision, event};
use crate::{
    ids::PersonId,
    session::{Event, Facts, Refusal, Session, mix, turns::Turns},
};

impl Session {
    pub(super) fn start_turns(&self, facts: &dyn Facts) -> Decision {
        let people = self.speakers(facts);
        if people.is_empty() {
            return Err(Refusal::Nothing);
        }
        Ok(event(Event::Turns(Some(Turns::start(
            &people,
            facts.seed(),
        )))))
    }

    /// Everybody who is here; who facilitates sees to it that the others are heard.
    fn speakers(&self, facts: &dyn Facts) -> Vec<mix::Person> {
        self.people
            .iter()
            .filter(|(id, person)| {
                facts.here().contains(*id) && !person.is_removed && !person.leads()
            })
            .map(|(id, person)| mix::Person {
                id: id.clone(),
                voices: person.voices.clone(),
            })
            .collect()
    }

    /// The present speaker has spoken: they say so, or a facilitator does.
    pub(super) fn end_turn(&self, who: &PersonId, facts: &dyn Facts) -> Decision {
        let mut turns = self.turns_of(who)?;
        turns.done(&self.speakers(facts));
        Ok(event(Event::Turns(Some(turns))))
    }

    pub(super) fn pass_turn(&self, who: &PersonId, facts: &dyn Facts) -> Decision {
        let mut turns = self.turns_of(who)?;
        turns.pass(&self.speakers(facts));
        Ok(event(Event::Turns(Some(turns))))
    }

    fn turns_of(&self, who: &PersonId) -> Result<Turns, Refusal> {
        let turns = self.turns.clone().ok_or(Refusal::TooLate)?;
        let present = turns.present().ok_or(Refusal::TooLate)?;
        if present.person != *who && !self.leads(who) {
            return Err(Refusal::NotYours);
        }
        Ok(turns)
    }

    /// The round goes on without somebody who was sent away.
    pub(super) fn turns_without(&self, whom: &PersonId, facts: &dyn Facts) -> Option<Event> {
        let mut turns = self.turns.clone()?;
        let is_present = turns.present().is_some_and(|turn| turn.person == *whom);
        let mut people = self.speakers(facts);
        people.retain(|person| person.id != *whom);
        if is_present {
            turns.pass(&people);
        }
        Some(Event::Turns(Some(turns)))
    }
}
