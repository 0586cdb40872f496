//! Bottom right: how near we look.

use super::super::DeskState;
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        button::{IconButton, TipSide},
        icon::IconName,
    },
};
use leptos::prelude::*;

/// Farther, 100 %, nearer, and everything.
#[component]
pub(super) fn ViewBar(desk: DeskState) -> impl IntoView {
    let i18n = use_i18n();
    let percent =
        Memo::new(move |_| (desk.camera.with(|camera| camera.scale()) * 100.0).round() as i64);
    let words = move || {
        let percent = percent.get().to_string();
        filled(t_string!(i18n, desk.zoom_percent), &[("percent", &percent)])
    };
    view! {
        <div class="rim__zoom" role="group" aria-label=text!(desk.view)>
            <IconButton
                label=text!(desk.zoom_out)
                icon=IconName::Minus
                key="-"
                on_press=move |()| desk.zoom_out()
            />
            <button
                type="button"
                class="button button--bare rim__percent tabular"
                aria-label=move || [&*words(), ". ", t_string!(i18n, desk.zoom_actual)].concat()
                data-tip=text!(desk.zoom_actual)
                data-tip-side="above"
                data-testid="zoom"
                on:click=move |_| desk.zoom_to_whole()
            >
                {words}
            </button>
            <IconButton
                label=text!(desk.zoom_in)
                icon=IconName::Plus
                key="+"
                on_press=move |()| desk.zoom_in()
            />
            <IconButton
                label=text!(desk.zoom_fit)
                icon=IconName::Fit
                key="1"
                tip=TipSide::Left
                on_press=move |()| desk.fit()
            />
        </div>
    }
}
