//! Whose hand is in what, as far as one replica has heard; and the rule of undo that follows from it: an undo
//! by one never takes away a note, word or field that another wrote, and leaves each note with kind and
//! place.

use crate::world::OWN_LETTERS;
use samtavle_shared::board::{Board, NoteKind};
use std::collections::{BTreeMap, BTreeSet};

const TEXT: &str = "text";

/// Who changed what is seen now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// The person here.
    Own,
    /// The person here, by taking a step back.
    Undo,
    /// The person here, by doing one again.
    Redo,
    /// Somebody else.
    Others,
}

/// A note, cluster or picture as it is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Thing {
    fields: BTreeMap<String, String>,
    text: String,
}

impl Thing {
    /// Its fields, and its text as one of them.
    fn values(&self) -> BTreeMap<String, String> {
        let text = (!self.text.is_empty()).then(|| (TEXT.to_owned(), self.text.clone()));
        self.fields.clone().into_iter().chain(text).collect()
    }
}

/// What is known of a thing.
#[derive(Debug, Default)]
struct Known {
    thing: Thing,
    /// The fields that somebody else set last.
    theirs: BTreeSet<String>,
    /// What each field has been since somebody else set it last, that included; `None`: it was not there.
    since_theirs: BTreeMap<String, BTreeSet<Option<String>>>,
    /// Somebody else had a hand in it.
    is_shared: bool,
    /// Somebody else changed it since something was last taken back here.
    is_changed: bool,
}

/// What one replica knows.
pub(crate) struct Hands {
    me: usize,
    known: BTreeMap<String, Known>,
    /// What was seen last.
    seen: BTreeMap<String, Thing>,
}

impl Hands {
    pub(crate) fn of(me: usize) -> Self {
        Self {
            me,
            known: BTreeMap::new(),
            seen: BTreeMap::new(),
        }
    }

    /// Where notes lie.
    pub(crate) fn places(&self) -> impl Iterator<Item = &String> {
        self.seen
            .values()
            .filter_map(|thing| thing.fields.get("pos"))
    }

    /// Takes note of what has changed, and by whom.
    pub(crate) fn see(&mut self, board: &Board, doing: Doing) {
        let now = things(board);
        for known in self.known.values_mut() {
            known.is_changed &= doing != Doing::Undo;
        }
        for (name, thing) in &now {
            let is_new = !self.known.contains_key(name);
            let was_seen = is_new || self.seen.contains_key(name);
            let known = self.known.entry(name.clone()).or_default();
            let (old, new) = (known.thing.values(), thing.values());
            let mut is_changed_by_others = doing == Doing::Others && is_new;
            for field in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
                let values = [old.get(field), new.get(field)];
                // A note is in its cluster or free as the cluster comes and goes, whoever put it there.
                let comes_or_goes =
                    |name: &&String| self.seen.contains_key(*name) != now.contains_key(*name);
                let is_moot =
                    field == "cluster" && (!was_seen || values.iter().flatten().any(comes_or_goes));
                if values[0] == values[1] || is_moot {
                    continue;
                }
                let since_theirs = known.since_theirs.entry(field.clone()).or_default();
                // What was gone was not changed here meanwhile, but its coming back may have taken back more.
                let is_new_here = !was_seen && !since_theirs.contains(&values[1].cloned());
                if doing == Doing::Others || is_new_here {
                    is_changed_by_others = true;
                    known.theirs.insert(field.clone());
                    since_theirs.clear();
                } else {
                    known.theirs.remove(field);
                    // What it was when it was first seen.
                    since_theirs.insert(values[0].cloned());
                }
                since_theirs.insert(values[1].cloned());
            }
            known.is_shared |= is_changed_by_others;
            known.is_changed |= is_changed_by_others;
            known.thing = thing.clone();
        }
        self.seen = now;
    }

    /// Holds what a step that was just turned has left against what was there before.
    /// `places`: where notes have ever lain.
    pub(crate) fn check(&self, board: &Board, doing: Doing, places: &BTreeSet<String>) {
        let now = things(board);
        for (name, before) in &self.seen {
            let known = &self.known[name];
            let Some(after) = now.get(name) else {
                match doing {
                    Doing::Undo => assert!(!self.is_shared(name), "{name} went: {known:?}"),
                    _ => assert!(!known.is_changed, "{name} went again: {known:?}"),
                }
                continue;
            };
            for field in known.theirs.iter().filter(|field| *field != TEXT) {
                let Some(value) = before.fields.get(field) else {
                    continue;
                };
                let has_lost_its_cluster = field == "cluster" && !now.contains_key(value);
                if doing == Doing::Redo && has_lost_its_cluster {
                    continue;
                }
                assert_eq!(after.fields.get(field), Some(value), "{name}.{field}");
            }
            // What was there before somebody else set it is past. A cluster that is gone hides who is in it.
            let is_known = |field: &&String| {
                *field != "cluster" && before.fields.get(*field) != after.fields.get(*field)
            };
            for field in fields_of_both(before, after).into_iter().filter(is_known) {
                let value = after.fields.get(field).cloned();
                let lawful = known.since_theirs.get(field);
                assert!(
                    lawful.is_some_and(|lawful| lawful.contains(&value)),
                    "{name}.{field} is {value:?} again, of {lawful:?}"
                );
            }
            // Letters that one erased are erased again.
            if doing == Doing::Redo {
                continue;
            }
            let theirs = |text: &str| -> Vec<char> {
                let is_theirs = |letter: &char| !OWN_LETTERS[self.me].contains(*letter);
                text.chars().filter(is_theirs).collect()
            };
            let mut left = theirs(&after.text).into_iter();
            let is_there = |letter: char| left.any(|other| other == letter);
            assert!(
                theirs(&before.text).into_iter().all(is_there),
                "{name}: {} of {}",
                after.text,
                before.text
            );
        }
        for (name, thing) in now.iter().filter(|(name, _)| name.starts_with("note")) {
            assert_ne!(
                thing.fields["kind"],
                format!("{:?}", NoteKind::Other),
                "{name}"
            );
            assert!(places.contains(&thing.fields["pos"]), "{name}: {thing:?}");
        }
    }

    /// Whether somebody else had a hand in a thing, or put a note in a cluster.
    fn is_shared(&self, name: &str) -> bool {
        let is_in_it = |(note, thing): (&String, &Thing)| {
            let is_theirs = self.known[note].theirs.contains("cluster");
            is_theirs
                && thing
                    .fields
                    .get("cluster")
                    .is_some_and(|cluster| cluster == name)
        };
        self.known[name].is_shared || self.seen.iter().any(is_in_it)
    }
}

fn fields_of_both<'a>(one: &'a Thing, other: &'a Thing) -> BTreeSet<&'a String> {
    one.fields.keys().chain(other.fields.keys()).collect()
}

fn things(board: &Board) -> BTreeMap<String, Thing> {
    let view = board.view();
    let mut all = BTreeMap::new();
    for note in view.notes() {
        let mut fields = BTreeMap::from([
            ("kind".to_owned(), format!("{:?}", note.kind)),
            ("pos".to_owned(), format!("{:?}", note.pos)),
            ("order".to_owned(), format!("{:?}", note.order)),
        ]);
        let mut add = |field: &str, value: Option<String>| {
            fields.extend(
                value
                    .filter(|value| !value.is_empty())
                    .map(|value| (field.to_owned(), value)),
            );
        };
        add("cluster", note.cluster.map(|id| id.to_string()));
        add("lived", note.lived.then(|| "yes".to_owned()));
        add("voice", note.voice.map(|id| id.to_string()));
        add("gave", Some(note.habit.gave));
        add("who", Some(note.plan.who));
        add("when", Some(note.plan.when));
        add("how", Some(note.plan.how));
        add("learnt", Some(note.plan.learnt));
        add("state", Some(format!("{:?}", note.plan.state)));
        for reaction in &note.reactions {
            add(&format!("r-{}", reaction.id), Some("there".to_owned()));
        }
        let text = note.text;
        all.insert(note.id.to_string(), Thing { fields, text });
    }
    for cluster in view.clusters() {
        let fields = BTreeMap::new();
        let text = cluster.title;
        all.insert(cluster.id.to_string(), Thing { fields, text });
    }
    for image in view.images() {
        let fields = BTreeMap::from([
            ("pos".to_owned(), format!("{:?}", image.pos)),
            ("alt".to_owned(), image.alt),
        ]);
        let text = String::new();
        all.insert(image.id.to_string(), Thing { fields, text });
    }
    all
}
