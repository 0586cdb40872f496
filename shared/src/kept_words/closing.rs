//! Why a field closes against its writer's will, and which of its words stand nowhere else then.

use crate::board::TextEdit;
use serde::{Deserialize, Serialize};

/// Why a field went away while somebody wrote in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Somebody else deleted the note.
    NoteDeleted,
    /// A facilitator hid the note.
    NoteHidden,
    /// Somebody else dissolved the cluster.
    ClusterGone,
    /// The board was locked.
    BoardLocked,
    /// The cluster was locked, or the note was laid in a locked one.
    ClusterLocked,
    /// What was written in silence is shown to all.
    Shown,
    /// What was written about is something else now: a plan that became a problem.
    Changed,
    /// The person was sent out.
    Removed,
    /// The board was deleted for good.
    BoardGone,
    /// The link by which the person came holds no longer.
    LinkEnded,
    /// What was asked is over; also a reason that a later version wrote down.
    #[serde(other)]
    Over,
}

/// Whether the thing is there that is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// It is.
    There,
    /// It is in the document and on no screen.
    Hidden,
    /// Somebody else took it away; the reason says what it was.
    TakenAway(Why),
    /// The person here took it away: they know.
    PutAway,
}

/// Whether the person may write there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// They may.
    Open,
    /// Everything is locked.
    BoardLocked,
    /// The cluster is.
    ClusterLocked,
    /// They have no way to the board any more.
    Out(Why),
}

/// How it stands with what is written on, and with who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What is written on.
    pub thing: Thing,
    /// Who writes.
    pub access: Access,
}

impl Standing {
    /// Why a field on it closes; `None`: nothing closes it but the person's own hand.
    #[must_use]
    pub fn why_closed(self) -> Option<Why> {
        // Who is out learns that, whatever happened to the note besides.
        match (self.access, self.thing) {
            (Access::Out(why), _) | (_, Thing::TakenAway(why)) => Some(why),
            (_, Thing::PutAway) | (Access::Open, Thing::There) => None,
            (_, Thing::Hidden) => Some(Why::NoteHidden),
            (Access::BoardLocked, _) => Some(Why::BoardLocked),
            (Access::ClusterLocked, _) => Some(Why::ClusterLocked),
        }
    }
}

/// What a field says that stands nowhere else: all of it, for half a sentence helps nobody; `None` where `safe` has
/// every letter. `safe` is what the board, or the pile of drafts, has of it, if it still shows it to its writer.
#[must_use]
pub fn in_danger(field: &str, safe: Option<&str>) -> Option<String> {
    let words = field.trim();
    if words.is_empty() {
        return None;
    }
    // Others' letters between ours take nothing away.
    let is_safe = safe.is_some_and(|safe| {
        let missing = TextEdit::between(safe.trim(), words, None);
        missing.insert.trim().is_empty() || safe.contains(words)
    });
    (!is_safe).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(thing: Thing, access: Access) -> Option<Why> {
        Standing { thing, access }.why_closed()
    }

    #[test]
    fn a_field_on_what_is_there_and_open_is_closed_by_its_writer_alone() {
        assert_eq!(standing(Thing::There, Access::Open), None);
        assert_eq!(standing(Thing::PutAway, Access::Open), None);
        assert_eq!(standing(Thing::PutAway, Access::BoardLocked), None);
    }

    #[test]
    fn what_others_did_is_told_by_what_it_means_most() {
        let deleted = Thing::TakenAway(Why::NoteDeleted);
        let out = Access::Out(Why::Removed);
        assert_eq!(standing(deleted, Access::Open), Some(Why::NoteDeleted));
        assert_eq!(
            standing(deleted, Access::BoardLocked),
            Some(Why::NoteDeleted)
        );
        assert_eq!(standing(deleted, out), Some(Why::Removed));
        assert_eq!(standing(Thing::Hidden, Access::Open), Some(Why::NoteHidden));
        assert_eq!(
            standing(Thing::There, Access::BoardLocked),
            Some(Why::BoardLocked)
        );
        assert_eq!(
            standing(Thing::There, Access::ClusterLocked),
            Some(Why::ClusterLocked)
        );
    }

    #[test]
    fn words_that_stand_nowhere_else_are_in_danger_as_a_whole() {
        assert_eq!(in_danger(" Ventetid ", None), Some("Ventetid".to_owned()));
        assert_eq!(
            in_danger("Ventetid på tele", Some("Ventetid på")),
            Some("Ventetid på tele".to_owned())
        );
        assert_eq!(in_danger(" \n ", None), None);
    }

    #[test]
    fn words_of_which_every_letter_stands_elsewhere_are_in_none() {
        assert_eq!(in_danger("Ventetid", Some("Ventetid")), None);
        assert_eq!(in_danger("Ventetid ", Some("Ventetid")), None);
        assert_eq!(
            in_danger("Ventetid", Some("Lang ventetid: Ventetid på telefon")),
            None,
            "others wrote around it"
        );
        assert_eq!(
            in_danger("Venteid", Some("Ventetid")),
            None,
            "others wrote in the middle of it"
        );
    }

    #[test]
    fn a_reason_of_a_later_version_is_read_as_over() {
        assert_eq!(serde_json::from_str::<Why>("\"sold\"").unwrap(), Why::Over);
        let written = serde_json::to_string(&Why::NoteDeleted).unwrap();
        assert_eq!(written, "\"note-deleted\"");
    }
}
