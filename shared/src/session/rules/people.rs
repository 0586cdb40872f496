//! Who takes part, as whom, who facilitates, and who is sent away.

use super::{Decision, event};
use crate::{
    ids::{PersonId, VoiceId},
    role::Role,
    session::{
        Ballot, Edit, Event, Facts, Outcome, Person, Refusal, Restating, Session, Showing, Voice,
        people::{MAX_PEOPLE, check_voices, tidy_name},
    },
};
use std::collections::BTreeSet;

/// Of the people that a session keeps, those who come with a facilitator's key have these for themselves.
const KEPT_FOR_LEAD: usize = 200;

impl Session {
    /// Somebody who came once, did nothing and is not here: they may be forgotten for who comes now.
    pub fn who_may_be_forgotten(&self, here: &BTreeSet<PersonId>) -> Option<Event> {
        let did_something = self.did_something();
        let blank = |person: &Person| Person {
            number: person.number,
            ..Person::default()
        };
        let is_forgettable = |(id, person): &(&PersonId, &Person)| {
            **person == blank(person) && !here.contains(*id) && !did_something.contains(id)
        };
        let (id, _) = self.people.iter().find(is_forgettable)?;
        Some(Event::Forgotten(id.clone()))
    }

    fn did_something(&self) -> BTreeSet<&PersonId> {
        (self.wrote.values())
            .chain(self.writes_as.values())
            .chain(self.drafts.values().map(|draft| &draft.by))
            .chain(self.disturbed.keys())
            .chain(self.restating.keys())
            .chain(self.rounds.iter().flat_map(|round| round.ballots.keys()))
            .chain(self.people.values().filter_map(|one| one.scribe.as_ref()))
            .collect()
    }

    /// Those who have left and have done nothing but say a name: they lose nothing when they are forgotten, and come
    /// in anew if they are people.
    pub(super) fn idle(&self, here: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        let did_something = self.did_something();
        let is_idle = |(id, person): &(&PersonId, &Person)| {
            let is_nobody_s = person.scribe.is_none() && !person.is_removed;
            let is_lead = person.has_lead_key || person.facilitates;
            is_nobody_s && !is_lead && !here.contains(*id) && !did_something.contains(id)
        };
        let idle = self.people.iter().filter(is_idle);
        idle.map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn forget_idle(&self, facts: &dyn Facts) -> Decision {
        let idle = self.idle(facts.here());
        if idle.is_empty() {
            return Err(Refusal::Nothing);
        }
        let turns = self.turns_without(&idle, facts);
        let forgotten = idle.into_iter().map(Event::Forgotten);
        Ok(super::events(forgotten.chain(turns).collect()))
    }

    fn is_full_for(&self, has_lead_key: bool) -> bool {
        let all = self.people.len();
        let others = || (self.people.values().filter(|one| !one.has_lead_key)).count();
        all >= MAX_PEOPLE || !has_lead_key && others() >= MAX_PEOPLE - KEPT_FOR_LEAD
    }

    /// A guest's number is nobody else's, also when some were forgotten.
    pub(super) fn next_number(&self) -> u32 {
        let numbers = self.people.values().map(|person| person.number);
        numbers.max().unwrap_or_default() + 1
    }

    /// Somebody comes in. `None`: they are known as they are.
    ///
    /// # Errors
    /// [`Refusal::Removed`], or [`Refusal::TooMany`] when the session keeps no more people.
    pub fn arrive(&self, who: &PersonId, role: Role) -> Result<Option<Event>, Refusal> {
        let has_lead_key = role == Role::Facilitator;
        match self.people.get(who) {
            Some(known) if known.is_removed => Err(Refusal::Removed),
            Some(known) if known.has_lead_key || !has_lead_key => Ok(None),
            Some(known) => Ok(Some(Event::Person(
                who.clone(),
                Person {
                    has_lead_key,
                    ..known.clone()
                },
            ))),
            None if self.is_full_for(has_lead_key) => Err(Refusal::TooMany),
            None => Ok(Some(Event::Person(
                who.clone(),
                Person {
                    number: self.next_number(),
                    has_lead_key,
                    ..Person::default()
                },
            ))),
        }
    }

    pub(super) fn introduce(
        &self,
        who: &PersonId,
        name: &str,
        voices: Vec<VoiceId>,
        facts: &dyn Facts,
    ) -> Decision {
        let former = self.person(who)?;
        let mut person = former.clone();
        // What is not told need not be known.
        person.name = match self.showing {
            Showing::Anonymous => String::new(),
            Showing::Voices | Showing::Named => tidy_name(name),
        };
        person.voices = self.known_voices(voices);
        if person.group.is_none() && !self.groups.is_empty() && !person.leads() {
            let group = self.place_for(who, &person, facts);
            return Ok(super::events(self.moves(who, &person, group)));
        }
        if *former == person {
            return Ok(Outcome::default());
        }
        Ok(event(Event::Person(who.clone(), person)))
    }

    /// Voices as somebody may take them: those that there are, each once.
    pub(super) fn known_voices(&self, voices: Vec<VoiceId>) -> Vec<VoiceId> {
        let mut known = Vec::new();
        for voice in voices {
            if self.knows_voice(&voice) && !known.contains(&voice) {
                known.push(voice);
            }
        }
        known
    }

    pub(super) fn set_voices(mut voices: Vec<Voice>) -> Decision {
        for voice in &mut voices {
            voice.name = voice.name.plain();
        }
        check_voices(&voices)?;
        Ok(event(Event::Voices(voices)))
    }

    /// For what is written already it only ever becomes less. An anonymous board knows nobody's name, except of those
    /// without a device: whoever writes for several tells them apart by it.
    pub(super) fn show(&self, showing: Showing) -> Decision {
        if showing == self.showing {
            return Err(Refusal::Already);
        }
        let mut outcome = event(Event::Showing(showing));
        if showing == Showing::Anonymous {
            outcome.events.extend(self.forgotten_names());
        }
        if showing < self.showing {
            outcome.edits.push(Edit::ForgetAuthors(showing));
        }
        Ok(outcome)
    }

    /// That people have no names: an anonymous board knows none.
    pub fn forgotten_names(&self) -> Vec<Event> {
        let people = self.people.iter();
        let named = people.filter(|(_, one)| !one.name.is_empty() && one.scribe.is_none());
        let nameless = |(id, person): (&PersonId, &Person)| {
            let mut person = person.clone();
            person.name.clear();
            Event::Person(id.clone(), person)
        };
        named.map(nameless).collect()
    }

    pub(super) fn share(&self, with: &PersonId) -> Decision {
        let person = self.person_with_device(with)?;
        if person.leads() {
            return Err(Refusal::Already);
        }
        Ok(event(Event::Person(
            with.clone(),
            Person {
                facilitates: true,
                stands_back: false,
                ..person.clone()
            },
        )))
    }

    pub(super) fn hand_over(&self, who: &PersonId, to: &PersonId) -> Decision {
        if who == to {
            return Err(Refusal::Already);
        }
        let (from, to_person) = (self.person(who)?, self.person_with_device(to)?);
        let stepped_back = Person {
            facilitates: false,
            stands_back: true,
            ..from.clone()
        };
        let leading = Person {
            facilitates: true,
            stands_back: false,
            ..to_person.clone()
        };
        Ok(super::events(vec![
            Event::Person(to.clone(), leading),
            Event::Person(who.clone(), stepped_back),
        ]))
    }

    pub(super) fn take_lead(&self, who: &PersonId) -> Decision {
        let person = self.person(who)?;
        if person.leads() {
            return Err(Refusal::Already);
        }
        if !person.has_lead_key {
            return Err(Refusal::NotYours);
        }
        Ok(event(Event::Person(
            who.clone(),
            Person {
                stands_back: false,
                ..person.clone()
            },
        )))
    }

    /// They may not come back, and all that they did is taken back; what others did meanwhile stays.
    /// Those for whom they wrote go with them: nobody else has seen these people.
    pub(super) fn remove(&self, who: &PersonId, whom: &PersonId, facts: &dyn Facts) -> Decision {
        self.person(whom)?;
        let others_lead = |(id, other): (&PersonId, &Person)| id != whom && other.leads();
        if who == whom || !self.people.iter().any(others_lead) {
            return Err(Refusal::LastFacilitator);
        }
        let gone: BTreeSet<PersonId> = self
            .paper_people(whom)
            .map(|(id, _)| id.clone())
            .chain([whom.clone()])
            .collect();
        let mut events = Vec::new();
        for one in &gone {
            events.extend(self.leaves(one)?);
        }
        let drafts = self.drafts.iter();
        let own_drafts = drafts.filter(|(_, draft)| gone.contains(&draft.by));
        events.extend(own_drafts.map(|(note, _)| Event::Draft(note.clone(), None)));
        for round in &self.rounds {
            let voted = gone
                .iter()
                .filter(|one| round.is_open() && *one == whom || round.ballots.contains_key(*one));
            events.extend(voted.map(|one| Event::Ballot(round.id, one.clone(), Ballot::default())));
        }
        let restating = self.restating.iter();
        let is_over =
            |(by, one): &(&PersonId, &Restating)| gone.contains(*by) || gone.contains(&one.writer);
        events.extend(
            restating
                .filter(is_over)
                .map(|(by, _)| Event::Restating(by.clone(), None)),
        );
        events.extend(self.turns_without(&gone, facts));
        Ok(Outcome {
            events,
            edits: gone.into_iter().map(Edit::TakeBack).collect(),
        })
    }
}
