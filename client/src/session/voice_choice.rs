//! «som pårørende»: a menu of my voices, and none of them.

use super::{
    introduce, scribe,
    voice::{as_voice, in_a_sentence, speak_as, speaking_as},
};
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        flow::{For, Show},
        icon::{Icon, IconName},
        menu::{Menu, MenuButton, MenuItem},
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::ids::VoiceId;

/// The chooser; nothing on a board without voices, or on one without a session where I have taken none.
#[component]
pub(crate) fn VoiceChoice(
    replica: Replica,
    /// What the button shows.
    #[prop(optional)]
    button: MenuButton,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = replica.session;
    let speaking = speaking_as(replica);
    let own = session.own_part(|own| own.voices.clone());
    let written_for = scribe::people(replica);
    let has_voices = session.part(|view| !view.voices.is_empty());
    let has_session = session.part(|view| !view.phases.is_empty());
    let label = move || match speaking.get() {
        Some(voice) if button == MenuButton::Mark => {
            let name = session.voice_name(&voice, i18n.get_locale());
            let name = in_a_sentence(&name.unwrap_or_default());
            filled(t_string!(i18n, session.you_write_as), &[("voice", &name)])
        }
        Some(voice) => as_voice(replica, i18n.get_locale(), &voice),
        None => t_string!(i18n, session.without_voice).to_owned(),
    };
    let item = move |voice: VoiceId| {
        let name = voice.clone();
        let label = move || {
            let name = session.voice_name(&name, i18n.get_locale());
            name.unwrap_or_default()
        };
        let is_it = voice.clone();
        view! {
            <MenuItem
                label
                is_chosen=Signal::derive(move || speaking.read().as_ref() == Some(&is_it))
                on_press=move |()| speak_as(replica, Some(voice.clone()))
            />
        }
    };
    view! {
        <Show when=move || has_voices.get() && (has_session.get() || !own.read().is_empty())>
            <div class="voice-choice" data-testid="voice-choice">
                <Show
                    when=move || !own.read().is_empty() || !written_for.read().is_empty()
                    fallback=move || view! {
                        <button
                            type="button"
                            class="button button--bare"
                            aria-label=text!(session.choose_voice)
                            data-tip=(button == MenuButton::Mark).then_some(text!(session.choose_voice))
                            data-tip-side="right"
                            on:click=move |_| introduce::open(replica)
                        >
                            <Icon name=IconName::People/>
                            {(button != MenuButton::Mark).then(|| view! { <span>{text!(session.choose_voice)}</span> })}
                        </button>
                    }
                >
                    <Menu label icon=IconName::People button>
                        <p class="menu__heading" aria-hidden="true">{text!(session.you_write)}</p>
                        <For each=move || own.get() key=Clone::clone let:voice>
                            {item(voice)}
                        </For>
                        <MenuItem
                            label=text!(session.without_voice)
                            is_chosen=Signal::derive(move || speaking.read().is_none())
                            on_press=move |()| speak_as(replica, None)
                        />
                        <hr class="rule"/>
                        <MenuItem
                            label=text!(session.change_voices)
                            icon=IconName::Pen
                            on_press=move |()| introduce::open(replica)
                        />
                        <MenuItem
                            label=text!(scribe.write_for)
                            icon=IconName::Scribe
                            on_press=move |()| scribe::open(replica)
                        />
                    </Menu>
                </Show>
            </div>
        </Show>
    }
}
