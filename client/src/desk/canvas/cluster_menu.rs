//! What can be done with a cluster: opened from its head.

use super::stage::Stage;
use crate::{
    desk::{Editing, Selection},
    i18n::t_string,
    parts::{
        flow::Show,
        icon::IconName,
        menu::{MenuAt, MenuItem},
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::BoardVector,
    ids::ClusterId,
    layout::{CLUSTER_SIDE, CLUSTER_TOP},
    session::{Command, Item},
};

impl Stage {
    /// Opens the menu of this cluster below the end of its head, and selects it.
    pub(super) fn open_cluster_menu(self, cluster: &ClusterId) {
        self.desk.selection.set(Selection {
            notes: Vec::new(),
            cluster: Some(cluster.clone()),
        });
        self.cluster_menu.set(Some(cluster.clone()));
    }
}

#[component]
pub(super) fn ClusterMenu(stage: Stage) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let at = RwSignal::new(None::<(f64, f64)>);
    let cluster = StoredValue::new_local(None::<ClusterId>);
    Effect::new(move || {
        let open = stage.cluster_menu.get();
        let place = open.as_ref().and_then(|id| {
            let frame = desk
                .replica
                .state
                .cluster(id)?
                .with_untracked(|shape| shape.frame);
            let corner = samtavle_shared::geometry::BoardPoint::new(frame.max.x, frame.min.y)
                + BoardVector::new(-2.0 * CLUSTER_SIDE, CLUSTER_TOP);
            let corner = desk.camera.get_untracked().screen_from_board(corner);
            Some((corner.x, corner.y))
        });
        if open.is_some() {
            cluster.set_value(open);
        }
        at.set(place);
    });
    Effect::new(move || {
        if at.get().is_none() && stage.cluster_menu.get_untracked().is_some() {
            stage.cluster_menu.set(None);
        }
    });
    let with = move |deed: &dyn Fn(&ClusterId)| {
        if let Some(id) = cluster.get_value() {
            deed(&id);
        }
    };
    let session = desk.replica.session;
    let leads = session.leads();
    let is_locked = move || {
        stage.cluster_menu.with(|open| {
            let locked = session.shared.read();
            open.as_ref()
                .is_some_and(|id| locked.locks.clusters.contains(id))
        })
    };
    view! {
        <MenuAt label=move || t_string!(i18n, cluster.actions) at>
            <MenuItem
                label=move || t_string!(i18n, cluster.rename)
                icon=IconName::Text
                key="F2"
                on_press=move || with(&|id| desk.editing.set(Some(Editing::Title(id.clone()))))
            />
            <MenuItem
                label=move || t_string!(i18n, cluster.tidy)
                icon=IconName::Grid
                on_press=move || with(&|id| desk.tidy(id))
            />
            <MenuItem
                label=move || t_string!(i18n, cluster.dissolve)
                icon=IconName::Ungroup
                key="⇧G"
                on_press=move || with(&|id| stage.dissolve(id))
            />
            <Show when=move || leads.get()>
                <MenuItem
                    label=move || if is_locked() {
                        t_string!(i18n, note.unlock_cluster)
                    } else {
                        t_string!(i18n, note.lock_cluster)
                    }
                    icon=IconName::Lock
                    hook="cluster-lock"
                    on_press=move || with(&|id| toggle_lock(desk.replica, id))
                />
                <MenuItem
                    label=move || t_string!(i18n, note.spotlight)
                    icon=IconName::Screen
                    hook="cluster-spotlight"
                    on_press=move || with(&|id| stage.spotlight(Item::Cluster(id.clone())))
                />
            </Show>
            <MenuItem
                label=move || t_string!(i18n, cluster.delete_with_notes)
                icon=IconName::Trash
                class="menu__item--danger"
                on_press=move || with(&|id| stage.delete_cluster(id))
            />
        </MenuAt>
    }
}

/// Locks a cluster and what is in it, or unlocks it.
pub(super) fn toggle_lock(replica: Replica, cluster: &ClusterId) {
    let mut locks = replica
        .session
        .shared
        .with_untracked(|view| view.locks.clone());
    if !locks.clusters.remove(cluster) {
        locks.clusters.insert(cluster.clone());
    }
    replica.command(Command::Lock { locks });
}

impl Stage {
    /// Shows one thing on the wall.
    pub(super) fn spotlight(self, item: Item) {
        let item = Some(item);
        self.desk.replica.command(Command::Spotlight { item });
        self.notices.announce(crate::i18n::td_string!(
            self.i18n.get_locale_untracked(),
            note.spotlit
        ));
    }

    /// Takes a note off all screens; it is kept, and the facilitator's panel has it.
    pub(super) fn hide(self, note: samtavle_shared::ids::NoteId) {
        let replica = self.desk.replica;
        replica.command(Command::Hide { note: note.clone() });
        self.desk.select(Vec::new());
        self.focus_canvas();
        let locale = self.i18n.get_locale_untracked();
        self.notices.show_with_way_back(
            crate::i18n::td_string!(locale, note.hidden),
            crate::i18n::td_string!(locale, common.undo),
            move || replica.command(Command::Restore { note: note.clone() }),
        );
    }

    /// Takes what is selected out of its cluster; a selected cluster is dissolved.
    pub(super) fn take_out(self) {
        match self.desk.selection.get_untracked().cluster {
            Some(cluster) => self.dissolve(&cluster),
            None => self.desk.take_out_selected(),
        }
    }

    /// Dissolves a cluster, and says that its notes stay, with the way back.
    pub(super) fn dissolve(self, cluster: &ClusterId) {
        let step = self.desk.dissolve(cluster);
        let locale = self.i18n.get_locale_untracked();
        self.offer_undo(crate::i18n::td_string!(locale, cluster.dissolved), step);
    }
}
