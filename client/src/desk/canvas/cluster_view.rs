//! One cluster near by: its frame, its name, how many notes.

use super::{
    super::{Editing, writing::TitleField},
    short,
    stage::Stage,
    translate,
};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string,
    },
    notes::{cluster_title, clusters, voice_count},
    parts::{
        flow::Show,
        icon::{Icon, IconName, IconSize},
        words::{listed, written},
    },
    tools::Drop,
};
use leptos::{either::Either, prelude::*};
use samtavle_shared::{ids::ClusterId, layout::wrap};

/// A title's letters, as if they were as light as a note's: the heading's weight is some 8 % wider.
const TITLE_FONT: f64 = 25.0;
/// What stands beside the title: edges, the count and the menu, board units.
const BESIDE_TITLE: f64 = 150.0;

#[component]
#[expect(
    clippy::too_many_lines,
    reason = "what changes on a frame, a memo each"
)]
pub(super) fn ClusterView(stage: Stage, id: ClusterId) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let Some(shape) = desk.replica.state.cluster(&id) else {
        return Either::Left(());
    };
    let whole = shape.clone();
    let title = Memo::new({
        let shape = shape.clone();
        move |_| shape.with(|shape| shape.cluster.title.clone())
    });
    let count = Memo::new({
        let shape = shape.clone();
        move |_| shape.with(|shape| shape.notes.len())
    });
    let voices = Memo::new({
        let shape = shape.clone();
        move |_| {
            desk.replica.state.moved.track(); // also when a note takes a voice
            shape.with(|shape| voice_count(desk.replica, &shape.notes))
        }
    });
    let is_locked = desk.replica.session.part({
        let id = id.clone();
        move |view| view.locks.clusters.contains(&id)
    });
    let frame = Memo::new(move |_| shape.with(|shape| shape.frame));
    let is_long = Memo::new(move |_| {
        let room = frame.get().width() - BESIDE_TITLE;
        title.with(|title| wrap(title, TITLE_FONT, room).len() > 1)
    });
    let is_selected = Memo::new({
        let id = id.clone();
        move |_| {
            desk.selection
                .with(|selection| selection.cluster.as_ref() == Some(&id))
        }
    });
    let is_written = Memo::new({
        let id = id.clone();
        move |_| {
            desk.editing
                .with(|editing| matches!(editing, Some(Editing::Title(cluster)) if *cluster == id))
        }
    });
    let is_target = Memo::new({
        let id = id.clone();
        move |_| {
            stage.drop.with(
                |drop| matches!(drop, Drop::Join(cluster) | Drop::Merge(cluster) if *cluster == id),
            )
        }
    });
    let is_collapsed = Memo::new({
        let shape = whole.clone();
        move |_| shape.with(|shape| shape.cluster.is_collapsed)
    });
    let class = move || {
        let stack = if is_collapsed.get() {
            " cluster--collapsed"
        } else {
            ""
        };
        let marks = match (is_target.get(), is_selected.get()) {
            (true, _) => " cluster--target",
            (_, true) => " cluster--selected",
            _ => "",
        };
        let one = if count.get() < 2 {
            " canvas__cluster--one"
        } else {
            ""
        };
        ["cluster canvas__cluster", one, stack, marks].concat()
    };
    let counted_voices = move || {
        counted(
            voices.get(),
            t_string!(i18n, note.voices_1),
            t_string!(i18n, note.voices_n),
        )
    };
    let counted_notes = move || {
        counted(
            count.get(),
            t_string!(i18n, note.count_1),
            t_string!(i18n, note.count_n),
        )
    };
    let name = move || {
        let title = title.with(|title| cluster_title(i18n.get_locale(), title));
        let words = counted(
            count.get(),
            t_string!(i18n, cluster.label_1),
            t_string!(i18n, cluster.label_n),
        );
        let words = filled(&words, &[("title", &title)]);
        let mut all = vec![words];
        if voices.get() > 0 {
            all.push(counted_voices());
        }
        if is_collapsed.get() {
            all.push(t_string!(i18n, cluster.collapsed_mark).to_owned());
        }
        if is_locked.get() {
            all.push(t_string!(i18n, note.locked_mark).to_owned());
        }
        listed(all, ", ")
    };
    let px = |length: f64| [&short(length), "px"].concat();
    let hook = id.to_string();
    let own = id.clone();
    let (field, menu) = (id.clone(), id.clone());
    let stack = StoredValue::new(id);
    Either::Right(view! {
        <section
            class=class
            data-cluster=hook
            role="group"
            tabindex="-1"
            aria-label=name
            style:transform=move || { let frame = frame.get(); translate(frame.min.x, frame.min.y) }
            style:width=move || px(frame.get().width())
            style:height=move || px(frame.get().height())
        >
            <div class="cluster__head">
                <div class="cluster__name">
                    <h2
                        class=move || if is_long.get() { "cluster__title cluster__title--long" } else { "cluster__title" }
                        title=move || is_long.get().then(|| title.get())
                        data-hint=move || title.with(|title| title.trim().is_empty()).then(|| t_string!(i18n, cluster.name_it))
                        {..written(title)}
                    ></h2>
                    {move || is_written.get().then(|| view! { <TitleField desk cluster=field.clone()/> })}
                </div>
                {move || is_locked.get().then(|| view! {
                    <span class="cluster__lock" title=t_string!(i18n, note.locked)>
                        <Icon name=IconName::Lock size=IconSize::Small/>
                    </span>
                })}
                <span class="cluster__count" title=move || (voices.get() > 0).then(counted_notes)>
                    {move || if voices.get() > 0 { counted_voices() } else { counted_notes() }}
                </span>
                <Show when={
                    let id = own.clone();
                    move || desk.replica.may_write() && desk.replica.is_unlocked(&id)
                }>
                    <Show when=move || is_collapsed.get()>
                        <button
                            type="button"
                            class="cluster__menu"
                            tabindex="-1"
                            data-testid="cluster-expand"
                            aria-label=move || t_string!(i18n, cluster.expand)
                            title=move || t_string!(i18n, cluster.expand)
                            on:click=move |_| { clusters::collapse(desk.replica, &stack.get_value()); }
                        >
                            <Icon name=IconName::ChevronDown size=IconSize::Small/>
                        </button>
                    </Show>
                    <button
                        type="button"
                        class="cluster__menu"
                        tabindex="-1"
                        aria-haspopup="menu"
                        aria-label=move || t_string!(i18n, cluster.actions)
                        on:click={
                            let menu = menu.clone();
                            move |_| stage.open_cluster_menu(&menu)
                        }
                    >
                        <Icon name=IconName::More size=IconSize::Small/>
                    </button>
                </Show>
            </div>
        </section>
    })
}
