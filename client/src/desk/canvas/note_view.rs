//! One note near by: an element of its own, drawn anew only when it changes.

use super::{
    super::{
        Editing,
        writing::{Carets, NoteField},
    },
    stage::Stage,
    translate,
};
use crate::{
    i18n::t_string,
    parts::{
        kinds::{KindMark, kind_name, note_class},
        language::filled,
    },
    tools::Drop,
};
use leptos::{either::Either, prelude::*};
use samtavle_shared::{board::NoteKind, ids::NoteId};

/// A note that was posted within so many milliseconds is seen to land.
const NEW_MS: f64 = 1_500.0;
/// Above all that lies: what is dragged, and what is written on.
const ON_TOP: usize = 100_000;

#[component]
pub(super) fn NoteView(stage: Stage, id: NoteId) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let Some(signals) = desk.replica.state.note(&id) else {
        return Either::Left(());
    };
    let note = signals.note.clone();
    let of = NodeRef::new();

    let kind = Memo::new({
        let note = note.clone();
        move |_| note.with(|note| note.kind)
    });
    let text = Memo::new({
        let note = note.clone();
        move |_| note.with(|note| note.text.clone())
    });
    // The title of its cluster: who cannot see the frame hears where the note belongs.
    let cluster = Memo::new({
        let note = note.clone();
        move |_| {
            let cluster = note.with(|note| note.cluster.clone())?;
            Some(
                desk.replica
                    .state
                    .cluster(&cluster)?
                    .with(|shape| shape.cluster.title.clone()),
            )
        }
    });
    let is_selected = Memo::new({
        let id = id.clone();
        move |_| {
            desk.selection
                .with(|selection| selection.notes.contains(&id))
        }
    });
    let is_written = Memo::new({
        let id = id.clone();
        move |_| {
            desk.editing
                .with(|editing| matches!(editing, Some(Editing::Note(note)) if *note == id))
        }
    });
    let is_target = Memo::new({
        let id = id.clone();
        move |_| {
            stage
                .drop
                .with(|drop| matches!(drop, Drop::Pair(note) if *note == id))
        }
    });
    let is_lifted = Memo::new({
        let lift = signals.lift.clone();
        move |_| lift.with(Option::is_some)
    });
    let seen = Memo::new(move |_| signals.seen_rect());
    let height_in_stack = Memo::new({
        let id = id.clone();
        move |_| {
            stage
                .stack
                .with(|stack| stack.get(&id).copied().unwrap_or_default())
        }
    });

    let age = crate::replica::Replica::now_ms() - note.with_untracked(|note| note.at);
    let is_new = (-NEW_MS..NEW_MS).contains(&age); // clocks differ
    let class = move || {
        let mut class = String::with_capacity(96);
        class.push_str(note_class(kind.get()));
        class.push_str(" canvas__note");
        if is_new {
            class.push_str(" canvas__note--lands");
        }
        let marks = [
            (is_selected.get(), " note--selected"),
            (is_written.get(), " note--editing"),
            (is_lifted.get(), " note--lifted"),
            (is_target.get(), " note--target"),
        ];
        for (_, mark) in marks.into_iter().filter(|(is_so, _)| *is_so) {
            class.push_str(mark);
        }
        class
    };
    let name = move || {
        let text = text.get();
        let text = if text.trim().is_empty() {
            t_string!(i18n, note.without_text).to_owned()
        } else {
            text
        };
        let kind = kind_name(i18n.get_locale(), kind.get());
        match cluster.get() {
            Some(title) => {
                let title = if title.is_empty() {
                    t_string!(i18n, cluster.untitled)
                } else {
                    &title
                };
                let values = [("kind", kind), ("text", &*text), ("cluster", title)];
                filled(t_string!(i18n, note.label_in_cluster), &values)
            }
            None => filled(
                t_string!(i18n, note.label),
                &[("kind", kind), ("text", &text)],
            ),
        }
    };
    let hint = move || match kind.get() {
        _ if !text.with(String::is_empty) => None,
        NoteKind::Problem => Some(t_string!(i18n, note.empty_problem)),
        NoteKind::Habit => Some(t_string!(i18n, note.empty_habit)),
        NoteKind::Idea => Some(t_string!(i18n, note.empty_idea)),
        NoteKind::Plan => Some(t_string!(i18n, note.empty_plan)),
        NoteKind::Other => Some(t_string!(i18n, note.empty)),
    };
    let layer = move || {
        let lifted = if is_lifted.get() || is_written.get() {
            ON_TOP
        } else {
            0
        };
        (height_in_stack.get() + lifted).to_string()
    };
    // When writing ends here the keys are the note's again.
    Effect::new({
        let id = id.clone();
        move |was_written: Option<bool>| {
            let is_written = is_written.get();
            if was_written == Some(true) && !is_written && is_on_nothing() {
                stage.focus_note(&id);
            }
            is_written
        }
    });
    let hook = id.to_string();
    let field = id.clone();
    Either::Right(view! {
        <article
            class=class
            data-note=hook
            tabindex="-1"
            aria-label=name
            style:transform=move || { let rect = seen.get(); translate(rect.min.x, rect.min.y) }
            style:height=move || [&seen.get().height().to_string(), "px"].concat()
            style:z-index=layer
        >
            <div class="note__body">
                <div class="note__text" node_ref=of data-hint=hint>{move || text.get()}</div>
                {move || is_written.get().then(|| view! { <NoteField desk note=field.clone()/> })}
                <Carets desk note=id of/>
            </div>
            <div class="note__foot">
                {move || view! { <KindMark kind=kind.get()/> }}
                <span>{move || kind_name(i18n.get_locale(), kind.get())}</span>
            </div>
        </article>
    })
}

/// Whether the focus is on nothing: what had it has gone.
fn is_on_nothing() -> bool {
    document()
        .active_element()
        .is_none_or(|element| matches!(element.tag_name().as_str(), "BODY" | "TEXTAREA"))
}
