//! Words that lost their field, the newest first. They stay until their writer posts them, puts them back or throws
//! them away.

use crate::{
    board::NoteKind,
    geometry::BoardPoint,
    ids::{ClusterId, NoteId, PersonId},
};
use serde::{Deserialize, Serialize};

use super::Why;

/// More than anybody loses; past it the oldest make way.
pub const MOST: usize = 40;

/// A text of the board that several write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// What a note says.
    Note(NoteId),
    /// What a cluster is called.
    Cluster(ClusterId),
    /// What the board is called.
    Board,
}

/// What somebody wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The id that its note will have, for ever: posting twice makes one.
    pub id: NoteId,
    /// The words.
    pub text: String,
    /// Why their field went away.
    pub why: Why,
    /// The kind of note that fits, by its name; empty: whatever is asked for when it is posted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// For whom it was typed, if for another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_whom: Option<PersonId>,
    /// Whether its writer lives with this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lived: bool,
    /// Where it was written, and what stood there when it was last known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<(Place, String)>,
    /// Where its note lay, board units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<BoardPoint>,
}

impl Kept {
    /// Words with nothing else known of them.
    #[must_use]
    pub fn new(id: NoteId, text: impl Into<String>, why: Why) -> Self {
        Self {
            id,
            text: text.into(),
            why,
            kind: String::new(),
            for_whom: None,
            lived: false,
            place: None,
            at: None,
        }
    }

    /// The kind of note that fits, when one is known.
    #[must_use]
    pub fn kind(&self) -> Option<NoteKind> {
        Some(NoteKind::read(&self.kind)).filter(|kind| *kind != NoteKind::Other)
    }

    /// Whether everything that `other` says is said here, too, about the same.
    fn holds(&self, other: &Self) -> bool {
        let place = |kept: &Self| kept.place.as_ref().map(|(place, _)| place.clone());
        let is_same = place(self).is_some() && place(self) == place(other);
        is_same && self.text.trim().contains(other.text.trim())
    }
}

/// All of them on one device and board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pile(Vec<Kept>);

impl Pile {
    /// Reads what was written down; what is not understood is left out, and takes nothing with it.
    #[must_use]
    pub fn read(json: &str) -> Self {
        let all: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
        let known = all
            .into_iter()
            .filter_map(|one| serde_json::from_value(one).ok());
        Self(known.collect())
    }

    /// To be written down; `None`: there is nothing.
    #[must_use]
    pub fn write(&self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        serde_json::to_string(&self.0).ok()
    }

    /// Lays words on top. Those that they hold already, about the same, go.
    pub fn add(&mut self, kept: Kept) {
        self.0
            .retain(|other| other.id != kept.id && !kept.holds(other));
        self.0.insert(0, kept);
        self.0.truncate(MOST);
    }

    /// Other words for these.
    pub fn rewrite(&mut self, id: &NoteId, text: &str) {
        if let Some(kept) = self.0.iter_mut().find(|kept| kept.id == *id) {
            text.clone_into(&mut kept.text);
        }
    }

    /// Takes words off the pile.
    pub fn take_words_of(&mut self, id: &NoteId) -> Option<Kept> {
        let place = self.0.iter().position(|kept| kept.id == *id)?;
        Some(self.0.remove(place))
    }

    /// These words.
    #[must_use]
    pub fn get(&self, id: &NoteId) -> Option<&Kept> {
        self.0.iter().find(|kept| kept.id == *id)
    }

    /// All of them, the newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Kept> {
        self.0.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(id: &str, text: &str) -> Kept {
        Kept::new(id.into(), text, Why::NoteDeleted)
    }

    fn texts(pile: &Pile) -> Vec<&str> {
        pile.iter().map(|kept| &*kept.text).collect()
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        let mut pile = Pile::default();
        pile.add(Kept {
            kind: "habit".to_owned(),
            lived: true,
            place: Some((Place::Cluster("c".into()), "Ventet".to_owned())),
            at: Some(BoardPoint::new(12.0, -3.5)),
            ..kept("a", "Ventetid")
        });
        pile.add(kept("b", "Køer"));
        assert_eq!(Pile::read(&pile.write().unwrap()), pile);
        assert_eq!(Pile::default().write(), None);
    }

    #[test]
    fn what_is_not_understood_takes_nothing_else_with_it() {
        let json = r#"[{"id":"x"}, 7, {"id":"a","text":"Ventetid","why":"over","more":1}]"#;
        assert_eq!(texts(&Pile::read(json)), ["Ventetid"]);
        assert!(Pile::read("not json").is_empty());
    }

    #[test]
    fn the_newest_lie_on_top_and_the_oldest_make_way() {
        let mut pile = Pile::default();
        for number in 0..=MOST {
            pile.add(kept(&number.to_string(), &number.to_string()));
        }
        assert_eq!(pile.iter().count(), MOST);
        assert_eq!(texts(&pile)[0], MOST.to_string());
        assert!(pile.get(&"0".into()).is_none());
    }

    #[test]
    fn words_that_are_said_again_with_more_lie_there_once() {
        let on = |id: &str, note: &str, text: &str| Kept {
            place: Some((Place::Note(note.into()), String::new())),
            ..kept(id, text)
        };
        let mut pile = Pile::default();
        pile.add(on("a", "n", "Ventetid"));
        pile.add(on("b", "n", "Ventetid på telefon"));
        assert_eq!(texts(&pile), ["Ventetid på telefon"]);
        pile.add(on("c", "other", "Ventetid på telefon"));
        pile.add(kept("d", "Ventetid på telefon"));
        assert_eq!(pile.iter().count(), 3, "about something else, they stay");
    }

    #[test]
    fn words_are_rewritten_and_taken_by_their_id() {
        let mut pile = Pile::default();
        pile.add(kept("a", "Ventetid"));
        pile.rewrite(&"a".into(), "Ventetid på telefon");
        assert_eq!(
            pile.take_words_of(&"a".into()).unwrap().text,
            "Ventetid på telefon"
        );
        assert_eq!(pile.take_words_of(&"a".into()), None);
    }

    #[test]
    fn a_kind_that_is_not_known_is_none() {
        assert_eq!(kept("a", "").kind(), None);
        let habit = Kept {
            kind: "habit".to_owned(),
            ..kept("a", "")
        };
        assert_eq!(habit.kind(), Some(NoteKind::Habit));
    }
}
