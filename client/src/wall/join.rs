//! How to join: the address, the code, and a picture of both for a camera.

use crate::parts::flow::Show;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{language::filled, prompt::prompt_of_template, qr::QrCode},
    replica::Replica,
};
use leptos::prelude::*;

fn host() -> String {
    window().location().host().unwrap_or_default()
}

fn join_link(replica: Replica) -> Option<String> {
    let origin = window().location().origin().ok()?;
    Some([&*origin, "/join/", &*replica.code.get()?].concat())
}

/// The words and the code.
#[component]
fn JoinWords(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="wall__join-at">{move || filled(t_string!(i18n, wall.join_at), &[("host", &host())])}</p>
        <p class="wall__code code" data-testid="join-code">{move || replica.code.get()}</p>
    }
}

/// At the rim, while there are notes.
#[component]
pub(super) fn JoinBox(replica: Replica) -> impl IntoView {
    view! {
        <Show when=move || replica.code.read().is_some()>
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

/// In the middle, on an empty board.
#[component]
pub(super) fn Invitation(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let hint = move || {
        let asked = replica
            .state
            .template
            .get()
            .and_then(|template| prompt_of_template(i18n.get_locale(), template));
        asked.map_or(t_string!(i18n, wall.empty), |(_, hint)| hint)
    };
    view! {
        <section class="wall__invitation">
            <Show when=move || replica.code.read().is_some()>
                <QrCode
                    text=Signal::derive(move || join_link(replica).unwrap_or_default())
                    label=text!(wall.join_qr)
                />
            </Show>
            <div class="wall__invitation-words">
                <Show when=move || replica.code.read().is_some()><JoinWords replica/></Show>
                <p class="wall__hint">{hint}</p>
            </div>
        </section>
    }
}
