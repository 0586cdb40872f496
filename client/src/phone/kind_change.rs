//! Another kind for a note that is written already: a list as the phone itself shows lists.

use super::state::PhoneState;
use crate::{
    i18n::{text, use_i18n},
    parts::{fresh_id, kinds::kind_name},
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{BoardChange, NoteKind},
    ids::NoteId,
};

/// The note's kind, to be changed.
#[component]
pub(super) fn KindChange(phone: PhoneState, id: NoteId, kind: Memo<NoteKind>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let name = fresh_id("kind");
    let options = NoteKind::ALL
        .into_iter()
        .map(|each| {
            view! {
                <option value=each.name() selected=move || kind.get() == each>
                    {move || kind_name(i18n.get_locale(), each)}
                </option>
            }
        })
        .collect_view();
    view! {
        <label class="visually-hidden" for=name.clone()>{text!(note.choose_kind)}</label>
        <select
            id=name
            class="select row-note__rekind"
            data-testid="note-kind"
            prop:value=move || kind.get().name()
            on:change=move |event| {
                let chosen = NoteKind::read(&event_target_value(&event));
                replica.new_step();
                replica.change_of(&BoardChange::Note(id.clone()), |change| change.set_kind(&id, chosen));
                replica.new_step();
            }
        >
            {options}
        </select>
    }
}
