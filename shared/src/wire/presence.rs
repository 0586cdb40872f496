//! Who is here, where they point, what they drag: Yjs awareness (`y-protocols/awareness.js`), with
//! the fields that we put in it.

use crate::lib0::{Reader, Writer};
use crate::{
    direction::plain_name,
    geometry::{BoardPoint, BoardVector},
    ids::NoteId,
    wire::{FrameError, Screen},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One client's entry in an awareness frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceEntry<'a> {
    /// The id of presence of whose it is; never one that writes in the document.
    pub client: u64,
    /// Counts that client's changes; only a higher one is news.
    pub clock: u64,
    /// JSON; `null` says that the client has gone.
    pub state: &'a str,
}

impl<'a> PresenceEntry<'a> {
    /// Reads all entries of an awareness frame, to its last byte.
    ///
    /// # Errors
    /// [`FrameError`] when it does not decode.
    pub fn read_all(bytes: &'a [u8]) -> Result<Vec<Self>, FrameError> {
        let malformed = |_| FrameError::Malformed;
        let mut reader = Reader::new(bytes);
        let count = reader.var_u64().map_err(malformed)?;
        let mut entries = Vec::new(); // not sized by `count`, which a stranger wrote
        for _ in 0..count {
            entries.push(Self {
                client: reader.var_u64().map_err(malformed)?,
                clock: reader.var_u64().map_err(malformed)?,
                state: reader.var_str().map_err(malformed)?,
            });
        }
        match reader.remaining() {
            0 => Ok(entries),
            left => Err(FrameError::Trailing(left)),
        }
    }

    /// Writes entries as the content of an awareness frame.
    pub fn write_all<'b>(entries: impl ExactSizeIterator<Item = PresenceEntry<'b>>) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.write_var_u64(entries.len() as u64);
        for entry in entries {
            writer.write_var_u64(entry.client);
            writer.write_var_u64(entry.clock);
            writer.write_var_str(entry.state);
        }
        writer.into_bytes()
    }
}

/// What one client shows of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Presence {
    /// Name and colour, as `y-websocket` clients have them, too.
    #[serde(default)]
    pub user: User,
    /// On which screen.
    #[serde(default)]
    pub screen: Screen,
    /// Where they point, board units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<BoardPoint>,
    /// What they drag just now, and how far from where it lies in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drag: Option<Drag>,
    /// Where they write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caret: Option<Caret>,
    /// What they have selected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub selection: Vec<NoteId>,
    /// Their number in the session, as the server says it: what they are called who give no name; 0: they have none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub number: u32,
    /// It is a sign of somebody who is not told: of the same person there is another entry, if any.
    #[serde(
        default,
        rename = "nameless",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub is_nameless: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(number: &u32) -> bool {
    *number == 0
}

/// How a person is shown to the others. Empty for one who gave no name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// As the person likes to be called.
    #[serde(default)]
    pub name: String,
    /// `#rrggbb`.
    #[serde(default)]
    pub color: String,
}

/// Notes on the move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drag {
    /// The notes that are off the board.
    pub notes: Vec<NoteId>,
    /// How far, board units.
    pub by: BoardVector,
}

/// A selection in a note's text. The ends are Yjs relative positions in JSON, so that they stay with
/// the letters when others write before them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Caret {
    /// In which note.
    pub note: NoteId,
    /// Where the selection began.
    pub anchor: Value,
    /// Where it is now.
    pub head: Value,
}

impl User {
    /// Named without what nobody sees.
    fn plain(mut self) -> Self {
        self.name = plain_name(&self.name).into_owned();
        self
    }
}

impl Presence {
    /// Reads a state. Total: another client may put in it what it likes, and each field that we
    /// cannot read counts as absent. `None` for a client that has gone.
    pub fn read(state: &str) -> Option<Self> {
        fn field<T: for<'d> Deserialize<'d>>(value: &Value, name: &str) -> Option<T> {
            value.get(name).and_then(|found| T::deserialize(found).ok())
        }
        let value: Value = serde_json::from_str(state).ok()?;
        if value.is_null() {
            return None;
        }
        // From one end of the board to the other; what is dragged farther would break what is drawn of it.
        let is_way = |drag: &Drag| BoardPoint::new(drag.by.x / 2.0, drag.by.y / 2.0).is_on_board();
        Some(Self {
            user: field::<User>(&value, "user")
                .map(User::plain)
                .unwrap_or_default(),
            screen: field(&value, "screen").unwrap_or_default(),
            cursor: field(&value, "cursor").filter(|at: &BoardPoint| at.is_on_board()),
            drag: field(&value, "drag").filter(is_way),
            caret: field(&value, "caret"),
            selection: field(&value, "selection").unwrap_or_default(),
            number: field(&value, "number").unwrap_or_default(),
            is_nameless: field(&value, "nameless").unwrap_or_default(),
        })
    }

    /// As JSON.
    ///
    /// # Panics
    /// Never: JSON can hold all that a presence can.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("presence has only string keys")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_read_back_and_a_cut_one_does_not() {
        let state = Presence {
            cursor: Some(BoardPoint::new(1.0, 2.0)),
            ..Presence::default()
        }
        .to_json();
        let entry = PresenceEntry {
            client: 7,
            clock: 2,
            state: &state,
        };
        let bytes = PresenceEntry::write_all([entry.clone()].into_iter());
        assert_eq!(PresenceEntry::read_all(&bytes), Ok(vec![entry]));
        assert!(PresenceEntry::read_all(&bytes[..bytes.len() - 1]).is_err());
    }

    #[test]
    fn nobody_points_or_drags_past_the_end_of_the_board() {
        let shown = |cursor: &str, by: &str| {
            let state = format!(r#"{{"cursor":{cursor},"drag":{{"notes":["a"],"by":{by}}}}}"#);
            Presence::read(&state).unwrap()
        };
        let near = shown("[1,2]", "[3,-4]");
        assert!(near.cursor.is_some() && near.drag.is_some());
        let far = shown("[1,2e9]", "[1e300,0]");
        assert!(far.cursor.is_none() && far.drag.is_none());
    }

    #[test]
    fn a_count_that_lies_costs_nothing() {
        assert!(PresenceEntry::read_all(&[255, 255, 255, 255, 15]).is_err());
    }

    #[test]
    fn what_another_client_shows_is_read_as_far_as_it_goes() {
        let state =
            r##"{"user":{"name":"Kari","color":"#0A5A45","mood":1},"cursor":"left","x":[]}"##;
        let presence = Presence::read(state).unwrap();
        assert_eq!(presence.user.name, "Kari");
        assert_eq!(presence.cursor, None);
        assert_eq!(Presence::read("null"), None);
        assert_eq!(Presence::read("{"), None);
    }
}
