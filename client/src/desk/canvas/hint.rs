//! What an empty board says.

use super::stage::Stage;
use crate::i18n::t_string;
use crate::parts::flow::Show;
use leptos::prelude::*;

#[component]
pub(super) fn EmptyHint(stage: Stage) -> impl IntoView {
    let state = stage.desk.replica.state;
    let i18n = stage.i18n;
    let is_empty = Memo::new(move |_| {
        state.is_open.get()
            && state.note_count.get() == 0
            && state.clusters.with(Vec::is_empty)
            && stage.desk.editing.with(Option::is_none)
    });
    view! {
        <Show when=move || is_empty.get()>
            <div class="empty-hint">
                <p class="empty-hint__title">{move || t_string!(i18n, desk.empty_title)}</p>
                <p class="empty-hint__text">
                    {move || {
                        if stage.desk.replica.may_write() {
                            t_string!(i18n, desk.empty_text)
                        } else {
                            t_string!(i18n, desk.read_only)
                        }
                    }}
                </p>
            </div>
        </Show>
    }
}
