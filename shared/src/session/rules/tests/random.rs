//! Random command sequences: whatever people do, in whatever order, with the clock jumping about, the
//! session is never in an invalid state, never tells a secret, and never loses a note.

use super::{
    steps::{PEOPLE, Step, note_id, paper, step},
    *,
};
use crate::session::Verdict;
use proptest::prelude::*;

/// A hall, and what a test remembers of it.
struct Story {
    hall: Hall,
    /// Drafts that were taken, by note: who typed them, and what they say.
    drafts: BTreeMap<NoteId, (String, String)>,
    /// Notes that came to the board.
    posted: BTreeSet<NoteId>,
    written: usize,
    done: usize,
}

impl Story {
    fn begin() -> Self {
        let mut hall = Hall::with(&["kari", "ola", "per"]);
        hall.arrives("siv", Role::Facilitator).unwrap();
        let mut habit = known("n23", NoteKind::Habit, "we never ask");
        habit.cluster = Some("c1".into());
        hall.world.notes.insert("n23".into(), habit);
        Self {
            hall,
            drafts: BTreeMap::new(),
            posted: BTreeSet::new(),
            written: 0,
            done: 0,
        }
    }

    fn goes(&mut self, step: Step) {
        match step {
            Step::Asks(who, command) => {
                let dropped = match &command {
                    Command::DropDraft { note } => Some(note.clone()),
                    _ => None,
                };
                let removed = match &command {
                    Command::Remove { person } => Some(person.to_string()),
                    _ => None,
                };
                let session = &self.hall.session;
                let went = (session.drafts.values())
                    .filter(|draft| removed.as_deref() == Some(draft.by.as_str()))
                    .map(|draft| draft.note.note.clone())
                    .collect::<BTreeSet<_>>();
                if self.asks(who, command) {
                    self.drafts.retain(|note, (by, _)| {
                        dropped.as_ref() != Some(note)
                            && removed.as_ref() != Some(by)
                            && !went.contains(note)
                    });
                }
            }
            Step::Presses(who) => {
                let session = &self.hall.session;
                let (from, step) = (session.stage().phase(), session.next_step());
                self.asks(who, Command::Next { from, step });
            }
            Step::Writes(who, number) => self.writes(who, None, number),
            Step::WritesFor(who, whom, number) => self.writes(who, Some(paper(whom)), number),
            Step::Posts(who, number) => {
                let id = note_id(number);
                let session = &self.hall.session;
                let may = session
                    .people
                    .get(&PEOPLE[who].into())
                    .is_some_and(|person| !person.is_removed);
                let is_new = !self.hall.world.notes.contains_key(&id.as_str().into())
                    && !session.drafts.contains_key(&id.as_str().into());
                if may && is_new {
                    self.hall
                        .posts(PEOPLE[who], &id, &format!("a matter of {}", PEOPLE[who]));
                }
            }
            Step::Restates(who) => {
                if let Some((note, _)) = self.hall.own(PEOPLE[who]).say_back {
                    let text = format!("as {} says it", PEOPLE[who]);
                    self.asks(
                        who,
                        Command::Restate {
                            note,
                            text,
                            for_whom: None,
                        },
                    );
                }
            }
            Step::Judges(who, confirms) => {
                if let Some(said) = self.hall.own(PEOPLE[who]).to_judge.first().cloned() {
                    let verdict = if confirms {
                        Verdict::Confirmed
                    } else {
                        Verdict::Corrected("no".into())
                    };
                    self.asks(
                        who,
                        Command::Judge {
                            note: said.note,
                            by: said.by,
                            verdict,
                        },
                    );
                }
            }
            Step::Arrives(who) => {
                let role = if who < 2 {
                    Role::Facilitator
                } else {
                    Role::Participant
                };
                if PEOPLE[who] != "nobody" {
                    let _ = self.hall.arrives(PEOPLE[who], role);
                }
            }
            Step::Leaves(who) => self.hall.leaves(PEOPLE[who]),
            Step::Clock(hours) => {
                let now = self.hall.world.now;
                self.hall.world.now = now.saturating_add_signed(hours * 60 * MINUTE.cast_signed());
            }
            Step::Sees(who, number) => {
                let seen = self.hall.world.seen.entry(PEOPLE[who].into()).or_default();
                seen.insert(note_id(number).as_str().into());
            }
        }
        self.tells_no_secret();
        self.has_lost_nothing();
    }

    fn asks(&mut self, who: usize, command: Command) -> bool {
        let decision = self.hall.asks(PEOPLE[who], command);
        if let Ok(outcome) = &decision {
            self.done += 1;
            self.posted
                .extend(posted(outcome).into_iter().map(NoteId::from));
        }
        decision.is_ok()
    }

    fn writes(&mut self, who: usize, for_whom: Option<PersonId>, number: u8) {
        let id = note_id(number);
        self.written += 1;
        let text = format!("secret-{}-of-{}", self.written, PEOPLE[who]);
        let command = match for_whom {
            None => draft(&id, &text),
            Some(whom) => draft_for(whom.as_str(), &id, &text),
        };
        let Ok(outcome) = self.hall.asks(PEOPLE[who], command) else {
            return;
        };
        self.done += 1;
        for event in &outcome.events {
            match event {
                Event::Draft(note, Some(draft)) => {
                    self.drafts.insert(
                        note.clone(),
                        (PEOPLE[who].to_owned(), draft.note.text.clone()),
                    );
                }
                Event::Wrote(note, _) => _ = self.drafts.remove(note),
                _ => {}
            }
        }
        self.posted
            .extend(posted(&outcome).into_iter().map(NoteId::from));
    }

    /// No view of anybody holds another's draft; none holds a ballot but of who gave it; what all see
    /// names nobody.
    fn tells_no_secret(&self) {
        let session = &self.hall.session;
        let secrets: Vec<(&str, &str)> = (session.drafts.values())
            .map(|draft| (session.hand(&draft.by).as_str(), draft.note.text.as_str()))
            .collect();
        let shared = serde_json::to_string(&session.shared_view()).unwrap();
        let lead = serde_json::to_string(&session.lead_view(&self.hall.world.here)).unwrap();
        for (_, secret) in &secrets {
            assert!(
                !shared.contains(secret) && !lead.contains(secret),
                "{secret}"
            );
        }
        for who in PEOPLE {
            let view = session.own_view(&who.into());
            let own = serde_json::to_string(&view).unwrap();
            for (by, secret) in &secrets {
                assert_eq!(
                    own.contains(&format!("\"{secret}\"")),
                    *by == who,
                    "{who}: {secret}"
                );
            }
            for round in &session.rounds {
                let last = session
                    .rounds
                    .last()
                    .is_some_and(|last| last.id == round.id);
                let gave = round.ballots.get(&who.into()).filter(|_| last);
                let shown = gave.filter(|_| round.is_open());
                assert!(shown.is_none_or(|ballot| ballot.dots == view.dots));
                assert!(gave.is_none() || shown.is_some() || view.dots.is_empty());
            }
            for paper in &view.paper {
                let person = &session.people[&paper.person];
                assert_eq!(person.scribe.as_ref().map(PersonId::as_str), Some(who));
            }
        }
        let view = session.shared_view();
        if let Some(round) = view.round.filter(|round| round.is_open) {
            assert_eq!(round.result, None);
        }
        for person in session.people.keys() {
            // The round names who speaks, as they like to be called: here like their id.
            let shared = shared.replace(&format!("\"name\":\"{person}\""), "");
            assert!(
                !shared.contains(&format!("\"{person}\"")),
                "{person} in what all see"
            );
        }
    }

    /// Each draft that was taken is a draft, or on the board, or was thrown away by its writer, or went
    /// with them.
    fn has_lost_nothing(&self) {
        let session = &self.hall.session;
        for (note, (by, text)) in &self.drafts {
            let is_draft = session
                .drafts
                .get(note)
                .is_some_and(|draft| draft.note.text == *text);
            assert!(
                is_draft || self.posted.contains(note),
                "{note} of {by} is lost"
            );
        }
    }
}

/// Each has some hundred commands, with all views looked through after each; `PROPTEST_CASES` for more.
fn cases() -> u32 {
    let said = std::env::var("PROPTEST_CASES").ok();
    said.and_then(|cases| cases.parse().ok()).unwrap_or(32)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn no_sequence_of_commands_breaks_it_tells_a_secret_or_loses_a_note(
        steps in prop::collection::vec(step(), 1..160),
    ) {
        let mut story = Story::begin();
        for step in steps {
            story.goes(step);
        }
        // The log tells it again, to the last dot.
        let (from_what_counts, _) = story.hall.again_from_what_counts();
        prop_assert_eq!(&from_what_counts, &story.hall.session);
        prop_assert_eq!(story.hall.again(), story.hall.session);
    }
}

#[test]
fn random_sequences_do_something() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let (mut done, mut posted, mut closed) = (0, 0, 0);
    for _ in 0..80 {
        let steps = prop::collection::vec(step(), 150)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let mut story = Story::begin();
        for step in steps {
            story.goes(step);
        }
        done += story.done;
        posted += story.posted.len();
        closed += story
            .hall
            .session
            .rounds
            .iter()
            .filter(|round| !round.is_open())
            .count();
    }
    assert!(
        done > 500 && posted > 50 && closed > 3,
        "{done} done, {posted} posted, {closed} rounds"
    );
}
