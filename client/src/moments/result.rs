//! How a round of votes came out: by total and by voice, in the order that one likes.

use super::{MomentState, result_item::ResultItem, state::Once};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::{
        button::Button,
        choice::{Choice, choice_row},
        flow::Show,
        words::isolated,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::{RoundOrder, RoundView, tally::Outcome};

/// So many are shown at first in a card; the rest is one press away.
const IN_A_CARD: usize = 5;
/// More voices than this are not shown at once for what comes far down in the list.
const SHOWN_BY_VOICE: usize = 5;

/// The card: it comes once, when a round was closed.
#[component]
pub(super) fn ResultCard(
    moments: MomentState,
    /// Under which it is put away.
    number: u32,
) -> impl IntoView {
    view! {
        <div class="moment__body" data-testid="moment-result">
            <ResultView moments most=IN_A_CARD/>
            <div class="moment__acts">
                <Button
                    label=text!(moment.result_open)
                    on_press=move |()| moments.open(super::Sheet::Result)
                />
                <Button
                    label=text!(moment.close)
                    on_press=move |()| moments.put_away(Once::Result, number)
                    attr:data-testid="moment-close"
                />
            </div>
        </div>
    }
}

/// The newest result, and the former ones behind it.
#[component]
pub(super) fn ResultSheet(moments: MomentState) -> impl IntoView {
    view! {
        <ResultView moments most=usize::MAX/>
        <FormerRounds moments/>
    }
}

/// A round's name: what was asked, or its number.
fn round_name(i18n: crate::i18n::I18n, round: &RoundView) -> String {
    if round.title.is_empty() {
        filled(
            t_string!(i18n, moment.round_number),
            &[("number", &round.id.0.to_string())],
        )
    } else {
        round.title.clone()
    }
}

/// How many have voted, in words.
fn voters_in_words(i18n: crate::i18n::I18n, outcome: &Outcome) -> String {
    counted(
        outcome.voters as usize,
        t_string!(i18n, moment.vote_voted_1),
        t_string!(i18n, moment.vote_voted_n),
    )
}

/// The newest result.
#[component]
fn ResultView(
    moments: MomentState,
    /// How many things at most.
    most: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    // An open round has no result yet: the one before it is the newest.
    let round = replica.session.part(|shared| {
        shared
            .round
            .iter()
            .chain(&shared.former_rounds)
            .find(|round| round.result.is_some())
            .cloned()
    });
    // In the facilitator's order, until one chooses for oneself.
    let chosen = RwSignal::new(None::<RoundOrder>);
    let order = Memo::new(move |_| {
        let given = round.read().as_ref().map(|round| round.order);
        chosen.get().or(given).unwrap_or_default()
    });
    let waits = move || {
        round
            .read()
            .as_ref()
            .is_some_and(|round| round.waits_for_last)
    };
    let items = move || {
        let mut outcome = round.read().as_ref()?.result.clone()?;
        match order.get() {
            RoundOrder::Total => outcome.order_by_total(),
            RoundOrder::Agreement => outcome.order_by_agreement(),
        }
        Some(outcome_view(moments, outcome, most).into_any())
    };
    view! {
        <h2 class="moment__title">{text!(moment.result)}</h2>
        <p class="moment__hint">
            {move || round.read().as_ref().map(|round| isolated(&round_name(i18n, round)).into_owned())}
        </p>
        <p class="moment__hint">
            {move || {
                let round = round.read();
                let outcome = round.as_ref()?.result.as_ref()?;
                Some([&*voters_in_words(i18n, outcome), "."].concat())
            }}
        </p>
        {choice_row(
            text!(moment.order).into(),
            vec![
                Choice { value: RoundOrder::Total, label: text!(moment.order_total).into(), icon: None },
                Choice { value: RoundOrder::Agreement, label: text!(moment.order_agreement).into(), icon: None },
            ],
            order.into(),
            UnsyncCallback::new(move |(order,)| chosen.set(Some(order))),
        )}
        <Show when=move || order.get() == RoundOrder::Agreement>
            <p class="moment__hint">{text!(moment.order_formula)}</p>
        </Show>
        {items}
        <Show when=waits>
            <p class="moment__hint" data-testid="result-waits">{text!(moment.result_waits)}</p>
        </Show>
        <p class="moment__hint">{text!(moment.result_small)}</p>
    }
}

fn outcome_view(moments: MomentState, outcome: Outcome, most: usize) -> impl IntoView {
    if outcome.items.is_empty() {
        return view! { <p class="moment__hint">{text!(moment.result_none)}</p> }.into_any();
    }
    let top = outcome
        .items
        .iter()
        .map(|item| item.dots)
        .max()
        .unwrap_or(1);
    let voices = StoredValue::new(outcome.voices.clone());
    let others = outcome.other_voters();
    let rows = outcome
        .items
        .into_iter()
        .take(most)
        .enumerate()
        .map(|(place, item)| {
            let is_open = item.verdict.is_some() || place < SHOWN_BY_VOICE;
            view! {
                <ResultItem
                    moments
                    item
                    top
                    voices=voices.get_value()
                    others
                    is_open
                />
            }
        })
        .collect_view();
    view! { <ol class="result">{rows}</ol> }.into_any()
}

/// A re-vote keeps the former result.
#[component]
fn FormerRounds(moments: MomentState) -> impl IntoView {
    let i18n = use_i18n();
    let former = moments.replica.session.part(|shared| {
        let has_newest = shared
            .round
            .as_ref()
            .is_some_and(|round| round.result.is_some());
        let closed = shared.former_rounds.iter();
        // What ResultView shows is not shown again.
        closed
            .filter(|round| round.result.is_some())
            .skip(usize::from(!has_newest))
            .cloned()
            .collect::<Vec<RoundView>>()
    });
    move || {
        let former = former.get();
        (!former.is_empty()).then(|| {
            let rounds = former
                .into_iter()
                .map(|round| {
                    let name = round_name(i18n, &round);
                    let outcome = round.result.unwrap_or_default();
                    view! {
                        <details class="result__former">
                            <summary><bdi>{name}</bdi> " · " {voters_in_words(i18n, &outcome)}</summary>
                            {outcome_view(moments, outcome, usize::MAX)}
                        </details>
                    }
                })
                .collect_view();
            view! {
                <section>
                    <h3 class="moment__eyebrow">{text!(moment.former_rounds)}</h3>
                    {rounds}
                </section>
            }
        })
    }
}
