//! What is missing, as large counts: shown to everybody once, on the step from the problem to ideas. It
//! ranks nobody.

use super::super::{
    board::{all_notes, voice_name},
    room::Room,
};
use crate::parts::words::listed;
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    parts::flow::Show,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Born, NoteKind},
    ids::{NoteId, VoiceId},
    insight::{Gathered, Insights, Thought},
    session::Showing,
};
use std::collections::BTreeSet;

/// So many counts are read at once from afar; the rest comes by turns.
const ON_A_PAGE: usize = 4;

/// A count, what it counts, and whom it is about if that is short enough to say.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    count: usize,
    words: &'static str,
    names: String,
}

/// The counts.
#[component]
pub(super) fn InsightCounts(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let lines = Memo::new(move |_| lines(replica, i18n.get_locale()));
    Effect::new(move || room.has_pages(lines.read().len().div_ceil(ON_A_PAGE)));
    let on_page = move || {
        let lines = lines.read();
        let each = on_each(lines.len());
        let page = lines.iter().skip(room.page() * each).take(each);
        page.map(|line| {
            view! {
                <li class="wall__missing">
                    <span class="wall__missing-count">{line.count.to_string()}</span>
                    <span class="wall__missing-words">
                        {line.words}
                        <span class="wall__missing-names">{line.names.clone()}</span>
                    </span>
                </li>
            }
        })
        .collect_view()
    };
    let is_asked = replica.session.part(|view| view.looking.is_some());
    let heading = move || {
        if is_asked.get() {
            t_string!(i18n, wall.insights_asked)
        } else {
            t_string!(i18n, wall.insights)
        }
    };
    let nothing = move || t_string!(i18n, wall.insights_none);
    view! {
        <section class="wall__sheet" data-testid="wall-insights">
            <h2 class="wall__sheet-title">{heading}</h2>
            <Show
                when=move || !lines.read().is_empty()
                fallback=move || view! {
                    <p class="wall__large" style:font-size=move || room.letters(nothing(), (1.0, 0.5), (48.0, 110.0))>
                        {nothing}
                    </p>
                }
            >
                <ul
                    class="wall__missings"
                    class:wall__missings--few=move || on_each(lines.read().len()) < 3
                    class:wall__missings--three=move || on_each(lines.read().len()) == 3
                >
                    {on_page}
                </ul>
            </Show>
        </section>
    }
}

/// So many on each page: none is left with a single one.
fn on_each(count: usize) -> usize {
    count.div_ceil(count.div_ceil(ON_A_PAGE).max(1)).max(1)
}

fn lines(replica: Replica, locale: Locale) -> Vec<Line> {
    let insights = insights(replica);
    let shows_voices = replica
        .session
        .shared
        .with(|view| view.showing != Showing::Anonymous);
    let has_ideas = insights.has_ideas;
    let insights = insights.told;
    let mut lines = Vec::new();
    let mut add = |count: usize, one: &'static str, many: &'static str, names: String| {
        if count > 0 {
            lines.push(Line {
                count,
                words: if count == 1 { one } else { many },
                names,
            });
        }
    };
    if shows_voices {
        let names: Vec<String> = insights
            .unheard_voices
            .iter()
            .map(|voice| voice_name(replica, locale, voice))
            .collect();
        add(
            names.len(),
            td_string!(locale, wall.missing_voices_1),
            td_string!(locale, wall.missing_voices_n),
            listed(names, ", "),
        );
        add(
            insights.clusters_of_one_voice.len(),
            td_string!(locale, wall.missing_sides_1),
            td_string!(locale, wall.missing_sides_n),
            String::new(),
        );
    }
    add(
        insights.untouched_habits.len(),
        td_string!(locale, wall.missing_habits_1),
        td_string!(locale, wall.missing_habits_n),
        String::new(),
    );
    // As long as there is no idea at all, no problem is to blame for having none.
    if has_ideas {
        add(
            insights.unanswered_problems.len(),
            td_string!(locale, wall.missing_ideas_1),
            td_string!(locale, wall.missing_ideas_n),
            String::new(),
        );
    }
    add(
        insights.ideas_that_answer_none.len(),
        td_string!(locale, wall.missing_answers_1),
        td_string!(locale, wall.missing_answers_n),
        String::new(),
    );
    add(
        insights.ideas_without_a_plan.len(),
        td_string!(locale, wall.missing_plans_1),
        td_string!(locale, wall.missing_plans_n),
        String::new(),
    );
    lines
}

struct Told {
    told: Insights,
    has_ideas: bool,
}

fn insights(replica: Replica) -> Told {
    let notes = all_notes(replica);
    let clusters = replica.state.clusters.get();
    let links = replica.state.links.get();
    let voices: Vec<VoiceId> = replica.session.shared.with(|view| {
        let voices = view.voices.iter();
        voices.map(|known| known.voice.id.clone()).collect()
    });
    let thoughts: Vec<Thought<'_>> = notes
        .iter()
        .map(|note| Thought {
            id: &note.id,
            kind: note.kind,
            text: &note.text,
            cluster: note.cluster.as_ref(),
            voice: note.voice.as_ref(),
            lived: note.lived,
        })
        .collect();
    let is_broken = |note: &&samtavle_shared::board::Note| note.habit.broken.is_some();
    let broken: BTreeSet<NoteId> = notes
        .iter()
        .filter(is_broken)
        .map(|note| note.id.clone())
        .collect();
    let born: Vec<&Born> = notes.iter().filter_map(|note| note.born.as_ref()).collect();
    let told = Insights::of(&Gathered {
        notes: &thoughts,
        clusters: &clusters,
        links: &links,
        voices: &voices,
        broken: &broken,
        born: &born,
    });
    Told {
        told,
        has_ideas: notes.iter().any(|note| note.kind == NoteKind::Idea),
    }
}
