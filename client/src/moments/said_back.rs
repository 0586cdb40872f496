//! What was said back, to be read aloud: each note's own words, and under them how another said it.

use super::naming::words_of;
use crate::{
    i18n::use_i18n,
    notes::rather_said,
    parts::{kinds::KindMark, words::written},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::board::{NoteKind, Restatement};

/// The notes that were said back last.
#[component]
pub(crate) fn SaidBackList(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let notes = replica.session.part(|view| view.said_back.clone());
    let rows = move || {
        notes
            .get()
            .into_iter()
            .filter_map(|id| {
                let (kind, words) = words_of(replica, &id)?;
                let restated = replica
                    .state
                    .note(&id)?
                    .note
                    .with(|note| note.restated.clone());
                Some(view! { <SaidOne i18n kind words restated/> })
            })
            .collect_view()
    };
    view! { <ol class="said">{rows}</ol> }
}

#[component]
fn SaidOne(
    i18n: crate::i18n::I18n,
    kind: NoteKind,
    words: String,
    restated: Vec<Restatement>,
) -> impl IntoView {
    let others = restated
        .into_iter()
        .map(|Restatement { text, verdict }| {
            let rather = rather_said(i18n.get_locale(), &verdict);
            view! {
                <div class="said__other">
                    <p {..written(text)}></p>
                    {rather.map(|words| view! { <p class="said__rather">{words}</p> })}
                </div>
            }
        })
        .collect_view();
    view! {
        <li class="said__one">
            <p class="said__own"><KindMark kind/> <span {..written(words)}></span></p>
            {others}
        </li>
    }
}
