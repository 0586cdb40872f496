//! The insights in words: a line for each thing that is missing, with the notes that it is about.

use super::{
    MomentState,
    naming::{in_a_sentence, voice_name},
    thoughts::{births, settled_notes, thoughts},
};
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        td_string,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Note, NoteKind},
    ids::{NoteId, VoiceId},
    insight::{Gathered, Insights, evenness_of_votes},
    session::Item,
};
use std::collections::BTreeSet;

/// Above this the voices are said to have written about as much; below the second, a few nearly all.
/// (0.9: of two voices one has written a third; 0.5: one has written a ninth.)
const EVEN: f64 = 0.9;
const VERY_UNEVEN: f64 = 0.5;

/// Something that is missing, or that came of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// In words.
    pub(super) words: String,
    /// What it is about; may be none.
    pub(super) notes: Vec<NoteId>,
}

/// What the board tells, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    /// What is missing.
    pub(super) missing: Vec<Line>,
    /// What came of disturbances.
    pub(super) came_of_it: Vec<Line>,
    /// How many notes each voice has written; `None`: without a voice.
    pub(super) written: Vec<(Option<VoiceId>, usize)>,
    /// How evenly.
    pub(super) evenness: Vec<&'static str>,
}

/// Reads the board; follows what changes on it.
pub(super) fn tell(moments: MomentState, locale: Locale) -> Told {
    let replica = moments.replica;
    let notes = settled_notes(moments);
    let clusters = replica.state.clusters.get();
    let links = replica.state.links.get();
    let voices: Vec<VoiceId> = replica.session.shared.with(|shared| {
        let voices = shared.voices.iter();
        voices.map(|known| known.voice.id.clone()).collect()
    });
    let broken: BTreeSet<NoteId> = notes
        .iter()
        .filter(|note| note.habit.broken.is_some())
        .map(|note| note.id.clone())
        .collect();
    let insights = Insights::of(&Gathered {
        notes: &thoughts(&notes),
        clusters: &clusters,
        links: &links,
        voices: &voices,
        broken: &broken,
        born: &births(&notes),
    });
    Told {
        missing: missing(replica, locale, &notes, &insights),
        came_of_it: came_of_it(locale, &notes, &insights),
        evenness: evenness(replica, locale, &insights),
        written: written(insights),
    }
}

fn missing(replica: Replica, locale: Locale, notes: &[Note], insights: &Insights) -> Vec<Line> {
    let mut lines = Vec::new();
    for voice in &insights.unheard_voices {
        let name = voice_name(replica, locale, voice);
        lines.push(Line {
            words: filled(td_string!(locale, moment.unheard), &[("voice", &name)]),
            notes: Vec::new(),
        });
    }
    for (cluster, voice) in &insights.clusters_of_one_voice {
        let name = in_a_sentence(&voice_name(replica, locale, voice));
        let title = super::naming::item_title(replica, locale, &Item::Cluster(cluster.clone()));
        lines.push(Line {
            words: filled(
                td_string!(locale, moment.one_voice),
                &[("voice", &name), ("title", &title)],
            ),
            notes: notes
                .iter()
                .filter(|note| note.cluster.as_ref() == Some(cluster))
                .map(|note| note.id.clone())
                .collect(),
        });
    }
    let mut add = |notes: &[NoteId], one: &'static str, many: &'static str| {
        if !notes.is_empty() {
            lines.push(Line {
                words: counted(notes.len(), one, many),
                notes: notes.to_vec(),
            });
        }
    };
    add(
        &insights.untouched_habits,
        td_string!(locale, moment.untouched_1),
        td_string!(locale, moment.untouched_n),
    );
    // As long as there is no idea at all, no problem is to blame for having none.
    if notes.iter().any(|note| note.kind == NoteKind::Idea) {
        add(
            &insights.unanswered_problems,
            td_string!(locale, moment.unanswered_1),
            td_string!(locale, moment.unanswered_n),
        );
    }
    add(
        &insights.ideas_that_answer_none,
        td_string!(locale, moment.answers_none_1),
        td_string!(locale, moment.answers_none_n),
    );
    add(
        &insights.ideas_without_a_plan,
        td_string!(locale, moment.no_plan_1),
        td_string!(locale, moment.no_plan_n),
    );
    lines
}

fn came_of_it(locale: Locale, notes: &[Note], insights: &Insights) -> Vec<Line> {
    use samtavle_shared::board::Born;
    let births = insights.births;
    let mut lines = Vec::new();
    let mut add = |count: usize, is_one: fn(&Born) -> bool, one, many| {
        if count > 0 {
            let born = notes
                .iter()
                .filter(|note| note.born.as_ref().is_some_and(is_one));
            lines.push(Line {
                words: counted(count, one, many),
                notes: born.map(|note| note.id.clone()).collect(),
            });
        }
    };
    add(
        births.by_disturbance(),
        |born| matches!(born, Born::Note(_) | Born::Card(_)),
        td_string!(locale, moment.born_1),
        td_string!(locale, moment.born_n),
    );
    add(
        births.by_far_pair,
        |born| matches!(born, Born::Pair(..)),
        td_string!(locale, moment.born_pair_1),
        td_string!(locale, moment.born_pair_n),
    );
    add(
        births.by_catcher,
        |born| matches!(born, Born::Caught(_)),
        td_string!(locale, moment.born_caught_1),
        td_string!(locale, moment.born_caught_n),
    );
    lines
}

fn evenness(replica: Replica, locale: Locale, insights: &Insights) -> Vec<&'static str> {
    let written = insights.evenness.map(|evenness| {
        if evenness >= EVEN {
            td_string!(locale, moment.even)
        } else if evenness >= VERY_UNEVEN {
            td_string!(locale, moment.uneven)
        } else {
            td_string!(locale, moment.very_uneven)
        }
    });
    let voted = evenness_of_last_votes(replica).map(|evenness| {
        if evenness >= EVEN {
            td_string!(locale, moment.votes_even)
        } else {
            td_string!(locale, moment.votes_uneven)
        }
    });
    written.into_iter().chain(voted).collect()
}

/// From what is shown of the last result by voice, and nothing else.
fn evenness_of_last_votes(replica: Replica) -> Option<f64> {
    replica.session.shared.with(|shared| {
        let mut rounds = shared.round.iter().chain(&shared.former_rounds);
        let outcome = rounds.find_map(|round| round.result.as_ref())?;
        let dots: Vec<Option<usize>> = (0..outcome.voices.len())
            .map(|place| {
                let of_voice = outcome.items.iter();
                let dots = of_voice.filter_map(|item| item.by_voice.get(place));
                Some(dots.map(|voice| voice.dots as usize).sum())
            })
            .collect();
        evenness_of_votes(&dots)
    })
}

fn written(insights: Insights) -> Vec<(Option<VoiceId>, usize)> {
    let without = insights.notes_without_voice;
    let voices = insights.notes_by_voice.into_iter();
    voices
        .map(|(voice, count)| (Some(voice), count))
        .chain((without > 0).then_some((None, without)))
        .collect()
}
