//! Notices when somebody removes or copies more than a few of others' notes at once, in one update or in many
//! within seconds, by whatever client. What they did is gathered for a moment, and becomes one [`Sweep`] of the
//! session, which facilitators are told of and can put right.

use super::{Dialect, PeerId, Room, Turn, document::Poisoned};
use crate::{clock::Now, room::document::Document};
use samtavle_shared::schema::{BY, VOICE};
use samtavle_shared::{
    board::{Kept, ThingId},
    guard::{How, Naming, Root, Touched},
    ids::{NoteId, PersonId},
    session::{
        A_FEW_OF_OTHERS, Event, LeadView, Sweep, SweepId, Swept, SweptThing, Thrown, ThrownView,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// What comes within so long of the first is done at once, in milliseconds.
const AT_ONCE_MS: u64 = 10_000;
/// It is looked at when nothing more came for so long, in milliseconds.
const QUIET_MS: u64 = 700;
/// Most bytes of things taken out of the document that are kept of one sweep: 10,000 notes of 400 letters. What
/// is more is not brought back.
const MAX_KEPT_BYTES: usize = 4 * 1024 * 1024;

/// Who does something: a person, or a socket of which nobody knows whose it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Doer {
    Person(PersonId),
    Socket(PeerId),
}

/// What people did in the last seconds.
#[derive(Default)]
pub(super) struct Sweeping {
    doers: BTreeMap<Doer, Deeds>,
    /// The notes that a socket of which nobody knows whose it is has made itself.
    made: BTreeMap<PeerId, BTreeSet<NoteId>>,
}

/// What one did in the last seconds.
struct Deeds {
    since: u64,
    last: u64,
    is_seen: bool,
    removed: Gathered,
    added: Gathered,
    /// Notes that went and are not in the bin yet.
    thrown: Vec<SweptThing>,
    kept_bytes: usize,
}

/// Things of one kind of sweep.
#[derive(Default)]
struct Gathered {
    /// Those that are in no sweep yet.
    things: Vec<SweptThing>,
    /// The sweep of those that are, and how many notes they are.
    told: Option<(SweepId, usize)>,
}

/// What is on the board, and an update touches.
#[derive(Default)]
pub(super) struct Standing {
    things: Vec<(ThingId, Option<Kept>)>,
    notes: Vec<NoteId>,
}

impl Standing {
    /// What stands there before an update that touches this.
    pub(super) fn before(board: &Document, touched: &[Touched]) -> Self {
        let changed = touched.iter().filter(|thing| thing.how != How::Added);
        let changed: Vec<(ThingId, How)> = changed
            .filter_map(|thing| Some((thing_of(thing)?, thing.how)))
            .collect();
        if changed.is_empty() {
            return Self::default();
        }
        let things: Vec<_> = board.read(|view| {
            let there = changed.into_iter().filter(|(thing, _)| view.has(thing));
            there
                .map(|(thing, how)| {
                    let kept = (how == How::Deleted).then(|| view.kept(&thing)).flatten();
                    (thing, kept)
                })
                .collect()
        });
        let note = |(thing, _): &(ThingId, Option<Kept>)| match thing {
            ThingId::Note(id) => Some(id.clone()),
            _ => None,
        };
        Self {
            notes: things.iter().filter_map(note).collect(),
            things,
        }
    }

    /// Takes out the notes that went with the update and for which this holds.
    pub(super) fn take_notes_that_went(
        &mut self,
        board: &Document,
        takes: impl Fn(&NoteId) -> bool,
    ) -> Vec<SweptThing> {
        let things = std::mem::take(&mut self.things);
        let (gone, rest): (Vec<_>, Vec<_>) = things
            .into_iter()
            .partition(|(thing, _)| matches!(thing, ThingId::Note(note) if takes(note)));
        self.things = rest;
        let gone = Self {
            things: gone,
            notes: Vec::new(),
        };
        gone.went(board)
    }

    /// What of it went with the update.
    fn went(self, board: &Document) -> Vec<SweptThing> {
        if self.things.is_empty() {
            return Vec::new();
        }
        board.read(|view| {
            let gone = self
                .things
                .into_iter()
                .filter(|(thing, _)| !view.has(thing));
            gone.map(|(thing, was)| SweptThing {
                gone: view.gone_since(&thing),
                was,
                thing,
            })
            .collect()
        })
    }
}

fn thing_of(touched: &Touched) -> Option<ThingId> {
    let id = &*touched.id;
    match touched.root {
        Root::Notes => Some(ThingId::Note(id.into())),
        Root::Clusters => Some(ThingId::Cluster(id.into())),
        Root::Links => Some(ThingId::Link(id.into())),
        Root::Images => Some(ThingId::Image(id.into())),
        Root::Ink | Root::Frames | Root::Meta => None,
    }
}

impl Sweeping {
    /// When to look.
    pub(super) fn wakes_at(&self) -> Option<u64> {
        let unseen = self.doers.values().filter(|deeds| !deeds.is_seen);
        unseen.map(|deeds| deeds.last + QUIET_MS).min()
    }

    /// A socket has gone.
    pub(super) fn forgets(&mut self, peer: PeerId) {
        self.made.remove(&peer);
    }

    fn gather(&mut self, doer: Doer, steady: u64, removed: Vec<SweptThing>, added: &[NoteId]) {
        let deeds = self
            .doers
            .entry(doer)
            .or_insert_with(|| Deeds::since(steady));
        if steady > deeds.since + AT_ONCE_MS && deeds.is_seen {
            *deeds = Deeds::since(steady);
        }
        (deeds.last, deeds.is_seen) = (steady, false);
        for mut thing in removed {
            let bytes = thing.was.as_ref().map_or(0, Kept::bytes);
            if deeds.kept_bytes + bytes > MAX_KEPT_BYTES {
                thing.was = None;
            } else {
                deeds.kept_bytes += bytes;
            }
            if matches!(thing.thing, ThingId::Note(_)) {
                deeds.thrown.push(thing.clone());
            }
            deeds.removed.things.push(thing);
        }
        let added = added.iter().map(|note| SweptThing {
            thing: ThingId::Note(note.clone()),
            gone: None,
            was: None,
        });
        deeds.added.things.extend(added);
    }
}

impl Deeds {
    fn since(steady: u64) -> Self {
        Self {
            since: steady,
            last: steady,
            is_seen: false,
            removed: Gathered::default(),
            added: Gathered::default(),
            thrown: Vec::new(),
            kept_bytes: 0,
        }
    }
}

impl Room {
    /// Somebody's update was taken, before which this stood there, and which added these notes.
    pub(super) fn did(
        &mut self,
        peer: PeerId,
        is_theirs: bool,
        standing: Standing,
        added: &[NoteId],
        now: Now,
    ) -> Vec<Event> {
        let Some(sender) = self.peers.get(&peer) else {
            return Vec::new();
        };
        let is_standard = sender.entrance.dialect == Dialect::Standard;
        let person = sender.person.clone().filter(|_| is_theirs);
        if is_standard && !added.is_empty() {
            let made = self.sweeping.made.entry(peer).or_default();
            made.extend(added.iter().cloned());
        }
        let events = self
            .workshop
            .session
            .works_on(&standing.notes, person.as_ref());
        let removed = standing.went(&self.document);
        let session = &self.workshop.session;
        let has_bin = !session.bin().is_empty();
        if session.sweeps(0).next().is_some() || has_bin {
            self.views.count_changed(); // how many can still be put right
        }
        if !(removed.is_empty() && added.is_empty()) {
            let doer = person.map_or(Doer::Socket(peer), Doer::Person);
            self.sweeping.gather(doer, now.steady, removed, added);
        }
        for event in &events {
            self.workshop.session.apply(event.clone());
        }
        events
    }

    /// Looks at what people did in the last seconds.
    pub(super) fn look_at_sweeps(&mut self, turn: &mut Turn) {
        if self
            .sweeping
            .wakes_at()
            .is_none_or(|at| turn.now.steady < at)
        {
            return;
        }
        let mut doers = std::mem::take(&mut self.sweeping.doers);
        let mut events = Vec::new();
        for (doer, deeds) in &mut doers {
            if deeds.is_seen || turn.now.steady < deeds.last + QUIET_MS {
                continue;
            }
            deeds.is_seen = true;
            let thrown = self.thrown(doer, std::mem::take(&mut deeds.thrown), turn.now);
            if !thrown.is_empty() {
                let event = Event::Thrown(thrown);
                self.workshop.session.apply(event.clone());
                events.push(event);
            }
            for did in [Swept::Removed, Swept::Copied] {
                let sweep = self.swept(doer, deeds, did, turn.now);
                if let Some(event) = sweep.map(Event::Swept) {
                    self.workshop.session.apply(event.clone());
                    events.push(event);
                }
            }
        }
        doers.retain(|_, deeds| !deeds.is_seen || turn.now.steady <= deeds.since + AT_ONCE_MS);
        self.sweeping.doers = doers;
        if !events.is_empty() {
            self.views.hurry();
        }
        self.happened(&events, turn);
    }

    /// What is new of what somebody did, if it is more than a few notes of others.
    fn swept(&self, doer: &Doer, deeds: &mut Deeds, did: Swept, now: Now) -> Option<Sweep> {
        let session = &self.workshop.session;
        let person = match doer {
            Doer::Person(person) => Some(person),
            Doer::Socket(_) => None,
        };
        let is_of_others = |note: &NoteId| match doer {
            Doer::Socket(peer) if self.made_itself(*peer, note) => false,
            _ => session.is_of_others(note, person),
        };
        let gathered = match did {
            Swept::Removed => &mut deeds.removed,
            Swept::Copied => &mut deeds.added,
        };
        let (id, told) = gathered.told.unwrap_or((session.next_sweep(), 0));
        let is_enough = |count: usize| count > 0 && told + count > A_FEW_OF_OTHERS;
        if !is_enough(gathered.things.len()) {
            return None;
        }
        match did {
            Swept::Removed => self.keep_gone(&mut gathered.things),
            Swept::Copied => self.keep_copies(&mut gathered.things, is_of_others),
        }
        let counts = |one: &&SweptThing| match &one.thing {
            ThingId::Note(note) => did == Swept::Copied || is_of_others(note),
            _ => false,
        };
        let count = gathered.things.iter().filter(counts).count();
        if !is_enough(count) {
            return None;
        }
        gathered.told = Some((id, told + count));
        let things = std::mem::take(&mut gathered.things);
        let at = self.workshop.clock.at(now);
        Some(Sweep {
            id,
            by: person.cloned(),
            did,
            at,
            things,
        })
    }

    /// Of the notes that somebody took off the board, those that are still gone and said something.
    fn thrown(&self, doer: &Doer, mut things: Vec<SweptThing>, now: Now) -> Vec<Thrown> {
        self.keep_gone(&mut things);
        let at = self.workshop.clock.at(now);
        let session = &self.workshop.session;
        let by = match doer {
            Doer::Person(person) => Some(person.clone()),
            Doer::Socket(_) => None,
        };
        let says_something = |one: &SweptThing| {
            let words = self.document.read(|view| view.words_of(&one.thing));
            let was = || one.was.as_ref().and_then(Kept::words);
            words
                .as_deref()
                .or_else(was)
                .is_some_and(|words| !words.trim().is_empty())
        };
        let mut latest = BTreeMap::new();
        for one in things.into_iter().filter(says_something) {
            latest.insert(one.thing.clone(), one); // it may have gone twice in a moment
        }
        let thrown = |note: SweptThing| {
            let of = match &note.thing {
                ThingId::Note(id) => session.writer_of(id).cloned(),
                _ => None,
            };
            let by = by.clone();
            Thrown { note, by, of, at }
        };
        latest.into_values().map(thrown).collect()
    }

    pub(super) fn made_itself(&self, peer: PeerId, note: &NoteId) -> bool {
        let made = self.sweeping.made.get(&peer);
        made.is_some_and(|made| made.contains(note))
    }

    /// Of what went, what is still gone.
    fn keep_gone(&self, things: &mut Vec<SweptThing>) {
        self.document
            .read(|view| things.retain(|one| !view.has(&one.thing)));
    }

    /// Of what was added, what says the same as a note of others that is on the board.
    fn keep_copies(&self, things: &mut Vec<SweptThing>, is_of_others: impl Fn(&NoteId) -> bool) {
        let notes = self.document.read(|view| {
            let notes = view.notes().into_iter();
            notes
                .map(|note| (note.id, note.text.trim().to_owned()))
                .collect::<Vec<_>>()
        });
        let new: BTreeSet<ThingId> = things.iter().map(|one| one.thing.clone()).collect();
        let is_new = |note: &NoteId| new.contains(&ThingId::Note(note.clone()));
        let said: BTreeSet<&str> = notes
            .iter()
            .filter(|(id, text)| !text.is_empty() && !is_new(id) && is_of_others(id))
            .map(|(_, text)| &**text)
            .collect();
        let copies: BTreeSet<ThingId> = notes
            .iter()
            .filter(|(id, text)| is_new(id) && said.contains(&**text))
            .map(|(id, _)| ThingId::Note(id.clone()))
            .collect();
        things.retain(|one| copies.contains(&one.thing));
    }

    /// What facilitators see, with what they can put right of what others did.
    pub(super) fn lead_view_for(&self, view: &LeadView, person: &PersonId, at: u64) -> LeadView {
        let session = &self.workshop.session;
        let others = session
            .sweeps(at)
            .filter(|sweep| sweep.by.as_ref() != Some(person));
        let sweeps = others
            .map(|sweep| {
                let notes = self.document.read(|board| {
                    sweep.count(|one| match sweep.did {
                        Swept::Removed => can_come_back(
                            board.gone_since(&one.thing),
                            board.holds(&one.thing),
                            one,
                        ),
                        Swept::Copied => board.has(&one.thing),
                    })
                });
                session.sweep_view(sweep, notes)
            })
            .filter(|sweep| sweep.notes > 0);
        LeadView {
            sweeps: sweeps.collect(),
            thrown: self.bin_view(),
            ..view.clone()
        }
    }

    /// What is in the bin and can still be brought back.
    fn bin_view(&self) -> Vec<ThrownView> {
        let session = &self.workshop.session;
        self.document.read(|board| {
            let thrown = session.bin().iter().filter(|one| {
                let thing = &one.note.thing;
                can_come_back(board.gone_since(thing), board.holds(thing), &one.note)
            });
            thrown
                .filter_map(|one| {
                    let was = one
                        .note
                        .was
                        .as_ref()
                        .filter(|_| !board.holds(&one.note.thing));
                    session.thrown_view(one, was.and_then(Kept::words))
                })
                .collect()
        })
    }

    /// Brings back what is still gone since somebody removed it.
    pub(super) fn bring_back(
        &mut self,
        things: Vec<SweptThing>,
        who: Option<&PersonId>,
        turn: &mut Turn,
    ) -> Result<(), Poisoned> {
        let untold: &[&str] = match self.workshop.naming() {
            Naming::Names => &[],
            Naming::Voices => &[BY],
            Naming::Nobody => &[BY, VOICE],
        };
        let hidden = self.workshop.session.hidden().clone();
        let is_hidden =
            |thing: &ThingId| matches!(thing, ThingId::Note(note) if hidden.contains(note));
        self.change(who, turn, |board| {
            for one in things {
                let (gone, is_there) = {
                    let view = board.view();
                    (view.gone_since(&one.thing), view.holds(&one.thing))
                };
                if !can_come_back(gone, is_there, &one) {
                    continue;
                }
                match one.was {
                    // What it said then was withheld since.
                    Some(_) if !is_there && is_hidden(&one.thing) => {}
                    Some(was) if !is_there => board.put_back(&one.thing, was.without(untold)),
                    _ => board.bring_back(&one.thing),
                }
            }
        })
    }
}

/// Whether a thing is still as the sweep left it.
fn can_come_back(gone: Option<f64>, is_there: bool, one: &SweptThing) -> bool {
    match one.gone {
        Some(since) => gone == Some(since),
        None => one.was.is_some() && !is_there,
    }
}
