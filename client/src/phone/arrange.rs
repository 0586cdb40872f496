//! What one does with a cluster as a whole: with another one, apart, in a stack, or no more. A sheet, in two steps.

use super::{
    mover::ClusterChoices,
    row::take_focus,
    state::{PhoneState, Place},
};
use crate::{
    i18n::{language::filled, t_string, td_string, text, use_i18n},
    notes::{cluster_title, clusters, title_of, undo::offer_undo},
    parts::{
        button::{Button, ButtonKind, ButtonRole},
        dialog::Dialog,
        field::TextField,
        flow::{For, Show},
        icon::{Icon, IconName},
        kinds::{KindMark, kind_name},
        notice::use_notices,
        sheet::open_while,
        words::written_as,
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    ids::{ClusterId, NoteId},
    limits::MAX_TITLE_UTF16,
};
use std::collections::HashSet;

/// How far one has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Acts,
    Merge,
    Split,
}

/// Whether the person here may do any of it; followed.
pub(super) fn may_arrange(phone: PhoneState, cluster: &ClusterId) -> bool {
    let replica = phone.replica;
    let is_there = replica.state.clusters.read().contains(cluster);
    is_there && replica.may_write() && replica.is_unlocked(cluster)
}

/// Whether a cluster lies as a stack; followed.
pub(super) fn is_stack(phone: PhoneState, cluster: &ClusterId) -> Memo<bool> {
    let shape = phone.replica.state.cluster(cluster);
    Memo::new(move |_| {
        shape
            .as_ref()
            .is_some_and(|shape| shape.read().cluster.is_collapsed)
    })
}

/// The sheet; open while a cluster is to be arranged, and may be.
#[component]
pub(super) fn Arranger(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let step = RwSignal::new(Step::Acts);
    Effect::new(move || {
        let may = phone
            .arranging
            .with(|cluster| cluster.as_ref().map(|cluster| may_arrange(phone, cluster)));
        match may {
            None => step.set(Step::Acts),
            Some(false) => phone.arranging.set(None),
            Some(true) => {}
        }
    });
    let title = move || match step.get() {
        Step::Acts => {
            let cluster = phone.arranging.get();
            let title = cluster.map(|cluster| title_of(phone.replica, i18n.get_locale(), &cluster));
            title.unwrap_or_default()
        }
        Step::Merge => t_string!(i18n, cluster.merge).to_owned(),
        Step::Split => t_string!(i18n, cluster.split_it).to_owned(),
    };
    view! {
        <Dialog title=Signal::derive(title) open=open_while(phone.arranging)>
            {move || {
                let cluster = phone.arranging.get_untracked()?;
                Some(match step.get() {
                    Step::Acts => view! { <Acts phone cluster step/> }.into_any(),
                    Step::Merge => view! { <Merge phone cluster/> }.into_any(),
                    Step::Split => view! { <Split phone cluster/> }.into_any(),
                })
            }}
        </Dialog>
    }
}

#[component]
fn Acts(phone: PhoneState, cluster: ClusterId, step: RwSignal<Step>) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = phone.replica;
    let own = cluster.clone();
    let has_others = Memo::new(move |_| {
        let clusters = replica.state.clusters.read();
        clusters
            .iter()
            .any(|id| *id != own && replica.is_unlocked(id))
    });
    let shape = replica.state.cluster(&cluster);
    let has_several = Memo::new(move |_| {
        shape
            .as_ref()
            .is_some_and(|shape| shape.read().notes.len() > 1)
    });
    let is_stack = is_stack(phone, &cluster);
    let cluster = StoredValue::new(cluster);
    let stack = move |()| {
        phone.arranging.set(None);
        clusters::collapse(replica, &cluster.get_value());
    };
    let dissolve = move |()| {
        phone.arranging.set(None);
        phone.place.set(None);
        let step = clusters::dissolve(replica, &cluster.get_value());
        offer_undo(
            t_string!(i18n, cluster.dissolved),
            step,
            replica,
            i18n,
            notices,
        );
    };
    view! {
        <div class="sheet-acts" data-testid="cluster-acts">
            <Show when=move || has_others.get()>
                <Button
                    label=text!(cluster.merge)
                    icon=IconName::Cluster
                    hook="cluster-merge"
                    on_press=move |()| step.set(Step::Merge)
                />
            </Show>
            <Show when=move || has_several.get()>
                <Button
                    label=text!(cluster.split_it)
                    icon=IconName::Half
                    hook="cluster-split"
                    on_press=move |()| step.set(Step::Split)
                />
            </Show>
            <Button
                label=move || if is_stack.get() {
                    t_string!(i18n, cluster.expand)
                } else {
                    t_string!(i18n, cluster.collapse)
                }
                icon=IconName::Copy
                hook="cluster-collapse"
                on_press=stack
            />
            <Button
                label=text!(cluster.dissolve)
                icon=IconName::Ungroup
                hook="cluster-dissolve"
                on_press=dissolve
            />
        </div>
    }
}

#[component]
fn Merge(phone: PhoneState, cluster: ClusterId) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = phone.replica;
    let from = cluster.clone();
    let merge = move |into: ClusterId, title: String| {
        phone.arranging.set(None);
        let step = clusters::merge(replica, &from, &into);
        phone.open(Place::Cluster(into));
        let words = filled(t_string!(i18n, cluster.merged), &[("title", &title)]);
        offer_undo(words, step, replica, i18n, notices);
    };
    view! {
        <ClusterChoices phone besides=Some(cluster) takes_focus=true on_choose=merge/>
    }
}

#[component]
fn Split(phone: PhoneState, cluster: ClusterId) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = phone.replica;
    let shape = replica.state.cluster(&cluster);
    let notes = Memo::new(move |_| {
        let notes = shape.as_ref().map(|shape| shape.read().notes.clone());
        notes.unwrap_or_default()
    });
    let chosen = RwSignal::new(HashSet::<NoteId>::new());
    let new_title = RwSignal::new(String::new());
    let why_not = RwSignal::new(false);
    // In the order in which they are read; who took one away meanwhile has taken it.
    let those = move || {
        let mut those = notes.get();
        those.retain(|note| chosen.read().contains(note));
        those
    };
    let lacking = move || {
        let count = those().len();
        match count {
            0 => Some(t_string!(i18n, cluster.split_none)),
            _ if count == notes.read().len() => Some(t_string!(i18n, cluster.split_all)),
            _ => None,
        }
    };
    let split = move || {
        if untrack(lacking).is_some() {
            return why_not.set(true);
        }
        let title = new_title.get_untracked();
        let Some(made) = clusters::make_of(replica, &untrack(those), &title) else {
            return;
        };
        phone.arranging.set(None);
        phone.open(Place::Cluster(made.cluster));
        let locale = i18n.get_locale_untracked();
        let words = filled(
            td_string!(locale, cluster.split_done),
            &[("title", &cluster_title(locale, &title))],
        );
        offer_undo(words, made.step, replica, i18n, notices);
    };
    let is_first = StoredValue::new(true);
    let choice = move |id: NoteId| {
        let press = NodeRef::<html::Button>::new();
        if is_first.get_value() {
            is_first.set_value(false);
            take_focus(press); // in place of what was pressed
        }
        view! { <Choice phone id chosen press/> }
    };
    view! {
        <form
            class="stack"
            data-testid="split-notes"
            on:submit=move |event: web_sys::SubmitEvent| {
                event.prevent_default();
                split();
            }
        >
            <p class="field__hint">{text!(cluster.split_ask)}</p>
            <ul class="rows">
                <For each=move || notes.get() key=Clone::clone let:id>
                    <li>{choice(id)}</li>
                </For>
            </ul>
            <TextField
                label=text!(cluster.title_label)
                value=new_title
                placeholder=text!(cluster.title_example)
                max_length=MAX_TITLE_UTF16 as u32
            />
            <p class="field__hint" role="status">{move || if why_not.get() { lacking() } else { None }}</p>
            <Button
                label=text!(cluster.split_do)
                kind=ButtonKind::Primary
                role=ButtonRole::Submit
                hook="split-do"
            />
        </form>
    }
}

/// A note that goes along or stays.
#[component]
fn Choice(
    phone: PhoneState,
    id: NoteId,
    chosen: RwSignal<HashSet<NoteId>>,
    press: NodeRef<html::Button>,
) -> impl IntoView {
    let i18n = use_i18n();
    let signals = phone.replica.state.note(&id);
    let note = Memo::new(move |_| {
        let note = signals.as_ref()?.note.read();
        Some((note.kind, note.text.trim().to_owned()))
    });
    let words = move || match note.get() {
        Some((_, words)) if !words.is_empty() => words,
        _ => t_string!(i18n, note.without_text).to_owned(),
    };
    let kind = move || note.get().map(|(kind, _)| kind);
    let (own, name) = (id.clone(), id.to_string());
    let is_chosen = Memo::new(move |_| chosen.read().contains(&own));
    view! {
        <button
            node_ref=press
            type="button"
            class="option option--row option--tick"
            role="checkbox"
            aria-checked=move || if is_chosen.get() { "true" } else { "false" }
            data-split=name
            on:click=move |_| chosen.update(|chosen| {
                if !chosen.remove(&id) {
                    chosen.insert(id.clone());
                }
            })
        >
            <span class="split-note">
                {move || kind().map(|kind| view! { <KindMark kind/> })}
                <span class="visually-hidden">{move || kind().map(|kind| kind_name(i18n.get_locale(), kind))} ": "</span>
                <span class="split-note__words" {..written_as(words)}></span>
            </span>
        </button>
    }
}

/// The way to all of this, beside the way back.
#[component]
pub(super) fn ArrangeButton(phone: PhoneState, cluster: ClusterId) -> impl IntoView {
    let own = cluster.clone();
    let may = Memo::new(move |_| may_arrange(phone, &own));
    let cluster = StoredValue::new(cluster);
    view! {
        <Show when=move || may.get()>
            <Button
                label=text!(cluster.arrange)
                icon=IconName::Cluster
                hook="cluster-arrange"
                on_press=move |()| phone.arranging.set(Some(cluster.get_value()))
            />
        </Show>
    }
}

/// That a cluster lies as a stack.
#[component]
pub(super) fn StackMark(is_stack: Memo<bool>) -> impl IntoView {
    view! {
        <Show when=move || is_stack.get()>
            <span class="stack-mark">
                <Icon name=IconName::Copy/>
                <span>{text!(cluster.collapsed_mark)}</span>
            </span>
        </Show>
    }
}
