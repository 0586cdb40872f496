//! *Paper people*: those who have no device, and for whom somebody else writes.
//!
//! They are people like all others: what is typed for them counts for them. Whose device it is
//! typed on ([`Session::hand`]) matters where something is kept secret, answered or shown.

use super::{Decision, event, events};
use crate::{
    ids::{PersonId, VoiceId},
    limits::MAX_ID_BYTES,
    session::{
        Event, Facts, GroupId, PaperView, Person, Refusal, Session, Showing,
        people::{MAX_PAPER_PEOPLE, MAX_PEOPLE, is_paper_id, tidy_name},
    },
};
use std::collections::BTreeSet;

impl Session {
    /// Whose device speaks for somebody: their own, or their scribe's.
    pub fn hand<'a>(&'a self, id: &'a PersonId) -> &'a PersonId {
        let scribe = self.people.get(id).and_then(|one| one.scribe.as_ref());
        scribe.unwrap_or(id)
    }

    /// How many of those who are here have no device.
    pub fn paper_people_here(&self, here: &BTreeSet<PersonId>) -> usize {
        let is_here = |one: &&Person| {
            let scribe = one.scribe.as_ref();
            !one.is_removed && scribe.is_some_and(|scribe| here.contains(scribe))
        };
        self.people.values().filter(is_here).count()
    }

    /// Those for whom `who` writes, in the order in which they came.
    pub(super) fn paper_people<'a>(
        &'a self,
        who: &'a PersonId,
    ) -> impl Iterator<Item = (&'a PersonId, &'a Person)> {
        let mut theirs: Vec<_> = self
            .people
            .iter()
            .filter(move |(_, one)| !one.is_removed && one.scribe.as_ref() == Some(who))
            .collect();
        theirs.sort_by_key(|(_, one)| one.number);
        theirs.into_iter()
    }

    /// For whom something is written or given: for oneself, or for somebody for whom one writes.
    pub(super) fn counts_for(
        &self,
        who: &PersonId,
        for_whom: Option<&PersonId>,
    ) -> Result<PersonId, Refusal> {
        let Some(other) = for_whom else {
            return Ok(who.clone());
        };
        if self.person(other)?.scribe.as_ref() != Some(who) {
            return Err(Refusal::Unknown);
        }
        Ok(other.clone())
    }

    /// Somebody writes for a person without a device, or says anew who that is. The id is made by
    /// their device, so that it can be said twice, and written for without a network.
    pub(super) fn write_for(
        &self,
        who: &PersonId,
        person: PersonId,
        name: &str,
        voices: Vec<VoiceId>,
        facts: &dyn Facts,
    ) -> Decision {
        if !is_paper_id(&person) || person.as_str().len() > MAX_ID_BYTES {
            return Err(Refusal::Malformed);
        }
        let former = self.people.get(&person);
        let mut paper = match former {
            Some(known) if known.is_removed || known.scribe.as_ref() != Some(who) => {
                return Err(Refusal::Unknown);
            }
            Some(known) => known.clone(),
            None => {
                let is_full = self.paper_people(who).count() >= MAX_PAPER_PEOPLE;
                if is_full || self.people.len() >= MAX_PEOPLE {
                    return Err(Refusal::TooMany);
                }
                Person {
                    number: self.next_number(),
                    scribe: Some(who.clone()),
                    ..Person::default()
                }
            }
        };
        paper.name = tidy_name(name);
        paper.voices = self.known_voices(voices);
        if paper.group.is_none() && !self.groups.is_empty() {
            let scribes = self.person(who)?.group;
            paper.group = scribes.or_else(|| self.place_for(&person, &paper, facts));
        }
        if former == Some(&paper) {
            return Ok(super::Outcome::default());
        }
        Ok(event(Event::Person(person, paper)))
    }

    /// One writes for somebody no longer: they were made by mistake. Who has said something stays.
    pub(super) fn no_longer_for(
        &self,
        who: &PersonId,
        person: &PersonId,
        facts: &dyn Facts,
    ) -> Decision {
        self.counts_for(who, Some(person))?;
        let has_said = self.drafts.values().any(|draft| draft.by == *person)
            || self.wrote.values().any(|writer| writer == person)
            || (self.rounds.iter()).any(|round| round.ballots.contains_key(person))
            || (self.restating.get(person)).is_some_and(|theirs| !theirs.text.is_empty());
        if has_said {
            return Err(Refusal::TooLate);
        }
        let mut happened = self.leaves(person)?;
        happened.push(Event::TakenBack(person.clone())); // there is nothing
        if self.restating.contains_key(person) {
            happened.push(Event::Restating(person.clone(), None));
        }
        happened.extend(self.turns_without(&[person.clone()].into(), facts));
        Ok(events(happened))
    }

    /// Whoever writes for somebody hands that over to another who is here: by the number that stands beside them in
    /// every list, or to one of those who facilitate.
    pub(super) fn pass_on(
        &self,
        who: &PersonId,
        person: &PersonId,
        to: Option<u32>,
        facts: &dyn Facts,
    ) -> Decision {
        self.counts_for(who, Some(person))?;
        let here = facts.here();
        let is_meant = |one: &Person| match to {
            Some(number) => one.number == number,
            None => one.leads(),
        };
        let mut others = self.people.iter();
        let scribe = others.find(|(id, one)| *id != who && here.contains(*id) && is_meant(one));
        let (scribe, _) = scribe.ok_or(Refusal::Nothing)?;
        self.change_scribe(person, scribe.clone(), facts)
    }

    /// Somebody else who is here writes for a person without a device. What lies there and is not shown yet goes
    /// along, and is for nobody's eyes beside theirs.
    pub(super) fn change_scribe(
        &self,
        person: &PersonId,
        scribe: PersonId,
        facts: &dyn Facts,
    ) -> Decision {
        let paper = self.person(person)?;
        let former = paper.scribe.as_ref().ok_or(Refusal::Unknown)?;
        if *former == scribe {
            return Err(Refusal::Already);
        }
        if self.person(&scribe)?.scribe.is_some() || !facts.here().contains(&scribe) {
            return Err(Refusal::Unknown);
        }
        if self.paper_people(&scribe).count() >= MAX_PAPER_PEOPLE {
            return Err(Refusal::TooMany);
        }
        let handed_over = Person {
            scribe: Some(scribe),
            ..paper.clone()
        };
        Ok(event(Event::Person(person.clone(), handed_over)))
    }

    /// A person is not one of the workshop any more.
    pub(super) fn leaves(&self, person: &PersonId) -> Result<Vec<Event>, Refusal> {
        let gone = Person {
            is_removed: true,
            facilitates: false,
            group: None,
            ..self.person(person)?.clone()
        };
        Ok(vec![
            Event::Person(person.clone(), gone),
            Event::SetAside(person.clone()),
        ])
    }

    /// Those for whom one writes sit at one's table, unless they were seated elsewhere: when one goes
    /// to another table, they come with one.
    pub(super) fn moves(&self, who: &PersonId, person: &Person, to: Option<GroupId>) -> Vec<Event> {
        let moved = |one: &Person| Person {
            group: to,
            ..one.clone()
        };
        let with_them = self
            .paper_people(who)
            .filter(|(_, paper)| sits_with(paper, person) && paper.group != to);
        let mut happened = vec![Event::Person(who.clone(), moved(person))];
        happened.extend(with_them.map(|(id, paper)| Event::Person(id.clone(), moved(paper))));
        happened
    }

    /// As whom somebody's note is written. What is written for another is written with that one's voice.
    pub(super) fn voice_for(&self, person: &PersonId, asked: Option<VoiceId>) -> Option<VoiceId> {
        let asked = asked.filter(|voice| self.knows_voice(voice));
        let paper = self.people.get(person).filter(|one| one.scribe.is_some());
        let Some(paper) = paper else { return asked };
        asked
            .filter(|voice| paper.voices.contains(voice))
            .or_else(|| paper.voices.first().cloned())
            .filter(|voice| self.knows_voice(voice))
            // A board that shows voices later must not show these; the server must know who is last.
            .filter(|voice| self.showing != Showing::Anonymous || self.speaks_last(Some(voice)))
    }

    /// What a scribe may see of those for whom they write.
    pub(super) fn paper_views(&self, who: &PersonId) -> Vec<PaperView> {
        let round = self.rounds.last();
        let turns = self.turns.as_ref();
        let view = |(id, paper): (&PersonId, &Person)| {
            let ballot = round.and_then(|round| round.open_ballot(id)).cloned();
            let ballot = ballot.unwrap_or_default();
            let present = turns.and_then(|turns| turns.present());
            let next = turns.and_then(|turns| turns.next());
            PaperView {
                person: id.clone(),
                number: paper.number,
                name: paper.name.clone(),
                voices: paper.voices.clone(),
                group: paper.group,
                dots: ballot.dots,
                voted_as: ballot.voice,
                has_turn: present.is_some_and(|turn| turn.person == *id),
                is_next: next.is_some_and(|turn| turn.person == *id),
                say_back: self
                    .restating
                    .get(id)
                    .filter(|theirs| theirs.verdict.is_none())
                    .map(|theirs| (theirs.note.clone(), theirs.text.clone())),
            }
        };
        self.paper_people(who).map(view).collect()
    }
}

/// Whether a paper person sits where their scribe sits, or nowhere yet.
pub(super) fn sits_with(paper: &Person, scribe: &Person) -> bool {
    paper.group.is_none() || paper.group == scribe.group
}
