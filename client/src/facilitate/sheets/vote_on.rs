//! What a round of votes is on: clusters, notes of a kind, those of one cluster, or what was chosen on the board.

use super::super::Lead;
use crate::{
    i18n::{Locale, language::filled, t_string, td_string, text, use_i18n},
    notes::title_of,
    parts::{flow::Show, fresh_id},
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    ids::{ClusterId, NoteId},
    session::{Among, Item, RoundOn},
};

/// One of the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    Clusters,
    Kind(NoteKind),
    /// The notes of one cluster.
    Cluster,
    /// What is selected on this desk.
    Chosen,
    Notes,
}

impl On {
    const ALL: [Self; 8] = [
        Self::Clusters,
        Self::Kind(NoteKind::Problem),
        Self::Kind(NoteKind::Habit),
        Self::Kind(NoteKind::Idea),
        Self::Kind(NoteKind::Plan),
        Self::Cluster,
        Self::Chosen,
        Self::Notes,
    ];

    /// How many things that is; `cluster`: the place of the one that was chosen.
    pub(super) fn count(self, lead: Lead, cluster: usize) -> usize {
        let state = lead.replica.state;
        let notes = |is_one: &dyn Fn(&NoteId) -> bool| {
            state.note_ids().iter().filter(|id| is_one(id)).count()
        };
        match self {
            Self::Clusters => state.clusters.with(Vec::len),
            Self::Kind(kind) => notes(&|id| {
                let note = state.note(id);
                note.is_some_and(|note| note.note.with(|note| note.kind == kind))
            }),
            Self::Cluster => notes_of(lead, cluster).len(),
            Self::Chosen => lead.chosen.with(Vec::len),
            Self::Notes => state.note_count.get(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Clusters => "clusters",
            Self::Kind(kind) => kind.name(),
            Self::Cluster => "cluster",
            Self::Chosen => "chosen",
            Self::Notes => "notes",
        }
    }
}

/// What is most likely wanted: what was chosen on the board, clusters, or what the phase is about. Plans only where
/// they are.
pub(super) fn first_choice(lead: Lead) -> On {
    untrack(|| {
        if lead.chosen.with(Vec::len) > 1 {
            return On::Chosen;
        }
        if On::Clusters.count(lead, 0) > 0 {
            return On::Clusters;
        }
        let kinds = lead.replica.session.shared.with(|view| {
            let phase = view.stage.phase();
            let phase = view.phases.iter().find(|one| Some(one.id) == phase);
            phase.map_or_else(Vec::new, |phase| phase.kinds.clone())
        });
        let of_kinds = kinds.into_iter().chain(NoteKind::ALL).map(On::Kind);
        let mut of_kinds = of_kinds.filter(|on| on.count(lead, 0) > 0);
        of_kinds.next().unwrap_or(On::Notes)
    })
}

fn cluster_at(lead: Lead, place: usize) -> Option<ClusterId> {
    lead.replica
        .state
        .clusters
        .with(|all| all.get(place).cloned())
}

fn notes_of(lead: Lead, cluster: usize) -> Vec<NoteId> {
    let shape = cluster_at(lead, cluster).and_then(|id| lead.replica.state.cluster(&id));
    shape.map_or_else(Vec::new, |shape| shape.with(|shape| shape.notes.clone()))
}

/// The same as the server understands it.
pub(super) fn among(lead: Lead, on: On, cluster: usize) -> (RoundOn, Among) {
    match on {
        On::Clusters => (RoundOn::Clusters, Among::All),
        On::Kind(kind) => (RoundOn::Notes, Among::Kinds(vec![kind.name().to_owned()])),
        On::Cluster => {
            let among = cluster_at(lead, cluster).map_or(Among::All, Among::Cluster);
            (RoundOn::Notes, among)
        }
        On::Chosen => {
            let notes = lead.chosen.get().into_iter().map(Item::Note);
            (RoundOn::Notes, Among::These(notes.collect()))
        }
        On::Notes => (RoundOn::Notes, Among::All),
    }
}

/// The question that is asked of it where nobody words another.
pub(super) fn question(lead: Lead, locale: Locale, on: On, cluster: usize) -> String {
    let words = match on {
        On::Clusters => td_string!(locale, moment.vote_clusters),
        On::Kind(NoteKind::Habit) => td_string!(locale, moment.vote_habits),
        On::Kind(NoteKind::Idea) => td_string!(locale, moment.vote_ideas),
        On::Kind(NoteKind::Plan) => td_string!(locale, moment.vote_plans),
        On::Kind(_) => td_string!(locale, moment.vote_problems),
        On::Cluster => {
            let title = cluster_at(lead, cluster).map(|id| title_of(lead.replica, locale, &id));
            let title = title.unwrap_or_default();
            return filled(
                td_string!(locale, moment.vote_cluster),
                &[("title", &title)],
            );
        }
        On::Chosen | On::Notes => td_string!(locale, moment.vote_notes),
    };
    words.to_owned()
}

/// A list to choose one from; what there is nothing of is not in it.
pub(super) fn choices(lead: Lead, on: RwSignal<On>, cluster: RwSignal<usize>) -> AnyView {
    let i18n = use_i18n();
    let rows = On::ALL.map(|choice| {
        let count = Memo::new(move |_| choice.count(lead, cluster.get()));
        let label = move || match choice {
            On::Clusters => t_string!(i18n, lead.vote_on_clusters).to_owned(),
            On::Kind(NoteKind::Habit) => t_string!(i18n, lead.vote_on_habit).to_owned(),
            On::Kind(NoteKind::Idea) => t_string!(i18n, lead.vote_on_idea).to_owned(),
            On::Kind(NoteKind::Plan) => t_string!(i18n, lead.vote_on_plan).to_owned(),
            On::Kind(_) => t_string!(i18n, lead.vote_on_problem).to_owned(),
            On::Cluster => t_string!(i18n, lead.vote_on_cluster).to_owned(),
            On::Chosen => {
                let words = t_string!(i18n, lead.vote_on_chosen);
                filled(words, &[("count", &count.get().to_string())])
            }
            On::Notes => t_string!(i18n, lead.vote_on_notes).to_owned(),
        };
        let is_offered = move || match choice {
            // A single one is nothing to choose from.
            On::Chosen => count.get() > 1,
            On::Cluster => On::Clusters.count(lead, 0) > 0,
            _ => count.get() > 0 || on.get() == choice,
        };
        view! {
            <Show when=is_offered>
                <button
                    type="button"
                    class="option option--low"
                    role="radio"
                    data-on=choice.name()
                    aria-checked=move || if on.get() == choice { "true" } else { "false" }
                    on:click=move |_| on.set(choice)
                >
                    <span class="option__name">{label}</span>
                    <span class="option__count tabular">{move || (choice != On::Chosen).then(|| count.get())}</span>
                </button>
            </Show>
        }
    });
    view! {
        <div class="options options--pairs" role="radiogroup" aria-label=text!(lead.vote_on)>{rows.collect_view()}</div>
        <Show when=move || on.get() == On::Cluster>{which_cluster(lead, cluster)}</Show>
    }
    .into_any()
}

fn which_cluster(lead: Lead, cluster: RwSignal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let id = fresh_id("cluster");
    let options = move || {
        let locale = i18n.get_locale();
        let clusters = lead.replica.state.clusters.get();
        let option = |(place, id): (usize, ClusterId)| {
            let title = title_of(lead.replica, locale, &id);
            view! { <option dir="auto" value=place.to_string() selected=place == cluster.get_untracked()>{title}</option> }
        };
        clusters.into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <label class="field__label" for=id.clone()>{text!(lead.vote_which_cluster)}</label>
        <select
            id=id
            class="select"
            on:change:target=move |event| cluster.set(event.target().value().parse().unwrap_or(0))
        >
            {options}
        </select>
    }
}
