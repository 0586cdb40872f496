//! Hidden notes: kept, on no screen, shown again with one press.

use super::super::Lead;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::Button,
        flow::{For, Show},
        kinds::kind_name,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::Command;

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let hidden = replica.session.part(|view| view.hidden.clone());
    view! {
        <div class="stack">
            <p class="lead__quiet">{text!(lead.hidden_text)}</p>
            <Show
                when=move || hidden.with(|hidden| !hidden.is_empty())
                fallback=move || view! { <p>{text!(lead.hidden_none)}</p> }
            >
                <ul class="rows" data-testid="lead-hidden-notes">
                    <For each=move || hidden.get() key=|note| note.clone() let:id>
                        {
                            let note = replica.any_note(&id);
                            view! {
                                <li class="rows__one">
                                    <span class="rows__main" dir="auto">
                                        {move || {
                                            match &note {
                                                Some(note) if !note.text.is_empty() => note.text.clone(),
                                                Some(note) => kind_name(i18n.get_locale(), note.kind).to_owned(),
                                                None => t_string!(i18n, note.without_text).to_owned(),
                                            }
                                        }}
                                    </span>
                                    <Button
                                        label=text!(lead.restore)
                                        on_press=move |()| lead.ask(Command::Restore { note: id.clone() })
                                    />
                                </li>
                            }
                        }
                    </For>
                </ul>
            </Show>
        </div>
    }
    .into_any()
}
