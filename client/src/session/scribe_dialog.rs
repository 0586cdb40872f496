//! For whom I write: one of those for whom I wrote before, or somebody new, with a name and a voice if they
//! like.

use super::{
    page::page,
    scribe::{for_whom, full_name, people, turn_to},
    voice::in_a_sentence,
    voice_chips::VoiceChips,
};
use crate::{
    i18n::{Locale, language::filled, t_string, td_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, IconButton, TipSide},
        dialog::Dialog,
        field::{FieldContent, TextField},
        flow::{For, Show},
        icon::IconName,
        me,
        people::shown_name,
        words::listed,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::PersonId,
    session::{Command, MAX_PAPER_PEOPLE, PaperView},
    wire::Screen,
};

/// The dialog; once on a page.
#[component]
pub(super) fn ScribeDialog(replica: Replica) -> impl IntoView {
    let is_open = page(replica).scribing;
    // Who is to be written for by another.
    let passed = RwSignal::new(None::<PersonId>);
    Effect::new(move || {
        if !is_open.get() {
            passed.set(None);
        }
    });
    view! {
        <Dialog title=text!(scribe.write_for) open=is_open>
            {move || match passed.get() {
                Some(person) => view! { <PassOn replica person/> }.into_any(),
                None => view! { <Choosing replica passed/> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Choosing(replica: Replica, passed: RwSignal<Option<PersonId>>) -> impl IntoView {
    let i18n = use_i18n();
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
    let mended_one = move || {
        let mended = mended.get()?;
        people.with(|people| people.iter().find(|one| one.person == mended).cloned())
    };
    let may_pass_on = Memo::new(move |_| {
        mended.with(|mended| mended.as_ref().is_some_and(|one| is_known(replica, one)))
    });
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
                    <Known replica person=one passed on_turn=move |(person,)| turn(person)/>
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
                <Show when=move || may_pass_on.get()>
                    <Button
                        label=move || pass_on_words(i18n.get_locale(), mended_one().as_ref())
                        icon=IconName::Share
                        on_press=move |()| passed.set(mended.get_untracked())
                        hook="scribe-pass-on"
                    />
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
    passed: RwSignal<Option<PersonId>>,
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
    let person_of_label = person.clone();
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
    let (known, whole) = (id.clone(), person_of_label);
    let may_pass_on = Memo::new(move |_| is_known(replica, &known));
    let pass_on = move || pass_on_words(i18n.get_locale(), Some(&whole));
    let (turned, gone, given) = (id.clone(), id.clone(), id);
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
            <Show when=move || may_pass_on.get()>
                <IconButton
                    label=pass_on.clone()
                    icon=IconName::Share
                    tip=TipSide::Left
                    hook="scribe-pass-on"
                    on_press={
                        let given = given.clone();
                        move || passed.set(Some(given.clone()))
                    }
                />
            </Show>
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

/// Whether the server knows of somebody for whom one writes: before that nobody else can write for them.
fn is_known(replica: Replica, person: &PersonId) -> bool {
    let own = replica.session.own.read();
    own.paper.iter().any(|one| one.person == *person)
}

fn pass_on_words(locale: Locale, person: Option<&PaperView>) -> String {
    let name = person.map(|person| full_name(locale, person));
    filled(
        td_string!(locale, scribe.pass_on),
        &[("name", &name.unwrap_or_default())],
    )
}

/// Who writes from now on: somebody who is here, or who facilitates. Where the board does not say who is here, the
/// latter knows.
#[component]
fn PassOn(replica: Replica, person: PersonId) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = page(replica).scribing;
    let own = person.clone();
    let people = people(replica);
    let name = Memo::new(move |_| {
        let people = people.read();
        let one = people.iter().find(|one| one.person == own)?;
        Some(full_name(i18n.get_locale(), one))
    });
    // They are somebody else's already.
    Effect::new(move || {
        if name.read().is_none() {
            is_open.set(false);
        }
    });
    let ask = move || {
        let name = name.get().unwrap_or_default();
        filled(t_string!(i18n, scribe.pass_on_ask), &[("name", &name)])
    };
    let person = StoredValue::new(person);
    let give = move |to: Option<u32>| {
        is_open.set(false);
        let person = person.get_value();
        replica.command(Command::PassOn { person, to });
    };
    let number = replica.session.own_part(|own| own.number);
    let leads = replica.session.leads();
    view! {
        <h3 class="scribe-new" dir="auto">{ask}</h3>
        <p class="field__hint">{text!(scribe.pass_on_hint)}</p>
        <ul class="scribe-list" data-testid="pass-on-list">
            <For each=move || others_here(replica, number.get()) key=Clone::clone let:other>
                {
                    let (number, name) = other;
                    let name = move || shown_name(i18n.get_locale(), &name, number, 0);
                    view! {
                        <li class="scribe-list__one">
                            <button type="button" class="scribe-list__turn" on:click=move |_| give(Some(number))>
                                <span class="scribe-list__name" dir="auto">{name}</span>
                            </button>
                        </li>
                    }
                }
            </For>
            <Show when=move || !leads.get()>
                <li class="scribe-list__one">
                    <button
                        type="button"
                        class="scribe-list__turn"
                        data-testid="pass-on-lead"
                        on:click=move |_| give(None)
                    >
                        <span class="scribe-list__name">{text!(scribe.pass_on_lead)}</span>
                    </button>
                </li>
            </Show>
        </ul>
    }
}

/// Everybody else who is here, once each, as far as the board says: number and name.
fn others_here(replica: Replica, own: u32) -> Vec<(u32, String)> {
    let mut others: Vec<(u32, String)> = Vec::new();
    for person in replica.people.read().iter() {
        let presence = person.presence.read();
        let is_somebody = presence.number != 0 && presence.screen != Screen::Wall;
        let is_new =
            presence.number != own && others.iter().all(|(known, _)| *known != presence.number);
        if is_somebody && is_new && !presence.is_nameless {
            others.push((presence.number, presence.user.name.clone()));
        }
    }
    samtavle_shared::sorting::sort_by(&mut others, |a, b| a.0.cmp(&b.0));
    others
}
