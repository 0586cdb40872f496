//! Two notes that have little to do with each other, as one prompt: what would join them?
//!
//! Pairs whose likeness ([`Corpus`]) is above a limit are not far and never given. Among the others
//! the highest score wins: `(1 − l) + 0.3` for two voices `+ 0.3` for two clusters `+ 0.2 · c`; `l` is the
//! likeness, `c` chance in 0..1, so that it isn't the same few notes each time. The likeness knows
//! words, not meaning: that two notes stand in different clusters, where people put them, tells more.

use super::{Corpus, Thought, chance::chance};
use crate::{ids::NoteId, sorting::sort_by};
use std::collections::BTreeSet;

/// Notes that are more alike than this are not far apart.
const FAR: f64 = 0.25;

/// How many notes are looked at for a pair: 200 have 19,900 pairs, some milliseconds on a phone.
const LOOKED_AT: usize = 200;

/// Two notes far apart that were not used before, the smaller id first; `None` when there is no such
/// pair. Notes that say next to nothing are left out: all others are far from them.
///
/// `used` holds pairs in either order. Who may see the notes, and of which kinds they are, is up to the
/// caller.
pub fn far_pair(
    thoughts: &[Thought],
    corpus: &Corpus,
    used: &BTreeSet<(NoteId, NoteId)>,
    seed: u64,
) -> Option<(NoteId, NoteId)> {
    let mut drawn: Vec<(f64, &Thought)> = thoughts
        .iter()
        .filter(|thought| !corpus.is_thin(thought.id))
        .map(|thought| (chance(seed, thought.id.as_str()), thought))
        .collect();
    sort_by(&mut drawn, |a, b| a.0.total_cmp(&b.0));

    let is_used = |a: &NoteId, b: &NoteId| {
        used.contains(&(a.clone(), b.clone())) || used.contains(&(b.clone(), a.clone()))
    };
    for some in drawn.chunks(LOOKED_AT) {
        let mut best: Option<(f64, &NoteId, &NoteId)> = None;
        for (place, &(drawn_a, a)) in some.iter().enumerate() {
            for &(drawn_b, b) in &some[place + 1..] {
                let Some(score) = score(a, b, corpus) else {
                    continue;
                };
                // Chance for each pair, out of one number for each note: as good as drawn anew.
                let score = score + 0.2 * (31.0 * drawn_a + 17.0 * drawn_b).fract();
                if best.is_none_or(|(highest, ..)| score > highest) && !is_used(a.id, b.id) {
                    best = Some((score, a.id, b.id));
                }
            }
        }
        if let Some((_, a, b)) = best {
            return Some((a.min(b).clone(), a.max(b).clone()));
        }
    }
    None
}

/// The score without chance; `None` when they are not far apart.
fn score(a: &Thought, b: &Thought, corpus: &Corpus) -> Option<f64> {
    let likeness = corpus.likeness(a.id, b.id);
    if likeness > FAR || a.id == b.id {
        return None;
    }
    let differ = |differ: bool| if differ { 0.3 } else { 0.0 };
    let voices = differ(a.voice.is_some() && b.voice.is_some() && a.voice != b.voice);
    let clusters = differ(a.cluster.is_some() && b.cluster.is_some() && a.cluster != b.cluster);
    Some(1.0 - likeness + voices + clusters)
}

#[cfg(test)]
mod tests {
    use super::super::made::{Made, thoughts};
    use super::*;
    use crate::ids::ClusterId;
    use proptest::prelude::*;

    fn board() -> Vec<Made> {
        vec![
            Made::new("bus", "youth", "Bussen går bare to ganger om dagen"),
            Made::new("buses", "youth", "Bussen går for sjelden om dagen"),
            Made::new("chemist", "leader", "Apoteket var stengt da vi kom hjem"),
            Made::new(
                "chemists",
                "leader",
                "Apoteket er stengt når vi kommer hjem",
            ),
            Made::new("ok", "patient", "ok"),
            Made::new("empty", "patient", ""),
        ]
    }

    fn pair(a: &str, b: &str) -> (NoteId, NoteId) {
        (a.into(), b.into())
    }

    #[test]
    fn it_takes_what_is_far_apart_until_nothing_far_is_left() {
        let made = board();
        let thoughts = thoughts(&made);
        let corpus = Corpus::of(&thoughts);
        let mut used = BTreeSet::new();
        while let Some(found) = far_pair(&thoughts, &corpus, &used, 5) {
            assert!(used.insert(found));
        }
        let expected = [
            pair("bus", "chemist"),
            pair("bus", "chemists"),
            pair("buses", "chemist"),
            pair("buses", "chemists"),
        ];
        assert_eq!(used, BTreeSet::from(expected));
    }

    #[test]
    fn a_pair_is_used_whichever_comes_first() {
        let made = board();
        let two = [made[0].thought(), made[2].thought()];
        let corpus = Corpus::of(&two);
        let used = BTreeSet::from([pair("chemist", "bus")]);
        assert_eq!(far_pair(&two, &corpus, &used, 5), None);
    }

    #[test]
    fn different_clusters_and_voices_come_first() {
        let texts = [
            ("a", "youth", "Skjemaet på nett"),
            ("b", "youth", "Venteliste hos psykolog"),
            ("c", "leader", "Korridoren uten stoler"),
            ("d", "leader", "Middagen kommer kald"),
        ];
        let made = texts.map(|(id, voice, text)| Made::new(id, voice, text));
        let clusters = [ClusterId::from("1"), ClusterId::from("2")];
        let mut thoughts = thoughts(&made);
        for (thought, cluster) in thoughts.iter_mut().zip([0, 1, 0, 1]) {
            thought.cluster = Some(&clusters[cluster]);
        }
        let corpus = Corpus::of(&thoughts);
        for seed in 0..20 {
            let found = far_pair(&thoughts, &corpus, &BTreeSet::new(), seed).unwrap();
            assert!(
                [pair("a", "d"), pair("b", "c")].contains(&found),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_full_board_gives_many_different_pairs() {
        let made: Vec<Made> = (0..500)
            .map(|number: u32| {
                let text = format!("ord{} sak{} ting{}", number, number / 2, number / 3);
                Made::new(&number.to_string(), "", &text)
            })
            .collect();
        let thoughts = thoughts(&made);
        let corpus = Corpus::of(&thoughts);
        let mut used = BTreeSet::new();
        for seed in 0..6 {
            let found = far_pair(&thoughts, &corpus, &used, seed).unwrap();
            assert!(used.insert(found));
        }
    }

    proptest! {
        #[test]
        fn a_pair_is_two_notes_that_are_far_apart_and_new(
            texts in proptest::collection::vec("[a-d]{1,4}( [a-d]{2,5}){0,3}", 0..14), seed: u64,
        ) {
            let made: Vec<Made> = (texts.iter().enumerate())
                .map(|(number, text)| Made::new(&number.to_string(), "", text))
                .collect();
            let thoughts = thoughts(&made);
            let corpus = Corpus::of(&thoughts);
            let mut used = BTreeSet::new();
            while let Some((a, b)) = far_pair(&thoughts, &corpus, &used, seed) {
                prop_assert!(a < b && corpus.likeness(&a, &b) <= FAR);
                prop_assert!(used.insert((a, b)));
            }
        }
    }
}
