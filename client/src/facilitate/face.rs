//! A tool's face: its mark, its name, and what it does in five words.

use crate::{
    i18n::{Locale, use_i18n},
    parts::icon::{Icon, IconName},
};
use leptos::prelude::*;

/// A button's mark, words, and the name that tests find it by.
pub(super) struct Face {
    pub(super) icon: IconName,
    pub(super) label: fn(Locale) -> &'static str,
    pub(super) hint: fn(Locale) -> &'static str,
    pub(super) hook: &'static str,
}

/// The button.
pub(super) fn face_button(face: &Face, press: impl Fn() + 'static) -> AnyView {
    let i18n = use_i18n();
    let Face {
        icon,
        label,
        hint,
        hook,
    } = *face;
    view! {
        <button
            type="button"
            class="button button--quiet lead__tool"
            data-testid=hook
            on:click=move |_| press()
        >
            <Icon name=icon />
            <span class="lead__tool-name">{move || label(i18n.get_locale())}</span>
            <span class="lead__tool-hint">{move || hint(i18n.get_locale())}</span>
        </button>
    }
    .into_any()
}
