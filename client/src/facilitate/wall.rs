//! What stays as it was chosen until somebody lets go of it: the wall's scene, the lock.

use super::Lead;
use crate::{
    i18n::{Locale, language::filled, t_string, td_string, text, use_i18n},
    parts::{button::Button, flow::Show},
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, Followers, Scene};

/// What the wall shows because it was chosen, and how it chooses by itself again.
#[component]
pub(super) fn Wall(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let scene = session.part(|view| view.scene.clone());
    let read = Memo::new(move |_| session.lead.with(|lead| lead.read));
    let is_pinned = session.part(|view| view.is_scene_pinned);
    let words = move || {
        scene.with(|scene| {
            let name = scene_name(i18n.get_locale(), scene.as_ref()?);
            Some(filled(t_string!(i18n, lead.wall_shows), &[("what", name)]))
        })
    };
    let how_long = move || {
        if is_pinned.get() {
            t_string!(i18n, lead.scene_pinned)
        } else {
            t_string!(i18n, lead.scene_gives_way)
        }
    };
    let pin = move |()| {
        lead.ask(Command::SetScene {
            scene: scene.get_untracked(),
            is_pinned: !is_pinned.get_untracked(),
        });
    };
    let pin_name = move || {
        if is_pinned.get() {
            t_string!(i18n, lead.scene_unpin)
        } else {
            t_string!(i18n, lead.scene_pin)
        }
    };
    let progress = move || {
        let is_reading = scene.with(|scene| matches!(scene, Some(Scene::Spotlight(_))));
        let read = read.get();
        (is_reading && read > 0).then(|| {
            let words = t_string!(i18n, lead.read_progress);
            filled(words, &[("read", &read.to_string())])
        })
    };
    view! {
        <Show when=move || scene.with(Option::is_some)>
            <div class="lead__now" data-testid="lead-wall-now">
                <p>{words}</p>
                {move || progress().map(|words| view! { <p>{words}</p> })}
                <p class="lead__beside" data-testid="lead-scene-pinned">{how_long}</p>
                <div class="lead__pair">
                    <Button
                        label=text!(lead.scene_auto)
                        on_press=move |()| lead.ask(Command::SetScene { scene: None, is_pinned: false })
                        attr:data-testid="lead-scene-auto"
                    />
                    <Button label=pin_name on_press=pin attr:data-testid="lead-scene-pin" />
                </div>
            </div>
        </Show>
    }
}

/// What a scene is called.
pub(super) fn scene_name(locale: Locale, scene: &Scene) -> &'static str {
    match scene {
        Scene::Gather => td_string!(locale, lead.scene_join),
        Scene::Clusters => td_string!(locale, lead.scene_clusters),
        Scene::Spotlight(_) => td_string!(locale, lead.scene_spotlight),
        Scene::SaidBack => td_string!(locale, lead.scene_said_back),
        Scene::Votes => td_string!(locale, lead.scene_votes),
        Scene::Insights => td_string!(locale, lead.scene_insights),
        Scene::Plans => td_string!(locale, lead.scene_plans),
        Scene::Broken(_) => td_string!(locale, lead.scene_broken),
        Scene::Follow => td_string!(locale, lead.scene_follow),
    }
}

/// Others follow what one sees, until one ends it.
#[component]
pub(super) fn Followed(lead: Lead) -> impl IntoView {
    let session = lead.replica.session;
    let is_followed = session.own_part(|own| own.followed_by == Some(Followers::Everybody));
    view! {
        <Show when=move || is_followed.get()>
            <div class="lead__now" data-testid="lead-followed">
                <p>{text!(lead.followed)}</p>
                <Button
                    label=text!(lead.followed_end)
                    on_press=move |()| lead.ask(Command::StopGathering)
                    attr:data-testid="lead-followed-end"
                />
            </div>
        </Show>
    }
}

/// A locked board is easily forgotten.
#[component]
pub(super) fn Locked(lead: Lead) -> impl IntoView {
    let locks = lead.replica.session.part(|view| view.locks.clone());
    let unlock = move |()| {
        let mut locks = locks.get_untracked();
        locks.board = false;
        lead.ask(Command::Lock { locks });
    };
    view! {
        <Show when=move || locks.with(|locks| locks.board)>
            <div class="lead__now">
                <p>{text!(lead.locked_now)}</p>
                <Button
                    label=text!(lead.unlock)
                    on_press=unlock
                    attr:data-testid="lead-unlock"
                />
            </div>
        </Show>
    }
}
