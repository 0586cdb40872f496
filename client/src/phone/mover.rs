//! Choosing a cluster for a note: a sheet with all of them, and room for a new one.

use super::{
    clusters::{KindCounts, notes_in, title_of},
    gestures,
    row::take_focus,
    state::PhoneState,
};
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    notes::cluster_title,
    parts::{
        button::Button,
        dialog::Dialog,
        field::TextField,
        flow::{For, Show},
        icon::{Icon, IconName},
        notice::use_notices,
        sheet::open_while,
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    ids::{ClusterId, NoteId},
    limits::MAX_TITLE_UTF16,
};

/// The sheet; open while a note is to be moved.
#[component]
pub(super) fn Mover(phone: PhoneState) -> impl IntoView {
    view! {
        <Dialog title=text!(cluster.choose) open=open_while(phone.moving)>
            {move || phone.moving.get_untracked().map(|note| view! { <Choices phone note/> })}
        </Dialog>
    }
}

#[component]
fn Choices(phone: PhoneState, note: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = phone.replica;
    let present = replica
        .state
        .note(&note)
        .and_then(|signals| signals.note.with_untracked(|note| note.cluster.clone()));
    let is_in_one = present.is_some();
    let note = StoredValue::new(note);
    let done = move |words: String| {
        phone.moving.set(None);
        phone.open_note.set(None);
        notices.show(words);
    };
    let into = move |cluster: ClusterId, title: String| {
        gestures::move_to_cluster(replica, &note.get_value(), &cluster);
        done(filled(
            t_string!(i18n, cluster.moved_into),
            &[("title", &title)],
        ));
    };
    let out = move || {
        gestures::take_out(replica, &note.get_value());
        done(t_string!(i18n, cluster.taken_out).to_owned());
    };
    let new_title = RwSignal::new(String::new());
    let make = move || {
        gestures::move_to_new_cluster(replica, &note.get_value(), &new_title.get_untracked());
        let locale = i18n.get_locale_untracked();
        let title = cluster_title(locale, &new_title.get_untracked());
        done(filled(
            t_string!(i18n, cluster.moved_into),
            &[("title", &title)],
        ));
    };
    view! {
        <ClusterChoices phone besides=present on_choose=into/>
        <Show when=move || is_in_one>
            <ul class="rows">
                <li class="row-cluster row-cluster--loose">
                    <button type="button" class="row-cluster__press" on:click=move |_| out()>
                        <span class="row-cluster__title">{text!(note.out_of_cluster)}</span>
                        <Icon name=IconName::Ungroup/>
                    </button>
                </li>
            </ul>
        </Show>
        <form
            class="new-cluster"
            on:submit=move |event: web_sys::SubmitEvent| {
                event.prevent_default();
                make();
            }
        >
            <TextField
                label=text!(cluster.new_cluster)
                value=new_title
                placeholder=text!(cluster.title_example)
                max_length=MAX_TITLE_UTF16 as u32
            />
            <Button
                label=text!(phone.new_cluster_from)
                icon=IconName::Plus
                role=crate::parts::button::ButtonRole::Submit
            />
        </form>
    }
}

/// The clusters that may be changed, but for one.
#[component]
pub(super) fn ClusterChoices(
    phone: PhoneState,
    besides: Option<ClusterId>,
    /// Whether the first of them gets the focus: it takes the place of what was pressed.
    #[prop(optional)]
    takes_focus: bool,
    /// Which was pressed, and what it is called.
    on_choose: impl Fn(ClusterId, String) + 'static,
) -> impl IntoView {
    let replica = phone.replica;
    let others = move || {
        let clusters = replica.state.clusters.get().into_iter();
        clusters
            .filter(|id| Some(id) != besides.as_ref() && replica.is_unlocked(id))
            .collect::<Vec<_>>()
    };
    let on_choose = StoredValue::new_local(Box::new(on_choose) as Box<dyn Fn(ClusterId, String)>);
    let is_first = StoredValue::new(takes_focus);
    view! {
        <ul class="rows" data-testid="cluster-choices">
            <For each=others key=Clone::clone let:id>
                {
                    let title = title_of(phone, &id);
                    let notes = notes_in(phone, &id);
                    let name = id.to_string();
                    let press = NodeRef::<html::Button>::new();
                    if is_first.get_value() {
                        is_first.set_value(false);
                        take_focus(press);
                    }
                    view! {
                        <li class="row-cluster" data-cluster=name>
                            <button
                                node_ref=press
                                type="button"
                                class="row-cluster__press"
                                on:click=move |_| {
                                    on_choose.with_value(|choose| choose(id.clone(), title.get_untracked()));
                                }
                            >
                                <span class="row-cluster__title" dir="auto">{title}</span>
                                <KindCounts phone notes/>
                            </button>
                        </li>
                    }
                }
            </For>
        </ul>
    }
}
