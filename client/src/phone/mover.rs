//! Choosing a cluster for a note: a sheet with all of them, and room for a new one.

use super::{
    clusters::{KindCounts, notes_in, title_of},
    gestures,
    state::PhoneState,
};
use crate::parts::flow::{For, Show};
use crate::{
    i18n::{t_string, text, use_i18n},
    notes::cluster_title,
    parts::{
        button::Button,
        dialog::Dialog,
        field::TextField,
        icon::{Icon, IconName},
        language::filled,
        notice::use_notices,
        sheet::open_while,
    },
};
use leptos::prelude::*;
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
    let state = replica.state;
    let present = state
        .note(&note)
        .and_then(|signals| signals.note.with_untracked(|note| note.cluster.clone()));
    let is_in_one = present.is_some();
    let note = StoredValue::new(note);
    let done = move |words: String| {
        phone.moving.set(None);
        phone.open_note.set(None);
        notices.show(words);
    };
    let into = move |cluster: ClusterId, title: Signal<String>| {
        gestures::move_to_cluster(replica, &note.get_value(), &cluster);
        done(filled(
            t_string!(i18n, cluster.moved_into),
            &[("title", &title.get_untracked())],
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
    let others = move || {
        let clusters = state.clusters.get();
        clusters
            .into_iter()
            .filter(|id| Some(id) != present.as_ref() && replica.is_unlocked(id))
            .collect::<Vec<_>>()
    };
    view! {
        <ul class="rows">
            <For each=others key=|id| id.clone() let:id>
                {
                    let title = title_of(phone, &id);
                    let notes = notes_in(phone, &id);
                    let name = id.to_string();
                    view! {
                        <li class="row-cluster" data-cluster=name>
                            <button type="button" class="row-cluster__press" on:click=move |_| into(id.clone(), title)>
                                <span class="row-cluster__title" dir="auto">{title}</span>
                                <KindCounts phone notes/>
                            </button>
                        </li>
                    }
                }
            </For>
            <Show when=move || is_in_one>
                <li class="row-cluster row-cluster--loose">
                    <button type="button" class="row-cluster__press" on:click=move |_| out()>
                        <span class="row-cluster__title">{text!(note.out_of_cluster)}</span>
                        <Icon name=IconName::Ungroup/>
                    </button>
                </li>
            </Show>
        </ul>
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
