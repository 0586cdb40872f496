//! Above the map: what lies so far away that it is not on it.

use super::super::DeskState;
use crate::{
    i18n::{td_string, use_i18n},
    notes::whole::FarAway,
    parts::notice::use_notices,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::NoteId,
    layout::{Faraway, Thing},
};

#[component]
pub(super) fn DeskFarAway(desk: DeskState) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let show = move |there: Faraway| {
        let notes = there.things.into_iter().filter_map(|thing| match thing {
            Thing::Note(id) => Some(id),
            Thing::Cluster(_) | Thing::Image(_) => None,
        });
        desk.select(notes.collect());
        desk.look_at(there.around);
    };
    let fetched = move |notes: Vec<NoteId>| {
        desk.select(notes);
        desk.fit();
        notices.show(td_string!(i18n.get_locale_untracked(), note.far_fetched));
    };
    // While it stands there, what is fitted lies beside it; the panel of who leads takes the side already.
    let covers = move || (desk.side.get() <= 0.0).then_some("right");
    view! {
        <div data-covers=covers>
            <FarAway replica=desk.replica findings=desk.findings on_show=show on_fetched=fetched/>
        </div>
    }
}
