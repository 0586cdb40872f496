//! Checksums. Each record is sealed together with the seal of the one before it, so that a change, a gap and a
//! record of elsewhere are all found; what is not in the chain (checkpoints, photos, boards, keys) is sealed by itself.
//!
//! A seal guards against disks and hands, not against somebody who can write the file: that one can seal, too.

use crate::access::keys::KeyHash;
use crate::log::{Checkpoint, Record, Seq, photos::Place};
use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef},
};
use samtavle_shared::ids::{BoardId, PersonId};
use sha2::{Digest as _, Sha256};

/// Half of a SHA-256: a disk does not hit on 128 bits by chance, and a board has many records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seal([u8; 16]);

impl Seal {
    /// As it is on disk.
    pub(super) fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// As it was on disk.
    pub(super) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Of a record, behind the record with that seal; `None`: the one before has none.
    pub(super) fn of_record(board: &BoardId, record: &Record, before: Option<Self>) -> Self {
        Sealing::of("record")
            .bytes(board.as_str().as_bytes())
            .number(record.seq.cast_signed())
            .number(i64::from(record.kind.number()))
            .number(record.at)
            .optional(record.person.as_ref().map(PersonId::as_str))
            .bytes(&record.bytes)
            .bytes(before.as_ref().map_or(&[], |before| &before.0))
            .done()
    }

    /// Of a checkpoint, before which the board has so many records of the session.
    pub(super) fn of_checkpoint(board: &BoardId, checkpoint: &Checkpoint, sessions: i64) -> Self {
        Sealing::of("checkpoint")
            .bytes(board.as_str().as_bytes())
            .number(checkpoint.seq.cast_signed())
            .optional(checkpoint.name.as_deref())
            .number(sessions)
            .bytes(&checkpoint.state)
            .done()
    }

    /// Of a photo that is whole.
    pub(super) fn of_photo(place: &Place, kind: &str, bytes: &[u8]) -> Self {
        Sealing::of("photo")
            .bytes(place.board.as_str().as_bytes())
            .bytes(place.photo.as_str().as_bytes())
            .bytes(kind.as_bytes())
            .bytes(bytes)
            .done()
    }

    /// Of a piece of a photo.
    pub(super) fn of_piece(place: &Place, at: i64, bytes: &[u8]) -> Self {
        Sealing::of("piece")
            .bytes(place.board.as_str().as_bytes())
            .bytes(place.photo.as_str().as_bytes())
            .number(at)
            .bytes(bytes)
            .done()
    }

    /// Of a board's own row.
    pub(super) fn of_board(id: &str, code: &str, made_at: i64) -> Self {
        Sealing::of("board")
            .bytes(id.as_bytes())
            .bytes(code.as_bytes())
            .number(made_at)
            .done()
    }

    /// Of a key.
    pub(super) fn of_key(key: KeyHash, board: &str, role: &str) -> Self {
        Sealing::of("key")
            .bytes(&key.0)
            .bytes(board.as_bytes())
            .bytes(role.as_bytes())
            .done()
    }

    /// Of all that was written so far, when this comes to it.
    pub(super) fn and(self, number: Seq, others: &[Self]) -> Self {
        others
            .iter()
            .fold(
                Sealing::of("head")
                    .bytes(&self.0)
                    .number(number.cast_signed()),
                |sealing, other| sealing.bytes(&other.0),
            )
            .done()
    }

    /// Of any bytes.
    pub(super) fn of_bytes(what: &str, bytes: &[u8]) -> Self {
        Sealing::of(what).bytes(bytes).done()
    }
}

impl ToSql for Seal {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Seal {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(Self)
    }
}

/// A seal in the making. Each part is told with its length, so that no two lists of parts are the same bytes.
struct Sealing(Sha256);

impl Sealing {
    fn of(what: &str) -> Self {
        Self(Sha256::new()).bytes(what.as_bytes())
    }

    fn bytes(mut self, part: &[u8]) -> Self {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    fn number(self, number: i64) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    fn optional(self, part: Option<&str>) -> Self {
        match part {
            Some(part) => self.number(1).bytes(part.as_bytes()),
            None => self.number(0),
        }
    }

    fn done(self) -> Seal {
        let mut half = [0; 16];
        half.copy_from_slice(&self.0.finalize()[..16]);
        Seal(half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Kind;

    #[test]
    fn a_record_with_another_field_has_another_seal() {
        let board = BoardId::from("a");
        let record = Record {
            seq: 1,
            kind: Kind::Update,
            bytes: vec![1, 2].into(),
            at: 7,
            person: None,
        };
        let before = Some(Seal([9; 16]));
        let of = |record: &Record| Seal::of_record(&board, record, before);
        let others = [
            Record {
                seq: 2,
                ..record.clone()
            },
            Record {
                kind: Kind::Session,
                ..record.clone()
            },
            Record {
                bytes: vec![1, 3].into(),
                ..record.clone()
            },
            Record {
                at: 8,
                ..record.clone()
            },
            Record {
                person: Some("".into()),
                ..record.clone()
            },
        ];
        for other in &others {
            assert_ne!(of(other), of(&record), "{other:?}");
        }
        assert_ne!(Seal::of_record(&board, &record, None), of(&record));
        assert_ne!(
            Seal::of_record(&BoardId::from("b"), &record, before),
            of(&record)
        );
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        assert_ne!(Seal::of_board("ab", "c", 1), Seal::of_board("a", "bc", 1));
    }
}
