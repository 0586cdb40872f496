//! What the wall shows, by itself or as chosen; and in which language, for nobody can choose there.

use super::super::{Lead, wall::scene_name};
use crate::{
    i18n::{
        language::{languages, locale_of, session_language},
        t_string, text, use_i18n,
    },
    parts::{
        choice::{Choice, choice_row},
        flow::Show,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, Scene};

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let scene = session.part(|view| view.scene.clone());
    let is_pinned = session.part(|view| view.is_scene_pinned);
    let pin = move |_| {
        lead.ask(Command::SetScene {
            scene: scene.get_untracked(),
            is_pinned: !is_pinned.get_untracked(),
        });
    };
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
    // A note that is read, say: it is on, and chosen elsewhere.
    let listed: Vec<Option<Scene>> = rows.iter().map(|(_, scene)| scene.clone()).collect();
    let elsewhere = Memo::new(move |_| {
        scene
            .get()
            .filter(|scene| !listed.contains(&Some(scene.clone())))
    });
    let from_elsewhere = move || {
        let chosen = elsewhere.get()?;
        let name = scene_name(i18n.get_locale(), &chosen);
        Some(view! {
            <button
                type="button"
                class="option"
                role="radio"
                data-scene="elsewhere"
                aria-checked="true"
                on:click=move |_| lead.ask(Command::SetScene { scene: Some(chosen.clone()), is_pinned: false })
            >
                <span class="option__name">{name}</span>
            </button>
        })
    };
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
                    on:click=move |_| lead.ask(Command::SetScene { scene: wanted.clone(), is_pinned: false })
                >
                    <span class="option__name">{label}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="options" role="radiogroup" aria-label=text!(lead.scene)>
            {from_elsewhere}
            {choices}
        </div>
        <Show when=move || scene.with(Option::is_some)>
            <button
                type="button"
                class="option"
                role="checkbox"
                data-testid="scene-pin"
                aria-checked=move || if is_pinned.get() { "true" } else { "false" }
                on:click=pin
            >
                <span class="option__name">{text!(lead.scene_pin)}</span>
                <span class="option__hint">{text!(lead.scene_pin_hint)}</span>
            </button>
        </Show>
        <div class="lead__wall-language" data-testid="wall-language">
            <p class="field__label" aria-hidden="true">{text!(lead.wall_language)}</p>
            {language_row(lead)}
        </div>
    }
    .into_any()
}

/// The board's own language. Until it has one, each wall speaks as its browser does: most likely as this page.
fn language_row(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let spoken = Signal::derive(move || {
        let board = replica.state.language.get();
        board.map_or_else(|| i18n.get_locale(), locale_of)
    });
    let choices = languages().map(|(value, name)| Choice {
        value,
        label: name.into(),
        icon: None,
    });
    choice_row(
        text!(lead.wall_language).into(),
        choices.collect(),
        spoken,
        UnsyncCallback::new(move |(locale,)| {
            replica.change_for_good(|change| change.set_language(session_language(locale)));
        }),
    )
}
