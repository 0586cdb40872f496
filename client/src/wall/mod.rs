//! The wall: what a projector shows. Nobody touches it; it lays itself out, follows the board, and
//! tells how to join.
//!
//! ```text
//! BoardState ─► picture (what is shown where, shared::layout) ─► stage (notes on the page in view)
//! ```

mod join;
mod picture;
mod screen;
mod stage;

use crate::parts::flow::Show;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        language::{counted, filled},
        prompt::prompt_of_template,
    },
    replica::{Connection, Replica},
};
use join::{Invitation, JoinBox};
use leptos::prelude::*;
use picture::Picture;
use stage::Stage;

/// From this many notes on, the heading and the code make room for them.
const MANY_NOTES: usize = 60;

/// The wall over a board.
#[component]
pub(crate) fn Wall(replica: Replica) -> impl IntoView {
    let state = replica.state;
    screen::theme_of_address();
    screen::stay_awake();
    let pointer_rests = screen::pointer_rests();
    let unit = screen::unit();
    let picture = Picture::of(replica, unit);

    let is_empty =
        Memo::new(move |_| state.note_count.get() == 0 && state.clusters.read().is_empty());
    let middle = move || match (refusal(replica), state.is_open.get(), is_empty.get()) {
        (Some(_), ..) => {
            view! { <p class="wall__message" role="alert">{refused_words(replica)}</p> }.into_any()
        }
        (None, false, _) => view! { <div class="wall__stage"></div> }.into_any(),
        (None, true, true) => view! { <Invitation replica/> }.into_any(),
        (None, true, false) => view! { <Stage replica picture/> }.into_any(),
    };
    view! {
        <main
            class="wall"
            class:wall--many=move || { state.note_count.get() >= MANY_NOTES }
            class:wall--still=move || pointer_rests.get()
            data-testid="wall"
            aria-label=text!(wall.label)
            style=("--unit", move || [&*unit.get().to_string(), "px"].concat())
        >
            <Heading replica/>
            {middle}
            <footer class="wall__foot">
                <Counts replica picture/>
                <Show when=move || !is_empty.get() && refusal(replica).is_none()>
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
            crate::parts::prompt::words_of_refusal(i18n.get_locale(), code)
        })
    }
}

/// What the board is about, and what it asks.
#[component]
fn Heading(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let state = replica.state;
    let asked = move || {
        state
            .template
            .get()
            .and_then(|template| prompt_of_template(i18n.get_locale(), template))
    };
    let title = move || state.title.read().trim().to_owned();
    // The question is the heading; without one it is what the board is called.
    let above = move || asked().map(|_| title()).filter(|title| !title.is_empty());
    let heading = move || match asked() {
        Some((question, _)) => question.to_owned(),
        None if title().is_empty() => t_string!(i18n, common.samtavle).to_owned(),
        None => title(),
    };
    view! {
        <header class="wall__head">
            {move || above().map(|title| view! { <p class="wall__title">{title}</p> })}
            <h1 class="wall__heading">{heading}</h1>
        </header>
    }
}

/// How much there is, which page of it this is, and whether the network is gone.
#[component]
fn Counts(replica: Replica, picture: Picture) -> impl IntoView {
    let i18n = use_i18n();
    let notes = move || {
        let count = replica.state.note_count.get();
        (count > 0).then(|| {
            counted(
                count,
                t_string!(i18n, note.count_1),
                t_string!(i18n, note.count_n),
            )
        })
    };
    let people = move || {
        let count = replica.people_count.get() as usize;
        (count > 0).then(|| {
            counted(
                count,
                t_string!(i18n, people.here_1),
                t_string!(i18n, people.here_n),
            )
        })
    };
    let page = move || {
        let (page, pages) = (picture.page_number(), picture.page_count());
        (pages > 1).then(|| {
            let values = [("page", &*page.to_string()), ("pages", &*pages.to_string())];
            filled(t_string!(i18n, wall.page), &values)
        })
    };
    let is_away = move || {
        matches!(
            replica.connection.get(),
            Connection::Away | Connection::Unsent
        )
    };
    let name = move || match replica.connection.get() {
        Connection::Saved | Connection::Saving => "saved",
        Connection::Opening => "connecting",
        Connection::Away | Connection::Unsent => "offline",
        Connection::Refused(_) => "stopped",
    };
    view! {
        <div class="wall__counts">
            <p>
                {move || [notes(), people()].into_iter().flatten().collect::<Vec<_>>().join(" · ")}
            </p>
            {move || page().map(|page| view! { <p class="wall__page">{page}</p> })}
            <p class="wall__connection" role="status" data-testid="connection" data-state=name>
                {move || is_away().then(|| t_string!(i18n, wall.offline))}
            </p>
        </div>
    }
}
