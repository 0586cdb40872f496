//! The list of perspectives: their names, their order, and which are shown last.

use super::super::Lead;
use crate::{
    i18n::{
        language::{counted, session_language},
        t_string, text, use_i18n,
    },
    parts::{
        button::{Button, ButtonKind, IconButton, TipSide},
        flow::For,
        fresh_id,
        icon::IconName,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::VoiceId,
    session::{Command, LocalizedText, Voice, VoiceView},
};

/// Longest name of a voice, characters: as many as the session takes.
const LONGEST: &str = "60";

/// A voice while it is edited.
#[derive(Clone)]
struct Edited {
    id: VoiceId,
    /// As it came: kept in the other language unless it is renamed.
    before: LocalizedText,
    name: RwSignal<String>,
    is_last: RwSignal<bool>,
    people: u32,
}

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let locale = i18n.get_locale_untracked();
    let voices = RwSignal::new_local(session.shared.with_untracked(|view| {
        let edited = |known: &VoiceView| Edited {
            id: known.voice.id.clone(),
            before: known.voice.name.clone(),
            name: RwSignal::new(Replica::words(&known.voice.name, locale)),
            is_last: RwSignal::new(known.voice.is_last),
            people: known.people,
        };
        view.voices.iter().map(edited).collect::<Vec<_>>()
    }));
    let sent = StoredValue::new(None::<Vec<Voice>>);
    lead.close_when(move || {
        session.shared.with(|view| {
            let now = view.voices.iter().map(|known| &known.voice);
            sent.with_value(|sent| sent.as_ref().is_some_and(|sent| sent.iter().eq(now)))
        })
    });
    let add = move |()| {
        voices.update(|voices| {
            let own = Replica::new_draft_id();
            voices.push(Edited {
                id: VoiceId::from(&*["v-", own.as_str()].concat()),
                before: LocalizedText::default(),
                name: RwSignal::new(String::new()),
                is_last: RwSignal::new(false),
                people: 0,
            });
        });
    };
    let save = move |()| {
        let language = session_language(locale);
        let all: Vec<Voice> = voices.with_untracked(|voices| {
            let voice = |edited: &Edited| {
                let name = edited.name.get_untracked();
                let name = name.trim();
                Voice {
                    id: edited.id.clone(),
                    name: if edited.before.in_language(language) == name {
                        edited.before.clone()
                    } else {
                        LocalizedText::own(name)
                    },
                    is_last: edited.is_last.get_untracked(),
                }
            };
            let voices = voices.iter().map(voice);
            voices.filter(|voice| !voice.name.is_empty()).collect()
        });
        let is_as_before = session
            .shared
            .with_untracked(|view| view.voices.iter().map(|known| &known.voice).eq(all.iter()));
        if is_as_before {
            return lead.close();
        }
        sent.set_value(Some(all.clone()));
        lead.ask(Command::SetVoices { voices: all });
    };
    view! {
        <div class="stack">
            <p class="lead__quiet">{text!(lead.voices_text)}</p>
            <ul class="rows">
                <For each=move || voices.get() key=|voice| voice.id.clone() let:voice>
                    {
                        let id = voice.id.clone();
                        let name = voice.name;
                        let is_last = voice.is_last;
                        let people = voice.people;
                        let last_id = fresh_id("last");
                        view! {
                            <li class="rows__one rows__one--wrap">
                                <input
                                    dir="auto"
                                    class="field__input rows__field"
                                    type="text"
                                    maxlength=LONGEST
                                    aria-label=text!(lead.voice_name)
                                    prop:value=move || name.get()
                                    on:input:target=move |event| name.set(event.target().value())
                                />
                                <span class="rows__aside">
                                    {move || {
                                        counted(
                                            people as usize,
                                            t_string!(i18n, lead.people_1),
                                            t_string!(i18n, lead.people_n),
                                        )
                                    }}
                                </span>
                                <span class="check">
                                    <input
                                        id=last_id.clone()
                                        type="checkbox"
                                        prop:checked=move || is_last.get()
                                        on:change:target=move |event| is_last.set(event.target().checked())
                                    />
                                    <label for=last_id>{text!(lead.is_last)}</label>
                                </span>
                                <IconButton
                                    label=text!(lead.voice_remove)
                                    icon=IconName::Trash
                                    tip=TipSide::Left
                                    on_press=move |()| {
                                        voices.update(|voices| voices.retain(|voice| voice.id != id));
                                    }
                                />
                            </li>
                        }
                    }
                </For>
            </ul>
            <p class="lead__quiet">{text!(lead.is_last_text)}</p>
            <div class="row row--wrap">
                <Button icon=IconName::Plus label=text!(lead.voice_add) on_press=add attr:data-testid="lead-voice-add" />
                <Button
                    kind=ButtonKind::Primary
                    label=text!(lead.save)
                    on_press=save
                    attr:data-testid="lead-save"
                />
            </div>
        </div>
    }
    .into_any()
}
