//! Writing: a note's text, a cluster's title and the board's title, several people at once.
//!
//! ```text
//! key ─► field ─► Typing::take ─► Replica::write_text ─► document ─► the others
//!                  Typing::join ◄── signals ◄───────────────┘
//! ```
//! [`shared_field`] is the one field for all three, [`typing`] its logic; the others' carets are
//! drawn beside the field, by [`carets`].

mod carets;
mod shared_field;
mod typing;

pub(crate) use carets::Carets;
pub(super) use shared_field::SharedField;
pub(super) use typing::Lines;

use super::{DeskState, Editing};
use crate::{
    i18n::{t_string, text, use_i18n},
    replica::{Replica, SharedText},
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{BoardChange, ItemId, NoteKind},
    ids::{ClusterId, LinkId, NoteId},
};

/// The text field over a note that is being written. It fills its parent, the note's text area.
///
/// A note that is left without a word is taken away.
#[component]
pub(crate) fn NoteField(desk: DeskState, note: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = desk.replica;
    let kind = replica
        .state
        .note(&note)
        .map(|signals| signals.note.with_untracked(|note| note.kind));
    let placeholder = move || match kind {
        Some(NoteKind::Problem) => t_string!(i18n, note.empty_problem),
        Some(NoteKind::Habit) => t_string!(i18n, note.empty_habit),
        Some(NoteKind::Idea) => t_string!(i18n, note.empty_idea),
        Some(NoteKind::Plan) => t_string!(i18n, note.empty_plan),
        Some(NoteKind::Other) | None => t_string!(i18n, note.empty),
    };
    let text = SharedText::Note(note.clone());
    let began = replica.read_text(&text).unwrap_or_default();
    let written = note.clone();
    view! {
        <SharedField
            replica
            text
            lines=Lines::Many
            hook="note-field"
            label=text!(note.text_label)
            placeholder
            early=desk.early
            on_leave=move |()| leave(desk, &Editing::Note(note.clone()))
            on_end=move |()| remove_if_empty(replica, &written, &began)
        />
    }
}

/// The field for a cluster's title; it fills its parent, the cluster's head.
#[component]
pub(crate) fn TitleField(desk: DeskState, cluster: ClusterId) -> impl IntoView {
    view! {
        <SharedField
            replica=desk.replica
            text=SharedText::ClusterTitle(cluster.clone())
            lines=Lines::One
            hook="cluster-field"
            class="writing__field--cluster"
            label=text!(cluster.title_label)
            placeholder=text!(cluster.title_example)
            early=desk.early
            on_leave=move |()| leave(desk, &Editing::Title(cluster.clone()))
        />
    }
}

/// The field goes when the desk no longer says that this is being written.
fn leave(desk: DeskState, what: &Editing) {
    if desk
        .editing
        .with_untracked(|editing| editing.as_ref() == Some(what))
    {
        desk.editing.set(None);
    }
}

/// Takes a note away that says nothing, unless somebody else is writing in it. One that had words
/// when we began can be got back by undo; one that never had any leaves no trace.
fn remove_if_empty(replica: Replica, note: &NoteId, began: &str) {
    let is_empty = replica
        .read_text(&SharedText::Note(note.clone()))
        .is_some_and(|text| text.trim().is_empty());
    let has_writer = replica
        .writers
        .with_untracked(|writers| writers.iter().any(|writer| writer.note == *note));
    if !is_empty || has_writer || !untrack(|| replica.may_write()) {
        return;
    }
    let at = replica.written_at();
    if began.trim().is_empty() {
        let item = ItemId::Note(note.clone());
        let links: Vec<LinkId> = replica.state.links.with_untracked(|links| {
            let its = links.iter().filter(|link| link.from == item);
            its.map(|link| link.id.clone()).collect()
        });
        replica.change_for_good(|change| {
            change.delete_note(note, at);
            for link in &links {
                change.delete_link(link, at);
            }
        });
    } else {
        replica.change_of(&BoardChange::Note(note.clone()), |change| {
            change.delete_note(note, at);
        });
        replica.new_step();
    }
}
