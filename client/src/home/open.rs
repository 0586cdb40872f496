//! Opening a board by its code or its link: one field takes both.

use super::{
    Frame,
    address::{self, Destination},
    api::{self, ApiError},
    go, now,
    recent::{self, RecentBoard},
    sentence, site,
};
use crate::{
    i18n::{Locale, t_string, td_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, ButtonRole, ButtonSize},
        field::{FieldContent, TextField},
        flow::Show,
        language::filled,
        notice::{Message, MessageKind, provide_notices},
    },
};
use leptos::prelude::*;
use samtavle_shared::wire::Role;

/// Why a board did not open.
#[derive(Clone, PartialEq, Eq)]
enum Trouble {
    Server(ApiError),
    Elsewhere(String),
    NoBoard,
    Nothing,
}

impl Trouble {
    fn sentence(&self, locale: Locale) -> String {
        match self {
            Self::Server(error) => sentence(locale, *error),
            Self::Elsewhere(host) => {
                filled(td_string!(locale, error.link_elsewhere), &[("host", host)])
            }
            Self::NoBoard => td_string!(locale, error.link_unknown).to_owned(),
            Self::Nothing => td_string!(locale, error.code_or_link).to_owned(),
        }
    }
}

/// Exchanges a code for a key, remembers the board and goes there.
async fn join(code: &str) -> Result<(), ApiError> {
    let joined = api::join(code).await?;
    let board = RecentBoard {
        id: joined.board,
        title: String::new(),
        role: Role::Participant,
        key: joined.key,
        code: Some(code.trim().to_uppercase()),
        others: None,
        opened: now(),
    };
    let path = with_group(&board.path());
    recent::remember(board);
    go(&path);
    Ok(())
}

/// A group's QR code leads here with `?group=2`: the board's page seats who comes with it.
fn with_group(path: &str) -> String {
    let search = window().location().search().unwrap_or_default();
    match path.split_once('#') {
        Some((page, key)) if search.starts_with("?group=") => [page, &search, "#", key].concat(),
        _ => path.to_owned(),
    }
}

/// The field and its button.
#[component]
pub(super) fn OpenBoard(
    /// What is typed in it.
    typed: RwSignal<String>,
    /// How much its button asks for: black where there is nothing else to do.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let i18n = use_i18n();
    let trouble = RwSignal::new(None::<Trouble>);
    let is_opening = RwSignal::new(false);
    let error = Signal::derive(move || {
        trouble
            .read()
            .as_ref()
            .map_or_else(String::new, |trouble| trouble.sentence(i18n.get_locale()))
    });

    let open = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if is_opening.get_untracked() {
            return;
        }
        trouble.set(None);
        let host = window().location().host().unwrap_or_default();
        match address::read(&typed.get_untracked(), &host, &site::base()) {
            Destination::Page(path) => go(&path),
            Destination::Elsewhere { host } => trouble.set(Some(Trouble::Elsewhere(host))),
            Destination::NoBoard => trouble.set(Some(Trouble::NoBoard)),
            Destination::Nothing => trouble.set(Some(Trouble::Nothing)),
            Destination::Code(code) => {
                is_opening.set(true);
                leptos::task::spawn_local(async move {
                    if let Err(error) = join(&code).await {
                        trouble.set(Some(Trouble::Server(error)));
                        is_opening.set(false);
                    }
                });
            }
        }
    };

    view! {
        <form class="home__form" on:submit=open>
            <TextField
                label=text!(home.open_field)
                hint=text!(home.open_hint)
                placeholder=text!(home.open_example)
                content=FieldContent::Code
                max_length=500
                value=typed
                error
            />
            <Button
                kind
                size=ButtonSize::Large
                role=ButtonRole::Submit
                label=move || {
                    if is_opening.get() { t_string!(i18n, home.opening) } else { t_string!(i18n, home.open) }
                }
            />
        </form>
    }
}

/// The page of a join link: it takes the code to the server and goes to the board by itself.
#[component]
pub(crate) fn JoinPage(
    /// The code in the address.
    code: String,
) -> impl IntoView {
    let i18n = use_i18n();
    provide_notices();
    let typed = RwSignal::new(code.clone());
    let trouble = RwSignal::new(None::<ApiError>);
    leptos::task::spawn_local({
        let code = code.clone();
        async move {
            if let Err(error) = join(&code).await {
                trouble.set(Some(error));
            }
        }
    });
    let progress = move || {
        filled(
            t_string!(i18n, join.joining),
            &[("code", &code.to_uppercase())],
        )
    };
    view! {
        <Frame>
            <section class="home__join">
                <h1>{text!(join.title)}</h1>
                <Show
                    when=move || trouble.read().is_some()
                    fallback=move || {
                        let progress = progress.clone();
                        view! { <p class="home__about" role="status">{progress}</p> }
                    }
                >
                    <Message
                        kind=MessageKind::Warn
                        text=move || trouble.get().map_or_else(String::new, |error| sentence(i18n.get_locale(), error))
                    />
                    <OpenBoard typed kind=ButtonKind::Primary />
                </Show>
            </section>
        </Frame>
    }
}
