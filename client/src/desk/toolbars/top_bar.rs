//! The bar at the top: which board this is, what is asked now, who is here, and the one black button.

use super::{
    super::DeskState, board_menu::BoardMenu, board_title::BoardTitle, invite::InviteDialog,
    people_here::PeopleHere,
};
use crate::{
    i18n::text,
    parts::{
        button::{Button, ButtonKind},
        flow::Show,
        icon::{IconName, Logo},
    },
    session::phase_now::PhaseNow,
};
use leptos::prelude::*;

/// The bar at the top.
#[component]
pub(super) fn TopBar(desk: DeskState) -> impl IntoView {
    let replica = desk.replica;
    let is_inviting = RwSignal::new(false);
    view! {
        <header class="rim__top" aria-label=text!(aria.top_bar)>
            <a class="rim__home" href=crate::site::base() aria-label=text!(desk.home_link)>
                <Logo />
            </a>
            <BoardTitle replica />
            <Show when=move || replica.state.is_open.get()>
                <BoardMenu />
                <PhaseNow replica />
                <div class="rim__people spread">
                    <PeopleHere replica />
                    <Button
                        kind=ButtonKind::Primary
                        icon=IconName::Share
                        label=text!(desk.invite)
                        on_press=move |()| is_inviting.set(true)
                        attr:data-testid="invite"
                    />
                </div>
            </Show>
        </header>
        <InviteDialog replica open=is_inviting />
    }
}
