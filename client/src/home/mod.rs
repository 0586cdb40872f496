//! The front page: make a board, open one, and the boards that this browser remembers.

mod address;
mod api;
mod make;
mod open;
pub(crate) mod recent;
mod recent_list;

pub(crate) use open::JoinPage;

use crate::{
    i18n::{t_string, use_i18n},
    parts::{
        icon::Logo,
        language::LanguageSwitch,
        notice::{NoticeList, provide_notices},
        theme::ThemeSwitch,
    },
};
use api::ApiError;
use leptos::prelude::*;
use make::MakeBoard;
use open::OpenBoard;
use recent_list::RecentBoards;

/// The front page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let i18n = use_i18n();
    provide_notices();
    view! {
        <Frame>
            <section class="home__what">
                <h1 class="home__lead">{move || t_string!(i18n, home.lead)}</h1>
                <p class="home__about">{move || t_string!(i18n, home.about_hour)}</p>
                <Hour />
            </section>
            <MakeBoard />
            <section class="home__open">
                <h2>{move || t_string!(i18n, home.open_title)}</h2>
                <OpenBoard typed=RwSignal::new(String::new()) />
            </section>
            <RecentBoards />
        </Frame>
    }
}

/// What stands around both pages: the name above, the person's own choices below.
#[component]
fn Frame(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="home">
            <header class="home__top">
                <a class="home__brand" href="/">
                    <Logo />
                    {move || t_string!(i18n, common.samtavle)}
                </a>
                <LanguageSwitch />
            </header>
            <main class="home__main">{children()}</main>
            <footer class="home__foot">
                <ThemeSwitch />
            </footer>
            <NoticeList />
        </div>
    }
}

/// The hour: 55 parts looking at the problem, 5 parts solving it.
#[component]
fn Hour() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <figure class="home__hour" role="img" aria-label=move || t_string!(i18n, home.hour_label)>
            <div class="hour">
                <span class="hour__part home__look">
                    <span class="hour__done"></span>
                </span>
                <span class="hour__part hour__part--solve home__solve"></span>
            </div>
            <figcaption class="home__parts">
                <span>{move || t_string!(i18n, home.hour_look)}</span>
                <span>{move || t_string!(i18n, home.hour_solve)}</span>
            </figcaption>
        </figure>
    }
}

/// What went wrong at the server, as a sentence.
fn sentence(locale: crate::i18n::Locale, error: ApiError) -> &'static str {
    use crate::i18n::td_string;
    match error {
        ApiError::Unreachable => td_string!(locale, error.network),
        ApiError::Unknown => td_string!(locale, error.code_unknown),
        ApiError::TooMany => td_string!(locale, error.too_many),
        ApiError::Refused => td_string!(locale, error.title_too_long),
        ApiError::Server => td_string!(locale, error.server),
    }
}

/// Milliseconds since 1970, by this device's clock.
fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Leaves this page for another of ours.
fn go(path: &str) {
    // Fails only for an address that cannot be read; ours are made of ids and keys.
    let _ = window().location().assign(path);
}
