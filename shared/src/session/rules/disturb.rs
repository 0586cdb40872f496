//! Disturbances: for one who asks, and for all at once. What is put in front of whom is chosen by
//! [`crate::insight`]; here is what may be chosen from, and what is remembered.

use super::{Decision, event, events, takes_part};
use crate::{
    ids::{NoteId, PersonId},
    insight::{Given, Me, Thought, choose, choose_card, choose_for_all},
    session::{Card, Compared, Disturbance, DisturbanceOf, Event, Facts, Person, Refusal, Session},
};
use std::collections::{BTreeMap, BTreeSet};

/// What somebody has met before, and what they wrote.
struct Met<'a> {
    own: BTreeSet<NoteId>,
    seen: BTreeSet<NoteId>,
    given: BTreeSet<NoteId>,
    cards: BTreeSet<usize>,
    person: &'a Person,
}

impl Met<'_> {
    fn me(&self) -> Me<'_> {
        Me {
            voices: &self.person.voices,
            own: &self.own,
            seen: &self.seen,
            given: &self.given,
            cards: &self.cards,
        }
    }
}

impl Session {
    /// A thought of somebody else's that they have not met; where there is none, or they want one, a card.
    pub(super) fn disturb_me(&self, who: &PersonId, by_card: bool, facts: &dyn Facts) -> Decision {
        let deck: Vec<&Card> = self.deck.cards(facts.cards()).collect();
        let met = self.met(who, self.person(who)?, &deck, facts);
        let note = if by_card {
            None
        } else {
            self.note_for(&met, facts)?
        };
        let of = note
            .map(DisturbanceOf::Note)
            .or_else(|| {
                let place = choose_card(&met.me(), deck.len(), facts.seed())?;
                deck.get(place).map(|card| of_card(card))
            })
            .ok_or(Refusal::Nothing)?;
        Ok(event(self.disturbed_by(who, of, false)))
    }

    /// `Err`: nobody waits for it any more.
    fn note_for(&self, met: &Met<'_>, facts: &dyn Facts) -> Result<Option<NoteId>, Refusal> {
        let compared = facts.compared().ok_or(Refusal::Nothing)?;
        let thoughts = self.shown_of(&compared);
        let corpus = &compared.corpus;
        let seen = seen_counts(facts);
        let count = |note: &NoteId| seen.get(note).copied().unwrap_or_default();
        let of_the_phase = self.of_the_phase(&thoughts);
        let first = choose(&met.me(), &of_the_phase, corpus, count, facts.seed());
        Ok(first.or_else(|| choose(&met.me(), &thoughts, corpus, count, facts.seed())))
    }

    /// Something for everybody who is here and does not lead, and for each something else.
    pub(super) fn disturb_all(&self, facts: &dyn Facts) -> Decision {
        let deck: Vec<&Card> = self.deck.cards(facts.cards()).collect();
        let met: Vec<(PersonId, Met<'_>)> = self
            .people
            .iter()
            .filter(|(id, person)| takes_part(id, person, facts.here()))
            // What is put in front of somebody is put on their screen.
            .filter(|(_, person)| person.scribe.is_none())
            .map(|(id, person)| (id.clone(), self.met(id, person, &deck, facts)))
            .collect();
        let people: Vec<(PersonId, Me)> =
            (met.iter().map(|(id, met)| (id.clone(), met.me()))).collect();

        let compared = facts.compared().ok_or(Refusal::Nothing)?;
        let thoughts = self.shown_of(&compared);
        let seen = seen_counts(facts);
        let count = |note: &NoteId| seen.get(note).copied().unwrap_or_default();
        let mut offered = self.of_the_phase(&thoughts);
        if offered.is_empty() {
            offered = thoughts;
        }
        let given = choose_for_all(
            &people,
            &offered,
            &compared.corpus,
            count,
            deck.len(),
            facts.seed(),
            &|| facts.is_wanted(),
        )
        .ok_or(Refusal::Nothing)?;
        let mut happened: Vec<Event> = given
            .into_iter()
            .filter_map(|(who, given)| {
                let of = match given {
                    Given::Note(note) => DisturbanceOf::Note(note),
                    Given::Card(place) => of_card(deck.get(place)?),
                };
                Some(self.disturbed_by(&who, of, true))
            })
            .collect();
        if happened.is_empty() {
            return Err(Refusal::Nothing);
        }
        happened.push(Event::Surprise);
        Ok(events(happened))
    }

    fn disturbed_by(&self, who: &PersonId, of: DisturbanceOf, was_for_all: bool) -> Event {
        let disturbance = Disturbance {
            of,
            phase: self.stage.phase(),
            was_for_all,
        };
        Event::Disturbed(who.clone(), disturbance)
    }

    fn met<'a>(
        &self,
        who: &PersonId,
        person: &'a Person,
        deck: &[&Card],
        facts: &dyn Facts,
    ) -> Met<'a> {
        let mut met = Met {
            own: (self.wrote.iter())
                .filter(|(_, writer)| self.hand(writer) == who)
                .map(|(note, _)| note.clone())
                .collect(),
            seen: facts.seen().get(who).cloned().unwrap_or_default(),
            given: BTreeSet::new(),
            cards: BTreeSet::new(),
            person,
        };
        for disturbance in self.disturbed.get(who).into_iter().flatten() {
            match &disturbance.of {
                DisturbanceOf::Note(note) => _ = met.given.insert(note.clone()),
                DisturbanceOf::Card { id, .. } => {
                    met.cards
                        .extend(deck.iter().position(|card| card.id == *id));
                }
            }
        }
        met
    }

    /// Those that may be shown.
    fn shown_of<'a>(&self, compared: &'a Compared) -> Vec<Thought<'a>> {
        let is_shown = |thought: &Thought| !self.hidden.contains(thought.id);
        compared.thoughts().filter(is_shown).collect()
    }

    /// Those of the kinds that the phase asks for.
    fn of_the_phase<'a>(&self, thoughts: &[Thought<'a>]) -> Vec<Thought<'a>> {
        let kinds = self.phase().map_or(&[][..], |phase| &phase.kinds);
        let is_asked_for = |thought: &&Thought| kinds.is_empty() || kinds.contains(&thought.kind);
        thoughts.iter().filter(is_asked_for).copied().collect()
    }
}

fn of_card(card: &Card) -> DisturbanceOf {
    DisturbanceOf::Card {
        id: card.id.clone(),
        text: card.text.clone(),
    }
}

/// How many have seen each note, as far as their screens told.
fn seen_counts(facts: &dyn Facts) -> BTreeMap<&NoteId, u32> {
    let mut counts = BTreeMap::new();
    for note in facts.seen().values().flatten() {
        *counts.entry(note).or_default() += 1;
    }
    counts
}
