//! Reading what is not in the chain of records, with a look at its seal: checkpoints, boards, keys, photos.

use super::{
    damage::{Damage, What},
    reading::{Told, first_sealed, seq_of},
    seal::Seal,
};
use crate::access::keys::KeyHash;
use crate::log::{Checkpoint, Seq, photos::Place};
use rusqlite::{Connection, Row, params, types::ValueRef};
use samtavle_shared::{ids::BoardId, wire::Role};

const CHECKPOINTS: &str = "SELECT seq, state, name, sum, sessions FROM checkpoints
    LEFT JOIN checkpoint_seals USING (board, seq) WHERE board = ?1 ORDER BY seq DESC";

const ONE_CHECKPOINT: &str = "SELECT seq, state, name, sum, sessions FROM checkpoints
    LEFT JOIN checkpoint_seals USING (board, seq) WHERE board = ?1 AND seq = ?2";

/// The newest checkpoint that is as it was written.
pub(super) fn newest_checkpoint(
    connection: &Connection,
    board: &BoardId,
) -> Told<Option<Checkpoint>> {
    let first_sealed = first_sealed(connection, board)?;
    let mut damages = Vec::new();
    let mut checkpoints = connection.prepare_cached(CHECKPOINTS)?;
    let mut rows = checkpoints.query([board.as_str()])?;
    loop {
        match rows.next() {
            Ok(Some(row)) => match sound_checkpoint(board, first_sealed, row) {
                Ok(checkpoint) => return Ok((Some(checkpoint), damages)),
                Err(damage) => damages.push(damage),
            },
            Ok(None) => return Ok((None, damages)),
            // The records tell all that a checkpoint does.
            Err(error) => {
                damages.push(unreadable_checkpoint(board, &error));
                return Ok((None, damages));
            }
        }
    }
}

/// The checkpoint after this record.
pub(super) fn checkpoint_at(
    connection: &Connection,
    board: &BoardId,
    seq: Seq,
) -> Told<Option<Checkpoint>> {
    let first_sealed = first_sealed(connection, board)?;
    let mut checkpoint = connection.prepare_cached(ONE_CHECKPOINT)?;
    let mut rows = checkpoint.query(params![board.as_str(), seq.cast_signed()])?;
    let Some(row) = rows.next()? else {
        return Ok((None, Vec::new()));
    };
    Ok(match sound_checkpoint(board, first_sealed, row) {
        Ok(checkpoint) => (Some(checkpoint), Vec::new()),
        Err(damage) => (None, vec![damage]),
    })
}

fn sound_checkpoint(
    board: &BoardId,
    first_sealed: Option<Seq>,
    row: &Row<'_>,
) -> Result<Checkpoint, Damage> {
    let read = |row: &Row<'_>| -> rusqlite::Result<Checkpoint> {
        Ok(Checkpoint {
            seq: seq_of(row)?,
            state: row.get::<_, Vec<u8>>(1)?.into(),
            name: row.get(2)?,
        })
    };
    let checkpoint = read(row).map_err(|error| unreadable_checkpoint(board, &error))?;
    let sum: Option<Seal> = row.get(3).ok().flatten();
    let is_of_a_time_without = || {
        matches!(row.get_ref(3), Ok(ValueRef::Null))
            && first_sealed.is_none_or(|first| checkpoint.seq < first)
    };
    let seal = row
        .get(4)
        .ok()
        .map(|sessions| Seal::of_checkpoint(board, &checkpoint, sessions));
    if (sum.is_some() && sum == seal) || is_of_a_time_without() {
        return Ok(checkpoint);
    }
    Err(Damage {
        board: board.clone(),
        what: What::Checkpoint(checkpoint.seq),
        why: "it is not as it was written; older ones and the records tell the same".to_owned(),
    })
}

fn unreadable_checkpoint(board: &BoardId, error: &rusqlite::Error) -> Damage {
    Damage {
        board: board.clone(),
        what: What::Checkpoint(0),
        why: format!("it cannot be read: {error}"),
    }
}

/// A photo's bytes, or a piece's, if they are as they were written. Those of a time without seals have none.
pub(super) fn sound_photo(place: &Place, sum: ValueRef<'_>, seal: Seal) -> Result<(), Damage> {
    match sum {
        ValueRef::Null => Ok(()),
        ValueRef::Blob(blob) if *blob == seal.bytes() => Ok(()),
        _ => Err(Damage::of_photo(place, "it is not as it was written")),
    }
}

/// A board's own row.
pub(super) fn board_row(
    connection: &Connection,
    board: &BoardId,
) -> rusqlite::Result<Option<Damage>> {
    let mut row = connection.prepare_cached(
        "SELECT code, made_at, sum FROM boards LEFT JOIN board_seals ON board = id WHERE id = ?1",
    )?;
    let mut rows = row.query([board.as_str()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let seal = |row: &Row<'_>| -> rusqlite::Result<Seal> {
        let code: String = row.get(0)?;
        Ok(Seal::of_board(board.as_str(), &code, row.get(1)?))
    };
    Ok(unlike(board, What::Board, seal(row).ok(), row.get_ref(2)?))
}

/// The keys of a board.
pub(super) fn keys(connection: &Connection, board: &BoardId) -> rusqlite::Result<Vec<Damage>> {
    let mut keys = connection.prepare_cached(
        "SELECT keys.hash, role, sum FROM keys LEFT JOIN key_seals USING (hash) WHERE keys.board = ?1",
    )?;
    let mut rows = keys.query([board.as_str()])?;
    let mut damages = Vec::new();
    while let Some(row) = rows.next()? {
        let role: String = row.get(1).unwrap_or_default();
        let seal = row
            .get(0)
            .ok()
            .map(|hash| Seal::of_key(KeyHash(hash), board.as_str(), &role));
        let what = What::Key(Role::read(&role).map_or("", Role::name).to_owned());
        damages.extend(unlike(board, what, seal, row.get_ref(2)?));
    }
    let lost: i64 = connection
        .prepare_cached(
            "SELECT count(*) FROM key_seals LEFT JOIN keys USING (hash)
             WHERE key_seals.board = ?1 AND role IS NULL",
        )?
        .query_row([board.as_str()], |row| row.get(0))?;
    if lost > 0 {
        damages.push(Damage {
            board: board.clone(),
            what: What::Key(String::new()),
            why: format!("{lost} of them are not there"),
        });
    }
    Ok(damages)
}

/// What does not fit its seal. Where nothing can be written a database of the version before has none.
fn unlike(board: &BoardId, what: What, seal: Option<Seal>, sum: ValueRef<'_>) -> Option<Damage> {
    let fits = match (seal, sum) {
        (Some(seal), ValueRef::Blob(sum)) => *sum == seal.bytes(),
        (Some(_), ValueRef::Null) => true,
        _ => false,
    };
    (!fits).then(|| Damage {
        board: board.clone(),
        what,
        why: "it is not as it was written".to_owned(),
    })
}
