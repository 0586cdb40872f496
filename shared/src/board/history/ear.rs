//! Hears what others do to the board, so that a step of one's own takes nothing of theirs back.

use super::{
    letters::Heard,
    steps::{Name, Recorder, Steps},
};
use crate::board::{Made, ThingId, document::Roots, document::read_string, link::ItemId};
use crate::schema::CLUSTER;
use std::sync::Arc;
use yrs::{
    Any, DeepObservable, MapRef, Out, ReadTxn, TransactionMut,
    types::{Delta, EntryChange, Event, Events, PathSegment},
};

/// The name under which a root is listened to.
const EAR: &str = "history";

/// What a root's keys are names of; `None`: the board's own fields.
type Naming = Option<fn(&str) -> ThingId>;

/// Listens to everything from now on.
pub(super) fn listen(roots: &Roots, recorder: &Recorder) {
    for (root, naming) in named(roots) {
        let recorder = recorder.clone();
        root.observe_deep(EAR, move |txn, events| {
            let made = Made::of(txn.origin());
            // One's own is written down where it is done.
            if made != Made::Here {
                hear(txn, events, naming, made, &recorder);
            }
        });
    }
}

fn named(roots: &Roots) -> [(&MapRef, Naming); 5] {
    [
        (&roots.notes, Some(|id| ThingId::Note(id.into()))),
        (&roots.clusters, Some(|id| ThingId::Cluster(id.into()))),
        (&roots.links, Some(|id| ThingId::Link(id.into()))),
        (&roots.images, Some(|id| ThingId::Image(id.into()))),
        (&roots.meta, None),
    ]
}

fn hear(
    txn: &TransactionMut<'_>,
    events: &Events<'_>,
    naming: Naming,
    made: Made,
    recorder: &Recorder,
) {
    let mut steps = recorder.steps();
    if steps.is_empty() {
        return;
    }
    // What is one's own and not to be taken back (a reaction) does not make a thing another's.
    let is_others = made != Made::ForGood;
    for event in events.iter() {
        let mut path: Vec<PathSegment> = event.path().into();
        let thing = match (naming, path.first()) {
            (None, _) => None,
            (Some(named), Some(PathSegment::Key(id))) => {
                let thing = named(id);
                path.remove(0);
                Some(thing)
            }
            (Some(named), _) => {
                hear_coming_and_going(txn, event, named, &mut steps);
                continue;
            }
        };
        if let Some(thing) = thing.as_ref().filter(|_| is_others) {
            steps.hear_thing(thing);
        }
        match (event, path.as_slice()) {
            (Event::Map(fields), []) => {
                for (field, change) in fields.keys(txn) {
                    let name: Name = (thing.clone(), field.clone());
                    steps.hear_field(&name);
                    if matches!(
                        change,
                        EntryChange::Updated(Out::YText(_), _)
                            | EntryChange::Removed(Out::YText(_))
                    ) {
                        steps.letters.remove(&name);
                    }
                    // Who puts a note in a cluster wants the cluster to be there.
                    if let (Some(ThingId::Note(_)), CLUSTER) = (&thing, &**field)
                        && let EntryChange::Inserted(Out::Any(Any::String(cluster)))
                        | EntryChange::Updated(_, Out::Any(Any::String(cluster))) = change
                    {
                        steps.hear_thing(&ThingId::Cluster((&**cluster).into()));
                    }
                }
            }
            (Event::Text(text), [PathSegment::Key(field)]) => {
                let heard: Vec<Heard> = text.delta(txn).iter().map(heard).collect();
                steps.hear_words(&(thing, field.clone()), &heard);
            }
            _ => {}
        }
    }
}

/// At a root itself: things come into the document and leave it.
fn hear_coming_and_going(
    txn: &TransactionMut<'_>,
    event: &Event,
    named: fn(&str) -> ThingId,
    steps: &mut Steps,
) {
    let Event::Map(at_root) = event else { return };
    for (id, change) in at_root.keys(txn) {
        if let EntryChange::Updated(..) | EntryChange::Removed(_) = change {
            steps.hear_end(&named(id));
        }
        if let EntryChange::Inserted(Out::YMap(map)) | EntryChange::Updated(_, Out::YMap(map)) =
            change
        {
            for end in ends_of(txn, map) {
                steps.hear_thing(&end);
            }
        }
    }
}

fn heard(delta: &Delta) -> Heard {
    match delta {
        Delta::Retain(units, _) => Heard::Pass(*units),
        Delta::Deleted(units) => Heard::Erase(*units),
        Delta::Inserted(Out::Any(Any::String(letters)), _) => {
            Heard::Write(letters.encode_utf16().count() as u32)
        }
        // A text of ours holds nothing else.
        Delta::Inserted(..) => Heard::Write(1),
    }
}

/// What a new thing is about, if it is a link or a note in a cluster: it is not to lose that.
fn ends_of<T: ReadTxn>(txn: &T, map: &MapRef) -> Vec<ThingId> {
    let item = |field: &str| {
        Some(match ItemId::read(&read_string(txn, map, field)?)? {
            ItemId::Note(id) => ThingId::Note(id),
            ItemId::Cluster(id) => ThingId::Cluster(id),
        })
    };
    let cluster = read_string(txn, map, CLUSTER);
    let cluster = cluster.map(|id: Arc<str>| ThingId::Cluster(id.into()));
    [item("from"), item("to"), cluster]
        .into_iter()
        .flatten()
        .collect()
}
