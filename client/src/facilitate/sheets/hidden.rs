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
use samtavle_shared::{ids::NoteId, session::Command};

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let hidden = replica.session.part(|view| view.hidden.clone());
    // What it says is in the document no more: it is told to who facilitates.
    let said = move |id: &NoteId| {
        replica.session.lead.with(|lead| {
            let one = lead.hidden.iter().find(|one| one.note == *id);
            one.map_or_else(String::new, |one| one.text.clone())
        })
    };
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
                            let kind = replica.any_note(&id).map(|note| note.kind);
                            let asked = id.clone();
                            view! {
                                <li class="rows__one">
                                    <span class="rows__main" dir="auto">
                                        {move || {
                                            match (said(&asked), kind) {
                                                (said, _) if !said.is_empty() => said,
                                                (_, Some(kind)) => kind_name(i18n.get_locale(), kind).to_owned(),
                                                _ => t_string!(i18n, note.without_text).to_owned(),
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
