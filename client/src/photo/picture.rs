//! A picture of paper notes that was taken here: how far it has come, and the notes that are marked on it.
//! Kept on the device with every letter; the photo itself is too large for there, see [`super::keep`].

use super::mark::Mark;
use crate::browser::storage;
use samtavle_shared::{
    board::CutRect,
    ids::{BoardId, ImageId, NoteId, PhotoId},
};
use serde::{Deserialize, Serialize};

/// One of the pictures of this browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Picture {
    /// The photo's id, and the picture's on the board: sending and laying twice cannot make two.
    pub(super) id: ImageId,
    /// Of the whole picture, in pixels.
    pub(super) width: u32,
    /// Of the whole picture, in pixels.
    pub(super) height: u32,
    /// A stamp of it, as a `data:` address.
    pub(super) stamp: String,
    /// How far it has come.
    pub(super) sent: Sent,
    /// Whether it outlives this page.
    pub(super) is_kept: bool,
    /// Whether it was laid on the board. Who takes it away there does not get it again.
    pub(super) is_laid: bool,
    /// The notes on it.
    pub(super) marks: Vec<Mark>,
}

/// How far a picture has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sent {
    /// Not whole on the server.
    NotYet,
    /// On the server's disk.
    Saved,
    /// The board has room for no more.
    BoardFull,
    /// The person may not.
    Forbidden,
    /// The server did not take it for a picture.
    Refused,
    /// It is on this device no more, and never came to the server.
    Lost,
}

impl Sent {
    /// Whether trying again may help.
    pub(super) const fn may_try_again(self) -> bool {
        matches!(self, Self::BoardFull | Self::Forbidden | Self::Refused)
    }
}

impl Picture {
    /// Width by height.
    pub(super) fn ratio(&self) -> f64 {
        f64::from(self.width.max(1)) / f64::from(self.height.max(1))
    }

    pub(super) fn photo(&self) -> Option<PhotoId> {
        PhotoId::read(self.id.as_str())
    }

    pub(super) fn mark(&self, id: &NoteId) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.id == *id)
    }

    pub(super) fn mark_mut(&mut self, id: &NoteId) -> Option<&mut Mark> {
        self.marks.iter_mut().find(|mark| mark.id == *id)
    }

    /// How many marks can be posted.
    pub(super) fn ready(&self) -> usize {
        self.marks.iter().filter(|mark| mark.is_ready()).count()
    }

    /// How many are notes by now.
    pub(super) fn posted(&self) -> usize {
        self.marks.iter().filter(|mark| mark.is_posted).count()
    }
}

impl Mark {
    pub(super) fn rect(&self) -> CutRect {
        let area = self.area;
        CutRect::of([area.x, area.y, area.w, area.h])
    }
}

pub(super) fn key(board: &BoardId) -> String {
    ["samtavle.pictures.", board.as_str()].concat()
}

/// Newest first.
pub(super) fn read_all(board: &BoardId) -> Vec<Picture> {
    storage::read(&key(board))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// Keeps one as it is now; another tab may have changed the others meanwhile. Says whether it is kept.
pub(super) fn keep(board: &BoardId, picture: &Picture) -> bool {
    let mut all = read_all(board);
    match all.iter_mut().find(|one| one.id == picture.id) {
        Some(one) => one.clone_from(picture),
        None => all.insert(0, picture.clone()),
    }
    write_all(board, &all)
}

/// Forgets one.
pub(super) fn forget(board: &BoardId, id: &ImageId) {
    let mut all = read_all(board);
    all.retain(|one| one.id != *id);
    write_all(board, &all);
}

/// A browser that keeps nothing says nothing: what was written is read again.
fn write_all(board: &BoardId, all: &[Picture]) -> bool {
    let key = key(board);
    if all.is_empty() {
        storage::remove(&key);
        return true;
    }
    let Ok(json) = serde_json::to_string(all) else {
        return false;
    };
    storage::write(&key, &json);
    storage::read(&key).as_deref() == Some(&*json)
}
