//! Lines around what is selected: the person's own when the board is a picture, and the others'.

use super::{
    short,
    stage::{Distance, Stage},
    translate,
};
use crate::parts::flow::For;
use leptos::{either::Either, prelude::*};
use samtavle_shared::ids::NoteId;

/// More lines than this say nothing.
const MOST: usize = 200;

/// The person's own selection in the far picture; near by the notes themselves show it.
#[component]
pub(super) fn OwnOutlines(stage: Stage) -> impl IntoView {
    let notes = move || match stage.distance.get() {
        Distance::Near => Vec::new(),
        Distance::Far => stage
            .desk
            .selection
            .with(|selection| selection.notes.iter().take(MOST).cloned().collect()),
    };
    view! {
        <For each=notes key=Clone::clone let:id>
            <Outline stage id class="outline outline--own"/>
        </For>
    }
}

/// A line around a note, wherever it goes.
#[component]
#[allow(
    clippy::needless_pass_by_value,
    reason = "properties of a component are its own"
)]
pub(super) fn Outline(stage: Stage, id: NoteId, class: &'static str) -> impl IntoView {
    let Some(signals) = stage.desk.replica.state.note(&id) else {
        return Either::Left(());
    };
    let seen = Memo::new(move |_| signals.seen_rect());
    let px = |length: f64| [&short(length), "px"].concat();
    Either::Right(view! {
        <div
            class=class
            aria-hidden="true"
            style:transform=move || { let rect = seen.get(); translate(rect.min.x, rect.min.y) }
            style:width=move || px(seen.get().width())
            style:height=move || px(seen.get().height())
        ></div>
    })
}
