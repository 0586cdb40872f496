//! The ceremony in which a habit is broken: who stops, and from when. The wall shows it.

use super::{MomentState, naming::Quote};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, ButtonRole},
        field::TextField,
        notice::use_notices,
    },
};
use leptos::prelude::*;
use samtavle_shared::{ids::NoteId, session::Command};

/// What stands in the dialog.
#[component]
pub(super) fn BreakHabit(moments: MomentState, note: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = moments.replica;
    let who = RwSignal::new(String::new());
    let from = RwSignal::new(String::new());
    let was_tried = RwSignal::new(false);
    // What was typed stays until the server has done it.
    let waits = RwSignal::new(false);
    let is_whole = move || !who.read().trim().is_empty() && !from.read().trim().is_empty();
    let error = Signal::derive(move || {
        if was_tried.get() && !is_whole() {
            t_string!(i18n, moment.break_both).to_owned()
        } else {
            String::new()
        }
    });
    let broken = note.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        was_tried.set(true);
        if !untrack(is_whole) || waits.get_untracked() {
            return;
        }
        waits.set(true);
        let command = Command::BreakHabit {
            note: broken.clone(),
            who: who.get_untracked().trim().to_owned(),
            from: from.get_untracked().trim().to_owned(),
        };
        replica.command_then(command, move |is_done| {
            // The dialog may have been closed by hand meanwhile.
            let is_here = waits.try_set(false).is_none();
            if is_done {
                notices.announce(untrack(|| t_string!(i18n, moment.broken)));
            }
            if is_done && is_here {
                moments.sheet.set(None);
            }
        });
    };
    view! {
        <form class="break-habit stack" data-testid="break-habit" on:submit=submit>
            <p class="moment__hint">{text!(moment.break_lead)}</p>
            <Quote moments note/>
            <TextField
                label=text!(moment.break_who)
                value=who
                placeholder=text!(moment.break_who_example)
            />
            <TextField
                label=text!(moment.break_from)
                value=from
                placeholder=text!(moment.break_from_example)
                error
            />
            <div class="moment__acts">
                <Button
                    kind=ButtonKind::Primary
                    role=ButtonRole::Submit
                    label=text!(moment.break_do)
                    is_disabled=Signal::derive(move || waits.get())
                    attr:data-testid="break-do"
                />
                <Button label=text!(moment.later) on_press=move |()| moments.sheet.set(None)/>
            </div>
        </form>
    }
}
