//! Reactions: what a reader says back to a note with one press, and how many said it. In silence nobody
//! reacts, and to one's own notes neither.
//!
//! Which reactions are one's own only this device knows: it keeps their ids.

use crate::{
    browser::storage,
    i18n::{Locale, td_string, text, use_i18n},
    parts::{
        flow::Show,
        icon::{Icon, IconName},
        words::listed,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Note, Reaction, ReactionKind},
    ids::{NoteId, ReactionId},
    limits::MAX_REACTIONS_PER_NOTE,
};
use std::collections::BTreeMap;

/// When so many are kept, those of notes that are gone are let go.
const MANY: usize = 1_500;

/// The ids of one's own, by note and kind.
type Own = BTreeMap<String, ReactionId>;

fn key(replica: Replica) -> String {
    ["samtavle.reactions.", replica.ticket().board.as_str()].concat()
}

fn own(replica: Replica) -> Own {
    storage::read(&key(replica))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

fn place(note: &NoteId, kind: ReactionKind) -> String {
    [note.as_str(), " ", kind.name()].concat()
}

fn holds(note: &Note, reaction: &Reaction) -> bool {
    note.reactions.contains(reaction)
}

/// Whether I have reacted to a note like this.
pub(crate) fn has_reacted(replica: Replica, note: &NoteId, kind: ReactionKind) -> bool {
    let Some(signals) = replica.state.note(note) else {
        return false;
    };
    let note = signals.note.read();
    let id = own(replica).remove(&place(&note.id, kind));
    id.is_some_and(|id| holds(&note, &Reaction { id, kind }))
}

/// Reacts to a note, or takes that back. Not a step to undo: one presses again.
pub(crate) fn toggle(replica: Replica, note: &NoteId, kind: ReactionKind) {
    if !untrack(|| may_react(replica, note)) {
        return;
    }
    let Some(signals) = replica.state.note(note) else {
        return;
    };
    let mut own = own(replica); // another tab may have changed it
    let place = place(note, kind);
    if let Some(id) = own.get(&place) {
        let reaction = Reaction {
            id: id.clone(),
            kind,
        };
        if signals.note.with_untracked(|note| holds(note, &reaction)) {
            replica.change_for_good(|change| change.take_reaction_back(note, &reaction.id));
            return;
        }
    }
    let is_full = |note: &Note| note.reactions.len() >= MAX_REACTIONS_PER_NOTE;
    if signals.note.with_untracked(is_full) {
        return;
    }
    if own.len() >= MANY {
        own.retain(|place, _| {
            let id = place.split(' ').next().unwrap_or_default();
            replica.any_note(&NoteId::from(id)).is_some()
        });
    }
    let id = own.entry(place).or_insert_with(Replica::new_reaction_id);
    let reaction = Reaction {
        id: id.clone(),
        kind,
    };
    if let Ok(json) = serde_json::to_string(&own) {
        storage::write(&key(replica), &json);
    }
    replica.change_for_good(|change| change.react(note, &reaction));
}

/// Whether one can react to it now: it is another's, and not held by a lock.
pub(crate) fn may_react(replica: Replica, note: &NoteId) -> bool {
    replica.may_write()
        && replica.may_touch(note)
        && !replica.is_mine(note)
        && !replica.session.is_silent().get()
}

/// How many reacted like this.
pub(crate) fn count(note: &Note, kind: ReactionKind) -> usize {
    let reactions = note.reactions.iter();
    reactions.filter(|reaction| reaction.kind == kind).count()
}

/// What a reaction is called.
pub(crate) fn reaction_name(locale: Locale, kind: ReactionKind) -> &'static str {
    match kind {
        ReactionKind::Recognise => td_string!(locale, react.recognise),
        ReactionKind::TellMore => td_string!(locale, react.tell_more),
        ReactionKind::Surprised => td_string!(locale, react.surprised),
    }
}

/// Its mark.
pub(crate) const fn reaction_icon(kind: ReactionKind) -> IconName {
    match kind {
        ReactionKind::Recognise => IconName::Recognise,
        ReactionKind::TellMore => IconName::TellMore,
        ReactionKind::Surprised => IconName::Surprised,
    }
}

/// For who listens: «Kjenner meg igjen: 3, Fortell mer: 1».
pub(super) fn in_words(locale: Locale, note: &Note) -> Option<String> {
    let words: Vec<String> = counts(note)
        .into_iter()
        .map(|(kind, count)| [reaction_name(locale, kind), ": ", &count.to_string()].concat())
        .collect();
    (!words.is_empty()).then(|| listed(words, ", "))
}

/// How many reacted how; what nobody said is left out.
pub(crate) fn counts(note: &Note) -> Vec<(ReactionKind, usize)> {
    let all = ReactionKind::ALL.into_iter();
    all.map(|kind| (kind, count(note, kind)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// The counts, small, at the foot of a note. Nothing in silence.
#[component]
pub(crate) fn ReactionCounts(
    replica: Replica,
    note: NoteId,
    /// Whether the words stand elsewhere for who listens.
    #[prop(optional)]
    is_told: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_silent = replica.session.is_silent();
    let counts = Memo::new(move |_| {
        let signals = replica.state.note(&note).filter(|_| !is_silent.get());
        signals
            .map(|signals| counts(&signals.note.read()))
            .unwrap_or_default()
    });
    let one = move |(kind, count): (ReactionKind, usize)| {
        let hook = ["reacted-", kind.name()].concat();
        view! {
            <span class="reacted" data-testid=hook title=reaction_name(i18n.get_locale(), kind)>
                <Icon name=reaction_icon(kind)/>
                {(!is_told).then(|| view! {
                    <span class="visually-hidden">{reaction_name(i18n.get_locale(), kind)} ": "</span>
                })}
                <span aria-hidden=is_told.then_some("true")>{count}</span>
            </span>
        }
    };
    move || {
        let counts = counts.get();
        (!counts.is_empty()).then(|| {
            view! { <span class="reacted-all">{counts.into_iter().map(one).collect_view()}</span> }
        })
    }
}

/// The three of them, each a button that stays pressed; nothing where one cannot react.
#[component]
pub(crate) fn ReactBar(replica: Replica, note: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let note = StoredValue::new(note);
    let may = Memo::new(move |_| {
        replica.state.moved.track(); // it may have come into a locked cluster
        note.with_value(|note| may_react(replica, note))
    });
    let signals = note.with_value(|note| replica.state.note(note));
    let signals = StoredValue::new(signals);
    let button = move |kind: ReactionKind| {
        let count = Memo::new(move |_| {
            signals.with_value(|signals| {
                signals
                    .as_ref()
                    .map_or(0, |signals| count(&signals.note.read(), kind))
            })
        });
        let is_mine = Memo::new(move |_| note.with_value(|note| has_reacted(replica, note, kind)));
        let hook = ["react-", kind.name()].concat();
        view! {
            <button
                type="button"
                class="react"
                data-testid=hook
                aria-pressed=move || if is_mine.get() { "true" } else { "false" }
                on:click=move |_| note.with_value(|note| toggle(replica, note, kind))
            >
                <Icon name=reaction_icon(kind)/>
                <span>{move || reaction_name(i18n.get_locale(), kind)}</span>
                {move || (count.get() > 0).then(|| view! { <span class="react__count">{count.get()}</span> })}
            </button>
        }
    };
    view! {
        <Show when=move || may.get()>
            <div class="reacts" role="group" aria-label=text!(react.group)>
                {ReactionKind::ALL.map(button).collect_view()}
            </div>
        </Show>
    }
}
