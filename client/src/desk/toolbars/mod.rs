//! The bars around the canvas. Few and quiet; one black button.
//!
//! ```text
//! ┌ top_bar: home · board_title · board_menu ·· phase ·· people_here · invite ┐
//! │ troubles                                                                  │
//! │ tool_bar · what I write for myself                     side (desk::side)  │
//! │                                                           far_away        │
//! │                                                        new_outside        │
//! └ status_bar: undo · redo · connection ··· who I am ··· minimap · view_bar ─┘
//! ```

mod board_menu;
mod board_title;
mod far_away;
mod invite;
mod keys;
mod minimap;
mod new_outside;
mod people_here;
mod status_bar;
mod tool_bar;
mod top_bar;
mod troubles;
mod view_bar;

use super::{DeskState, side::DeskSide};
use crate::{
    parts::flow::Show,
    session::{introduce::IntroduceRow, kept_words::KeptWords, silent_desk::SilentDesk},
};
use far_away::DeskFarAway;
use leptos::prelude::*;
use minimap::Minimap;
use new_outside::NewOutside;
use status_bar::StatusBar;
use tool_bar::ToolBar;
use top_bar::TopBar;
use troubles::{Opening, Troubles};
use view_bar::ViewBar;

/// The bars. Until the board is open it says so, and hides the empty canvas.
#[component]
pub(crate) fn Toolbars(desk: DeskState) -> impl IntoView {
    let replica = desk.replica;
    let leads = replica.session.leads();
    view! {
        <TopBar desk />
        <Show when=move || replica.state.is_open.get() fallback=move || view! { <Opening replica /> }>
            <Troubles replica />
            <ToolBar desk />
            <StatusBar replica />
            <div class="rim__own">
                <KeptWords replica class="panel" />
                <SilentDesk replica />
            </div>
            // Who leads is asked nothing: they may say it in the list of people.
            <Show when=move || !leads.get()>
                <div class="rim__ask" data-covers="bottom">
                    <IntroduceRow replica class="panel introduce--card" />
                </div>
            </Show>
            <DeskSide desk />
            <div class="panel rim__view">
                <DeskFarAway desk />
                <NewOutside desk />
                <Minimap desk />
                <ViewBar desk />
            </div>
        </Show>
    }
}
