//! How a round came out, as a picture: a bar for each, in pieces by voice; what all agree on and where the
//! voices differ is named plainly.

use super::{
    super::{board::voice_name, room::Room},
    result_row::{result_row, title_letters},
};
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    parts::flow::Show,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    layout::{ResultRows, advance::advance_em},
    session::{RoundOrder, RoundView, tally::Outcome},
};

/// Letters of the figures, as `assets/styles/wall.css` draws, 1/1080 of the screen's height; and what stands beside
/// them.
const FIGURE: f64 = 26.0;
const BESIDE: f64 = 52.0;
/// The title of the round, and what is said under the rows.
const HEAD: f64 = 73.0;
const WAITS: f64 = 63.0;

/// The newest result.
#[component]
pub(super) fn VoteResult(replica: Replica, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let round = replica.session.part(newest_result);
    let outcome = Memo::new(move |_| round.read().as_ref().map(in_order).unwrap_or_default());
    let waits = Memo::new(move |_| {
        let round = round.read();
        round.as_ref().is_some_and(|round| round.waits_for_last)
    });
    let rows = Memo::new(move |_| {
        let area = room.area();
        let outcome = outcome.read();
        let locale = i18n.get_locale();
        let names = outcome
            .voices
            .iter()
            .map(|figure| voice_name(replica, locale, &figure.voice));
        let figures: Vec<f64> = names
            .chain([t_string!(i18n, wall.others).to_owned()])
            .map(|name| width_of(&name))
            .collect();
        let around = HEAD + if waits.get() { WAITS } else { 0.0 };
        let size = (
            area.width / area.unit,
            (area.height / area.unit - around).max(0.0),
        );
        ResultRows::fitting(outcome.items.len(), &figures, size)
    });
    let on_page = Memo::new(move |_| rows.get().on_page);
    Effect::new(move || room.has_pages(outcome.read().items.len().div_ceil(on_page.get())));
    let title = move || {
        let round = round.read();
        let title = round.as_ref().map(|round| round.title.trim().to_owned());
        title
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| t_string!(i18n, wall.result).to_owned())
    };
    let voters = move || {
        counted(
            outcome.read().voters as usize,
            t_string!(i18n, wall.voters_1),
            t_string!(i18n, wall.voters_n),
        )
    };
    let shown = move || {
        let outcome = outcome.read();
        let grown = rows.get().grown;
        let most = outcome.items.iter().map(|item| item.dots).max();
        let most = most.unwrap_or(1).max(1);
        let others = outcome.other_voters();
        let page = outcome.items.iter().skip(room.page() * on_page.get());
        let page: Vec<_> = page.take(on_page.get()).cloned().collect();
        let letters = title_letters(replica, i18n.get_locale(), room, &page, grown);
        page.iter()
            .map(|item| result_row(replica, item, &outcome.voices, others, (most, letters)))
            .collect_view()
    };
    view! {
        <section class="wall__sheet" data-testid="wall-result">
            <h2
                class="wall__sheet-title"
                style:font-size=move || room.letters(&title(), (0.75, 0.085), (24.0, 46.0))
            >
                <bdi>{title}</bdi> " " <span class="wall__sheet-beside">{voters}</span>
            </h2>
            <Show
                when=move || !outcome.read().items.is_empty()
                fallback=|| view! { <p class="wall__figure">{text!(wall.result_none)}</p> }
            >
                <ol class="wall__rows" style=("--grown", move || rows.get().grown.to_string())>{shown}</ol>
            </Show>
            <Show when=move || waits.get()>
                <p class="wall__beside" data-testid="wall-waits">{text!(wall.result_waits)}</p>
            </Show>
        </section>
    }
}

/// «førstelinje 12 av 14» with its colour, 1/1080 of the screen's height.
fn width_of(name: &str) -> f64 {
    let letters: f64 = name
        .chars()
        .chain(" 12 av 14".chars())
        .map(advance_em)
        .sum();
    letters * 1.06 * FIGURE + BESIDE
}

/// An open round has no result yet: the one before it is the newest.
fn newest_result(view: &samtavle_shared::session::SharedView) -> Option<RoundView> {
    let mut rounds = view.round.iter().chain(&view.former_rounds);
    rounds.find(|round| round.result.is_some()).cloned()
}

fn in_order(round: &RoundView) -> Outcome {
    let mut outcome = round.result.clone().unwrap_or_default();
    match round.order {
        RoundOrder::Total => outcome.order_by_total(),
        RoundOrder::Agreement => outcome.order_by_agreement(),
    }
    outcome
}
