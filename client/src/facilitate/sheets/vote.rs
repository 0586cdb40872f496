//! A round of votes: what is asked, on what, and how many dots each has.

use super::super::{
    Lead,
    now::{has_result, order_choice},
    stepper::Stepper,
};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        choice::{Choice, choice_row},
        field::TextField,
        flow::Show,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, RoundOn, RoundOrder, RoundWish};

/// Dots for a beginning: enough to say several things, few enough to choose.
const DOTS: u16 = 3;
const MOST_DOTS: u16 = 20;

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let title = RwSignal::new(String::new());
    let has_clusters = replica.state.clusters.with_untracked(|all| !all.is_empty());
    let on = RwSignal::new(if has_clusters {
        RoundOn::Clusters
    } else {
        RoundOn::Notes
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
    let is_empty = Signal::derive(move || match on.get() {
        RoundOn::Clusters => replica.state.clusters.with(Vec::is_empty),
        RoundOn::Notes => replica.state.note_count.get() == 0,
    });
    let has_former = replica.session.part(has_result);
    let choices = vec![
        Choice {
            value: RoundOn::Clusters,
            label: text!(lead.vote_on_clusters).into(),
            icon: None,
        },
        Choice {
            value: RoundOn::Notes,
            label: text!(lead.vote_on_notes).into(),
            icon: None,
        },
    ];
    let begin = move |()| {
        let small = |number: u16| u8::try_from(number).unwrap_or(u8::MAX);
        lead.ask(Command::OpenRound {
            wish: RoundWish {
                title: title.get_untracked(),
                on: on.get_untracked(),
                dots: small(dots.get_untracked()),
                most_on_one: small(most_on_one.get_untracked()),
                order: RoundOrder::Total,
            },
        });
    };
    view! {
        <div class="stack">
            <p class="lead__quiet">{text!(lead.vote_text)}</p>
            <TextField
                label=text!(lead.vote_title)
                placeholder=text!(lead.vote_title_example)
                value=title
                max_length=120
            />
            <div class="lead__field">
                <span class="field__label">{text!(lead.vote_on)}</span>
                {choice_row(
                    text!(lead.vote_on).into(),
                    choices,
                    on.into(),
                    UnsyncCallback::new(move |(chosen,)| on.set(chosen)),
                )}
            </div>
            <Stepper label=text!(lead.vote_dots) value=dots most=MOST_DOTS />
            <Stepper label=text!(lead.vote_most) value=most_on_one most=dots />
            <Show when=move || is_empty.get()>
                <p class="field__error" role="alert">
                    {move || {
                        if on.get() == RoundOn::Clusters {
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
                </div>
            </Show>
        </div>
    }
    .into_any()
}
