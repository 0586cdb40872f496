//! One of a few, side by side: a radio group that looks like a row of words.

use super::icon::{Icon, IconName};
use leptos::{html, prelude::*, text_prop::TextProp};
use wasm_bindgen::JsCast;

/// One that can be chosen.
pub(crate) struct Choice<T> {
    /// What choosing it gives.
    pub(crate) value: T,
    /// Its words.
    pub(crate) label: TextProp,
    /// Its mark, before the words.
    pub(crate) icon: Option<IconName>,
}

/// A row to choose one from. Arrows move the choice.
pub(crate) fn choice_row<T>(
    label: TextProp,
    choices: Vec<Choice<T>>,
    chosen: Signal<T>,
    choose: UnsyncCallback<(T,)>,
) -> AnyView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let group = NodeRef::<html::Div>::new();
    let rows = choices
        .into_iter()
        .map(|choice| {
            let Choice { value, label, icon } = choice;
            view! {
                <button
                    type="button"
                    class="choice__one"
                    role="radio"
                    aria-checked=move || if chosen.get() == value { "true" } else { "false" }
                    tabindex=move || if chosen.get() == value { "0" } else { "-1" }
                    on:click=move |_| choose.run((value,))
                >
                    {icon.map(|name| view! { <Icon name/> })}
                    <span>{move || label.get()}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <div
            node_ref=group
            class="choice"
            role="radiogroup"
            aria-label=move || label.get()
            on:keydown=move |event| step_by_arrow(&event)
        >
            {rows}
        </div>
    }
    .into_any()
}

/// Arrow keys in a radio group: presses the neighbour and moves the focus to it.
pub(crate) fn step_by_arrow(event: &web_sys::KeyboardEvent) {
    let is_forward = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => true,
        "ArrowLeft" | "ArrowUp" => false,
        _ => return,
    };
    let Some(present) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let Some(present) = present.closest("[role=radio]").ok().flatten() else {
        return;
    };
    let parent = present.parent_element();
    let next = if is_forward {
        present
            .next_element_sibling()
            .or_else(|| parent?.first_element_child())
    } else {
        present
            .previous_element_sibling()
            .or_else(|| parent?.last_element_child())
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        event.stop_propagation();
        next.click();
        let _ = next.focus();
    }
}
