//! Who looks on, and tries to put together what may be one writer's.

use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};
use samtavle_shared::{
    board::{Board, BoardChange, Born, Cut, Made},
    guard::{by_owner, writers_of},
    ids::NoteId,
    wire::{Frame, Presence, PresenceEntry},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Instant,
};

/// How often the writers are dealt anew to see what chance does.
const DEALS: usize = 300;
/// How many frames before and after a note count as its moment.
const MOMENT: usize = 6;

/// What is known of a note.
#[derive(Debug, Default)]
struct Sighting {
    /// The client ids that anything of it bears.
    clients: BTreeSet<u64>,
    /// The clock of its first element.
    clock: f64,
    /// Its place among all frames.
    order: f64,
    /// When it came, in milliseconds.
    came: f64,
    /// What it says of when it was written.
    at: f64,
    born: Option<Born>,
    /// The id of the photo that it was cut from, as a number, and the photo's length.
    photo: Option<(f64, f64)>,
    stack: f64,
    /// How large the frame was that brought it.
    bytes: f64,
    /// Ids of presence that were told at that moment.
    present: BTreeSet<u64>,
    /// Ids of presence that had a caret in it.
    carets: BTreeSet<u64>,
}

/// How near two notes are to each other.
type Nearness = Box<dyn Fn(&Sighting, &Sighting) -> f64>;

/// One thing that was tried.
#[derive(Debug)]
pub(super) struct Verdict {
    /// Who tried.
    #[allow(dead_code, reason = "a failure names it")]
    pub(super) who: &'static str,
    /// By what.
    pub(super) by: &'static str,
    /// How often notes of one writer are nearer to each other than notes of two: 0.5 is chance.
    #[allow(dead_code, reason = "a failure names it")]
    pub(super) hits: f64,
    /// How far that is from chance, in standard deviations.
    pub(super) far_from_chance: f64,
}

pub(super) struct Adversary {
    who: &'static str,
    /// All ids by which presence was told.
    told: BTreeSet<u64>,
    /// All client ids in the document.
    writers: BTreeSet<u64>,
    notes: HashMap<NoteId, Sighting>,
}

/// All that presence told.
pub(super) fn presence_in(frames: &[(Vec<u8>, Instant)]) -> Vec<Presence> {
    let told = frames
        .iter()
        .flat_map(|(frame, _)| match Frame::read(frame) {
            Ok(Frame::Awareness(content)) => PresenceEntry::read_all(content)
                .unwrap()
                .iter()
                .filter_map(|entry| Presence::read(entry.state))
                .collect(),
            _ => Vec::new(),
        });
    told.collect()
}

impl Adversary {
    /// One who has a socket.
    pub(super) fn hears(who: &'static str, frames: &[(Vec<u8>, Instant)]) -> Self {
        let mut this = Self {
            who,
            told: BTreeSet::new(),
            writers: BTreeSet::new(),
            notes: HashMap::new(),
        };
        let board = Board::new(1);
        let began = frames[0].1;
        let mut presence: Vec<(usize, u64, Option<Presence>)> = Vec::new();
        for (number, (frame, at)) in frames.iter().enumerate() {
            let came = at.duration_since(began).as_secs_f64() * 1_000.0;
            match Frame::read(frame) {
                Ok(Frame::Update(update) | Frame::SyncStep2(update)) => {
                    this.takes(&board, update, number, came, frame.len());
                }
                Ok(Frame::Awareness(content)) => {
                    for entry in PresenceEntry::read_all(content).unwrap() {
                        this.told.insert(entry.client);
                        presence.push((number, entry.client, Presence::read(entry.state)));
                    }
                }
                _ => {}
            }
        }
        for (note, seen) in &mut this.notes {
            for (number, id, state) in &presence {
                if (*number as f64 - seen.order).abs() <= MOMENT as f64 {
                    seen.present.insert(*id);
                }
                let caret = state.as_ref().and_then(|state| state.caret.as_ref());
                if caret.is_some_and(|caret| caret.note == *note) {
                    seen.carets.insert(*id);
                }
            }
        }
        this.reads_the_board(&board);
        this
    }

    /// One who has the records, in their order.
    pub(super) fn reads(who: &'static str, updates: &[Vec<u8>]) -> Self {
        let mut this = Self {
            who,
            told: BTreeSet::new(),
            writers: BTreeSet::new(),
            notes: HashMap::new(),
        };
        let board = Board::new(1);
        for (number, update) in updates.iter().enumerate() {
            this.takes(&board, update, number, number as f64, update.len());
        }
        this.reads_the_board(&board);
        this
    }

    fn takes(&mut self, board: &Board, update: &[u8], number: usize, came: f64, bytes: usize) {
        let mut first: Vec<(NoteId, u64)> = Vec::new();
        let mut clocks: HashMap<u64, usize> = HashMap::new();
        let _ = by_owner(update, (), |part| {
            let clock = clocks.entry(part.client).or_default();
            *clock += 1;
            if let Some((note, maker)) = part.note {
                let note = NoteId::from(note);
                let seen = self.notes.entry(note.clone()).or_default();
                seen.clients.extend([part.client, maker]);
                if !first.iter().any(|(its, _)| *its == note) {
                    first.push((note.clone(), maker));
                    // Several that come in one frame come in the order of their structs.
                    seen.order = number as f64 + first.len() as f64 / 1_000.0;
                    seen.clock = *clock as f64;
                    (seen.came, seen.bytes) = (came, bytes as f64);
                }
            }
        });
        board.apply(update, Made::Elsewhere).unwrap();
        board.take_updates();
        self.writers.extend(writers_of(update).unwrap_or_default());
        let changed = board.take_changes();
        if let ([BoardChange::Note(note)], Ok(writers)) = (&changed[..], writers_of(update)) {
            let seen = self.notes.entry(note.clone()).or_default();
            seen.clients.extend(writers);
        }
    }

    fn reads_the_board(&mut self, board: &Board) {
        let mut notes = board.view().notes();
        notes.sort_by(|one, other| (&one.order, &one.id).cmp(&(&other.order, &other.id)));
        for (place, note) in notes.into_iter().enumerate() {
            if let Some(seen) = self.notes.get_mut(&note.id) {
                (seen.at, seen.born, seen.stack) = (note.at, note.born, place as f64);
                let number = |cut: &Cut| u64::from_str_radix(&cut.photo.as_str()[..12], 16);
                let number = note.cut.as_ref().and_then(|cut| number(cut).ok());
                seen.photo = number.map(|number| (number as f64, 0.0));
            }
        }
    }

    /// What somebody with a key gets of a photo.
    pub(super) fn looks_at(&mut self, note: &NoteId, length: usize) {
        let seen = self.notes.get_mut(note);
        if let Some((_, bytes)) = seen.and_then(|seen| seen.photo.as_mut()) {
            *bytes = length as f64;
        }
    }

    /// Whether no id is both in presence and in the document.
    pub(super) fn sees_nobody_twice(&self) -> bool {
        !self.writers.is_empty() && self.told.is_disjoint(&self.writers)
    }

    /// Tries everything on these notes, of which one knows that somebody of the room wrote each.
    pub(super) fn tries(&self, truth: &BTreeMap<NoteId, usize>) -> Vec<Verdict> {
        let (seen, writers): (Vec<&Sighting>, Vec<usize>) = truth
            .iter()
            .map(|(note, writer)| (&self.notes[note], *writer))
            .unzip();
        let near = |one: f64, other: f64| -(one - other).abs();
        let shared =
            |one: &BTreeSet<u64>, other: &BTreeSet<u64>| one.intersection(other).count() as f64;
        let id = |seen: &Sighting| seen.clients.first().copied().unwrap_or_default() as f64;
        let in_photo = move |seen: &Sighting| seen.photo.unwrap_or_default();
        let ways: [(&'static str, Nearness); 12] = [
            (
                "photo ids",
                Box::new(move |a, b| near(in_photo(a).0, in_photo(b).0)),
            ),
            (
                "length of photos",
                Box::new(move |a, b| near(in_photo(a).1, in_photo(b).1)),
            ),
            (
                "client ids",
                Box::new(move |a, b| shared(&a.clients, &b.clients)),
            ),
            (
                "client ids that are near",
                Box::new(move |a, b| near(id(a), id(b))),
            ),
            ("clocks", Box::new(move |a, b| near(a.clock, b.clock))),
            ("order", Box::new(move |a, b| near(a.order, b.order))),
            ("time", Box::new(move |a, b| near(a.came, b.came))),
            (
                "at and stack",
                Box::new(move |a, b| near(a.at, b.at) + near(a.stack, b.stack) / 1e3),
            ),
            (
                "born",
                Box::new(move |a, b| f64::from(a.born.is_some() && a.born == b.born)),
            ),
            (
                "size of frames",
                Box::new(move |a, b| near(a.bytes, b.bytes)),
            ),
            (
                "moments of presence",
                Box::new(move |a, b| shared(&a.present, &b.present)),
            ),
            ("carets", Box::new(move |a, b| shared(&a.carets, &b.carets))),
        ];
        ways.into_iter()
            .filter_map(|(by, nearness)| {
                let ranks = ranked(&seen, &*nearness)?;
                let (hits, far_from_chance) = compared(&ranks, &writers);
                Some(Verdict {
                    who: self.who,
                    by,
                    hits,
                    far_from_chance,
                })
            })
            .collect()
    }
}

/// The pairs of notes, each with its rank by nearness, from 0 to 1; `None`: all are as near.
fn ranked(
    seen: &[&Sighting],
    nearness: &dyn Fn(&Sighting, &Sighting) -> f64,
) -> Option<Vec<(usize, usize, f64)>> {
    let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
    for one in 0..seen.len() {
        for other in 0..one {
            pairs.push((one, other, nearness(seen[one], seen[other])));
        }
    }
    pairs.sort_by(|a, b| a.2.total_cmp(&b.2));
    let (first, last) = (pairs.first()?.2, pairs.last()?.2);
    if first.total_cmp(&last).is_eq() {
        return None;
    }
    let all = pairs.len() as f64;
    let mut ranks = Vec::with_capacity(pairs.len());
    for group in pairs.chunk_by(|a, b| a.2.total_cmp(&b.2).is_eq()) {
        // Equals share the middle of their places.
        let rank = (ranks.len() as f64 + group.len() as f64 / 2.0) / all;
        ranks.extend(group.iter().map(|(one, other, _)| (*one, *other, rank)));
    }
    Some(ranks)
}

/// The mean rank of pairs of one writer, and how far it is from what it is when the writers are dealt by lot.
fn compared(ranks: &[(usize, usize, f64)], writers: &[usize]) -> (f64, f64) {
    let mean_rank = |writers: &[usize]| {
        let of_one = ranks
            .iter()
            .filter(|(one, other, _)| writers[*one] == writers[*other]);
        let (sum, count) = of_one.fold((0.0, 0.0), |(sum, count), (.., rank)| {
            (sum + rank, count + 1.0)
        });
        sum / count
    };
    let found = mean_rank(writers);
    let mut chance = StdRng::seed_from_u64(7);
    let mut lots = writers.to_vec();
    let deals: Vec<f64> = (0..DEALS)
        .map(|_| {
            lots.shuffle(&mut chance);
            mean_rank(&lots)
        })
        .collect();
    let mean = deals.iter().sum::<f64>() / DEALS as f64;
    let spread = deals.iter().map(|deal| (deal - mean).powi(2)).sum::<f64>() / DEALS as f64;
    (found, (found - mean) / spread.sqrt().max(1e-9))
}

/// As reveals once were: each writer's notes beside each other.
#[test]
fn what_is_laid_down_writer_by_writer_is_found_out() {
    let notes: Vec<NoteId> = (0..36)
        .map(|_| NoteId::from_random(rand::random()))
        .collect();
    let seen = |(order, note): (usize, &NoteId)| {
        let sighting = Sighting {
            order: order as f64,
            ..Sighting::default()
        };
        (note.clone(), sighting)
    };
    let adversary = Adversary {
        who: "a participant",
        told: BTreeSet::new(),
        writers: BTreeSet::new(),
        notes: notes.iter().enumerate().map(seen).collect(),
    };
    let truth = notes
        .iter()
        .enumerate()
        .map(|(order, note)| (note.clone(), order / 6));
    let found = adversary.tries(&truth.collect());
    assert_eq!((found.len(), found[0].by), (1, "order"));
    assert!(found[0].far_from_chance > 10.0, "{found:?}");
}
