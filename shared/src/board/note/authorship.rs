//! Who speaks in a note: the voice, the name on boards where names are shown, and the mark *I live
//! with this*. An anonymous board has neither voice nor name in its document.

use super::read_words;
use crate::schema::{BY, LIVED, VOICE};
use crate::{
    board::{Change, document::read_string, text_edit::shortened},
    direction::plain_name,
    ids::{NoteId, VoiceId},
    limits::MAX_PERSON_NAME_UTF16,
};
use yrs::{Any, Map, MapRef, Out, ReadTxn};

/// Whether the writer of a note lives with what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lived {
    /// They do: it is read first, and never merged away unseen.
    Yes,
    /// They have not said so.
    No,
}

/// What a board knows of who wrote, and can forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorship {
    /// Names: the board shows voices only from now on.
    Names,
    /// Names and voices: it is anonymous from now on.
    NamesAndVoices,
}

impl Change<'_> {
    /// Says which voice a note speaks with, or that it speaks with none.
    pub fn set_voice(&mut self, id: &NoteId, voice: Option<&VoiceId>) {
        if let Some(map) = self.note_map(id) {
            self.set_words(&map, VOICE, voice.map_or("", VoiceId::as_str));
        }
    }

    /// Marks a note as lived, or takes the mark away.
    pub fn set_lived(&mut self, id: &NoteId, lived: Lived) {
        let Some(map) = self.note_map(id) else { return };
        match (lived, read_lived(self.txn(), &map)) {
            (Lived::Yes, false) => self.set_any(&map, LIVED, Any::Bool(true)),
            (Lived::No, true) => self.remove(&map, LIVED),
            _ => {}
        }
    }

    /// Takes away who wrote, from every note, also from those that are gone. The letters are gone from the document once this is
    /// applied; a replica that was away forgets them, too, before it hands over what it has
    /// (with [`super::super::Made::ForGood`]: else it could be undone).
    pub fn forget_authors(&mut self, what: Authorship) {
        self.forget(BY);
        if what == Authorship::NamesAndVoices {
            self.forget(VOICE);
        }
        for map in self.all_note_maps() {
            self.remove(&map, BY);
            if what == Authorship::NamesAndVoices {
                self.remove(&map, VOICE);
            }
        }
    }
}

pub(super) fn read_voice<T: ReadTxn>(txn: &T, map: &MapRef) -> Option<VoiceId> {
    read_string(txn, map, VOICE)
        .filter(|voice| !voice.is_empty())
        .map(VoiceId::from)
}

pub(super) fn read_by<T: ReadTxn>(txn: &T, map: &MapRef) -> Option<String> {
    let name = read_words(txn, map, BY);
    Some(plain_name(&name).into_owned()).filter(|name| !name.is_empty())
}

pub(super) fn read_lived<T: ReadTxn>(txn: &T, map: &MapRef) -> bool {
    matches!(map.get(txn, LIVED), Some(Out::Any(Any::Bool(true))))
}

/// As much of a name as a board keeps.
pub(super) fn short_name(name: &str) -> &str {
    shortened(name, MAX_PERSON_NAME_UTF16)
}
