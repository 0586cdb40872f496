//! What participants may not do on this board is put right, by whatever client and way it came: another's note that
//! one may not take off comes back, and so does the board's title. The update itself is taken: others' pages may
//! build on it, and a document has no holes.

use super::{Dialect, PeerId, Room, Turn, document::Poisoned, sweeping::Standing, terms::Why};
use crate::room::document::Document;
use samtavle_shared::schema::TITLE;
use samtavle_shared::{
    board::TextEdit,
    guard::{Root, Touched},
    ids::{NoteId, PersonId},
    session::{MayDelete, MayRename, Rights, SweptThing},
    wire::RefusalCode,
};

/// What somebody did that they may not.
const PUT_BACK: Why = (
    RefusalCode::PutBack,
    "only some may do that on this board; it was put back",
);

/// What an update did that its sender may not.
#[derive(Default)]
pub(super) struct PutRight {
    /// The board's title as it was, if it was changed.
    title: Option<String>,
    /// Others' notes that went.
    notes: Vec<SweptThing>,
}

impl PutRight {
    /// What is to be remembered before the document takes an update that touches this.
    pub(super) fn before(board: &Document, rights: Rights, touched: &[Touched]) -> Self {
        let renames = |thing: &Touched| thing.root == Root::Meta && &*thing.id == TITLE;
        let is_held = rights.rename == MayRename::Facilitators && touched.iter().any(renames);
        Self {
            title: is_held.then(|| board.title()),
            notes: Vec::new(),
        }
    }
}

impl Room {
    /// Of what went with an update, others' notes that its sender may not take off. They are no longer in `standing`.
    pub(super) fn may_not_go(
        &self,
        peer: PeerId,
        is_theirs: bool,
        standing: &mut Standing,
    ) -> Vec<SweptThing> {
        let session = &self.workshop.session;
        if session.rights().delete == MayDelete::Everybody {
            return Vec::new();
        }
        let Some(sender) = self.peers.get(&peer) else {
            return Vec::new();
        };
        let person: Option<&PersonId> = sender.person.as_ref().filter(|_| is_theirs);
        let is_standard = sender.entrance.dialect == Dialect::Standard;
        let is_of_others = |note: &NoteId| match person {
            None if is_standard && self.made_itself(peer, note) => false,
            _ => session.is_of_others(note, person),
        };
        standing.take_notes_that_went(&self.document, is_of_others)
    }

    /// Puts right what an update did, and says so to its sender.
    pub(super) fn put_right(
        &mut self,
        peer: PeerId,
        frame: u64,
        what: PutRight,
        turn: &mut Turn,
    ) -> Result<(), Poisoned> {
        let PutRight { title, notes } = what;
        let is_now = self.document.title();
        let title = title.filter(|title| *title != is_now);
        if title.is_none() && notes.is_empty() {
            return Ok(());
        }
        tracing::info!(target: "samtavle::room", board = %self.board, notes = notes.len(), renamed = title.is_some(), "what its sender may not do was put right");
        if let Some(title) = title {
            self.change(None, turn, |board| {
                board.write_board_title(&TextEdit::between(&is_now, &title, None));
            })?;
        }
        if !notes.is_empty() {
            self.bring_back(notes, None, turn)?;
        }
        let (code, words) = PUT_BACK;
        self.refuse(peer, code, words, Some(frame), turn);
        Ok(())
    }
}

impl PutRight {
    /// Others' notes that went, too.
    pub(super) fn with_notes(self, notes: Vec<SweptThing>) -> Self {
        Self { notes, ..self }
    }
}
