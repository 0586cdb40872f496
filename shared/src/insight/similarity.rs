//! How alike two short notes are.
//!
//! Short notes share few words, and Norwegian writes compounds in one: *sykehus*, *sykehuset* and
//! *sykehusinnleggelse* have to meet. So a note is read twice, as the stems of its words and as the
//! letters of those stems in threes (`syk yke keh ehu hus`). A stem that begins or ends with a word that
//! stands on the board itself counts as that word as well: *bussruter* as *buss*. What is rare on this
//! board weighs more (inverse document frequency, Spärck Jones 1972). Each half is a vector of length 1, the two are
//! put end to end, and the likeness is the cosine: 0 for nothing in common, 1 for the same words.
//!
//! It knows words, not meaning: *ensom* and *ingen å snakke med* are strangers to it, and so are a
//! word and its translation. It gives people something to look at; people decide.

use super::{
    Thought,
    words::{stem, words},
};
use crate::{ids::NoteId, sorting::sort_by};
use std::collections::{BTreeSet, HashMap};

/// What the stems weigh in the cosine; the letters in threes weigh the rest. From 0.2 to 0.6 the sentences
/// of the tests come out right, at 0.8 compounds no longer meet. The highest that works, because three
/// letters are the same by chance more often than words are.
const WORDS_WEIGH: f32 = 0.6;

/// Letters of a note that are read: a page and a half, by hand. What a note is about is said by then, and a note may be
/// a hundred times longer.
const MOST_LETTERS: usize = 500;

/// The notes of a board, ready to be compared.
pub struct Corpus {
    /// Where each note is in `vectors`.
    places: HashMap<NoteId, usize>,
    vectors: Vec<Vector>,
    /// How many stems each note has: what it says beside stop words.
    said: Vec<usize>,
    /// Every feature that occurs, sorted; its place here is its number.
    features: Vec<Feature>,
    /// How rare each is.
    rarity: Vec<f32>,
    /// How rare what occurs nowhere is.
    unknown: f32,
}

/// A stem or three letters as a hash, whose lowest bit tells which. A board of 2,000 notes has some
/// 20,000: that two share a hash, and notes become slightly more alike, is one chance in ten.
type Feature = u32;

/// Numbers of features with their weights, sorted by number.
pub(super) type Vector = Vec<(u32, f32)>;

impl Corpus {
    /// Reads the notes. 2,000 take some tens of milliseconds.
    ///
    /// # Panics
    /// Never: it is always wanted.
    pub fn of(thoughts: &[Thought]) -> Self {
        Self::while_wanted(thoughts, &|| true).expect("it is always wanted")
    }

    /// The same, as long as somebody wants it; else `None`.
    pub fn while_wanted(thoughts: &[Thought], is_wanted: &dyn Fn() -> bool) -> Option<Self> {
        let stems: Option<Vec<Vec<String>>> = thoughts
            .iter()
            .map(|thought| is_wanted().then(|| stems_of(thought.text)))
            .collect();
        let stems = stems?;
        let mut vocabulary: Vec<Feature> = stems
            .iter()
            .flatten()
            .map(|stem| feature(stem, STEM))
            .collect();
        sort_by(&mut vocabulary, Ord::cmp);
        let notes: Option<Vec<Read>> = stems
            .iter()
            .map(|stems| is_wanted().then(|| read(stems, &vocabulary)))
            .collect();
        let notes = notes?;

        let mut all: Vec<Feature> = Vec::new();
        for note in &notes {
            all.extend(note.iter().map(|(feature, _)| feature));
        }
        sort_by(&mut all, Ord::cmp);

        let (mut features, mut rarity) = (Vec::new(), Vec::new());
        for same in all.chunk_by(|a, b| a == b) {
            features.push(same[0]);
            rarity.push(rarity_of(same.len(), thoughts.len()));
        }

        let mut corpus = Self {
            places: HashMap::with_capacity(thoughts.len()),
            vectors: Vec::with_capacity(thoughts.len()),
            said: stems.iter().map(Vec::len).collect(),
            unknown: rarity_of(1, thoughts.len() + 1),
            features,
            rarity,
        };
        for (place, (thought, note)) in thoughts.iter().zip(&notes).enumerate() {
            let vector = corpus.vector(note);
            corpus.places.insert(thought.id.clone(), place);
            corpus.vectors.push(vector);
            if !is_wanted() {
                return None;
            }
        }
        Some(corpus)
    }

    /// How alike two notes are, 0..1; 0 when one is not here.
    pub fn likeness(&self, a: &NoteId, b: &NoteId) -> f64 {
        dot(self.vector_of(a), self.vector_of(b))
    }

    /// How alike a note and a text are that stands on no note, 0..1.
    pub fn likeness_to_text(&self, note: &NoteId, text: &str) -> f64 {
        let read = read(&stems_of(text), &self.features);
        dot(self.vector_of(note), &self.vector(&read))
    }

    /// Whether a note says too little to be compared: nothing, `ok`, `test`, one word. All others are
    /// far from it, and that tells nothing.
    pub fn is_thin(&self, note: &NoteId) -> bool {
        self.places
            .get(note)
            .is_none_or(|&place| self.said[place] < 2)
    }

    /// The weights of a note; empty when it is not here.
    pub(super) fn vector_of(&self, note: &NoteId) -> &[(u32, f32)] {
        self.places
            .get(note)
            .map_or(&[], |&place| &self.vectors[place])
    }

    /// Several notes as one, by the number of the feature: to compare many notes with it quickly.
    pub(super) fn together(&self, notes: &BTreeSet<NoteId>) -> Vec<f32> {
        let mut sum = vec![0.0_f32; self.features.len()];
        for note in notes {
            for &(feature, weight) in self.vector_of(note) {
                sum[feature as usize] += weight;
            }
        }
        let length = sum.iter().map(|weight| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            for weight in &mut sum {
                *weight /= length;
            }
        }
        sum
    }

    /// How alike a note is to several, 0..1.
    pub(super) fn likeness_to_together(&self, note: &NoteId, together: &[f32]) -> f64 {
        let sum: f32 = self
            .vector_of(note)
            .iter()
            .map(|&(feature, weight)| weight * together[feature as usize])
            .sum();
        f64::from(sum).clamp(0.0, 1.0)
    }

    fn vector(&self, note: &[(Feature, u32)]) -> Vector {
        let mut vector = Vector::with_capacity(note.len());
        // The squared length of the half with the stems, and of that with the letters.
        let mut squares = [0.0_f32; 2];
        for &(feature, count) in note {
            let known = self.features.binary_search(&feature);
            let rarity = known.map_or(self.unknown, |number| self.rarity[number]);
            // A word that is said again says less than the first time.
            let weight = (1.0 + (count as f32).ln()) * rarity;
            squares[half(feature)] += weight * weight;
            if let Ok(number) = known {
                vector.push((number as u32, weight));
            }
        }
        // A note of two-letter words has no letters in threes; its words are then all of it.
        let shares = match squares {
            [_, letters] if letters <= 0.0 => [1.0, 0.0],
            [stems, _] if stems <= 0.0 => [0.0, 1.0],
            _ => [WORDS_WEIGH, 1.0 - WORDS_WEIGH],
        };
        for (number, weight) in &mut vector {
            let half = half(self.features[*number as usize]);
            *weight *= (shares[half] / squares[half]).sqrt();
        }
        vector
    }
}

/// How much it tells that a note has this: the rarer, the more.
fn rarity_of(notes_with_it: usize, notes: usize) -> f32 {
    (1.0 + notes as f32 / notes_with_it as f32).ln()
}

/// The product of two sorted vectors.
fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f64 {
    let (mut a, mut b) = (a, b);
    let mut sum = 0.0_f32;
    while let ([(first, x), rest_of_a @ ..], [(second, y), rest_of_b @ ..]) = (a, b) {
        if first == second {
            sum += x * y;
        }
        if first <= second {
            a = rest_of_a;
        }
        if second <= first {
            b = rest_of_b;
        }
    }
    f64::from(sum).clamp(0.0, 1.0)
}

fn stems_of(text: &str) -> Vec<String> {
    let end = text.char_indices().nth(MOST_LETTERS);
    let read = end.map_or(text, |(end, _)| &text[..end]);
    words(read).filter_map(|word| stem(&word)).collect()
}

/// A text as it was read: its features in order, each with how often it occurs.
type Read = Vec<(Feature, u32)>;

/// Reads a note's stems. `vocabulary`: the stems on the board, sorted.
fn read(stems: &[String], vocabulary: &[Feature]) -> Read {
    let mut features: Vec<Feature> = Vec::new();
    for stem in stems {
        features.push(feature(stem, STEM));
        let begins: Vec<usize> = stem.char_indices().map(|(at, _)| at).collect();
        for three in 3..=begins.len() {
            let end = begins.get(three).copied().unwrap_or(stem.len());
            features.push(feature(&stem[begins[three - 3]..end], THREE));
        }
        for (letters, &at) in begins.iter().enumerate().take(LONGEST_COMPOUND) {
            let (first, last) = stem.split_at(at);
            let other = begins.len() - letters;
            for (part, long_enough) in [
                (first, letters >= PART && other >= REST),
                (last, other >= PART && letters >= REST),
            ] {
                let part = feature(part, STEM);
                if long_enough && vocabulary.binary_search(&part).is_ok() {
                    features.push(part);
                }
            }
        }
    }
    sort_by(&mut features, Ord::cmp);
    features
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len() as u32))
        .collect()
}

/// A part of a compound has at least so many letters: shorter ones stand in other words by chance.
const PART: usize = 4;
/// Parts are looked for among so many letters from the beginning: each takes time of its own, and a
/// word of thousands of letters is no compound.
const LONGEST_COMPOUND: usize = 40;
/// What is left of a compound has at least so many.
const REST: usize = 3;

const STEM: u32 = 0;
const THREE: u32 = 1;

/// Which half of the vector a feature is in.
fn half(feature: Feature) -> usize {
    (feature & 1) as usize
}

/// FNV-1a, with the lowest bit for what it is of.
fn feature(letters: &str, what: u32) -> Feature {
    let hash = letters.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // The upper bits of FNV are the better ones.
    ((hash ^ (hash >> 15)) & !1) | what
}

#[cfg(test)]
mod tests;
