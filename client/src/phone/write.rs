//! The page for writing: the box, my notes, and what the others wrote.

use super::{
    compose::Compose,
    gestures::newest_first,
    phase::ToClusters,
    row::{NoteRow, Whose},
    state::{PhoneState, Tab},
};
use crate::{
    home::OpenAnother,
    i18n::{text, use_i18n},
    moments::{MomentTools, Moments, something_waits},
    parts::{
        button::Button,
        connection::words_of_trouble,
        flow::{For, Show},
        icon::{Icon, IconName},
        notice::{Message, MessageKind},
    },
    photo::MyPictures,
    replica::{Connection, Replica},
    session::{
        drafts::DraftList,
        posted::still_waiting,
        refusal::{wants_another_link, words_of_refusal},
        remembered::Waiting,
    },
};
use leptos::prelude::*;
use samtavle_shared::{ids::NoteId, wire::CloseCode};
use std::collections::HashSet;
use wasm_bindgen::JsCast;

/// The others' newest notes that stand here; all of them are one press away.
const OTHERS: usize = 40;

/// The page.
#[component]
pub(super) fn WriteTab(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let trouble = move || match replica.connection.get() {
        Connection::Refused(code) => Some(words_of_refusal(i18n.get_locale(), replica, code)),
        Connection::Unsaving(trouble) => Some(words_of_trouble(i18n.get_locale(), trouble)),
        _ => None,
    };
    let needs_a_link = move || matches!(replica.connection.get(), Connection::Refused(code) if wants_another_link(code));
    view! {
        <div class="write">
            <Moments replica/>
            {move || trouble().map(|words| view! { <Message text=words kind=MessageKind::Warn/> })}
            <Show when=needs_a_link><OpenAnother replica/></Show>
            <Show when=move || replica.shut_out.get() == Some(CloseCode::NotLetIn)>
                <Button
                    label=text!(error.reload)
                    on_press=|()| {
                        let _ = window().location().reload(); // allowed to every page
                    }
                />
            </Show>
            <Show when=move || !replica.keeps_copy.get()>
                <Message text=text!(connection.no_local_copy) kind=MessageKind::Warn/>
            </Show>
            <div class="write__box">
            // A locked board takes nobody's box away: one may write on, and post when it is open.
            <Show when=move || replica.takes_part() && !replica.may_write()>
                <Message text=text!(session.board_locked)/>
            </Show>
            // What cannot reach any board is not written here.
            <Show
                when=move || replica.takes_part()
                fallback=move || view! {
                    <Show when=move || replica.shut_out.get().is_none()>
                        <Message text=text!(desk.read_only)/>
                    </Show>
                }
            >
                <ToClusters phone/>
                <Compose phone/>
            </Show>
            <MomentTools replica/>
            </div>
            <div class="write__lists">
                <DraftList replica/>
                <WaitingNotes replica/>
                <MyPictures replica/>
                <MyNotes phone/>
                <OthersNotes phone/>
            </div>
        </div>
    }
}

/// Over the tabs: a card came while one was writing, and stands out of view. One press goes there.
#[component]
pub(super) fn CardAbove(phone: PhoneState) -> impl IntoView {
    let waits = something_waits(phone.replica);
    let go = move |_| {
        let card = document()
            .query_selector(".write > .moments")
            .ok()
            .flatten();
        if let Some(card) = card.and_then(|card| card.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = card.focus(); // an element that is gone takes no focus
            card.scroll_into_view();
        }
    };
    view! {
        <Show when=move || phone.tab.get() == Tab::Write && phone.is_card_above.get() && waits.get()>
            <button type="button" class="waits waits--card" data-testid="card-above" on:click=go>
                <Icon name=IconName::ArrowUp/>
                <span>{text!(moment.waits)}</span>
            </button>
        </Show>
    }
}

/// What was posted before the client was there, for as long as it is unknown how it comes to the board.
#[component]
fn WaitingNotes(replica: Replica) -> impl IntoView {
    let waiting = still_waiting(replica);
    let rows = move || {
        let waiting = waiting.get();
        let row = |one: Waiting| {
            view! {
                <li class="row-note">
                    <div class="row-note__press">
                        <span class="row-note__text" dir="auto">{one.text}</span>
                        <span class="sent sent--not">{text!(phone.not_sent)}</span>
                    </div>
                </li>
            }
        };
        waiting.into_iter().map(row).collect_view()
    };
    view! { <ul class="rows" data-testid="waiting-notes">{rows}</ul> }
}

#[component]
fn MyNotes(phone: PhoneState) -> impl IntoView {
    let replica = phone.replica;
    let mine = Memo::new(move |_| {
        replica.state.moved.track();
        let mine = replica.mine.read();
        mine.iter()
            .map(|mine| mine.id.clone())
            .filter(|id| replica.state.note(id).is_some())
            .collect::<Vec<_>>()
    });
    view! {
        <section>
            <h2 class="list-head">{text!(phone.my_notes)}</h2>
            <ul class="rows" data-testid="my-notes">
                <For each=move || mine.get() key=|id| id.clone() let:id>
                    <NoteRow phone id whose=Whose::Mine/>
                </For>
            </ul>
            <Show when=move || mine.read().is_empty()>
                <p class="list-empty">{text!(phone.no_notes)}</p>
            </Show>
        </section>
    }
}

#[component]
fn OthersNotes(phone: PhoneState) -> impl IntoView {
    let replica = phone.replica;
    let others = Memo::new(move |_| {
        let mine: HashSet<NoteId> = replica
            .mine
            .read()
            .iter()
            .map(|mine| mine.id.clone())
            .collect();
        newest_first(replica, |note| !mine.contains(&note.id))
    });
    let shown = move || {
        others
            .read()
            .iter()
            .take(OTHERS)
            .cloned()
            .collect::<Vec<_>>()
    };
    view! {
        <Show when=move || !others.read().is_empty()>
            <section>
                <h2 class="list-head">{text!(phone.others_notes)}</h2>
                <ul class="rows">
                    <For each=shown key=|id| id.clone() let:id>
                        <NoteRow phone id whose=Whose::Anybodys/>
                    </For>
                </ul>
                <Show when=move || { others.read().len() > OTHERS }>
                    <Button
                        label=text!(phone.all_notes)
                        on_press=move || phone.go_to(Tab::Board)
                    />
                </Show>
            </section>
        </Show>
    }
}
