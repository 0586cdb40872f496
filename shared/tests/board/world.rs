//! Several replicas that hear of each other late, twice, in any order, or not at all for a while.

use crate::hands::{Doing, Hands};
use proptest::prelude::*;
use samtavle_shared::{
    board::*,
    geometry::{BoardPoint, Size},
    guard::{Guard, Naming, Permission, Rejection},
    ids::{ClusterId, ImageId, NoteId, PhotoId, ReactionId, VoiceId},
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

pub(crate) const REPLICAS: usize = 3;
const WRITE: Permission = Permission::Write(Naming::Voices);

pub(crate) fn note_id(n: u8) -> NoteId {
    NoteId::from(format!("note-{n}").as_str())
}

pub(crate) fn cluster_id(n: u8) -> ClusterId {
    ClusterId::from(format!("cluster-{n}").as_str())
}

pub(crate) fn image_id(n: u8) -> ImageId {
    ImageId::from(format!("image-{n}").as_str())
}

fn new_image(n: u8) -> NewImage {
    let at = f64::from(n) * 10.0;
    NewImage {
        id: image_id(n),
        pos: BoardPoint::new(at, at),
        size: Size {
            width: 400.0,
            height: 300.0,
        },
        photo: PhotoId::from_random([n; 16]),
        alt: String::new(),
    }
}

pub(crate) fn reaction(n: u8) -> Reaction {
    Reaction {
        id: ReactionId::from(format!("{n}").as_str()),
        kind: ReactionKind::ALL[usize::from(n) % 3],
    }
}

pub(crate) fn new_note(n: u8, text: &str) -> NewNote {
    let at = 1_000.0 + f64::from(n) * 10.0;
    let kind = NoteKind::ALL[usize::from(n) % 4];
    NewNote::new(note_id(n), kind, BoardPoint::new(at, at), text, 0.0)
}

/// One thing that happens at a replica, or between two.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Add(u8),
    Write(u8, u32, String),
    Erase(u8, u32, u32),
    Move(u8, i32),
    Kind(u8, u8),
    Raise(u8),
    Lived(u8, bool),
    Voice(u8, u8),
    Plan(u8, u8, String),
    Answer(u8, String),
    React(u8, u8),
    TakeReactionBack(u8, u8),
    Delete(u8),
    Cluster(u8),
    Join(u8, u8),
    Leave(u8),
    Title(u8, String),
    Dissolve(u8),
    Picture(u8),
    MovePicture(u8, i32),
    Describe(u8, String),
    TakeOff(u8),
    /// Somebody takes their last step back.
    Undo,
    /// Somebody does again what they took back.
    Redo,
    /// Somebody takes an earlier step back by its name.
    TakeBackNamed(usize),
    /// One waiting update arrives: which one of those that wait, and whether it arrives again later.
    Hear(usize, bool),
    /// All that waits is lost; then the two sync.
    LoseAndSync(usize),
}

fn step(notes: u8) -> impl Strategy<Value = Step> {
    let note = 0..notes;
    let cluster = 0..notes.div_ceil(2);
    prop_oneof![
        3 => note.clone().prop_map(Step::Add),
        6 => (note.clone(), 0..20u32, "[a-zå👍]{1,3}").prop_map(|(n, at, text)| Step::Write(n, at, text)),
        2 => (note.clone(), 0..20u32, 1..4u32).prop_map(|(n, at, len)| Step::Erase(n, at, len)),
        3 => (note.clone(), -500..500i32).prop_map(|(n, to)| Step::Move(n, to)),
        1 => (note.clone(), 0..4u8).prop_map(|(n, kind)| Step::Kind(n, kind)),
        1 => note.clone().prop_map(Step::Raise),
        1 => (note.clone(), any::<bool>()).prop_map(|(n, lived)| Step::Lived(n, lived)),
        1 => (note.clone(), 0..3u8).prop_map(|(n, voice)| Step::Voice(n, voice)),
        2 => (note.clone(), 0..5u8, "[a-z]{0,3}").prop_map(|(n, field, words)| Step::Plan(n, field, words)),
        1 => (note.clone(), "[a-z]{0,3}").prop_map(|(n, words)| Step::Answer(n, words)),
        2 => (note.clone(), 0..9u8).prop_map(|(n, id)| Step::React(n, id)),
        1 => (note.clone(), 0..9u8).prop_map(|(n, id)| Step::TakeReactionBack(n, id)),
        1 => note.clone().prop_map(Step::Delete),
        2 => cluster.clone().prop_map(Step::Cluster),
        3 => (note.clone(), cluster.clone()).prop_map(|(n, c)| Step::Join(n, c)),
        1 => note.prop_map(Step::Leave),
        1 => (cluster.clone(), "[a-z]{1,4}").prop_map(|(c, text)| Step::Title(c, text)),
        1 => cluster.prop_map(Step::Dissolve),
        2 => (0..2u8).prop_map(Step::Picture),
        2 => (0..2u8, -500..500i32).prop_map(|(n, to)| Step::MovePicture(n, to)),
        1 => (0..2u8, "[a-z]{0,3}").prop_map(|(n, words)| Step::Describe(n, words)),
        1 => (0..2u8).prop_map(Step::TakeOff),
        6 => Just(Step::Undo),
        3 => Just(Step::Redo),
        1 => any::<usize>().prop_map(Step::TakeBackNamed),
        8 => (any::<usize>(), any::<bool>()).prop_map(|(which, again)| Step::Hear(which, again)),
        1 => (0..REPLICAS).prop_map(Step::LoseAndSync),
    ]
}

/// Steps of several people on so many notes, each of whom writes with letters of their own.
pub(crate) fn deeds(notes: u8, most: usize) -> impl Strategy<Value = Vec<(usize, Step)>> {
    let deed = (0..REPLICAS, step(notes)).prop_map(|(at, step)| {
        let own = |text: String| text.chars().map(|letter| own_letter(at, letter)).collect();
        let step = match step {
            Step::Write(note, place, text) => Step::Write(note, place, own(text)),
            Step::Title(cluster, text) => Step::Title(cluster, own(text)),
            Step::Describe(image, text) => Step::Describe(image, own(text)),
            other => other,
        };
        (at, step)
    });
    proptest::collection::vec(deed, 1..most)
}

/// A letter as this person writes it: nobody else has that one.
fn own_letter(at: usize, letter: char) -> char {
    let letters = OWN_LETTERS[at];
    let which = letter as usize % letters.chars().count();
    letters.chars().nth(which).unwrap_or_default()
}

/// Each person's letters.
pub(crate) const OWN_LETTERS: [&str; REPLICAS] = ["abcdefgh👍", "ijklmnop👎", "qrstuvwå👏"];

/// Each replica has a guard in front, as rooms do: what builds on updates that have not come yet is
/// not applied, and is heard again later.
pub(crate) struct World {
    pub(crate) boards: Vec<Board>,
    pub(crate) histories: Vec<History>,
    hands: Vec<Hands>,
    /// Where notes have ever lain.
    places: BTreeSet<String>,
    /// The steps that each replica made, to be taken back by name.
    steps: Vec<Vec<StepId>>,
    guards: Vec<Guard>,
    /// For each replica, the updates that are still on their way to it.
    waiting: Vec<Vec<Vec<u8>>>,
}

impl World {
    /// Each thing that somebody does is a step.
    pub(crate) fn new() -> Self {
        Self::by_clocks(ticking)
    }

    /// Some of what people do comes so soon that it is part of the step before.
    pub(crate) fn in_haste() -> Self {
        Self::by_clocks(hasty)
    }

    fn by_clocks(clock: fn() -> Clock) -> Self {
        let boards: Vec<Board> = (1..=REPLICAS as u64).map(Board::new).collect();
        Self {
            histories: (boards.iter())
                .map(|board| History::of(board, clock()))
                .collect(),
            boards,
            hands: (0..REPLICAS).map(Hands::of).collect(),
            places: BTreeSet::new(),
            steps: vec![Vec::new(); REPLICAS],
            guards: (0..REPLICAS).map(|_| Guard::new()).collect(),
            waiting: vec![Vec::new(); REPLICAS],
        }
    }

    /// Applies an update behind the guard; false when it must wait for others.
    fn admit(&mut self, at: usize, update: &[u8]) -> bool {
        match self.guards[at].check(update, WRITE) {
            Ok(admission) => {
                self.boards[at]
                    .apply(update, Made::Elsewhere)
                    .expect("what the guard admits has no gap");
                self.guards[at].admitted(admission);
                true
            }
            Err(Rejection::Gap) => false,
            Err(other) => panic!("an honest update was refused: {other}"),
        }
    }

    pub(crate) fn play(&mut self, at: usize, step: &Step) {
        let board = &self.boards[at];
        board.take_changes();
        let mut change = board.change(Made::Here);
        match step {
            Step::Add(n) => change.add_note(new_note(*n, "")),
            Step::Write(n, at, text) => {
                change.write_note(
                    &note_id(*n),
                    &TextEdit {
                        at: *at,
                        remove: 0,
                        insert: text.clone(),
                    },
                );
            }
            Step::Erase(n, at, len) => {
                change.write_note(
                    &note_id(*n),
                    &TextEdit {
                        at: *at,
                        remove: *len,
                        insert: String::new(),
                    },
                );
            }
            Step::Move(n, to) => {
                // One value for both: a mix of two drags would show as x different from y.
                change.move_note(
                    &note_id(*n),
                    BoardPoint::new(f64::from(*to), f64::from(*to)),
                );
            }
            Step::Kind(n, kind) => change.set_kind(&note_id(*n), NoteKind::ALL[usize::from(*kind)]),
            Step::Raise(n) => change.raise(&note_id(*n)),
            Step::Lived(n, true) => change.set_lived(&note_id(*n), Lived::Yes),
            Step::Lived(n, false) => change.set_lived(&note_id(*n), Lived::No),
            Step::Voice(n, voice) => {
                let voice = ["youth", "leader"].get(usize::from(*voice));
                let voice = voice.map(|&name| VoiceId::from(name));
                change.set_voice(&note_id(*n), voice.as_ref());
            }
            Step::Plan(n, field, words) => match PlanField::ALL.get(usize::from(*field)) {
                Some(field) => change.plan_field(&note_id(*n), *field, words),
                None => change.set_plan_state(&note_id(*n), PlanState::Trying),
            },
            Step::Answer(n, words) => {
                change.answer_habit(&note_id(*n), HabitQuestion::Gave, words);
            }
            Step::React(n, id) => change.react(&note_id(*n), &reaction(*id)),
            Step::TakeReactionBack(n, id) => {
                change.take_reaction_back(&note_id(*n), &reaction(*id).id);
            }
            Step::Delete(n) => change.delete_note(&note_id(*n), 9.0),
            Step::Cluster(c) => change.add_cluster(&cluster_id(*c), "", BoardPoint::default()),
            // Nobody puts a note where they see nothing.
            Step::Join(n, c) => {
                if change.view().cluster(&cluster_id(*c)).is_some() {
                    change.join_cluster(&note_id(*n), &cluster_id(*c));
                }
            }
            Step::Leave(n) => change.leave_cluster(&note_id(*n)),
            Step::Title(c, text) => {
                change.write_title(
                    &cluster_id(*c),
                    &TextEdit {
                        at: 0,
                        remove: 0,
                        insert: text.clone(),
                    },
                );
            }
            Step::Dissolve(c) => {
                let notes = change.view().notes().len();
                change.dissolve(&cluster_id(*c), 9.0);
                assert_eq!(
                    change.view().notes().len(),
                    notes,
                    "dissolving deletes no note"
                );
            }
            Step::Picture(n) => change.add_image(&new_image(*n)),
            Step::MovePicture(n, to) => {
                change.move_image(
                    &image_id(*n),
                    BoardPoint::new(f64::from(*to), f64::from(*to)),
                );
            }
            Step::Describe(n, words) => change.describe_image(&image_id(*n), words),
            Step::TakeOff(n) => change.remove_image(&image_id(*n), 9.0),
            Step::Undo | Step::Redo | Step::TakeBackNamed(_) => {
                drop(change);
                return self.turn(at, step);
            }
            Step::Hear(which, again) => {
                drop(change);
                return self.hear(at, *which, *again);
            }
            Step::LoseAndSync(other) => {
                drop(change);
                self.waiting[at].clear();
                return self.sync(at, *other);
            }
        }
        drop(change);
        self.steps[at].extend(self.histories[at].last_step());
        self.see(at, Doing::Own);
        self.send(at);
    }

    /// Somebody takes a step back, or does it again; nothing of the others' goes with it.
    fn turn(&mut self, at: usize, step: &Step) {
        let (history, steps) = (&mut self.histories[at], &self.steps[at]);
        let doing = match step {
            Step::Redo => Doing::Redo,
            _ => Doing::Undo,
        };
        let undone = match step {
            Step::Redo => history.redo(),
            Step::TakeBackNamed(which) if !steps.is_empty() => {
                history.undo_step(steps[which % steps.len()])
            }
            _ => history.undo(),
        };
        let changes = self.boards[at].take_changes();
        if matches!(undone, Undone::ChangedSince | Undone::Nothing) {
            assert!(changes.is_empty(), "{undone:?} and yet {changes:?}");
        }
        self.hands[at].check(&self.boards[at], doing, &self.places);
        self.see(at, doing);
        self.send(at);
    }

    fn see(&mut self, at: usize, doing: Doing) {
        self.hands[at].see(&self.boards[at], doing);
        self.places.extend(self.hands[at].places().cloned());
        self.boards[at].take_changes();
    }

    pub(crate) fn send(&mut self, from: usize) {
        for update in self.boards[from].take_updates() {
            if update.made != Made::Here {
                continue;
            }
            let own = self.guards[from].check(&update.bytes, WRITE);
            self.guards[from].admitted(own.expect("what we write ourselves follows on"));
            for (to, waiting) in self.waiting.iter_mut().enumerate() {
                if to != from {
                    waiting.push(update.bytes.clone());
                }
            }
        }
    }

    fn hear(&mut self, at: usize, which: usize, again: bool) {
        if self.waiting[at].is_empty() {
            return;
        }
        let which = which % self.waiting[at].len();
        let update = self.waiting[at][which].clone();
        if self.admit(at, &update) && !again {
            self.waiting[at].swap_remove(which);
        }
        self.see(at, Doing::Others);
    }

    pub(crate) fn sync(&mut self, a: usize, b: usize) {
        self.send(a);
        self.send(b);
        for (to, from) in [(a, b), (b, a)] {
            let missing = self.boards[from]
                .missing_from(&self.boards[to].state_vector())
                .expect("a replica's state vector decodes");
            assert!(self.admit(to, &missing), "what was asked for has no gap");
            self.see(to, Doing::Others);
        }
    }

    /// Everyone hears everything at last.
    pub(crate) fn settle(&mut self) {
        for _ in 0..2 {
            for a in 0..REPLICAS {
                for b in 0..a {
                    self.sync(a, b);
                }
            }
        }
    }
}

/// A clock in which every look is a second later.
pub(crate) fn ticking() -> Clock {
    let now = AtomicU64::new(1);
    Arc::new(move || now.fetch_add(1000, Ordering::Relaxed))
}

/// A clock in which every third look comes at once, and the others a second later.
fn hasty() -> Clock {
    let looks = AtomicU64::new(0);
    Arc::new(move || {
        let look = looks.fetch_add(1, Ordering::Relaxed);
        1 + 1000 * (look - look / 3)
    })
}
