//! The phone: one thumb. Write a note, find it again, read the clusters, see the whole board.
//!
//! ```text
//! top bar     what the board is called, whether all is saved, who is here, the menu
//! tab         write (compose, my notes, the others') · clusters (list, one of them) · board (picture, list)
//!             · lead (for who facilitates; see crate::facilitate)
//! waits       a line for what is elsewhere: a ballot, a card, what is read aloud, what a facilitator shows
//! tab bar     at the bottom, or at the side when the phone lies
//! ```
//! Text is written in plain text fields of a plain form, never in a canvas. Nothing needs hover,
//! drag or pinch.

mod arrange;
mod board;
mod clusters;
mod compose;
mod gather;
mod gestures;
mod keyboard;
mod kind_change;
mod led;
mod linker;
mod live_field;
mod menu;
mod mover;
mod overview;
mod phase;
mod row;
mod scroll_anchor;
mod spotlit;
mod state;
mod top;
mod write;

use crate::{
    facilitate::{
        LeadPage, WaitingOutside, may_lead, somebody_waits, tell_of_sweeps, tell_who_waits,
    },
    i18n::{t_string, text, use_i18n},
    moments::{
        MomentSheets, asked_for, can_be_disturbed, disturb_me, print_words, something_waits,
    },
    notes::AnswerSheet,
    parts::{
        back::{closes_on_back, provide_back_key},
        flow::Show,
        icon::{Icon, IconName},
        notice::{NoticeList, provide_notices, use_notices},
    },
    paste::{self, Taker},
    photo::{CutSheet, show::PhotoDialog},
    replica::Replica,
    session::{attend, introduce::IntroduceDialog, kept_words::KeptWords},
};
use arrange::Arranger;
use board::BoardTab;
use clusters::ClustersTab;
use led::LedLine;
use leptos::{html, prelude::*};
use linker::Linker;
use menu::PhoneMenu;
use mover::Mover;
use phase::BallotWaits;
use spotlit::SpotlitLine;
use state::{PhoneState, Place, Tab};
use top::TopBar;
use write::{CardAbove, WriteTab};

/// The phone over a board.
#[component]
pub(crate) fn Phone(replica: Replica) -> impl IntoView {
    provide_notices();
    attend(replica);
    print_words(replica);
    tell_of_sweeps(replica);
    crate::notes::thrown::tell_of_thrown(replica);
    tell_who_waits(replica);
    let phone = PhoneState::new(replica);
    provide_back_key();
    closes_on_back(
        move || phone.tab.get() != Tab::Write,
        move || phone.go_to(Tab::Write),
    );
    closes_on_back(
        move || phone.tab.get() == Tab::Clusters && phone.place.read().is_some(),
        move || phone.place.set(None),
    );
    closes_on_back(
        move || phone.open_note.read().is_some(),
        move || phone.open_note.set(None),
    );
    let look = gather::look(phone);
    led::follow(phone, look);
    let page = NodeRef::<html::Main>::new();
    let content = NodeRef::<html::Div>::new();
    scroll_anchor::hold_scroll(phone, page, content);
    phase::follow(phone, page);
    keyboard::make_room();
    paste::listen(Taker {
        replica,
        notices: use_notices(),
        on_words: None,
    });
    // Another page begins at its beginning.
    Effect::new(move |before: Option<(Tab, Option<Place>)>| {
        let now = (phone.tab.get(), phone.place.get());
        if let Some(page) = page
            .get_untracked()
            .filter(|_| before.is_some_and(|before| before != now))
        {
            page.set_scroll_top(0);
        }
        now
    });
    let asked = asked_for(replica);
    Effect::new(move |before: Option<u32>| {
        let now = asked.get();
        if before.is_some_and(|before| before < now) && phone.tab.get_untracked() == Tab::Lead {
            phone.go_to(Tab::Write);
        }
        now
    });
    view! {
        <div class="phone">
            <TopBar phone/>
            <main node_ref=page class="phone__page" data-tab=move || phone.tab.get().name()>
                <div node_ref=content class="phone__content">
                    {move || match phone.tab.get() {
                        _ if replica.waits_outside.get() => view! { <WaitingOutside replica/> }.into_any(),
                        Tab::Write => view! { <WriteTab phone/> }.into_any(),
                        Tab::Clusters => view! { <ClustersTab phone/> }.into_any(),
                        Tab::Board => view! { <BoardTab phone/> }.into_any(),
                        Tab::Lead => view! { <LeadPage replica look/> }.into_any(),
                    }}
                </div>
            </main>
            <KeptWords replica class="kept--phone"/>
            <div class="phone__waits">
                <LedLine phone/>
                <SpotlitLine phone/>
                <BallotWaits phone/>
                <CardAbove phone/>
            </div>
            <TabBar phone/>
            <Mover phone/>
            <Arranger phone/>
            <Linker phone/>
            <AnswerSheet replica answering=phone.answering/>
            <PhoneMenu phone/>
            <IntroduceDialog replica/>
            <MomentSheets replica/>
            <PhotoDialog replica/>
            <CutSheet replica/>
            <NoticeList class="notices--phone"/>
        </div>
    }
}

/// The pages: three, and a fourth for who leads.
#[component]
fn TabBar(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let can_disturb = can_be_disturbed(phone.replica);
    let waits = something_waits(phone.replica);
    let at_the_door = somebody_waits(phone.replica);
    let name = move |tab| match tab {
        Tab::Write => t_string!(i18n, phone.tab_write),
        Tab::Clusters => t_string!(i18n, phone.tab_clusters),
        Tab::Board => t_string!(i18n, phone.tab_board),
        Tab::Lead => t_string!(i18n, phone.tab_lead),
    };
    let may_lead = may_lead(phone.replica);
    Effect::new(move || {
        if !may_lead.get() && phone.tab.get_untracked() == Tab::Lead {
            phone.go_to(Tab::Write);
        }
    });
    let tabs = [
        (Tab::Write, IconName::Pen, "tab-write"),
        (Tab::Clusters, IconName::List, "tab-clusters"),
        (Tab::Board, IconName::Grid, "tab-board"),
        (Tab::Lead, IconName::Clock, "tab-lead"),
    ];
    let buttons = tabs
        .into_iter()
        .map(|(tab, icon, hook)| {
            view! {
                <button
                    type="button"
                    class="tabs__tab"
                    data-testid=hook
                    hidden=move || tab == Tab::Lead && !may_lead.get()
                    aria-current=move || (phone.tab.get() == tab).then_some("page")
                    on:click=move |_| phone.go_to(tab)
                >
                    <Icon name=icon/>
                    <span>{move || name(tab)}</span>
                    {move || (tab == Tab::Lead && phone.tab.get() != tab && at_the_door.get()).then(|| view! {
                        <span class="tabs__waits"></span>
                    })}
                    {move || (tab == Tab::Write && phone.tab.get() != tab && waits.get()).then(|| view! {
                        <span class="tabs__waits"></span>
                        <span class="visually-hidden">{text!(moment.waits)}</span>
                    })}
                </button>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=text!(phone.tabs)>
            {buttons}
            <Show when=move || can_disturb.get()>
                <button
                    type="button"
                    class="tabs__tab"
                    data-testid="disturb-me"
                    aria-label=text!(moment.disturb_me)
                    on:click=move |_| {
                        phone.go_to(Tab::Write);
                        disturb_me(phone.replica);
                    }
                >
                    <Icon name=IconName::Bolt/>
                    <span>{text!(phone.tab_disturb)}</span>
                </button>
            </Show>
        </nav>
    }
}
