//! Which page is shown: by the address, and for a board by the size of the screen.

use crate::{
    desk::Desk,
    home::{HomePage, JoinPage},
    parts::{language, me},
    phone::Phone,
    remember::remember_board,
    replica::{Replica, Ticket},
    session, site,
    wall::Wall,
};
use leptos::prelude::*;
use samtavle_shared::{ids::BoardId, wire::Screen};
use wasm_bindgen::{JsCast, closure::Closure};

/// Narrower than this a canvas is no use: the phone's view is shown. So it is on a phone that lies
/// on its side, which is wide but low.
const SMALL_SCREEN: &str = "(max-width: 719px), (max-height: 479px)";

/// The addresses of the site.
enum Page {
    Home,
    Join(String),
    Board(BoardId),
    Wall(BoardId),
}

impl Page {
    fn of_path(path: &str) -> Self {
        let mut parts = path.trim_matches('/').split('/');
        match (parts.next(), parts.next().filter(|part| !part.is_empty())) {
            (Some("join"), Some(code)) => Self::Join(code.to_owned()),
            (Some("board"), Some(id)) => Self::Board(id.into()),
            (Some("wall"), Some(id)) => Self::Wall(id.into()),
            _ => Self::Home,
        }
    }
}

/// The whole client.
#[component]
pub(crate) fn App() -> impl IntoView {
    language::provide_language();
    // Another key in the address is another person: begin anew.
    let _ = window_event_listener_untyped("hashchange", |_| {
        let _ = window().location().reload();
    });
    match Page::of_path(&site::page()) {
        Page::Home => view! { <HomePage /> }.into_any(),
        Page::Join(code) => view! { <JoinPage code /> }.into_any(),
        Page::Board(board) => view! { <BoardPage board /> }.into_any(),
        Page::Wall(board) => {
            let replica = Replica::open(&ticket(board, Screen::Wall));
            session::begin(replica);
            view! { <Wall replica /> }.into_any()
        }
    }
}

/// A board on a desk or a phone, whichever fits the screen; it follows when the window changes.
#[component]
fn BoardPage(board: BoardId) -> impl IntoView {
    let is_small = small_screen();
    let screen = if is_small.get_untracked() {
        Screen::Phone
    } else {
        Screen::Desk
    };
    let replica = Replica::open(&ticket(board, screen));
    replica.show(|presence| presence.user = me::remembered());
    remember_board(replica);
    session::begin(replica);
    Effect::new(move || {
        let screen = if is_small.get() {
            Screen::Phone
        } else {
            Screen::Desk
        };
        replica.show(|presence| {
            presence.screen = screen;
            presence.cursor = None;
        });
    });
    move || {
        if is_small.get() {
            view! { <Phone replica /> }.into_any()
        } else {
            view! { <Desk replica /> }.into_any()
        }
    }
}

fn ticket(board: BoardId, screen: Screen) -> Ticket {
    let hash = window().location().hash().unwrap_or_default();
    Ticket {
        board,
        key: hash.trim_start_matches('#').to_owned(),
        screen,
    }
}

fn small_screen() -> ReadSignal<bool> {
    let query = window().match_media(SMALL_SCREEN).ok().flatten();
    let (is_small, set_small) =
        signal(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let followed = query.clone();
        let on_change = Closure::<dyn FnMut()>::new(move || set_small.set(followed.matches()));
        query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
        on_change.forget(); // it lives as long as the page
    }
    is_small
}
