//! Links on a phone: a sheet with what a note can be linked to, and the way from a note to the other
//! end.

use super::state::{OpenNote, PhoneState, Place, Tab};
use crate::{
    i18n::{td_string, text, use_i18n},
    notes::links::{connect, kinds_of, name_of},
    parts::{
        dialog::Dialog,
        flow::{For, Show},
        icon::{Icon, IconName},
        kinds::KindMark,
        notice::use_notices,
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
    let open = RwSignal::new(false);
    Effect::new(move || {
        let is_linking = phone.connecting.read().is_some();
        if open.get_untracked() != is_linking {
            open.set(is_linking);
        }
    });
    Effect::new(move || {
        if !open.get() && phone.connecting.with_untracked(Option::is_some) {
            phone.connecting.set(None);
        }
    });
    view! {
        <Dialog title=text!(note.connect) open>
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
                                <span class="row-cluster__title">{name}</span>
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

/// A facilitator calls everybody somewhere: a phone says so, and one press shows the board.
pub(super) fn follow_gather(phone: PhoneState) {
    let i18n = use_i18n();
    let notices = use_notices();
    let session = phone.replica.session;
    let gather = session.part(|view| view.gather.map_or(0, |call| call.count));
    // What was called before this page knew of the session is over.
    let heard = StoredValue::new(None::<u32>);
    Effect::new(move || {
        let count = gather.get();
        if !session.is_known.get() {
            return;
        }
        let before = heard.get_value();
        heard.set_value(Some(count));
        let leads = session.own.with_untracked(|own| own.leads);
        if before.is_none_or(|before| before == count) || count == 0 || leads {
            return;
        }
        let locale = i18n.get_locale_untracked();
        notices.show_with(
            td_string!(locale, note.gather),
            td_string!(locale, note.gather_go),
            phone.lasting(move || {
                phone.open_note.set(None);
                phone.tab.set(Tab::Board);
            }),
        );
    });
}
