//! Making a board: a piece of paper with one question on it.

use super::{
    api::{self, ApiError},
    go, now,
    recent::{self, OtherKeys, RecentBoard},
    sentence,
};
use crate::{
    i18n::{language::session_language, t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, ButtonRole, ButtonSize},
        fresh_id,
    },
};
use leptos::prelude::*;
use samtavle_shared::wire::Role;

/// The longest title, characters: the longest that a bar and a wall can show.
const TITLE_LENGTH: u32 = 120;

/// The paper that asks what it is about, and makes the board.
#[component]
pub(super) fn MakeBoard() -> impl IntoView {
    let i18n = use_i18n();
    let title = RwSignal::new(String::new());
    let is_making = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let id = fresh_id("title");

    let make = move || {
        if is_making.get_untracked() {
            return;
        }
        is_making.set(true);
        problem.set(None);
        leptos::task::spawn_local(async move {
            let wanted = title.get_untracked().trim().to_owned();
            let language = session_language(i18n.get_locale_untracked());
            match api::make_board(&wanted, language).await {
                Ok(made) => {
                    let board = RecentBoard {
                        id: made.id,
                        title: wanted,
                        role: Role::Facilitator,
                        key: made.keys.facilitator,
                        code: Some(made.code),
                        others: Some(OtherKeys {
                            participant: made.keys.participant,
                            wall: made.keys.wall,
                        }),
                        opened: now(),
                    };
                    let path = board.path();
                    recent::remember(board);
                    go(&path);
                }
                Err(error) => {
                    problem.set(Some(error));
                    is_making.set(false);
                }
            }
        });
    };

    view! {
        <form
            class="home__make note note--problem"
            on:submit=move |event| {
                event.prevent_default();
                make();
            }
        >
            <label class="home__question" for=id.clone()>{text!(home.board_title)}</label>
            <textarea
                dir="auto"
                id=id
                class="home__title"
                rows="3"
                maxlength=TITLE_LENGTH.to_string()
                autocomplete="off"
                placeholder=text!(home.board_title_example)
                prop:value=move || title.get()
                on:input:target=move |event| title.set(event.target().value().replace('\n', " "))
                on:keydown=move |event| {
                    if event.key() == "Enter" && !event.is_composing() {
                        event.prevent_default();
                        make();
                    }
                }
            ></textarea>
            <p class="field__error" role="alert">
                {move || problem.get().map(|error| sentence(i18n.get_locale(), error))}
            </p>
            <div class="home__make-foot">
                <p class="home__promise">{text!(home.no_account)}</p>
                <Button
                    kind=ButtonKind::Primary
                    size=ButtonSize::Large
                    role=ButtonRole::Submit
                    label=move || {
                        if is_making.get() { t_string!(i18n, home.making) } else { t_string!(i18n, home.make) }
                    }
                />
            </div>
        </form>
    }
}
