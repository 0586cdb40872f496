//! Photos beside the log: pieces as they came, until a photo is whole. They are no part of a board's records: nothing is
//! folded from them, and a board opens without them.

use super::errors::LogError;
use bytes::Bytes;
use samtavle_shared::ids::{BoardId, PersonId, PhotoId};
use thiserror::Error;

/// Which photo.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    /// Of which board.
    pub(crate) board: BoardId,
    /// Its id there.
    pub(crate) photo: PhotoId,
}

/// A photo of which the first piece comes.
#[derive(Clone, Debug)]
pub(crate) struct NewPhoto {
    /// The board and the id under which it is kept.
    pub(crate) place: Place,
    /// Whose; `None`: they did not say.
    pub(crate) device: Option<PersonId>,
    /// Whether they lead.
    pub(crate) leads: bool,
    /// How many bytes it has.
    pub(crate) length: u64,
    /// Milliseconds since 1970.
    pub(crate) at: i64,
}

/// Why no photo was begun.
#[derive(Clone, Debug, Error)]
pub(crate) enum NoRoom {
    /// The board has no more, or its sender has not.
    #[error("the board has no room for another photo")]
    Full,
    /// It could not be written.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// How far a photo has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PhotoState {
    /// The browser that sends it, by the hash of its secret; `None`: it did not say.
    pub(crate) device: Option<PersonId>,
    /// How many bytes its sender has.
    pub(crate) length: u64,
    /// How many of them have come.
    pub(crate) offset: u64,
    /// Whether it was looked at and can be shown.
    pub(crate) is_whole: bool,
}

/// Where photos are kept. All of it waits for the disk: call it off the async threads.
pub(crate) trait PhotoStore: Send + Sync {
    /// How far a photo has come; `None`: nothing of it is here.
    fn photo_state(&self, place: &Place) -> Result<Option<PhotoState>, LogError>;

    /// How many photos this device has begun on a board and not brought to their end.
    fn photos_under_way(
        &self,
        board: &BoardId,
        device: Option<&PersonId>,
    ) -> Result<usize, LogError>;

    /// Makes room for a photo.
    fn begin_photo(&self, photo: NewPhoto) -> Result<(), NoRoom>;

    /// Adds the piece that begins at this byte.
    fn add_piece(&self, place: &Place, at: u64, bytes: Bytes, now: i64) -> Result<(), LogError>;

    /// All pieces so far, as one; `None`: one of them is not as it came.
    fn pieces(&self, place: &Place) -> Result<Option<Vec<u8>>, LogError>;

    /// Puts the whole photo in place of its pieces.
    fn finish_photo(
        &self,
        place: &Place,
        kind: &str,
        bytes: Vec<u8>,
        now: i64,
    ) -> Result<(), LogError>;

    /// Forgets a photo.
    fn drop_photo(&self, place: &Place) -> Result<(), LogError>;

    /// A whole photo, if it is as it was written: its media type, and the bytes.
    fn photo(&self, place: &Place) -> Result<Option<(String, Vec<u8>)>, LogError>;
}
