//! The round: whose turn it is to speak, and who is next.

use super::{MomentState, queue::Moment};
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        icon::{Icon, IconName},
    },
    session::{scribe, speaker::speaker_name, turn_time::TurnTime},
};
use leptos::prelude::*;
use samtavle_shared::{ids::PersonId, session::Command};

/// It is my turn, or that of somebody for whom I write.
#[component]
pub(super) fn MyTurn(
    moments: MomentState,
    #[prop(optional)] of: Option<PersonId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let is_of_another = of.is_some();
    let title = move || {
        let Some(of) = &of else {
            return t_string!(i18n, moment.turn_mine).to_owned();
        };
        let name = scribe::name_of(replica, i18n.get_locale(), of);
        filled(t_string!(i18n, scribe.turn_of), &[("name", &name)])
    };
    view! {
        <div class="moment__body" data-testid="moment-turn">
            <h2 class="moment__title">{title}</h2>
            <TurnTime replica/>
            {(!is_of_another).then(|| view! { <p class="moment__hint">{text!(moment.turn_hint)}</p> })}
            <div class="moment__acts">
                <Button
                    kind=ButtonKind::Primary
                    label=text!(moment.turn_done)
                    on_press=move |()| replica.command(Command::EndTurn)
                    attr:data-testid="turn-done"
                />
                <Button
                    label=text!(moment.turn_pass)
                    on_press=move |()| replica.command(Command::PassTurn)
                    attr:data-testid="turn-pass"
                />
            </div>
        </div>
    }
}

/// Who speaks and who is next, for all others and for whoever has another card before them.
#[component]
pub(super) fn TurnLine(moments: MomentState, shown: Memo<Option<Moment>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let turns = replica.session.part(|shared| shared.turns.clone());
    let mine = replica
        .session
        .own_part(|own| (own.is_my_turn, own.is_next));
    let words = move || {
        let turns = turns.get()?;
        let (is_mine, is_next) = mine.get();
        if is_mine {
            // Its card says so, unless another is before it.
            let is_told = matches!(shown.get(), Some(Moment::MyTurn));
            return (!is_told).then(|| t_string!(i18n, moment.turn_mine).to_owned());
        }
        let locale = i18n.get_locale();
        let Some(present) = &turns.present else {
            return Some(t_string!(i18n, moment.turn_all_heard).to_owned());
        };
        let now = filled(
            t_string!(i18n, moment.turn_now),
            &[("who", &speaker_name(replica, locale, present))],
        );
        let then = if is_next {
            t_string!(i18n, moment.turn_next).to_owned()
        } else {
            let next = turns.next.as_ref()?;
            filled(
                t_string!(i18n, moment.turn_then),
                &[("who", &speaker_name(replica, locale, next))],
            )
        };
        Some([&*now, " · ", &then].concat())
    };
    let words = Memo::new(move |_| words());
    move || {
        words.get().map(|words| {
            view! {
                <p class="moments__line" class:moments__line--next=move || mine.get().1 data-testid="turn-line" role="status">
                    <Icon name=IconName::People/>
                    <span>{words}</span>
                    <TurnTime replica/>
                </p>
            }
        })
    }
}
