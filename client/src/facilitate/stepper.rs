//! A small number with a minus and a plus, or typed.

use crate::{
    i18n::text,
    parts::{
        button::{IconButton, TipSide},
        icon::IconName,
    },
};
use leptos::{prelude::*, text_prop::TextProp};

/// A number between two others.
#[component]
pub(super) fn Stepper(
    /// What it counts.
    #[prop(into)]
    label: TextProp,
    /// The number.
    value: RwSignal<u16>,
    /// The least.
    #[prop(default = 1)]
    least: u16,
    /// The most.
    #[prop(into)]
    most: Signal<u16>,
) -> impl IntoView {
    let name = label.clone();
    let typed_name = label.clone();
    let set = move |wanted: i32| {
        let most = i32::from(most.get_untracked());
        let wanted = wanted.clamp(i32::from(least), most.max(i32::from(least)));
        value.set(u16::try_from(wanted).unwrap_or(least));
    };
    let step = move |by: i32| set(i32::from(value.get_untracked()) + by);
    // What is no number goes back to what it was.
    let typed = move |text: &str| set(text.trim().parse().unwrap_or(value.get_untracked().into()));
    view! {
        <div class="stepper" role="group" aria-label=move || name.get()>
            <span class="stepper__label">{move || label.get()}</span>
            <IconButton
                label=text!(lead.fewer)
                icon=IconName::Minus
                tip=TipSide::Above
                is_disabled=Signal::derive(move || value.get() <= least)
                on_press=move |()| step(-1)
            />
            <input
                class="stepper__value tabular"
                type="number"
                inputmode="numeric"
                min=least.to_string()
                max=move || most.get().to_string()
                aria-label=move || typed_name.get()
                prop:value=move || value.get().to_string()
                on:change:target=move |event| {
                    let field = event.target();
                    typed(&field.value());
                    field.set_value(&value.get_untracked().to_string());
                }
            />
            <IconButton
                label=text!(lead.more_of)
                icon=IconName::Plus
                tip=TipSide::Above
                is_disabled=Signal::derive(move || value.get() >= most.get())
                on_press=move |()| step(1)
            />
        </div>
    }
}
