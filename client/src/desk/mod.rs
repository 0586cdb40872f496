//! The desk: a canvas without end on a laptop, with the bars at its rim.

mod canvas;
mod covers;
mod rim;
mod side;
mod state;
mod writing;

pub use crate::tools::Tool;
pub use state::{DeskState, Editing, Selection};

use crate::{
    moments::MomentSheets,
    parts::notice::{NoticeList, provide_notices},
    photo::show::PhotoDialog,
    replica::Replica,
    session::{attend, introduce::IntroduceDialog},
};
use canvas::Canvas;
use leptos::prelude::*;
use rim::Rim;

/// The desk over a board.
#[component]
pub(crate) fn Desk(replica: Replica) -> impl IntoView {
    let desk = DeskState::new(replica);
    provide_notices();
    attend(replica);
    desk.follow_writing();
    view! {
        <main class="desk" on:wheel=|event| keep_page_size(&event)>
            <Canvas desk />
            <Rim desk />
            <MomentSheets replica />
            <PhotoDialog replica />
            <IntroduceDialog replica />
            <NoticeList />
        </main>
    }
}

/// Control and the wheel zoom the board, wherever the pointer is; never the page with its bars.
fn keep_page_size(event: &web_sys::WheelEvent) {
    if event.ctrl_key() || event.meta_key() {
        event.prevent_default();
    }
}
