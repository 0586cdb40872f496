//! Plans, in four columns by how far they have come.

use super::super::{
    board::all_notes,
    room::{Room, px},
};
use crate::{
    i18n::{Locale, language::filled, td_string, text, use_i18n},
    parts::{
        flow::Show,
        words::{listed, written},
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Note, NoteKind, PlanState},
    layout::{ColumnCard, ColumnPages, column_pages},
};

/// All plans.
#[component]
pub(super) fn Plans(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let columns = Memo::new(move |_| columns(replica, i18n.get_locale()));
    let pages: Memo<ColumnPages> = Memo::new(move |_| column_pages(&columns.read(), room.area()));
    Effect::new(move || room.has_pages(pages.read().pages.len()));
    let is_empty = Memo::new(move |_| columns.read().iter().all(Vec::is_empty));
    let shown = move || {
        let locale = i18n.get_locale();
        let columns = columns.read();
        let pages = pages.read();
        let page = pages.pages.get(room.page()).cloned().unwrap_or_default();
        PlanState::ALL
            .into_iter()
            .zip(page)
            .zip(columns.iter())
            .map(|((state, range), cards)| {
                let count = cards.len().to_string();
                let cards = cards.get(range).unwrap_or_default().iter().map(card);
                view! {
                    <section class="wall__column" data-state=state.name()>
                        <h2 class="wall__column-title">
                            {state_name(locale, state)} " " <span class="wall__column-count">{count}</span>
                        </h2>
                        {cards.collect_view()}
                    </section>
                }
            })
            .collect_view()
    };
    let parts = move || {
        let pages = pages.read();
        let parts = pages.parts.iter();
        parts
            .map(|part| ["minmax(0,", &*part.to_string(), "fr)"].concat())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let nothing = text!(wall.plans_none);
    view! {
        <section
            class="wall__columns"
            data-testid="wall-plans"
            style=("--wall-font", move || px(pages.read().font))
            style:grid-template-columns=parts
        >
            <Show
                when=move || !is_empty.get()
                fallback=move || view! {
                    <p class="wall__large" style:font-size=move || room.letters(nothing(), (1.0, 0.5), (48.0, 110.0))>
                        {nothing}
                    </p>
                }
            >
                {shown}
            </Show>
        </section>
    }
}

fn card(card: &ColumnCard) -> impl IntoView + use<> {
    let under = card
        .under
        .iter()
        .map(|line| view! { <p class="wall__plan-under">{line.clone()}</p> });
    view! {
        <article class="note note--plan wall__plan">
            <div class="note__text" {..written(card.text.clone())}></div>
            {under.collect_view()}
        </article>
    }
}

fn state_name(locale: Locale, state: PlanState) -> &'static str {
    match state {
        PlanState::ToTry => td_string!(locale, wall.plan_to_try),
        PlanState::Trying => td_string!(locale, wall.plan_trying),
        PlanState::Worked => td_string!(locale, wall.plan_worked),
        PlanState::DidNotWork => td_string!(locale, wall.plan_did_not_work),
    }
}

/// By state, in the order in which the plans came.
fn columns(replica: Replica, locale: Locale) -> Vec<Vec<ColumnCard>> {
    let notes = all_notes(replica);
    let of_state = |state: PlanState| {
        notes
            .iter()
            .filter(|note| note.kind == NoteKind::Plan && note.plan.state == state)
            .map(|note| said(locale, note))
            .collect()
    };
    PlanState::ALL.into_iter().map(of_state).collect()
}

fn said(locale: Locale, note: &Note) -> ColumnCard {
    let plan = &note.plan;
    let who_and_when: Vec<&str> = [&*plan.who, &*plan.when]
        .into_iter()
        .filter(|words| !words.trim().is_empty())
        .collect();
    let mut under = Vec::new();
    if !who_and_when.is_empty() {
        under.push(listed(who_and_when, " · "));
    }
    let learnt = plan.learnt.trim();
    if !learnt.is_empty() {
        under.push(filled(
            td_string!(locale, wall.plan_learnt),
            &[("text", learnt)],
        ));
    }
    let text = note.text.trim();
    ColumnCard {
        text: if text.is_empty() {
            td_string!(locale, note.without_text).to_owned()
        } else {
            text.to_owned()
        },
        under,
    }
}
