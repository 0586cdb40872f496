//! What the notes tell when they are read together: which are alike, which are far apart, which
//! thoughts somebody has not met, and what nobody has touched yet.
//!
//! ```text
//! words ─→ similarity ─→ disturb      a thought from somebody unlike you
//!   │                └─→ far_pairs    two notes that have little to do with each other
//!   └────→ wording                    is a solution meant, where a problem was asked for?
//!          coverage ←── evenness      what is not answered, not tried, not heard
//! ```
//!
//! Everything here reads [`Thought`]s that the caller borrows from where it keeps its notes: the client
//! from its signals, the server from the document. Nothing ranks persons.

#[cfg(test)]
mod cards;
mod chance;
mod coverage;
mod disturb;
mod evenness;
mod far_pairs;
mod similarity;
mod wording;
mod words;

pub use coverage::{Births, Gathered, Insights};
pub use disturb::{Given, Me, choose, choose_card, choose_for_all};
pub use evenness::{evenness, evenness_of_votes};
pub use far_pairs::far_pair;
pub use similarity::Corpus;
pub use wording::is_worded_as_solution;

use crate::{
    board::NoteKind,
    ids::{ClusterId, NoteId, VoiceId},
};

/// A note as it is read here.
#[derive(Clone, Copy, Debug)]
pub struct Thought<'a> {
    /// Its name.
    pub id: &'a NoteId,
    /// What it speaks of.
    pub kind: NoteKind,
    /// What it says.
    pub text: &'a str,
    /// The cluster that it is in.
    pub cluster: Option<&'a ClusterId>,
    /// The voice that it was written as.
    pub voice: Option<&'a VoiceId>,
    /// Its writer lives with this.
    pub lived: bool,
}

#[cfg(test)]
mod made {
    //! Notes for the tests.

    use super::{NoteId, NoteKind, Thought, VoiceId};

    /// A note that a test owns.
    #[derive(Clone, Debug)]
    pub(super) struct Made {
        pub(super) id: NoteId,
        pub(super) text: String,
        pub(super) voice: Option<VoiceId>,
    }

    impl Made {
        pub(super) fn new(id: &str, voice: &str, text: &str) -> Self {
            Self {
                id: id.into(),
                text: text.to_owned(),
                voice: Some(voice)
                    .filter(|voice| !voice.is_empty())
                    .map(VoiceId::from),
            }
        }

        pub(super) fn thought(&self) -> Thought<'_> {
            Thought {
                id: &self.id,
                kind: NoteKind::Problem,
                text: &self.text,
                cluster: None,
                voice: self.voice.as_ref(),
                lived: false,
            }
        }
    }

    pub(super) fn thoughts(made: &[Made]) -> Vec<Thought<'_>> {
        made.iter().map(Made::thought).collect()
    }
}
