//! The top of the phone: what the board is called, whether all is safe, who is here, the menu. In a phase:
//! which group or phase one is in, the time left, and the hour.

use super::state::PhoneState;
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::{
        button::{IconButton, TipSide},
        connection::{ConnectionChip, ConnectionState},
        flow::Show,
        icon::{Icon, IconName},
    },
    replica::Replica,
    session::{
        agenda::{AgendaBar, place_in_sitting},
        group::{group_class, group_name, own_group, voices_in_words},
        standing::shown,
        timer::TimeLeft,
    },
};
use leptos::prelude::*;

/// The bar.
#[component]
pub(super) fn TopBar(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let title = replica.state.title;
    let state = Signal::derive(move || shown(replica));
    let people = move || {
        let count = replica.people_count.get() as usize;
        counted(
            count,
            t_string!(i18n, people.here_1),
            t_string!(i18n, people.here_n),
        )
    };
    let phase = replica.session.part(|view| view.stage.phase());
    let is_in_phase = move || phase.get().is_some();
    view! {
        <header class="phone__top" class:phone__top--session=is_in_phase>
            <div class="phone__about">
                <Show
                    when=is_in_phase
                    fallback=move || view! {
                        <Show when=move || !title.read().trim().is_empty()>
                            <span class="phone__title" dir="auto">{move || title.get()}</span>
                        </Show>
                    }
                >
                    <WhereIAm replica/>
                </Show>
                <span data-testid="connection" data-state=move || state_name(state.get())>
                    <ConnectionChip state/>
                </span>
            </div>
            <Show when=move || replica.people_count.get() != 0 && !is_in_phase()>
                <span class="phone__people" data-testid="people-count">
                    <Icon name=IconName::People/>
                    <span aria-hidden="true">{move || replica.people_count.get()}</span>
                    <span class="visually-hidden">{people}</span>
                </span>
            </Show>
            <TimeLeft replica/>
            <IconButton
                label=text!(desk.menu)
                icon=IconName::More
                tip=TipSide::BelowEnd
                on_press=move || phone.menu.set(true)
            />
            <Show when=is_in_phase>
                <AgendaBar replica/>
            </Show>
        </header>
    }
}

/// «Gruppe Blå · 4 ulike stemmer», or which phase it is.
#[component]
fn WhereIAm(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let group = own_group(replica);
    let place = replica.session.part(place_in_sitting);
    let words = move || {
        let locale = i18n.get_locale();
        if let Some((id, voices)) = group.get() {
            let name = group_name(locale, id);
            if voices == 0 {
                return filled(t_string!(i18n, session.group_named), &[("group", &name)]);
            }
            return filled(
                t_string!(i18n, session.group_and_voices),
                &[
                    ("group", &name),
                    ("voices", &voices_in_words(locale, voices)),
                ],
            );
        }
        let (number, count) = place.get().unwrap_or((1, 1));
        filled(
            t_string!(i18n, session.phase_number),
            &[
                ("number", &number.to_string()),
                ("count", &count.to_string()),
            ],
        )
    };
    let class = move || {
        let colour = group.get().map_or("", |(id, _)| group_class(id));
        ["phone__where ", colour].concat()
    };
    view! {
        <span class=class>
            {move || group.read().is_some().then(|| view! { <span class="group-mark" aria-hidden="true"></span> })}
            <span>{words}</span>
        </span>
    }
}

const fn state_name(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Connecting => "connecting",
        ConnectionState::Saved => "saved",
        ConnectionState::Saving => "saving",
        ConnectionState::Unsaving => "unsaving",
        ConnectionState::HeldByBoard
        | ConnectionState::HeldByFull
        | ConnectionState::HeldByLength
        | ConnectionState::HeldByCluster => "held",
        ConnectionState::Waiting => "waiting",
        ConnectionState::Offline => "offline",
        ConnectionState::Stopped => "stopped",
    }
}
