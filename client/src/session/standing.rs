//! How far what was written here has come, in words: for all of it, and for one note or draft. Both are told
//! from the same numbers (`samtavle_shared::standing`).

use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        connection::ConnectionState,
        icon::{Icon, IconName},
    },
    replica::{Connection, Replica, Waits},
};
use leptos::prelude::*;
use samtavle_shared::standing::Came;

/// How the chip shows it.
pub(crate) fn shown(replica: Replica) -> ConnectionState {
    match replica.connection.get() {
        Connection::Opening => ConnectionState::Connecting,
        Connection::Saved => ConnectionState::Saved,
        Connection::Saving => ConnectionState::Saving,
        Connection::Unsaving(_) => ConnectionState::Unsaving,
        Connection::HeldBack => match replica.session.waits.get() {
            Some(Waits::ForRoom(..)) => ConnectionState::HeldByFull,
            Some(Waits::ToBeShorter) => ConnectionState::HeldByLength,
            None if is_all_locked(replica) => ConnectionState::HeldByBoard,
            None => ConnectionState::HeldByCluster,
        },
        Connection::Kept | Connection::Unsent => ConnectionState::Waiting,
        Connection::Away => ConnectionState::Offline,
        Connection::Refused(_) => ConnectionState::Stopped,
    }
}

/// Until it is known what is locked it is the board: that is what most often is.
fn is_all_locked(replica: Replica) -> bool {
    let locked = replica.session.locked.read();
    locked.board || locked.clusters.is_empty()
}

/// The name of how far something has come, for styles and tests.
pub(crate) const fn came_name(came: Came) -> &'static str {
    match came {
        Came::Unsent => "unsent",
        Came::HeldBack => "held",
        Came::Sent => "sent",
        Came::Saved => "saved",
    }
}

/// How far one of mine has come, in words.
#[component]
pub(crate) fn HowFar(replica: Replica, came: Came) -> impl IntoView {
    let i18n = use_i18n();
    match came {
        Came::Unsent => view! {
            <span class="sent sent--not">{text!(phone.not_sent)}</span>
        }
        .into_any(),
        Came::HeldBack => view! {
            <span class="sent sent--not">
                <Icon name=IconName::Lock/>
                {move || match replica.session.waits.get() {
                    Some(Waits::ForRoom(..)) => t_string!(i18n, connection.held_by_full),
                    Some(Waits::ToBeShorter) => t_string!(i18n, connection.held_by_length),
                    None if is_all_locked(replica) => t_string!(i18n, connection.held_by_board),
                    None => t_string!(i18n, connection.held_by_cluster),
                }}
            </span>
        }
        .into_any(),
        Came::Sent => view! {
            <span class="sent">{text!(phone.sent)}</span>
        }
        .into_any(),
        Came::Saved => view! {
            <span class="sent"><Icon name=IconName::Check/>{text!(phone.saved)}</span>
        }
        .into_any(),
    }
}
