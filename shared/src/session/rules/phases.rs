//! Phases and their time. Whoever only ever goes on gets a good hour.

use super::{Decision, event, events};
use crate::{
    direction::plain_name,
    limits::MAX_TITLE_UTF16,
    session::{
        Edit, Event, Facts, NextStep, Outcome, Phase, PhaseId, Refusal, Session, Stage, Timer,
        Wave, Writing, phase,
    },
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
            Stage::In(present, _) => match self.to_where(present) {
                Some(next) if self.must_look_before(next) => NextStep::LookFirst(next.id),
                Some(next) => NextStep::Phase(next.id),
                None => NextStep::End,
            },
        }
    }

    /// Where the room goes on to: where it has looked ahead to, or else the next phase.
    fn to_where(&self, present: PhaseId) -> Option<&Phase> {
        let looking = self.looking.and_then(|to| self.phase_of(to).ok());
        looking.or_else(|| self.phase_after(present))
    }

    /// Whether what is not covered has to be looked at first: once, before the problem is left.
    fn must_look_before(&self, to: &Phase) -> bool {
        self.leaves_the_problem(to) && self.looking != Some(to.id)
    }

    fn leaves_the_problem(&self, to: &Phase) -> bool {
        let looks_at_it = self.phase().is_some_and(Phase::looks_at_the_problem);
        !self.insights_shown && looks_at_it && !to.looks_at_the_problem()
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
            NextStep::LookFirst(next) => Ok(event(Event::Looking(Some(next)))),
            NextStep::Phase(next) => {
                let next = self.phase_of(next)?;
                Ok(self.end_phase(facts).and(self.enter(next, facts)))
            }
            NextStep::End => {
                let mut outcome = self.end_phase(facts);
                outcome.events.push(Event::Stage(Stage::Over));
                outcome.events.push(Event::Scene(None));
                outcome.events.push(Event::Looking(None));
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
        if self.must_look_before(to) {
            return Ok(event(Event::Looking(Some(to.id))));
        }
        Ok(self.end_phase(facts).and(self.enter(to, facts)))
    }

    /// The room has looked, and stays: when it goes on another time, it looks anew.
    pub(super) fn stay(&self) -> Decision {
        self.looking.ok_or(Refusal::Already)?;
        Ok(event(Event::Looking(None)))
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
            Timer::Waits { left }
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
        if self.looking.is_some() {
            events.push(Event::Looking(None));
        }
        if self.leaves_the_problem(phase) {
            events.push(Event::InsightsShown);
        }
        super::events(events)
    }

    pub(super) fn meet_again(when: &str) -> Decision {
        if when.encode_utf16().count() > MAX_TITLE_UTF16 {
            return Err(Refusal::Malformed);
        }
        let when = plain_name(when).trim().to_owned();
        Ok(event(Event::MeetAgain(when)))
    }

    pub(super) fn pause(&self, facts: &dyn Facts) -> Decision {
        match self.stage {
            Stage::In(phase, timer @ Timer::Runs { .. }) => Ok(event(Event::Stage(Stage::In(
                phase,
                timer.pause(facts.now()),
            )))),
            Stage::In(..) => Err(Refusal::Already),
            Stage::Gathering | Stage::Over => Err(Refusal::TooLate),
        }
    }

    pub(super) fn resume(&self, facts: &dyn Facts) -> Decision {
        match self.stage {
            Stage::In(phase, timer) if timer.stands() => Ok(event(Event::Stage(Stage::In(
                phase,
                timer.resume(facts.now()),
            )))),
            Stage::In(..) => Err(Refusal::Already),
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
