//! A small number with a minus and a plus.

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
    let step = move |by: i32| {
        let most = i32::from(most.get_untracked());
        let wanted = (i32::from(value.get_untracked()) + by).clamp(i32::from(least), most);
        value.set(u16::try_from(wanted).unwrap_or(least));
    };
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
            <output class="stepper__value tabular" aria-live="polite">{move || value.get()}</output>
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
