//! Takes back all that one person did on a board, and nothing of what others did meanwhile.
//!
//! The whole log is played once more. After each record we look at what changed and note, for every
//! field and every letter, whether it was that person's doing or another's ([`doers`], [`thing`],
//! [`letters`]). In the end each field that they set last gets the value that others
//! gave it last, their letters go, and letters that they erased come back.
//!
//! * A field that others set after them stays as it is.
//! * What they deleted comes back, without their letters; also what the board has taken away for good since.
//!   What they brought back goes again.
//! * What they made goes. But a note in which others wrote (in its text, or an answer about a habit or
//!   a plan) stays with the others' words, and so does a cluster that others named or put notes in.
//!   Of such a thing, place and kind stay as well, for it must be somewhere; the voice, the name and
//!   the marks that they gave it go.
//!
//! Not Yrs's own undo, for two reasons: where the two sides set a field in turn it may bring back a
//! value that others had long replaced, and it takes a note with others' text in it away.

mod doers;
#[cfg(test)]
mod histories;
mod letters;
#[cfg(test)]
mod tests;
mod thing;

use crate::log::{Kind, Record};
use bytes::Bytes;
use doers::Doers;
use letters::Step;
use samtavle_shared::schema::CLUSTER;
use samtavle_shared::{
    board::{Board, BoardChange, Made},
    guard::Naming,
    ids::PersonId,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use thing::Thing;
use yrs::{
    Any, DeepObservable, Map, MapRef, Out, ReadTxn, Transact,
    types::{Delta, Event, PathSegment},
};

/// Who did something, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doer {
    /// The person whose doings are taken back.
    Them,
    /// Anybody else, or the server.
    Others,
}

/// The update that takes back what `person` did, made under this Yjs client id, which must be nobody's.
/// `records` is the whole log of the board; `naming` is what the board tells of who wrote by now: names
/// that it has forgotten do not come back with a note. `None`: there is nothing to take back.
///
/// Takes as long as opening the board without a checkpoint: call it off the async threads.
pub(crate) fn take_back(
    records: &[Record],
    person: &PersonId,
    naming: Naming,
    client: u64,
) -> Option<Bytes> {
    let board = Board::new(client);
    let mut ledger = Ledger::of(&board);
    let doers = Doers::known(records, person);
    for record in records.iter().filter(|record| record.kind == Kind::Update) {
        for (doer, update) in doers.parts(record) {
            // A record that does not apply is set aside when the board is opened; here it changes nothing.
            let _ = board.apply(&update, Made::Elsewhere);
            ledger.enter(&board, doer);
            board.take_updates();
        }
    }
    ledger.restore(&board, naming);
    let update = board.take_updates().pop()?;
    (update.bytes != [0, 0]).then(|| update.bytes.into())
}

/// Which root, and the id there. The board's own fields have none: [`META`].
type Name = (usize, String);

const NOTES: usize = 0;
const CLUSTERS: usize = 1;
const LINKS: usize = 2;
const IMAGES: usize = 3;
const META: usize = 4;

/// A text of a thing: the name of its field.
type TextName = (Name, String);
/// What one record does to texts, step by step.
type Steps = Arc<Mutex<BTreeMap<TextName, Vec<Step>>>>;

/// All things that ever were on the board.
struct Ledger {
    roots: [MapRef; 5],
    steps: Steps,
    things: BTreeMap<Name, Thing>,
}

impl Ledger {
    fn of(board: &Board) -> Self {
        let root = |name| board.doc().get_or_insert_map(name);
        let roots = ["notes", "clusters", "links", "images", "meta"].map(root);
        let steps = Steps::default();
        for (number, root) in roots.iter().enumerate() {
            observe(number, root, &steps);
        }
        Self {
            roots,
            steps,
            things: BTreeMap::new(),
        }
    }

    /// Notes whose doing it is, what changed on the board since this was last called.
    fn enter(&mut self, board: &Board, doer: Doer) {
        let txn = board.doc().transact();
        let mut steps = std::mem::take(&mut *locked(&self.steps));
        for change in board.take_changes() {
            let name = match change {
                BoardChange::Note(id) => (NOTES, id.to_string()),
                BoardChange::Cluster(id) => (CLUSTERS, id.to_string()),
                BoardChange::Link(id) => (LINKS, id.to_string()),
                BoardChange::Image(id) => (IMAGES, id.to_string()),
                BoardChange::Meta => (META, String::new()),
            };
            let map = self.map_of(&txn, &name);
            let thing = self.things.entry(name.clone()).or_insert_with(Thing::new);
            let was_away = thing.was_away();
            thing.enters(map.is_some(), doer);
            if let Some(map) = map {
                if let Some(deleter) = was_away {
                    thing.comes_back(&txn, &map, deleter, doer);
                }
                thing.is_gone_in(&txn, &map, doer);
                let steps_of = |field: &str| {
                    steps
                        .remove(&(name.clone(), field.to_owned()))
                        .unwrap_or_default()
                };
                thing::enter_fields(thing, &txn, &map, steps_of, doer);
            }
        }
    }

    fn map_of<T: ReadTxn>(&self, txn: &T, (root, id): &Name) -> Option<MapRef> {
        if *root == META {
            return Some(self.roots[META].clone());
        }
        match self.roots[*root].get(txn, id) {
            Some(Out::YMap(map)) => Some(map),
            _ => None,
        }
    }

    /// Writes all that was found into the board, as one change.
    fn restore(&self, board: &Board, naming: Naming) {
        let lived_in = self.clusters_of_others();
        let mut txn = board.doc().transact_mut();
        for (name, thing) in &self.things {
            let stays = name.0 == META
                || match thing.is_there.by {
                    Doer::Others => thing.is_there.now,
                    Doer::Them if thing.is_there.others => true,
                    Doer::Them => {
                        // What they both made and deleted is nobody's any more.
                        let is_lived_in = name.0 == CLUSTERS && lived_in.contains(&name.1);
                        thing.is_there.now && (thing.holds_words_of_others() || is_lived_in)
                    }
                };
            match (self.map_of(&txn, name), stays) {
                (Some(map), true) => thing::restore_in_place(thing, &mut txn, &map, naming),
                (Some(_), false) => {
                    self.roots[name.0].remove(&mut txn, &name.1);
                }
                (None, true) if thing.gone.restored().is_none() => {
                    let map = thing::anew(thing, naming);
                    self.roots[name.0].insert(&mut txn, name.1.clone(), map);
                }
                (None, _) => {}
            }
        }
    }

    /// The clusters that somebody else put a note in that stays.
    fn clusters_of_others(&self) -> BTreeSet<String> {
        let notes = self.things.iter().filter(|((root, _), _)| *root == NOTES);
        notes
            .filter(|(_, note)| {
                let stays = note.is_there.now && note.holds_words_of_others();
                (!note.is_theirs() && note.is_there.others) || stays
            })
            .filter(|(_, note)| note.gone.restored().is_none())
            .filter_map(|(_, note)| match &note.fields.get(CLUSTER)?.others {
                Some(Any::String(cluster)) => Some(cluster.to_string()),
                _ => None,
            })
            .collect()
    }
}

/// Collects what transactions do to the texts below a root.
fn observe(number: usize, root: &MapRef, steps: &Steps) {
    let steps = Arc::clone(steps);
    root.observe_deep("take-back", move |txn, events| {
        for event in events.iter() {
            let Event::Text(text) = event else { continue };
            let path: Vec<PathSegment> = event.path().into();
            let name = match &path[..] {
                [PathSegment::Key(field)] if number == META => (String::new(), field),
                [PathSegment::Key(id), PathSegment::Key(field)] => (id.to_string(), field),
                _ => continue,
            };
            let taken = text.delta(txn).iter().map(|delta| match delta {
                Delta::Retain(units, _) => Step::Pass(*units),
                Delta::Deleted(units) => Step::Erase(*units),
                Delta::Inserted(Out::Any(Any::String(letters)), _) => {
                    Step::Write(letters.to_string())
                }
                Delta::Inserted(..) => Step::Pass(0),
            });
            let name = ((number, name.0), name.1.to_string());
            locked(&steps).insert(name, taken.collect());
        }
    });
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
