//! The page of clusters: their list, and one of them with its notes.

use super::{
    arrange::{ArrangeButton, StackMark, is_stack},
    gestures::loose_notes,
    live_field::LiveField,
    row::{NoteRow, Whose, take_focus},
    state::{PhoneState, Place},
};
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    notes::{cluster_title, lived_first, voice_count},
    parts::{
        button::Button,
        flow::{For, Show},
        icon::{Icon, IconName},
        kinds::{KindMark, kind_name},
        words::written_as,
    },
    replica::SharedText,
    session::phase,
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::NoteKind,
    ids::{ClusterId, NoteId},
    limits::MAX_TITLE_UTF16,
    session::{Command, Item, Phase},
};

/// The page.
#[component]
pub(super) fn ClustersTab(phone: PhoneState) -> impl IntoView {
    // A cluster that somebody dissolves while it is in view: back to the list.
    let place = Memo::new(move |_| {
        let is_there = |cluster: &ClusterId| phone.replica.state.clusters.read().contains(cluster);
        match phone.place.get() {
            Some(Place::Cluster(cluster)) if !is_there(&cluster) => None,
            place => place,
        }
    });
    move || match place.get() {
        None => view! { <ClusterList phone/> }.into_any(),
        Some(place) => view! { <OnePlace phone place/> }.into_any(),
    }
}

#[component]
fn ClusterList(phone: PhoneState) -> impl IntoView {
    let state = phone.replica.state;
    let i18n = use_i18n();
    let loose = Memo::new(move |_| loose_notes(phone.replica));
    // In a phase that is for the clusters its own question stands here.
    let now = phone.replica.session.phase();
    let phase = Memo::new(move |_| now.get().filter(Phase::names_clusters));
    let head = move || match phase.read().as_ref() {
        Some(phase) => phase::title_of(i18n.get_locale(), phase),
        None => t_string!(i18n, phone.tab_clusters).to_owned(),
    };
    let hint = move || {
        let phase = phase.read();
        Some(phase::prompt_of(i18n.get_locale(), phase.as_ref()?))
    };
    view! {
        <h1 class="page-head" data-testid="clusters-head" {..written_as(head)}></h1>
        {move || hint().map(|hint| view! { <p class="compose__hint" dir="auto">{hint}</p> })}
        <Show when=move || state.clusters.read().is_empty()>
            <p class="list-empty">{text!(phone.clusters_empty)}</p>
        </Show>
        <ul class="rows">
            <For each=move || state.clusters.get() key=|id| id.clone() let:id>
                <ClusterEntry phone id/>
            </For>
            <Show when=move || !loose.read().is_empty()>
                <li class="row-cluster row-cluster--loose">
                    <button type="button" class="row-cluster__press" on:click=move |_| phone.open(Place::Loose)>
                        <span class="row-cluster__title">{text!(cluster.loose)}</span>
                        <KindCounts phone notes=Signal::derive(move || loose.get())/>
                        <Icon name=IconName::ChevronRight/>
                    </button>
                </li>
            </Show>
        </ul>
    }
}

#[component]
fn ClusterEntry(phone: PhoneState, id: ClusterId) -> impl IntoView {
    let title = title_of(phone, &id);
    let notes = notes_in(phone, &id);
    let name = id.to_string();
    let locked = id.clone();
    let is_stack = is_stack(phone, &id);
    view! {
        <li class="row-cluster" class:row-cluster--stack=move || is_stack.get() data-cluster=name>
            <button
                type="button"
                class="row-cluster__press"
                on:click=move |_| phone.open(Place::Cluster(id.clone()))
            >
                <span class="row-cluster__title" dir="auto">{title}</span>
                <StackMark is_stack/>
                <LockMark phone id=locked/>
                <Voices phone notes/>
                <KindCounts phone notes/>
                <Icon name=IconName::ChevronRight/>
            </button>
        </li>
    }
}

/// A cluster's title, or words for one that has none.
pub(super) fn title_of(phone: PhoneState, id: &ClusterId) -> Signal<String> {
    let i18n = use_i18n();
    let shape = phone.replica.state.cluster(id);
    Signal::derive(move || {
        let title = shape
            .as_ref()
            .map(|shape| shape.read().cluster.title.clone());
        cluster_title(i18n.get_locale(), &title.unwrap_or_default())
    })
}

/// A cluster's notes in reading order; what their writers live with comes first.
pub(super) fn notes_in(phone: PhoneState, id: &ClusterId) -> Signal<Vec<NoteId>> {
    let shape = phone.replica.state.cluster(id);
    let notes = Memo::new(move |_| {
        phone.replica.state.moved.track(); // also when a note gets the mark
        let notes = shape.as_ref().map(|shape| shape.read().notes.clone());
        lived_first(phone.replica, notes.unwrap_or_default())
    });
    notes.into()
}

/// «4 stemmer»: how many different voices speak in these notes.
#[component]
pub(super) fn Voices(phone: PhoneState, notes: Signal<Vec<NoteId>>) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| {
        phone.replica.state.moved.track();
        notes.with(|notes| voice_count(phone.replica, notes))
    });
    move || {
        (count.get() > 0).then(|| {
            let words = counted(
                count.get(),
                t_string!(i18n, note.voices_1),
                t_string!(i18n, note.voices_n),
            );
            view! { <span class="row-cluster__voices">{words}</span> }
        })
    }
}

/// The mark of a cluster that is locked.
#[component]
fn LockMark(phone: PhoneState, id: ClusterId) -> impl IntoView {
    let is_locked = phone
        .replica
        .session
        .part(move |view| view.locks.clusters.contains(&id));
    view! {
        <Show when=move || is_locked.get()>
            <span class="row-cluster__lock">
                <Icon name=IconName::Lock/>
                <span class="visually-hidden">{text!(note.locked_mark)}</span>
            </span>
        </Show>
    }
}

/// How many notes, of which kinds.
#[component]
pub(super) fn KindCounts(phone: PhoneState, notes: Signal<Vec<NoteId>>) -> impl IntoView {
    let i18n = use_i18n();
    let counts = Memo::new(move |_| {
        phone.replica.state.moved.track(); // also when a note becomes another kind
        let kinds = notes.get();
        let kinds = kinds.iter().filter_map(|id| {
            phone
                .replica
                .state
                .note(id)
                .map(|signals| signals.note.with_untracked(|note| note.kind))
        });
        let kinds: Vec<NoteKind> = kinds.collect();
        [
            NoteKind::Problem,
            NoteKind::Habit,
            NoteKind::Idea,
            NoteKind::Plan,
            NoteKind::Other,
        ]
        .map(|kind| (kind, kinds.iter().filter(|each| **each == kind).count()))
    });
    let all = move || counts.read().iter().map(|(_, count)| count).sum();
    view! {
        <span class="kind-counts">
            <span class="kind-counts__all">
                {move || counted(all(), t_string!(i18n, note.count_1), t_string!(i18n, note.count_n))}
            </span>
            {move || {
                let some = counts.get().into_iter().filter(|(kind, count)| *count > 0 && *kind != NoteKind::Other);
                some.map(|(kind, count)| {
                    view! {
                        <span class=["kind-count kind-count--", kind.name()].concat()>
                            <KindMark kind/>
                            <span class="visually-hidden">{kind_name(i18n.get_locale(), kind)} ": "</span>
                            {count}
                        </span>
                    }
                })
                .collect_view()
            }}
        </span>
    }
}

/// What a facilitator does with a cluster.
#[component]
fn Steering(phone: PhoneState, id: ClusterId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let leads = replica.session.leads();
    let is_locked = replica.session.part({
        let id = id.clone();
        move |view| view.locks.clusters.contains(&id)
    });
    let id = StoredValue::new(id);
    let lock = move || {
        let shared = replica.session.shared;
        let mut locks = shared.with_untracked(|view| view.locks.clone());
        let cluster = id.get_value();
        if !locks.clusters.remove(&cluster) {
            locks.clusters.insert(cluster);
        }
        replica.command(Command::Lock { locks });
    };
    let spotlight = move || {
        let item = Some(Item::Cluster(id.get_value()));
        replica.command(Command::Spotlight { item });
    };
    view! {
        <Show when=move || leads.get()>
            <div class="cluster-acts">
                <Button
                    label=move || if is_locked.get() {
                        t_string!(i18n, note.unlock_cluster)
                    } else {
                        t_string!(i18n, note.lock_cluster)
                    }
                    icon=IconName::Lock
                    hook="cluster-lock"
                    on_press=lock
                />
                <Button
                    label=text!(note.spotlight)
                    icon=IconName::Screen
                    hook="cluster-spotlight"
                    on_press=spotlight
                />
            </div>
        </Show>
    }
}

/// One cluster, or the notes that are in none.
#[component]
fn OnePlace(phone: PhoneState, place: Place) -> impl IntoView {
    let replica = phone.replica;
    let notes = match &place {
        Place::Cluster(id) => notes_in(phone, id),
        Place::Loose => Signal::derive(move || lived_first(replica, loose_notes(replica))),
    };
    let steered = match &place {
        Place::Cluster(id) => Some(id.clone()),
        Place::Loose => None,
    };
    let name = steered.as_ref().map(ToString::to_string);
    let arranged = steered.clone();
    let stacked = steered.as_ref().map(|id| is_stack(phone, id));
    let head = match place {
        Place::Cluster(id) => {
            let own = id.clone();
            let may_name = Memo::new(move |_| replica.may_write() && replica.is_unlocked(&own));
            let title = title_of(phone, &id);
            let field = move || {
                view! {
                    <LiveField
                        replica
                        text=SharedText::ClusterTitle(id.clone())
                        class="page-title"
                        label=text!(cluster.title_label)
                        placeholder=text!(cluster.title_example)
                        max_length=MAX_TITLE_UTF16
                        on_leave=move |()| leave_field()
                    />
                }
            };
            view! {
                <h1 class="visually-hidden" dir="auto">{title}</h1>
                <Show when=move || may_name.get() fallback=move || view! { <p class="page-head" dir="auto">{title}</p> }>
                    {field()}
                </Show>
            }
            .into_any()
        }
        Place::Loose => view! { <h1 class="page-head">{text!(cluster.loose)}</h1> }.into_any(),
    };
    let back = NodeRef::<html::Button>::new();
    take_focus(back);
    view! {
        <section data-cluster=name>
            <div class="place-top">
                <button node_ref=back type="button" class="back" on:click=move |_| phone.place.set(None)>
                    <Icon name=IconName::ChevronLeft/>
                    <span>{text!(phone.tab_clusters)}</span>
                </button>
                {arranged.map(|cluster| view! { <ArrangeButton phone cluster/> })}
            </div>
            {head}
            {stacked.map(|is_stack| view! { <StackMark is_stack/> })}
            {steered.map(|id| view! { <Steering phone id/> })}
            <ul class="rows">
                <For each=move || notes.get() key=|id| id.clone() let:id>
                    <NoteRow phone id whose=Whose::Anybodys/>
                </For>
            </ul>
            <Show when=move || notes.read().is_empty()>
                <p class="list-empty">{text!(phone.cluster_without_notes)}</p>
            </Show>
        </section>
    }
}

/// Closes the keyboard on the phone's screen.
fn leave_field() {
    use wasm_bindgen::JsCast;
    let active = document()
        .active_element()
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(active) = active {
        let _ = active.blur();
    }
}
