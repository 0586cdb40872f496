//! The plans by their state: a board in the board, four columns side by side, or one under the other on
//! a phone.

use super::{MomentState, plan_card::PlanCard, plan_new::NewPlan, thoughts};
use crate::{
    i18n::{Locale, td_string, text, use_i18n},
    parts::flow::{For, Show},
    session::kept_words::KeptWords,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{NoteKind, PlanState},
    ids::NoteId,
};

/// What a state is called.
pub(super) fn state_name(locale: Locale, state: PlanState) -> &'static str {
    match state {
        PlanState::ToTry => td_string!(locale, moment.plan_to_try),
        PlanState::Trying => td_string!(locale, moment.plan_trying),
        PlanState::Worked => td_string!(locale, moment.plan_worked),
        PlanState::DidNotWork => td_string!(locale, moment.plan_did_not_work),
    }
}

/// All plans with their states, the oldest first.
fn plans(moments: MomentState) -> Memo<Vec<(NoteId, PlanState)>> {
    Memo::new(move |_| {
        thoughts::settled_notes(moments)
            .into_iter()
            .filter(|note| note.kind == NoteKind::Plan)
            .map(|note| (note.id, note.plan.state))
            .collect()
    })
}

/// Whether there is any plan.
pub(super) fn has_plans(moments: MomentState) -> Memo<bool> {
    let state = moments.replica.state;
    let is_plan = move |id: &NoteId| {
        let signals = state.note(id);
        signals.is_some_and(|signals| {
            signals
                .note
                .with_untracked(|note| note.kind == NoteKind::Plan)
        })
    };
    Memo::new(move |_| {
        moments.settled.track();
        untrack(|| state.note_ids()).iter().any(is_plan)
    })
}

/// The board of plans.
#[component]
pub(super) fn PlansBoard(moments: MomentState) -> impl IntoView {
    let plans = plans(moments);
    view! {
        <div class="plans" data-testid="plans">
            // What lies behind the dialog is not at hand.
            <KeptWords replica=moments.replica class="panel plans__kept"/>
            <NewPlan moments/>
            <Show
                when=move || !plans.read().is_empty()
                fallback=move || view! { <p class="moment__hint">{text!(moment.plans_empty)}</p> }
            >
                <div class="plans__columns">
                    {PlanState::ALL.map(|state| view! { <Column moments plans state/> }).collect_view()}
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Column(
    moments: MomentState,
    plans: Memo<Vec<(NoteId, PlanState)>>,
    state: PlanState,
) -> impl IntoView {
    let i18n = use_i18n();
    let here = Memo::new(move |_| {
        plans
            .read()
            .iter()
            .filter(|(_, its)| *its == state)
            .map(|(id, _)| id.clone())
            .collect::<Vec<_>>()
    });
    let name = move || state_name(i18n.get_locale(), state);
    view! {
        <section class="plans__column" data-state=state.name()>
            <h3 class="plans__state">
                <span>{name}</span>
                <span class="plans__count">{move || here.read().len()}</span>
            </h3>
            <Show
                when=move || !here.read().is_empty()
                fallback=move || view! { <p class="plans__none">{text!(moment.plan_column_empty)}</p> }
            >
                <ul class="plans__cards">
                    <For each=move || here.get() key=|id| id.clone() let:id>
                        <PlanCard moments id/>
                    </For>
                </ul>
            </Show>
        </section>
    }
}
