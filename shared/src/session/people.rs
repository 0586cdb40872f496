//! Who takes part, as whom, and how much of that is shown.

use super::{GroupId, LocalizedText, Refusal};
use crate::{
    direction::plain_name,
    ids::{PersonId, VoiceId},
    limits,
};
use serde::{Deserialize, Serialize};

/// A perspective that a person may speak from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// Its name for ever.
    pub id: VoiceId,
    /// What it is called.
    pub name: LocalizedText,
    /// *Leaders last*: its notes and dots are shown after the others'.
    #[serde(default)]
    pub is_last: bool,
}

/// How much of who wrote is shown. For what was written already it only ever becomes less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Showing {
    /// No author anywhere, not even in the document.
    Anonymous,
    /// The voice, no name.
    #[default]
    Voices,
    /// Name and voice.
    Named,
}

/// Somebody who takes part.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says something else, and each can be so without the others"
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// In which order they came: 1, 2, 3 …; what they are called when they gave no name.
    pub number: u32,
    /// As they like to be called; empty: they gave none.
    #[serde(default)]
    pub name: String,
    /// The voices that they took.
    #[serde(default)]
    pub voices: Vec<VoiceId>,
    /// Their group.
    #[serde(default)]
    pub group: Option<GroupId>,
    /// Came with a facilitator's key.
    #[serde(default)]
    pub has_lead_key: bool,
    /// Facilitates though their key is a participant's.
    #[serde(default)]
    pub facilitates: bool,
    /// Has handed facilitation over though their key is a facilitator's.
    #[serde(default)]
    pub stands_back: bool,
    /// May not come back: they disturbed in the bad sense.
    #[serde(default)]
    pub is_removed: bool,
    /// Who writes for them, if they have no device: then they are a *paper person*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scribe: Option<PersonId>,
}

impl Person {
    /// Whether they facilitate just now.
    pub fn leads(&self) -> bool {
        !self.is_removed && (self.facilitates || self.has_lead_key && !self.stands_back)
    }
}

/// Most voices on a board.
pub(super) const MAX_VOICES: usize = 30;
/// Most people that a session keeps.
pub(super) const MAX_PEOPLE: usize = 5_000;
/// Most people without a device for whom one device writes: a table, and some who pass by.
pub const MAX_PAPER_PEOPLE: usize = 20;
/// How the id of a person without a device begins; the server's never do.
const PAPER: &str = "paper-";
/// Longest name, UTF-16 units.
pub(super) const MAX_NAME: usize = 60;

/// The id of a person without a device, from 96 random bits that their scribe's device brings.
pub fn paper_person(bits: [u8; 12]) -> PersonId {
    let random = PersonId::from_random(bits);
    PersonId::from(&*[PAPER, random.as_str()].concat())
}

pub(super) fn is_paper_id(id: &PersonId) -> bool {
    let random = id.as_str().strip_prefix(PAPER);
    random.is_some_and(|random| !random.is_empty())
}

/// Voices as a facilitator may set them.
pub(super) fn check_voices(voices: &[Voice]) -> Result<(), Refusal> {
    if voices.len() > MAX_VOICES {
        return Err(Refusal::TooMany);
    }
    let mut ids: Vec<&VoiceId> = voices.iter().map(|voice| &voice.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let is_sound = |voice: &Voice| {
        !voice.name.is_empty()
            && voice.name.length() <= MAX_NAME
            && !voice.id.as_str().is_empty()
            && voice.id.as_str().len() <= limits::MAX_ID_BYTES
    };
    if ids.len() != voices.len() || !voices.iter().all(is_sound) {
        return Err(Refusal::Malformed);
    }
    Ok(())
}

/// A name as it is kept: nothing that nobody sees, no line breaks, not too long.
pub fn tidy_name(name: &str) -> String {
    let name = plain_name(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut tidy = words.join(" ");
    while tidy.encode_utf16().count() > MAX_NAME {
        tidy.pop();
    }
    tidy
}
