//! Links in words, and what a person does with them.

use super::cluster_title;
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        td_string,
    },
    parts::words::isolated,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{ItemId, Link, LinkKind, NoteKind, StepId, Way},
    ids::LinkId,
};

/// So many letters of a note's text stand in a line about a link.
const SHORT: usize = 60;
/// From so many of one kind on, they are counted and not named.
const MOST_NAMED: usize = 1;

/// A line about a note's or a cluster's links, and where it leads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LinkLine {
    /// «svarer på: Ingen eier overgangen», «2 ideer svarer på denne».
    pub(crate) words: String,
    /// The other ends.
    pub(crate) others: Vec<ItemId>,
}

/// What a link says.
pub(crate) fn link_words(locale: Locale, kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Answers => td_string!(locale, note.link_answers),
        LinkKind::Causes => td_string!(locale, note.link_causes),
        LinkKind::Tests => td_string!(locale, note.link_tests),
        LinkKind::Other => td_string!(locale, note.link_other),
    }
}

/// Whether there is something at this end: not gone, and not hidden. Follows the board.
pub(crate) fn is_there(replica: Replica, item: &ItemId) -> bool {
    match item {
        ItemId::Note(id) => replica.state.note(id).is_some(),
        ItemId::Cluster(id) => replica.state.cluster(id).is_some(),
    }
}

/// What an end is called: its first words.
pub(crate) fn name_of(replica: Replica, locale: Locale, item: &ItemId) -> String {
    let text = match item {
        ItemId::Note(id) => {
            let signals = replica.state.note(id);
            let text = signals.map(|signals| signals.note.with(|note| note.text.trim().to_owned()));
            text.filter(|text| !text.is_empty())
                .unwrap_or_else(|| td_string!(locale, note.without_text).to_owned())
        }
        ItemId::Cluster(id) => {
            let title = replica.state.cluster(id);
            let title = title.map(|shape| shape.with(|shape| shape.cluster.title.clone()));
            cluster_title(locale, &title.unwrap_or_default())
        }
    };
    shortened(&text)
}

fn shortened(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(SHORT) {
        Some((end, _)) => [line[..end].trim_end(), "…"].concat(),
        None => line,
    }
}

/// A link as a sentence: «Pakk posen svarer på Ingen eier overgangen».
pub(crate) fn sentence(replica: Replica, locale: Locale, link: &Link) -> String {
    let [from, to] = [&link.from, &link.to].map(|end| name_of(replica, locale, end));
    let values = [
        ("from", &*from),
        ("words", link_words(locale, link.kind)),
        ("to", &*to),
    ];
    filled(td_string!(locale, note.link_label), &values)
}

/// All links of an item in words: what it says to others by name, what others say to it by number when
/// they are several. Follows links, and the names in them.
pub(crate) fn in_words(replica: Replica, locale: Locale, item: &ItemId) -> Vec<LinkLine> {
    let links: Vec<Link> = replica.state.links.with(|links| {
        let touches = |link: &&Link| link.from == *item || link.to == *item;
        links.iter().filter(touches).cloned().collect()
    });
    if links.is_empty() {
        return Vec::new();
    }
    replica.state.note_count.track(); // an end may come back
    let mut said: Vec<LinkLine> = links
        .iter()
        .filter(|link| link.from == *item && is_there(replica, &link.to))
        .map(|link| LinkLine {
            words: named(replica, locale, link_words(locale, link.kind), &link.to),
            others: vec![link.to.clone()],
        })
        .collect();
    let kinds = [
        LinkKind::Answers,
        LinkKind::Causes,
        LinkKind::Tests,
        LinkKind::Other,
    ];
    for kind in kinds {
        let others: Vec<ItemId> = links
            .iter()
            .filter(|link| link.to == *item && link.kind == kind && is_there(replica, &link.from))
            .map(|link| link.from.clone())
            .collect();
        let words = match others.as_slice() {
            [] => continue,
            [one] if others.len() <= MOST_NAMED => {
                named(replica, locale, &linked_words(locale, kind, 1), one)
            }
            _ => linked_words(locale, kind, others.len()),
        };
        said.push(LinkLine { words, others });
    }
    said
}

fn named(replica: Replica, locale: Locale, words: &str, other: &ItemId) -> String {
    [words, ": ", &isolated(&name_of(replica, locale, other))].concat()
}

fn linked_words(locale: Locale, kind: LinkKind, count: usize) -> String {
    let (one, many) = match kind {
        LinkKind::Answers => (
            td_string!(locale, note.linked_answers_1),
            td_string!(locale, note.linked_answers_n),
        ),
        LinkKind::Causes => (
            td_string!(locale, note.linked_causes_1),
            td_string!(locale, note.linked_causes_n),
        ),
        LinkKind::Tests => (
            td_string!(locale, note.linked_tests_1),
            td_string!(locale, note.linked_tests_n),
        ),
        LinkKind::Other => (
            td_string!(locale, note.linked_other_1),
            td_string!(locale, note.linked_other_n),
        ),
    };
    counted(count, one, many)
}

/// What speaks at an end: a note's kind, or the kinds of a cluster's notes. Untracked.
pub(crate) fn kinds_of(replica: Replica, item: &ItemId) -> Vec<NoteKind> {
    let kind = |id| {
        let signals = replica.state.note(id)?;
        Some(signals.note.with_untracked(|note| note.kind))
    };
    match item {
        ItemId::Note(id) => kind(id).into_iter().collect(),
        ItemId::Cluster(id) => replica
            .state
            .cluster(id)
            .map(|shape| shape.with_untracked(|shape| shape.notes.clone()))
            .unwrap_or_default()
            .iter()
            .filter_map(kind)
            .collect(),
    }
}

/// Links two items with what they say to each other; gives that as a sentence, or why not.
pub(crate) fn connect(
    replica: Replica,
    locale: Locale,
    one: &ItemId,
    other: &ItemId,
) -> Result<String, &'static str> {
    let kinds = [one, other].map(|item| kinds_of(replica, item));
    let Some((kind, way)) = LinkKind::between(&kinds[0], &kinds[1]).filter(|_| one != other) else {
        return Err(td_string!(locale, note.connect_refused));
    };
    let (from, to) = match way {
        Way::Forth => (one.clone(), other.clone()),
        Way::Back => (other.clone(), one.clone()),
    };
    let id = Replica::new_link_id();
    let link = Link { id, from, to, kind };
    let is_new = replica.state.links.with_untracked(|links| {
        let same = |known: &Link| known.from == link.from && known.to == link.to;
        !links.iter().any(same)
    });
    if is_new {
        replica.new_step();
        replica.change(|change| change.add_link(&link.id, &link.from, &link.to, link.kind));
        replica.new_step();
    }
    Ok(untrack(|| sentence(replica, locale, &link)))
}

/// Takes a link away; gives the step that did it.
pub(crate) fn disconnect(replica: Replica, link: &LinkId) -> Option<StepId> {
    let at = replica.written_at();
    replica.step(|change| change.delete_link(link, at))
}
