//! A disk that takes nothing: people are told why, and work on together; what they write is held until it can
//! be written, and nobody is told that it is saved. Once a room holds all that it can, the rest stays on
//! people's own machines and is asked for when there is room again.

use super::{Dialect, PeerId, Room, Turn, tell};
use samtavle_shared::wire::{RefusalCode, SaveTrouble, ServerMessage};

/// How it stands with the disk.
#[derive(Default)]
pub(super) struct Saving {
    trouble: Option<SaveTrouble>,
    is_full_up: bool,
}

impl Saving {
    /// Can nothing be written just now?
    pub(super) fn is_stuck(&self) -> bool {
        self.trouble.is_some()
    }
}

impl Room {
    /// The disk takes nothing, or takes everything again.
    pub(super) fn saving_changed(&mut self, trouble: Option<SaveTrouble>, turn: &mut Turn) {
        if self.saving.trouble == trouble {
            return;
        }
        self.saving.trouble = trouble;
        for peer in self.peers_where(|_, peer| peer.entrance.dialect != Dialect::Standard) {
            turn.effects
                .push(tell(peer, &ServerMessage::Saving { trouble }));
        }
        if trouble.is_none() && std::mem::take(&mut self.saving.is_full_up) {
            self.ask_those_held_back(turn);
        }
    }

    /// Can nothing be written just now?
    pub(crate) fn is_stuck(&self) -> bool {
        self.saving.is_stuck()
    }

    /// More cannot be held until something is written.
    pub(crate) fn is_full_up(&mut self) {
        self.saving.is_full_up = self.is_stuck();
    }

    /// Somebody who comes in is told why nothing is saved.
    pub(super) fn tell_trouble(&self, peer: PeerId, turn: &mut Turn) {
        if let trouble @ Some(_) = self.saving.trouble {
            turn.effects
                .push(tell(peer, &ServerMessage::Saving { trouble }));
        }
    }

    /// Refuses a document frame that cannot be held; `false`: it may come.
    pub(super) fn cannot_hold(&mut self, peer: PeerId, frame: u64, turn: &mut Turn) -> bool {
        if self.saving.is_full_up {
            let words = "the server cannot save anything just now";
            self.hold_back(peer, frame, (RefusalCode::NotSaved, words), turn);
        }
        self.saving.is_full_up
    }
}
