//! Groups that are mixed across voices: how many, who together and who apart, and who sits where.

use super::{
    super::{Lead, stepper::Stepper},
    join_group::join_group,
    people::person_name,
    wishes::wishes_editor,
};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::{
        button::{Button, ButtonKind},
        choice::{Choice, choice_row},
        flow::{For, Show},
        words::listed,
    },
    session::group::{group_class, group_name},
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::PersonId,
    session::{Command, GroupId, GroupView, MAX_GROUPS, PersonView, mix::GroupSize},
};

/// How the size is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    People,
    Groups,
}

const AT_A_TABLE: u16 = 5;
/// So many can be two groups of two.
const TWO_TABLES: u16 = 4;

/// How many sit at a table to begin with: so few that there are two tables, if there can be.
fn at_a_table(people: &[PersonView]) -> u16 {
    let is_seated = |person: &&PersonView| person.is_here && !person.leads;
    let people = u16::try_from(people.iter().filter(is_seated).count()).unwrap_or(u16::MAX);
    if people < TWO_TABLES {
        AT_A_TABLE
    } else {
        AT_A_TABLE.min(people.div_ceil(2))
    }
}

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let session = lead.replica.session;
    let groups = session.part(|view| view.groups.clone());
    let people = Memo::new(move |_| session.lead.with(|lead| lead.people.clone()));
    let wishes = RwSignal::new(session.lead.with_untracked(|lead| lead.wishes.clone()));
    let by = RwSignal::new(By::People);
    let count = RwSignal::new(people.with_untracked(|people| at_a_table(people)));
    let most = Signal::derive(move || match by.get() {
        By::People => 30,
        By::Groups => MAX_GROUPS as u16,
    });
    let seated = move || {
        let is_seated = |person: &&PersonView| person.is_here && !person.leads;
        people.with(|people| people.iter().filter(is_seated).count())
    };
    let outlook = move || {
        let people = seated();
        if people == 0 {
            return t_string!(i18n, lead.groups_nobody).to_owned();
        }
        let groups = size(by.get(), count.get()).groups(people);
        let words = counted(
            groups,
            t_string!(i18n, lead.groups_1),
            t_string!(i18n, lead.groups_n),
        );
        filled(
            t_string!(i18n, lead.groups_outlook),
            &[("people", &people.to_string()), ("groups", &words)],
        )
    };
    let has_groups = Memo::new(move |_| groups.with(|groups| !groups.is_empty()));
    let mix = move |()| {
        lead.ask(Command::Mix {
            size: size(by.get_untracked(), count.get_untracked()),
            wishes: wishes.get_untracked(),
        });
    };
    let choices = vec![
        Choice {
            value: By::People,
            label: text!(lead.by_people).into(),
            icon: None,
        },
        Choice {
            value: By::Groups,
            label: text!(lead.by_groups).into(),
            icon: None,
        },
    ];
    let quality = move || {
        let (reached, bound) = session.lead.with(|lead| lead.mix)?;
        Some(filled(
            t_string!(i18n, lead.mix_quality),
            &[("sum", &reached.to_string()), ("most", &bound.to_string())],
        ))
    };
    view! {
        <div class="stack">
            <p class="lead__quiet">{text!(lead.groups_text)}</p>
            <div class="lead__field">
                {choice_row(
                    text!(lead.groups_by).into(),
                    choices,
                    by.into(),
                    UnsyncCallback::new(move |(chosen,)| by.set(chosen)),
                )}
            </div>
            <Stepper label=text!(lead.groups_by) value=count most least=1 />
            <p data-testid="lead-outlook">{outlook}</p>
            {wishes_editor(people, wishes)}
            <div class="row row--wrap">
                <Button
                    kind=ButtonKind::Primary
                    label=move || {
                        if has_groups.get() { t_string!(i18n, lead.mix_again) } else { t_string!(i18n, lead.mix) }
                    }
                    on_press=mix
                    attr:data-testid="lead-mix"
                />
                <Show when=move || has_groups.get()>
                    <Button
                        label=text!(lead.dissolve)
                        on_press=move |()| lead.ask(Command::DissolveGroups)
                        attr:data-testid="lead-dissolve"
                    />
                </Show>
            </div>
            <Show when=move || has_groups.get()>
                <p class="lead__strong" data-testid="lead-mix-quality">{quality}</p>
                <ul class="groups">
                    <For
                        each=move || groups.get()
                        key=|group| (group.group.id, group.people, group.voices)
                        let:group
                    >
                        {group_card(lead, &group, people, groups)}
                    </For>
                </ul>
                {without_group(lead, people, groups)}
            </Show>
        </div>
    }
    .into_any()
}

const fn size(by: By, count: u16) -> GroupSize {
    match by {
        By::People => GroupSize::People(count),
        By::Groups => GroupSize::Groups(count),
    }
}

fn group_card(
    lead: Lead,
    group: &GroupView,
    people: Memo<Vec<PersonView>>,
    groups: Memo<Vec<GroupView>>,
) -> impl IntoView + use<> {
    let i18n = use_i18n();
    let id = group.group.id;
    let (count, voices) = (group.people as usize, group.voices as usize);
    let about = move || {
        let people = counted(
            count,
            t_string!(i18n, lead.people_1),
            t_string!(i18n, lead.people_n),
        );
        let voices = counted(
            voices,
            t_string!(i18n, lead.different_1),
            t_string!(i18n, lead.different_n),
        );
        [&*people, ", ", &*voices].concat()
    };
    let members = move || {
        people.with(|people| {
            let inside = people.iter().filter(|person| person.group == Some(id));
            inside.cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <li class=["group-card ", group_class(id)].concat() data-group=id.0.to_string()>
            <h3 class="group-card__name">{move || group_name(i18n.get_locale(), id)}</h3>
            <p class="rows__aside">{about}</p>
            <ul class="rows">
                <For
                    each=members
                    key=|person| (person.person.clone(), person.name.clone(), person.voices.clone())
                    let:person
                >
                    {member(lead, person, groups)}
                </For>
            </ul>
            {join_group(lead.replica, id)}
        </li>
    }
}

/// Who sits nowhere: came late without a seat, or was away.
fn without_group(
    lead: Lead,
    people: Memo<Vec<PersonView>>,
    groups: Memo<Vec<GroupView>>,
) -> impl IntoView {
    let loose = Memo::new(move |_| {
        people.with(|people| {
            let is_loose =
                |person: &&PersonView| person.is_here && !person.leads && person.group.is_none();
            people.iter().filter(is_loose).cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || loose.with(|loose| !loose.is_empty())>
            <div>
                <h3 class="panel__title">{text!(lead.without_group)}</h3>
                <ul class="rows">
                    <For
                        each=move || loose.get()
                        key=|person| (person.person.clone(), person.name.clone())
                        let:person
                    >
                        {member(lead, person, groups)}
                    </For>
                </ul>
            </div>
        </Show>
    }
}

/// Somebody, and the group to choose for them.
fn member(lead: Lead, person: PersonView, groups: Memo<Vec<GroupView>>) -> impl IntoView {
    let i18n = use_i18n();
    let seated = person.group;
    let id: PersonId = person.person.clone();
    let voices = {
        let voices = person.voices.clone();
        move || {
            let locale = i18n.get_locale();
            let names = voices.iter().map(|voice| lead.voice_name(voice, locale));
            listed(names, ", ")
        }
    };
    let label = {
        let person = person.clone();
        move || {
            filled(
                t_string!(i18n, lead.seat_of),
                &[("name", &person_name(i18n.get_locale(), &person))],
            )
        }
    };
    let seat = move |value: String| {
        if let Ok(group) = value.parse() {
            lead.ask(Command::Seat {
                person: id.clone(),
                group: GroupId(group),
            });
        }
    };
    view! {
        <li class="rows__one">
            <span class="rows__main">
                <span class="rows__name" dir="auto">{move || person_name(i18n.get_locale(), &person)}</span>
                <span class="rows__aside">{voices}</span>
            </span>
            <select
                class="select"
                aria-label=label
                prop:value=seated.map(|group| group.0.to_string()).unwrap_or_default()
                on:change:target=move |event| seat(event.target().value())
            >
                {seated.is_none().then(|| view! { <option value="">{text!(lead.no_group)}</option> })}
                {move || {
                    groups
                        .get()
                        .into_iter()
                        .map(|each| {
                            let id = each.group.id;
                            view! {
                                <option dir="auto" value=id.0.to_string() selected=seated == Some(id)>
                                    {group_name(i18n.get_locale(), id)}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </li>
    }
}
