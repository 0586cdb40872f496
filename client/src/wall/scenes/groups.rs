//! Groups were made: each with its colour and name, how many are in it, with how many voices, and its own
//! code for a camera.

use super::super::join::join_link;
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::qr::QrCode,
    replica::Replica,
    session::group::{group_class, group_name},
};
use leptos::prelude::*;
use samtavle_shared::session::GroupView;

/// With more groups than this a code would be too small for a camera at the back.
pub(in crate::wall) const MOST_WITH_CODE: usize = 6;

/// All groups.
#[component]
pub(super) fn Groups(replica: Replica) -> impl IntoView {
    let groups = replica.session.part(|view| view.groups.clone());
    let class = move || match groups.read().len() {
        0..=3 => "wall__groups wall__groups--coded wall__groups--few",
        4 => "wall__groups wall__groups--coded wall__groups--four",
        5..=MOST_WITH_CODE => "wall__groups wall__groups--coded",
        9 => "wall__groups wall__groups--named",
        7 | 8 | 10..=12 => "wall__groups wall__groups--named wall__groups--many",
        _ => "wall__groups wall__groups--most",
    };
    let cards = move || {
        let groups = groups.get();
        let has_code = groups.len() <= MOST_WITH_CODE;
        groups
            .into_iter()
            .map(|group| view! { <GroupCard replica group has_code/> })
            .collect_view()
    };
    view! {
        <section class="wall__sheet" data-testid="wall-groups">
            <h2 class="wall__sheet-title">{text!(wall.groups)}</h2>
            <ul class=class>{cards}</ul>
        </section>
    }
}

#[component]
fn GroupCard(replica: Replica, group: GroupView, has_code: bool) -> impl IntoView {
    let i18n = use_i18n();
    let id = group.group.id;
    let name = move || group_name(i18n.get_locale(), id);
    let people = move || {
        counted(
            group.people as usize,
            t_string!(i18n, wall.people_1),
            t_string!(i18n, wall.people_n),
        )
    };
    let voices = move || {
        (group.voices > 0).then(|| {
            counted(
                group.voices as usize,
                t_string!(i18n, note.voices_1),
                t_string!(i18n, note.voices_n),
            )
        })
    };
    let code = Signal::derive(move || {
        join_link(replica).map_or_else(String::new, |link| {
            [&*link, "?group=", &*id.0.to_string()].concat()
        })
    });
    let label = move || filled(t_string!(i18n, wall.group_qr), &[("group", &name())]);
    view! {
        <li class=["wall__group ", group_class(id)].concat() data-group=id.0.to_string()>
            <p class="wall__group-name"><span class="group-mark" aria-hidden="true"></span>{name}</p>
            <div class="wall__group-words">
                <p>{people}</p>
                <p>{move || voices().unwrap_or_default()}</p>
            </div>
            {move || (has_code && !code.read().is_empty()).then(|| view! { <QrCode text=code label=label/> })}
        </li>
    }
}
