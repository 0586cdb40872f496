//! People: who is here, as whom, in which group; sharing facilitation, handing it over, and sending
//! somebody away.

use super::super::{
    Lead,
    door::{DoorControls, NewLink},
};
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        t_string, td_string, text, use_i18n,
    },
    parts::{
        button::{Button, ButtonKind},
        flow::{For, Show},
        people::nameless,
        words::listed,
    },
    session::group::group_name,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::PersonId,
    session::{Command, PersonView},
};

/// So many passers-by are no trouble in the list.
const FEW: usize = 5;

/// What is asked about somebody before it is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Share,
    HandOver,
    Remove,
    /// Somebody else is to write for who has no device.
    Scribe,
}

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let people = Memo::new(move |_| session.lead.with(|lead| lead.people.clone()));
    let asked = RwSignal::new(None::<(PersonId, Asked)>);
    let was_removed = RwSignal::new(false);
    let here = move || {
        let here = people.with(|people| people.iter().filter(|person| person.is_here).count());
        counted(
            here,
            t_string!(i18n, people.here_1),
            t_string!(i18n, people.here_n),
        )
    };
    let idle = Memo::new(move |_| session.lead.with(|lead| lead.idle as usize));
    let forget = move || {
        counted(
            idle.get(),
            t_string!(i18n, people.forget_idle_1),
            t_string!(i18n, people.forget_idle_n),
        )
    };
    view! {
        <div class="stack">
            <p class="eyebrow">{here}</p>
            <Show when=move || was_removed.get()>
                <div class="asking" role="status" data-testid="after-removal">
                    <p>{text!(door.after_removal)}</p>
                    <div class="row row--wrap"><NewLink replica=lead.replica /></div>
                </div>
            </Show>
            <ul class="rows" data-testid="lead-people-list">
                <For
                    each=move || people.get()
                    key=|person| {
                        (
                            person.person.clone(),
                            person.name.clone(),
                            person.voices.clone(),
                            person.group,
                            (person.is_here, person.leads, person.scribe.clone()),
                        )
                    }
                    let:person
                >
                    {row(lead, person, asked, was_removed)}
                </For>
            </ul>
            <Show when=move || FEW <= idle.get()>
                <div class="row row--wrap">
                    <Button
                        label=forget
                        kind=ButtonKind::Quiet
                        hook="forget-idle"
                        on_press=move |()| lead.ask(Command::ForgetIdle)
                    />
                </div>
            </Show>
            <DoorControls replica=lead.replica />
        </div>
    }
    .into_any()
}

/// What somebody is called in the list: the name, or "Person 7".
pub(super) fn person_name(locale: Locale, person: &PersonView) -> String {
    if person.name.is_empty() {
        nameless(locale, person.number)
    } else {
        person.name.clone()
    }
}

fn row(
    lead: Lead,
    person: PersonView,
    asked: RwSignal<Option<(PersonId, Asked)>>,
    was_removed: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let own = lead.replica.session.own_part(|own| own.person.clone());
    let id = person.person.clone();
    let is_me = own.get_untracked().as_ref() == Some(&id);
    let leads = person.leads;
    let has_device = person.scribe.is_none();
    let is_here = person.is_here;
    let ask_about = {
        let id = id.clone();
        move |what: Asked| asked.set(Some((id.clone(), what)))
    };
    let about = {
        let person = person.clone();
        move || about_person(lead, i18n.get_locale(), &person, is_me)
    };
    let asked_of = person.clone();
    let name = move || person_name(i18n.get_locale(), &person);
    let asked_here = {
        let id = id.clone();
        Memo::new(move |_| {
            asked.with(|asked| {
                let (who, what) = asked.as_ref()?;
                (*who == id).then_some(*what)
            })
        })
    };
    let (share, hand_over, change) = (ask_about.clone(), ask_about.clone(), ask_about.clone());
    let remove = ask_about;
    view! {
        <li class="rows__one rows__one--wrap" class:rows__one--away=!is_here>
            <span class="rows__main">
                <span class="rows__name" dir="auto">{name.clone()}</span>
                <span class="rows__aside">{about}</span>
            </span>
            {(!is_me)
                .then(|| {
                    view! {
                        <span class="row row--wrap">
                            {(!leads && has_device)
                                .then(|| {
                                    view! {
                                        <Button
                                            label=text!(lead.share)
                                            on_press=move |()| share(Asked::Share)
                                        />
                                    }
                                })}
                            {has_device
                                .then(|| {
                                    view! {
                                        <Button
                                            label=text!(lead.hand_over)
                                            on_press=move |()| hand_over(Asked::HandOver)
                                        />
                                    }
                                })}
                            {(!has_device)
                                .then(|| {
                                    view! {
                                        <Button
                                            label=text!(scribe.change)
                                            on_press=move |()| change(Asked::Scribe)
                                            hook="lead-change-scribe"
                                        />
                                    }
                                })}
                            <Button
                                kind=ButtonKind::Danger
                                label=text!(lead.remove)
                                on_press=move |()| remove(Asked::Remove)
                                attr:data-testid="lead-remove"
                            />
                        </span>
                    }
                })}
            {move || {
                asked_here
                    .get()
                    .map(|what| match what {
                        Asked::Scribe => choose_scribe(lead, asked_of.clone(), name.clone(), asked).into_any(),
                        _ => asking(lead, what, id.clone(), name.clone(), asked, was_removed).into_any(),
                    })
            }}
        </li>
    }
}

/// What happens, in words, and the button that does it.
fn asking(
    lead: Lead,
    what: Asked,
    id: PersonId,
    name: impl Fn() -> String + Send + Clone + 'static,
    asked: RwSignal<Option<(PersonId, Asked)>>,
    was_removed: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let text = match what {
            Asked::Share => t_string!(i18n, lead.share_text),
            Asked::HandOver => t_string!(i18n, lead.hand_over_text),
            Asked::Remove => t_string!(i18n, lead.remove_text),
            Asked::Scribe => "",
        };
        filled(text, &[("name", &name())])
    };
    let label = move || match what {
        Asked::Share => t_string!(i18n, lead.share),
        Asked::HandOver => t_string!(i18n, lead.hand_over),
        Asked::Remove => t_string!(i18n, lead.remove),
        Asked::Scribe => "",
    };
    let act = move |()| {
        asked.set(None);
        if what == Asked::Remove {
            was_removed.set(true);
        }
        let person = id.clone();
        lead.ask(match what {
            Asked::Share => Command::Share { person },
            Asked::HandOver => Command::HandOver { person },
            Asked::Remove => Command::Remove { person },
            Asked::Scribe => return,
        });
    };
    view! {
        <div class="asking" role="alert">
            <p>{words}</p>
            <div class="row row--wrap">
                <Button
                    kind=if what == Asked::Remove { ButtonKind::Danger } else { ButtonKind::Primary }
                    label
                    on_press=act
                    attr:data-testid="lead-person-do"
                />
                <Button label=text!(common.cancel) on_press=move |()| asked.set(None) />
            </div>
        </div>
    }
}

/// Who writes from now on, of those who are here with a device. Nothing is done before one of them is chosen.
fn choose_scribe(
    lead: Lead,
    paper: PersonView,
    name: impl Fn() -> String + Send + Clone + 'static,
    asked: RwSignal<Option<(PersonId, Asked)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (is_here, id) = (paper.is_here, paper.person);
    let former = paper.scribe.and_then(|scribe| {
        let people = lead.replica.session.lead.read_untracked();
        let mut people = people.people.iter();
        people.find(|one| one.person == scribe).cloned()
    });
    let writes = former.as_ref().map(|one| one.person.clone());
    let words = move || {
        let scribe = former.as_ref();
        let scribe = scribe.map(|one| person_name(i18n.get_locale(), one));
        let text = if is_here {
            t_string!(i18n, scribe.change_ask_here)
        } else {
            t_string!(i18n, scribe.change_ask)
        };
        let scribe = scribe.unwrap_or_default();
        filled(text, &[("name", &name()), ("scribe", &scribe)])
    };
    let able = move || {
        let people = lead.replica.session.lead.read();
        let able = people.people.iter();
        able.filter(|one| {
            one.is_here && one.scribe.is_none() && Some(&one.person) != writes.as_ref()
        })
        .cloned()
        .collect::<Vec<_>>()
    };
    let buttons = move || {
        let button = |one: PersonView| {
            let (person, scribe) = (id.clone(), one.person.clone());
            view! {
                <Button
                    label=move || person_name(i18n.get_locale(), &one)
                    hook="scribe-choice"
                    on_press=move |()| {
                        asked.set(None);
                        lead.ask(Command::ChangeScribe {
                            person: person.clone(),
                            scribe: scribe.clone(),
                        });
                    }
                />
            }
        };
        able().into_iter().map(button).collect_view()
    };
    view! {
        <div class="asking" role="alert">
            <p>{words}</p>
            <div class="row row--wrap">
                {buttons}
                <Button label=text!(common.cancel) on_press=move |()| asked.set(None) />
            </div>
        </div>
    }
}

/// Voices, group, and whether they are here and lead: one line.
fn about_person(lead: Lead, locale: Locale, person: &PersonView, is_me: bool) -> String {
    let mut parts: Vec<String> = Vec::new();
    if is_me {
        parts.push(td_string!(locale, people.you).to_owned());
    }
    if person.leads {
        parts.push(td_string!(locale, lead.leads).to_owned());
    }
    parts.extend(
        person
            .voices
            .iter()
            .map(|voice| lead.voice_name(voice, locale)),
    );
    if let Some(scribe) = &person.scribe {
        let name = lead.replica.session.lead.with_untracked(|view| {
            let scribe = view.people.iter().find(|one| one.person == *scribe);
            scribe.map(|scribe| person_name(locale, scribe))
        });
        parts.push(filled(
            td_string!(locale, scribe.written_by),
            &[("name", &name.unwrap_or_default())],
        ));
    }
    if let Some(group) = person.group {
        let name = group_name(locale, group);
        parts.push(filled(
            td_string!(locale, lead.in_group),
            &[("group", &name)],
        ));
    }
    if !person.is_here {
        parts.push(td_string!(locale, lead.is_away).to_owned());
    }
    listed(parts, " · ")
}
