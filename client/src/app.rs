//! Which page is shown: by the address, and for a board by the size of the screen.

#[cfg(feature = "desk")]
use crate::desk::Desk;
#[cfg(feature = "phone")]
use crate::phone::Phone;
#[cfg(feature = "wall")]
use crate::wall::Wall;
use crate::{
    home::{HomePage, JoinPage},
    parts::{language, me, tips},
    photo,
    remember::{name_window, remember_board},
    replica::{Replica, Ticket},
    session, site,
};
use leptos::prelude::*;
use samtavle_shared::{ids::BoardId, wire::Screen};
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};

/// Narrower than this a canvas is no use: the phone's view is shown. So it is on a phone that lies
/// on its side, which is wide but low.
const SMALL_SCREEN: &str = "(max-width: 719px), (max-height: 479px)";

/// By then a keyboard on the screen has gone, or the next field has the focus.
const AFTER_WRITING: Duration = Duration::from_millis(400);

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
    tips::can_be_put_away();
    // Another key in the address is another person: begin anew.
    let _ = window_event_listener_untyped("hashchange", |_| {
        let _ = window().location().reload();
    });
    match Page::of_path(&site::page()) {
        Page::Wall(board) => wall_page(board),
        page => page_for_people(page),
    }
}

#[cfg(feature = "home")]
fn page_for_people(page: Page) -> AnyView {
    match page {
        Page::Join(code) => view! { <JoinPage code /> }.into_any(),
        Page::Board(board) => view! { <BoardPage board /> }.into_any(),
        Page::Home | Page::Wall(_) => view! { <HomePage /> }.into_any(),
    }
}

#[cfg(not(feature = "home"))]
fn page_for_people(_: Page) -> AnyView {
    other_bundle()
}

#[cfg(feature = "wall")]
fn wall_page(board: BoardId) -> AnyView {
    let replica = Replica::open(&ticket(board, Screen::Wall));
    name_window(replica);
    session::begin(replica);
    view! { <Wall replica /> }.into_any()
}

#[cfg(not(feature = "wall"))]
fn wall_page(_: BoardId) -> AnyView {
    other_bundle()
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
    photo::begin(replica);
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
            phone_view(replica)
        } else {
            desk_view(replica)
        }
    }
}

#[cfg(feature = "phone")]
fn phone_view(replica: Replica) -> AnyView {
    view! { <Phone replica /> }.into_any()
}

#[cfg(not(feature = "phone"))]
fn phone_view(_: Replica) -> AnyView {
    other_bundle()
}

#[cfg(feature = "desk")]
fn desk_view(replica: Replica) -> AnyView {
    view! { <Desk replica /> }.into_any()
}

#[cfg(not(feature = "desk"))]
fn desk_view(_: Replica) -> AnyView {
    other_bundle()
}

/// What is to be seen is in another bundle: the page is loaded anew, and `start.js` takes that one. All
/// that was written is kept on the device.
#[cfg(not(all(feature = "desk", feature = "phone", feature = "wall")))]
fn other_bundle() -> AnyView {
    let _ = window().location().reload();
    ().into_any()
}

fn ticket(board: BoardId, screen: Screen) -> Ticket {
    let hash = window().location().hash().unwrap_or_default();
    Ticket {
        board,
        key: hash.trim_start_matches('#').to_owned(),
        screen,
    }
}

/// Whether the screen is small now. While something is being written it stays what it was: a keyboard on a
/// tablet's screen leaves little of it, and must not turn a desk into a phone under somebody's hands.
fn small_screen() -> ReadSignal<bool> {
    let query = window().match_media(SMALL_SCREEN).ok().flatten();
    let (is_small, set_small) =
        signal(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let followed = query.clone();
        let follow = move || {
            let now = followed.matches();
            if now != is_small.get_untracked() && !is_writing() {
                set_small.set(now);
            }
        };
        let on_change = Closure::<dyn FnMut()>::new(follow.clone());
        query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
        on_change.forget(); // it lives as long as the page
        let _ = window_event_listener_untyped("focusout", move |_| {
            set_timeout(follow.clone(), AFTER_WRITING);
        });
    }
    is_small
}

/// Whether the focus is where letters go.
fn is_writing() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| {
        matches!(&*element.tag_name(), "TEXTAREA" | "INPUT")
            || element.has_attribute("contenteditable")
    })
}
