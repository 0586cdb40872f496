//! Under the picture: what lies so far away that it is not on it, and notes that lie on one spot. On the picture: how
//! many those are.

use super::{super::state::PhoneState, Picture};
use crate::{
    i18n::{td_string, text, use_i18n},
    notes::whole::{FarAway, Findings, Pile, pile_words, spread, spread_words},
    parts::{
        flow::{For, Show},
        notice::use_notices,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardPoint, Size},
    layout::Faraway,
};

/// A count's letters when the picture is as large as a small phone has it, pixels; and that size.
const LETTERS: f64 = 13.0;
const SMALL: Size = Size::new(340.0, 260.0);

#[component]
pub(super) fn Found(phone: PhoneState, findings: Findings, picture: Picture) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = phone.replica;
    let piles = findings.piles;
    let count = Memo::new(move |_| {
        piles.with(|piles| piles.iter().map(|pile| pile.notes.len()).sum::<usize>())
    });
    let fetched = move |_| {
        picture.show_all();
        notices.show(td_string!(i18n.get_locale_untracked(), note.far_fetched));
    };
    let spread_all = move |_| {
        let notes = spread(replica, &piles.get_untracked());
        let locale = i18n.get_locale_untracked();
        let words = if notes.is_empty() {
            td_string!(locale, note.locked).to_owned()
        } else {
            spread_words(locale, notes.len())
        };
        notices.show(words);
    };
    view! {
        <FarAway
            replica
            findings
            on_show=move |there: Faraway| {
                picture.phone.led.ends();
                picture.look_at(there.around);
            }
            on_fetched=fetched
        />
        <Show when=move || { count.get() > 0 }>
            <div class="far-away">
                <p class="far-away__words" data-testid="piles">{move || pile_words(i18n.get_locale(), count.get())}</p>
                <Show when=move || replica.may_write()>
                    <div class="far-away__acts">
                        <button type="button" class="button button--quiet" data-testid="spread" on:click=spread_all>
                            {text!(note.spread_all)}
                        </button>
                    </div>
                </Show>
            </div>
        </Show>
    }
}

/// How many notes lie in each pile, in its upper right corner.
#[component]
pub(super) fn Counts(picture: Picture, findings: Findings) -> impl IntoView {
    let letters = Memo::new(move |_| {
        let around = picture.drawing.with(|drawing| drawing.around);
        let pixel = (around.width() / SMALL.width).max(around.height() / SMALL.height);
        LETTERS * pixel / picture.nearness.get()
    });
    let key = |pile: &Pile| {
        (
            pile.notes.clone(),
            [pile.top.max.x, pile.top.min.y].map(f64::to_bits),
        )
    };
    view! {
        <For each=move || findings.piles.get() key let:pile>
            {
                let corner = BoardPoint::new(pile.top.max.x, pile.top.min.y);
                let count = pile.notes.len().to_string();
                let half = 0.45 + 0.3 * count.len() as f64;
                let of = move |part: f64| move || (part * letters.get()).to_string();
                let at = move |at: f64, part: f64| move || (at + part * letters.get()).to_string();
                view! {
                    <g class="overview__count" data-testid="overview-count">
                        <rect
                            x=at(corner.x, -2.0 * half)
                            y=at(corner.y, -0.75)
                            width=of(2.0 * half)
                            height=of(1.5)
                            rx=of(0.75)
                        ></rect>
                        <text x=at(corner.x, -half) y=at(corner.y, 0.36) font-size=of(1.0)>{count}</text>
                    </g>
                }
            }
        </For>
    }
}
