//! What each action does, and where the focus is after it: never on nothing.

use super::{
    super::{asked::Merging, stage::Stage},
    Action,
};
use crate::{
    desk::Editing,
    i18n::td_string,
    notes::{clusters, reactions::toggle, toggle_lived},
    photo::show::show_photo_of,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::{ClusterId, NoteId},
    session::{Command, Item},
};
use std::time::Duration;

impl Stage {
    /// Does it with what is chosen.
    pub(in crate::desk::canvas) fn do_action(self, action: Action) {
        let desk = self.desk;
        let note = self.only_note();
        let cluster = desk.selection.get_untracked().cluster;
        match action {
            Action::Kind => {}
            Action::Details => {
                self.details
                    .update(|open| *open = Some(*open != Some(true)));
            }
            Action::Cluster | Action::Split => {
                if desk.cluster_selected().is_some() {
                    self.say_cluster_made();
                }
            }
            Action::TakeOut => self.take_out(),
            Action::Spread => self.spread(&untrack(|| self.chosen_piles())),
            Action::Connect => self.begin_link(),
            Action::Carry => self.take_in_hand(),
            Action::Duplicate => self.duplicate_selected(),
            Action::Spotlight => {
                if let Some(item) = cluster.map(Item::Cluster).or(note.map(Item::Note)) {
                    self.spotlight(item);
                }
            }
            Action::Delete => self.delete_chosen(),
            Action::Look => _ = self.open_chosen_image(),
            Action::Lived
            | Action::React(_)
            | Action::Answer(..)
            | Action::Photo
            | Action::Hide
            | Action::ToCluster => {
                if let Some(note) = note {
                    self.act_on_note(action, note);
                }
            }
            Action::Rename
            | Action::Tidy
            | Action::Collapse
            | Action::Merge
            | Action::Dissolve
            | Action::Lock
            | Action::DeleteCluster => {
                if let Some(cluster) = cluster {
                    self.act_on_cluster(action, cluster);
                }
            }
        }
        if !matches!(action, Action::Kind | Action::Lived | Action::React(_)) {
            self.find_focus_soon();
        }
    }

    fn act_on_note(self, action: Action, note: NoteId) {
        let replica = self.desk.replica;
        match action {
            Action::Lived => toggle_lived(replica, &note),
            Action::React(kind) => toggle(replica, &note, kind),
            Action::Answer(kind, says) => self.answer_with(note, kind, says),
            Action::Photo => show_photo_of(replica, &note),
            Action::Hide => self.hide(note),
            Action::ToCluster => self.choose_cluster_of(&note),
            _ => {}
        }
    }

    fn act_on_cluster(self, action: Action, cluster: ClusterId) {
        let desk = self.desk;
        match action {
            Action::Rename => desk.editing.set(Some(Editing::Title(cluster))),
            Action::Tidy => desk.tidy(&cluster),
            Action::Collapse => _ = clusters::collapse(desk.replica, &cluster),
            Action::Merge => self.merging.set(Some(Merging::Choose(cluster))),
            Action::Dissolve => self.dissolve(&cluster),
            Action::Lock => toggle_lock(desk.replica, &cluster),
            Action::DeleteCluster => self.delete_cluster(&cluster),
            _ => {}
        }
    }

    /// Puts the focus on what is chosen, once all has followed: unless a field or a dialog has taken it.
    pub(in crate::desk::canvas) fn find_focus_soon(self) {
        let find = move || {
            let is_lost = document().active_element().is_none_or(|element| {
                let is_in_bar = matches!(element.closest(".selection-bar"), Ok(Some(_)));
                element.tag_name() == "BODY" || is_in_bar
            });
            if is_lost {
                self.focus_chosen();
            }
        };
        set_timeout(find, Duration::ZERO);
    }

    /// Puts the focus on what is chosen, or on the canvas.
    pub(in crate::desk::canvas) fn focus_chosen(self) {
        let of = |start: &str, id: &str| self.focus_on(&[start, id, "\"]"].concat());
        let selection = self.desk.selection.get_untracked();
        if let Some(link) = self.link.get_untracked() {
            of(".link-label[data-link=\"", link.as_str());
        } else if let Some(image) = self.image.get_untracked() {
            of("[data-image=\"", image.as_str());
        } else if let Some(cluster) = selection.cluster {
            of("[data-cluster=\"", cluster.as_str());
        } else if let Some(note) = selection.notes.last() {
            self.focus_note(note);
        } else {
            self.focus_canvas();
        }
    }

    fn delete_chosen(self) {
        if self.delete_link() {
            return;
        }
        self.focus_canvas();
        if !self.remove_image() {
            self.delete_selected();
        }
    }

    fn choose_cluster_of(self, note: &NoteId) {
        let signals = self.desk.replica.state.note(note);
        let cluster =
            signals.and_then(|signals| signals.note.with_untracked(|note| note.cluster.clone()));
        if let Some(cluster) = cluster {
            self.go_to_cluster(&cluster);
        }
    }

    /// Chooses a cluster, brought into view, with the focus on it.
    pub(in crate::desk::canvas) fn go_to_cluster(self, cluster: &ClusterId) {
        if let Some(shape) = self.desk.replica.state.cluster(cluster) {
            self.desk.reveal(shape.with_untracked(|shape| shape.frame));
        }
        self.choose_cluster(cluster);
        set_timeout(move || self.focus_chosen(), Duration::ZERO);
    }

    /// Shows one thing on the wall.
    fn spotlight(self, item: Item) {
        let item = Some(item);
        self.desk.replica.command(Command::Spotlight { item });
        let locale = self.i18n.get_locale_untracked();
        self.notices.announce(td_string!(locale, note.spotlit));
    }

    /// Takes a note off all screens; it is kept, and the facilitator's panel has it.
    fn hide(self, note: NoteId) {
        let replica = self.desk.replica;
        replica.command(Command::Hide { note: note.clone() });
        self.desk.select(Vec::new());
        self.focus_canvas();
        let locale = self.i18n.get_locale_untracked();
        self.notices.show_with_way_back(
            td_string!(locale, note.hidden),
            td_string!(locale, common.undo),
            move || replica.command(Command::Restore { note: note.clone() }),
        );
    }

    /// Takes what is selected out of its cluster; a selected cluster is dissolved.
    pub(in crate::desk::canvas) fn take_out(self) {
        match self.desk.selection.get_untracked().cluster {
            Some(cluster) => self.dissolve(&cluster),
            None => self.desk.take_out_selected(),
        }
    }

    /// Dissolves a cluster, and says that its notes stay, with the way back.
    pub(in crate::desk::canvas) fn dissolve(self, cluster: &ClusterId) {
        let step = self.desk.dissolve(cluster);
        let locale = self.i18n.get_locale_untracked();
        self.offer_undo(td_string!(locale, cluster.dissolved), step);
    }
}

/// Locks a cluster and what is in it, or unlocks it.
fn toggle_lock(replica: Replica, cluster: &ClusterId) {
    let shared = replica.session.shared;
    let mut locks = shared.with_untracked(|view| view.locks.clone());
    if !locks.clusters.remove(cluster) {
        locks.clusters.insert(cluster.clone());
    }
    replica.command(Command::Lock { locks });
}
