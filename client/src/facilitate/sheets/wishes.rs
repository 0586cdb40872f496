//! Who should sit together, and who apart: pairs of two people.

use super::people::person_name;
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        button::{Button, IconButton, TipSide},
        flow::For,
        fresh_id,
        icon::IconName,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::PersonId,
    session::{PersonView, mix::Wishes},
};

/// The pairs, and how another is made. They hold from the next mix on.
pub(super) fn wishes_editor(
    people: Memo<Vec<PersonView>>,
    wishes: RwSignal<Wishes>,
) -> impl IntoView {
    let i18n = use_i18n();
    let first = RwSignal::new(String::new());
    let second = RwSignal::new(String::new());
    let is_pair = Signal::derive(move || {
        let (first, second) = (first.get(), second.get());
        !first.is_empty() && !second.is_empty() && first != second
    });
    let add = move |together: bool| {
        if !is_pair.get_untracked() {
            return;
        }
        let pair = (
            PersonId::from(&*first.get_untracked()),
            PersonId::from(&*second.get_untracked()),
        );
        wishes.update(|wishes| {
            forget(wishes, &pair);
            if together {
                wishes.together.push(pair);
            } else {
                wishes.apart.push(pair);
            }
        });
        first.set(String::new());
        second.set(String::new());
    };
    let pairs = move || {
        wishes.with(|wishes| {
            let together = wishes.together.iter().map(|pair| (true, pair.clone()));
            let apart = wishes.apart.iter().map(|pair| (false, pair.clone()));
            together.chain(apart).collect::<Vec<_>>()
        })
    };
    let name_of = move |id: &PersonId| {
        people.with(|people| {
            let person = people.iter().find(|person| person.person == *id);
            person.map_or_else(
                || t_string!(i18n, people.somebody).to_owned(),
                |person| person_name(i18n.get_locale(), person),
            )
        })
    };
    view! {
        <details class="wishes">
            <summary>{text!(lead.wishes)}</summary>
            <div class="stack">
                <div class="row row--wrap">
                    {person_select(people, first, text!(lead.wish_first))}
                    {person_select(people, second, text!(lead.wish_second))}
                </div>
                <div class="row row--wrap">
                    <Button
                        label=text!(lead.together)
                        is_disabled=Signal::derive(move || !is_pair.get())
                        on_press=move |()| add(true)
                        attr:data-testid="lead-together"
                    />
                    <Button
                        label=text!(lead.apart)
                        is_disabled=Signal::derive(move || !is_pair.get())
                        on_press=move |()| add(false)
                        attr:data-testid="lead-apart"
                    />
                </div>
                <ul class="rows">
                    <For each=pairs key=|pair| pair.clone() let:wish>
                        {
                            let (is_together, pair) = wish;
                            let (one, other) = pair.clone();
                            view! {
                                <li class="rows__one">
                                    <span class="rows__main">
                                        {move || {
                                            let text = if is_together {
                                                t_string!(i18n, lead.pair_together)
                                            } else {
                                                t_string!(i18n, lead.pair_apart)
                                            };
                                            filled(text, &[("one", &name_of(&one)), ("other", &name_of(&other))])
                                        }}
                                    </span>
                                    <IconButton
                                        label=text!(lead.wish_remove)
                                        icon=IconName::Close
                                        tip=TipSide::Left
                                        on_press=move |()| wishes.update(|wishes| forget(wishes, &pair))
                                    />
                                </li>
                            }
                        }
                    </For>
                </ul>
            </div>
        </details>
    }
}

/// Two people wish one thing of each other, whoever is named first.
fn forget(wishes: &mut Wishes, pair: &(PersonId, PersonId)) {
    let is_other = |known: &(PersonId, PersonId)| {
        let same = known == pair || (known.0 == pair.1 && known.1 == pair.0);
        !same
    };
    wishes.together.retain(is_other);
    wishes.apart.retain(is_other);
}

fn person_select(
    people: Memo<Vec<PersonView>>,
    chosen: RwSignal<String>,
    label: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = fresh_id("person");
    view! {
        <span class="field wishes__person">
            <label class="field__label" for=id.clone()>{label}</label>
            <select
                id=id
                class="select"
                prop:value=move || chosen.get()
                on:change:target=move |event| chosen.set(event.target().value())
            >
                <option value="">{text!(lead.choose_person)}</option>
                {move || {
                    let locale = i18n.get_locale();
                    people
                        .get()
                        .into_iter()
                        .filter(|person| !person.leads)
                        .map(|person| {
                            let value = person.person.as_str().to_owned();
                            let is_chosen = chosen.with_untracked(|chosen| *chosen == value);
                            view! {
                                <option dir="auto" value=value selected=is_chosen>
                                    {person_name(locale, &person)}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_wish_one_thing_of_each_other() {
        let pair = |one: &str, other: &str| (PersonId::from(one), PersonId::from(other));
        let mut wishes = Wishes {
            together: vec![pair("kari", "per"), pair("ola", "per")],
            apart: vec![pair("per", "kari")],
        };
        forget(&mut wishes, &pair("per", "kari"));
        assert_eq!(wishes.together, [pair("ola", "per")]);
        assert!(wishes.apart.is_empty());
    }
}
