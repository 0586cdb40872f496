//! Mixed groups, each with its area on the board.

use super::{Decision, event, events, is_here, paper::sits_with, takes_part};
use crate::{
    geometry::{BoardPoint, BoardRect, Size},
    ids::PersonId,
    session::{
        Event, Facts, Group, GroupId, Outcome, Person, Refusal, Session,
        groups::{AREA, GAP, IN_A_ROW, MAX_GROUPS},
        mix::{self, GroupSize, Wishes},
    },
};

impl Session {
    /// Everybody who is here and does not facilitate gets a seat; as few as possible move when groups
    /// are made again.
    pub(super) fn mix(&self, size: GroupSize, wishes: Wishes, facts: &dyn Facts) -> Decision {
        let people: Vec<mix::Person> = self
            .people
            .iter()
            .filter(|(id, person)| takes_part(id, person, facts.here()))
            .map(|(id, person)| self.mixable(id, person))
            .collect();
        if people.is_empty() {
            return Err(Refusal::Nothing);
        }
        if size.groups(people.len()) > MAX_GROUPS {
            return Err(Refusal::TooMany);
        }
        let former = people
            .iter()
            .filter_map(|person| {
                let group = self.people.get(&person.id)?.group?;
                Some((person.id.clone(), usize::from(group.0)))
            })
            .collect();
        // Those for whom somebody writes sit at that one's table.
        let mut tied = wishes.clone();
        tied.together.extend(self.tied(facts));
        let mixed = mix::mix(&people, size, &tied, &former, facts.seed(), &|| {
            facts.is_wanted()
        })
        .ok_or(Refusal::Nothing)?;
        let mut outcome = events(vec![
            Event::Wishes(wishes),
            Event::Groups(self.areas(mixed.count, facts)),
        ]);
        let group_of = |id: &PersonId| {
            let place = people.iter().position(|placed| placed.id == *id);
            place
                .and_then(|place| mixed.groups.get(place))
                .and_then(|&group| u8::try_from(group).ok())
                .map(GroupId)
        };
        for (id, person) in &self.people {
            let at_table_of = self.at_table_of(person, facts);
            let group = group_of(at_table_of.unwrap_or(id));
            if group != person.group {
                outcome.events.push(Event::Person(
                    id.clone(),
                    Person {
                        group,
                        ..person.clone()
                    },
                ));
            }
        }
        Ok(outcome)
    }

    /// With whom somebody sits who has no device: with who writes for them, unless that one has no
    /// table or they were seated elsewhere.
    fn at_table_of<'a>(&'a self, paper: &'a Person, facts: &dyn Facts) -> Option<&'a PersonId> {
        let id = paper.scribe.as_ref()?;
        let scribe = self.people.get(id)?;
        let sits = takes_part(id, scribe, facts.here()) && sits_with(paper, scribe);
        (sits && !paper.is_removed).then_some(id)
    }

    fn tied(&self, facts: &dyn Facts) -> Vec<(PersonId, PersonId)> {
        let people = self.people.iter();
        people
            .filter_map(|(id, one)| Some((id.clone(), self.at_table_of(one, facts)?.clone())))
            .collect()
    }

    fn mixable(&self, id: &PersonId, person: &Person) -> mix::Person {
        mix::Person {
            id: id.clone(),
            voices: person
                .voices
                .iter()
                .filter(|voice| self.knows_voice(voice))
                .cloned()
                .collect(),
        }
    }

    /// A group keeps its area; new ones go on where there is room.
    fn areas(&self, count: usize, facts: &dyn Facts) -> Vec<Group> {
        let corner = self
            .groups
            .first()
            .map_or_else(|| facts.free_area(), |first| first.area.min);
        (0..count)
            .filter_map(|place| {
                let id = GroupId(u8::try_from(place).ok()?);
                let (column, row) = ((place % IN_A_ROW) as f64, (place / IN_A_ROW) as f64);
                let at = BoardPoint::new(
                    corner.x + column * (AREA.0 + GAP),
                    corner.y + row * (AREA.1 + GAP),
                );
                let area = BoardRect::at(
                    at,
                    Size {
                        width: AREA.0,
                        height: AREA.1,
                    },
                );
                Some(Group { id, area })
            })
            .collect()
    }

    pub(super) fn dissolve_groups(&self) -> Outcome {
        let mut outcome = event(Event::Groups(Vec::new()));
        for (id, person) in &self.people {
            if person.group.is_some() {
                outcome.events.push(Event::Person(
                    id.clone(),
                    Person {
                        group: None,
                        ..person.clone()
                    },
                ));
            }
        }
        outcome
    }

    pub(super) fn join_group(&self, who: &PersonId, group: GroupId) -> Decision {
        if !self.groups.iter().any(|known| known.id == group) {
            return Err(Refusal::Unknown);
        }
        let person = self.person(who)?;
        if person.group == Some(group) {
            return Ok(Outcome::default());
        }
        Ok(events(self.moves(who, person, Some(group))))
    }

    /// The best group for somebody who comes when the groups sit already.
    pub(super) fn place_for(
        &self,
        id: &PersonId,
        person: &Person,
        facts: &dyn Facts,
    ) -> Option<GroupId> {
        let mut people = Vec::new();
        let mut groups = Vec::new();
        for (id, seated) in &self.people {
            if let Some(group) = seated.group.filter(|_| is_here(id, seated, facts.here())) {
                people.push(self.mixable(id, seated));
                groups.push(usize::from(group.0));
            }
        }
        let latecomer = self.mixable(id, person);
        let count = self.groups.len();
        let place = mix::place_latecomer(&latecomer, &people, &groups, count, &self.wishes);
        self.groups.get(place).map(|group| group.id)
    }

    /// Sum over the groups of different voices, and what it cannot pass.
    pub(in crate::session) fn mixture(&self) -> Option<(u32, u32)> {
        if self.groups.is_empty() {
            return None;
        }
        let seated: Vec<mix::Person> = self
            .people
            .iter()
            .filter(|(_, person)| person.group.is_some())
            .map(|(id, person)| self.mixable(id, person))
            .collect();
        let sum = self
            .groups
            .iter()
            .map(|group| self.voices_in(group.id))
            .sum();
        Some((sum, mix::most_voices(&seated, self.groups.len())))
    }

    /// How many different voices a group has.
    pub(in crate::session) fn voices_in(&self, group: GroupId) -> u32 {
        let is_there = |voice: &&crate::session::Voice| {
            self.people
                .values()
                .any(|person| person.group == Some(group) && person.voices.contains(&voice.id))
        };
        self.voices.iter().filter(is_there).count() as u32
    }
}
