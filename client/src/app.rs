//! Which page is shown: by the address, and for a board by the size of the screen.

use crate::{
    desk::Desk,
    home::{HomePage, JoinPage, recent},
    i18n::language,
    parts::{me, tips},
    phone::Phone,
    photo,
    remember::{name_window, remember_board},
    replica::{Replica, Ticket},
    session, site,
    wall::Wall,
};
use leptos::prelude::*;
use samtavle_shared::{
    address::{Page, is_whole},
    ids::BoardId,
    wire::Screen,
};
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};

/// Narrower than this a canvas is no use: the phone's view is shown. So it is on a phone that lies
/// on its side, which is wide but low.
const SMALL_SCREEN: &str = "(max-width: 719px), (max-height: 479px)";

/// By then a keyboard on the screen has gone, or the next field has the focus.
const AFTER_WRITING: Duration = Duration::from_millis(400);

/// What a bundle shows. Each has one of its own, so that a phone need not wait for the desk's canvas: what none of these
/// functions leads to is not linked. `None`: it is in another bundle.
pub struct Bundle {
    desk: Option<fn(Replica) -> AnyView>,
    phone: Option<fn(Replica) -> AnyView>,
    wall: Option<fn(BoardId, String) -> AnyView>,
    /// The pages of people who take part: the front page, joining, and the board on one of the screens above.
    people: Option<fn(Page, &'static Self) -> AnyView>,
}

impl Bundle {
    /// The canvas on a laptop, and the front page.
    pub const DESK: Self = Self {
        desk: Some(desk_view),
        people: Some(page_for_people),
        ..Self::NOTHING
    };
    /// Composing and browsing on a phone, and the front page.
    pub const PHONE: Self = Self {
        phone: Some(phone_view),
        people: Some(page_for_people),
        ..Self::NOTHING
    };
    /// The projector.
    pub const WALL: Self = Self {
        wall: Some(wall_page),
        ..Self::NOTHING
    };
    /// All of them: one client for every screen.
    pub const ALL: Self = Self {
        desk: Some(desk_view),
        phone: Some(phone_view),
        wall: Some(wall_page),
        people: Some(page_for_people),
    };
    const NOTHING: Self = Self {
        desk: None,
        phone: None,
        wall: None,
        people: None,
    };
}

/// The whole client.
#[component]
pub(crate) fn App(bundle: &'static Bundle) -> impl IntoView {
    language::provide_language();
    tips::can_be_put_away();
    // Another key in the address is another person: begin anew.
    let _ = window_event_listener_untyped("hashchange", |_| {
        let _ = window().location().reload();
    });
    match page_here() {
        Page::Wall { id, key } => bundle.wall.map_or_else(other_bundle, |wall| wall(id, key)),
        page => bundle
            .people
            .map_or_else(other_bundle, |people| people(page, bundle)),
    }
}

/// The page that the address means. A link that has lost its key opens all the same where this browser has been on
/// that board before.
fn page_here() -> Page {
    let mut here = site::address();
    let known = match &here.page {
        Page::Board { id, key } if !is_whole(key) => recent::key_of(id.as_str()),
        Page::Wall { id, key } if !is_whole(key) => recent::wall_key_of(id.as_str()),
        _ => None,
    };
    if let (Page::Board { key, .. } | Page::Wall { key, .. }, Some(known)) = (&mut here.page, known)
    {
        *key = known;
    }
    site::rewrite(&here);
    here.page
}

fn page_for_people(page: Page, bundle: &'static Bundle) -> AnyView {
    match page {
        Page::Join { code } => view! { <JoinPage code /> }.into_any(),
        Page::Board { id, key } => view! { <BoardPage board=id key bundle /> }.into_any(),
        Page::Home | Page::Wall { .. } => {
            view! { <HomePage is_small=small_screen().into() /> }.into_any()
        }
    }
}

fn wall_page(board: BoardId, key: String) -> AnyView {
    let screen = Screen::Wall;
    let replica = Replica::open(&Ticket { board, key, screen });
    name_window(replica);
    session::begin(replica);
    view! { <Wall replica /> }.into_any()
}

/// A board on a desk or a phone, whichever fits the screen; it follows when the window changes.
#[component]
fn BoardPage(board: BoardId, key: String, bundle: &'static Bundle) -> impl IntoView {
    let is_small = small_screen();
    let screen = if is_small.get_untracked() {
        Screen::Phone
    } else {
        Screen::Desk
    };
    let replica = Replica::open(&Ticket { board, key, screen });
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
        let view = if is_small.get() {
            bundle.phone
        } else {
            bundle.desk
        };
        view.map_or_else(other_bundle, |view| view(replica))
    }
}

fn phone_view(replica: Replica) -> AnyView {
    view! { <Phone replica /> }.into_any()
}

fn desk_view(replica: Replica) -> AnyView {
    view! { <Desk replica /> }.into_any()
}

/// What is to be seen is in another bundle: the page is loaded anew, and `start.js` takes that one. All
/// that was written is kept on the device.
fn other_bundle() -> AnyView {
    let _ = window().location().reload();
    ().into_any()
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
