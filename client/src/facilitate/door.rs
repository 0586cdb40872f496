//! The door: who may still come in, a new link, and those who wait outside.

use super::Lead;
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        t_string, td_string, text, use_i18n,
    },
    parts::{
        button::{Button, ButtonKind},
        choice::{Choice, choice_row},
        copy::CopyField,
        field::{FieldContent, TextField},
        flow::{For, Show},
        me,
        notice::use_notices,
    },
    replica::Replica,
    session::introduce::remember,
    site,
};
use leptos::{prelude::*, text_prop::TextProp};
use samtavle_shared::{
    session::{Command, Door, WaitingView},
    wire::Role,
};
use wasm_bindgen::JsValue;

/// Most who are shown by name of their moment; the others are counted, and come up when these are in.
const SHOWN: usize = 5;

/// Who may come in, and a new link. For who leads, wherever others are invited.
#[component]
pub(crate) fn DoorControls(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let leads = replica.session.leads();
    view! {
        <Show when=move || leads.get()>
            <Controls replica />
        </Show>
    }
}

#[component]
fn Controls(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let door = replica.session.part(|view| view.door);
    let choice = |value, label: leptos::text_prop::TextProp| Choice {
        value,
        label,
        icon: None,
    };
    let choices = vec![
        choice(Door::Open, text!(door.open).into()),
        choice(Door::Ask, text!(door.ask).into()),
        choice(Door::Shut, text!(door.shut).into()),
    ];
    let choose = UnsyncCallback::new(move |(door,): (Door,)| {
        replica.command(Command::SetDoor { door });
    });
    let hint = move || match door.get() {
        Door::Open => t_string!(i18n, door.open_hint),
        Door::Ask => t_string!(i18n, door.ask_hint),
        Door::Shut => t_string!(i18n, door.shut_hint),
    };
    let walls = Memo::new(move |_| replica.session.lead.with(|lead| lead.walls));
    let walls = move || {
        let count = walls.get();
        (count > 0).then(|| {
            counted(
                count as usize,
                t_string!(i18n, door.walls_1),
                t_string!(i18n, door.walls_n),
            )
        })
    };
    let is_over = Memo::new(move |_| replica.code.with(|code| code.as_deref() == Some("")));
    view! {
        <section class="door" data-testid="door">
            <h3>{text!(door.title)}</h3>
            {choice_row(text!(door.title).into(), choices, door.into(), choose)}
            <p class="door__hint">{hint}</p>
            {move || walls().map(|walls| view! { <p class="door__hint">{walls}</p> })}
            <div class="row row--wrap">
                <Show when=move || is_over.get()>
                    <Button
                        label=text!(door.new_code)
                        on_press=move |()| replica.command(Command::NewCode)
                        attr:data-testid="new-code"
                    />
                </Show>
                <NewLink replica />
                <Show when=move || replica.role.get() == Some(Role::Facilitator)>
                    <NewLeadLink replica />
                </Show>
            </div>
        </section>
    }
}

/// A new link for those who take part.
#[component]
pub(super) fn NewLink(replica: Replica) -> impl IntoView {
    renewal(
        replica,
        Renewal {
            label: text!(door.new_link).into(),
            words: text!(door.new_link_text).into(),
            made: text!(door.new_link_made).into(),
            hook: "new-link",
            command: Command::NewLink,
            is_now: Signal::derive(move || replica.code.get().unwrap_or_default()),
        },
        ().into_any(),
    )
}

/// A new link for those who lead, for who came by such a link: shown when it is made, to be handed on.
#[component]
fn NewLeadLink(replica: Replica) -> impl IntoView {
    let board = replica.ticket().board;
    let link = Signal::derive(move || {
        let page = ["board/", board.as_str(), "#", &*replica.key.read()];
        site::link_to(&page.concat())
    });
    renewal(
        replica,
        Renewal {
            label: text!(door.new_lead_link).into(),
            words: text!(door.new_lead_link_text).into(),
            made: text!(door.new_lead_link_made).into(),
            hook: "new-lead-link",
            command: Command::NewLeadLink,
            is_now: replica.key.into(),
        },
        view! { <CopyField label=text!(door.new_lead_link_copy) text=link /> }.into_any(),
    )
}

/// Something in whose place another can be made.
struct Renewal {
    label: TextProp,
    /// What happens.
    words: TextProp,
    /// That it has.
    made: TextProp,
    hook: &'static str,
    command: Command,
    /// What it is: another one when it has happened.
    is_now: Signal<String>,
}

/// The button, what it does in words, and that it is done.
fn renewal(replica: Replica, what: Renewal, besides: AnyView) -> AnyView {
    let Renewal {
        label,
        words,
        made,
        hook,
        command,
        is_now,
    } = what;
    let is_asked = RwSignal::new(false);
    let pressed_at = RwSignal::new(None::<String>);
    let is_made = Memo::new(move |_| {
        let now = is_now.get();
        pressed_at.with(|before| before.as_ref().is_some_and(|before| *before != now))
    });
    let command = StoredValue::new(command);
    let make = move |()| {
        is_asked.set(false);
        pressed_at.set(Some(is_now.get_untracked()));
        replica.command(command.get_value());
    };
    let again = label.clone();
    let asking = move || {
        let (words, again) = (words.clone(), again.clone());
        is_asked.get().then(move || {
            view! {
                <div class="asking" role="alert">
                    <p>{move || words.get()}</p>
                    <div class="row row--wrap">
                        <Button
                            kind=ButtonKind::Primary
                            label=again
                            on_press=make
                            attr:data-testid=[hook, "-do"].concat()
                        />
                        <Button label=text!(common.cancel) on_press=move |()| is_asked.set(false) />
                    </div>
                </div>
            }
        })
    };
    let shows_made = move || is_made.get() && !is_asked.get();
    view! {
        <button
            type="button"
            class="button button--quiet"
            hidden=move || is_asked.get()
            data-testid=hook
            on:click=move |_| is_asked.set(true)
        >
            {move || label.get()}
        </button>
        {asking}
        <div class="door__made" hidden=move || !shows_made()>
            <p role="status">{move || shows_made().then(|| made.get())}</p>
            {besides}
        </div>
    }
    .into_any()
}

/// Those who wait outside: let in or not, one by one. It is there only meanwhile.
#[component]
pub(super) fn AtTheDoor(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let waiting = Memo::new(move |_| replica.session.lead.with(|lead| lead.waiting.clone()));
    let words = move || {
        counted(
            waiting.with(Vec::len),
            t_string!(i18n, door.waiting_1),
            t_string!(i18n, door.waiting_n),
        )
    };
    view! {
        <Show when=move || waiting.with(|waiting| !waiting.is_empty())>
            <div class="lead__now" data-testid="lead-waiting" role="status">
                <h3 class="panel__title">{words}</h3>
                <ul class="rows">
                    <For
                        each=move || waiting.get().into_iter().take(SHOWN)
                        key=|waiting| waiting.number
                        let:one
                    >
                        {row_at_the_door(lead, waiting, one.number, clock(one.since))}
                    </For>
                </ul>
            </div>
        </Show>
    }
}

/// Who waits, since when, and what to do about it.
fn row_at_the_door(
    lead: Lead,
    waiting: Memo<Vec<WaitingView>>,
    number: u32,
    since: String,
) -> impl IntoView {
    let i18n = use_i18n();
    // The row stays while they say who they are: somebody may be about to press.
    let name = Memo::new(move |_| {
        let of = |waiting: &Vec<WaitingView>| {
            let one = waiting.iter().find(|one| one.number == number);
            one.map(|one| one.name.clone()).unwrap_or_default()
        };
        waiting.with(of)
    });
    view! {
        <li class="rows__one rows__one--wrap">
            <span class="rows__main">
                <span class="rows__name" dir="auto" data-testid="waiting-name">
                    {move || waiting_name(i18n.get_locale(), name.get(), number)}
                </span>
                <span class="rows__aside">
                    {move || filled(t_string!(i18n, door.since), &[("time", &since)])}
                </span>
            </span>
            <span class="row row--wrap">
                <Button
                    label=text!(door.let_in)
                    on_press=move |()| lead.ask(Command::LetIn { number })
                    attr:data-testid="let-in"
                />
                <Button
                    label=text!(door.turn_away)
                    on_press=move |()| lead.ask(Command::TurnAway { number })
                    attr:data-testid="turn-away"
                />
            </span>
        </li>
    }
}

/// What somebody at the door is called: as they say, or "Guest 3".
fn waiting_name(locale: Locale, name: String, number: u32) -> String {
    if name.is_empty() {
        filled(
            td_string!(locale, people.guest),
            &[("number", &number.to_string())],
        )
    } else {
        name
    }
}

/// Tells who leads that somebody waits, wherever they are on the page.
pub(crate) fn tell_who_waits(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    let count = Memo::new(move |_| replica.session.lead.with(|lead| lead.waiting.len()));
    let leads = replica.session.leads();
    Effect::new(move |before: Option<usize>| {
        let now = count.get();
        if leads.get_untracked() && before.is_some_and(|before| before < now) {
            notices.show(counted(
                now,
                t_string!(i18n, door.waiting_1),
                t_string!(i18n, door.waiting_n),
            ));
        }
        now
    });
}

/// Whether somebody waits for the person here to let them in.
pub(crate) fn somebody_waits(replica: Replica) -> Memo<bool> {
    let leads = replica.session.leads();
    Memo::new(move |_| leads.get() && replica.session.lead.with(|lead| !lead.waiting.is_empty()))
}

/// What stands in the place of the board for who waits outside. Whoever lets them in would like to know who it is.
#[component]
pub(crate) fn WaitingOutside(replica: Replica) -> impl IntoView {
    let name = RwSignal::new(me::remembered().name);
    Effect::new(move || {
        if replica.is_asked_who.get() {
            replica.knocks(&name.get());
        }
    });
    Effect::new(move |before: Option<()>| {
        name.track();
        if before.is_some() {
            remember(replica, &name.get_untracked());
        }
    });
    view! {
        <div class="outside" data-testid="waiting-outside">
            <div role="status">
                <h2>{text!(door.wait_title)}</h2>
                <p>{text!(door.wait_text)}</p>
            </div>
            <Show when=move || replica.is_asked_who.get()>
                <TextField
                    label=text!(people.your_name)
                    value=name
                    content=FieldContent::Name
                    placeholder=text!(people.name_example)
                    hint=text!(door.wait_name_hint)
                    max_length=me::MAX_NAME
                />
            </Show>
        </div>
    }
}

/// «14:32», by this browser's clock.
fn clock(ms: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(ms as f64));
    let two = |number: u32| format!("{number:02}");
    [two(date.get_hours()), two(date.get_minutes())].join(":")
}
