//! The front page: make a board, open one, and the boards that this browser remembers.

pub(crate) mod api;
mod make;
mod open;
pub(crate) mod recent;
mod recent_list;

pub(crate) use open::{JoinPage, OpenAnother};

use crate::{
    i18n::{Locale, language::filled, td_string, text, use_i18n},
    parts::{
        flow::Show,
        icon::Logo,
        kinds::{KindMark, kind_name, note_class},
        language_switch::LanguageSwitch,
        notice::{NoticeList, provide_notices},
        theme::ThemeSwitch,
    },
    site,
};
use api::ApiError;
use leptos::prelude::*;
use make::MakeBoard;
use open::OpenBoard;
use recent_list::RecentBoards;
use samtavle_shared::board::NoteKind;

/// The front page. Who comes with a phone has most often been asked to, and has a code: its field comes first there.
#[component]
pub(crate) fn HomePage(
    /// Whether the screen is a phone's.
    is_small: Signal<bool>,
) -> impl IntoView {
    provide_notices();
    let typed = RwSignal::new(String::new());
    let open = move || {
        view! {
            <section class="home__open">
                <h2>{text!(home.open_title)}</h2>
                <OpenBoard typed />
            </section>
        }
    };
    view! {
        <Frame>
            <h1 class="home__lead">{text!(home.lead)}</h1>
            <Show when=move || is_small.get()>{open()}</Show>
            <section class="home__what">
                <p class="home__about">{text!(home.about_hour)}</p>
                <Hour />
            </section>
            <MakeBoard />
            <Show when=move || !is_small.get()>{open()}</Show>
            <RecentBoards />
            <Story />
        </Frame>
    }
}

/// What stands around both pages: the name above, the person's own choices below.
#[component]
fn Frame(children: Children) -> impl IntoView {
    view! {
        <div class="home">
            <header class="home__top">
                <a class="home__brand" href=site::base()>
                    <Logo />
                    {text!(common.samtavle)}
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
    view! {
        <div class="home__hour" role="img" aria-label=text!(home.hour_label)>
            <div class="hour">
                <span class="hour__part home__look">
                    <span class="hour__done"></span>
                </span>
                <span class="hour__part hour__part--solve home__solve"></span>
            </div>
            <div class="home__parts">
                <span>{text!(home.hour_look)}</span>
                <span>{text!(home.hour_solve)}</span>
            </div>
        </div>
    }
}

/// One note of each kind, for who is here the first time: what a workshop leads from and to.
#[component]
fn Story() -> impl IntoView {
    let i18n = use_i18n();
    let is_first_visit = recent::list().is_empty();
    let words = |locale: Locale, kind| match kind {
        NoteKind::Problem => td_string!(locale, home.story_problem),
        NoteKind::Habit => td_string!(locale, home.story_habit),
        NoteKind::Idea => td_string!(locale, home.story_idea),
        NoteKind::Plan | NoteKind::Other => td_string!(locale, home.story_plan),
    };
    is_first_visit.then(|| {
        let notes = NoteKind::ALL.map(|kind| {
            view! {
                <li class=note_class(kind)>
                    <p class="note__text">{move || words(i18n.get_locale(), kind)}</p>
                    <p class="note__foot">
                        <KindMark kind />
                        {move || kind_name(i18n.get_locale(), kind)}
                    </p>
                </li>
            }
        });
        view! {
            <section class="home__story">
                <h2 class="eyebrow">{text!(home.story_title)}</h2>
                <ol class="home__notes">{notes}</ol>
            </section>
        }
    })
}

/// What went wrong at the server, as a sentence.
pub(crate) fn sentence(locale: Locale, error: ApiError) -> String {
    let words = match error {
        ApiError::Unreachable => td_string!(locale, error.network),
        ApiError::Unknown => td_string!(locale, error.code_unknown),
        ApiError::TooMany { wait } => {
            let seconds = (wait.div_ceil(5) * 5).to_string(); // nobody counts single seconds
            return filled(td_string!(locale, error.too_many), &[("seconds", &seconds)]);
        }
        ApiError::Refused => td_string!(locale, error.title_too_long),
        ApiError::Server => td_string!(locale, error.server),
    };
    words.to_owned()
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
