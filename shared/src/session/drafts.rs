//! Silent writing: notes that only their writer sees until all are revealed at once.

use super::Refusal;
use crate::{
    ids::{NoteId, PersonId, VoiceId},
    limits,
};
use serde::{Deserialize, Serialize};

/// How notes come to the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Writing {
    /// They are there at once.
    #[default]
    Open,
    /// They are drafts until the facilitator reveals all of them.
    Silent,
}

/// A note that is not on the board yet, as its writer sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftNote {
    /// The id that it keeps on the board, so that revealing twice cannot make two.
    pub note: NoteId,
    /// As in the document: `problem`, `habit`, `idea`, `plan`.
    pub kind: String,
    /// What it says.
    pub text: String,
    /// As whom it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<VoiceId>,
    /// For whom it is typed, of those for whom its sender writes; `None`: for themselves.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub for_whom: Option<PersonId>,
    /// Whether the writer lives with this.
    #[serde(default)]
    pub lived: bool,
    /// What it came of, as in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
    /// Where on a photo it was cut out, as in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// Of a plan: who tries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Of a plan: by when, in their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// A draft as the server keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Whose, whoever typed it.
    pub by: PersonId,
    /// The note.
    pub note: DraftNote,
    /// In which wave it is revealed.
    pub wave: Wave,
    /// When it was first written, milliseconds since 1970 by the server's clock.
    pub at: u64,
}

/// *Leaders last*: what they write is revealed after the others'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wave {
    /// With all others.
    First,
    /// After the others.
    Last,
}

/// Most drafts of one person: more than anybody writes in an hour.
pub const MAX_DRAFTS_PER_PERSON: usize = 200;
/// Most drafts of one device: its person's, and those of a table without devices.
pub(super) const MAX_DRAFTS_PER_DEVICE: usize = 800;

pub(super) fn check(note: &DraftNote) -> Result<(), Refusal> {
    let is_short = |text: &Option<String>| {
        text.as_ref()
            .is_none_or(|text| text.len() <= limits::MAX_SHORT_TEXT_BYTES)
    };
    let is_answer = |text: &Option<String>| {
        text.as_ref()
            .is_none_or(|text| text.encode_utf16().count() <= limits::MAX_ANSWER_UTF16)
    };
    let units = note.text.encode_utf16().count();
    let is_sound = !note.text.trim().is_empty()
        && units <= limits::MAX_NOTE_TEXT_UTF16
        && (1..=limits::MAX_ID_BYTES).contains(&note.note.as_str().len())
        && note.kind.len() <= 16
        && is_short(&note.born)
        && is_short(&note.photo)
        && is_answer(&note.who)
        && is_answer(&note.when);
    if is_sound {
        Ok(())
    } else {
        Err(Refusal::Malformed)
    }
}
