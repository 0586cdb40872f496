//! The end of the hour: when the room meets again, and what is taken home.

use super::Lead;
use crate::{
    i18n::text,
    moments::{MomentState, Sheet},
    parts::{button::Button, field::TextField, flow::Show, icon::IconName},
    session::over::{TakeHome, is_over},
};
use leptos::{html, prelude::*};
use samtavle_shared::session::Command;

/// The card; nothing before the end.
#[component]
pub(super) fn Over(lead: Lead) -> impl IntoView {
    let replica = lead.replica;
    let is_over = is_over(replica);
    view! {
        <Show when=move || is_over.get()>
            <section class="lead__now lead__over" data-testid="lead-over">
                <h3 class="panel__title">{text!(lead.take_home)}</h3>
                <MeetAgain lead/>
                <TakeHome replica/>
                <Button
                    icon=IconName::Plan
                    label=text!(lead.plans)
                    on_press=move |()| MomentState::of(replica).open(Sheet::Plans)
                />
            </section>
        </Show>
    }
}

/// Said to everybody as soon as the field is left.
#[component]
fn MeetAgain(lead: Lead) -> impl IntoView {
    let session = lead.replica.session;
    let said = session.part(|view| view.meet_again.clone());
    let value = RwSignal::new(said.get_untracked());
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || value.set(said.get()));
    let say = move || {
        let when = value.get_untracked().trim().to_owned();
        if when != said.get_untracked() {
            lead.ask(Command::MeetAgain { when });
        }
    };
    view! {
        <div
            data-testid="lead-meet-again"
            on:focusout=move |_| say()
            on:keydown=move |event| if event.key() == "Enter" { say() }
        >
            <TextField
                label=text!(lead.meet_again)
                placeholder=text!(lead.meet_again_example)
                value
                max_length=120
                node_ref=field
            />
        </div>
    }
}
