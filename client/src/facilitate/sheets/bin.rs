//! The bin: who took which notes off the board, when; one, some or all are brought back.

use super::super::Lead;
use crate::{
    i18n::{
        language::{clock_time, counted, filled},
        t_string, text, use_i18n,
    },
    notes::thrown::{who_threw, words_of},
    parts::{
        button::{Button, ButtonKind},
        flow::{For, Show},
        icon::IconName,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::NoteId,
    session::{Command, ThrownView},
};
use std::collections::BTreeSet;

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let replica = lead.replica;
    let thrown = Memo::new(move |_| {
        let mut thrown = replica.session.lead.with(|lead| lead.thrown.clone());
        thrown.reverse(); // what went last is looked for first
        thrown
    });
    let ticked = RwSignal::new(BTreeSet::<NoteId>::new());
    let chosen = move || {
        let ticked = ticked.get();
        let is_chosen = |one: &ThrownView| ticked.is_empty() || ticked.contains(&one.note);
        let thrown = thrown.get();
        let notes = thrown.into_iter().filter(is_chosen);
        notes.map(|one| one.note).collect::<Vec<_>>()
    };
    let fetch = move |()| {
        let notes = untrack(chosen);
        lead.ask(Command::BringBack { notes });
        ticked.set(BTreeSet::new());
    };
    let label = move || {
        if ticked.read().is_empty() {
            return t_string!(i18n, bin.all).to_owned();
        }
        let count = chosen().len();
        counted(
            count,
            t_string!(i18n, bin.some_1),
            t_string!(i18n, bin.some_n),
        )
    };
    let one = move |thrown: ThrownView| {
        let id = StoredValue::new(thrown.note.clone());
        let words = words_of(replica, &thrown);
        let is_ticked = move || id.with_value(|id| ticked.read().contains(id));
        let about = move || {
            let values = [
                ("name", &*who_threw(i18n.get_locale(), &thrown)),
                ("time", &*clock_time(thrown.at as f64)),
            ];
            filled(t_string!(i18n, bin.who_when), &values)
        };
        view! {
            <li class="rows__one">
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=is_ticked
                        on:change=move |_| ticked.update(|ticked| {
                            let id = id.get_value();
                            if !ticked.remove(&id) {
                                ticked.insert(id);
                            }
                        })
                    />
                    <span class="rows__main">
                        <span class="bin__words" dir="auto">{words}</span>
                        <span class="bin__about">{about}</span>
                    </span>
                </label>
                <Button
                    label=text!(lead.bring_back)
                    on_press=move |()| lead.ask(Command::BringBack { notes: vec![id.get_value()] })
                />
            </li>
        }
    };
    view! {
        <div class="stack">
            <p class="lead__quiet">{text!(bin.text)}</p>
            <Show
                when=move || thrown.with(|thrown| !thrown.is_empty())
                fallback=move || view! { <p data-testid="bin-empty">{text!(bin.none)}</p> }
            >
                <ul class="rows bin" data-testid="lead-bin-notes">
                    <For each=move || thrown.get() key=|one| (one.note.clone(), one.at) let:thrown>
                        {one(thrown)}
                    </For>
                </ul>
                <div class="dialog__foot">
                    <Button label icon=IconName::Undo kind=ButtonKind::Primary hook="bin-fetch" on_press=fetch/>
                </div>
            </Show>
        </div>
    }
    .into_any()
}
