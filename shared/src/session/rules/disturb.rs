//! Disturbances: for one who asks, and for all at once.

use super::{Decision, event};
use crate::{
    ids::PersonId,
    session::{Card, Disturbance, DisturbanceOf, Event, Facts, Outcome, Refusal, Session},
};

impl Session {
    pub(super) fn disturb_me(&self, who: &PersonId, by_card: bool, facts: &dyn Facts) -> Decision {
        let _ = by_card;
        let of = self.card_for(who, facts).ok_or(Refusal::Nothing)?;
        Ok(event(self.disturbed_by(who, of, false)))
    }

    pub(super) fn disturb_all(&self, facts: &dyn Facts) -> Decision {
        let _ = facts;
        Ok(Outcome::default())
    }

    fn disturbed_by(&self, who: &PersonId, of: DisturbanceOf, was_for_all: bool) -> Event {
        let disturbance = Disturbance {
            of,
            phase: self.stage.phase(),
            was_for_all,
        };
        Event::Disturbed(who.clone(), disturbance)
    }

    fn card_for(&self, who: &PersonId, facts: &dyn Facts) -> Option<DisturbanceOf> {
        let given = self.disturbed.get(who).map_or(&[][..], Vec::as_slice);
        let had = |card: &Card| {
            given
                .iter()
                .any(|one| matches!(&one.of, DisturbanceOf::Card { id, .. } if *id == card.id))
        };
        let fresh: Vec<&Card> = self
            .deck
            .cards(facts.cards())
            .filter(|card| !had(card))
            .collect();
        let place = usize::try_from(facts.seed() % (fresh.len().max(1) as u64)).ok()?;
        fresh.get(place).map(|card| DisturbanceOf::Card {
            id: card.id.clone(),
            text: card.text.clone(),
        })
    }
}
