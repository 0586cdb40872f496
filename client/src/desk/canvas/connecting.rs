//! Linking by hand, and notes that are made for another one.

use super::stage::Stage;
use crate::{
    desk::{DeskState, Editing, Tool},
    i18n::td_string,
    notes::{Answering, clusters::room_for, links},
    session::post::{Posting, is_on_paper, post},
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{ItemId, LinkKind, NoteKind},
    geometry::{BoardPoint, BoardRect},
    ids::NoteId,
    layout::note_size,
};

/// From what is answered to the answer: room for the line and its word, board units.
const APART: f64 = 84.0;

impl Stage {
    /// Begins a link at what is selected, else takes the tool in hand.
    pub(super) fn begin_link(self) {
        let selection = self.desk.selection.get_untracked();
        let from = match (selection.notes.as_slice(), selection.cluster) {
            ([note], _) => Some(ItemId::Note(note.clone())),
            (_, Some(cluster)) => Some(ItemId::Cluster(cluster)),
            _ => None,
        };
        self.desk.tool.set(Tool::Connect);
        self.connect_from(from);
        self.focus_canvas();
    }

    pub(super) fn connect_from(self, from: Option<ItemId>) {
        let locale = self.i18n.get_locale_untracked();
        self.notices.announce(if from.is_some() {
            td_string!(locale, note.connect_to)
        } else {
            td_string!(locale, note.connect_from)
        });
        self.connecting.set(from);
    }

    /// Ends the link that is being made here. What does not fit leaves the tool in hand: one may have
    /// missed.
    pub(super) fn connect_to(self, to: &ItemId) {
        let Some(from) = self.connecting.get_untracked() else {
            return;
        };
        let locale = self.i18n.get_locale_untracked();
        match links::connect(self.desk.replica, locale, &from, to) {
            Ok(sentence) => {
                self.desk.tool.set(Tool::Select);
                self.notices.announce(sentence);
            }
            Err(why) => self.notices.show(why),
        }
    }

    /// Enter on a note while a link is being made: it ends there. False: nothing is being made.
    pub(super) fn connect_to_selected(self) -> bool {
        if self.desk.tool.get_untracked() != Tool::Connect {
            return false;
        }
        let selection = self.desk.selection.get_untracked();
        let [note] = selection.notes.as_slice() else {
            return false;
        };
        let item = ItemId::Note(note.clone());
        if self.connecting.with_untracked(Option::is_none) {
            self.connect_from(Some(item));
        } else {
            self.connect_to(&item);
        }
        true
    }

    /// A note for this one: written beside it, or in a sheet as long as notes are drafts.
    pub(super) fn answer_with(self, to: NoteId, kind: NoteKind, says: LinkKind) {
        let desk = self.desk;
        if is_on_paper(desk.replica) {
            self.answering.set(Some(Answering { to, kind, says }));
            return;
        }
        let size = note_size("");
        let mut posting = Posting::new(kind, "");
        posting.link = Some((says, ItemId::Note(to.clone())));
        posting.at = desk.place_for_answer(&to);
        let id = post(desk.replica, posting);
        desk.select(vec![id.clone()]);
        if let Some(rect) = desk.replica.state.rect_of(&id) {
            desk.come_near(BoardRect::at(rect.min, size));
        }
        desk.editing.set(Some(Editing::Note(id)));
        self.say_note_added();
    }

    /// Takes the chosen link away; false: none is chosen.
    pub(super) fn delete_link(self) -> bool {
        let Some(link) = self.link.get_untracked() else {
            return false;
        };
        let step = links::disconnect(self.desk.replica, &link);
        self.link.set(None);
        let locale = self.i18n.get_locale_untracked();
        self.offer_undo(td_string!(locale, note.link_deleted), step);
        self.focus_canvas();
        true
    }

    /// Says that what is selected is locked; true when it is.
    pub(super) fn says_locked(self) -> bool {
        let replica = self.desk.replica;
        let is_locked = untrack(|| {
            let selection = self.desk.selection.get();
            let cluster = selection.cluster.iter();
            !selection.notes.iter().all(|note| replica.may_touch(note))
                || !cluster
                    .into_iter()
                    .all(|cluster| replica.is_unlocked(cluster))
        });
        if is_locked {
            self.say_locked();
        }
        is_locked
    }

    pub(super) fn say_locked(self) {
        let locale = self.i18n.get_locale_untracked();
        self.notices.show(td_string!(locale, note.locked));
    }
}

impl DeskState {
    /// Below the note, and below its cluster when it is in one: near enough to belong, far enough for a
    /// line.
    fn place_for_answer(self, to: &NoteId) -> Option<BoardPoint> {
        let state = self.replica.state;
        let rect = state.rect_of(to)?;
        let cluster = state
            .note(to)?
            .note
            .with_untracked(|note| note.cluster.clone());
        let frame = cluster
            .and_then(|cluster| Some(state.cluster(&cluster)?.with_untracked(|shape| shape.frame)));
        let base = frame.map_or(rect.max.y, |frame| frame.max.y);
        let corner = BoardPoint::new(rect.min.x, base + APART);
        Some(room_for(self.replica, corner, note_size(""), &[]).rounded())
    }
}
