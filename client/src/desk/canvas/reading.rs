//! A note that says more than its paper holds, whole: to be read by one person, while it lies as it lay for all.

use super::stage::Stage;
use crate::{
    i18n::text,
    notes::{more_line, speaker},
    parts::{
        dialog::{Dialog, DialogWidth},
        kinds::kind_name,
        words::written,
    },
};
use leptos::{prelude::*, text_prop::TextProp};
use samtavle_shared::{board::NoteKind, layout::is_folded};

/// The dialog; it opens when [`super::super::DeskState`] says which note is read.
#[component]
pub(super) fn Reading(stage: Stage) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let open = RwSignal::new(false);
    let note = Memo::new(move |_| {
        let id = desk.reading.get()?;
        Some(desk.replica.state.awaited_note(&id)?.note.get())
    });
    // A note that is gone is read no longer.
    Effect::new(move || open.set(note.read().is_some()));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            let read = desk.reading.get_untracked();
            desk.reading.set(None);
            if let Some(note) = read {
                stage.focus_note(&note);
            }
        }
        is_open
    });
    let title = move || {
        let note = note.read();
        let kind = note.as_ref().map_or(NoteKind::Other, |note| note.kind);
        kind_name(i18n.get_locale(), kind)
    };
    let words = Memo::new(move |_| {
        let note = note.read();
        note.as_ref()
            .map(|note| note.text.trim().to_owned())
            .unwrap_or_default()
    });
    let said = move || {
        let note = note.read();
        let note = note.as_ref()?;
        let locale = i18n.get_locale();
        let more = more_line(locale, note).unwrap_or_default();
        Some([speaker(desk.replica, locale, note), more])
    };
    view! {
        <Dialog title=TextProp::from(title) open width=DialogWidth::Wide>
            <div class="reading" data-testid="reading" tabindex="0" autofocus>
                <p class="reading__words" {..written(words)}></p>
                {move || said().map(|lines| lines.map(|line| view! { <p class="reading__said" dir="auto">{line}</p> }))}
            </div>
        </Dialog>
    }
}

/// Where a folded note says that there is more.
#[component]
pub(super) fn ReadMore(
    stage: Stage,
    /// Which note.
    id: samtavle_shared::ids::NoteId,
    /// Whether keys come to it: only while its note is selected, for a board has hundreds.
    #[prop(into)]
    is_selected: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="note__rest"
            data-testid="read-more"
            tabindex=move || if is_selected.get() { "0" } else { "-1" }
            on:click=move |_| {
                stage.desk.select(vec![id.clone()]);
                stage.desk.reading.set(Some(id.clone()));
            }
        >
            {text!(note.read_more)}
        </button>
    }
}

impl Stage {
    /// Opens the one selected note to be read, if it says more than its paper holds.
    pub(super) fn read_selected(self) -> bool {
        let selection = self.desk.selection.get_untracked();
        let [note] = selection.notes.as_slice() else {
            return false;
        };
        let signals = self.desk.replica.state.note(note);
        let is_long = signals
            .is_some_and(|signals| signals.note.with_untracked(|note| is_folded(&note.text)));
        if is_long {
            self.desk.reading.set(Some(note.clone()));
        }
        is_long
    }
}
