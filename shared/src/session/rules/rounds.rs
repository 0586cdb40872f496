//! Rounds of votes: secret until closed; a re-vote keeps the former result.

use super::{Decision, event};
use crate::{
    board::NoteKind,
    direction::plain_name,
    ids::{NoteId, PersonId, VoiceId},
    limits::MAX_TITLE_UTF16,
    session::{
        Among, Ballot, Event, Facts, Item, Refusal, Round, RoundId, RoundOn, RoundOrder, RoundWish,
        Session,
        rounds::{MAX_DOTS, MAX_REOPENED, MAX_ROUNDS},
        tally,
    },
};
use std::collections::{BTreeMap, BTreeSet};

impl Session {
    pub(super) fn open_round(&self, wish: &RoundWish) -> Decision {
        if self.rounds.iter().any(Round::is_open) {
            return Err(Refusal::Already);
        }
        if self.rounds.len() >= MAX_ROUNDS {
            return Err(Refusal::TooMany);
        }
        let is_sound = (1..=MAX_DOTS).contains(&wish.dots)
            && (1..=wish.dots).contains(&wish.most_on_one)
            && wish.title.encode_utf16().count() <= MAX_TITLE_UTF16
            && wish.among.is_sound();
        if !is_sound {
            return Err(Refusal::Malformed);
        }
        Ok(event(Event::Round(Round {
            id: RoundId(self.rounds.len() as u16 + 1),
            title: plain_name(&wish.title).trim().to_owned(),
            on: wish.on,
            among: wish.among.clone(),
            dots: wish.dots,
            most_on_one: wish.most_on_one,
            ballots: BTreeMap::new(),
            result: None,
            first_result: None,
            order: wish.order,
            closed_in: None,
            reopened: 0,
        })))
    }

    /// The newest round once more, with the dots that were given: who was late can vote, and everybody can move theirs.
    /// Whoever has seen the result can tell what is new in the next one, though not whose it is: the ballot says so.
    pub(super) fn reopen_round(&self, id: RoundId) -> Decision {
        let round = self.round(id)?;
        if round.is_open() {
            return Err(Refusal::Already);
        }
        let is_newest = self.rounds.last().is_some_and(|last| last.id == id);
        if !is_newest || round.first_result.is_some() {
            return Err(Refusal::TooLate);
        }
        if round.reopened >= MAX_REOPENED {
            return Err(Refusal::TooMany);
        }
        Ok(event(Event::Round(Round {
            ballots: BTreeMap::new(), // the fold keeps them
            result: None,
            closed_in: None,
            reopened: round.reopened + 1,
            ..round.clone()
        })))
    }

    /// A new round with a former one's question, on what got most dots in it; that one's result stays. The dots are given
    /// anew: would they go on from those that were counted, the two results would tell whose were moved.
    pub(super) fn vote_on_leading(&self, id: RoundId, leading: u8) -> Decision {
        let former = self.round(id)?;
        let result = former.result.as_ref().ok_or(Refusal::TooLate)?;
        if former.first_result.is_some() {
            return Err(Refusal::TooLate);
        }
        let leading = result.leading(leading.into());
        if leading.len() < 2 {
            return Err(Refusal::Nothing);
        }
        self.open_round(&RoundWish {
            title: former.title.clone(),
            on: former.on,
            among: Among::These(leading),
            dots: former.dots,
            most_on_one: former.most_on_one,
            order: former.order,
        })
    }

    fn round(&self, id: RoundId) -> Result<&Round, Refusal> {
        self.rounds
            .iter()
            .find(|round| round.id == id)
            .ok_or(Refusal::Unknown)
    }

    pub(super) fn vote(
        &self,
        who: &PersonId,
        round: RoundId,
        voice: Option<VoiceId>,
        mut dots: BTreeMap<Item, u8>,
        facts: &dyn Facts,
    ) -> Decision {
        let round = self.round(round)?;
        if !round.is_open() {
            return Err(Refusal::TooLate);
        }
        dots.retain(|_, count| *count > 0);
        // All notes are looked at only where a round is on some of them.
        let notes = match (&round.among, round.on) {
            (Among::Kinds(_) | Among::Cluster(_), RoundOn::Notes) => facts.notes(),
            _ => Vec::new(),
        };
        let is_among = |id: &NoteId| match &round.among {
            Among::All => true,
            among @ Among::These(_) => among.has_note(id, NoteKind::Other, None),
            among => (notes.iter().filter(|note| note.id == *id))
                .any(|note| among.has_note(id, note.kind, note.cluster.as_ref())),
        };
        let may_be_voted_on = |item: &Item| {
            let fits = match (round.on, item) {
                (RoundOn::Notes, Item::Note(note)) => !self.hidden.contains(note) && is_among(note),
                (RoundOn::Clusters, Item::Cluster(cluster)) => round.among.has_cluster(cluster),
                _ => false,
            };
            fits && facts.has(item)
        };
        tally::check_ballot(&dots, round.dots, round.most_on_one, may_be_voted_on).map_err(
            |fault| match fault {
                tally::BallotFault::NotInThisRound(_) => Refusal::Unknown,
                _ => Refusal::TooMany,
            },
        )?;
        let taken = &self.person(who)?.voices;
        let voice = voice
            .filter(|voice| taken.contains(voice))
            .or_else(|| taken.first().cloned())
            .filter(|voice| self.knows_voice(voice));
        let ballot = Ballot { voice, dots };
        Ok(event(Event::Ballot(round.id, who.clone(), ballot)))
    }

    pub(super) fn close_round(&self, id: RoundId) -> Decision {
        let round = self.round(id)?;
        if !round.is_open() {
            return Err(Refusal::TooLate);
        }
        let last: BTreeSet<VoiceId> = self
            .voices
            .iter()
            .filter(|voice| voice.is_last)
            .map(|voice| voice.id.clone())
            .collect();
        // Where too few speak last, showing the others' dots first would show theirs: then `first` is
        // nothing, and all are shown at once.
        let ballots = round.ballots.iter();
        let ballots = ballots.map(|(voter, ballot)| (self.hand(voter), ballot));
        let outcomes = tally::outcomes(ballots, &last);
        Ok(event(Event::Round(Round {
            result: Some(outcomes.all),
            first_result: outcomes.first,
            ballots: BTreeMap::new(),
            closed_in: self.stage.phase(),
            ..round.clone()
        })))
    }

    pub(super) fn close_open_round(&self) -> Decision {
        let open = self.rounds.iter().find(|round| round.is_open());
        self.close_round(open.ok_or(Refusal::TooLate)?.id)
    }

    pub(super) fn show_last_dots(&self, id: RoundId) -> Decision {
        let round = self.round(id)?;
        if round.first_result.is_none() {
            return Err(Refusal::Already);
        }
        Ok(event(Event::Round(Round {
            first_result: None,
            ..round.clone()
        })))
    }

    pub(super) fn show_open_last_dots(&self) -> Decision {
        let waiting = self
            .rounds
            .iter()
            .find(|round| round.first_result.is_some());
        self.show_last_dots(waiting.ok_or(Refusal::Already)?.id)
    }

    pub(super) fn order_round(&self, id: RoundId, order: RoundOrder) -> Decision {
        let round = self.round(id)?;
        Ok(event(Event::Round(Round {
            order,
            ..round.clone()
        })))
    }
}
