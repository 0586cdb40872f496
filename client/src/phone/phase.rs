//! A phone goes along with the session: when a new phase begins it shows, from its top, the page that the phase is
//! for; when a ballot opens it shows that. Whoever is writing is left alone, and so is who leads: they pressed.

use super::state::{PhoneState, Tab};
use crate::{
    i18n::text,
    moments::{is_writing, open_ballot},
    parts::{
        button::{Button, ButtonKind},
        flow::Show,
        icon::{Icon, IconName},
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::session::{Phase, PhaseId};

/// Follows phases and ballots, as long as the page is open.
pub(super) fn follow(phone: PhoneState, page: NodeRef<html::Main>) {
    let session = phone.replica.session;
    let phase = session.phase();
    let go = move |tab: Tab| {
        if phone.tab.get_untracked() == Tab::Lead || is_writing() {
            return;
        }
        phone.open_note.set(None);
        phone.place.set(None);
        // The page that is in view already stays as it is: what is written there is not begun anew.
        if phone.tab.get_untracked() != tab {
            phone.tab.set(tab);
        }
        if let Some(page) = page.get_untracked() {
            page.set_scroll_top(0);
        }
    };
    Effect::new(move |before: Option<Option<Option<PhaseId>>>| {
        let here = phase.with(|phase| phase.as_ref().map(|phase| phase.id));
        let now = session.is_known.get().then_some(here);
        // Whoever comes is where they come; the phase is new to those who were here.
        if let (Some(Some(before)), Some(Some(_))) = (before, now)
            && before != here
        {
            let is_of_clusters =
                phase.with_untracked(|phase| phase.as_ref().is_some_and(Phase::names_clusters));
            go(if is_of_clusters {
                Tab::Clusters
            } else {
                Tab::Write
            });
        }
        now
    });
    let ballot = open_ballot(phone.replica);
    Effect::new(move |before: Option<bool>| {
        let is_open = ballot.get();
        if before == Some(false) && is_open && phone.tab.get_untracked() != Tab::Write {
            go(Tab::Write);
        }
        is_open
    });
}

/// Over the tabs, where the thumb is, for who looks at another page while a ballot waits: one press goes there.
#[component]
pub(super) fn BallotWaits(phone: PhoneState) -> impl IntoView {
    let ballot = open_ballot(phone.replica);
    view! {
        <Show when=move || ballot.get() && phone.tab.get() != Tab::Write>
            <button
                type="button"
                class="waits"
                data-testid="ballot-waits"
                on:click=move |_| phone.go_to(Tab::Write)
            >
                <Icon name=IconName::Vote/>
                <span>{text!(moment.vote_waits_here)}</span>
            </button>
        </Show>
    }
}

/// On the page for writing, in a phase that is for the clusters: one press goes to them.
#[component]
pub(super) fn ToClusters(phone: PhoneState) -> impl IntoView {
    let phase = phone.replica.session.phase();
    let is_of_clusters =
        Memo::new(move |_| phase.read().as_ref().is_some_and(Phase::names_clusters));
    view! {
        <Show when=move || is_of_clusters.get()>
            <div class="write__clusters">
            <Button
                kind=ButtonKind::Primary
                label=text!(phone.to_clusters)
                icon=IconName::List
                hook="to-clusters"
                on_press=move |()| phone.go_to(Tab::Clusters)
            />
            </div>
        </Show>
    }
}
