//! Opening a board by its code or its link: one field takes both.

use super::{
    Frame,
    api::{self, ApiError},
    go, now,
    recent::{self, RecentBoard},
    sentence, site,
};
use crate::{
    i18n::{Locale, language::filled, t_string, td_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, ButtonRole, ButtonSize},
        field::{FieldContent, TextField},
        flow::Show,
        notice::{Message, MessageKind, provide_notices},
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    address::{self, Address, Destination, Page},
    wire::{Role, Screen},
};

/// Why a board did not open.
#[derive(Clone, PartialEq, Eq)]
enum Trouble {
    Server(ApiError),
    Elsewhere(String),
    NoBoard,
    Cut,
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
            Self::Cut => td_string!(locale, error.link_cut).to_owned(),
            Self::Nothing => td_string!(locale, error.code_or_link).to_owned(),
        }
    }
}

/// Exchanges a code for a key and goes to the board; one to take part on is remembered.
async fn join(code: &str, role: Role) -> Result<(), ApiError> {
    let joined = api::join(code, role).await?;
    let (id, key) = (joined.board.as_str().into(), joined.key.clone());
    let address = Address {
        page: match role {
            Role::Wall => Page::Wall { id, key },
            Role::Facilitator | Role::Participant => Page::Board { id, key },
        },
        // A group's QR code leads here with `?group=2`: the board's page seats who comes with it.
        wishes: site::address().wishes,
    };
    if role != Role::Wall {
        recent::remember(RecentBoard {
            id: joined.board,
            title: String::new(),
            role,
            key: joined.key,
            code: Some(code.trim().to_uppercase()),
            others: None,
            opened: now(),
        });
    }
    go(&site::path_to(&address.to_string()));
    Ok(())
}

/// Whether this browser has been on that board.
fn is_known(address: &Address) -> bool {
    match &address.page {
        Page::Board { id, .. } => recent::key_of(id.as_str()).is_some(),
        Page::Wall { id, .. } => recent::wall_key_of(id.as_str()).is_some(),
        Page::Home | Page::Join { .. } => false,
    }
}

/// What a filter makes of a link is ten times as long.
const LONGEST_LINK: u32 = 2_000;

/// The field and its button.
#[component]
pub(super) fn OpenBoard(
    /// What is typed in it.
    typed: RwSignal<String>,
    /// How much its button asks for: black where there is nothing else to do.
    #[prop(optional)]
    kind: ButtonKind,
    /// What one comes to the board for.
    #[prop(default = Role::Participant)]
    role: Role,
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
        match address::read_typed(&typed.get_untracked(), &host, &site::base()) {
            Destination::Page(address) => go(&site::path_to(&address.to_string())),
            Destination::NoKey(address) if is_known(&address) => {
                go(&site::path_to(&address.to_string())); // its page knows the key
            }
            Destination::NoKey(_) => trouble.set(Some(Trouble::Cut)),
            Destination::Elsewhere { host } => trouble.set(Some(Trouble::Elsewhere(host))),
            Destination::NoBoard => trouble.set(Some(Trouble::NoBoard)),
            Destination::Nothing => trouble.set(Some(Trouble::Nothing)),
            Destination::Code(code) => {
                is_opening.set(true);
                leptos::task::spawn_local(async move {
                    if let Err(error) = join(&code, role).await {
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
                max_length=LONGEST_LINK
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

/// Where a link has opened nothing: the code does, and so does a whole link.
#[component]
pub(crate) fn OpenAnother(
    /// The board that did not open.
    replica: Replica,
) -> impl IntoView {
    let role = match replica.ticket().screen {
        Screen::Wall => Role::Wall,
        Screen::Desk | Screen::Phone => Role::Participant,
    };
    view! {
        <div class="unopened" data-testid="open-another">
            <OpenBoard typed=RwSignal::new(String::new()) kind=ButtonKind::Primary role />
            <a class="button button--quiet" href=site::base()>{text!(home.to_home)}</a>
        </div>
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
            if let Err(error) = join(&code, Role::Participant).await {
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
