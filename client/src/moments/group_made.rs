//! I was seated in a group: which, and how many voices it has.

use super::{MomentState, state::Once};
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::button::Button,
    session::group::{group_class, group_name, voices_in_words},
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
        let locale = i18n.get_locale();
        let name = group_name(locale, group);
        match voices.get() {
            0 => filled(t_string!(i18n, moment.group), &[("group", &name)]),
            count => filled(
                t_string!(i18n, session.in_group_with),
                &[
                    ("group", &name),
                    ("voices", &voices_in_words(locale, count)),
                ],
            ),
        }
    };
    view! {
        <div class="moment__body" data-testid="moment-group">
            <h2 class=["moment__title moment__group ", group_class(group)].concat()>{title}</h2>
            <p class="moment__hint">{text!(moment.group_lands)}</p>
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
