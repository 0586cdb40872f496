//! What a wall that is too full for one page shows after what: an overview, then notes as cards, those first that are
//! new, that something is said of, and that were shown least; and where all cards would take too long, digests of all.
//!
//! ```text
//! overview · cards · digest · digest · cards · digest · …   within two minutes, then again
//! ```
//! What is shown for its own sake (a reveal, one cluster, what the facilitator looks at) begins with its cards, and with an
//! overview only where it is very much. Pure: the page tells when a turn is over, and what it showed.

use crate::ids::NoteId;
use std::collections::{HashMap, HashSet};

/// Nothing waits longer to be seen in some form, milliseconds.
const CYCLE: u32 = 120_000;
/// To find the cluster that one knows, milliseconds.
const OVERVIEW: u32 = 10_000;
/// Time to find a cluster and to read ten notes, milliseconds.
const CARDS: u32 = 15_000;
/// A digest is looked through for one's own: so long, if there are few of them; milliseconds.
const DIGEST: u32 = 12_000;
/// No shorter, milliseconds: the eye must find the line.
const LEAST_DIGEST: u32 = 5_000;
/// A page of anything is seen no shorter than this, milliseconds.
const LEAST_PAGE: u32 = 6_000;
/// So many pages of cards are shown in a cycle without digests. One less than there is time for: those that are
/// wanted first do not fill their pages as evenly.
pub(super) const MOST_PAGES_OF_CARDS: usize = 6;

/// How long each of so many pages stays, milliseconds: as long as a page of cards, or, where that would make the last one
/// wait for more than two minutes, as much shorter.
pub fn page_stays(pages: usize) -> u32 {
    let pages = u32::try_from(pages.max(1)).unwrap_or(u32::MAX);
    (CYCLE / pages).clamp(LEAST_PAGE, CARDS)
}

/// With what a programme opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// With the overview: the board.
    #[default]
    Overview,
    /// With cards, unless there are so many that digests are needed: what is shown for its own sake.
    Cards,
}

/// A note, as far as the programme must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Showable<'a> {
    /// The note's id on the board.
    pub id: &'a NoteId,
    /// Something was said of it since it was last shown as a card: it was written on, or answered.
    pub is_spoken_of: bool,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The clusters with their counts.
    Overview,
    /// Some notes, whole.
    Cards,
    /// Very many, a line each.
    Digest,
}

/// What is shown next, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turning {
    /// What is shown.
    pub turn: Turn,
    /// For how long, in milliseconds.
    pub stays: u32,
}

/// How it stands.
#[derive(Clone, Debug, Default)]
pub struct Programme {
    opening: Opening,
    cycle: u32,
    waiting: Vec<Turning>,
    has_digests: bool,
    /// How often each was shown as a card, and in which cycle last.
    shown: HashMap<NoteId, (u32, u32)>,
    /// What was there when the wall was hung up is not new.
    known: Option<HashSet<NoteId>>,
}

impl Programme {
    /// How many pages of cards are looked at, at most, to know whether digests are needed.
    pub const PAGES_LOOKED_AT: usize = MOST_PAGES_OF_CARDS + 1;

    /// One that opens so.
    pub fn opening_with(opening: Opening) -> Self {
        Self {
            opening,
            ..Self::default()
        }
    }

    /// The next turn. `pages`: how many all would be, as cards and as digests; `is_digested`: whether the last digest has
    /// been shown in this cycle.
    pub fn next(
        &mut self,
        notes: &[Showable<'_>],
        pages: impl FnOnce() -> (usize, usize),
        is_digested: bool,
    ) -> Turning {
        if self.known.is_none() {
            self.known = Some(notes.iter().map(|note| note.id.clone()).collect());
        }
        if self.waiting.is_empty() && self.cycle > 0 {
            // What came meanwhile has made it longer than was thought.
            if self.has_digests && !is_digested {
                return Turning {
                    turn: Turn::Digest,
                    stays: LEAST_DIGEST,
                };
            }
            if !self.has_digests && notes.iter().any(|note| !self.is_shown_now(note.id)) {
                return Turning {
                    turn: Turn::Cards,
                    stays: CARDS,
                };
            }
        }
        if self.waiting.is_empty() {
            let (cards, digests) = pages();
            self.cycle += 1;
            self.has_digests = cards > MOST_PAGES_OF_CARDS;
            self.waiting = if self.has_digests {
                with_digests(digests)
            } else {
                only_cards(cards, self.opening)
            };
            self.waiting.reverse();
            // What is gone is forgotten: a wall hangs for weeks.
            let here: HashSet<&NoteId> = notes.iter().map(|note| note.id).collect();
            self.shown.retain(|id, _| here.contains(id));
        }
        self.waiting.pop().unwrap_or(Turning {
            turn: Turn::Overview,
            stays: OVERVIEW,
        })
    }

    /// Whether the cycle that is under way has digests.
    pub const fn has_digests(&self) -> bool {
        self.has_digests
    }

    /// In which order the notes are wanted on the next page of cards, by their places in `notes`; what has been on one
    /// in this cycle comes last, or, where digests show all anyway, not at all.
    pub fn wanted(&self, notes: &[Showable<'_>]) -> Vec<usize> {
        let mut order: Vec<(u8, u32, usize)> = notes
            .iter()
            .enumerate()
            .filter(|(_, note)| !self.is_shown_now(note.id))
            .map(|(place, note)| {
                let times = self.shown.get(note.id).map_or(0, |(times, _)| *times);
                let is_new = times == 0
                    && self
                        .known
                        .as_ref()
                        .is_some_and(|known| !known.contains(note.id));
                let class = match (is_new, note.is_spoken_of) {
                    (true, _) => 0,
                    (false, true) => 1,
                    (false, false) => 2,
                };
                (class, times, place)
            })
            .collect();
        if order.is_empty() {
            return (0..notes.len()).collect();
        }
        crate::sorting::sort_by(&mut order, Ord::cmp);
        order.into_iter().map(|(.., place)| place).collect()
    }

    /// These have been shown as cards.
    pub fn showed<'a>(&mut self, notes: impl IntoIterator<Item = &'a NoteId>) {
        for note in notes {
            let shown = self.shown.entry(note.clone()).or_default();
            *shown = (shown.0 + 1, self.cycle);
        }
    }

    fn is_shown_now(&self, note: &NoteId) -> bool {
        let shown = self.shown.get(note);
        shown.is_some_and(|(_, cycle)| *cycle == self.cycle)
    }
}

const fn turning(turn: Turn, stays: u32) -> Turning {
    Turning { turn, stays }
}

fn only_cards(pages: usize, opening: Opening) -> Vec<Turning> {
    let mut turns = match opening {
        Opening::Overview => vec![turning(Turn::Overview, OVERVIEW)],
        Opening::Cards => Vec::new(),
    };
    turns.extend((0..pages.max(1)).map(|_| turning(Turn::Cards, CARDS)));
    turns
}

/// As many cards among the digests as there is time for, evenly.
fn with_digests(digests: usize) -> Vec<Turning> {
    let digests = digests.max(1);
    let count = u32::try_from(digests).unwrap_or(u32::MAX);
    let left = CYCLE - OVERVIEW - CARDS;
    let stays = (left / count).clamp(LEAST_DIGEST, DIGEST);
    let left = CYCLE.saturating_sub(OVERVIEW + stays.saturating_mul(count));
    let cards = (left / CARDS).max(1) as usize;
    let mut turns = vec![turning(Turn::Overview, OVERVIEW)];
    let mut dealt = 0;
    for number in 0..cards {
        turns.push(turning(Turn::Cards, CARDS));
        let until = digests * (number + 1) / cards;
        turns.extend((dealt..until).map(|_| turning(Turn::Digest, stays)));
        dealt = until;
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// So many notes are on a page of cards and of a digest.
    const ON_CARDS: usize = 16;
    const ON_DIGEST: usize = 90;

    /// A wall that shows itself to nobody: time, and when each note was seen last, or came.
    struct Wall {
        programme: Programme,
        notes: Vec<NoteId>,
        now: u32,
        since: HashMap<NoteId, u32>,
        longest_wait: u32,
        digested: usize,
    }

    impl Wall {
        fn with(count: usize) -> Self {
            Self::opening(Opening::Overview, count)
        }

        fn opening(opening: Opening, count: usize) -> Self {
            let mut wall = Self {
                programme: Programme::opening_with(opening),
                notes: Vec::new(),
                now: 0,
                since: HashMap::new(),
                longest_wait: 0,
                digested: 0,
            };
            wall.comes(count);
            wall
        }

        fn comes(&mut self, count: usize) {
            for _ in 0..count {
                let id = NoteId::from(format!("n{:05}", self.since.len()).as_str());
                self.since.insert(id.clone(), self.now);
                self.notes.push(id);
            }
        }

        fn sees(&mut self, id: &NoteId) {
            let since = self.since.insert(id.clone(), self.now).unwrap_or(0);
            self.longest_wait = self.longest_wait.max(self.now - since);
        }

        fn turns(&mut self) -> (Turn, Vec<NoteId>) {
            let notes = self.notes.clone();
            let showable: Vec<Showable<'_>> = notes
                .iter()
                .map(|id| Showable {
                    id,
                    is_spoken_of: false,
                })
                .collect();
            let pages = (
                notes.len().div_ceil(ON_CARDS),
                notes.len().div_ceil(ON_DIGEST),
            );
            let is_digested = self.digested >= notes.len();
            let turning = self.programme.next(&showable, || pages, is_digested);
            let seen: Vec<NoteId> = match turning.turn {
                Turn::Overview => {
                    self.digested = 0;
                    Vec::new()
                }
                Turn::Cards => {
                    let wanted = self.programme.wanted(&showable);
                    let first = wanted.into_iter().take(ON_CARDS);
                    let seen: Vec<NoteId> = first.map(|place| notes[place].clone()).collect();
                    self.programme.showed(&seen);
                    seen
                }
                Turn::Digest => {
                    let seen = notes.iter().skip(self.digested).take(ON_DIGEST);
                    let seen: Vec<NoteId> = seen.cloned().collect();
                    self.digested += seen.len();
                    seen
                }
            };
            for id in &seen {
                self.sees(id);
            }
            self.now += turning.stays;
            (turning.turn, seen)
        }
    }

    fn openings() -> impl Strategy<Value = Opening> {
        prop_oneof![Just(Opening::Overview), Just(Opening::Cards)]
    }

    proptest! {
        #[test]
        fn nothing_waits_more_than_two_minutes(count in 20..1_000_usize, opening in openings()) {
            let mut wall = Wall::opening(opening, count);
            while wall.now < 600_000 {
                wall.turns();
            }
            for since in wall.since.values() {
                wall.longest_wait = wall.longest_wait.max(wall.now - since);
            }
            prop_assert!(wall.longest_wait <= CYCLE + CARDS, "{}", wall.longest_wait);
            prop_assert!(wall.since.values().all(|since| *since > 0 || count < ON_CARDS));
        }

        #[test]
        fn no_page_of_several_waits_more_than_two_minutes_while_there_is_time_to_read_it(pages in 1..=20_usize) {
            let stays = page_stays(pages);
            prop_assert!(stays as usize * pages <= CYCLE as usize);
            prop_assert!((LEAST_PAGE..=CARDS).contains(&stays));
        }

        #[test]
        fn what_comes_is_on_the_next_cards(before in 20..900_usize, turns in 3..40_usize, new in 1..ON_CARDS) {
            let mut wall = Wall::with(before);
            for _ in 0..turns {
                wall.turns();
            }
            wall.comes(new);
            let came: Vec<NoteId> = wall.notes[before..].to_vec();
            let cards = std::iter::repeat_with(|| wall.turns())
                .take(60)
                .find(|(turn, _)| *turn == Turn::Cards);
            let (_, seen) = cards.unwrap();
            prop_assert!(came.iter().all(|id| seen.contains(id)));
        }

        #[test]
        fn everybody_s_note_becomes_a_card_as_often_as_the_others(count in 120..600_usize) {
            let mut wall = Wall::with(count);
            let mut times: HashMap<NoteId, u32> = HashMap::new();
            for _ in 0..400 {
                let (turn, seen) = wall.turns();
                if turn == Turn::Cards {
                    for id in seen {
                        *times.entry(id).or_default() += 1;
                    }
                }
            }
            let most = times.values().max().copied().unwrap_or(0);
            let least = wall.notes.iter().map(|id| times.get(id).copied().unwrap_or(0)).min().unwrap();
            prop_assert!(most - least <= 1, "{} to {}", least, most);
        }
    }

    #[test]
    fn it_opens_with_the_overview() {
        let mut wall = Wall::with(300);
        assert_eq!(wall.turns().0, Turn::Overview);
        assert_eq!(wall.turns().0, Turn::Cards);
    }

    #[test]
    fn what_is_shown_for_its_own_sake_opens_with_its_cards_and_where_it_is_much_with_the_overview()
    {
        let mut few = Wall::opening(Opening::Cards, 40);
        for _ in 0..10 {
            assert_eq!(few.turns().0, Turn::Cards);
        }
        let mut many = Wall::opening(Opening::Cards, 300);
        assert_eq!(many.turns().0, Turn::Overview);
        assert_eq!(many.turns().0, Turn::Cards);
    }

    #[test]
    fn what_is_spoken_of_comes_before_what_is_not() {
        let ids: Vec<NoteId> = (0..40)
            .map(|number| NoteId::from(format!("n{number:02}").as_str()))
            .collect();
        let mut notes: Vec<Showable<'_>> = ids
            .iter()
            .map(|id| Showable {
                id,
                is_spoken_of: false,
            })
            .collect();
        let mut programme = Programme::default();
        programme.next(&notes, || (9, 2), false);
        notes[30].is_spoken_of = true;
        assert_eq!(programme.wanted(&notes)[..2], [30, 0]);
    }
}
