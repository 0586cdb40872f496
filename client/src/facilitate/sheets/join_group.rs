//! A group's own way in: a code for a camera and a link, for who comes late to that table.

use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{copy::CopyField, flow::Show, qr::QrCode},
    replica::Replica,
    session::group::group_name,
    site,
};
use leptos::prelude::*;
use samtavle_shared::session::GroupId;

/// Kept shut: one looks at one table's code at a time.
pub(super) fn join_group(replica: Replica, group: GroupId) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    // Through the join page, which hands the group on: so the picture is small, and holds no key.
    let link = Signal::derive(move || {
        let code = replica.join_code().unwrap_or_default();
        let group = group.0.to_string();
        site::link_to(&["join/", &*code, "?group=", &*group].concat())
    });
    let label = move || {
        filled(
            t_string!(i18n, lead.group_qr),
            &[("group", &group_name(i18n.get_locale(), group))],
        )
    };
    view! {
        <details class="group-card__join" on:toggle=move |_| is_open.update(|open| *open = !*open)>
            <summary>{text!(lead.group_join)}</summary>
            <Show when=move || is_open.get() && replica.join_code().is_some()>
                <QrCode text=link label=label />
                <CopyField label=label text=link />
            </Show>
        </details>
    }
}
