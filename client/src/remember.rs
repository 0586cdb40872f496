//! What the page remembers of its board: in the list of my boards, and in the window's title.

use crate::parts::words::isolated;
use crate::{
    home::recent::{self, RecentBoard},
    i18n::{t_string, use_i18n},
    replica::Replica,
};
use leptos::prelude::*;

/// Keeps the list of my boards and the window's title as the board is now.
pub(crate) fn remember_board(replica: Replica) {
    let state = replica.state;
    let id = replica.ticket().board.to_string();

    let opened = id.clone();
    Effect::new(move || {
        let Some(role) = replica.role.get() else {
            return;
        };
        let code = replica.code.get();
        recent::keys_were_called_back(&opened, code.as_deref());
        recent::remember(RecentBoard {
            id: opened.clone(),
            title: state.title.get_untracked(),
            role,
            key: replica.key.get(),
            code,
            others: None,
            opened: Replica::now_ms() as u64,
        });
    });
    let retitled = id;
    Effect::new(move || {
        let title = state.title.get();
        if state.is_open.get() {
            recent::retitle(&retitled, &title);
        }
    });
    name_window(replica);
}

/// Keeps the window's title as the board's, in the language of the page.
pub(crate) fn name_window(replica: Replica) {
    let i18n = use_i18n();
    Effect::new(move || {
        let title = replica.state.title.get();
        let samtavle = t_string!(i18n, common.samtavle);
        let shown = match title.trim() {
            "" => samtavle.to_owned(),
            title => [&*isolated(title), " – ", samtavle].concat(),
        };
        document().set_title(&shown);
    });
}
