//! Above the map: what others have just laid where this desk does not look. Who leads must not have to guess
//! that something has come.

use super::super::DeskState;
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::ids::NoteId;
use std::{collections::HashSet, time::Duration};

/// By then a note that came lies where it stays, and who is brought to it by a reveal is there.
const LOOKED_UP: Duration = Duration::from_millis(800);

/// «2 nye lapper utenfor det du ser», with the way to them. What comes into view is no news any more.
#[component]
pub(super) fn NewOutside(desk: DeskState) -> impl IntoView {
    let i18n = use_i18n();
    let outside = RwSignal::new(Vec::<NoteId>::new());
    follow(desk, outside);
    let count = Memo::new(move |_| outside.read().len());
    let words = move || match count.get() {
        0 => String::new(),
        count => counted(
            count,
            t_string!(i18n, note.outside_1),
            t_string!(i18n, note.outside_n),
        ),
    };
    let show = move |_| {
        let notes = outside.get_untracked();
        outside.set(Vec::new());
        desk.show_notes(notes);
    };
    view! {
        <div class="far-away" class:far-away--none=move || count.get() == 0>
            <p class="far-away__words" role="status" data-testid="new-outside">{words}</p>
            <div class="far-away__acts">
                <button type="button" class="button button--quiet" data-testid="outside-show" on:click=show>
                    {text!(note.outside_show)}
                </button>
                <button
                    type="button"
                    class="button button--bare"
                    data-testid="outside-leave"
                    on:click=move |_| outside.set(Vec::new())
                >
                    {text!(note.outside_leave)}
                </button>
            </div>
        </div>
    }
}

/// Keeps the list: notes of others that came since the board was opened and were not in view when they did.
fn follow(desk: DeskState, outside: RwSignal<Vec<NoteId>>) {
    let replica = desk.replica;
    let known = StoredValue::new(None::<HashSet<NoteId>>);
    let waiting = StoredValue::new(Vec::<NoteId>::new());
    let is_due = StoredValue::new(false);
    let look = move || {
        let now: HashSet<NoteId> = untrack(|| replica.state.note_ids()).into_iter().collect();
        let new: Vec<NoteId> = known.with_value(|known| {
            let is_new = |id: &&NoteId| {
                known.as_ref().is_some_and(|known| !known.contains(*id)) && is_others(replica, id)
            };
            now.iter().filter(is_new).cloned().collect()
        });
        known.set_value(Some(now));
        waiting.update_value(|waiting| waiting.extend(still_outside(desk, new)));
    };
    let tell = move || {
        if is_due.try_set_value(false).is_some() {
            return; // the desk is gone
        }
        look();
        let mut all = outside.get_untracked();
        all.extend(waiting.try_update_value(std::mem::take).unwrap_or_default());
        let still = still_outside(desk, all);
        if outside.with_untracked(|outside| *outside != still) {
            outside.set(still);
        }
    };
    Effect::new(move || {
        replica.state.note_count.track();
        let is_open = replica.state.is_open.get();
        // What comes by the hundred is looked at a few times a second.
        if is_open && !is_due.get_value() {
            is_due.set_value(true);
            look();
            set_timeout(tell, LOOKED_UP);
        }
    });
    Effect::new(move || {
        desk.camera.track();
        desk.view.track();
        let told = outside.get_untracked();
        if !told.is_empty() {
            let still = still_outside(desk, told.clone());
            if still.len() < told.len() {
                outside.set(still);
            }
        }
    });
}

fn is_others(replica: Replica, note: &NoteId) -> bool {
    !untrack(|| replica.is_mine(note))
}

/// Those that are not in the part of the view that nothing covers, and have not gone from the board.
fn still_outside(desk: DeskState, mut notes: Vec<NoteId>) -> Vec<NoteId> {
    if notes.is_empty() {
        return notes;
    }
    let camera = desk.camera.get_untracked();
    let clear = desk.clear_now();
    let state = desk.replica.state;
    notes.retain(|id| {
        state.rect_of(id).is_some_and(|rect| {
            let middle = camera.screen_from_board(rect.center());
            middle.x < clear.left
                || middle.x > clear.right
                || middle.y < clear.top
                || middle.y > clear.bottom
        })
    });
    notes
}
