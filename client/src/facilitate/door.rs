//! The door: who may still come in, a new link, and those who wait outside.

use super::Lead;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        choice::{Choice, choice_row},
        flow::{For, Show},
        language::{counted, filled},
        notice::use_notices,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, Door};
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
            </div>
        </section>
    }
}

/// The button, what it does in words, and that it is done.
#[component]
pub(super) fn NewLink(replica: Replica) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    // The code that there was when it was pressed.
    let pressed_at = RwSignal::new(None::<Option<String>>);
    let is_made = Memo::new(move |_| {
        let now = replica.code.get();
        pressed_at.with(|before| before.as_ref().is_some_and(|before| *before != now))
    });
    let make = move |()| {
        is_asked.set(false);
        pressed_at.set(Some(replica.code.get_untracked()));
        replica.command(Command::NewLink);
    };
    view! {
        <Show when=move || !is_asked.get()>
            <Button
                label=text!(door.new_link)
                on_press=move |()| is_asked.set(true)
                attr:data-testid="new-link"
            />
        </Show>
        <Show when=move || is_asked.get()>
            <div class="asking" role="alert">
                <p>{text!(door.new_link_text)}</p>
                <div class="row row--wrap">
                    <Button
                        kind=ButtonKind::Primary
                        label=text!(door.new_link)
                        on_press=make
                        attr:data-testid="new-link-do"
                    />
                    <Button label=text!(common.cancel) on_press=move |()| is_asked.set(false) />
                </div>
            </div>
        </Show>
        <Show when=move || is_made.get() && !is_asked.get()>
            <p class="door__made" role="status">{text!(door.new_link_made)}</p>
        </Show>
    }
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
                        <li class="rows__one rows__one--wrap">
                            <span class="rows__main">
                                {move || filled(t_string!(i18n, door.since), &[("time", &clock(one.since))])}
                            </span>
                            <span class="row row--wrap">
                                <Button
                                    label=text!(door.let_in)
                                    on_press=move |()| lead.ask(Command::LetIn { number: one.number })
                                    attr:data-testid="let-in"
                                />
                                <Button
                                    label=text!(door.turn_away)
                                    on_press=move |()| lead.ask(Command::TurnAway { number: one.number })
                                    attr:data-testid="turn-away"
                                />
                            </span>
                        </li>
                    </For>
                </ul>
            </div>
        </Show>
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

/// What stands in the place of the board for who waits outside.
#[component]
pub(crate) fn WaitingOutside() -> impl IntoView {
    view! {
        <div class="outside" role="status" data-testid="waiting-outside">
            <h2>{text!(door.wait_title)}</h2>
            <p>{text!(door.wait_text)}</p>
        </div>
    }
}

/// «14:32», by this browser's clock.
fn clock(ms: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(ms as f64));
    let two = |number: u32| format!("{number:02}");
    [two(date.get_hours()), two(date.get_minutes())].join(":")
}
