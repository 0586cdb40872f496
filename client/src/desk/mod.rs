//! The desk: a canvas without end on a laptop, with the bars at its rim.

mod canvas;
mod insets;
mod letters;
mod over;
mod side;
mod state;
mod toolbars;
mod writing;

pub use crate::tools::Tool;
pub use state::{DeskState, Editing, Selection};

use crate::{
    facilitate::{tell_of_sweeps, tell_who_waits},
    i18n::text,
    moments::{MomentSheets, print_words},
    notes::thrown::tell_of_thrown,
    parts::notice::{NoticeList, provide_notices},
    photo::{PictureDialogs, show::PhotoDialog},
    replica::Replica,
    session::{attend, introduce::IntroduceDialog},
};
use canvas::Canvas;
use leptos::prelude::*;
use toolbars::Toolbars;
use wasm_bindgen::JsCast;

/// The desk over a board.
#[component]
pub(crate) fn Desk(replica: Replica) -> impl IntoView {
    let desk = DeskState::new(replica);
    provide_notices();
    attend(replica);
    print_words(replica);
    tell_of_sweeps(replica);
    tell_of_thrown(replica);
    tell_who_waits(replica);
    desk.follow_writing();
    desk.follow_covers();
    desk.findings.follow(replica);
    view! {
        <main class="desk">
            <button
                type="button"
                class="button button--primary skip"
                data-testid="skip-board"
                on:click=|_| pass_the_board()
            >
                {text!(aria.skip_board)}
            </button>
            <Canvas desk />
            <Toolbars desk />
            <MomentSheets replica />
            <PhotoDialog replica />
            <PictureDialogs replica />
            <IntroduceDialog replica />
            <NoticeList />
        </main>
    }
}

/// From before the notes to behind them: a board has hundreds. No link does it, for the address's end is the
/// person's key.
fn pass_the_board() {
    let first = document().query_selector(".rim__home").ok().flatten();
    if let Some(first) = first.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = first.focus(); // it is on every desk
    }
}
