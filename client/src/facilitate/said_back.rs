//! After the notes were said in others' words: a list to read aloud, here and on the wall.

use super::Lead;
use crate::{
    i18n::{language::counted, t_string, use_i18n},
    moments::SaidBackList,
    parts::{button::Button, flow::Show, icon::IconName},
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, Scene};

/// What there is to read, as long as the phase goes on in which it was said.
#[component]
pub(super) fn SaidBack(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let count = replica.session.part(|view| view.said_back.len());
    let is_on_the_wall = replica
        .session
        .part(|view| view.scene == Some(Scene::SaidBack));
    let show = move |()| {
        let scene = (!is_on_the_wall.get_untracked()).then_some(Scene::SaidBack);
        lead.ask(Command::SetScene {
            scene,
            is_pinned: false,
        });
    };
    let heading = move || {
        counted(
            count.get(),
            t_string!(i18n, lead.said_back_1),
            t_string!(i18n, lead.said_back_n),
        )
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <details class="lead__now lead__said" data-testid="lead-said-back">
                <summary>{heading}</summary>
                <SaidBackList replica />
                <Button
                    icon=IconName::Screen
                    label=move || {
                        if is_on_the_wall.get() {
                            t_string!(i18n, lead.said_back_off)
                        } else {
                            t_string!(i18n, lead.said_back_on)
                        }
                    }
                    on_press=show
                    attr:data-testid="lead-said-back-wall"
                />
            </details>
        </Show>
    }
}
