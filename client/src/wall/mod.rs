//! The wall: what a projector shows. Nobody touches it; it chooses what to show from the session, lays
//! itself out, follows the board, and tells how to join.
//!
//! ```text
//! session, board ─► watch (shared::session::scene_of) ─► scenes (one a file)
//! BoardState ─► picture (what is shown where, shared::layout) ─► stage (notes on the page in view)
//! ```
//! - [`head`], [`foot`], [`join`]: around every scene
//! - [`room`]: how large the middle is, and pages by turns; [`screen`]: what the page hangs on
//! - [`burn_in`]: nothing burns in; [`comeback`]: nobody is there to load the page again

mod board;
mod burn_in;
mod comeback;
mod contents;
mod digest;
mod foot;
mod head;
mod join;
mod page;
mod picture;
mod programme;
mod room;
mod scenes;
mod screen;
mod stage;
mod thread;
mod watch;

use crate::{
    home::OpenAnother,
    i18n::{language, text, use_i18n},
    parts::flow::Show,
    paste,
    replica::{Connection, Replica},
    session::refusal::{wants_another_link, words_of_refusal},
};
use burn_in::BurnIn;
use foot::Counts;
use head::Head;
use join::JoinBox;
use leptos::{html, prelude::*};
use room::{Room, px};
use samtavle_shared::session::{Item, WallScene};

/// From this many notes on, the heading and the code make room for them: with voices below they are small else.
const MANY_NOTES: usize = 9;

/// The wall over a board.
#[component]
pub(crate) fn Wall(replica: Replica) -> impl IntoView {
    let state = replica.state;
    screen::theme_of_address();
    language::speak_as_the_board(state.language.into());
    let stays_awake = screen::stay_awake();
    comeback::begin_anew_when_refused(replica);
    paste::keep_page();
    let rest = BurnIn::of(replica);
    let pointer_rests = screen::pointer_rests();
    let middle = NodeRef::<html::Div>::new();
    let room = Room::new(middle);
    let scene = watch::scene(replica);
    let shows_notes = Memo::new(move |_| {
        matches!(
            scene.get(),
            WallScene::Clusters
                | WallScene::Reveal
                | WallScene::Follow
                | WallScene::Spotlight(Item::Cluster(_))
        )
    });
    let is_low = Signal::derive(move || shows_notes.get() && state.note_count.get() >= MANY_NOTES);
    // There it is what the scene is about.
    let is_prompt_in_the_middle =
        Memo::new(move |_| matches!(scene.get(), WallScene::Gather | WallScene::Silent));
    let is_gathering = Memo::new(move |_| scene.get() == WallScene::Gather);
    // The middle says it larger, or each group has its own.
    let is_joined_in_the_middle = Memo::new(move |_| match scene.get() {
        WallScene::Gather => true,
        WallScene::Groups => {
            let groups = replica.session.shared.with(|view| view.groups.len());
            groups <= scenes::MOST_GROUPS_WITH_CODE
        }
        _ => false,
    });

    let is_refused = Memo::new(move |_| refusal(replica).is_some());
    let shown = move || match (is_refused.get(), state.is_open.get()) {
        (true, _) => view! {
            <div class="wall__refused">
                <p class="wall__message" role="alert">{refused_words(replica)}</p>
                <Show when=move || refusal(replica).is_some_and(wants_another_link)>
                    <OpenAnother replica/>
                </Show>
            </div>
        }
        .into_any(),
        (false, false) => ().into_any(),
        (false, true) => {
            let scene = scene.get();
            room.begin_anew();
            scenes::scene(replica, room, scene)
        }
    };
    view! {
        <main
            class="wall"
            class:wall--many=move || is_low.get()
            class:wall--still=move || pointer_rests.get()
            class:wall--dimmed=move || rest.is_dimmed()
            data-testid="wall"
            aria-label=text!(wall.label)
            style=("--unit", move || px(room.unit.get()))
            style=("--drift", move || rest.drift(room.unit.get()))
        >
            <Head replica room is_low is_prompt_in_the_middle/>
            <div node_ref=middle class="wall__middle">{shown}</div>
            <footer class="wall__foot">
                <Counts replica room stays_awake says_who_is_here=is_gathering/>
                <Show when=move || !is_joined_in_the_middle.get() && !is_refused.get()>
                    <JoinBox replica/>
                </Show>
            </footer>
        </main>
    }
}

fn refusal(replica: Replica) -> Option<samtavle_shared::wire::CloseCode> {
    match replica.connection.get() {
        Connection::Refused(code) => Some(code),
        _ => None,
    }
}

fn refused_words(replica: Replica) -> impl Fn() -> &'static str {
    let i18n = use_i18n();
    move || {
        refusal(replica).map_or("", |code| {
            words_of_refusal(i18n.get_locale(), replica, code)
        })
    }
}
