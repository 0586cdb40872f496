//! The session as it stands, and the two ways in: [`Session::handle`] decides, [`Session::apply`] folds.

use super::{
    Actor, Ballot, Command, Deck, Disturbance, Door, Draft, Event, Facts, Followers, Gather, Group,
    Locks, Outcome, Person, Phase, PhaseId, Refusal, Restating, Rights, Round, Scene, Script,
    Showing, Stage, Sweep, Thrown, Voice, Writing, mix::Wishes, turns::Turns,
};
use crate::{
    board::Kept,
    geometry::BoardRect,
    ids::{NoteId, PersonId, VoiceId},
};
use std::collections::{BTreeMap, BTreeSet};

/// How a workshop stands. All of it can be made again from its script and its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    pub(super) phases: Vec<Phase>,
    pub(super) stage: Stage,
    pub(super) ended: Vec<PhaseId>,
    pub(super) voices: Vec<Voice>,
    pub(super) showing: Showing,
    /// The most that the log's records tell of who wrote.
    pub(super) told: Showing,
    pub(super) people: BTreeMap<PersonId, Person>,
    pub(super) taken_back: BTreeSet<PersonId>,
    pub(super) writing: Writing,
    pub(super) drafts: BTreeMap<NoteId, Draft>,
    pub(super) reveals: u32,
    pub(super) revealed: Vec<NoteId>,
    pub(super) wrote: BTreeMap<NoteId, PersonId>,
    /// Whose page a Yjs client is.
    pub(super) writes_as: BTreeMap<u64, PersonId>,
    /// Under which Yjs client ids those write who are nobody in the session.
    pub(super) held: BTreeMap<u64, String>,
    /// Under which the server writes.
    pub(super) own: BTreeSet<u64>,
    pub(super) clock_ahead: i64,
    /// What drafts said when they were revealed.
    pub(super) shown: BTreeMap<NoteId, String>,
    pub(super) groups: Vec<Group>,
    pub(super) wishes: Wishes,
    /// How often groups were made.
    pub(super) mixes: u32,
    pub(super) disturbed: BTreeMap<PersonId, Vec<Disturbance>>,
    pub(super) has_in_front: BTreeSet<PersonId>,
    pub(super) surprises: u32,
    pub(super) deck: Deck,
    pub(super) read: Vec<NoteId>,
    pub(super) restating: BTreeMap<PersonId, Restating>,
    pub(super) turns: Option<Turns>,
    pub(super) rounds: Vec<Round>,
    pub(super) locks: Locks,
    pub(super) hidden: BTreeSet<NoteId>,
    /// What hidden notes say.
    pub(super) withheld: BTreeMap<NoteId, Kept>,
    pub(super) scene: Option<Scene>,
    pub(super) is_scene_pinned: bool,
    pub(super) gather: Option<Gather>,
    /// Whose view is followed, and by whom.
    pub(super) followed: Option<(PersonId, Followers)>,
    pub(super) insights_shown: bool,
    pub(super) meet_again: String,
    pub(super) looking: Option<PhaseId>,
    /// What was said back last, for reading aloud.
    pub(super) said_back: Vec<NoteId>,
    /// What people did to others' work at once, oldest first.
    pub(super) sweeps: Vec<Sweep>,
    pub(super) last_sweep: u32,
    /// What was taken off the board, oldest first.
    pub(super) bin: Vec<Thrown>,
    pub(super) rights: Rights,
    pub(super) door: Door,
}

impl Session {
    /// A workshop that begins as its template says.
    pub fn new(script: Script) -> Self {
        Self {
            phases: script.phases,
            voices: script.voices,
            ..Self::default()
        }
    }

    /// Decides on a command, and takes what came of it.
    ///
    /// # Errors
    /// [`Refusal`]: nothing has changed.
    pub fn handle(
        &mut self,
        command: Command,
        actor: &Actor,
        facts: &dyn Facts,
    ) -> Result<Outcome, Refusal> {
        let outcome = self.decide(command, actor, facts)?;
        for event in &outcome.events {
            self.apply(event.clone());
        }
        Ok(outcome)
    }

    /// Puts a part in its place. Total: an event of the log is never wrong.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Phases(phases) => self.phases = phases,
            Event::Stage(stage) => self.stage = stage,
            Event::PhaseEnded { phase, .. } => self.ended.push(phase),
            Event::Voices(voices) => self.voices = voices,
            Event::Showing(showing) => {
                self.showing = showing;
                self.told = self.told.max(showing);
            }
            Event::NamesGone(showing) => self.told = self.showing.max(showing),
            Event::Person(id, person) => _ = self.people.insert(id, person),
            Event::Forgotten(person) => _ = self.people.remove(&person),
            Event::TakenBack(person) => _ = self.taken_back.insert(person),
            Event::Writing(writing) => self.writing = writing,
            Event::Draft(note, Some(draft)) => _ = self.drafts.insert(note, draft),
            Event::Draft(note, None) => _ = self.drafts.remove(&note),
            Event::Revealed(notes) => {
                for note in &notes {
                    if let Some(draft) = self.drafts.remove(note) {
                        self.wrote.insert(note.clone(), draft.by);
                        self.shown.insert(note.clone(), draft.note.text);
                    }
                }
                self.reveals += 1;
                self.revealed = notes;
            }
            Event::Wrote(note, person) => _ = self.wrote.insert(note, person),
            Event::WritesAs(client, person) => {
                self.writes_as.entry(client).or_insert(person);
            }
            Event::Holds(client, tag) => _ = self.held.entry(client).or_insert(tag),
            Event::Own(client) => _ = self.own.insert(client),
            Event::Secret(_) | Event::Opened(_) => {} // the server's alone
            Event::ClockAhead(ms) => self.clock_ahead = ms,
            Event::Groups(groups) => {
                self.mixes += u32::from(!groups.is_empty());
                self.groups = groups;
            }
            Event::Wishes(wishes) => self.wishes = wishes,
            Event::Disturbed(person, disturbance) => {
                self.has_in_front.insert(person.clone());
                self.disturbed.entry(person).or_default().push(disturbance);
            }
            Event::Surprise => self.surprises += 1,
            Event::SetAside(person) => _ = self.has_in_front.remove(&person),
            Event::Deck(deck) => self.deck = deck,
            Event::Read(note) => self.read.push(note),
            Event::Restating(person, Some(restating)) => {
                self.restating.insert(person, restating);
            }
            Event::Restating(person, None) => _ = self.restating.remove(&person),
            Event::Turns(turns) => self.turns = turns,
            Event::Round(round) => self.take_round(round),
            Event::Ballot(round, person, ballot) => self.take_ballot(round, person, ballot),
            Event::Locks(locks) => self.locks = locks,
            Event::Hidden(note, true) => _ = self.hidden.insert(note),
            Event::Hidden(note, false) => {
                self.hidden.remove(&note);
                self.withheld.remove(&note);
            }
            Event::Withheld(note, kept) => self.withheld.entry(note).or_default().take_later(kept),
            Event::WrittenOn(note, among) => {
                let kept = self.withheld.entry(note).or_default();
                kept.write_among(&among);
            }
            Event::Scene(scene) => (self.scene, self.is_scene_pinned) = (scene, false),
            Event::ScenePinned => self.is_scene_pinned = self.scene.is_some(),
            Event::Gather(gather) => self.gather = Some(gather),
            Event::Followed(followed) => self.followed = followed,
            Event::InsightsShown => self.insights_shown = true,
            Event::MeetAgain(when) => self.meet_again = when,
            Event::Looking(to) => self.looking = to,
            Event::SaidBack(notes) => self.said_back = notes,
            Event::Swept(sweep) => self.take_sweep(sweep),
            Event::Spared(sweep, notes) => self.spare(sweep, &notes),
            Event::SweepUndone(id) => self.sweeps.retain(|sweep| sweep.id != id),
            Event::Thrown(thrown) => self.take_thrown(thrown),
            Event::Fetched(notes) => self.take_fetched(&notes),
            Event::Rights(rights) => self.rights = rights,
            Event::Door(door) => self.door = door,
        }
    }

    /// A round keeps its ballots as long as it may be opened again: until there is another. What is shown of it was
    /// worked out when it closed.
    fn take_round(&mut self, mut round: Round) {
        let former = self.rounds.iter_mut().find(|other| other.id == round.id);
        if let Some(former) = former {
            round.ballots = std::mem::take(&mut former.ballots);
            *former = round;
            return;
        }
        if let Some(last) = self.rounds.last_mut() {
            last.ballots.clear();
        }
        self.rounds.push(round);
    }

    fn take_ballot(&mut self, round: super::RoundId, person: PersonId, ballot: Ballot) {
        let Some(round) = self.rounds.iter_mut().find(|other| other.id == round) else {
            return;
        };
        if ballot.dots.is_empty() {
            round.ballots.remove(&person);
        } else {
            round.ballots.insert(person, ballot);
        }
    }

    /// By how many milliseconds its clock was ahead of the machine's when that was set last.
    pub fn clock_ahead(&self) -> i64 {
        self.clock_ahead
    }

    /// Where the workshop stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// How much of who wrote is shown.
    pub fn showing(&self) -> Showing {
        self.showing
    }

    /// What the board shows of who wrote, if its records still tell more.
    pub fn names_to_forget(&self) -> Option<Showing> {
        (self.showing < self.told).then_some(self.showing)
    }

    /// What participants may not change just now.
    pub fn locks(&self) -> &Locks {
        &self.locks
    }

    /// The notes that are hidden.
    pub fn hidden(&self) -> &BTreeSet<NoteId> {
        &self.hidden
    }

    /// What a hidden note says.
    pub fn withheld(&self, note: &NoteId) -> Option<&Kept> {
        self.withheld.get(note)
    }

    /// Hidden notes of somebody whose doings were taken back: there is nothing to restore.
    pub fn hidden_of(&self, person: &PersonId) -> Vec<NoteId> {
        let is_theirs = |note: &&NoteId| self.wrote.get(*note) == Some(person);
        self.hidden.iter().filter(is_theirs).cloned().collect()
    }

    /// What participants may do with what is not theirs.
    pub fn rights(&self) -> Rights {
        self.rights
    }

    /// Where the groups' notes land.
    pub fn group_areas(&self) -> Vec<BoardRect> {
        self.groups.iter().map(|group| group.area).collect()
    }

    /// Whether the board has this voice.
    pub fn has_voice(&self, voice: &VoiceId) -> bool {
        self.voices.iter().any(|one| one.id == *voice)
    }

    /// Whether somebody may write under this name: their own, or of whom they write for; and without one under none of another's.
    pub fn may_be_called(&self, who: Option<&PersonId>, name: &str) -> bool {
        let is_theirs = |(id, person): &(&PersonId, &Person)| {
            Some(*id) == who || person.scribe.is_some() && person.scribe.as_ref() == who
        };
        let has_name = |(_, person): (&PersonId, &Person)| person.name == name;
        if self.people.iter().filter(is_theirs).any(has_name) {
            return true;
        }
        let own = who.and_then(|who| self.people.get(who));
        own.is_none_or(|own| own.name.is_empty()) && !self.people.iter().any(has_name)
    }

    /// Who may still come in.
    pub fn door(&self) -> Door {
        self.door
    }

    /// Those with a device who have been here and may come back.
    pub fn those_who_may_come_back(&self) -> impl Iterator<Item = &PersonId> {
        let may =
            |(_, person): &(&PersonId, &Person)| !person.is_removed && person.scribe.is_none();
        self.people.iter().filter(may).map(|(id, _)| id)
    }

    /// Those who came with a facilitator's key and may come back.
    pub fn those_with_a_lead_key(&self) -> impl Iterator<Item = &PersonId> {
        let has = |(_, person): &(&PersonId, &Person)| person.has_lead_key && !person.is_removed;
        self.people.iter().filter(has).map(|(id, _)| id)
    }

    /// Whether this person came with a facilitator's key and may come back.
    pub fn has_lead_key(&self, person: &PersonId) -> bool {
        let person = self.people.get(person);
        person.is_some_and(|person| person.has_lead_key && !person.is_removed)
    }

    /// Whether this person has been here.
    pub fn knows(&self, person: &PersonId) -> bool {
        self.people.contains_key(person)
    }

    /// Whether this person may not come back.
    pub fn is_removed(&self, person: &PersonId) -> bool {
        self.people
            .get(person)
            .is_some_and(|person| person.is_removed)
    }

    /// Whose page each Yjs client is that is known.
    pub fn writers(&self) -> impl Iterator<Item = (u64, &PersonId)> {
        self.writes_as
            .iter()
            .map(|(client, person)| (*client, person))
    }

    /// Those who may not come back.
    pub fn removed(&self) -> impl Iterator<Item = &PersonId> {
        let removed = |(_, person): &(&PersonId, &Person)| person.is_removed;
        self.people.iter().filter(removed).map(|(id, _)| id)
    }

    /// Those who were removed and of whom not all is taken back yet: the server stopped in between.
    pub fn to_take_back(&self) -> Vec<PersonId> {
        let waits = |id: &&PersonId| self.is_removed(id) && !self.taken_back.contains(*id);
        self.people.keys().filter(waits).cloned().collect()
    }

    /// Whether this person facilitates just now.
    pub fn leads(&self, person: &PersonId) -> bool {
        self.people.get(person).is_some_and(Person::leads)
    }

    /// Whether others follow what this person sees.
    pub fn is_followed(&self, person: &PersonId) -> bool {
        self.leads(person) && (self.followed.as_ref()).is_some_and(|(whom, _)| whom == person)
    }

    /// The present phase.
    pub fn phase(&self) -> Option<&Phase> {
        let id = self.stage.phase()?;
        self.phases.iter().find(|phase| phase.id == id)
    }
}
