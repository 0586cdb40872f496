//! What nobody has answered, tried or touched yet, and who has not been heard.
//!
//! All of it is counts and lists of notes; nothing is about a person, and nothing says who is best.
//! Notes without text don't count. A link to or from a cluster counts for the notes of that kind in
//! it: whoever answers the cluster has answered its problems.

use super::{Thought, evenness};
use crate::{
    board::{Born, ItemId, Link, LinkKind, NoteKind},
    ids::{ClusterId, NoteId, VoiceId},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// All that is on the board and matters here.
#[derive(Clone, Copy, Debug)]
pub struct Gathered<'a> {
    /// The notes that all may see.
    pub notes: &'a [Thought<'a>],
    /// The clusters, in the order in which they are to be told of.
    pub clusters: &'a [ClusterId],
    /// The links.
    pub links: &'a [Link],
    /// The facilitator's list of voices.
    pub voices: &'a [VoiceId],
    /// The habits that were broken.
    pub broken: &'a BTreeSet<NoteId>,
    /// What brought forth those notes that something brought forth.
    pub born: &'a [&'a Born],
}

/// What the notes tell together. Notes stand in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Insights {
    /// Problems that no idea answers, neither them nor their cluster.
    pub unanswered_problems: Vec<NoteId>,
    /// Ideas that answer nothing that is on the board.
    pub ideas_that_answer_none: Vec<NoteId>,
    /// Habits that nobody has dared to touch: no link begins at them, no idea answers them and no plan
    /// tests them, and they are not broken.
    pub untouched_habits: Vec<NoteId>,
    /// Ideas that no plan tests.
    pub ideas_without_a_plan: Vec<NoteId>,
    /// Voices of the list that have written nothing.
    pub unheard_voices: Vec<VoiceId>,
    /// Clusters that only one voice has seen, with that voice. A cluster that also has a note without a
    /// voice is not among them, for nobody knows whose that is; nor is any when the list has one voice.
    pub clusters_of_one_voice: Vec<(ClusterId, VoiceId)>,
    /// How many voices stand behind each cluster that has notes.
    pub voices_behind: Vec<(ClusterId, usize)>,
    /// How many notes each voice has written: those of the list, then those that are no longer on it.
    pub notes_by_voice: Vec<(VoiceId, usize)>,
    /// How many notes were written without a voice.
    pub notes_without_voice: usize,
    /// How evenly the voices have written, 0..1 ([`evenness()`]).
    pub evenness: Option<f64>,
    /// What came of the disturbances.
    pub births: Births,
}

/// How many notes were brought forth by what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Births {
    /// By a thought of somebody else.
    pub by_note: usize,
    /// By a provocation card.
    pub by_card: usize,
    /// By two notes far apart.
    pub by_far_pair: usize,
    /// By the question to a note that was worded as a solution.
    pub by_catcher: usize,
}

impl Births {
    /// By a disturbance of either sort.
    pub fn by_disturbance(self) -> usize {
        self.by_note + self.by_card
    }

    fn of(born: &[&Born]) -> Self {
        let mut births = Self::default();
        for born in born {
            *match born {
                Born::Note(_) => &mut births.by_note,
                Born::Card(_) => &mut births.by_card,
                Born::Pair(..) => &mut births.by_far_pair,
                Born::Caught(_) => &mut births.by_catcher,
            } += 1;
        }
        births
    }
}

impl Insights {
    /// Reads the board.
    pub fn of(gathered: &Gathered) -> Self {
        let notes: Vec<&Thought> = (gathered.notes.iter())
            .filter(|note| !note.text.trim().is_empty())
            .collect();
        let thread = Thread::of(gathered, &notes);
        let of_kind = |kind: NoteKind, is_missing: &dyn Fn(&Thought) -> bool| -> Vec<NoteId> {
            (notes.iter())
                .filter(|note| note.kind == kind && is_missing(note))
                .map(|note| note.id.clone())
                .collect()
        };
        let mut insights = Self {
            unanswered_problems: of_kind(NoteKind::Problem, &|note| !thread.answered.holds(note)),
            ideas_that_answer_none: of_kind(NoteKind::Idea, &|note| !thread.answering.holds(note)),
            untouched_habits: of_kind(NoteKind::Habit, &|note| {
                !(thread.beginning.holds(note)
                    || thread.answered.holds(note)
                    || thread.tested.holds(note)
                    || gathered.broken.contains(note.id))
            }),
            ideas_without_a_plan: of_kind(NoteKind::Idea, &|note| !thread.tested.holds(note)),
            births: Births::of(gathered.born),
            ..Self::default()
        };
        insights.count_voices(gathered.voices, &notes);
        insights.look_behind_clusters(gathered, &notes);
        insights
    }

    fn count_voices(&mut self, voices: &[VoiceId], notes: &[&Thought]) {
        let mut counts: Vec<(VoiceId, usize)> =
            voices.iter().map(|voice| (voice.clone(), 0)).collect();
        for note in notes {
            let Some(voice) = note.voice else {
                self.notes_without_voice += 1;
                continue;
            };
            if let Some((_, count)) = counts.iter_mut().find(|(known, _)| known == voice) {
                *count += 1;
            } else {
                counts.push((voice.clone(), 1));
            }
        }
        self.unheard_voices = (counts.iter())
            .filter(|(_, count)| *count == 0)
            .map(|(voice, _)| voice.clone())
            .collect();
        let numbers: Vec<usize> = counts.iter().map(|(_, count)| *count).collect();
        self.evenness = evenness(&numbers);
        self.notes_by_voice = counts;
    }

    fn look_behind_clusters(&mut self, gathered: &Gathered, notes: &[&Thought]) {
        let mut inside: HashMap<&str, Vec<Option<&VoiceId>>> = HashMap::new();
        for note in notes {
            if let Some(cluster) = note.cluster {
                let voices = inside.entry(cluster.as_str()).or_default();
                if !voices.contains(&note.voice) {
                    voices.push(note.voice);
                }
            }
        }
        for cluster in gathered.clusters {
            let Some(voices) = inside.get(cluster.as_str()) else {
                continue;
            };
            if let ([Some(voice)], true) = (voices.as_slice(), gathered.voices.len() > 1) {
                self.clusters_of_one_voice
                    .push((cluster.clone(), (*voice).clone()));
            }
            let known = voices.iter().flatten().count();
            self.voices_behind.push((cluster.clone(), known));
        }
    }
}

/// The thread from problem to plan, as the links draw it.
#[derive(Default)]
struct Thread<'a> {
    /// What an idea answers.
    answered: Items<'a>,
    /// What answers something.
    answering: Items<'a>,
    /// What a plan tests.
    tested: Items<'a>,
    /// Where any link begins that ends at something.
    beginning: Items<'a>,
}

/// Notes and clusters.
#[derive(Default)]
struct Items<'a> {
    notes: HashSet<&'a str>,
    clusters: HashSet<&'a str>,
}

impl<'a> Items<'a> {
    fn insert(&mut self, item: &'a ItemId) {
        match item {
            ItemId::Note(id) => self.notes.insert(id.as_str()),
            ItemId::Cluster(id) => self.clusters.insert(id.as_str()),
        };
    }

    /// Whether the note is among them, or its cluster.
    fn holds(&self, note: &Thought) -> bool {
        self.notes.contains(note.id.as_str())
            || note
                .cluster
                .is_some_and(|cluster| self.clusters.contains(cluster.as_str()))
    }
}

impl<'a> Thread<'a> {
    fn of(gathered: &Gathered<'a>, notes: &[&Thought<'a>]) -> Self {
        let kinds: HashMap<&str, NoteKind> = (notes.iter())
            .map(|note| (note.id.as_str(), note.kind))
            .collect();
        let mut inside: HashMap<&str, Vec<NoteKind>> = (gathered.clusters.iter())
            .map(|cluster| (cluster.as_str(), Vec::new()))
            .collect();
        for note in notes {
            if let Some(inside) = note.cluster.and_then(|id| inside.get_mut(id.as_str())) {
                inside.push(note.kind);
            }
        }
        let is_there = |item: &ItemId| match item {
            ItemId::Note(id) => kinds.contains_key(id.as_str()),
            ItemId::Cluster(id) => inside.contains_key(id.as_str()),
        };
        let is_of = |item: &ItemId, kind: NoteKind| match item {
            ItemId::Note(id) => kinds.get(id.as_str()) == Some(&kind),
            ItemId::Cluster(id) => inside
                .get(id.as_str())
                .is_some_and(|kinds| kinds.contains(&kind)),
        };

        let mut thread = Self::default();
        for link in gathered.links {
            // The other end may be gone, or may have become a note of another kind.
            if !is_there(&link.from) || !is_there(&link.to) {
                continue;
            }
            thread.beginning.insert(&link.from);
            match link.kind {
                LinkKind::Answers if is_of(&link.from, NoteKind::Idea) => {
                    thread.answered.insert(&link.to);
                    thread.answering.insert(&link.from);
                }
                LinkKind::Tests if is_of(&link.from, NoteKind::Plan) => {
                    thread.tested.insert(&link.to);
                }
                _ => {}
            }
        }
        thread
    }
}

#[cfg(test)]
mod tests;
