//! The «…» menu: what one does seldom.

use super::{super::letters, keys::KeysDialog};
use crate::{
    browser::key::letter_of,
    i18n::{
        Locale,
        language::{choose_language, languages},
        text, use_i18n,
    },
    parts::{
        icon::IconName,
        menu::{Menu, MenuItem, Tick},
        theme::Theme,
    },
    session::{chime, news},
};
use leptos::{ev, prelude::*, text_prop::TextProp};
use wasm_bindgen::JsCast;

/// The menu of the board, and the list of keys that it opens.
#[component]
pub(super) fn BoardMenu() -> impl IntoView {
    let i18n = use_i18n();
    let shows_keys = RwSignal::new(false);
    let theme = RwSignal::new(Theme::remembered());
    let is_sound_wanted = RwSignal::new(chime::is_wanted());
    let are_letters = RwSignal::new(letters::are_shortcuts());
    let is_news_wanted = RwSignal::new(news::is_wanted());

    let on_key = window_event_listener(ev::keydown, move |event| {
        if letter_of(&event) == "?" && letters::are_shortcuts() && !is_written_in(&event) {
            event.prevent_default();
            shows_keys.set(true);
        }
    });
    on_cleanup(move || on_key.remove());

    let language = move |locale: Locale, name: &'static str| {
        view! {
            <MenuItem
                label=name
                is_chosen=Signal::derive(move || i18n.get_locale() == locale)
                on_press=move |()| choose_language(locale)
            />
        }
    };
    let look = move |wanted: Theme, label: TextProp, icon: IconName| {
        view! {
            <MenuItem
                label
                icon
                is_chosen=Signal::derive(move || theme.get() == wanted)
                on_press=move |()| {
                    wanted.choose();
                    theme.set(wanted);
                }
            />
        }
    };
    view! {
        <Menu label=text!(desk.menu) icon=IconName::More>
            <MenuItem
                label=text!(desk.to_home)
                icon=IconName::Home
                on_press=|()| {
                    let _ = window().location().assign(&crate::site::base()); // our own front page can be read
                }
            />
            <MenuItem
                label=text!(desk.show_keys)
                icon=IconName::Keyboard
                key="?"
                on_press=move |()| shows_keys.set(true)
            />
            <MenuItem
                label=text!(keys.letters)
                tick=Tick::OnOrOff
                is_chosen=Signal::derive(move || are_letters.get())
                hook="letters-wanted"
                on_press=move |()| {
                    are_letters.update(|are| *are = !*are);
                    letters::let_be_shortcuts(are_letters.get_untracked());
                }
            />
            <MenuItem
                label=text!(session.sound)
                tick=Tick::OnOrOff
                is_chosen=Signal::derive(move || is_sound_wanted.get())
                on_press=move |()| {
                    is_sound_wanted.update(|wanted| *wanted = !*wanted);
                    chime::want(is_sound_wanted.get_untracked());
                }
            />
            <MenuItem
                label=text!(news.title)
                tick=Tick::OnOrOff
                is_chosen=Signal::derive(move || is_news_wanted.get())
                hook="news-wanted"
                on_press=move |()| {
                    is_news_wanted.update(|wanted| *wanted = !*wanted);
                    news::want(is_news_wanted.get_untracked());
                }
            />
            <hr class="rule" />
            <div role="group" aria-label=text!(common.language)>
                <p class="menu__heading" aria-hidden="true">{text!(common.language)}</p>
                {languages().map(|(locale, name)| language(locale, name)).collect_view()}
            </div>
            <hr class="rule" />
            <div role="group" aria-label=text!(common.theme)>
                <p class="menu__heading" aria-hidden="true">{text!(common.theme)}</p>
                {look(Theme::Device, text!(common.theme_device).into(), IconName::Half)}
                {look(Theme::Light, text!(common.theme_light).into(), IconName::Sun)}
                {look(Theme::Dark, text!(common.theme_dark).into(), IconName::Moon)}
            </div>
        </Menu>
        <KeysDialog open=shows_keys />
    }
}

/// Whether the key went into a text.
fn is_written_in(event: &web_sys::KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok())
        .is_some_and(|target| {
            matches!(&*target.tag_name(), "INPUT" | "TEXTAREA") || target.is_content_editable()
        })
}
