//! One cluster into another: asked about when it is dropped there, or chosen from a list.

use super::{asked::Merging, stage::Stage};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, td_string, text, use_i18n,
    },
    notes::title_of,
    parts::{
        button::{Button, ButtonKind},
        dialog::Dialog,
        flow::For,
        sheet::open_while,
    },
    tools::{Drop, Dropped},
};
use leptos::prelude::*;
use samtavle_shared::ids::ClusterId;

impl Stage {
    /// Asks whether a cluster that was dropped on another one goes together with it.
    pub(super) fn ask_about_merging(self, into: ClusterId, dropped: Dropped) {
        self.merging.set(Some(Merging::Dropped { into, dropped }));
    }

    fn merge(self, from: &ClusterId, into: &ClusterId) {
        let title = self.title_of(into);
        self.desk.merge(from, into);
        let locale = self.i18n.get_locale_untracked();
        let words = filled(td_string!(locale, cluster.merged), &[("title", &title)]);
        self.notices.announce(words);
        self.find_focus_soon();
    }

    /// What a cluster is called.
    pub(super) fn title_of(self, cluster: &ClusterId) -> String {
        untrack(|| title_of(self.desk.replica, self.i18n.get_locale(), cluster))
    }
}

/// Asks as long as there is something to ask about.
#[component]
pub(super) fn AskAboutMerging(stage: Stage) -> impl IntoView {
    let i18n = use_i18n();
    let open = open_while(stage.merging);
    let title = move || match &*stage.merging.read() {
        Some(Merging::Dropped { .. }) => t_string!(i18n, cluster.merge_asked),
        _ => t_string!(i18n, cluster.merge),
    };
    let body = move || match stage.merging.get()? {
        Merging::Dropped { into, dropped } => {
            let from = dropped.cluster.clone()?;
            Some(dropped_body(stage, from, into, dropped).into_any())
        }
        Merging::Choose(from) => Some(choose_body(stage, from).into_any()),
    };
    view! {
        <Dialog title=title open>{body}</Dialog>
    }
}

fn dropped_body(stage: Stage, from: ClusterId, into: ClusterId, dropped: Dropped) -> impl IntoView {
    let (one, other) = (stage.title_of(&from), stage.title_of(&into));
    let words = move || {
        let values = [("one", &*one), ("other", &*other)];
        filled(t_string!(stage.i18n, cluster.merge_why), &values)
    };
    let merge = move |()| {
        stage.merging.set(None);
        stage.merge(&from, &into);
    };
    let only_move = move |()| {
        stage.merging.set(None);
        let dropped = Dropped {
            drop: Drop::Move,
            ..dropped.clone()
        };
        stage.desk.lay_down(&dropped);
        stage.find_focus_soon();
    };
    view! {
        <div class="stack" data-testid="merge-asked">
            <p dir="auto">{words}</p>
            <div class="dialog__foot">
                <Button label=text!(cluster.merge_not) hook="merge-not" on_press=only_move/>
                <Button label=text!(cluster.merge_do) kind=ButtonKind::Primary hook="merge-do" on_press=merge/>
            </div>
        </div>
    }
}

fn choose_body(stage: Stage, from: ClusterId) -> impl IntoView {
    let replica = stage.desk.replica;
    let state = replica.state;
    let own = from.clone();
    let others = move || {
        let clusters = state.clusters.get().into_iter();
        clusters
            .filter(|id| *id != own && replica.is_unlocked(id))
            .collect::<Vec<_>>()
    };
    view! {
        <ul class="rows" data-testid="merge-choices">
            <For each=others key=Clone::clone let:id>
                {
                    let from = from.clone();
                    let title = stage.title_of(&id);
                    let count = state.cluster(&id).map_or(0, |shape| shape.with_untracked(|shape| shape.notes.len()));
                    let notes = move || counted(count, t_string!(stage.i18n, note.count_1), t_string!(stage.i18n, note.count_n));
                    view! {
                        <li>
                            <button
                                type="button"
                                class="option option--row"
                                on:click=move |_| {
                                    stage.merging.set(None);
                                    stage.merge(&from, &id);
                                }
                            >
                                <span class="option__name" dir="auto">{title}</span>
                                <span class="option__hint">{notes}</span>
                            </button>
                        </li>
                    }
                }
            </For>
        </ul>
    }
}
