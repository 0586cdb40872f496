//! For whom I write: one of those for whom I wrote before, or somebody new, with a name and a voice if they
//! like.

use super::{
    page::page,
    scribe::{for_whom, full_name, people, turn_to},
    voice_chips::VoiceChips,
    voice_choice::in_a_sentence,
};
use crate::parts::words::listed;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, IconButton},
        dialog::Dialog,
        field::{FieldContent, TextField},
        flow::{For, Show},
        icon::IconName,
        language::filled,
        me,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::PersonId,
    session::{MAX_PAPER_PEOPLE, PaperView},
};

/// The dialog; once on a page.
#[component]
pub(super) fn ScribeDialog(replica: Replica) -> impl IntoView {
    let is_open = page(replica).scribing;
    view! {
        <Dialog title=text!(scribe.write_for) open=is_open>
            <Choosing replica/>
        </Dialog>
    }
}

#[component]
fn Choosing(replica: Replica) -> impl IntoView {
    let is_open = page(replica).scribing;
    let people = people(replica);
    // Whom one has turned to comes with name and voice, to be mended; otherwise it is somebody new.
    let mended = RwSignal::new(for_whom(replica));
    let found = move |id: &PersonId| {
        people.with_untracked(|people| people.iter().find(|one| one.person == *id).cloned())
    };
    let first = mended.get_untracked().and_then(|id| found(&id));
    let name = RwSignal::new(
        first
            .as_ref()
            .map(|one| one.name.clone())
            .unwrap_or_default(),
    );
    let voice = RwSignal::new(first.and_then(|one| one.voices.first().cloned()));
    let turn = move |person: PersonId| {
        turn_to(replica, Some(person));
        is_open.set(false);
    };
    let begin = move |()| {
        let person = mended
            .get_untracked()
            .unwrap_or_else(Replica::new_paper_person);
        let words: Vec<String> = name
            .get_untracked()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        replica.write_for(PaperView {
            person: person.clone(),
            number: found(&person).map_or(0, |one| one.number),
            name: words.join(" "),
            voices: voice.get_untracked().into_iter().collect(),
            group: None,
            dots: std::collections::BTreeMap::new(),
            voted_as: None,
            has_turn: false,
            is_next: false,
            say_back: None,
        });
        turn(person);
    };
    let anew = move |()| {
        mended.set(None);
        name.set(String::new());
        voice.set(None);
    };
    let is_full =
        Memo::new(move |_| people.read().len() >= MAX_PAPER_PEOPLE && mended.read().is_none());
    view! {
        <p class="field__hint">{text!(scribe.hint)}</p>
        <Show when=move || mended.read().is_none() && !people.read().is_empty()>
            <ul class="scribe-list" data-testid="scribe-list">
                <For each=move || people.get() key=|one| (one.person.clone(), one.name.clone(), one.voices.clone()) let:one>
                    <Known replica person=one on_turn=move |(person,)| turn(person)/>
                </For>
            </ul>
        </Show>
        <Show
            when=move || !is_full.get()
            fallback=move || view! { <p class="field__hint">{text!(scribe.full)}</p> }
        >
            <Show when=move || mended.read().is_none() && !people.read().is_empty()>
                <h3 class="scribe-new">{text!(scribe.new)}</h3>
            </Show>
            <TextField
                label=text!(scribe.name)
                value=name
                content=FieldContent::Name
                hint=text!(scribe.name_hint)
                max_length=me::MAX_NAME
            />
            <VoiceChips
                replica
                legend=text!(scribe.speaks_as)
                hook="scribe-voice-"
                chosen=Signal::derive(move || voice.get().into_iter().collect())
                on_press=UnsyncCallback::new(move |(pressed,)| {
                    voice.update(|voice| *voice = (voice.as_ref() != Some(&pressed)).then_some(pressed));
                })
            />
            <div class="dialog__foot">
                <Show when=move || mended.read().is_some()>
                    <Button label=text!(scribe.somebody_else) on_press=anew hook="scribe-other"/>
                </Show>
                <Button
                    kind=ButtonKind::Primary
                    label=text!(scribe.begin)
                    on_press=begin
                    hook="scribe-begin"
                />
            </div>
        </Show>
    }
}

/// Somebody for whom I wrote before.
#[component]
fn Known(
    replica: Replica,
    person: PaperView,
    #[prop(into)] on_turn: UnsyncCallback<(PersonId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = person.person.clone();
    let whom = id.clone();
    // Who has said something stays.
    let is_new = Memo::new(move |_| {
        let mine = replica.mine.read();
        !mine
            .iter()
            .any(|mine| mine.for_whom.as_ref() == Some(&whom))
    });
    let one = person.clone();
    let name = move || full_name(i18n.get_locale(), &one);
    let voices = move || {
        let locale = i18n.get_locale();
        let voices = person.voices.iter();
        let names = voices.filter_map(|voice| replica.session.voice_name(voice, locale));
        listed(names.map(|name| in_a_sentence(&name)), ", ")
    };
    let forget = {
        let name = name.clone();
        move || {
            let name = name();
            filled(t_string!(i18n, scribe.forget), &[("name", &name)])
        }
    };
    let (turned, gone) = (id.clone(), id);
    view! {
        <li class="scribe-list__one">
            <button
                type="button"
                class="scribe-list__turn"
                data-testid="scribe-known"
                on:click=move |_| on_turn.run((turned.clone(),))
            >
                <span class="scribe-list__name" dir="auto">{name}</span>
                <span class="scribe-list__voice">{voices}</span>
            </button>
            <Show when=move || is_new.get()>
                <IconButton
                    label=forget.clone()
                    icon=IconName::Trash
                    on_press={
                        let gone = gone.clone();
                        move || replica.no_longer_for(&gone)
                    }
                />
            </Show>
        </li>
    }
}
