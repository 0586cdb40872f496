//! Whether what was written is safe, in ordinary words.

use super::icon::{Icon, IconName};
use crate::{
    i18n::{Locale, t_string, td_string, text, use_i18n},
    parts::flow::Show,
    site,
};
use leptos::prelude::*;
use samtavle_shared::wire::SaveTrouble;

/// How it stands between this screen and the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ConnectionState {
    /// Not there yet, the first time.
    #[default]
    Connecting,
    /// All of it is on the server's disk.
    Saved,
    /// Some of it is on its way.
    Saving,
    /// The server is there and cannot save just now: a message on the page says why.
    Unsaving,
    /// Something waits for the board to be unlocked.
    HeldByBoard,
    /// The same, because there is no room for it.
    HeldByFull,
    /// The same, until it is made shorter.
    HeldByLength,
    /// Something waits for a cluster to be unlocked.
    HeldByCluster,
    /// Something is not with the server yet; it is tried again.
    Waiting,
    /// No connection, and nothing unsent or the network is gone: all of it is kept here.
    Offline,
    /// The server will not have us (wrong key, no such board): a message on the page says why.
    Stopped,
}

impl ConnectionState {
    const fn look(self) -> (&'static str, IconName) {
        match self {
            Self::Saved => ("connection connection--saved", IconName::Check),
            Self::Connecting | Self::Saving => ("connection", IconName::Clock),
            Self::HeldByBoard | Self::HeldByCluster | Self::HeldByFull | Self::HeldByLength => {
                ("connection connection--waiting", IconName::Lock)
            }
            Self::Waiting => ("connection connection--waiting", IconName::Clock),
            Self::Offline => ("connection connection--offline", IconName::Offline),
            Self::Unsaving => ("connection connection--unsaving", IconName::Warning),
            Self::Stopped => ("connection connection--stopped", IconName::Warning),
        }
    }
}

/// Why the server cannot save, and where meanwhile is what one writes.
pub(crate) fn words_of_trouble(locale: Locale, trouble: SaveTrouble) -> &'static str {
    match trouble {
        SaveTrouble::DiskFull => td_string!(locale, connection.disk_full),
        SaveTrouble::ReadOnly => td_string!(locale, connection.disk_read_only),
        SaveTrouble::Failed => td_string!(locale, connection.disk_failed),
    }
}

/// The state as a mark and a few words, also said aloud when it changes.
#[component]
pub(crate) fn ConnectionChip(
    /// How it stands.
    #[prop(into)]
    state: Signal<ConnectionState>,
    /// Whether there is room for the way to the self-check while there is no connection.
    #[prop(optional)]
    helps: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match state.get() {
        ConnectionState::Connecting => t_string!(i18n, connection.connecting),
        ConnectionState::Saved => t_string!(i18n, connection.saved),
        ConnectionState::Saving => t_string!(i18n, connection.saving),
        ConnectionState::Unsaving => t_string!(i18n, connection.unsaving),
        ConnectionState::HeldByBoard => t_string!(i18n, connection.held_by_board),
        ConnectionState::HeldByFull => t_string!(i18n, connection.held_by_full),
        ConnectionState::HeldByLength => t_string!(i18n, connection.held_by_length),
        ConnectionState::HeldByCluster => t_string!(i18n, connection.held_by_cluster),
        ConnectionState::Waiting => t_string!(i18n, connection.waiting),
        ConnectionState::Offline => t_string!(i18n, connection.offline),
        ConnectionState::Stopped => t_string!(i18n, connection.stopped),
    };
    view! {
        <span class=move || state.get().look().0 role="status">
            {move || view! { <Icon name=state.get().look().1/> }}
            <span>{words}</span>
            <Show when=move || helps && matches!(state.get(), ConnectionState::Waiting | ConnectionState::Offline)>
                <a class="connection__check" href=site::path_to("check") target="_blank">
                    {text!(connection.check)}
                </a>
            </Show>
        </span>
    }
}
