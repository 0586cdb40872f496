//! What participants may do with what is not theirs.

use super::super::Lead;
use crate::i18n::text;
use leptos::{prelude::*, text_prop::TextProp};
use samtavle_shared::session::{Command, MayDelete, MayRename, Rights};

pub(super) fn body(lead: Lead) -> AnyView {
    let rights = lead.replica.session.part(|view| view.rights);
    let ask = move |rights: Rights| lead.ask(Command::SetRights { rights });
    let delete = move || {
        let now = rights.get_untracked();
        let delete = match now.delete {
            MayDelete::Everybody => MayDelete::Writers,
            MayDelete::Writers => MayDelete::Everybody,
        };
        ask(Rights { delete, ..now });
    };
    let rename = move || {
        let now = rights.get_untracked();
        let rename = match now.rename {
            MayRename::Everybody => MayRename::Facilitators,
            MayRename::Facilitators => MayRename::Everybody,
        };
        ask(Rights { rename, ..now });
    };
    let only_writers = Signal::derive(move || rights.get().delete == MayDelete::Writers);
    let only_leads = Signal::derive(move || rights.get().rename == MayRename::Facilitators);
    view! {
        <div class="stack">
            <div class="options" role="group" aria-label=text!(lead.rights)>
                {option(text!(rights.delete).into(), text!(rights.delete_hint).into(), "right-delete", only_writers, delete)}
                {option(text!(rights.rename).into(), text!(rights.rename_hint).into(), "right-rename", only_leads, rename)}
            </div>
        </div>
    }
    .into_any()
}

/// One that is on or off.
fn option(
    label: TextProp,
    hint: TextProp,
    hook: &'static str,
    is_on: Signal<bool>,
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="option option--tick"
            role="switch"
            data-testid=hook
            aria-checked=move || if is_on.get() { "true" } else { "false" }
            on:click=move |_| on_press()
        >
            <span class="option__name">{move || label.get()}</span>
            <span class="option__hint">{move || hint.get()}</span>
        </button>
    }
}
