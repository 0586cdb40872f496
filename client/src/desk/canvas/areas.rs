//! The groups' places on the board: calm tinted regions with the group's name, under everything.

use super::{short, stage::Stage, translate};
use crate::{
    i18n::{language::filled, t_string},
    parts::flow::For,
    session::group::{group_class, group_name},
};
use leptos::prelude::*;

#[component]
pub(super) fn GroupAreas(stage: Stage) -> impl IntoView {
    let i18n = stage.i18n;
    let groups = stage.desk.replica.session.part(|view| {
        let groups = view.groups.iter();
        groups.map(|known| known.group).collect::<Vec<_>>()
    });
    let px = |length: f64| [&short(length), "px"].concat();
    // A group whose place changed is another one to the list.
    let key = |group: &samtavle_shared::session::Group| {
        let rect = group.area;
        (
            group.id.0,
            [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f64::to_bits),
        )
    };
    view! {
        <For each=move || groups.get() key let:group>
            <div
                class=["group-area ", group_class(group.id)].concat()
                role="group"
                data-group=group.id.0.to_string()
                aria-label=move || {
                    let name = group_name(i18n.get_locale(), group.id);
                    filled(t_string!(i18n, note.group_area), &[("group", &name)])
                }
                style:transform=translate(group.area.min.x, group.area.min.y)
                style:width=px(group.area.width())
                style:height=px(group.area.height())
            >
                <span class="group-area__name">{move || group_name(i18n.get_locale(), group.id)}</span>
            </div>
        </For>
    }
}
