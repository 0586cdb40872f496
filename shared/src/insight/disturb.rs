//! The thought that disturbs: one that somebody would not have had, put in front of them.
//!
//! A note can be given to a person who did not write it and has neither seen it nor been given it, and
//! that says something. Which of those is decided by
//!
//! 1. **whose voice** it is: of a voice unlike mine; else without a voice; else of a voice of mine;
//!    last of all notes that say next to nothing;
//! 2. within these, the **score** `0.5 / (1 + s) + 0.5 · (1 − l) + 0.1 · c`: `s` is how many people
//!    have seen it, `l` how like it is to all that I wrote taken together ([`Corpus`]; 0 for who wrote
//!    nothing), `c` is chance in 0..1, so that equals take turns.
//!
//! Who has no voice is unlike every voice. The caller chooses the notes that may be given: shown ones,
//! and of the kinds that the phase asks for.

use super::{Corpus, Thought, chance::chance};
use crate::{
    ids::{NoteId, PersonId, VoiceId},
    sorting::sort_by,
};
use std::collections::{BTreeSet, HashMap};

/// The one who is to be disturbed.
#[derive(Clone, Copy, Debug)]
pub struct Me<'a> {
    /// The voices that they speak as; several, or none.
    pub voices: &'a [VoiceId],
    /// The notes that they wrote.
    pub own: &'a BTreeSet<NoteId>,
    /// The notes that they have looked at.
    pub seen: &'a BTreeSet<NoteId>,
    /// The notes that they were given before.
    pub given: &'a BTreeSet<NoteId>,
    /// The cards that they were given before, by their place in the deck.
    pub cards: &'a BTreeSet<usize>,
}

/// What is put in front of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Given {
    /// A note of somebody else.
    Note(NoteId),
    /// A provocation card, by its place in the deck.
    Card(usize),
}

/// A thought for one person; `None` when there is none that they have not met.
pub fn choose(
    me: &Me,
    thoughts: &[Thought],
    corpus: &Corpus,
    seen_count: impl Fn(&NoteId) -> u32,
    seed: u64,
) -> Option<NoteId> {
    let best = offers(me, thoughts, corpus, &seen_count, seed, 1);
    best.first().map(|offer| thoughts[offer.note].id.clone())
}

/// A card for one person: one that they have not had, or any when they had all; `None` without a deck.
pub fn choose_card(me: &Me, deck: usize, seed: u64) -> Option<usize> {
    choose_card_but(me, deck, &vec![false; deck], seed)
}

/// The facilitator's surprise: something for each, and for each something else.
///
/// As many as can get a note, most of them one of a voice unlike theirs; nobody comes first because of
/// their place in `people`. Who is left gets a card of `deck` cards; a card goes to two people only
/// when there are more people than cards. Only without a deck does somebody get nothing.
///
/// `None`: nobody wants it any more.
pub fn choose_for_all(
    people: &[(PersonId, Me)],
    thoughts: &[Thought],
    corpus: &Corpus,
    seen_count: impl Fn(&NoteId) -> u32,
    deck: usize,
    seed: u64,
    is_wanted: &dyn Fn() -> bool,
) -> Option<Vec<(PersonId, Given)>> {
    // More offers than people are of no use: one of them is always free.
    let offered: Option<Vec<Vec<Offer>>> = people
        .iter()
        .map(|(person, me)| {
            let seed = seed ^ (chance(seed, person.as_str()) * 1e15) as u64;
            is_wanted().then(|| offers(me, thoughts, corpus, &seen_count, seed, people.len()))
        })
        .collect();
    let notes = share_out(&offered?, is_wanted)?;

    let mut used = vec![false; deck];
    let mut given = Vec::with_capacity(people.len());
    for ((person, me), note) in people.iter().zip(notes) {
        let something = if let Some(note) = note {
            Given::Note(thoughts[note].id.clone())
        } else {
            if used.iter().all(|&used| used) {
                used.fill(false);
            }
            let seed = seed ^ (chance(seed, person.as_str()) * 1e15) as u64;
            let Some(card) = choose_card_but(me, deck, &used, seed) else {
                continue;
            };
            used[card] = true;
            Given::Card(card)
        };
        given.push((person.clone(), something));
    }
    Some(given)
}

/// A note that may be given to somebody.
#[derive(Clone, Copy)]
struct Offer {
    note: usize,
    fit: Fit,
    score: f64,
}

/// Whose voice a note is of, as the one sees it who is to get it: the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Unlike,
    WithoutVoice,
    Mine,
    Thin,
}

impl Fit {
    const ALL: [Self; 4] = [Self::Unlike, Self::WithoutVoice, Self::Mine, Self::Thin];
}

/// The best `most` notes for somebody, the best first.
fn offers(
    me: &Me,
    thoughts: &[Thought],
    corpus: &Corpus,
    seen_count: &dyn Fn(&NoteId) -> u32,
    seed: u64,
    most: usize,
) -> Vec<Offer> {
    let mine = corpus.together(me.own);
    let met = |id: &NoteId| me.own.contains(id) || me.seen.contains(id) || me.given.contains(id);
    let mut offers: Vec<Offer> = (thoughts.iter().enumerate())
        .filter(|(_, thought)| !thought.text.trim().is_empty() && !met(thought.id))
        .map(|(note, thought)| Offer {
            note,
            fit: fit(me, thought, corpus),
            score: 0.5 / (1.0 + f64::from(seen_count(thought.id)))
                + 0.5 * (1.0 - corpus.likeness_to_together(thought.id, &mine))
                + 0.1 * chance(seed, thought.id.as_str()),
        })
        .collect();
    sort_by(&mut offers, best_first);
    offers.truncate(most);
    offers
}

fn fit(me: &Me, thought: &Thought, corpus: &Corpus) -> Fit {
    match thought.voice {
        _ if corpus.is_thin(thought.id) => Fit::Thin,
        None => Fit::WithoutVoice,
        Some(voice) if me.voices.contains(voice) => Fit::Mine,
        Some(_) => Fit::Unlike,
    }
}

fn best_first(a: &Offer, b: &Offer) -> std::cmp::Ordering {
    (a.fit.cmp(&b.fit)).then(b.score.total_cmp(&a.score))
}

/// Gives each person one of the notes that they are offered, no note to two, and as many people as
/// can be one at all. First only unlike voices are shared out, then the rest.
///
/// Each time the best offers of all go first, whoever they are for; then whoever went without asks the
/// others to take another of theirs (augmenting paths, as for any bipartite matching).
fn share_out(offered: &[Vec<Offer>], is_wanted: &dyn Fn() -> bool) -> Option<Vec<Option<usize>>> {
    let mut got: Vec<Option<usize>> = vec![None; offered.len()];
    let mut taken_by: HashMap<usize, usize> = HashMap::new();
    for fit in Fit::ALL {
        let mut open: Vec<(usize, Offer)> = (offered.iter().enumerate())
            .filter(|&(person, _)| got[person].is_none())
            .flat_map(|(person, offers)| offers.iter().map(move |offer| (person, *offer)))
            .filter(|(_, offer)| offer.fit <= fit)
            .collect();
        sort_by(&mut open, |a, b| best_first(&a.1, &b.1));
        for (person, offer) in open {
            if got[person].is_none() && !taken_by.contains_key(&offer.note) {
                got[person] = Some(offer.note);
                taken_by.insert(offer.note, person);
            }
        }
        for person in 0..offered.len() {
            if !is_wanted() {
                return None;
            }
            if got[person].is_none() {
                make_room(person, offered, fit, &mut got, &mut taken_by);
            }
        }
    }
    Some(got)
}

/// Looks for a note for somebody by having others change theirs: breadth first, so that few do.
fn make_room(
    person: usize,
    offered: &[Vec<Offer>],
    fit: Fit,
    got: &mut [Option<usize>],
    taken_by: &mut HashMap<usize, usize>,
) {
    // Each note that can be reached, with who would take it.
    let mut taker: HashMap<usize, usize> = HashMap::new();
    let mut waiting = vec![person];
    let mut next = 0;
    while let Some(&asker) = waiting.get(next) {
        next += 1;
        for offer in offered[asker].iter().filter(|offer| offer.fit <= fit) {
            if taker.contains_key(&offer.note) {
                continue;
            }
            taker.insert(offer.note, asker);
            if let Some(&holder) = taken_by.get(&offer.note) {
                waiting.push(holder);
                continue;
            }
            // A free one: hand on along the way back.
            let mut free = Some(offer.note);
            while let Some(note) = free {
                let who = taker[&note];
                free = got[who].replace(note);
                taken_by.insert(note, who);
                if who == person {
                    return;
                }
            }
        }
    }
}

fn choose_card_but(me: &Me, deck: usize, used: &[bool], seed: u64) -> Option<usize> {
    // Not used by another now, then not had before, then chance.
    let rank = |card: usize| (used[card], me.cards.contains(&card));
    (0..deck).min_by(|&a, &b| {
        let by_chance = chance(seed.wrapping_add(a as u64), "card")
            .total_cmp(&chance(seed.wrapping_add(b as u64), "card"));
        rank(a).cmp(&rank(b)).then(by_chance)
    })
}

#[cfg(test)]
mod tests;
