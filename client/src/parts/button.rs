//! Buttons. One black button on a screen: the next thing that most people want.

use super::icon::{Icon, IconName};
use leptos::{prelude::*, text_prop::TextProp};

/// How much a button asks for.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    /// The one black button.
    Primary,
    /// With an edge.
    #[default]
    Quiet,
    /// Takes something away.
    Danger,
}

/// How large a button is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ButtonSize {
    /// 36 px, 44 px on touch.
    #[default]
    Usual,
    /// 52 px: the one thing to do on a page or a phone.
    Large,
}

/// What pressing does in a form.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ButtonRole {
    /// Only calls `on_press`.
    #[default]
    Press,
    /// Sends the form that it stands in.
    Submit,
}

pub(crate) fn button_class(kind: ButtonKind, size: ButtonSize) -> String {
    let kind = match kind {
        ButtonKind::Primary => "button button--primary",
        ButtonKind::Quiet => "button button--quiet",
        ButtonKind::Danger => "button button--danger",
    };
    let size = match size {
        ButtonSize::Usual => "",
        ButtonSize::Large => " button--large",
    };
    [kind, size].concat()
}

/// A button with words.
///
/// One that cannot be pressed now stays where it is and can be reached, so that nobody loses their
/// place; it then does nothing.
#[component]
pub(crate) fn Button(
    /// What it says.
    #[prop(into)]
    label: TextProp,
    /// How much it asks for.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// What it does in a form.
    #[prop(optional)]
    role: ButtonRole,
    /// Before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Whether pressing does nothing now.
    #[prop(optional, into)]
    is_disabled: Signal<bool>,
    /// Its name for tests.
    #[prop(optional)]
    hook: Option<&'static str>,
    /// What pressing does.
    #[prop(optional, into)]
    on_press: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let press = move |event: web_sys::MouseEvent| {
        if is_disabled.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if role == ButtonRole::Submit { "submit" } else { "button" }
            class=button_class(kind, size)
            data-testid=hook
            aria-disabled=move || is_disabled.get().then_some("true")
            on:click=press
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span class="button__label">{move || label.get()}</span>
        </button>
    }
}

/// Where a tooltip stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum TipSide {
    /// Over the button.
    #[default]
    Above,
    /// Over it, from its left edge on: at the left edge of a screen.
    AboveStart,
    /// Under it, up to its right edge: at the right edge of a screen.
    BelowEnd,
    /// On its right.
    Right,
    /// On its left.
    Left,
}

impl TipSide {
    const fn name(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::AboveStart => "above-start",
            Self::BelowEnd => "below-end",
            Self::Right => "right",
            Self::Left => "left",
        }
    }
}

/// A button with a mark only; its words are its name and its tooltip.
#[component]
pub(crate) fn IconButton(
    /// Its name, in words.
    #[prop(into)]
    label: TextProp,
    /// Its mark.
    icon: IconName,
    /// The key that does the same, as it stands on the keyboard: shown in the tooltip.
    #[prop(optional)]
    key: Option<&'static str>,
    /// Where its tooltip stands.
    #[prop(optional)]
    tip: TipSide,
    /// For a button that stays pressed: whether it is.
    #[prop(optional, into)]
    is_pressed: Option<Signal<bool>>,
    /// Whether pressing does nothing now.
    #[prop(optional, into)]
    is_disabled: Signal<bool>,
    /// More class names, such as `tool--problem`.
    #[prop(optional)]
    class: &'static str,
    /// Its name for tests.
    #[prop(optional)]
    hook: Option<&'static str>,
    /// What pressing does.
    #[prop(into)]
    on_press: UnsyncCallback<()>,
) -> impl IntoView {
    let tip_text = {
        let label = label.clone();
        move || match key {
            Some(key) => [&*label.get(), "  ", key].concat(),
            None => label.get().to_string(),
        }
    };
    view! {
        <button
            type="button"
            class=["button button--icon ", class].concat()
            data-testid=hook
            aria-label=move || label.get()
            aria-keyshortcuts=key
            aria-pressed=move || is_pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            aria-disabled=move || is_disabled.get().then_some("true")
            data-tip=tip_text
            data-tip-side=tip.name()
            on:click=move |_| {
                if !is_disabled.get_untracked() {
                    on_press.run(());
                }
            }
        >
            <Icon name=icon/>
        </button>
    }
}
