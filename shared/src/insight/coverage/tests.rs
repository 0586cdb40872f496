//! A small board on coming home from hospital.

use super::*;
use proptest::prelude::*;

/// A note: id, kind, voice, cluster; empty for none.
type Row = (&'static str, NoteKind, &'static str, &'static str);

/// A note as a test owns it.
struct Note {
    id: NoteId,
    kind: NoteKind,
    voice: Option<VoiceId>,
    cluster: Option<ClusterId>,
    text: &'static str,
}

/// What a test owns and [`Gathered`] borrows.
#[derive(Default)]
struct Board {
    notes: Vec<Note>,
    clusters: Vec<ClusterId>,
    links: Vec<Link>,
    voices: Vec<VoiceId>,
    broken: BTreeSet<NoteId>,
    born: Vec<Born>,
}

impl Board {
    fn with(rows: &[Row]) -> Self {
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        Self {
            notes: (rows.iter())
                .map(|&(id, kind, voice, cluster)| Note {
                    id: id.into(),
                    kind,
                    voice: some(voice).map(VoiceId::from),
                    cluster: some(cluster).map(ClusterId::from),
                    text: "Noe",
                })
                .collect(),
            clusters: vec!["home".into(), "bus".into()],
            voices: vec!["youth".into(), "patient".into(), "leader".into()],
            ..Self::default()
        }
    }

    fn link(mut self, from: &str, kind: LinkKind, to: &str) -> Self {
        let item = |text: &str| match text.strip_prefix('#') {
            Some(cluster) => ItemId::Cluster(cluster.into()),
            None => ItemId::Note(text.into()),
        };
        self.links.push(Link {
            id: self.links.len().to_string().as_str().into(),
            from: item(from),
            to: item(to),
            kind,
        });
        self
    }

    fn insights(&self) -> Insights {
        let notes: Vec<Thought> = (self.notes.iter())
            .map(|note| Thought {
                id: &note.id,
                kind: note.kind,
                text: note.text,
                cluster: note.cluster.as_ref(),
                voice: note.voice.as_ref(),
                lived: false,
            })
            .collect();
        Insights::of(&Gathered {
            notes: &notes,
            clusters: &self.clusters,
            links: &self.links,
            voices: &self.voices,
            broken: &self.broken,
            born: &self.born.iter().collect::<Vec<_>>(),
        })
    }
}

fn ids(list: &[&str]) -> Vec<NoteId> {
    list.iter().map(|&id| id.into()).collect()
}

use LinkKind::{Answers, Causes, Tests};
use NoteKind::{Habit, Idea, Plan, Problem};

#[test]
fn a_problem_is_answered_by_an_idea_to_it_or_to_its_cluster() {
    let board = Board::with(&[
        ("p1", Problem, "", ""),
        ("p2", Problem, "", "home"),
        ("p3", Problem, "", "bus"),
        ("i1", Idea, "", ""),
        ("i2", Idea, "", ""),
        ("i3", Idea, "", ""),
    ])
    .link("i1", Answers, "p1")
    .link("i2", Answers, "#home");
    let insights = board.insights();
    assert_eq!(insights.unanswered_problems, ids(&["p3"]));
    assert_eq!(insights.ideas_that_answer_none, ids(&["i3"]));
}

#[test]
fn a_cluster_of_ideas_answers_for_each_idea_in_it() {
    let board = Board::with(&[
        ("p", Problem, "", ""),
        ("i1", Idea, "", "home"),
        ("i2", Idea, "", "home"),
    ])
    .link("#home", Answers, "p");
    assert_eq!(board.insights().unanswered_problems, []);
    assert_eq!(board.insights().ideas_that_answer_none, []);
}

#[test]
fn only_an_idea_answers_and_only_what_is_there() {
    let board = Board::with(&[
        ("p1", Problem, "", ""),
        ("p2", Problem, "", ""),
        ("i", Idea, "", ""),
    ])
    .link("p1", Answers, "p2")
    .link("i", Answers, "gone")
    .link("i", Causes, "p1");
    let insights = board.insights();
    assert_eq!(insights.unanswered_problems, ids(&["p1", "p2"]));
    assert_eq!(insights.ideas_that_answer_none, ids(&["i"]));
}

#[test]
fn a_habit_is_touched_when_it_causes_something_is_answered_tested_or_broken() {
    let mut board = Board::with(&[
        ("causes", Habit, "", ""),
        ("answered", Habit, "", ""),
        ("tested", Habit, "", ""),
        ("broken", Habit, "", ""),
        ("untouched", Habit, "", ""),
        ("loose", Habit, "", ""),
        ("p", Problem, "", ""),
        ("i", Idea, "", ""),
        ("plan", Plan, "", ""),
    ])
    .link("causes", Causes, "p")
    .link("loose", Causes, "gone")
    .link("i", Answers, "answered")
    .link("plan", Tests, "tested");
    board.broken.insert("broken".into());
    assert_eq!(
        board.insights().untouched_habits,
        ids(&["untouched", "loose"])
    );
}

#[test]
fn an_idea_has_a_plan_when_a_plan_tests_it_or_its_cluster() {
    let board = Board::with(&[
        ("i1", Idea, "", ""),
        ("i2", Idea, "", "home"),
        ("i3", Idea, "", ""),
        ("plan", Plan, "", ""),
    ])
    .link("plan", Tests, "i1")
    .link("plan", Tests, "#home")
    .link("i1", Tests, "i3");
    assert_eq!(board.insights().ideas_without_a_plan, ids(&["i3"]));
}

#[test]
fn voices_are_counted_and_the_silent_ones_named() {
    let board = Board::with(&[
        ("1", Problem, "youth", ""),
        ("2", Problem, "youth", ""),
        ("3", Problem, "leader", ""),
        ("4", Problem, "", ""),
        ("5", Problem, "former", ""),
    ]);
    let insights = board.insights();
    assert_eq!(insights.unheard_voices, [VoiceId::from("patient")]);
    let counts = [("youth", 2), ("patient", 0), ("leader", 1), ("former", 1)];
    assert_eq!(
        insights.notes_by_voice,
        counts.map(|(voice, count)| (VoiceId::from(voice), count))
    );
    assert_eq!(insights.notes_without_voice, 1);
    assert_eq!(insights.evenness, evenness(&[2, 0, 1, 1]));
}

#[test]
fn a_cluster_of_one_voice_is_told_with_that_voice() {
    let board = Board::with(&[
        ("1", Problem, "youth", "bus"),
        ("2", Problem, "youth", "bus"),
        ("3", Problem, "youth", "home"),
        ("4", Problem, "leader", "home"),
    ]);
    let insights = board.insights();
    assert_eq!(
        insights.clusters_of_one_voice,
        [("bus".into(), "youth".into())]
    );
    assert_eq!(
        insights.voices_behind,
        [("home".into(), 2), ("bus".into(), 1)]
    );
}

#[test]
fn whose_a_note_without_a_voice_is_nobody_knows() {
    let mut board = Board::with(&[
        ("1", Problem, "youth", "bus"),
        ("2", Problem, "", "bus"),
        ("3", Problem, "leader", "home"),
    ]);
    assert_eq!(
        board.insights().clusters_of_one_voice,
        [("home".into(), "leader".into())]
    );
    // Where there is one voice, that says nothing.
    board.voices = vec!["leader".into()];
    assert_eq!(board.insights().clusters_of_one_voice, []);
}

#[test]
fn notes_without_text_do_not_count() {
    let mut board = Board::with(&[("p", Problem, "youth", "bus")]);
    board.notes[0].text = " \n";
    let insights = board.insights();
    assert_eq!(insights.unanswered_problems, []);
    assert_eq!(insights.unheard_voices.len(), 3);
    assert_eq!(insights.voices_behind, []);
}

#[test]
fn what_came_of_the_disturbances_is_counted() {
    let mut board = Board::with(&[]);
    board.born = vec![
        Born::Note("1".into()),
        Born::Card("c".into()),
        Born::Card("d".into()),
        Born::Pair("1".into(), "2".into()),
        Born::Caught("3".into()),
    ];
    let births = board.insights().births;
    assert_eq!(births.by_disturbance(), 3);
    assert_eq!((births.by_far_pair, births.by_catcher), (1, 1));
}

proptest! {
    #[test]
    fn any_links_are_read_and_every_idea_is_either_linked_or_listed(
        links in proptest::collection::vec((0..9_usize, 0..4_usize, 0..9_usize), 0..20),
    ) {
        let names = ["p1", "p2", "h", "i1", "i2", "plan", "#home", "#bus", "gone"];
        let kinds = [Answers, Causes, Tests, LinkKind::Other];
        let mut board = Board::with(&[
            ("p1", Problem, "youth", "home"),
            ("p2", Problem, "", ""),
            ("h", Habit, "leader", "bus"),
            ("i1", Idea, "youth", ""),
            ("i2", Idea, "patient", "home"),
            ("plan", Plan, "", "bus"),
        ]);
        for &(from, kind, to) in &links {
            board = board.link(names[from], kinds[kind], names[to]);
        }
        let insights = board.insights();
        let answers = |from: usize| links.iter().any(|&(a, kind, to)| a == from && kind == 0 && to != 8);
        prop_assert_eq!(insights.ideas_that_answer_none.contains(&"i1".into()), !answers(3));
        prop_assert!(insights.ideas_without_a_plan.len() <= 2);
        prop_assert!(insights.unanswered_problems.len() <= 2);
    }
}
