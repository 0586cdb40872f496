//! Which column of a pasted table stands on the notes. Enter takes the first.

use super::say;
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, ButtonRole},
        dialog::Dialog,
        sheet::open_while,
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::paste::{self, Columns};

/// Notes that are shown of those that there will be.
const SHOWN: usize = 3;

/// Asks as long as there is something to ask about.
#[component]
pub(crate) fn AskColumn(
    /// The table.
    asked: RwSignal<Option<Columns>>,
    /// Gets the notes.
    on_notes: UnsyncCallback<(Vec<String>,)>,
) -> impl IntoView {
    let open = open_while(asked);
    view! {
        <Dialog title=text!(paste.title) open>
            {move || {
                let columns = asked.get_untracked()?;
                Some(view! { <Asking columns asked on_notes/> })
            }}
        </Dialog>
    }
}

#[component]
fn Asking(
    columns: Columns,
    asked: RwSignal<Option<Columns>>,
    on_notes: UnsyncCallback<(Vec<String>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let whole = columns.count();
    let headings: Vec<String> = (0..whole)
        .map(|choice| columns.heading(choice).to_owned())
        .collect();
    let columns = StoredValue::new(columns);
    let chosen = RwSignal::new(0);
    let notes = Memo::new(move |_| {
        columns.with_value(|columns| match chosen.get() {
            choice if choice == whole => columns.whole_rows(),
            choice => columns.notes(choice),
        })
    });
    let trouble = move || {
        let too_much = paste::check(&notes.read()).err()?;
        Some(say::too_much(i18n.get_locale(), too_much))
    };
    let is_too_much = Memo::new(move |_| paste::check(&notes.read()).is_err());
    let take = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !is_too_much.get_untracked() {
            let notes = notes.get_untracked();
            asked.set(None);
            on_notes.run((notes,));
        }
    };
    let first = NodeRef::<html::Input>::new();
    first.on_load(|first| {
        // When the dialog is open: an element in a closed one takes no focus.
        request_animation_frame(move || {
            let _ = first.focus();
        });
    });
    let row = |choice: usize, heading: AnyView| {
        view! {
            <label class="ask-column__one">
                <input
                    node_ref=if choice == 0 { first } else { NodeRef::new() }
                    type="radio"
                    name="column"
                    data-testid="paste-column"
                    prop:checked=move || chosen.get() == choice
                    on:change=move |_| chosen.set(choice)
                />
                <span class="ask-column__heading" dir="auto">{heading}</span>
            </label>
        }
    };
    let rows: Vec<_> = headings
        .into_iter()
        .enumerate()
        .map(|(choice, heading)| row(choice, heading.into_any()))
        .collect();
    let all = row(whole, text!(paste.whole_row).into_any());
    let shown = move || {
        let notes = notes.read();
        let shown = notes.iter().take(SHOWN).cloned();
        shown
            .map(|note| view! { <li class="ask-column__note" dir="auto">{note}</li> })
            .collect_view()
    };
    let more = move || {
        let more = notes.read().len().saturating_sub(SHOWN);
        (more > 0).then(|| {
            counted(
                more,
                t_string!(i18n, paste.more_1),
                t_string!(i18n, paste.more_n),
            )
        })
    };
    let label = move || {
        let count = notes.read().len();
        counted(
            count,
            t_string!(i18n, paste.make_1),
            t_string!(i18n, paste.make_n),
        )
    };
    let label = Signal::derive(label);
    view! {
        <form class="stack" data-testid="paste-columns" on:submit=take>
            <fieldset class="ask-column">
                <legend>{text!(paste.which)}</legend>
                {rows}
                {all}
            </fieldset>
            <div class="ask-column__preview">
                <ul data-testid="paste-preview">{shown}</ul>
                <p>{more}</p>
            </div>
            <p class="field__error" role="alert">{trouble}</p>
            <div class="dialog__foot">
                <Button label=text!(common.cancel) on_press=move |()| asked.set(None)/>
                <Button
                    label=move || label.get()
                    kind=ButtonKind::Primary
                    role=ButtonRole::Submit
                    is_disabled=Signal::derive(move || is_too_much.get())
                    hook="paste-make"
                />
            </div>
        </form>
    }
}
