//! What the wall shows: by itself, or as chosen.

use super::super::Lead;
use crate::i18n::{Locale, td_string, text, use_i18n};
use leptos::prelude::*;
use samtavle_shared::session::{Command, Scene};

/// A choice, and the name that tests find it by.
type Row = (&'static str, Option<Scene>, fn(Locale) -> &'static str);

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let scene = lead.replica.session.part(|view| view.scene.clone());
    let rows: [Row; 7] = [
        ("auto", None, |locale| td_string!(locale, lead.scene_auto)),
        ("gather", Some(Scene::Gather), |locale| {
            td_string!(locale, lead.scene_join)
        }),
        ("clusters", Some(Scene::Clusters), |locale| {
            td_string!(locale, lead.scene_clusters)
        }),
        ("votes", Some(Scene::Votes), |locale| {
            td_string!(locale, lead.scene_votes)
        }),
        ("insights", Some(Scene::Insights), |locale| {
            td_string!(locale, lead.scene_insights)
        }),
        ("plans", Some(Scene::Plans), |locale| {
            td_string!(locale, lead.scene_plans)
        }),
        ("follow", Some(Scene::Follow), |locale| {
            td_string!(locale, lead.scene_follow)
        }),
    ];
    let choices = rows
        .into_iter()
        .map(|(name, wanted, label)| {
            let shown = wanted.clone();
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
                    <span class="option__name">{move || label(i18n.get_locale())}</span>
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
