//! What each may see: the session without its secrets.

use crate::{
    board::Kept,
    ids::{NoteId, PersonId},
    session::{
        GroupView, HiddenView, LeadView, OwnView, Person, PersonView, Round, RoundView, Session,
        SharedView, Showing, Speaker, ToJudge, TurnsView, VoiceView, Wave,
    },
};
use std::collections::BTreeSet;

/// Former rounds that everybody is sent.
const FORMER_ROUNDS: usize = 8;
/// So much of a hidden note can be read in the panel.
const MAX_HIDDEN_LETTERS: usize = 2_000;

impl Session {
    /// What all may see. `people`: how many are here; the clock and the template are the server's to fill in.
    pub fn shared_view(&self) -> SharedView {
        let first = || {
            self.drafts
                .values()
                .filter(|draft| draft.wave == Wave::First)
        };
        let drafters: BTreeSet<&PersonId> = first().map(|draft| &draft.by).collect();
        let opened = |round: &Round| 1 + u32::from(round.reopened);
        let mut openings: u32 = self.rounds.iter().map(opened).sum();
        let mut rounds = self.rounds.iter().rev().map(|round| {
            let view = round_view(round, openings);
            openings -= opened(round);
            view
        });
        SharedView {
            phases: self.phases.clone(),
            stage: self.stage,
            next: self.next_step(),
            ended: self.ended.clone(),
            voices: self
                .voices
                .iter()
                .map(|voice| VoiceView {
                    voice: voice.clone(),
                    people: self.count(|person| person.voices.contains(&voice.id)),
                })
                .collect(),
            showing: self.showing,
            writing: self.writing,
            drafts: first().count() as u32,
            drafters: drafters.len() as u32,
            last_drafts: (self.drafts.len() - first().count()) as u32,
            reveals: self.reveals,
            revealed: self.revealed.clone(),
            groups: self
                .groups
                .iter()
                .map(|group| GroupView {
                    group: *group,
                    people: self.count(|person| person.group == Some(group.id)),
                    voices: self.voices_in(group.id),
                })
                .collect(),
            mixes: self.mixes,
            scene: self.scene.clone(),
            is_scene_pinned: self.is_scene_pinned,
            turns: self.turns_view(),
            round: rounds.next(),
            former_rounds: rounds.take(FORMER_ROUNDS).collect(),
            say_back: self.say_back_view(),
            surprises: self.surprises,
            locks: self.locks.clone(),
            hidden: self.hidden.iter().cloned().collect(),
            rights: self.rights,
            door: self.door,
            follows: self.followed.as_ref().map(|(_, followers)| *followers),
            gather: self.gather,
            insights_moment: u32::from(self.insights_shown),
            looking: self.looking,
            meet_again: self.meet_again.clone(),
            said_back: self.said_back.clone(),
            ..SharedView::default()
        }
    }

    fn count(&self, is_one: impl Fn(&Person) -> bool) -> u32 {
        self.people
            .values()
            .filter(|person| !person.is_removed && is_one(person))
            .count() as u32
    }

    fn say_back_view(&self) -> Option<(u32, u32, u32)> {
        let all = self.restating.len() as u32;
        let said = self.restating.values().filter(|one| !one.text.is_empty());
        let judged = self.restating.values().filter(|one| one.verdict.is_some());
        (all > 0).then_some((all, said.count() as u32, judged.count() as u32))
    }

    fn turns_view(&self) -> Option<TurnsView> {
        let turns = self.turns.as_ref()?;
        Some(TurnsView {
            present: turns.present().map(|turn| self.speaker(turn)),
            next: turns.next().map(|turn| self.speaker(turn)),
            heard: turns.heard_people() as u32,
            of: turns.people() as u32,
            seconds: turns.seconds(),
            ends_at: turns.ends_at(),
        })
    }

    fn speaker(&self, turn: &crate::session::turns::Turn) -> Speaker {
        let person = self.people.get(&turn.person);
        Speaker {
            name: person
                .filter(|person| self.showing != Showing::Anonymous && !person.name.is_empty())
                .map(|person| person.name.clone()),
            number: person.map_or(0, |person| person.number),
            voice: turn.voice.clone(),
        }
    }

    /// What one person may see of their own.
    pub fn own_view(&self, who: &PersonId) -> OwnView {
        let Some(person) = self.people.get(who) else {
            return OwnView::default();
        };
        let mut drafts: Vec<_> = self
            .drafts
            .values()
            .filter(|draft| self.hand(&draft.by) == who)
            .collect();
        drafts.sort_by_key(|draft| draft.at);
        let disturbances = self.disturbed.get(who).map_or(&[][..], Vec::as_slice);
        let ballot = self
            .rounds
            .last()
            .and_then(|round| round.open_ballot(who))
            .cloned()
            .unwrap_or_default();
        let turns = self.turns.as_ref();
        OwnView {
            person: Some(who.clone()),
            number: person.number,
            name: person.name.clone(),
            voices: person.voices.clone(),
            leads: person.leads(),
            followed_by: (self.followed.as_ref())
                .filter(|_| self.is_followed(who))
                .map(|(_, followers)| *followers),
            group: person.group,
            drafts: drafts.into_iter().map(|draft| draft.note.clone()).collect(),
            disturbance: disturbances
                .last()
                .filter(|_| self.has_in_front.contains(who))
                .map(|disturbance| disturbance.of.clone()),
            disturbances: disturbances.len() as u32,
            dots: ballot.dots,
            voted_as: ballot.voice,
            say_back: self
                .restating
                .get(who)
                .filter(|mine| mine.verdict.is_none())
                .map(|mine| (mine.note.clone(), mine.text.clone())),
            to_judge: self.to_judge(who),
            is_my_turn: turns
                .and_then(|turns| turns.present())
                .is_some_and(|turn| turn.person == *who),
            is_next: turns
                .and_then(|turns| turns.next())
                .is_some_and(|turn| turn.person == *who),
            thrown: self.thrown_of(who),
            paper: self.paper_views(who),
        }
    }

    fn to_judge(&self, writer: &PersonId) -> Vec<ToJudge> {
        self.restating
            .values()
            .filter(|one| {
                self.hand(&one.writer) == writer && !one.text.is_empty() && one.verdict.is_none()
            })
            .map(|one| ToJudge {
                note: one.note.clone(),
                for_whom: (one.writer != *writer).then(|| one.writer.clone()),
                by: one.number,
                text: one.text.clone(),
            })
            .collect()
    }

    /// What facilitators see besides.
    pub fn lead_view(&self, here: &BTreeSet<PersonId>) -> LeadView {
        let mut people: Vec<PersonView> = self
            .people
            .iter()
            .filter(|(_, person)| !person.is_removed)
            .map(|(id, person)| PersonView {
                person: id.clone(),
                number: person.number,
                name: match self.showing {
                    Showing::Anonymous => String::new(),
                    Showing::Voices | Showing::Named => person.name.clone(),
                },
                voices: person.voices.clone(),
                group: person.group,
                is_here: super::is_here(id, person, here),
                leads: person.leads(),
                scribe: person.scribe.clone(),
            })
            .collect();
        people.sort_by_key(|person| person.number);
        LeadView {
            people,
            wishes: self.wishes.clone(),
            deck: self.deck.clone(),
            read: self.read.len() as u32,
            mix: self.mixture(),
            sweeps: Vec::new(),
            // What of it is still gone the document knows.
            thrown: Vec::new(),
            // Who waits, and walls, are sockets: the room knows of them.
            waiting: Vec::new(),
            walls: 0,
            idle: self.idle(here).len() as u32,
            hidden: self.hidden_views(),
        }
    }
}

impl Session {
    fn hidden_views(&self) -> Vec<HiddenView> {
        let view = |(note, kept): (&NoteId, &Kept)| HiddenView {
            note: note.clone(),
            text: kept.said().chars().take(MAX_HIDDEN_LETTERS).collect(),
        };
        self.withheld.iter().map(view).collect()
    }
}

/// `opening`: how often votes had been opened when this round was opened last.
fn round_view(round: &Round, opening: u32) -> RoundView {
    RoundView {
        id: round.id,
        title: round.title.clone(),
        on: round.on,
        among: round.among.clone(),
        dots: round.dots,
        most_on_one: round.most_on_one,
        voted: match &round.result {
            Some(_) => round
                .first_result
                .as_ref()
                .or(round.result.as_ref())
                .map_or(0, |shown| shown.voters),
            None => round.ballots.len() as u32,
        },
        is_open: round.is_open(),
        order: round.order,
        result: round.first_result.clone().or_else(|| round.result.clone()),
        waits_for_last: round.first_result.is_some(),
        closed_in: round.closed_in,
        reopened: round.reopened,
        opening,
    }
}
