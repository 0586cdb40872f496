//! What is written, as it waits for the writer thread.

use super::damage::Damage;
use crate::{
    access::codes::Life,
    log::{
        Checkpoint, NewBoard, NewKey, Recall, Record, Revision,
        photos::{NewPhoto, Place},
    },
};
use bytes::Bytes;
use samtavle_shared::ids::BoardId;

/// Something to write.
pub(super) enum Write {
    Board(Box<NewBoard>),
    Key {
        board: BoardId,
        key: NewKey,
    },
    Recall {
        board: BoardId,
        recall: Recall,
    },
    Sitting {
        board: BoardId,
        life: Life,
    },
    Record {
        board: BoardId,
        record: Record,
    },
    Checkpoint {
        board: BoardId,
        checkpoint: Checkpoint,
    },
    Revise {
        board: BoardId,
        revision: Box<Revision>,
    },
    SetAside(Damage),
    Photo(PhotoWrite),
    Probe,
}

/// What the writer thread does with photos.
pub(super) enum PhotoWrite {
    Begin(NewPhoto),
    Piece {
        place: Place,
        at: u64,
        bytes: Bytes,
        now: i64,
    },
    Finish {
        place: Place,
        kind: String,
        bytes: Vec<u8>,
        now: i64,
    },
    Drop(Place),
}
