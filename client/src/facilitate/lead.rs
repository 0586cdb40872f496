//! What is local to one panel: which dialog is open, and where this screen looks.

use crate::{i18n::Locale, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::BoardRect,
    ids::{NoteId, VoiceId},
    session::{Command, PhaseId},
};

/// A dialog of the facilitator's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// Going to a phase that is not the next one.
    GoTo(PhaseId),
    /// The phases.
    Phases,
    /// The voices.
    Voices,
    /// How much of who wrote is shown.
    Showing,
    /// Making groups, and who sits where.
    Groups,
    /// Who is here, and who waits at the door.
    People,
    /// The deck of cards.
    Deck,
    /// Hidden notes.
    Hidden,
    /// Notes that were taken off the board.
    Bin,
    /// What participants may do.
    Rights,
    /// What the wall shows.
    Scene,
    /// A round of votes.
    Vote,
}

/// One panel's own state. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Lead {
    /// The board.
    pub(super) replica: Replica,
    /// The dialog that was opened last.
    pub(super) sheet: RwSignal<Option<Sheet>>,
    /// Whether it is open.
    pub(super) is_open: RwSignal<bool>,
    /// What this screen looks at.
    pub(super) look: Signal<BoardRect>,
    /// The notes that are selected on this screen.
    pub(super) chosen: Signal<Vec<NoteId>>,
}

impl Lead {
    pub(super) fn new(
        replica: Replica,
        look: Signal<BoardRect>,
        chosen: Signal<Vec<NoteId>>,
    ) -> Self {
        Self {
            replica,
            sheet: RwSignal::new(None),
            is_open: RwSignal::new(false),
            look,
            chosen,
        }
    }

    /// Asks the session for something.
    pub(super) fn ask(self, command: Command) {
        self.replica.command(command);
    }

    /// Opens a dialog.
    pub(super) fn show(self, sheet: Sheet) {
        self.sheet.set(Some(sheet));
        self.is_open.set(true);
    }

    /// Closes it.
    pub(super) fn close(self) {
        self.is_open.set(false);
    }

    /// Closes the dialog as soon as the session stands as was asked for; a refusal leaves it open.
    pub(super) fn close_when(self, is_so: impl Fn() -> bool + 'static) {
        Effect::new(move |was_so: Option<bool>| {
            let is_so = is_so();
            if is_so && was_so == Some(false) {
                self.close();
            }
            is_so
        });
    }

    /// What a voice is called; one that is not in the list any more goes by its id.
    pub(super) fn voice_name(self, voice: &VoiceId, locale: Locale) -> String {
        self.replica
            .session
            .voice_name(voice, locale)
            .unwrap_or_else(|| voice.as_str().to_owned())
    }
}
