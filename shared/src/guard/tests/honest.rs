//! Honest clients are never refused: what the JavaScript Yjs sends (recorded), and random histories
//! of three Yrs replicas that write, go offline, come back, undo and delete, while the board says
//! things of its own, and its server forgets some of it.

use super::room::{Room, apply, missing_from, replica, state, unhex, whole};
use crate::guard::{Permission, pieces};
use proptest::prelude::*;
use yrs::types::ToJson;
use yrs::undo::{Options as UndoOptions, UndoManager};
use yrs::{
    Any, Doc, Map, MapPrelim, Out, ReadTxn, StateVector, Text, TextPrelim, Transact, WriteTxn,
};

const NAMED: Permission = Permission::Write(crate::guard::Naming::Names);

/// Made by `honest_yjs.mjs`.
const STORIES: &str = include_str!("honest_yjs.jsonl");

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[test]
fn what_javascript_clients_send_is_admitted_and_read_alike() {
    for line in STORIES.lines() {
        let story: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = &story["name"];
        let mut room = Room::new();
        for (number, update) in story["updates"].as_array().unwrap().iter().enumerate() {
            let update = unhex(update.as_str().unwrap());
            let taken = room.writes(&update);
            assert!(taken.is_ok(), "{name}: update {number}: {taken:?}");
            room.must_agree();
        }
        for (client, clock) in story["clocks"].as_object().unwrap() {
            let client = client.parse().unwrap();
            assert_eq!(
                u64::from(room.guard.clock_of(client)),
                clock.as_u64().unwrap(),
                "{name}"
            );
        }
        for root in ["notes", "clusters", "links", "meta"] {
            let map = room.doc.get_or_insert_map(root);
            let json = serde_json::to_value(map.to_json(&room.doc.transact())).unwrap();
            // What JSON of JavaScript does not tell apart from other things is left out.
            let plain = |text: String| !text.contains("deep") && !text.contains("voice");
            if plain(json.to_string()) {
                assert_eq!(
                    numbers_as_floats(&json),
                    numbers_as_floats(&story["json"][root]),
                    "{name}"
                );
            }
        }
    }
}

/// Yrs tells 1 and 1.0 apart, JavaScript does not.
fn numbers_as_floats(json: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match json {
        Value::Number(number) => Value::from(number.as_f64().unwrap()),
        Value::Array(values) => values.iter().map(numbers_as_floats).collect(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| (key.clone(), numbers_as_floats(value)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// One thing that somebody does. Numbers are cut to what there is.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Writes,
    WritesIn(u32),
    Erases(u32),
    Moves(u8),
    Joins(Option<u8>),
    Deletes,
    Undoes,
    Redoes,
    Leaves,
    Returns,
    ReturnsWithEverything,
    ReturnsInPieces(u8),
    BoardSays(u8),
    ServerRestarts,
    ServerSaves,
    ServerForgets,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => Just(Deed::Writes),
        5 => any::<u32>().prop_map(Deed::WritesIn),
        3 => any::<u32>().prop_map(Deed::Erases),
        4 => any::<u8>().prop_map(Deed::Moves),
        2 => prop::option::of(0..3_u8).prop_map(Deed::Joins),
        1 => Just(Deed::Deletes),
        1 => Just(Deed::Undoes),
        1 => Just(Deed::Redoes),
        1 => Just(Deed::Leaves),
        1 => Just(Deed::Returns),
        1 => Just(Deed::ReturnsWithEverything),
        1 => any::<u8>().prop_map(Deed::ReturnsInPieces),
        2 => any::<u8>().prop_map(Deed::BoardSays),
        1 => Just(Deed::ServerRestarts),
        1 => Just(Deed::ServerSaves),
        1 => Just(Deed::ServerForgets),
    ]
}

struct Person {
    doc: Doc,
    undo: UndoManager<()>,
    is_here: bool,
}

struct Workshop {
    room: Room,
    people: Vec<Person>,
    notes: usize,
    /// All of the board as it was saved last.
    saved: Vec<u8>,
    /// How many clients the board itself has been.
    boards: u64,
}

impl Workshop {
    fn of(people: u64) -> Self {
        let person = |number| {
            let doc = replica(100 + 7 * number);
            let notes = doc.get_or_insert_map("notes");
            let options = UndoOptions {
                capture_timeout_millis: 0,
                ..UndoOptions::default()
            };
            let mut undo = UndoManager::with_options(options);
            undo.expand_scope(&doc, &notes);
            Person {
                doc,
                undo,
                is_here: true,
            }
        };
        Self {
            room: Room::new(),
            people: (0..people).map(person).collect(),
            notes: 0,
            saved: vec![0, 0],
            boards: 0,
        }
    }

    /// Somebody does something; whoever is here gets it through the room.
    fn act(&mut self, who: usize, which: usize, deed: Deed) {
        let before = state(&self.people[who].doc);
        let deleted_before = self.people[who].doc.transact().snapshot().delete_set;
        match deed {
            Deed::Leaves => self.people[who].is_here = false,
            Deed::Returns => self.hand_over(who, &state(&self.room.doc), usize::MAX),
            Deed::ReturnsWithEverything => self.hand_over(who, &StateVector::default(), usize::MAX),
            Deed::ReturnsInPieces(most) => {
                self.hand_over(who, &StateVector::default(), usize::from(most));
            }
            Deed::BoardSays(what) => self.board_says(which, what),
            Deed::ServerRestarts => self.restart(&whole(&self.room.doc)),
            Deed::ServerSaves => self.saved = whole(&self.room.doc),
            Deed::ServerForgets => {
                // Everybody's line breaks; what they have and the board has not, they hand over when
                // they come back.
                self.restart(&self.saved.clone());
                self.people
                    .iter_mut()
                    .for_each(|person| person.is_here = false);
            }
            Deed::Writes => {
                self.notes += 1;
                write_note(&self.people[who].doc, self.notes);
            }
            deed => do_to_a_note(&mut self.people[who], which, deed),
        }
        let doc = &self.people[who].doc;
        let has_changed =
            state(doc) != before || doc.transact().snapshot().delete_set != deleted_before;
        if self.people[who].is_here && has_changed {
            // What a client sends while it is here: its own new structs, and what it deleted.
            let update = missing_from(doc, &before);
            self.send(who, &update);
        }
    }

    fn send(&mut self, from: usize, update: &[u8]) {
        let admission = self.room.guard.check(update, NAMED);
        let anew = admission
            .ok()
            .and_then(|admission| admission.written_anew().map(<[u8]>::to_vec));
        let taken = self.room.writes(update);
        assert!(
            taken.is_ok(),
            "{taken:?}: {} on {}",
            hex(update),
            hex(&whole(&self.room.doc))
        );
        self.room.must_agree();
        for (number, person) in self.people.iter().enumerate() {
            if person.is_here && (number != from || anew.is_some()) {
                apply(&person.doc, anew.as_deref().unwrap_or(update));
            }
        }
        if let Some(anew) = anew {
            apply(&self.people[from].doc, &anew);
        }
    }

    /// The board says something of a note, as a client that nobody is.
    fn board_says(&mut self, which: usize, what: u8) {
        self.boards += 1;
        let board = replica(1_000 + self.boards);
        apply(&board, &whole(&self.room.doc));
        let before = state(&board);
        {
            let mut txn = board.transact_mut();
            let notes = txn.get_or_insert_map("notes");
            let mut ids: Vec<String> = notes.keys(&txn).map(String::from).collect();
            ids.sort();
            let Some(id) = ids.get(which % ids.len().max(1)) else {
                return;
            };
            let Some(Out::YMap(note)) = notes.get(&txn, id) else {
                return;
            };
            note.insert(&mut txn, "broken", format!("alle {what}"));
        }
        let update = missing_from(&board, &before);
        self.room.take(&update, Permission::Board).unwrap();
        for person in self.people.iter().filter(|person| person.is_here) {
            apply(&person.doc, &update);
        }
    }

    fn hand_over(&mut self, who: usize, known: &StateVector, most: usize) {
        let update = missing_from(&self.people[who].doc, known);
        for piece in pieces(&update, most).unwrap() {
            self.send(who, &piece);
        }
        let missing = missing_from(&self.room.doc, &state(&self.people[who].doc));
        apply(&self.people[who].doc, &missing);
        self.people[who].is_here = true;
        // Who knows what the room knows brings nothing new, and may say so without a right to write.
        let known = missing_from(&self.people[who].doc, &state(&self.room.doc));
        assert_eq!(self.room.take(&known, Permission::ReadOnly), Ok(false));
    }

    fn restart(&mut self, checkpoint: &[u8]) {
        self.room = Room::new();
        self.room.take(checkpoint, Permission::Log).unwrap();
        self.room.must_agree();
    }
}

fn write_note(doc: &Doc, number: usize) {
    let mut txn = doc.transact_mut();
    let notes = txn.get_or_insert_map("notes");
    let note = notes.insert(&mut txn, number.to_string(), MapPrelim::default());
    note.insert(&mut txn, "kind", "habit");
    note.insert(&mut txn, "pos", vec![1.5, 2.0]);
    note.insert(&mut txn, "text", TextPrelim::new("abc ø 🌍 def"));
    note.insert(&mut txn, "later", MapPrelim::from([("deep", 1)]));
}

fn do_to_a_note(person: &mut Person, which: usize, deed: Deed) {
    match deed {
        Deed::Undoes => {
            person.undo.undo_blocking();
            return;
        }
        Deed::Redoes => {
            person.undo.redo_blocking();
            return;
        }
        _ => {}
    }
    let mut txn = person.doc.transact_mut();
    let notes = txn.get_or_insert_map("notes");
    let mut ids: Vec<String> = notes.keys(&txn).map(String::from).collect();
    ids.sort();
    let Some(id) = ids.get(which % ids.len().max(1)) else {
        return;
    };
    let Some(Out::YMap(note)) = notes.get(&txn, id) else {
        return;
    };
    let text = match note.get(&txn, "text") {
        Some(Out::YText(text)) => Some(text),
        _ => None,
    };
    match (deed, text) {
        (Deed::WritesIn(at), Some(text)) => {
            let at = at % (text.len(&txn) + 1);
            text.insert(&mut txn, at, "æ🌍x");
        }
        (Deed::Erases(at), Some(text)) if text.len(&txn) > 0 => {
            let length = text.len(&txn);
            let at = at % length;
            text.remove_range(&mut txn, at, (length - at).min(2));
        }
        (Deed::Moves(to), _) => {
            note.insert(&mut txn, "pos", vec![f64::from(to), 0.5]);
        }
        (Deed::Joins(Some(cluster)), _) => {
            note.insert(&mut txn, "cluster", format!("c{cluster}"));
        }
        (Deed::Joins(None), _) => {
            note.insert(&mut txn, "cluster", Any::Null);
        }
        (Deed::Deletes, _) => {
            notes.remove(&mut txn, id);
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn three_replicas_are_never_refused(
        deeds in prop::collection::vec((0..3_usize, 0..8_usize, deed()), 1..60),
    ) {
        let mut workshop = Workshop::of(3);
        for (who, which, deed) in deeds {
            workshop.act(who, which, deed);
        }
        for who in [0, 1, 2, 0, 1, 2] {
            workshop.act(who, 0, Deed::Returns);
        }
        let said = |doc: &Doc| doc.get_or_insert_map("notes").to_json(&doc.transact());
        for person in &workshop.people {
            prop_assert_eq!(said(&person.doc), said(&workshop.room.doc));
        }
    }
}
