//! For whom I write: for myself, or for somebody who has no device here. What I type for another counts
//! for the one who spoke. Kept on the device for each board until I turn back to myself.

use super::{
    page::page,
    remembered::remember_whom,
    voice::{in_a_sentence, speaking_as},
};
use crate::{
    browser::storage,
    i18n::{Locale, language::filled, td_string, text, use_i18n},
    parts::{
        flow::Show,
        icon::{Icon, IconName},
        words::isolated,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::{NoteId, PersonId, VoiceId},
    session::PaperView,
};

/// How much of a name stands on a button, in letters.
const SHORT_NAME: usize = 18;

/// Writes for somebody from now on; none: for myself.
pub(crate) fn turn_to(replica: Replica, person: Option<PersonId>) {
    remember_whom(replica, person.as_ref());
    page(replica).writing_for.set(person);
}

/// For whom I write now; none: for myself.
pub(crate) fn for_whom(replica: Replica) -> Option<PersonId> {
    page(replica).writing_for.get_untracked()
}

/// Whether I write for another.
pub(crate) fn writes_for_another(replica: Replica) -> bool {
    page(replica).writing_for.read().is_some()
}

/// Whether this is one of those for whom I write.
pub(super) fn writes_for(replica: Replica, whom: &PersonId) -> bool {
    untrack(|| people(replica).with(|people| people.iter().any(|one| one.person == *whom)))
}

/// All for whom I write, those whom the server does not know yet last.
pub(crate) fn people(replica: Replica) -> Memo<Vec<PaperView>> {
    let session = replica.session;
    let known = session.own_part(|own| own.paper.clone());
    Memo::new(move |_| {
        let mut people = known.get();
        for new in session.unsent_people.read().iter() {
            match people.iter_mut().find(|one| one.person == new.person) {
                Some(one) => {
                    one.name.clone_from(&new.name);
                    one.voices.clone_from(&new.voices);
                }
                None => people.push(new.clone()),
            }
        }
        people
    })
}

/// Who it is for whom I write now.
pub(crate) fn present(replica: Replica) -> Memo<Option<PaperView>> {
    let people = people(replica);
    Memo::new(move |_| {
        let id = page(replica).writing_for.get()?;
        people.with(|people| people.iter().find(|one| one.person == id).cloned())
    })
}

/// As whom is written now: as myself, or as the one for whom I write.
pub(super) fn voice_now(replica: Replica) -> Option<VoiceId> {
    if writes_for_another(replica) {
        present(replica).with(|one| one.as_ref()?.voices.first().cloned())
    } else {
        speaking_as(replica).get()
    }
}

/// Who is not there any more is not written for.
pub(super) fn let_go_of_who_left(replica: Replica) {
    let people = people(replica);
    let is_known = replica.session.own_part(|own| own.person.is_some());
    Effect::new(move || {
        let Some(id) = page(replica).writing_for.get() else {
            return;
        };
        let is_there = people.with(|people| people.iter().any(|one| one.person == id));
        if is_known.get() && !is_there {
            turn_to(replica, None);
        }
    });
}

/// What somebody is called: by their name, or «en annen (nr. 7)».
pub(crate) fn full_name(locale: Locale, person: &PaperView) -> String {
    if !person.name.is_empty() {
        return person.name.clone();
    }
    let number = person.number.to_string();
    match person.number {
        0 => td_string!(locale, scribe.another).to_owned(),
        _ => filled(
            td_string!(locale, scribe.another_number),
            &[("number", &number)],
        ),
    }
}

/// The same where there is little room.
pub(crate) fn short_name(locale: Locale, person: Option<&PaperView>) -> String {
    let name = person.map(|person| &*person.name).unwrap_or_default();
    if name.is_empty() {
        return td_string!(locale, scribe.another).to_owned();
    }
    let mut letters = name.chars();
    let mut short: String = letters.by_ref().take(SHORT_NAME).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

/// «for Olav», of a note that was typed here for another.
pub(crate) fn typed_for(replica: Replica, locale: Locale, note: &NoteId) -> Option<String> {
    let mine = replica.mine.read();
    let entry = mine.iter().find(|mine| mine.id == *note)?;
    let whom = entry.for_whom.as_ref()?;
    Some(for_name(replica, locale, whom))
}

/// «for Olav».
pub(crate) fn for_name(replica: Replica, locale: Locale, whom: &PersonId) -> String {
    let name = name_of(replica, locale, whom);
    filled(td_string!(locale, scribe.for_name), &[("name", &name)])
}

/// What one of those is called for whom I write.
pub(crate) fn name_of(replica: Replica, locale: Locale, whom: &PersonId) -> String {
    let session = replica.session;
    let known = session.own.read();
    let new = session.unsent_people.read();
    let mut all = new.iter().chain(&known.paper);
    short_name(locale, all.find(|one| one.person == *whom))
}

/// Opens the dialog in which I say for whom.
pub(crate) fn open(replica: Replica) {
    page(replica).scribing.set(true);
}

/// On the paper, for as long as I write for another: for whom, and the way back to myself.
#[component]
pub(crate) fn ScribeStrip(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let person = present(replica);
    let whom = move || {
        let locale = i18n.get_locale();
        let person = person.read();
        let name = person
            .as_ref()
            .map_or_else(|| short_name(locale, None), |one| full_name(locale, one));
        let words = filled(td_string!(locale, scribe.you_write_for), &[("name", &name)]);
        let voice = person.as_ref().and_then(|one| one.voices.first());
        match voice.and_then(|voice| replica.session.voice_name(voice, locale)) {
            Some(voice) => [&*words, ", ", &isolated(&in_a_sentence(&voice))].concat(),
            None => words,
        }
    };
    // For the page's shell, which says the same the next time before the client is there.
    let key = ["samtavle.for-words.", replica.ticket().board.as_str()].concat();
    Effect::new(move || {
        if writes_for_another(replica) {
            storage::write(&key, &whom());
        } else {
            storage::remove(&key);
        }
    });
    view! {
        <Show when=move || writes_for_another(replica)>
            <div class="scribe-strip" data-testid="scribe-strip">
                <button type="button" class="scribe-strip__whom" on:click=move |_| open(replica)>
                    <Icon name=IconName::Scribe/>
                    <span>{whom}</span>
                </button>
                <button
                    type="button"
                    class="button scribe-strip__back"
                    data-testid="scribe-back"
                    on:click=move |_| turn_to(replica, None)
                >
                    {text!(scribe.back)}
                </button>
            </div>
        </Show>
    }
}

/// A small button in the paper's foot: write for another.
#[component]
pub(crate) fn ScribeButton(replica: Replica) -> impl IntoView {
    view! {
        <Show when=move || !writes_for_another(replica)>
            <button
                type="button"
                class="button button--bare scribe-button"
                aria-label=text!(scribe.write_for)
                data-testid="scribe-open"
                on:click=move |_| open(replica)
            >
                <Icon name=IconName::Scribe/>
                <span>{text!(scribe.for_another)}</span>
            </button>
        </Show>
    }
}
