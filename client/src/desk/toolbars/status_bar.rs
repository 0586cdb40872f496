//! Bottom left: one step back, one step forth, and whether what was written is safe.

use crate::{
    i18n::{text, use_i18n},
    notes::undo::{redo, undo},
    parts::{
        button::{IconButton, TipSide},
        connection::{ConnectionChip, ConnectionState},
        flow::Show,
        icon::IconName,
        notice::use_notices,
    },
    replica::{Connection, Replica},
    session::standing::shown as now_shown,
};
use leptos::prelude::*;
use std::time::Duration;

/// Shorter than this, saving is not worth a word: the words would blink at each letter.
const SAVING_SHOWS_AFTER: Duration = Duration::from_millis(500);

/// Undo, redo and the connection.
#[component]
pub(super) fn StatusBar(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    view! {
        <div class="panel rim__status" role="group" aria-label=text!(desk.history)>
            <Show when=move || replica.may_write()>
                <IconButton
                    label=text!(desk.undo)
                    icon=IconName::Undo
                    key="Ctrl Z"
                    tip=TipSide::AboveStart
                    is_disabled=Signal::derive(move || !replica.can_undo.get())
                    on_press=move |()| undo(replica, i18n, notices)
                />
                <IconButton
                    label=text!(desk.redo)
                    icon=IconName::Redo
                    key="Ctrl Shift Z"
                    tip=TipSide::AboveStart
                    is_disabled=Signal::derive(move || !replica.can_redo.get())
                    on_press=move |()| redo(replica, i18n, notices)
                />
            </Show>
            <ConnectionNow replica />
        </div>
    }
}

/// The connection in words. `data-state` is exact; the words leave out what is over at once.
#[component]
pub(super) fn ConnectionNow(replica: Replica) -> impl IntoView {
    let shown = RwSignal::new(untrack(|| now_shown(replica)));
    Effect::new(move || {
        let now = now_shown(replica);
        let is_brief =
            now == ConnectionState::Saving && shown.get_untracked() == ConnectionState::Saved;
        if !is_brief {
            if shown.get_untracked() != now {
                shown.set(now);
            }
            return;
        }
        set_timeout(
            move || {
                let still = replica.connection.try_get_untracked();
                if still == Some(Connection::Saving) {
                    let _ = shown.try_set(ConnectionState::Saving);
                }
            },
            SAVING_SHOWS_AFTER,
        );
    });
    view! {
        <span class="rim__connection" data-testid="connection" data-state=move || name(replica.connection.get())>
            <ConnectionChip state=shown helps=true />
        </span>
    }
}

const fn name(connection: Connection) -> &'static str {
    match connection {
        Connection::Opening => "opening",
        Connection::Saved => "saved",
        Connection::Saving => "saving",
        Connection::Unsaving(_) => "unsaving",
        Connection::HeldBack => "held",
        Connection::Kept => "kept",
        Connection::Away => "away",
        Connection::Unsent => "unsent",
        Connection::Refused(_) => "refused",
    }
}
