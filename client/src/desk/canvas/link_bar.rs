//! What can be done with the chosen link: a small bar at its middle.

use super::{selection_bar::clear_now, selection_menu::Action, stage::Stage, translate};
use crate::{
    i18n::{t_string, text},
    notes::links::sentence,
    parts::{button::Button, flow::Show, icon::IconName},
};
use leptos::prelude::*;
use samtavle_shared::layout::Route;

/// From the middle of the link to the bar, screen pixels.
const BELOW: f64 = 18.0;
/// As wide as the bar is at most, screen pixels.
const WIDTH: f64 = 400.0;

#[component]
pub(super) fn LinkBar(stage: Stage) -> impl IntoView {
    let i18n = stage.i18n;
    let desk = stage.desk;
    let chosen = Memo::new(move |_| {
        let id = stage.link.get()?;
        desk.replica.state.links.track();
        stage.link_of(&id)
    });
    let place = move || {
        let route = stage.route_of(chosen.get()?).get()?;
        let at = desk.camera.get().screen_from_board(Route::middle(route));
        let clear = clear_now(stage);
        let x = (at.x - WIDTH / 2.0)
            .min(clear.right - WIDTH)
            .max(clear.left);
        let y = (at.y + BELOW).min(clear.bottom).max(clear.top);
        Some(translate(x.round(), y.round()))
    };
    let words = move || {
        let link = chosen.get()?;
        Some(sentence(desk.replica, i18n.get_locale(), &link))
    };
    let is_shown = move || chosen.with(Option::is_some) && !stage.is_moving.get();
    view! {
        <Show when=is_shown>
            <div
                class="selection-bar link-bar panel"
                role="toolbar"
                data-testid="link-bar"
                aria-label=move || t_string!(i18n, note.links)
                style:transform=place
                on:keydown=move |event| stage.on_bar_key(&event)
            >
                <span class="link-bar__words">{words}</span>
                <Show when=move || desk.replica.may_write()>
                    <Button
                        label=text!(note.delete)
                        icon=IconName::Trash
                        hook="link-delete"
                        on_press=move |()| stage.do_action(Action::Delete)
                    />
                </Show>
            </div>
        </Show>
    }
}
