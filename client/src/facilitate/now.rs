//! What is going on just now, and how it goes on: drafts that wait, say it back, whose turn it is,
//! the vote. Each is a card that is there only meanwhile.

use super::{
    Lead,
    looking::Looking,
    over::Over,
    said_back::SaidBack,
    turn_time::time_for_each,
    wall::{Followed, Locked, Wall},
};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::{
        button::Button,
        choice::{Choice, choice_row},
        flow::Show,
        icon::IconName,
    },
    session::{speaker::speaker_name, turn_time::TurnTime},
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, RoundOrder, RoundView, SharedView, Tool, Writing};

/// The cards.
#[component]
pub(super) fn GoingOn(lead: Lead) -> impl IntoView {
    view! {
        <Over lead />
        <Looking lead />
        <Silence lead />
        <SayBack lead />
        <SaidBack lead />
        <Turns lead />
        <Vote lead />
        <Wall lead />
        <Followed lead />
        <Locked lead />
    }
}

/// How many have written, and how much; never what.
#[component]
fn Silence(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let is_silent = session.is_silent();
    let counts = session.part(|view| (view.drafts, view.drafters, view.last_drafts, view.writing));
    let words = move || {
        let (drafts, drafters, ..) = counts.get();
        if drafts == 0 {
            return t_string!(i18n, lead.nobody_wrote).to_owned();
        }
        let notes = counted(
            drafts as usize,
            t_string!(i18n, note.count_1),
            t_string!(i18n, note.count_n),
        );
        let people = counted(
            drafters as usize,
            t_string!(i18n, lead.people_1),
            t_string!(i18n, lead.people_n),
        );
        filled(
            t_string!(i18n, lead.drafts_wait),
            &[("notes", &notes), ("people", &people)],
        )
    };
    let last = move || {
        let (_, _, last, writing) = counts.get();
        (writing == Writing::Open && last > 0).then(|| {
            counted(
                last as usize,
                t_string!(i18n, lead.last_wait_1),
                t_string!(i18n, lead.last_wait_n),
            )
        })
    };
    view! {
        <Show when=move || is_silent.get()>
            <div class="lead__now" data-testid="lead-drafts">
                <h3 class="panel__title">{text!(lead.silent_now)}</h3>
                <p>{words}</p>
            </div>
        </Show>
        {move || last().map(|words| view! { <p class="lead__now">{words}</p> })}
    }
}

#[component]
fn SayBack(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let progress = lead.replica.session.part(|view| view.say_back);
    let words = move || {
        let (given, said, judged) = progress.get().unwrap_or_default();
        filled(
            t_string!(i18n, lead.say_back_progress),
            &[
                ("said", &said.to_string()),
                ("given", &given.to_string()),
                ("judged", &judged.to_string()),
            ],
        )
    };
    view! {
        <Show when=move || progress.get().is_some()>
            <div class="lead__now" data-testid="lead-say-back-now">
                <h3 class="panel__title">{text!(lead.say_back)}</h3>
                <p>{words}</p>
                <Button
                    label=text!(lead.say_back_end)
                    on_press=move |()| lead.ask(Command::EndSayBack)
                    attr:data-testid="lead-say-back"
                />
            </div>
        </Show>
    }
}

#[component]
fn Turns(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let turns = lead.replica.session.part(|view| view.turns.clone());
    let name = move |is_next: bool| {
        turns.with(|turns| {
            let turns = turns.as_ref()?;
            let speaker = if is_next { &turns.next } else { &turns.present };
            let locale = i18n.get_locale();
            speaker
                .as_ref()
                .map(|speaker| speaker_name(lead.replica, locale, speaker))
        })
    };
    let heard = move || {
        let (heard, of) = turns.with(|turns| {
            let turns = turns.as_ref();
            turns.map_or((0, 0), |turns| (turns.heard, turns.of))
        });
        filled(
            t_string!(i18n, lead.turns_progress),
            &[("heard", &heard.to_string()), ("of", &of.to_string())],
        )
    };
    let goes_on = Memo::new(move |_| name(false).is_some());
    view! {
        <Show when=move || turns.with(Option::is_some)>
            <div class="lead__now" data-testid="lead-turns-now">
                <h3 class="panel__title">{text!(lead.turns)}</h3>
                <p class="lead__strong" dir="auto" aria-live="polite">
                    {move || name(false).unwrap_or_else(|| t_string!(i18n, lead.all_heard).to_owned())}
                </p>
                {move || {
                    name(true).map(|name| {
                        let words = filled(t_string!(i18n, lead.turns_then), &[("name", &name)]);
                        view! { <p>{words}</p> }
                    })
                }}
                <p>{heard}</p>
                <Show when=move || goes_on.get()>
                    <p class="lead__strong"><TurnTime replica=lead.replica/></p>
                    {time_for_each(lead)}
                    <div class="lead__pair">
                        <Button
                            icon=IconName::ChevronRight
                            label=text!(lead.turns_next)
                            on_press=move |()| lead.ask(Command::EndTurn)
                            attr:data-testid="lead-turns-next"
                        />
                        <Button
                            label=text!(lead.turns_pass)
                            on_press=move |()| lead.ask(Command::PassTurn)
                            attr:data-testid="lead-turns-pass"
                        />
                    </div>
                </Show>
                <Button
                    label=text!(lead.turns_end)
                    on_press=move |()| lead.ask(Command::EndTurns)
                    attr:data-testid="lead-turns"
                />
            </div>
        </Show>
    }
}

#[component]
fn Vote(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let open = session.part(|view| view.round.clone().filter(|round| round.is_open));
    let people = session.part(|view| view.taking_part);
    let words = move || {
        let voted = open.with(|round| round.as_ref().map_or(0, |round| round.voted));
        filled(
            t_string!(i18n, lead.vote_progress),
            &[
                ("voted", &voted.to_string()),
                ("of", &people.get().max(voted).to_string()),
            ],
        )
    };
    let title = move || open.with(|round| round.as_ref().map(title_of).unwrap_or_default());
    let close = move |()| {
        if let Some(round) = open.with_untracked(|round| round.as_ref().map(|round| round.id)) {
            lead.ask(Command::CloseRound { round });
        }
    };
    // In other phases it is found where a vote is opened.
    let is_closed = session.part(|view| {
        let now = view.stage.phase();
        let phase = view.phases.iter().find(|phase| Some(phase.id) == now);
        let is_silent = view.writing == Writing::Silent;
        has_result(view)
            && !is_silent
            && (phase.is_none_or(|phase| phase.tools.contains(&Tool::Vote))
                || view
                    .round
                    .as_ref()
                    .is_some_and(|round| round.closed_in == now))
    });
    view! {
        <Show when=move || open.with(Option::is_some)>
            <div class="lead__now" data-testid="lead-vote-now">
                <h3 class="panel__title">{text!(lead.vote)}</h3>
                <p class="lead__strong" dir="auto">{title}</p>
                <p data-testid="lead-voted">{words}</p>
                <Button
                    label=text!(lead.vote_close)
                    on_press=close
                    attr:data-testid="lead-close-round"
                />
            </div>
        </Show>
        <Show when=move || is_closed.get()>
            <div class="lead__now">
                <h3 class="panel__title">{text!(lead.result_order)}</h3>
                {order_choice(lead)}
                {once_more(lead)}
            </div>
        </Show>
    }
}

/// So many leading ones are voted on again.
const LEADING: u8 = 3;

/// The same round again with the dots that were given; or a new one on what got most.
pub(super) fn once_more(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let newest = lead.replica.session.part(|view| {
        let round = view.round.as_ref()?;
        let items = round.result.as_ref()?.items.len();
        (!round.waits_for_last).then_some((round.id, items > LEADING.into()))
    });
    let reopen = move |()| {
        if let Some((round, _)) = newest.get_untracked() {
            lead.ask(Command::ReopenRound { round });
        }
    };
    let vote_on_leading = move |()| {
        if let Some((round, _)) = newest.get_untracked() {
            let leading = LEADING;
            lead.ask(Command::VoteOnLeading { round, leading });
        }
    };
    let leading = move || {
        let words = t_string!(i18n, lead.vote_leading);
        filled(words, &[("count", &LEADING.to_string())])
    };
    view! {
        <Show when=move || newest.read().is_some()>
            <Show when=move || newest.read().is_some_and(|(_, has_more)| has_more)>
                <Button
                    label=leading
                    on_press=vote_on_leading
                    attr:data-testid="lead-vote-leading"
                />
            </Show>
            <Button
                label=text!(lead.vote_reopen)
                on_press=reopen
                attr:data-testid="lead-reopen-round"
            />
            <p class="field__hint">{text!(lead.vote_reopen_hint)}</p>
        </Show>
    }
    .into_any()
}

fn title_of(round: &RoundView) -> String {
    round.title.clone()
}

/// Whether the newest round is closed and its result shown.
pub(super) fn has_result(view: &SharedView) -> bool {
    let newest = view.round.as_ref();
    newest.is_some_and(|round| !round.is_open && round.result.is_some())
}

/// In which order the newest result is shown: by the sum of dots, or by how far the voices agree.
pub(super) fn order_choice(lead: Lead) -> AnyView {
    let session = lead.replica.session;
    let order = session.part(|view| {
        let newest = view.round.as_ref();
        newest.map_or(RoundOrder::Total, |round| round.order)
    });
    let choices = vec![
        Choice {
            value: RoundOrder::Total,
            label: text!(lead.order_total).into(),
            icon: None,
        },
        Choice {
            value: RoundOrder::Agreement,
            label: text!(lead.order_agreement).into(),
            icon: None,
        },
    ];
    let choose = move |(order,)| {
        let newest = session
            .shared
            .with_untracked(|view| view.round.as_ref().map(|round| round.id));
        if let Some(round) = newest {
            lead.ask(Command::OrderRound { round, order });
        }
    };
    choice_row(
        text!(lead.result_order).into(),
        choices,
        order.into(),
        UnsyncCallback::new(choose),
    )
}
