//! The voices that there are, to be pressed.

use super::voice::voices_here;
use crate::{
    i18n::use_i18n,
    parts::{
        flow::{For, Show},
        icon::{Icon, IconName},
    },
    replica::Replica,
};
use leptos::{prelude::*, text_prop::TextProp};
use samtavle_shared::ids::VoiceId;

/// One chip a voice; nothing where the board has none.
#[component]
pub(super) fn VoiceChips(
    /// The board.
    replica: Replica,
    /// What is asked.
    #[prop(into)]
    legend: TextProp,
    /// More of what is asked.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// How tests find a chip: this, and the voice's id after it.
    hook: &'static str,
    /// Those that are pressed.
    chosen: Signal<Vec<VoiceId>>,
    /// Called with the one that was pressed now.
    on_press: UnsyncCallback<(VoiceId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let voices = voices_here(replica);
    let chip = move |id: VoiceId| {
        let hook = [hook, id.as_str()].concat();
        let (pressed, voice) = (id.clone(), id.clone());
        view! {
            <button
                type="button"
                class="voice-chip"
                data-testid=hook
                aria-pressed=move || if chosen.read().contains(&pressed) { "true" } else { "false" }
                on:click=move |_| on_press.run((voice.clone(),))
            >
                <Icon name=IconName::Check/>
                <span dir="auto">{move || replica.session.voice_name(&id, i18n.get_locale())}</span>
            </button>
        }
    };
    view! {
        <Show when=move || !voices.read().is_empty()>
            <fieldset class="voices">
                <legend class="field__label">{
                    let legend = legend.clone();
                    move || legend.get()
                }</legend>
                {hint.clone().map(|hint| view! { <p class="field__hint">{move || hint.get()}</p> })}
                <div class="introduce__voices">
                    <For each=move || voices.get() key=Clone::clone let:id>
                        {chip(id)}
                    </For>
                </div>
            </fieldset>
        </Show>
    }
}
