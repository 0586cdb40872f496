//! Voices on the board: how many notes each has, so that a silence is seen while it can be mended.

use super::Lead;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::flow::{For, Show},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::VoiceId,
    session::{LocalizedText, Showing, Stage},
};

/// A voice and its notes.
#[derive(Clone, PartialEq)]
struct Bar {
    id: VoiceId,
    name: LocalizedText,
    notes: usize,
    /// Of the most that any voice has, in hundredths.
    share: usize,
}

/// The bars. None on an anonymous board, where no note says whose it is.
#[component]
pub(super) fn VoicesHeard(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let voices = replica.session.part(|view| {
        let shows = view.showing != Showing::Anonymous;
        let listed = view.voices.iter().filter(|_| shows);
        listed
            .map(|known| (known.voice.id.clone(), known.voice.name.clone()))
            .collect::<Vec<_>>()
    });
    let has_begun = replica.session.part(|view| view.stage != Stage::Gathering);
    let bars = Memo::new(move |_| {
        let written = replica.state.notes_by_voice();
        let notes_of = |id: &VoiceId| written.get(id).copied().unwrap_or_default();
        voices.with(|voices| {
            let most = voices.iter().map(|(id, _)| notes_of(id)).max().unwrap_or(0);
            let bar = |(id, name): &(VoiceId, LocalizedText)| {
                let notes = notes_of(id);
                Bar {
                    id: id.clone(),
                    name: name.clone(),
                    notes,
                    share: notes * 100 / most.max(1),
                }
            };
            voices.iter().map(bar).collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || has_begun.get() && voices.with(|voices| !voices.is_empty())>
            <div class="lead__heard">
                <h3 class="panel__title">{text!(lead.heard)}</h3>
                <ul class="lead__bars" data-testid="lead-heard">
                    <For
                        each=move || bars.get()
                        key=|bar| (bar.id.clone(), bar.notes, bar.share, bar.name.nb.clone())
                        let:bar
                    >
                        {
                            let is_heard = bar.notes > 0;
                            let width = [&*bar.share.to_string(), "%"].concat();
                            view! {
                                <li class="lead__bar" class:lead__bar--unheard=!is_heard>
                                    <span class="lead__bar-name" dir="auto">
                                        {move || Replica::words(&bar.name, i18n.get_locale())}
                                    </span>
                                    {if is_heard {
                                        view! { <span class="lead__bar-room"><span class="lead__bar-line" style:width=width></span></span> }.into_any()
                                    } else {
                                        view! {
                                            <span class="lead__bar-word">
                                                {move || t_string!(i18n, lead.unheard)}
                                            </span>
                                        }
                                            .into_any()
                                    }}
                                    <span class="lead__bar-count tabular">{bar.notes}</span>
                                </li>
                            }
                        }
                    </For>
                </ul>
            </div>
        </Show>
    }
}
