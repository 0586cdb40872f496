//! Links on a phone: a sheet with what a note can be linked to, and the way from a note to the other
//! end.

use super::state::{OpenNote, PhoneState, Place};
use crate::{
    i18n::{text, use_i18n},
    notes::links::{connect, kinds_of, name_of},
    parts::{
        dialog::Dialog,
        flow::{For, Show},
        icon::{Icon, IconName},
        kinds::KindMark,
        notice::use_notices,
        sheet::open_while,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{ItemId, LinkKind, NoteKind},
    ids::NoteId,
};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// More than this nobody reads through; the newest come first.
const MOST: usize = 120;

/// The sheet; open while a note is to be linked.
#[component]
pub(super) fn Linker(phone: PhoneState) -> impl IntoView {
    view! {
        <Dialog title=text!(note.connect) open=open_while(phone.connecting)>
            {move || phone.connecting.get_untracked().map(|note| view! { <Choices phone note/> })}
        </Dialog>
    }
}

#[component]
fn Choices(phone: PhoneState, note: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = phone.replica;
    let from = ItemId::Note(note);
    let choices = StoredValue::new(choices(phone, &from));
    let link = move |to: &ItemId| {
        let words = connect(replica, i18n.get_locale_untracked(), &from, to);
        phone.connecting.set(None);
        notices.show(words.unwrap_or_else(str::to_owned));
    };
    let link = StoredValue::new_local(link);
    view! {
        <ul class="rows">
            <For each=move || choices.get_value() key=|(item, _)| item.clone() let:choice>
                {
                    let (item, kind) = choice;
                    let name = name_of(replica, i18n.get_locale_untracked(), &item);
                    let is_cluster = matches!(item, ItemId::Cluster(_));
                    view! {
                        <li class="row-cluster">
                            <button
                                type="button"
                                class="row-cluster__press"
                                data-testid="connect-choice"
                                on:click=move |_| link.with_value(|link| link(&item))
                            >
                                {if is_cluster {
                                    view! { <Icon name=IconName::Cluster/> }.into_any()
                                } else {
                                    view! { <KindMark kind/> }.into_any()
                                }}
                                <span class="row-cluster__title" dir="auto">{name}</span>
                            </button>
                        </li>
                    }
                }
            </For>
        </ul>
        <Show when=move || choices.with_value(Vec::is_empty)>
            <p class="list-empty">{text!(note.connect_nothing)}</p>
        </Show>
    }
}

/// What fits: clusters first, then notes, the newest first.
fn choices(phone: PhoneState, from: &ItemId) -> Vec<(ItemId, NoteKind)> {
    let replica = phone.replica;
    let own = kinds_of(replica, from);
    let fits =
        |item: &ItemId| item != from && LinkKind::between(&own, &kinds_of(replica, item)).is_some();
    let clusters = replica.state.clusters.get_untracked().into_iter();
    let clusters = clusters.map(ItemId::Cluster);
    let notes = untrack(|| super::gestures::newest_first(replica, |_| true));
    let notes = notes.into_iter().map(ItemId::Note);
    clusters
        .chain(notes)
        .filter(fits)
        .take(MOST)
        .map(|item| {
            let kind = kinds_of(replica, &item).first().copied();
            (item, kind.unwrap_or(NoteKind::Other))
        })
        .collect()
}

/// Shows the first of these, where it stands in its list.
pub(super) fn jump(phone: PhoneState, to: &[ItemId]) {
    match to.first() {
        Some(ItemId::Cluster(cluster)) => phone.open(Place::Cluster(cluster.clone())),
        Some(ItemId::Note(note)) => {
            let Some(signals) = phone.replica.state.note(note) else {
                return;
            };
            let cluster = signals.note.with_untracked(|note| note.cluster.clone());
            phone.open(cluster.map_or(Place::Loose, Place::Cluster));
            phone.open_note.set(Some(OpenNote {
                note: note.clone(),
                is_written: false,
            }));
            let selector = ["[data-note=\"", note.as_str(), "\"]"].concat();
            // Its row comes with the effects that follow.
            set_timeout(
                move || {
                    let row = document().query_selector(&selector).ok().flatten();
                    let row = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok());
                    if let Some(row) = row {
                        row.scroll_into_view();
                    }
                },
                Duration::ZERO,
            );
        }
        None => {}
    }
}
