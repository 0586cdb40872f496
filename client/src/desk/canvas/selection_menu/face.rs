//! What an action is called, and how it looks.

use super::{super::stage::Stage, Action, Chosen};
use crate::{
    desk::Tool,
    i18n::t_string,
    notes::{
        answer_name,
        reactions::{has_reacted, reaction_icon, reaction_name},
    },
    parts::{icon::IconName, kinds::kind_name},
};
use leptos::prelude::*;
use samtavle_shared::board::NoteKind;

impl Action {
    /// Its words in the language of the page; followed.
    pub(in crate::desk::canvas) fn label(self, stage: Stage, chosen: Chosen) -> &'static str {
        let i18n = stage.i18n;
        match self {
            Self::Kind => match chosen.kind {
                Some(kind) => kind_name(i18n.get_locale(), kind),
                None => t_string!(i18n, note.other_kind),
            },
            Self::Details => match chosen.kind {
                Some(NoteKind::Habit) => t_string!(i18n, note.more_of_habit),
                Some(NoteKind::Plan) => t_string!(i18n, note.more_of_plan),
                _ => t_string!(i18n, note.more_of_note),
            },
            Self::Lived => t_string!(i18n, note.lived),
            Self::React(kind) => reaction_name(i18n.get_locale(), kind),
            Self::Answer(kind, _) => answer_name(i18n.get_locale(), kind),
            Self::Cluster => t_string!(i18n, keys.cluster),
            Self::Split => t_string!(i18n, cluster.split),
            Self::Merge => t_string!(i18n, cluster.merge),
            Self::Collapse if stage.is_chosen_cluster_collapsed() => {
                t_string!(i18n, cluster.expand)
            }
            Self::Collapse => t_string!(i18n, cluster.collapse),
            Self::TakeOut => t_string!(i18n, note.out_of_cluster),
            Self::Spread => t_string!(i18n, note.spread),
            Self::Connect => t_string!(i18n, note.connect),
            Self::Carry => t_string!(i18n, note.carry),
            Self::Duplicate => t_string!(i18n, note.duplicate),
            Self::Photo | Self::Look => t_string!(i18n, photo.look),
            Self::Spotlight => t_string!(i18n, note.spotlight),
            Self::Hide => t_string!(i18n, note.hide),
            Self::ToCluster => t_string!(i18n, cluster.choose_it),
            Self::Delete => match chosen.what {
                super::What::Link => t_string!(i18n, note.link_delete),
                super::What::Image => t_string!(i18n, photo.take_off),
                _ => t_string!(i18n, note.delete),
            },
            Self::Rename => t_string!(i18n, cluster.rename),
            Self::Tidy => t_string!(i18n, cluster.tidy),
            Self::Dissolve => t_string!(i18n, cluster.dissolve),
            Self::Lock if stage.is_chosen_cluster_locked() => {
                t_string!(i18n, note.unlock_cluster)
            }
            Self::Lock => t_string!(i18n, note.lock_cluster),
            Self::DeleteCluster => t_string!(i18n, cluster.delete_with_notes),
        }
    }

    /// Its mark.
    pub(in crate::desk::canvas) fn icon(self, chosen: Chosen) -> IconName {
        match self {
            Self::Kind => chosen
                .kind
                .and_then(IconName::of_kind)
                .unwrap_or(IconName::Card),
            Self::Details => IconName::List,
            Self::Lived => IconName::Lived,
            Self::React(kind) => reaction_icon(kind),
            Self::Answer(kind, _) => IconName::of_kind(kind).unwrap_or(IconName::Plus),
            Self::Cluster | Self::Split | Self::Merge => IconName::Cluster,
            Self::TakeOut | Self::Dissolve => IconName::Ungroup,
            Self::Spread | Self::Collapse => IconName::Spread,
            Self::Connect => IconName::Link,
            Self::Carry => IconName::Move,
            Self::Duplicate => IconName::Copy,
            Self::Photo => IconName::Photo,
            Self::Spotlight => IconName::Screen,
            Self::Hide => IconName::EyeOff,
            Self::ToCluster => IconName::ArrowUp,
            Self::Delete | Self::DeleteCluster => IconName::Trash,
            Self::Rename => IconName::Text,
            Self::Tidy => IconName::Grid,
            Self::Lock => IconName::Lock,
            Self::Look => IconName::Eye,
        }
    }

    /// The key that does the same, as it stands on the keyboard.
    pub(in crate::desk::canvas) fn key(self) -> Option<&'static str> {
        Some(match self {
            Self::Cluster | Self::Split => "G",
            Self::TakeOut | Self::Dissolve => "⇧G",
            Self::Spread => "B",
            Self::Connect => "K",
            Self::Delete => "Delete",
            Self::Rename => "F2",
            _ => return None,
        })
    }

    /// Its name for tests.
    pub(in crate::desk::canvas) fn hook(self) -> &'static str {
        match self {
            Self::Kind => "note-kind",
            Self::Details => "note-details",
            Self::Lived => "lived-toggle",
            Self::React(_) => "react",
            Self::Answer(..) => "answer-with",
            Self::Cluster => "make-cluster",
            Self::Split => "split",
            Self::Merge => "cluster-merge",
            Self::Collapse => "cluster-collapse",
            Self::TakeOut => "take-out",
            Self::Spread => "spread",
            Self::Connect => "connect",
            Self::Carry => "carry",
            Self::Duplicate => "duplicate",
            Self::Photo => "note-photo",
            Self::Spotlight => "note-spotlight",
            Self::Hide => "note-hide",
            Self::ToCluster => "to-cluster",
            Self::Delete => "delete",
            Self::Rename => "cluster-rename",
            Self::Tidy => "cluster-tidy",
            Self::Dissolve => "cluster-dissolve",
            Self::Lock => "cluster-lock",
            Self::DeleteCluster => "cluster-delete",
            Self::Look => "image-open",
        }
    }

    /// For what stays on: whether it is; followed.
    pub(in crate::desk::canvas) fn is_on(self, stage: Stage) -> Option<bool> {
        let desk = stage.desk;
        let note = || desk.selection.get().notes.into_iter().next();
        match self {
            Self::Lived => {
                let signals = note().and_then(|id| desk.replica.state.note(&id));
                Some(signals.is_some_and(|signals| signals.note.read().lived))
            }
            Self::React(kind) => {
                Some(note().is_some_and(|note| has_reacted(desk.replica, &note, kind)))
            }
            Self::Carry => Some(desk.tool.get() == Tool::Carry),
            _ => None,
        }
    }

    /// What takes away looks like it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Delete | Self::DeleteCluster => "menu__item--danger",
            _ => "",
        }
    }
}

impl Stage {
    fn is_chosen_cluster_collapsed(self) -> bool {
        let selection = self.desk.selection.get();
        let state = self.desk.replica.state;
        let shape = selection.cluster.and_then(|id| state.cluster(&id));
        shape.is_some_and(|shape| shape.with(|shape| shape.cluster.is_collapsed))
    }

    fn is_chosen_cluster_locked(self) -> bool {
        let selection = self.desk.selection.get();
        let locked = self.desk.replica.session.shared.read();
        let cluster = selection.cluster.as_ref();
        cluster.is_some_and(|id| locked.locks.clusters.contains(id))
    }
}
