//! The four kinds of note: their names, and the row to choose one from.

use super::{
    choice::step_by_arrow,
    flow::For,
    icon::{Icon, IconName},
};
use crate::i18n::{Locale, td_string, text, use_i18n};
use leptos::prelude::*;
use samtavle_shared::board::NoteKind;

/// What a kind is called, in a language.
pub(crate) fn kind_name(locale: Locale, kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Problem => td_string!(locale, note.kind_problem),
        NoteKind::Habit => td_string!(locale, note.kind_habit),
        NoteKind::Idea => td_string!(locale, note.kind_idea),
        NoteKind::Plan => td_string!(locale, note.kind_plan),
        NoteKind::Other => td_string!(locale, note.kind_unknown),
    }
}

/// The class names of a note of this kind: its paper, shape and ink.
pub(crate) const fn note_class(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Problem => "note note--problem",
        NoteKind::Habit => "note note--habit",
        NoteKind::Idea => "note note--idea",
        NoteKind::Plan => "note note--plan",
        NoteKind::Other => "note",
    }
}

/// The mark at the foot of a note.
#[component]
pub(crate) fn KindMark(
    /// The note's kind; one that we don't know has no mark.
    kind: NoteKind,
    /// Struck through: a habit that is broken.
    #[prop(optional)]
    is_struck: bool,
) -> impl IntoView {
    IconName::of_kind(kind).map(|name| {
        view! {
            <svg class="icon note__mark" viewBox="0 0 24 24" aria-hidden="true">
                <path d=name.path()></path>
                {is_struck.then(|| view! { <path d=STRUCK></path> })}
            </svg>
        }
    })
}

/// The line through the mark of what is broken, on the icons' grid. Also for canvas tiles.
pub(crate) const STRUCK: &str = "M3 21 21 3";

/// The four kinds to choose from, told apart by shape, mark and colour.
#[component]
pub(crate) fn KindPicker(
    /// The chosen kind.
    kind: RwSignal<NoteKind>,
    /// Those that stand first: what the present phase asks for.
    #[prop(optional)]
    first: Option<Signal<Vec<NoteKind>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ordered = Memo::new(move |_| {
        let mut kinds = first.map(|first| first.get()).unwrap_or_default();
        kinds.retain(|kind| NoteKind::ALL.contains(kind));
        for kind in NoteKind::ALL {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    });
    let one = move |each: NoteKind| {
        let class = match each {
            NoteKind::Problem => "kind kind--problem",
            NoteKind::Habit => "kind kind--habit",
            NoteKind::Idea => "kind kind--idea",
            NoteKind::Plan | NoteKind::Other => "kind kind--plan",
        };
        view! {
            <button
                type="button"
                class=class
                role="radio"
                aria-checked=move || if kind.get() == each { "true" } else { "false" }
                tabindex=move || if kind.get() == each { "0" } else { "-1" }
                on:click=move |_| kind.set(each)
            >
                {IconName::of_kind(each).map(|name| view! { <Icon name/> })}
                <span class="kind__name">{move || kind_name(i18n.get_locale(), each)}</span>
            </button>
        }
    };
    view! {
        <div
            class="kinds"
            role="radiogroup"
            aria-label=text!(note.choose_kind)
            on:keydown=|event| step_by_arrow(&event)
        >
            <For each=move || ordered.get() key=|kind| *kind let:kind>
                {one(kind)}
            </For>
        </div>
    }
}
