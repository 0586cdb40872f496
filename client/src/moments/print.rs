//! The board on paper: its words as a list, made when somebody prints (Ctrl P). What is on the screen would be a part of a
//! picture under bars.

use super::{naming::voice_name, thoughts};
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        td_string, use_i18n,
    },
    notes::{cluster_title, lived_first, more_line, speaker},
    parts::{kinds::kind_name, words::listed},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Note, NoteKind},
    ids::NoteId,
    session::Item,
};
use web_sys::Element;

/// Makes the list before the page is printed, and takes it away after.
pub(crate) fn print_words(replica: Replica) {
    let i18n = use_i18n();
    let made = StoredValue::new_local(None::<Element>);
    let take_away = move || {
        if let Some(list) = made.try_update_value(Option::take).flatten() {
            list.remove();
        }
    };
    let before = window_event_listener_untyped("beforeprint", move |_| {
        take_away();
        let list = untrack(|| list(replica, i18n.get_locale_untracked()));
        made.set_value(list);
    });
    let after = window_event_listener_untyped("afterprint", move |_| take_away());
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
}

/// A place on the paper to which lines are added.
#[derive(Clone)]
struct Paper(Element);

impl Paper {
    fn add(&self, tag: &str, words: &str) -> Option<Self> {
        let element = document().create_element(tag).ok()?;
        element.set_text_content(Some(words));
        let _ = element.set_attribute("dir", "auto"); // an attribute of a plain name
        self.0.append_child(&element).ok()?;
        Some(Self(element))
    }

    /// A line, with something in smaller letters after it.
    fn line(&self, words: &str, beside: &str) {
        if let Some(line) = self.add("li", words).filter(|_| !beside.is_empty()) {
            line.add("small", beside);
        }
    }
}

fn list(replica: Replica, locale: Locale) -> Option<Element> {
    let root = document().create_element("article").ok()?;
    root.set_class_name("print");
    document().body()?.append_child(&root).ok()?;
    let paper = Paper(root);
    let state = replica.state;
    let title = state.title.get_untracked();
    let title = match title.trim() {
        "" => td_string!(locale, desk.untitled),
        title => title,
    };
    paper.add("h1", title);
    for cluster in state.clusters.get_untracked() {
        let Some(shape) = state.cluster(&cluster).map(|shape| shape.get_untracked()) else {
            continue;
        };
        let title = cluster_title(locale, &shape.cluster.title);
        notes(replica, locale, &paper, &title, shape.notes);
    }
    let all = thoughts::notes(replica);
    let loose = all.iter().filter(|note| note.cluster.is_none());
    let title = if state.clusters.with_untracked(Vec::is_empty) {
        td_string!(locale, note.notes)
    } else {
        td_string!(locale, cluster.loose)
    };
    let loose: Vec<NoteId> = loose.map(|note| note.id.clone()).collect();
    if !loose.is_empty() {
        notes(replica, locale, &paper, title, loose);
    }
    results(replica, locale, &paper);
    plans(locale, &paper, &all);
    Some(paper.0)
}

fn notes(replica: Replica, locale: Locale, paper: &Paper, title: &str, ids: Vec<NoteId>) {
    paper.add("h2", title);
    let Some(list) = paper.add("ul", "") else {
        return;
    };
    for id in lived_first(replica, ids) {
        let Some(note) = thoughts::note(replica, &id) else {
            continue;
        };
        let said = note.voice.is_some() || note.by.is_some();
        let beside = [
            Some(kind_name(locale, note.kind).to_owned()),
            said.then(|| speaker(replica, locale, &note)),
            note.lived
                .then(|| td_string!(locale, note.lived_mark).to_owned()),
            more_line(locale, &note),
        ];
        list.line(
            note.text.trim(),
            &listed(beside.into_iter().flatten(), " · "),
        );
    }
}

fn results(replica: Replica, locale: Locale, paper: &Paper) {
    replica.session.shared.with_untracked(|view| {
        for round in view.round.iter().chain(&view.former_rounds) {
            let Some(result) = &round.result else {
                continue;
            };
            let title = match round.title.trim() {
                "" => td_string!(locale, moment.result),
                title => title,
            };
            paper.add("h2", title);
            let Some(list) = paper.add("ol", "") else {
                return;
            };
            let mut outcome = result.clone();
            outcome.order_by_total();
            for item in &outcome.items {
                let dots = counted(
                    item.dots as usize,
                    td_string!(locale, moment.dots_1),
                    td_string!(locale, moment.dots_n),
                );
                let voices = item.by_voice.iter().zip(&outcome.voices);
                let shares = voices.map(|(gave, voice)| {
                    let values = [
                        ("gave", &*gave.voters.to_string()),
                        ("of", &*voice.voters.to_string()),
                    ];
                    let share = filled(td_string!(locale, moment.result_share), &values);
                    [&*voice_name(replica, locale, &gave.voice), " ", &share].concat()
                });
                let beside = listed(std::iter::once(dots).chain(shares), " · ");
                list.line(&item_words(replica, locale, &item.item), &beside);
            }
        }
    });
}

fn item_words(replica: Replica, locale: Locale, item: &Item) -> String {
    let words = match item {
        Item::Note(id) => thoughts::note(replica, id).map(|note| note.text),
        Item::Cluster(id) => replica
            .state
            .cluster(id)
            .map(|shape| shape.with_untracked(|shape| shape.cluster.title.clone())),
    };
    let words = words.map(|words| words.trim().to_owned());
    words.unwrap_or_else(|| td_string!(locale, moment.gone).to_owned())
}

fn plans(locale: Locale, paper: &Paper, all: &[Note]) {
    let mut plans = all.iter().filter(|note| note.kind == NoteKind::Plan);
    let mut list = None;
    for plan in &mut plans {
        if list.is_none() {
            paper.add("h2", td_string!(locale, moment.plans));
            list = paper.add("ul", "");
        }
        if let Some(list) = &list {
            list.line(
                plan.text.trim(),
                &more_line(locale, plan).unwrap_or_default(),
            );
        }
    }
}
