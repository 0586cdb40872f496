//! What there is to a note besides its words, in a panel beside it: what a habit and a plan are asked,
//! how it was said back.

use super::{clear_of_bars, stage::Stage, translate};
use crate::{
    i18n::{t_string, text},
    notes::{NoteDetails, has_details},
    parts::{
        button::{IconButton, TipSide},
        flow::Show,
        icon::IconName,
    },
};
use leptos::prelude::*;
use samtavle_shared::{board::NoteKind, ids::NoteId, session};

/// The panel's width and at most its height as the styles have them, screen pixels.
const WIDTH: f64 = 288.0;
const HEIGHT: f64 = 360.0;
/// Between the note and the panel.
const AWAY: f64 = 16.0;

#[component]
pub(super) fn NotePanel(stage: Stage) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let note = stage.note_with_details();
    let is_in_session = desk
        .replica
        .session
        .part(|view| matches!(view.stage, session::Stage::In(..)));
    // In a session the questions are there by themselves; else they wait until somebody asks.
    let shown = Memo::new(move |_| {
        let is_open = stage.details.get().unwrap_or(is_in_session.get());
        let is_at_rest = !stage.is_dragging.get() && !stage.is_moving.get();
        note.get().filter(|_| is_open && is_at_rest)
    });
    let place = move || {
        let (id, _) = note.get()?;
        desk.replica.state.moved.track();
        let rect = desk.replica.state.rect_of(&id)?;
        let camera = desk.camera.get();
        let (min, max) = (
            camera.screen_from_board(rect.min),
            camera.screen_from_board(rect.max),
        );
        let clear = clear_of_bars(desk.view.get(), desk.side.get());
        let x = if max.x + AWAY + WIDTH <= clear.right {
            max.x + AWAY
        } else if min.x - AWAY - WIDTH >= clear.left {
            min.x - AWAY - WIDTH
        } else {
            clear.right - WIDTH
        };
        let y = min.y.min(clear.bottom - HEIGHT).max(clear.top);
        Some(translate(x.round(), y.round()))
    };
    let title = move |kind: NoteKind| match kind {
        NoteKind::Habit => t_string!(i18n, note.more_of_habit),
        NoteKind::Plan => t_string!(i18n, note.more_of_plan),
        _ => t_string!(i18n, note.more_of_note),
    };
    let inside = move || {
        let (id, kind) = shown.get()?;
        let replica = desk.replica;
        let name = id.clone();
        Some(view! {
            <section
                class="note-panel panel"
                data-testid="note-panel"
                aria-label=move || title(kind)
                style:transform=place
                on:keydown=move |event: web_sys::KeyboardEvent| {
                    if event.key() == "Escape" {
                        stage.focus_note(&name);
                    }
                }
            >
                <div class="note-panel__head">
                    <h2 class="note-panel__title">{move || title(kind)}</h2>
                    <IconButton
                        label=text!(common.close)
                        icon=IconName::Close
                        tip=TipSide::Left
                        on_press=move || stage.details.set(Some(false))
                    />
                </div>
                <NoteDetails replica note=id/>
            </section>
        })
    };
    view! {
        <Show when=move || shown.with(Option::is_some)>{inside}</Show>
    }
}

impl Stage {
    /// The one selected note, when there is more to it than its words.
    pub(super) fn note_with_details(self) -> Memo<Option<(NoteId, NoteKind)>> {
        let desk = self.desk;
        Memo::new(move |_| {
            let selection = desk.selection.get();
            let [id] = selection.notes.as_slice() else {
                return None;
            };
            desk.replica.state.moved.track();
            let signals = desk.replica.state.note(id)?;
            signals.note.with_untracked(|note| {
                let may = desk.replica.may_write() && desk.replica.may_touch(id);
                let has = has_details(note) && (may || !note.restated.is_empty());
                has.then(|| (id.clone(), note.kind))
            })
        })
    }
}
