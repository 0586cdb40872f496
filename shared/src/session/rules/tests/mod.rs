//! The rules of the session, each told as commands in, and events, edits and views out.
//!
//! [`Hall`] is a workshop in memory: its session, a board of a few notes, a clock that a test moves. After
//! each command it checks what must always be so ([`Hall::check`]).

mod disturb;
mod drafts;
mod groups;
mod keeping;
mod paper;
mod people;
mod phases;
mod random;
mod rounds;
mod say_back;
mod steering;
mod steps;
mod sweeps;
mod turns;

use super::Decision;
use crate::{
    board::NoteKind,
    geometry::BoardPoint,
    ids::{ClusterId, NoteId, PersonId, VoiceId},
    role::Role,
    session::{
        Actor, Card, Command, DraftNote, Edit, Event, Facts, Item, KnownNote, LocalizedText,
        NextStep, Outcome, Phase, PhaseId, Refusal, Script, Session, Voice, Writing, which_count,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// The facilitator of every hall.
const LIV: &str = "liv";
const MINUTE: u64 = 60_000;

/// What the session is told.
struct World {
    now: u64,
    seed: u64,
    here: BTreeSet<PersonId>,
    notes: BTreeMap<NoteId, KnownNote>,
    clusters: BTreeSet<ClusterId>,
    cards: Vec<Card>,
    seen: BTreeMap<PersonId, BTreeSet<NoteId>>,
}

impl Facts for World {
    fn now(&self) -> u64 {
        self.now
    }
    fn seed(&self) -> u64 {
        self.seed
    }
    fn here(&self) -> &BTreeSet<PersonId> {
        &self.here
    }
    fn notes(&self) -> Vec<KnownNote> {
        self.notes.values().cloned().collect()
    }
    fn has(&self, item: &Item) -> bool {
        match item {
            Item::Note(note) => self.notes.contains_key(note),
            Item::Cluster(cluster) => self.clusters.contains(cluster),
        }
    }
    fn free_area(&self) -> BoardPoint {
        BoardPoint::new(0.0, 1_000.0)
    }
    fn cards(&self) -> &[Card] {
        &self.cards
    }
    fn seen(&self) -> &BTreeMap<PersonId, BTreeSet<NoteId>> {
        &self.seen
    }
}

/// A workshop.
struct Hall {
    session: Session,
    world: World,
    roles: BTreeMap<PersonId, Role>,
    /// All that happened, as the log has it.
    log: Vec<String>,
    /// Edits of the document, in their order.
    edits: Vec<Edit>,
}

impl Hall {
    /// With a facilitator, and these people, who speak as voice `v0`, `v1`, `v2`, `v0` …
    fn with(people: &[&str]) -> Self {
        let cards = (0..60).map(|number| Card {
            id: format!("card {number}"),
            text: LocalizedText::own("What if it were the other way around?"),
        });
        let mut hall = Self {
            session: Session::new(script()),
            world: World {
                now: 1_000_000_000,
                seed: 1,
                here: BTreeSet::new(),
                notes: BTreeMap::new(),
                clusters: ["c1", "c2"].map(ClusterId::from).into(),
                cards: cards.collect(),
                seen: BTreeMap::new(),
            },
            roles: BTreeMap::new(),
            log: Vec::new(),
            edits: Vec::new(),
        };
        hall.arrives(LIV, Role::Facilitator).unwrap();
        for (place, person) in people.iter().enumerate() {
            hall.arrives(person, Role::Participant).unwrap();
            hall.introduces(person, &[&format!("v{}", place % 3)]);
        }
        hall
    }

    fn arrives(&mut self, who: &str, role: Role) -> Result<(), Refusal> {
        let person = PersonId::from(who);
        if let Some(event) = self.session.arrive(&person, role)? {
            self.session.apply(event.clone());
            self.write_down(&event);
        }
        self.roles.insert(person.clone(), role);
        self.world.here.insert(person);
        Ok(())
    }

    fn leaves(&mut self, who: &str) {
        self.world.here.remove(&PersonId::from(who));
    }

    fn introduces(&mut self, who: &str, voices: &[&str]) {
        let voices = voices.iter().map(|voice| VoiceId::from(*voice)).collect();
        let name = who.to_owned();
        self.does(who, Command::Introduce { name, voices });
    }

    /// Asks; what comes of it is done.
    fn asks(&mut self, who: &str, command: Command) -> Decision {
        let actor = Actor {
            person: who.into(),
            role: *(self.roles.get(&who.into())).unwrap_or(&Role::Participant),
        };
        self.world.seed = self.world.seed.wrapping_mul(6_364_136_223_846_793_005) + 1;
        let before = self.session.clone();
        let decision = self.session.handle(command, &actor, &self.world);
        match &decision {
            Ok(outcome) => {
                for edit in &outcome.edits {
                    self.edit(edit);
                }
                for event in &outcome.events {
                    self.write_down(event);
                }
            }
            Err(_) => assert_eq!(before, self.session, "a refusal changes nothing"),
        }
        self.check();
        decision
    }

    /// Asks, and it is done.
    fn does(&mut self, who: &str, command: Command) -> Outcome {
        let asked = format!("{who}: {command:?}");
        self.asks(who, command)
            .unwrap_or_else(|refusal| panic!("{asked}: {refusal}"))
    }

    /// Asks, and it is declined for this reason.
    fn may_not(&mut self, who: &str, command: Command, why: Refusal) {
        let asked = format!("{who}: {command:?}");
        assert_eq!(self.asks(who, command), Err(why), "{asked}");
    }

    /// The one black button, as the facilitator sees it.
    fn goes_on(&mut self) -> NextStep {
        let (from, step) = (self.session.stage().phase(), self.session.next_step());
        self.does(LIV, Command::Next { from, step });
        step
    }

    fn goes_to(&mut self, to: u16) {
        let from = self.session.stage().phase();
        let to = PhaseId(to);
        self.does(LIV, Command::GoTo { from, to });
        if self.session.looking == Some(to) {
            self.does(LIV, Command::GoTo { from, to });
        }
    }

    /// A note that somebody puts on the board by their own hand.
    fn posts(&mut self, who: &str, id: &str, text: &str) {
        let mut note = known(id, NoteKind::Problem, text);
        let person = self.session.people.get(&who.into());
        note.voice = person.and_then(|person| person.voices.first().cloned());
        self.world.notes.insert(id.into(), note);
        if let Some(event) = self.session.wrote(&id.into(), &who.into()) {
            self.session.apply(event.clone());
            self.write_down(&event);
        }
    }

    fn write_down(&mut self, event: &Event) {
        self.log.push(serde_json::to_string(event).unwrap());
    }

    /// The document, as far as it matters.
    fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Post { draft, .. } => {
                let id = draft.note.note.clone();
                let kind = NoteKind::read(&draft.note.kind);
                let mut note = known(id.as_str(), kind, &draft.note.text);
                note.voice.clone_from(&draft.note.voice);
                note.lived = draft.note.lived;
                self.world.notes.entry(id).or_insert(note);
            }
            Edit::TakeBack(person) => {
                let wrote = &self.session.wrote;
                (self.world.notes).retain(|note, _| wrote.get(note) != Some(person));
            }
            Edit::ForgetAuthors(_) => {
                for note in self.world.notes.values_mut() {
                    note.voice = None;
                }
            }
            Edit::Restate { .. }
            | Edit::BreakHabit { .. }
            | Edit::BringBack(_)
            | Edit::TakeOff(_)
            | Edit::SayAgain(..)
            | Edit::Checkpoint(_) => {}
        }
        self.edits.push(edit.clone());
    }

    /// The session once more, as the log tells it.
    fn again(&self) -> Session {
        let mut session = Session::new(script());
        for event in &self.log {
            session.apply(serde_json::from_str(event).unwrap());
        }
        session
    }

    /// The same, from those records that count.
    fn again_from_what_counts(&self) -> (Session, usize) {
        let events = self
            .log
            .iter()
            .map(|event| serde_json::from_str(event).unwrap());
        // In records of up to three.
        let events: Vec<Event> = events.collect();
        let records: Vec<Vec<Event>> = events.chunks(3).map(<[Event]>::to_vec).collect();
        let counts = which_count(&records);
        let mut session = Session::new(script());
        let mut read = 0;
        for (event, counts) in records
            .into_iter()
            .flatten()
            .zip(counts.into_iter().flatten())
        {
            if counts {
                session.apply(event);
                read += 1;
            }
        }
        (session, read)
    }

    fn own(&self, who: &str) -> crate::session::OwnView {
        self.session.own_view(&who.into())
    }

    /// What must always be so.
    fn check(&self) {
        let session = &self.session;
        if let Some(phase) = session.stage.phase() {
            assert!(session.phases.iter().any(|known| known.id == phase));
        }
        assert!(session.people.values().any(super::Person::leads));
        let numbers: BTreeSet<u32> = (session.people.values())
            .map(|person| person.number)
            .collect();
        assert_eq!(numbers.len(), session.people.len());
        let is_here_to_stay = |id: &PersonId| {
            let person = session.people.get(id);
            person.is_some_and(|person| !person.is_removed)
        };
        for person in session.people.values() {
            let has_group = |id| session.groups.iter().any(|group| group.id == id);
            assert!(person.group.is_none_or(has_group), "{person:?}");
        }
        for (id, draft) in &session.drafts {
            assert_eq!(*id, draft.note.note);
            assert!(is_here_to_stay(&draft.by));
            assert!(!session.wrote.contains_key(id), "draft and note at once");
        }
        let open = session.rounds.iter().filter(|round| round.is_open());
        assert!(open.count() <= 1);
        for (place, round) in session.rounds.iter().enumerate() {
            assert_eq!(usize::from(round.id.0), place + 1);
            let is_newest = place + 1 == session.rounds.len();
            assert!(is_newest || round.ballots.is_empty());
            for (voter, ballot) in &round.ballots {
                assert!(is_here_to_stay(voter));
                assert!(ballot.dots.values().all(|dots| *dots <= round.most_on_one));
                let sum: u32 = ballot.dots.values().map(|dots| u32::from(*dots)).sum();
                assert!((1..=u32::from(round.dots)).contains(&sum));
            }
        }
        for (who, restating) in &session.restating {
            assert!(is_here_to_stay(who) && is_here_to_stay(&restating.writer));
            let (says, wrote) = (session.hand(who), session.hand(&restating.writer));
            assert!(
                says != wrote || session.people[who].scribe.is_some(),
                "nobody says back what they typed"
            );
        }
        for (id, paper) in &session.people {
            let Some(scribe) = &paper.scribe else {
                continue;
            };
            assert!(!paper.leads() && id.as_str().starts_with("paper-"));
            assert!(paper.is_removed || is_here_to_stay(scribe));
            let scribe = &session.people[scribe];
            assert_eq!(scribe.scribe, None, "nobody writes for who writes");
        }
        let present = session.turns.as_ref().and_then(|turns| turns.present());
        assert!(present.is_none_or(|turn| is_here_to_stay(&turn.person)));
    }
}

fn known(id: &str, kind: NoteKind, text: &str) -> KnownNote {
    KnownNote {
        id: id.into(),
        kind,
        text: text.to_owned(),
        cluster: None,
        voice: None,
        lived: false,
    }
}

/// Two phases of the problem, one of ideas; the fourth is another day's.
fn script() -> Script {
    let phase = |id: u16, kind, minutes, writing, sitting| Phase {
        id: PhaseId(id),
        title: LocalizedText::own(&format!("Phase {id}")),
        prompt: LocalizedText::own("Tell"),
        kinds: vec![kind],
        minutes,
        writing,
        tools: Vec::new(),
        sitting,
    };
    let voice = |id: &str| Voice {
        id: id.into(),
        name: LocalizedText::own(id),
        is_last: id == "last",
    };
    Script {
        phases: vec![
            phase(1, NoteKind::Problem, 20, Writing::Silent, 0),
            phase(2, NoteKind::Problem, 15, Writing::Open, 0),
            phase(3, NoteKind::Idea, 5, Writing::Open, 0),
            phase(4, NoteKind::Plan, 30, Writing::Open, 1),
        ],
        voices: ["v0", "v1", "v2", "last"].map(voice).into(),
    }
}

fn draft(id: &str, text: &str) -> Command {
    Command::WriteDraft {
        note: DraftNote {
            note: id.into(),
            kind: "problem".to_owned(),
            text: text.to_owned(),
            voice: None,
            for_whom: None,
            lived: false,
            born: None,
            photo: None,
            who: None,
            when: None,
        },
    }
}

/// The same, as a voice.
fn draft_as(id: &str, voice: &str) -> Command {
    let Command::WriteDraft { mut note } = draft(id, "as a voice") else {
        unreachable!()
    };
    note.voice = Some(voice.into());
    Command::WriteDraft { note }
}

/// The same for somebody without a device.
fn draft_for(whom: &str, id: &str, text: &str) -> Command {
    let Command::WriteDraft { mut note } = draft(id, text) else {
        unreachable!()
    };
    note.for_whom = Some(whom.into());
    Command::WriteDraft { note }
}

fn posted(outcome: &Outcome) -> Vec<&str> {
    let posts = outcome.edits.iter().filter_map(|edit| match edit {
        Edit::Post { draft, .. } => Some(draft.note.note.as_str()),
        _ => None,
    });
    posts.collect()
}
