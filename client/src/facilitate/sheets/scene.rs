//! What the wall shows: by itself, or as chosen.

use super::super::{Lead, wall::scene_name};
use crate::i18n::{t_string, text, use_i18n};
use leptos::prelude::*;
use samtavle_shared::session::{Command, Scene};

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let scene = lead.replica.session.part(|view| view.scene.clone());
    // Each with the name that tests find it by.
    let rows = [
        ("auto", None),
        ("gather", Some(Scene::Gather)),
        ("clusters", Some(Scene::Clusters)),
        ("votes", Some(Scene::Votes)),
        ("insights", Some(Scene::Insights)),
        ("plans", Some(Scene::Plans)),
        ("follow", Some(Scene::Follow)),
    ];
    let choices = rows
        .into_iter()
        .map(|(name, wanted)| {
            let shown = wanted.clone();
            let named = wanted.clone();
            let label = move || match &named {
                Some(scene) => scene_name(i18n.get_locale(), scene),
                None => t_string!(i18n, lead.scene_auto),
            };
            view! {
                <button
                    type="button"
                    class="option"
                    role="radio"
                    data-scene=name
                    aria-checked=move || {
                        if scene.with(|scene| *scene == shown) { "true" } else { "false" }
                    }
                    on:click=move |_| lead.ask(Command::SetScene { scene: wanted.clone() })
                >
                    <span class="option__name">{label}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="options" role="radiogroup" aria-label=text!(lead.scene)>
            {choices}
        </div>
    }
    .into_any()
}
