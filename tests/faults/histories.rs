//! Random histories over real sockets: people of all kinds write, delete, move, cluster, undo, go and come, while the
//! server is stopped and killed. In the end everybody has the same board, and nothing is lost or there twice.

use crate::{chance, rounds};
use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};
use samtavle_shared::{
    board::{History, Made},
    geometry::BoardPoint,
    ids::{ClusterId, NoteId},
};
use samtavle_tests::{
    people::{Person, Way},
    server::Server,
    table::Table,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// What somebody does, or what happens to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Write,
    AddTo,
    Delete,
    Move,
    Cluster,
    Undo,
    Redo,
    Vanish,
    ComeBack,
    Kill,
    Stop,
}

/// Writing is what people do most; that a server goes is rare.
const ACTS: [(Act, u32); 11] = [
    (Act::Write, 24),
    (Act::AddTo, 16),
    (Act::Delete, 5),
    (Act::Move, 14),
    (Act::Cluster, 8),
    (Act::Undo, 12),
    (Act::Redo, 6),
    (Act::Vanish, 6),
    (Act::ComeBack, 6),
    (Act::Kill, 2),
    (Act::Stop, 1),
];

struct Participant {
    person: Person,
    history: History,
}

/// Everybody, and what must be there in the end.
struct World {
    server: Server,
    board: Table,
    people: Vec<Participant>,
    clock: Arc<AtomicU64>,
    written: usize,
    /// Of each note that was ever posted, the word that nobody else writes.
    words: BTreeMap<NoteId, String>,
    /// Those that somebody took away, by deleting or by undoing.
    taken_away: BTreeSet<NoteId>,
    done: BTreeMap<Act, usize>,
    /// All that was done, to be read when it ends badly.
    told: Vec<String>,
}

impl World {
    async fn new(few_people: usize) -> Self {
        let server = Server::start_with(&["--checkpoint-every", "25"]).await;
        let board = server.board("").await;
        let clock = Arc::new(AtomicU64::new(0));
        let mut people = Vec::new();
        for number in 0..few_people {
            let way = [Way::Socket, Way::Http, Way::Standard][number % 3];
            let person = board.join_by(way, &format!("P{number}")).await;
            let ticks = Arc::clone(&clock);
            let history = History::of(
                &person.state().board,
                Arc::new(move || ticks.load(Ordering::Relaxed)),
            );
            people.push(Participant { person, history });
        }
        Self {
            server,
            board,
            people,
            clock,
            written: 0,
            words: BTreeMap::new(),
            taken_away: BTreeSet::new(),
            done: BTreeMap::new(),
            told: Vec::new(),
        }
    }

    async fn act(&mut self, act: Act, chance: &mut StdRng) {
        self.clock.fetch_add(1000, Ordering::Relaxed); // each is a step of its own
        let who = chance.random_range(0..self.people.len());
        let did = match act {
            Act::Kill | Act::Stop => {
                if act == Act::Kill {
                    self.server.kill().await;
                } else {
                    self.server.stop().await;
                }
                self.server.start_again().await;
                true
            }
            Act::Vanish => {
                self.people[who].person.vanishes();
                true
            }
            Act::ComeBack => {
                self.people[who].person.comes_back().await;
                true
            }
            _ => self.gesture(act, who, chance).await,
        };
        if did {
            *self.done.entry(act).or_default() += 1;
        }
        self.told.push(format!("{who} {act:?} {did}"));
    }

    /// What somebody does on the board, with or without a network; false when there was nothing to do it with.
    async fn gesture(&mut self, act: Act, who: usize, chance: &mut StdRng) -> bool {
        let Participant { person, history } = &mut self.people[who];
        history.new_step();
        let there: Vec<NoteId> = {
            let notes = person.state().board.view().notes();
            notes.into_iter().map(|note| note.id).collect()
        };
        let note = there.choose(chance).cloned();
        match (act, note) {
            (Act::Write, _) => {
                self.written += 1;
                let word = format!("<{}>", self.written);
                let id = person.writes(&word).await;
                self.words.insert(id, word);
            }
            (Act::AddTo, Some(note)) => person.adds_to(&note, "+").await,
            (Act::Delete, Some(note)) => {
                person.deletes(&note).await;
                self.taken_away.insert(note);
            }
            (Act::Move, Some(note)) => {
                let to = BoardPoint::new(chance.random_range(0.0..900.0), 5.0);
                person.state().board.change(Made::Here).move_note(&note, to);
            }
            (Act::Cluster, Some(note)) => {
                let cluster = ClusterId::from_random(chance.random());
                let state = person.state();
                let mut gesture = state.board.change(Made::Here);
                gesture.add_cluster(&cluster, "", BoardPoint::default());
                gesture.join_cluster(&note, &cluster);
            }
            (Act::Undo | Act::Redo, _) => {
                if !history.can_undo() {
                    return false;
                }
                // That it changed nothing, for others had gone over it, is fine.
                let _ = history.undo();
                if act == Act::Redo {
                    let _ = history.redo();
                }
                let state = person.state();
                let view = state.board.view();
                let gone = there.into_iter().filter(|id| view.note(id).is_none());
                self.taken_away.extend(gone);
            }
            _ => return false,
        }
        let person = &self.people[who].person;
        person.sends_changes().await;
        true
    }

    /// Everybody comes back, and has the same.
    async fn comes_to_rest(&mut self) {
        for Participant { person, .. } in &self.people {
            person.comes_back().await;
        }
        let fresh = self.board.join("Fresh").await;
        for Participant { person, .. } in &self.people {
            let same = async {
                while shape(person) != shape(&fresh) {
                    tokio::time::sleep(Duration::from_millis(20)).await; // looks again
                }
            };
            let same = tokio::time::timeout(samtavle_tests::wire::PATIENCE, same).await;
            assert!(
                same.is_ok(),
                "{} has something else:\n{:?}\n{:?}\n{}",
                person.name,
                shape(person),
                shape(&fresh),
                self.told.join("\n")
            );
        }
        let texts = fresh.state().texts();
        for (id, word) in &self.words {
            let count = texts.iter().filter(|text| text.contains(word)).count();
            assert!(count <= 1, "{word} is there {count} times");
            assert!(
                count == 1 || self.taken_away.contains(id),
                "{word} is lost: {texts:?}\n{}",
                self.told.join("\n")
            );
        }
    }
}

/// All of somebody's board that two may not see differently.
fn shape(person: &Person) -> Vec<String> {
    let state = person.state();
    let mut notes: Vec<String> = state
        .board
        .view()
        .notes()
        .into_iter()
        .map(|note| {
            format!(
                "{} {:?} {:?} {:?} {:?}",
                note.id, note.kind, note.pos, note.cluster, note.text
            )
        })
        .collect();
    notes.sort();
    notes
}

#[tokio::test]
async fn whatever_people_and_the_server_do_all_have_the_same_and_nothing_is_lost_or_there_twice() {
    let mut chance = chance();
    for _ in 0..rounds(2) {
        let mut world = World::new(6).await;
        for _ in 0..160 {
            let act = ACTS.choose_weighted(&mut chance, |(_, weight)| *weight);
            let act = act.expect("there are weights").0;
            world.act(act, &mut chance).await;
        }
        world.comes_to_rest().await;
        for act in [Act::Write, Act::AddTo, Act::Move, Act::Undo, Act::Redo] {
            let times = world.done.get(&act).copied().unwrap_or_default();
            assert!(times > 0, "nobody did {act:?}: {:?}", world.done);
        }
    }
}
