//! Phases and their time. Whoever only ever goes on gets a good hour.

use super::{Decision, event, events};
use crate::session::{
    Edit, Event, Facts, NextStep, Outcome, Phase, PhaseId, Refusal, Session, Stage, Timer, Wave,
    Writing, phase,
};

/// Longest that is added at once, in minutes.
const MOST_ADDED: u16 = 120;
const MINUTE: u64 = 60_000;

impl Session {
    /// What the one black button does.
    pub(in crate::session) fn next_step(&self) -> NextStep {
        let open_round = self.rounds.iter().any(crate::session::Round::is_open);
        let last_dots = self.rounds.iter().any(|round| round.first_result.is_some());
        match self.stage {
            Stage::Over => NextStep::Nothing,
            _ if self.writing == Writing::Silent => NextStep::Reveal,
            _ if self.has_drafts(Wave::Last) => NextStep::RevealLast,
            _ if open_round => NextStep::CloseRound,
            _ if last_dots => NextStep::ShowLastDots,
            Stage::Gathering => match self.phases.first() {
                Some(_) => NextStep::Begin,
                None => NextStep::Nothing,
            },
            Stage::In(present, _) => match self.phase_after(present) {
                Some(next) => NextStep::Phase(next.id),
                None => NextStep::End,
            },
        }
    }

    fn phase_after(&self, present: PhaseId) -> Option<&Phase> {
        let place = self.phases.iter().position(|phase| phase.id == present)?;
        self.phases.get(place + 1)
    }

    pub(super) fn go_on(
        &self,
        from: Option<PhaseId>,
        step: NextStep,
        facts: &dyn Facts,
    ) -> Decision {
        if from != self.stage.phase() || step != self.next_step() {
            return Err(Refusal::TooLate);
        }
        match step {
            NextStep::Nothing => Err(Refusal::TooLate),
            NextStep::Reveal | NextStep::RevealLast => self.reveal(facts),
            NextStep::CloseRound => self.close_open_round(),
            NextStep::ShowLastDots => self.show_open_last_dots(),
            NextStep::Begin => {
                let first = self.phases.first().ok_or(Refusal::Unknown)?;
                Ok(self.enter(first, facts))
            }
            NextStep::Phase(next) => {
                let next = self.phase_of(next)?;
                Ok(self.end_phase(facts).and(self.enter(next, facts)))
            }
            NextStep::End => {
                let mut outcome = self.end_phase(facts);
                outcome.events.push(Event::Stage(Stage::Over));
                outcome.events.push(Event::Scene(None));
                Ok(outcome)
            }
        }
    }

    pub(super) fn go_to(&self, from: Option<PhaseId>, to: PhaseId, facts: &dyn Facts) -> Decision {
        if from != self.stage.phase() {
            return Err(Refusal::TooLate);
        }
        if from == Some(to) {
            return Err(Refusal::Already);
        }
        let to = self.phase_of(to)?;
        Ok(self.end_phase(facts).and(self.enter(to, facts)))
    }

    fn phase_of(&self, id: PhaseId) -> Result<&Phase, Refusal> {
        self.phases
            .iter()
            .find(|phase| phase.id == id)
            .ok_or(Refusal::Unknown)
    }

    /// Nothing that was written is left behind: what is still a draft is shown.
    fn end_phase(&self, facts: &dyn Facts) -> Outcome {
        let Some(present) = self.phase() else {
            return self.reveal_everything(facts);
        };
        let mut outcome = self.reveal_everything(facts);
        outcome
            .edits
            .push(Edit::Checkpoint(present.title.nb.clone()));
        outcome.events.push(Event::PhaseEnded {
            phase: present.id,
            at: facts.now(),
        });
        if self.turns.is_some() {
            outcome.events.push(Event::Turns(None));
        }
        outcome.and(self.end_say_back())
    }

    /// The clock runs; in the first phase of a later sitting it waits, for that is another day.
    fn enter(&self, phase: &Phase, facts: &dyn Facts) -> Outcome {
        let left = phase.milliseconds();
        let is_later_sitting = self
            .phase()
            .is_some_and(|present| present.sitting < phase.sitting);
        let timer = if is_later_sitting {
            Timer::Paused { left }
        } else {
            Timer::Runs {
                ends_at: facts.now() + left,
            }
        };
        let mut events = vec![
            Event::Stage(Stage::In(phase.id, timer)),
            Event::Writing(phase.writing),
            Event::Scene(None),
        ];
        let leaves_the_problem =
            self.phase().is_some_and(Phase::looks_at_the_problem) && !phase.looks_at_the_problem();
        if leaves_the_problem && !self.insights_shown {
            events.push(Event::InsightsShown);
        }
        super::events(events)
    }

    pub(super) fn pause(&self, facts: &dyn Facts) -> Decision {
        match self.stage {
            Stage::In(phase, timer @ Timer::Runs { .. }) => Ok(event(Event::Stage(Stage::In(
                phase,
                timer.pause(facts.now()),
            )))),
            Stage::In(_, Timer::Paused { .. }) => Err(Refusal::Already),
            Stage::Gathering | Stage::Over => Err(Refusal::TooLate),
        }
    }

    pub(super) fn resume(&self, facts: &dyn Facts) -> Decision {
        match self.stage {
            Stage::In(phase, timer @ Timer::Paused { .. }) => Ok(event(Event::Stage(Stage::In(
                phase,
                timer.resume(facts.now()),
            )))),
            Stage::In(_, Timer::Runs { .. }) => Err(Refusal::Already),
            Stage::Gathering | Stage::Over => Err(Refusal::TooLate),
        }
    }

    pub(super) fn add_minutes(&self, minutes: u16, facts: &dyn Facts) -> Decision {
        if !(1..=MOST_ADDED).contains(&minutes) {
            return Err(Refusal::Malformed);
        }
        let Stage::In(phase, timer) = self.stage else {
            return Err(Refusal::TooLate);
        };
        let more = u64::from(minutes) * MINUTE;
        Ok(event(Event::Stage(Stage::In(
            phase,
            timer.extended(more, facts.now()),
        ))))
    }

    /// The present phase may be edited and moved, not taken out from under everybody.
    pub(super) fn set_phases(&self, mut phases: Vec<Phase>) -> Decision {
        for phase in &mut phases {
            phase.title = phase.title.plain();
        }
        phase::check(&phases)?;
        if let Some(present) = self.stage.phase()
            && !phases.iter().any(|phase| phase.id == present)
        {
            return Err(Refusal::TooLate);
        }
        Ok(events(vec![Event::Phases(phases)]))
    }
}
