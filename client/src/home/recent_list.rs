//! The list of boards that this browser remembers.

use super::{
    now,
    recent::{self, RecentBoard},
};
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        t_string, td_string, text, use_i18n,
    },
    parts::{
        button::{IconButton, TipSide},
        flow::{For, Show},
        icon::{Icon, IconName},
        notice::use_notices,
    },
};
use leptos::prelude::*;
use samtavle_shared::wire::Role;

const DAY_MS: f64 = 86_400_000.0;
const MINUTE_MS: f64 = 60_000.0;

/// My boards; nothing at all when there are none.
#[component]
pub(super) fn RecentBoards() -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let boards = RwSignal::new(recent::list());
    let forget = move |id: String| {
        recent::forget(&id);
        boards.set(recent::list());
        notices.show(t_string!(i18n, home.recent_forgotten));
    };
    view! {
        <Show when=move || !boards.read().is_empty()>
            <section class="home__recent">
                <h2>{text!(home.recent_title)}</h2>
                <ul class="home__boards">
                    <For each=move || boards.get() key=|board| board.id.clone() let:board>
                        <Row board on_forget=forget />
                    </For>
                </ul>
                <p class="field__hint">{text!(home.recent_where)}</p>
            </section>
        </Show>
    }
}

#[component]
fn Row(board: RecentBoard, #[prop(into)] on_forget: UnsyncCallback<(String,)>) -> impl IntoView {
    let i18n = use_i18n();
    let path = board.path();
    let wall = board.wall_path();
    let RecentBoard {
        id,
        title,
        role,
        opened,
        ..
    } = board;
    let name = Signal::derive(move || {
        if title.is_empty() {
            t_string!(i18n, home.recent_untitled).to_owned()
        } else {
            title.clone()
        }
    });
    let wall_label = move || {
        filled(
            t_string!(i18n, home.recent_wall),
            &[("title", &name.read())],
        )
    };
    view! {
        <li class="home__board">
            <a class="home__board-link" href=path>
                <span class="home__board-title" dir="auto">{move || name.get()}</span>
                <span class="home__board-when">
                    {move || role_name(i18n.get_locale(), role)} " · " {move || when(i18n.get_locale(), opened)}
                </span>
            </a>
            {wall
                .map(|href| {
                    view! {
                        <a
                            class="button button--icon"
                            href=href
                            aria-label=wall_label
                            data-tip=wall_label
                            data-tip-side="below-end"
                        >
                            <Icon name=IconName::Screen />
                        </a>
                    }
                })}
            <IconButton
                icon=IconName::Close
                tip=TipSide::BelowEnd
                label=move || filled(t_string!(i18n, home.recent_forget), &[("title", &name.read())])
                on_press=move || on_forget.run((id.clone(),))
            />
        </li>
    }
}

fn role_name(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Facilitator => td_string!(locale, home.role_facilitator),
        Role::Participant => td_string!(locale, home.role_participant),
        Role::Wall => td_string!(locale, home.role_wall),
    }
}

/// How many midnights ago, as people say it.
fn when(locale: Locale, opened: u64) -> String {
    let offset_ms = js_sys::Date::new_0().get_timezone_offset() * MINUTE_MS;
    let day = |at: u64| ((at as f64 - offset_ms) / DAY_MS).floor();
    let days = (day(now()) - day(opened)).max(0.0) as usize;
    match days {
        0 => td_string!(locale, home.recent_today).to_owned(),
        1 => td_string!(locale, home.recent_yesterday).to_owned(),
        _ => counted(
            days,
            td_string!(locale, home.recent_days_1),
            td_string!(locale, home.recent_days_n),
        ),
    }
}
