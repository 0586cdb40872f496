//! The page of the whole board: its picture, and all of it as a list.

use super::{
    clusters::{KindCounts, Voices, notes_in, title_of},
    gestures::loose_notes,
    overview::Overview,
    row::{NoteRow, Whose},
    state::PhoneState,
};
use crate::parts::flow::{For, Show};
use crate::{
    i18n::{t_string, text, use_i18n},
    notes::lived_first,
    parts::icon::{Icon, IconName},
};
use leptos::prelude::*;
use samtavle_shared::ids::{ClusterId, NoteId};

/// Up to so many notes all are listed at once; beyond, each cluster opens when it is pressed.
const LISTS_ALL: usize = 300;

/// The page.
#[component]
pub(super) fn BoardTab(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let state = phone.replica.state;
    let is_empty = move || state.note_count.get() == 0 && state.clusters.read().is_empty();
    let loose = Memo::new(move |_| loose_notes(phone.replica));
    view! {
        <h1 class="page-head page-head--title" dir="auto">
            {move || if state.title.read().is_empty() {
                t_string!(i18n, phone.tab_board).to_owned()
            } else {
                state.title.get()
            }}
        </h1>
        <Show
            when=move || !is_empty()
            fallback=move || view! { <p class="list-empty">{text!(phone.board_empty)}</p> }
        >
            <Overview phone/>
            <For each=move || state.clusters.get() key=|id| id.clone() let:id>
                <ClusterGroup phone id/>
            </For>
            <Show when=move || !loose.read().is_empty()>
                <Group
                    phone
                    title=Signal::derive(move || t_string!(i18n, cluster.loose).to_owned())
                    notes=Signal::derive(move || lived_first(phone.replica, loose.get()))
                />
            </Show>
        </Show>
    }
}

#[component]
fn ClusterGroup(phone: PhoneState, id: ClusterId) -> impl IntoView {
    let title = title_of(phone, &id);
    let notes = notes_in(phone, &id);
    view! { <Group phone title notes/> }
}

#[component]
fn Group(phone: PhoneState, title: Signal<String>, notes: Signal<Vec<NoteId>>) -> impl IntoView {
    let is_open = RwSignal::new(phone.replica.state.note_count.get_untracked() <= LISTS_ALL);
    view! {
        <section class="group">
            <h2 class="group__head">
                <button
                    type="button"
                    class="group__press"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    on:click=move |_| is_open.update(|open| *open = !*open)
                >
                    <Icon name=IconName::ChevronRight/>
                    <span class="group__title" dir="auto">{title}</span>
                    <Voices phone notes/>
                    <KindCounts phone notes/>
                </button>
            </h2>
            <Show when=move || is_open.get()>
                <ul class="rows">
                    <For each=move || notes.get() key=|id| id.clone() let:id>
                        <NoteRow phone id whose=Whose::Anybodys/>
                    </For>
                </ul>
            </Show>
        </section>
    }
}
