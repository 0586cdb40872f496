//! How to join: the address, the code, and a picture of both for a camera.

use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{flow::Show, qr::QrCode},
    replica::Replica,
    site,
};
use leptos::prelude::*;

/// Where a camera is led.
pub(super) fn join_link(replica: Replica) -> Option<String> {
    Some(site::link_to(
        &[
            "join/",
            &*replica.join_code().filter(|_| replica.invites())?,
        ]
        .concat(),
    ))
}

/// The words and the code.
#[component]
pub(super) fn JoinWords(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="wall__join-at">{move || filled(t_string!(i18n, wall.join_at), &[("host", &site::spoken())])}</p>
        <p class="wall__code code" data-testid="join-code">{move || replica.join_code()}</p>
    }
}

/// At the rim, while there are notes.
#[component]
pub(super) fn JoinBox(replica: Replica) -> impl IntoView {
    view! {
        <Show when=move || replica.invites()>
            <div class="wall__join">
                <div class="wall__join-words"><JoinWords replica/></div>
                <QrCode
                    text=Signal::derive(move || join_link(replica).unwrap_or_default())
                    label=text!(wall.join_qr)
                />
            </div>
        </Show>
    }
}
