//! The boards that this browser remembers, newest first. They are kept here only: no account, no list
//! on a server. A key in it opens the board, so the list is as private as the browser is.

use crate::{browser::storage, site};
use samtavle_shared::wire::Role;
use serde::{Deserialize, Serialize};

const KEY: &str = "samtavle.boards";

/// How many are remembered: a year of weekly workshops fits.
const MOST: usize = 60;

/// A board that was opened in this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecentBoard {
    /// Its id, as in its address.
    pub(crate) id: String,
    /// Its title when it was last seen; may be empty.
    #[serde(default)]
    pub(crate) title: String,
    /// What the person may do there.
    pub(crate) role: Role,
    /// The key for that role.
    pub(crate) key: String,
    /// The code to join by, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    /// For who made it: the keys to hand on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) others: Option<OtherKeys>,
    /// When it was last opened, milliseconds since 1970.
    pub(crate) opened: u64,
}

/// The keys that whoever made a board got to hand on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OtherKeys {
    /// To take part.
    pub(crate) participant: String,
    /// To show only.
    pub(crate) wall: String,
}

impl RecentBoard {
    /// Where it opens: a path with the key in its fragment, which no server sees.
    pub(crate) fn path(&self) -> String {
        let page = if self.role == Role::Wall {
            "wall/"
        } else {
            "board/"
        };
        site::path_to(&[page, &*self.id, "#", &*self.key].concat())
    }

    /// Where its wall opens, for who has a key for that.
    pub(crate) fn wall_path(&self) -> Option<String> {
        self.others
            .as_ref()
            .map(|keys| site::path_to(&["wall/", &*self.id, "#", &*keys.wall].concat()))
    }
}

/// All of them, the last opened first.
pub(crate) fn list() -> Vec<RecentBoard> {
    storage::read(KEY)
        .and_then(|text| read_list(&text))
        .unwrap_or_default()
}

/// What is remembered of one board.
pub(crate) fn find(id: &str) -> Option<RecentBoard> {
    list().into_iter().find(|board| board.id == id)
}

/// The key with which a board was opened here.
pub(crate) fn key_of(id: &str) -> Option<String> {
    Some(find(id)?.key)
}

/// A key for a board's wall, of who made the board here or has its wall in the list.
pub(crate) fn wall_key_of(id: &str) -> Option<String> {
    let board = find(id)?;
    let is_wall = board.role == Role::Wall;
    let own = is_wall.then_some(board.key);
    own.or(board.others.map(|keys| keys.wall))
}

/// Remembers a board as opened now. What was known of it and is not in `board` (title, code, keys) stays;
/// whoever leads it goes on leading it.
pub(crate) fn remember(board: RecentBoard) {
    keep(&with(list(), board));
}

/// Another code than was known: keys that were to be handed on may have been called back with the old one.
pub(crate) fn keys_were_called_back(id: &str, code: Option<&str>) {
    let mut boards = list();
    let is_it = |board: &&mut RecentBoard| {
        board.id == id && code.is_some() && board.code.is_some() && board.code.as_deref() != code
    };
    if let Some(board) = boards.iter_mut().find(is_it) {
        board.others = None;
        keep(&boards);
        storage::remove(&wall_key_name(id));
    }
}

/// Under which name a key for a board's wall is kept that was asked for later.
pub(crate) fn wall_key_name(id: &str) -> String {
    ["samtavle.wall.", id].concat()
}

/// Remembers a board's new title.
pub(crate) fn retitle(id: &str, title: &str) {
    let mut boards = list();
    if let Some(board) = boards
        .iter_mut()
        .find(|board| board.id == id && board.title != title)
    {
        title.clone_into(&mut board.title);
        keep(&boards);
    }
}

/// Takes a board off the list. It goes on being where it is.
pub(crate) fn forget(id: &str) {
    let mut boards = list();
    boards.retain(|board| board.id != id);
    keep(&boards);
}

fn keep(boards: &[RecentBoard]) {
    if let Ok(text) = serde_json::to_string(boards) {
        storage::write(KEY, &text);
    }
}

/// Reads the list; entries that a later version wrote otherwise are left out, not the whole list.
fn read_list(text: &str) -> Option<Vec<RecentBoard>> {
    let entries: Vec<serde_json::Value> = serde_json::from_str(text).ok()?;
    Some(
        entries
            .into_iter()
            .filter_map(|entry| serde_json::from_value(entry).ok())
            .collect(),
    )
}

fn with(mut boards: Vec<RecentBoard>, mut board: RecentBoard) -> Vec<RecentBoard> {
    if let Some(place) = boards.iter().position(|known| known.id == board.id) {
        let known = boards.remove(place);
        if board.title.is_empty() {
            board.title = known.title;
        }
        if known.role == Role::Facilitator && board.role != Role::Facilitator {
            board.role = known.role;
            board.key = known.key;
        }
        board.code = board.code.or(known.code);
        board.others = board.others.or(known.others);
    }
    boards.insert(0, board);
    boards.truncate(MOST);
    boards
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(id: &str, role: Role) -> RecentBoard {
        RecentBoard {
            id: id.into(),
            title: String::new(),
            role,
            key: "k".into(),
            code: None,
            others: None,
            opened: 1,
        }
    }

    #[test]
    fn the_last_opened_board_is_first_and_there_once() {
        let boards = with(
            with(with(vec![], board("a", Role::Wall)), board("b", Role::Wall)),
            board("a", Role::Wall),
        );
        let ids: Vec<&str> = boards.iter().map(|board| &*board.id).collect();
        assert_eq!(ids, ["a", "b"]);
    }

    #[test]
    fn who_leads_a_board_goes_on_leading_it_after_opening_the_participants_link() {
        let mut made = board("a", Role::Facilitator);
        made.title = "Trygt hjem".into();
        made.key = "lead".into();
        let boards = with(vec![made], board("a", Role::Participant));
        assert_eq!(
            (boards[0].role, &*boards[0].key, &*boards[0].title),
            (Role::Facilitator, "lead", "Trygt hjem")
        );
    }

    #[test]
    fn an_entry_that_cannot_be_read_costs_only_itself() {
        let text = r#"[{"id":"a","role":"owner"},{"id":"b","role":"wall","key":"k","opened":5}]"#;
        assert_eq!(read_list(text).unwrap().len(), 1);
        assert_eq!(read_list("{"), None);
    }
}
