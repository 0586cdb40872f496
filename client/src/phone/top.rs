//! The top of the phone: what the board is called, whether all is safe, who is here, the menu.

use super::state::PhoneState;
use crate::parts::flow::Show;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{IconButton, TipSide},
        connection::{ConnectionChip, ConnectionState},
        icon::{Icon, IconName},
        language::counted,
    },
    replica::Connection,
};
use leptos::prelude::*;

/// The bar.
#[component]
pub(super) fn TopBar(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let title = replica.state.title;
    let state = Signal::derive(move || connection_state(replica.connection.get()));
    let people = move || {
        let count = replica.people_count.get() as usize;
        counted(
            count,
            t_string!(i18n, people.here_1),
            t_string!(i18n, people.here_n),
        )
    };
    view! {
        <header class="phone__top">
            <div class="phone__about">
                <Show when=move || !title.read().trim().is_empty()>
                    <span class="phone__title">{move || title.get()}</span>
                </Show>
                <span data-testid="connection" data-state=move || state_name(state.get())>
                    <ConnectionChip state/>
                </span>
            </div>
            <Show when=move || replica.people_count.get() != 0>
                <span class="phone__people" data-testid="people-count">
                    <Icon name=IconName::People/>
                    <span aria-hidden="true">{move || replica.people_count.get()}</span>
                    <span class="visually-hidden">{people}</span>
                </span>
            </Show>
            <IconButton
                label=text!(desk.menu)
                icon=IconName::More
                tip=TipSide::BelowEnd
                on_press=move || phone.menu.set(true)
            />
        </header>
    }
}

const fn connection_state(connection: Connection) -> ConnectionState {
    match connection {
        Connection::Opening => ConnectionState::Connecting,
        Connection::Saved => ConnectionState::Saved,
        Connection::Saving => ConnectionState::Saving,
        Connection::Unsent => ConnectionState::Waiting,
        Connection::Away => ConnectionState::Offline,
        Connection::Refused(_) => ConnectionState::Stopped,
    }
}

const fn state_name(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Connecting => "connecting",
        ConnectionState::Saved => "saved",
        ConnectionState::Saving => "saving",
        ConnectionState::Waiting => "waiting",
        ConnectionState::Offline => "offline",
        ConnectionState::Stopped => "stopped",
    }
}
