//! I was seated in a group: which, and how many voices it has.

use super::{MomentState, state::Once};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::Button,
        language::{counted, filled},
    },
    session::group::{group_class, group_name},
};
use leptos::prelude::*;
use samtavle_shared::session::GroupId;

/// The card.
#[component]
pub(super) fn GroupMade(moments: MomentState, group: GroupId) -> impl IntoView {
    let i18n = use_i18n();
    let voices = moments.replica.session.part(move |shared| {
        let known = shared.groups.iter().find(|known| known.group.id == group);
        known.map_or(0, |known| known.voices)
    });
    let title = move || {
        filled(
            t_string!(i18n, moment.group),
            &[("group", &group_name(i18n.get_locale(), group))],
        )
    };
    let with = move || {
        let count = voices.get();
        (count > 0).then(|| {
            counted(
                count as usize,
                t_string!(i18n, moment.group_voices_1),
                t_string!(i18n, moment.group_voices_n),
            )
        })
    };
    view! {
        <div class="moment__body" data-testid="moment-group">
            <h2 class=["moment__title moment__group ", group_class(group)].concat()>{title}</h2>
            <p class="moment__hint">{with} " " {text!(moment.group_lands)}</p>
            <div class="moment__acts">
                <Button
                    label=text!(moment.close)
                    on_press=move |()| moments.put_away(Once::Group, u32::from(group.0) + 1)
                    attr:data-testid="moment-close"
                />
            </div>
        </div>
    }
}
