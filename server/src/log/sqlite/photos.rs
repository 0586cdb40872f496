//! Photos on the disk: pieces as they came, until a photo is whole. They are no part of a board's log of
//! records: nothing is folded from them, and a board opens without them.

use super::{
    SqliteLog,
    lookup::sound_photo,
    seal::Seal,
    writes::{PhotoWrite, Write},
};
use crate::log::{
    LogError,
    photos::{NewPhoto, NoRoom, PhotoState, PhotoStore, Place},
};
use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension as _, params};
use samtavle_shared::{
    ids::{BoardId, PersonId},
    limits::{MAX_PHOTO_BYTES_PER_BOARD, MAX_PHOTOS_PER_BOARD},
};

/// A photo that has rested for so long before it was whole is forgotten: its sender begins anew.
const RESTED_MS: i64 = 2 * 60 * 60 * 1_000;

/// The same while what has been begun leaves no room for another.
const RESTED_WHEN_FULL_MS: i64 = 15_000;

impl PhotoStore for SqliteLog {
    fn photo_state(&self, place: &Place) -> Result<Option<PhotoState>, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT device, length, kind IS NOT NULL,
                        (SELECT coalesce(max(at + length(bytes)), 0) FROM photo_pieces
                         WHERE board = ?1 AND photo = ?2)
                     FROM photos WHERE board = ?1 AND id = ?2",
                )?
                .query_row([place.board.as_str(), place.photo.as_str()], |row| {
                    let device: Option<String> = row.get(0)?;
                    let length = row.get::<_, i64>(1)?.cast_unsigned();
                    let is_whole = row.get(2)?;
                    let pieces = row.get::<_, i64>(3)?.cast_unsigned();
                    Ok(PhotoState {
                        device: device.map(|device| PersonId::from(&*device)),
                        length,
                        offset: if is_whole { length } else { pieces },
                        is_whole,
                    })
                })
                .optional()
        })
    }

    fn photos_under_way(
        &self,
        board: &BoardId,
        device: Option<&PersonId>,
    ) -> Result<usize, LogError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT count(*) FROM photos WHERE board = ?1 AND device IS ?2 AND kind IS NULL",
                )?
                .query_row(params![board.as_str(), device.map(PersonId::as_str)], |row| {
                    row.get::<_, i64>(0)
                })
        })
        .map(|count| count as usize)
    }

    fn begin_photo(&self, photo: NewPhoto) -> Result<(), NoRoom> {
        match self.write_and_wait(Write::Photo(PhotoWrite::Begin(photo))) {
            // No row was put in: the limits are part of the statement.
            Err(LogError::Fenced) => Err(NoRoom::Full),
            written => Ok(written?),
        }
    }

    fn add_piece(&self, place: &Place, at: u64, bytes: Bytes, now: i64) -> Result<(), LogError> {
        let place = place.clone();
        self.write_and_wait(Write::Photo(PhotoWrite::Piece {
            place,
            at,
            bytes,
            now,
        }))
    }

    fn pieces(&self, place: &Place) -> Result<Option<Vec<u8>>, LogError> {
        self.read_soundly(|connection| {
            let mut all = Vec::new();
            let mut pieces = connection.prepare_cached(
                "SELECT bytes, at, sum FROM photo_pieces LEFT JOIN photo_seals USING (board, photo, at)
                 WHERE board = ?1 AND photo = ?2 ORDER BY at",
            )?;
            let mut rows = pieces.query([place.board.as_str(), place.photo.as_str()])?;
            while let Some(row) = rows.next()? {
                let bytes = row.get_ref(0)?.as_blob()?;
                let seal = Seal::of_piece(place, row.get(1)?, bytes);
                if let Err(damage) = sound_photo(place, row.get_ref(2)?, seal) {
                    return Ok((None, vec![damage]));
                }
                all.extend_from_slice(bytes);
            }
            Ok((Some(all), Vec::new()))
        })
    }

    fn finish_photo(
        &self,
        place: &Place,
        kind: &str,
        bytes: Vec<u8>,
        now: i64,
    ) -> Result<(), LogError> {
        self.write_and_wait(Write::Photo(PhotoWrite::Finish {
            place: place.clone(),
            kind: kind.to_owned(),
            bytes,
            now,
        }))
    }

    fn drop_photo(&self, place: &Place) -> Result<(), LogError> {
        self.write_and_wait(Write::Photo(PhotoWrite::Drop(place.clone())))
    }

    fn photo(&self, place: &Place) -> Result<Option<(String, Vec<u8>)>, LogError> {
        self.read_soundly(|connection| {
            let mut photo = connection.prepare_cached(
                "SELECT kind, bytes, sum FROM photos
                 LEFT JOIN photo_seals ON photo_seals.board = photos.board AND photo = id
                    AND photo_seals.at = -1
                 WHERE photos.board = ?1 AND id = ?2 AND kind IS NOT NULL",
            )?;
            let mut rows = photo.query([place.board.as_str(), place.photo.as_str()])?;
            let Some(row) = rows.next()? else {
                return Ok((None, Vec::new()));
            };
            let (kind, bytes): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let seal = Seal::of_photo(place, &kind, &bytes);
            Ok(match sound_photo(place, row.get_ref(2)?, seal) {
                Ok(()) => (Some((kind, bytes)), Vec::new()),
                Err(damage) => (None, vec![damage]),
            })
        })
    }
}

pub(super) fn write(transaction: &Connection, write: &PhotoWrite) -> rusqlite::Result<()> {
    match write {
        PhotoWrite::Begin(photo) => begin(transaction, photo),
        PhotoWrite::Piece {
            place,
            at,
            bytes,
            now,
        } => {
            transaction
                .prepare_cached(
                    "INSERT INTO photo_pieces (board, photo, at, bytes) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![
                    place.board.as_str(),
                    place.photo.as_str(),
                    at.cast_signed(),
                    &bytes[..]
                ])?;
            let at = at.cast_signed();
            seal(transaction, place, at, Seal::of_piece(place, at, bytes))?;
            transaction
                .prepare_cached("UPDATE photos SET at = ?3 WHERE board = ?1 AND id = ?2")?
                .execute(params![place.board.as_str(), place.photo.as_str(), now])?;
            Ok(())
        }
        PhotoWrite::Finish {
            place,
            kind,
            bytes,
            now,
        } => {
            let (board, photo) = (place.board.as_str(), place.photo.as_str());
            let finished = transaction
                .prepare_cached(
                    "UPDATE photos SET kind = ?3, bytes = ?4, at = ?5 WHERE board = ?1 AND id = ?2",
                )?
                .execute(params![board, photo, kind, &bytes[..], now])?;
            if finished != 1 {
                return Err(rusqlite::Error::StatementChangedRows(finished));
            }
            transaction
                .prepare_cached("DELETE FROM photo_pieces WHERE board = ?1 AND photo = ?2")?
                .execute([board, photo])?;
            transaction
                .prepare_cached("DELETE FROM photo_seals WHERE board = ?1 AND photo = ?2")?
                .execute([board, photo])?;
            seal(
                transaction,
                place,
                WHOLE,
                Seal::of_photo(place, kind, bytes),
            )
        }
        PhotoWrite::Drop(place) => {
            // Its pieces go with it.
            transaction
                .prepare_cached("DELETE FROM photos WHERE board = ?1 AND id = ?2")?
                .execute([place.board.as_str(), place.photo.as_str()])?;
            Ok(())
        }
    }
}

/// Where the seal of a whole photo stands among those of pieces.
const WHOLE: i64 = -1;

fn seal(transaction: &Connection, place: &Place, at: i64, seal: Seal) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO photo_seals (board, photo, at, sum) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            place.board.as_str(),
            place.photo.as_str(),
            at,
            seal
        ])?;
    Ok(())
}

/// The board's limits are kept here, where one comes after the other: an eighth of all is for who leads, one device has
/// two of them, and what was begun and is not whole has four. Photos of those who were removed are not counted, up to
/// as many again.
fn begin(transaction: &Connection, photo: &NewPhoto) -> rusqlite::Result<()> {
    let board = photo.place.board.as_str();
    transaction
        .prepare_cached("DELETE FROM photos WHERE board = ?1 AND kind IS NULL AND at < ?2")?
        .execute(params![board, photo.at - RESTED_MS])?;
    let [most, most_bytes] =
        [MAX_PHOTOS_PER_BOARD, MAX_PHOTO_BYTES_PER_BOARD].map(|most| (most as u64).cast_signed());
    let length = photo.length.cast_signed();
    // Whoever sends comes on with it every few seconds.
    transaction
        .prepare_cached(
            "DELETE FROM photos WHERE board = ?1 AND kind IS NULL AND at < ?2
               AND (SELECT coalesce(sum(length), 0) FROM photos WHERE board = ?1 AND kind IS NULL) + ?3 > ?4",
        )?
        .execute(params![board, photo.at - RESTED_WHEN_FULL_MS, length, most_bytes / 2])?;
    let (of_all, of_one, begun_of_all) = if photo.leads { (8, 8, 8) } else { (7, 2, 4) };
    let begun = transaction
        .prepare_cached(
            "WITH counted AS (
                SELECT device, max(length, coalesce(length(bytes), 0)) AS length, kind
                FROM photos WHERE board = ?1 AND NOT EXISTS (
                    SELECT 1 FROM standings
                    WHERE standings.board = ?1 AND person = photos.device AND is_removed = 1
                )
             )
             INSERT INTO photos (board, id, device, length, at) SELECT ?1, ?2, ?3, ?4, ?5
             WHERE (SELECT count(*) FROM counted) < ?6
               AND (SELECT coalesce(sum(length), 0) FROM counted) + ?4 <= ?7
               AND (SELECT count(*) FROM counted WHERE device IS ?3) < ?8
               AND (SELECT coalesce(sum(length), 0) FROM counted WHERE device IS ?3) + ?4 <= ?9
               AND (SELECT coalesce(sum(length), 0) FROM counted WHERE kind IS NULL) + ?4 <= ?10
               AND (SELECT count(*) FROM photos WHERE board = ?1) < 2 * ?11",
        )?
        .execute(params![
            board,
            photo.place.photo.as_str(),
            photo.device.as_ref().map(PersonId::as_str),
            length,
            photo.at,
            most / 8 * of_all,
            most_bytes / 8 * of_all,
            most / 8 * of_one,
            most_bytes / 8 * of_one,
            most_bytes / 8 * begun_of_all,
            most,
        ])?;
    if begun == 1 {
        Ok(())
    } else {
        Err(rusqlite::Error::StatementChangedRows(begun))
    }
}
