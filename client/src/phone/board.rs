//! The page of the whole board: its picture, and all of it as a list.

use super::{
    arrange::{StackMark, is_stack},
    clusters::{KindCounts, Voices, notes_in, title_of},
    gestures::loose_notes,
    led::is_in,
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
            <Show when=move || phone.led.shows_nothing(phone.replica)>
                <p class="list-empty">{text!(note.led_nothing)}</p>
            </Show>
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
    let is_stack = is_stack(phone, &id);
    view! { <Group phone title notes is_stack/> }
}

/// So many notes of a group that a facilitator shows stand there unfolded, whatever the board holds.
const SHOWN: usize = 40;

/// Of what a facilitator shows, what is in their view; else all.
#[component]
fn Group(
    phone: PhoneState,
    title: Signal<String>,
    notes: Signal<Vec<NoteId>>,
    /// Whether it lies as a stack: then it opens when it is pressed.
    #[prop(optional)]
    is_stack: Option<Memo<bool>>,
) -> impl IntoView {
    let state = phone.replica.state;
    let is_stack = is_stack.unwrap_or_else(|| Memo::new(|_| false));
    let notes = Memo::new(move |_| {
        let mut notes = notes.get();
        if let Some(part) = phone.led.part.get() {
            state.moved.track();
            notes.retain(|note| is_in(phone.replica, part, note));
        }
        notes
    });
    let pressed = RwSignal::new(None::<bool>);
    Effect::new(move |was: Option<bool>| {
        let is_stack = is_stack.get();
        if was.is_some_and(|was| was != is_stack) {
            pressed.set(None); // as it lies now
        }
        is_stack
    });
    let lists_all = state.note_count.get_untracked() <= LISTS_ALL;
    let is_open = Memo::new(move |_| {
        let is_led = phone.led.part.with(Option::is_some);
        let by_itself = if is_led {
            notes.read().len() <= SHOWN
        } else {
            lists_all
        };
        pressed.get().unwrap_or(by_itself && !is_stack.get())
    });
    // A group of which nothing is in the facilitator's view is not shown.
    let is_there = move || phone.led.part.with(Option::is_none) || !notes.read().is_empty();
    view! {
        <Show when=is_there>
            <section class="group" class:group--stack=move || is_stack.get()>
                <h2 class="group__head">
                    <button
                        type="button"
                        class="group__press"
                        aria-expanded=move || if is_open.get() { "true" } else { "false" }
                        on:click=move |_| pressed.set(Some(!is_open.get_untracked()))
                    >
                        <Icon name=IconName::ChevronRight/>
                        <span class="group__title" dir="auto">{title}</span>
                        <StackMark is_stack/>
                        <Voices phone notes=notes.into()/>
                        <KindCounts phone notes=notes.into()/>
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
        </Show>
    }
}
