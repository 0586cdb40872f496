//! Who is here: a few round marks, and a list with names and screens.

use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::{
        button::Button,
        dialog::Dialog,
        field::{FieldContent, TextField},
        flow::{For, Show},
        icon::IconName,
        me,
        people::{Avatar, Person as Face, person_color, shown_name},
    },
    replica::{Person, Replica},
    session::introduce,
};
use leptos::prelude::*;
use samtavle_shared::wire::{Presence, Screen, presence::User};

/// So many marks stand in the bar; the rest are a number.
const MOST_FACES: usize = 4;

/// The marks in the bar, and the list that they open.
#[component]
pub(super) fn PeopleHere(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let me = RwSignal::new(me::remembered());
    Effect::new(move || {
        let user = me.get();
        replica.show(|presence| presence.user = user);
    });

    let number = replica.session.own_part(|own| own.number);

    let others = Memo::new(move |_| {
        let faces = replica.people.with(|people| {
            people
                .iter()
                .filter(|person| {
                    person
                        .presence
                        .with(|presence| presence.screen != Screen::Wall && !presence.is_nameless)
                })
                .take(MOST_FACES - 1)
                .map(|person| {
                    person
                        .presence
                        .with(|presence| face(&presence.user, presence.number, person.client))
                })
                .collect::<Vec<_>>()
        });
        Faces(faces)
    });
    let count = Memo::new(move |_| {
        let known = others.with(|others| others.0.len()) + 1;
        // Without the server we know of nobody.
        if replica.connection.get().is_up() {
            known.max(replica.people_count.get() as usize)
        } else {
            known
        }
    });
    let more = Memo::new(move |_| count.get() - 1 - others.with(|others| others.0.len()));

    view! {
        <button
            type="button"
            class="rim__faces avatars"
            data-testid="people"
            data-count=move || count.get().to_string()
            aria-haspopup="dialog"
            aria-label=move || filled(t_string!(i18n, people.show_list), &[("count", &count.get().to_string())])
            on:click=move |_| is_open.set(true)
        >
            {move || view! { <Avatar person=face(&me.get(), number.get(), 0) /> }}
            {move || others.get().0.into_iter().map(|person| view! { <Avatar person /> }).collect_view()}
            {move || {
                let more = more.get();
                (more > 0)
                    .then(|| {
                        view! { <span class="avatar avatar--more" aria-hidden="true">{["+", &*more.to_string()].concat()}</span> }
                    })
            }}
        </button>
        <Dialog title=text!(people.title) open=is_open>
            <OwnName replica me />
            <OwnVoices replica close=is_open />
            <p class="eyebrow">
                {move || counted(count.get(), t_string!(i18n, people.here_1), t_string!(i18n, people.here_n))}
            </p>
            <ul class="people">
                {move || {
                    let (me, number) = (me.get(), number.get());
                    let you = t_string!(i18n, people.you);
                    if me.name.trim().is_empty() && number == 0 {
                        row(face(&me, 0, 0), you.to_owned(), t_string!(i18n, people.on_desk))
                    } else {
                        let name = shown_name(i18n.get_locale(), &me.name, number, 0);
                        row(face(&me, number, 0), name, you)
                    }
                }}
                <For each=move || everybody_else(replica) key=|person| person.client let:person>
                    <Row person />
                </For>
            </ul>
        </Dialog>
    }
}

/// Who is here; a sign that somebody writes is nobody more.
fn everybody_else(replica: Replica) -> Vec<Person> {
    let mut people = replica.people.get();
    people.retain(|person| {
        let is_nameless = |presence: &Presence| presence.is_nameless;
        !person.presence.with_untracked(is_nameless)
    });
    people
}

/// Faces that are compared by what is seen of them.
#[derive(Clone, PartialEq)]
struct Faces(Vec<Face>);

fn face(user: &User, number: u32, client: u64) -> Face {
    Face {
        name: user.name.clone(),
        number,
        color: person_color(&user.color, client),
    }
}

/// What the person here likes to be called.
#[component]
fn OwnName(replica: Replica, me: RwSignal<User>) -> impl IntoView {
    let name = RwSignal::new(me.with_untracked(|me| me.name.clone()));
    Effect::new(move || {
        let name = name.get().trim().to_owned();
        if me.with_untracked(|me| me.name != name) {
            introduce::rename(replica, &name);
            me.update(|me| me.name = name);
        }
    });
    view! {
        <TextField
            label=text!(people.your_name)
            hint=text!(people.name_hint)
            content=FieldContent::Name
            max_length=me::MAX_NAME
            value=name
        />
    }
}

/// As whom the person here speaks.
#[component]
fn OwnVoices(replica: Replica, close: RwSignal<bool>) -> impl IntoView {
    let has_voices = replica.session.part(|view| !view.voices.is_empty());
    view! {
        <Show when=move || has_voices.get()>
            <Button
                label=text!(session.change_voices)
                icon=IconName::People
                on_press=move |()| {
                    close.set(false);
                    introduce::open(replica);
                }
            />
        </Show>
    }
}

/// Somebody else in the list.
#[component]
fn Row(person: Person) -> impl IntoView {
    let i18n = use_i18n();
    let client = person.client;
    let seen = Memo::new(move |_| {
        person.presence.with(
            |Presence {
                 user,
                 number,
                 screen,
                 ..
             }| (user.clone(), *number, *screen),
        )
    });
    move || {
        let (user, number, screen) = seen.get();
        let (name, where_from) = match screen {
            Screen::Desk => (None, t_string!(i18n, people.on_desk)),
            Screen::Phone => (None, t_string!(i18n, people.on_phone)),
            Screen::Wall => (Some(""), t_string!(i18n, people.on_wall)),
        };
        let name = name.map_or_else(
            || shown_name(i18n.get_locale(), &user.name, number, client),
            str::to_owned,
        );
        row(face(&user, number, client), name, where_from)
    }
}

fn row(face: Face, name: String, where_from: &'static str) -> impl IntoView {
    view! {
        <li class="people__one">
            <Avatar person=face />
            <span class="people__name" dir="auto">{name}</span>
            <span class="people__where">{where_from}</span>
        </li>
    }
}
