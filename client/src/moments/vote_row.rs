//! One thing on the ballot: what it is, and − n +.

use super::{naming::item_title, vote::Ballot};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, use_i18n,
    },
    parts::{
        icon::{Icon, IconName},
        words::written,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::Item;

/// The row.
#[component]
pub(super) fn VoteRow(
    replica: Replica,
    ballot: Ballot,
    /// Its place in the list.
    index: usize,
    item: Item,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = item.to_string();
    let size = size_of(replica, &item);
    let item = StoredValue::new(item);
    let title =
        Memo::new(move |_| item.with_value(|item| item_title(replica, i18n.get_locale(), item)));
    let on = Memo::new(move |_| item.with_value(|item| ballot.on(item)));
    let may_add = Memo::new(move |_| item.with_value(|item| ballot.may_add(item)));
    let more = move || {
        filled(
            t_string!(i18n, moment.vote_more),
            &[("title", &title.read())],
        )
    };
    let fewer = move || {
        filled(
            t_string!(i18n, moment.vote_fewer),
            &[("title", &title.read())],
        )
    };
    let dots_in_words = move || {
        counted(
            usize::from(on.get()),
            t_string!(i18n, moment.dots_1),
            t_string!(i18n, moment.dots_n),
        )
    };
    let note_count = move || {
        size.get().map(|count| {
            counted(
                count,
                t_string!(i18n, note.count_1),
                t_string!(i18n, note.count_n),
            )
        })
    };
    view! {
        <li class="vote__row" class:vote__row--given=move || { on.get() > 0 } data-item=name>
            <span class="vote__what">
                <span class="vote__title" {..written(title)}></span>
                <span class="vote__size">{note_count}</span>
            </span>
            <span class="vote__stepper">
                <button
                    type="button"
                    class="button button--icon"
                    data-testid="vote-minus"
                    aria-label=fewer
                    aria-disabled=move || (on.get() == 0).then_some("true")
                    on:click=move |_| item.with_value(|item| ballot.take(item))
                >
                    <Icon name=IconName::Minus/>
                </button>
                <span class="vote__count" aria-hidden="true">{move || on.get()}</span>
                <span class="visually-hidden">{dots_in_words}</span>
                <button
                    type="button"
                    class="button button--icon"
                    data-testid=["vote-plus-", &index.to_string()].concat()
                    aria-label=more
                    aria-disabled=move || (!may_add.get()).then_some("true")
                    on:click=move |_| item.with_value(|item| ballot.add(item))
                >
                    <Icon name=IconName::Plus/>
                </button>
            </span>
        </li>
    }
}

/// How many notes are in a cluster; nothing for a note.
fn size_of(replica: Replica, item: &Item) -> Memo<Option<usize>> {
    let cluster = match item {
        Item::Cluster(id) => Some(id.clone()),
        Item::Note(_) => None,
    };
    Memo::new(move |_| {
        let shape = replica.state.awaited_cluster(cluster.as_ref()?)?;
        Some(shape.with(|shape| shape.notes.len()))
    })
}
