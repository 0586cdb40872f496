//! A round of votes: what is asked, on what, and how many dots each has. The question in the field is the one that
//! everybody reads.

use super::{
    super::{
        Lead,
        now::{has_result, once_more, order_choice},
        stepper::Stepper,
    },
    vote_on::{On, among, choices, first_choice, question},
};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        field::TextField,
        flow::Show,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, RoundOrder, RoundWish};

/// Dots for a beginning: enough to say several things, few enough to choose.
const DOTS: u16 = 3;
const MOST_DOTS: u16 = 20;

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let on = RwSignal::new(first_choice(lead));
    let cluster = RwSignal::new(0_usize);
    let title = RwSignal::new(String::new());
    // As long as nobody has written another question, it follows what is voted on.
    let suggested = StoredValue::new(String::new());
    Effect::new(move || {
        let now = question(lead, i18n.get_locale(), on.get(), cluster.get());
        let is_own = title.with_untracked(|title| suggested.with_value(|before| title != before));
        if !is_own {
            title.set(now.clone());
        }
        suggested.set_value(now);
    });
    let dots = RwSignal::new(DOTS);
    let most_on_one = RwSignal::new(DOTS);
    Effect::new(move || {
        let dots = dots.get();
        if most_on_one.get_untracked() > dots {
            most_on_one.set(dots);
        }
    });
    let is_open = replica
        .session
        .part(|view| view.round.as_ref().is_some_and(|round| round.is_open));
    lead.close_when(move || is_open.get());
    let is_empty = Signal::derive(move || on.get().count(lead, cluster.get()) == 0);
    let has_former = replica.session.part(has_result);
    let begin = move |()| {
        let small = |number: u16| u8::try_from(number).unwrap_or(u8::MAX);
        let (on, among) = untrack(|| among(lead, on.get(), cluster.get()));
        lead.ask(Command::OpenRound {
            wish: RoundWish {
                title: title.get_untracked(),
                on,
                among,
                dots: small(dots.get_untracked()),
                most_on_one: small(most_on_one.get_untracked()),
                order: RoundOrder::Total,
            },
        });
    };
    view! {
        <div class="stack">
            <p class="lead__quiet">{text!(lead.vote_text)}</p>
            <div class="lead__field">
                <span class="field__label" aria-hidden="true">{text!(lead.vote_on)}</span>
                {choices(lead, on, cluster)}
            </div>
            <TextField
                label=text!(lead.vote_title)
                hint=text!(lead.vote_title_hint)
                placeholder=text!(lead.vote_title_example)
                value=title
                max_length=120
            />
            <Stepper label=text!(lead.vote_dots) value=dots most=MOST_DOTS />
            <Stepper label=text!(lead.vote_most) value=most_on_one most=dots />
            <Show when=move || is_empty.get()>
                <p class="field__error" role="alert">
                    {move || {
                        if on.get() == On::Clusters {
                            t_string!(i18n, lead.vote_no_clusters)
                        } else {
                            t_string!(i18n, lead.vote_no_notes)
                        }
                    }}
                </p>
            </Show>
            <Button
                kind=ButtonKind::Primary
                label=text!(lead.vote_open)
                is_disabled=is_empty
                on_press=begin
                attr:data-testid="lead-open-round"
            />
            <Show when=move || has_former.get()>
                <div class="lead__field">
                    <span class="field__label">{text!(lead.former_order)}</span>
                    {order_choice(lead)}
                    {once_more(lead)}
                </div>
            </Show>
        </div>
    }
    .into_any()
}
