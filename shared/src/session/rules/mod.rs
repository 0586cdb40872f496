//! The rules: what comes of each command. One feature a file; [`Session::decide`] is the table of contents.

mod bin;
mod disturb;
mod drafts;
mod groups;
mod paper;
mod people;
mod phases;
mod rounds;
mod say_back;
mod steering;
mod sweeps;
#[cfg(test)]
mod tests;
mod turns;
mod views;
mod wall;

pub use steering::can_be_looked_at;

use super::{Actor, Command, Event, Facts, Outcome, Person, Refusal, Session};
use crate::ids::PersonId;
use std::collections::BTreeSet;

/// What a decision gives.
type Decision = Result<Outcome, Refusal>;

impl Session {
    /// What would come of a command. Changes nothing.
    ///
    /// # Errors
    /// [`Refusal`]: it may not be done.
    pub fn decide(&self, command: Command, actor: &Actor, facts: &dyn Facts) -> Decision {
        let who = &actor.person;
        let me = self.people.get(who).ok_or(Refusal::Unknown)?;
        if me.is_removed {
            return Err(Refusal::Removed);
        }
        if command.needs_lead() && !me.leads() {
            return Err(Refusal::NotYours);
        }
        let outcome = self.comes_of(command, who, facts)?;
        Ok(self.with_the_wall_following(outcome))
    }

    fn comes_of(&self, command: Command, who: &PersonId, facts: &dyn Facts) -> Decision {
        match command {
            Command::Introduce { name, voices } => self.introduce(who, &name, voices, facts),
            Command::WriteFor {
                person,
                name,
                voices,
            } => self.write_for(who, person, &name, voices, facts),
            Command::NoLongerFor { person } => self.no_longer_for(who, &person, facts),
            Command::PassOn { person, to } => self.pass_on(who, &person, to, facts),
            Command::ChangeScribe { person, scribe } => self.change_scribe(&person, scribe, facts),
            Command::JoinGroup { group } => self.join_group(who, group),
            Command::WriteDraft { note } => self.write_draft(who, note, facts),
            Command::DropDraft { note } => self.drop_draft(who, note),
            Command::DisturbMe { by_card } => self.disturb_me(who, by_card, facts),
            Command::SetAside => Ok(event(Event::SetAside(who.clone()))),
            Command::Vote {
                round,
                for_whom,
                voice,
                dots,
            } => {
                let whose = self.counts_for(who, for_whom.as_ref())?;
                self.vote(&whose, round, voice, dots, facts)
            }
            Command::Restate {
                note,
                text,
                for_whom,
            } => self.restate(who, for_whom.as_ref(), &note, text),
            Command::Judge { note, by, verdict } => self.judge(who, &note, by, verdict, facts),
            Command::EndTurn => self.end_turn(who, facts),
            Command::PassTurn => self.pass_turn(who, facts),
            Command::SkipSayBack { for_whom } => self.skip_say_back(who, for_whom.as_ref()),
            Command::BreakHabit {
                note,
                who: by_whom,
                from,
            } => self.break_habit(who, note, by_whom, from, facts),

            Command::Next { from, step } => self.go_on(from, step, facts),
            Command::GoTo { from, to } => self.go_to(from, to, facts),
            Command::Stay => self.stay(),
            Command::MeetAgain { when } => Self::meet_again(&when),
            Command::Pause => self.pause(facts),
            Command::Resume => self.resume(facts),
            Command::AddMinutes { minutes } => self.add_minutes(minutes, facts),
            Command::SetPhases { phases } => self.set_phases(phases),
            Command::SetVoices { voices } => Self::set_voices(voices),
            Command::Show { showing } => self.show(showing),
            Command::StartSilence => self.start_silence(),
            Command::Reveal => self.reveal(facts),
            Command::Mix { size, wishes } => self.mix(size, wishes, facts),
            Command::DissolveGroups => Ok(self.dissolve_groups()),
            Command::Seat { person, group } => self.join_group(&person, group),
            Command::DisturbAll => self.disturb_all(facts),
            Command::SetDeck { deck } => deck.check().map(|()| event(Event::Deck(deck))),
            Command::Spotlight { item } => Self::spotlight(item, facts),
            Command::ReadNext => self.read_next(facts),
            Command::StartSayBack => self.start_say_back(facts),
            Command::EndSayBack => Ok(self.end_say_back()),
            Command::StartTurns { seconds } => self.start_turns(seconds, facts),
            Command::TimeTurns { seconds } => self.time_turns(seconds, facts),
            Command::EndTurns => Ok(event(Event::Turns(None))),
            Command::OpenRound { wish } => self.open_round(&wish),
            Command::ReopenRound { round } => self.reopen_round(round),
            Command::VoteOnLeading { round, leading } => self.vote_on_leading(round, leading),
            Command::CloseRound { round } => self.close_round(round),
            Command::ShowLastDots { round } => self.show_last_dots(round),
            Command::OrderRound { round, order } => self.order_round(round, order),
            Command::Lock { locks } => Ok(event(Event::Locks(locks))),
            Command::Hide { note } => self.hide(note, facts),
            Command::Restore { note } => self.restore(note),
            Command::SetScene { scene, is_pinned } => {
                self.choose_scene(who, scene, is_pinned, facts)
            }
            Command::GatherHere { rect } => self.gather_here(who, rect),
            Command::StopGathering => self.stop_gathering(),
            Command::Share { person } => self.share(&person),
            Command::HandOver { person } => self.hand_over(who, &person),
            Command::TakeLead => self.take_lead(who),
            Command::UndoSweep { sweep } => self.undo_sweep(sweep, facts),
            Command::Remove { person } => self.remove(who, &person, facts),
            Command::BringBack { notes } => self.bring_back(who, &notes),
            Command::SetRights { rights } => Ok(event(Event::Rights(rights))),
            Command::ForgetIdle => self.forget_idle(facts),
            Command::SetDoor { door } => Ok(event(Event::Door(door))),
            // Of keys and sockets, which a session knows nothing of, its room sees to by itself.
            Command::NewLink
            | Command::NewLeadLink
            | Command::NewCode
            | Command::LetIn { .. }
            | Command::TurnAway { .. } => Err(Refusal::Nothing),
        }
    }

    /// The number that somebody has, for "Person 7"; 0: they are not one of the workshop.
    pub fn number_of(&self, id: &PersonId) -> u32 {
        self.people.get(id).map_or(0, |person| person.number)
    }

    fn person(&self, id: &PersonId) -> Result<&Person, Refusal> {
        self.people
            .get(id)
            .filter(|person| !person.is_removed)
            .ok_or(Refusal::Unknown)
    }

    /// Somebody with a device, who can be asked to do something on it.
    fn person_with_device(&self, id: &PersonId) -> Result<&Person, Refusal> {
        let person = self.person(id)?;
        let has_device = person.scribe.is_none();
        has_device.then_some(person).ok_or(Refusal::Unknown)
    }
}

/// Whether somebody is here to be seated and asked: who facilitates sees to it that the others are.
/// Who has no device is here with who writes for them.
fn takes_part(id: &PersonId, person: &Person, here: &BTreeSet<PersonId>) -> bool {
    is_here(id, person, here) && !person.is_removed && !person.leads()
}

fn is_here(id: &PersonId, person: &Person, here: &BTreeSet<PersonId>) -> bool {
    here.contains(person.scribe.as_ref().unwrap_or(id))
}

/// One event, and no edit.
fn event(event: Event) -> Outcome {
    Outcome {
        events: vec![event],
        edits: Vec::new(),
    }
}

/// Events, and no edit.
fn events(events: Vec<Event>) -> Outcome {
    Outcome {
        events,
        edits: Vec::new(),
    }
}

impl Outcome {
    /// This, and then that.
    fn and(mut self, more: Self) -> Self {
        self.events.extend(more.events);
        self.edits.extend(more.edits);
        self
    }
}
