//! What a screen reader hears of a board that is so far away that it is a picture.

use super::stage::{Distance, Stage};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string,
    },
    notes::cluster_title,
    parts::flow::Show,
};
use leptos::prelude::*;

#[component]
pub(super) fn FarSummary(stage: Stage) -> impl IntoView {
    let state = stage.desk.replica.state;
    let i18n = stage.i18n;
    let names = move || {
        let clusters = state.clusters.get();
        let mut in_clusters = 0;
        let mut names: Vec<String> = clusters
            .iter()
            .filter_map(|id| {
                let locale = i18n.get_locale();
                let (title, count) = state.cluster(id)?.with(|shape| {
                    let title = cluster_title(locale, &shape.cluster.title);
                    (title, shape.notes.len())
                });
                in_clusters += count;
                let words = counted(
                    count,
                    t_string!(i18n, cluster.label_1),
                    t_string!(i18n, cluster.label_n),
                );
                Some(filled(&words, &[("title", &title)]))
            })
            .collect();
        let free = state.note_count.get().saturating_sub(in_clusters);
        if free > 0 {
            let count = counted(
                free,
                t_string!(i18n, note.count_1),
                t_string!(i18n, note.count_n),
            );
            names.push([t_string!(i18n, cluster.loose), ": ", &count].concat());
        }
        names
    };
    view! {
        <Show when=move || stage.distance.get() == Distance::Far>
            <ul class="visually-hidden" aria-label=move || t_string!(i18n, desk.label)>
                {move || names().into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}
            </ul>
        </Show>
    }
}
