//! The board's texts that several people may write at once, read and written in one way.

use super::Replica;
use leptos::prelude::untrack;
use samtavle_shared::{
    board::{BoardChange, TextEdit},
    ids::{ClusterId, NoteId},
};

/// One of the board's texts.
#[derive(Clone, Debug, PartialEq)]
pub enum SharedText {
    /// What a note says.
    Note(NoteId),
    /// What a cluster is called.
    ClusterTitle(ClusterId),
    /// What the board is called.
    BoardTitle,
}

impl Replica {
    /// A text as the document has it now (signals may be a moment behind in an effect). `None` when
    /// its note or cluster is gone.
    pub fn read_text(self, text: &SharedText) -> Option<String> {
        let inner = self.inner();
        let view = inner.board.view();
        match text {
            SharedText::Note(note) => view.note(note).map(|note| note.text),
            SharedText::ClusterTitle(cluster) => view.cluster(cluster).map(|cluster| cluster.title),
            SharedText::BoardTitle => Some(view.title()),
        }
    }

    /// Whether the person here may write in a text: it is on their board, and nothing of it is locked. Untracked.
    pub fn may_write_in(self, text: &SharedText) -> bool {
        let is_open = || match text {
            SharedText::Note(note) => self.state.note(note).is_some() && self.may_touch(note),
            SharedText::ClusterTitle(cluster) => {
                self.state.cluster(cluster).is_some() && self.is_unlocked(cluster)
            }
            SharedText::BoardTitle => true,
        };
        untrack(|| self.may_write() && is_open())
    }

    /// Writes into a text: the smallest edit from `shown` to `field`, with the caret to tell equal
    /// letters apart. Letters that others wrote since `shown` stay. Gives the edit as the document
    /// took it; where it may not be written, nothing is.
    pub fn write_text(
        self,
        text: &SharedText,
        shown: &str,
        field: &str,
        caret: Option<u32>,
    ) -> TextEdit {
        let mut edit = TextEdit::between(shown, field, caret);
        let Some(now) = self.read_text(text).filter(|_| self.may_write_in(text)) else {
            return edit;
        };
        if now != shown {
            edit = edit.after(&TextEdit::between(shown, &now, None));
        }
        let thing = match text {
            SharedText::Note(note) => BoardChange::Note(note.clone()),
            SharedText::ClusterTitle(cluster) => BoardChange::Cluster(cluster.clone()),
            SharedText::BoardTitle => BoardChange::Meta,
        };
        self.change_of(&thing, |change| match text {
            SharedText::Note(note) => change.write_note(note, &edit),
            SharedText::ClusterTitle(cluster) => change.write_title(cluster, &edit),
            SharedText::BoardTitle => change.write_board_title(&edit),
        });
        if let SharedText::Note(note) = text {
            self.mark_changed(note);
        }
        edit
    }
}
